"""Problem is the one shape of a complaint; InvalidInput carries all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it stands and the way out.

    `code` is stable and documented (`FACTS-012`). `where` is a place a person can find
    ("spend.csv line 18, column spend" or "objectives.new_customers.target").
    """

    code: str
    where: str
    found: str
    expected: str
    fix: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.where}: expected {self.expected}, found {self.found}. {self.fix} [{self.code}]"

    def to_dict(self) -> dict[str, str]:
        """Every field as text, in the order in which they are read."""
        return asdict(self)


class QuarterdeckError(Exception):
    """Anything Quarterdeck says no to. `str(error)` is a sentence for people, never a trace."""

    code = "QD-000"


class InvalidInput(QuarterdeckError):
    """Input that was refused as a whole: `problems` lists everything wrong with it, `state` says how things stand now."""

    code = "QD-001"

    def __init__(self, problems: Iterable[Problem], *, state: str = "Nothing was changed.") -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.state = state
        super().__init__(summarise_problems(self.problems, state=state))


class Refused(QuarterdeckError):
    """An operation that is not allowed now. `fix` says what to do next; `state` how things stand."""

    code = "QD-002"

    def __init__(self, message: str, *, fix: str, code: str | None = None, state: str = "Nothing was changed.") -> None:
        self.message, self.fix, self.state = message, fix, state
        if code is not None:
            self.code = code
        super().__init__(f"{message} {fix} {state}")


@dataclass(frozen=True, slots=True)
class NotEnoughData:
    """A result that is honestly missing: `reason` says why, `needed` what would be enough."""

    reason: str
    needed: str


def summarise_problems(problems: Sequence[Problem], *, state: str, limit: int = 20) -> str:
    """All problems as lines, at most `limit` of them spelled out, then what state things are in."""
    lines = [str(problem) for problem in problems[:limit]]
    if len(problems) > limit:
        lines.append(f"... and {len(problems) - limit} more.")
    return "\n".join([*lines, state])
