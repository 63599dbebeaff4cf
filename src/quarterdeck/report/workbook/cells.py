"""Where a place of the strategy stands in its spreadsheet: `management.tasks[mend].due_on` in Tasks, I12."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from quarterdeck.kernel.problems import Problem
from quarterdeck.report.workbook.layout import SINGLES, tables
from quarterdeck.strategy.parts.shape import Loc, place_of

_WHERE = re.compile(r"(?P<sheet>.+?), (?:(?P<cell>[A-Z]{1,3}[0-9]+)(?:[ :].*)?|row (?P<row>[0-9]+))")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TEAM = re.compile(r"management\.teams\[[^\]]*\]\.people")


@dataclass(frozen=True)
class Spot:
    """A cell; `cell` is the first one where a whole row is meant, and empty where the sheet as a whole is."""

    sheet: str
    cell: str = ""
    is_row: bool = False

    def __str__(self) -> str:
        if self.is_row:
            return f"{self.sheet}, row {self.cell.lstrip(_LETTERS)}"
        return f"{self.sheet}, {self.cell}" if self.cell else self.sheet


class Cells:
    """The cells of one spreadsheet, by the places of the strategy that it says."""

    def __init__(self, plain: Any, cells: Mapping[Loc, str], rows: Mapping[Loc, str], sheets: Iterable[str]) -> None:
        said = {place_of(loc, plain): where for loc, where in {**rows, **cells}.items()}
        self._said = {_TEAM.sub("management.people", place): where for place, where in said.items()} | said
        self._sheets = {" ".join(title.split()).casefold(): title for title in sheets}

    def of(self, place: str) -> Spot | None:
        """Its cell; the nearest one around it where it has none of its own; None where the spreadsheet says nothing of it."""
        nearest = place
        while nearest:
            if nearest in self._said:
                return spot_in(self._said[nearest])
            nearest = nearest[: max(nearest.rfind("."), nearest.rfind("["), 0)]
        return self._sheet_of(place)

    def named(self, problem: Problem) -> Problem:
        """The same complaint with its cell in place of the place, where there is one."""
        spot = self.of(problem.where)
        return problem if spot is None else replace(problem, where=str(spot))

    def _sheet_of(self, place: str) -> Spot | None:
        bare = re.sub(r"\[[^\]]*\]", "", place)
        table = next(
            (each for each in tables() if each.place == bare or each.place.startswith(f"{bare}.") or bare.startswith(f"{each.place}.")), None
        )
        title = self._sheets.get((SINGLES if table is None else table.title).casefold())
        return None if title is None else Spot(title)


def spot_in(where: str) -> Spot | None:
    """The cell or row that a complaint names; None where it names none."""
    found = _WHERE.fullmatch(where)
    if found is None:
        return None
    return Spot(found["sheet"], found["cell"]) if found["cell"] else Spot(found["sheet"], f"A{found['row']}", is_row=True)


def split_cell(cell: str) -> tuple[str, int]:
    """`AB12` as AB and 12."""
    row = cell.lstrip(_LETTERS)
    return cell.removesuffix(row), int(row)
