"""check_strategy_file: what the checks say of a YAML file, each finding with its line, or of a spreadsheet, each with its cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.operations.strategy.read_strategy import is_spreadsheet, read_sheets, read_text
from quarterdeck.operations.told import Told
from quarterdeck.report.strategy.check_contract import InFile, SpotOf, check_json, problems_of_one_step, say_for_github, say_found
from quarterdeck.report.workbook.cells import Spot
from quarterdeck.report.workbook.parse import parse_workbook
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.yaml.lines import Lines
from quarterdeck.strategy.yaml.text import parse_strategy

Form = Literal["text", "github"]
FORMS: tuple[Form, ...] = ("text", "github")


def check_strategy_file(path: Path, *, step: int | None = None, strict: bool = False, as_of: date | None = None, form: str = "text") -> Told:
    """What is found, the worst first, as lines and as the JSON of docs/reference/strategy-check.md; `ok` says whether the file passes.

    `step` keeps to one of the eight steps. With `strict` a warning fails as an error does. Without `as_of` nothing is overdue.
    Raises InvalidInput when the text is no strategy, Refused when there is none to read.
    """
    _require_known(step, form)
    strategy, spot_of = _read(path)
    problems = strategy.check(as_of=as_of)
    found = problems_of_one_step(problems, step)
    facts = check_json(strategy, found, problems, file=str(path), spot_of=spot_of, strict=strict)
    if form == "github":
        return Told([say_for_github(each, file=str(path), spot=spot_of(each.where)) for each in found], facts)
    head = f"{path.name}{f', step {step}' if step else ''}: {found.headline}"
    return Told([head, *(say_found(each, file=path.name, spot=spot_of(each.where)) for each in found)], facts)


def _read(path: Path) -> tuple[Strategy, SpotOf]:
    """The strategy, and where a place of it stands: a line of a text, a cell of a spreadsheet."""
    if is_spreadsheet(path.name):
        parsed = parse_workbook(read_sheets(path), name=path.name)
        return parsed.strategy, lambda place: _cell(parsed.cells.of(place))
    text = read_text(path)
    lines = Lines(text)
    return parse_strategy(text, name=path.name), lambda place: InFile(line=lines.of(place))


def _cell(spot: Spot | None) -> InFile:
    return InFile() if spot is None else InFile(sheet=spot.sheet, cell=spot.cell, said=str(spot))


def _require_known(step: int | None, form: str) -> None:
    problems = []
    if step is not None and step not in range(1, 9):
        problems.append(Problem("STRATEGY-970", "--step", str(step), "one of the eight steps, 1 to 8", "Give a number from 1 to 8."))
    if form not in FORMS:
        problems.append(Problem("STRATEGY-971", "--format", f'"{form}"', " or ".join(FORMS), "Choose one of the two."))
    if problems:
        raise InvalidInput(problems, state="Nothing was checked.")
