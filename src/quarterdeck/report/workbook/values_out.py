"""Values of the strategy as they stand in cells: real dates and numbers, words for choices, one line for each of several values."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from quarterdeck.report.workbook.layout import Column

EXAMPLE = "EXAMPLE: "
"""How the first cell of a row begins that only shows what may stand there; such a row is never read."""
LINE_BREAK = "↵"
"""A break within one of several values that stand in one cell."""
FIRST_REAL_DAY = date(1900, 3, 1)
"""Spreadsheets count a 29 February 1900 that never was; days before it are written as text."""
MOST_CHARACTERS = 32_000
"""A cell holds 32,767."""

TEXT, DAY, PERCENT = "@", "yyyy-mm-dd", "0.######%"
CellValue = str | int | float | date | None


def cell_value(column: Column, value: Any) -> CellValue:
    """What stands in the cell; None for nothing."""
    if value is None or value == ():
        return None
    if column.is_list:
        return "\n".join(_one_line(str(each)) for each in value)
    if column.kind == "choice":
        return column.choices.get(str(value), str(value))
    if column.kind == "yes":
        return "yes" if value else "no"
    return _plain(value)


def number_format(column: Column, value: CellValue, money_sign: str = "") -> str:
    """How the cell shows what stands in it; for an empty one how it will show what is typed. Money stands with its sign."""
    if column.kind == "date":
        return DAY if not isinstance(value, str) else TEXT
    if column.kind == "percent":
        return PERCENT
    if column.kind in ("number", "whole", "money") and not isinstance(value, str):
        plain = "#,##0.00####" if isinstance(value, float) else "#,##0" if value is not None else "General"
        return f"[${money_sign}]{plain}" if money_sign and column.kind == "money" and value is not None else plain
    return TEXT


def _plain(value: Any) -> CellValue:
    if isinstance(value, date):
        return value if value >= FIRST_REAL_DAY else value.isoformat()
    return _number(Decimal(value)) if isinstance(value, Decimal | int) else str(value)


def _number(number: Decimal) -> int | float | str:
    """A figure that a spreadsheet can hold exactly (15 digits), else its digits as text."""
    if number != Decimal(f"{float(number):.15g}"):
        return f"{number:f}"
    return int(number) if number == number.to_integral_value() else float(number)


def _one_line(text: str) -> str:
    """The text without line breaks, told apart from one that holds our sign for them."""
    text = re.sub(rf"(\\*){LINE_BREAK}", lambda found: f"{found.group(1) * 2}\\{LINE_BREAK}", text)
    return re.sub(r"(\\*)\n", lambda found: f"{found.group(1) * 2}{LINE_BREAK}", text)


def lines_of(text: str) -> list[str]:
    """The values that stand in one cell, each with its own line breaks back. Empty lines are none."""
    return [_with_breaks(line.strip()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]


def _with_breaks(line: str) -> str:
    def broken(found: re.Match[str]) -> str:
        strokes = len(found.group(1))
        return "\\" * (strokes // 2) + (LINE_BREAK if strokes % 2 else "\n")

    return re.sub(rf"(\\*){LINE_BREAK}", broken, line)
