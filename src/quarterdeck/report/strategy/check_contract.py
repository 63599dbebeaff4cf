"""What the checks say of a file as the JSON that programs read, and as lines; keys and meanings stay the same from version to version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from quarterdeck.kernel.problems import Problem
from quarterdeck.strategy.checks.all_checks import CHECKS
from quarterdeck.strategy.checks.findings import Findings
from quarterdeck.strategy.checks.maturity import missing_from, step_maturity, step_of
from quarterdeck.strategy.document import Strategy

_STEP_OF = {check.code: check.step for check in CHECKS}
_TITLE_OF = {check.code: check.title for check in CHECKS}


@dataclass(frozen=True)
class InFile:
    """Where a place stands: a line, from 1, of a text, or a cell of a sheet (the first one of a row), `said` for people. Empty where nobody knows."""

    line: int | None = None
    sheet: str = ""
    cell: str = ""
    said: str = ""


SpotOf = Callable[[str], InFile]
"""Where a place of the strategy stands in its file."""


def problems_of_one_step(problems: Sequence[Problem], step: int | None) -> Findings:
    """Those of one of the eight steps, or all of them; a broken reference counts for the step that it stands in."""
    return Findings(each for each in problems if step is None or step_of_problem(each) == step)


def step_of_problem(problem: Problem) -> int:
    """The step of the method that the problem belongs to."""
    return _STEP_OF.get(problem.code) or step_of(problem.where)


def check_json(strategy: Strategy, found: Findings, problems: Sequence[Problem], *, file: str, spot_of: SpotOf, strict: bool) -> dict[str, Any]:
    """`found` is what is told, `problems` all there is: the steps are judged by these."""
    maturity = step_maturity(strategy, problems)
    return {
        "file": file,
        "ok": is_ok(found, strict=strict),
        "errors": len(found.errors),
        "warnings": len(found.warnings),
        "hints": len(found.hints),
        "problems": [
            {
                **each.to_dict(),
                "title": _TITLE_OF.get(each.code, "A reference that leads nowhere"),
                "step": step_of_problem(each),
                **_in_file(spot_of(each.where)),
            }
            for each in found
        ],
        "steps": [
            {"step": step, "complete": round(share, 4), "missing": list(missing_from(strategy, step)) if share < 1 else []}
            for step, share in maturity.items()
        ],
    }


def is_ok(found: Findings, *, strict: bool) -> bool:
    """Whether nothing that fails was found: errors, and with `strict` warnings too."""
    return not found.errors and not (strict and found.warnings)


def say_found(problem: Problem, *, file: str, spot: InFile) -> str:
    """`strategy.yaml:14: warning: objectives[x].owner: expected somebody, found nobody. Name them. [STRATEGY-108]`: editors jump to it.

    Of a spreadsheet: `strategy.xlsx: Objectives, F3: warning: objectives[x].owner: ...`.
    """
    where = f":{spot.line}" if spot.line else f": {spot.said}" if spot.said else ""
    return f"{file}{where}: {problem.severity}: {problem}"


def say_for_github(problem: Problem, *, file: str, spot: InFile) -> str:
    """The same as an annotation of a pull request; a cell stands in its title, because a spreadsheet has no lines."""
    level = {"error": "error", "warning": "warning", "hint": "notice"}[problem.severity]
    told = f"{problem.where}: expected {problem.expected}, found {problem.found}. {problem.fix}"
    title = f"{problem.code} at {spot.said}" if spot.said else problem.code
    line = "" if spot.sheet else f",line={spot.line or 1}"
    return f"::{level} file={_property(file)}{line},title={_property(title)}::{_message(told)}"


def _in_file(spot: InFile) -> dict[str, Any]:
    return {"line": spot.line, "sheet": spot.sheet or None, "cell": spot.cell or None}


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
