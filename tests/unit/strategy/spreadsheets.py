"""Spreadsheets for tests: the strategy of Harbour, edited as a person would edit it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from harbour_strategy import harbour
from openpyxl import load_workbook

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.report.workbook.parse import Parsed, parse_workbook
from quarterdeck.report.workbook.render import render_workbook

Edit = Callable[[Any], None]


@cache
def harbour_book() -> bytes:
    """Harbour's strategy as a spreadsheet."""
    return render_workbook(harbour())


def edited(edit: Edit) -> bytes:
    """The spreadsheet after somebody was at it."""
    book = load_workbook(BytesIO(harbour_book()))
    edit(book)
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read_back(edit: Edit) -> Parsed:
    """What the edited spreadsheet says on top of Harbour's strategy."""
    return parse_workbook(edited(edit), current=harbour())


def problems_of(body: bytes, *, current: Any = None) -> tuple[Problem, ...]:
    """Everything that is wrong with a spreadsheet."""
    with pytest.raises(InvalidInput) as refused:
        parse_workbook(body, current=current or harbour())
    return refused.value.problems


def column_of(sheet: Any, field: str) -> int:
    """Where a field stands, counted from 1."""
    return next(cell.column for cell in sheet[2] if cell.value == field)


def cell_of(sheet: Any, field: str, row: int) -> Any:
    """The cell of a field in a row."""
    return sheet.cell(row, column_of(sheet, field))


def put(title: str, field: str, value: Any, row: int = 3) -> Edit:
    """An edit of one cell."""

    def edit(book: Any) -> None:
        cell_of(book[title], field, row).value = value

    return edit
