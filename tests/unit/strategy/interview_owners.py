"""Three owners who were interviewed: what they said, and the drafts that came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from quarterdeck.kernel.periods import Quarter
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.interview.file import parse_answer_file, read_answers
from quarterdeck.strategy.interview.interview import Answers, Known, Told
from quarterdeck.strategy.interview.write import write_strategy

QUARTER = Quarter(date(2027, 1, 4))
TODAY = date(2026, 11, 22)
NAMES = ("bicycles", "taxes", "dogs")
STARTED_BY = "Whoever sat at the keyboard"


@dataclass(frozen=True)
class Owner:
    """A company and what its owner said."""

    company: Known
    answers: Answers

    @property
    def told(self) -> Told:
        return Told(self.answers, self.company, QUARTER)

    @property
    def draft(self) -> Strategy:
        return write(self.answers, self.company)


def owner(name: str) -> Owner:
    found = parse_answer_file(Path(__file__).with_name("interviews").joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
    assert found.company is not None
    return Owner(found.company, read_answers(found.typed, found.company, QUARTER))


def write(answers: Answers, company: Known) -> Strategy:
    return write_strategy(answers, company=company, quarter=QUARTER, started_by=STARTED_BY, day=TODAY)


def leaves(plain: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of plain data with its place."""
    if isinstance(plain, dict):
        for key, value in plain.items():
            yield from leaves(value, f"{place}.{key}" if place else key)
    elif isinstance(plain, list):
        for value in plain:
            yield from leaves(value, f"{place}[]")
    else:
        yield place, plain
