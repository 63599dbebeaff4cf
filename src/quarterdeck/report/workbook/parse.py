"""A spreadsheet file back into a strategy: all of it, or every problem at once, each with its sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.report.words import DEFAULT_LOCALE, Words
from quarterdeck.report.workbook.assemble import Assembled, assemble
from quarterdeck.report.workbook.cells import Cells, Spot, split_cell, spot_in
from quarterdeck.report.workbook.grids import Grid, read_grids
from quarterdeck.report.workbook.layout import LISTS, tables
from quarterdeck.report.workbook.package import STATE
from quarterdeck.report.workbook.reading import Reading
from quarterdeck.report.workbook.rows import read_rows
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.references import reference_problems
from quarterdeck.strategy.parts.shape import to_plain
from quarterdeck.strategy.parts.validation import validation_problems

_MADE_FROM = "made from"


@dataclass(frozen=True)
class Parsed:
    """What the spreadsheet says. `remarks` say what in it was left out or left as it was; `made_from` is the revision (its hash) that it was taken out of.

    `cells` finds the cell of a place.
    """

    strategy: Strategy
    remarks: tuple[str, ...]
    made_from: str
    cells: Cells


@dataclass(frozen=True)
class OpenWorkbook:
    """The sheets of a file, before it is said what they mean."""

    grids: tuple[Grid, ...]

    @property
    def made_from(self) -> str:
        """The hash of the revision that the spreadsheet was taken out of; "" where it does not say."""
        lists = next((grid for grid in self.grids if grid.title == LISTS), None)
        first = next((row for row in (lists.rows if lists else ()) if len(row) > 1 and row[0] == _MADE_FROM), ())
        return str(first[1]) if first else ""

    def read(self, current: Strategy | None) -> Parsed:
        """The strategy that the sheets say; what they have no sheet, column or row for stays as in `current`. Raises InvalidInput with every problem."""
        locale, currency = (DEFAULT_LOCALE, "") if current is None else (Words.of(current).locale, current.company.currency)
        reading = read_rows(self.grids, locale, currency)
        if any(problem.code == "STRATEGY-952" for problem in reading.problems) and not reading.rows and reading.singles is None:
            raise InvalidInput(reading.problems, state=STATE)
        whole = assemble(reading, {} if current is None else to_plain(current))
        strategy, found = _validated(whole)
        problems = [*reading.problems, *_without_echoes(found, reading)]
        if problems or strategy is None:
            raise InvalidInput(sorted(problems, key=self._place_of), state=STATE)
        cells = Cells(whole.plain, whole.cells, whole.rows, [grid.title for grid in self.grids])
        return Parsed(strategy, tuple(reading.remarks), self.made_from, cells)

    def _place_of(self, problem: Problem) -> tuple[int, int, str]:
        """Sheet by sheet, row by row, column by column."""
        titles = {grid.title: number for number, grid in enumerate(self.grids)}
        spot = spot_in(problem.where)
        if spot is None:
            return titles.get(problem.where, -1), 0, ""
        column, row = split_cell(spot.cell)
        return titles.get(spot.sheet, -1), row, "" if spot.is_row else f"{column:>3}"


def open_workbook(body: bytes, *, name: str = "strategy.xlsx") -> OpenWorkbook:
    """The sheets of the file. Raises InvalidInput where it is no spreadsheet or too large, Refused where the reader of spreadsheets is not installed."""
    return OpenWorkbook(read_grids(body, name))


def parse_workbook(body: bytes, *, current: Strategy | None = None, name: str = "strategy.xlsx") -> Parsed:
    """The strategy that the spreadsheet says; what it has no sheet, column or row for stays as in `current`.

    A deleted row is a deleted member. Raises InvalidInput with every problem, Refused where the reader of spreadsheets is not installed.
    """
    return open_workbook(body, name=name).read(current)


def _validated(whole: Assembled) -> tuple[Strategy | None, list[Problem]]:
    strategy, problems = None, []
    try:
        strategy = Strategy.model_validate(whole.plain)
    except ValidationError as error:
        problems = validation_problems(error, whole.where)
    return strategy, [_for_a_cell(problem) for problem in (*problems, *reference_problems(whole.plain, whole.where))]


def _for_a_cell(problem: Problem) -> Problem:
    """The same complaint with a way out for spreadsheets."""
    if problem.code == "STRATEGY-011":
        return replace(problem, fix=_fill_in(spot_in(problem.where)))
    if problem.code == "STRATEGY-020":
        return replace(problem, fix="Is it a copied row? Empty this cell, and a short name is made for it. Or type another one.")
    if problem.code == "STRATEGY-021":
        return _for_a_reference(problem)
    if problem.code == "STRATEGY-015" and "00:00" in problem.expected:
        return replace(problem, fix="Type hours and minutes: 09:00.")
    return problem


def _fill_in(spot: Spot | None) -> str:
    if spot is None:
        return "Add it: its sheet or row is missing in the spreadsheet."
    return "Its column is missing: take a spreadsheet out anew, and copy the column from there." if spot.is_row else "Fill in this cell."


def _for_a_reference(problem: Problem) -> Problem:
    """Lists called by their sheets."""
    sheets = problem.expected.removeprefix("an id from ")
    for table in sorted(tables(), key=lambda each: -len(each.place)):
        sheets = re.sub(rf"(?<![\w.]){re.escape(table.place)}(?![\w.])", table.title, sheets)
    fix = problem.fix if problem.fix.startswith("Did") else f"Add it to {sheets}, or take it out of this cell."
    return replace(problem, expected=f"a short name, or a name, from the sheet {sheets}", fix=fix)


def _without_echoes(found: Sequence[Problem], reading: Reading) -> list[Problem]:
    """Without what only repeats that a cell says nothing certain, and without the same thing said twice."""
    known = {problem.where for problem in reading.problems}
    return [problem for problem in dict.fromkeys(found) if problem.where not in known]
