"""How the sheets look: tint, widths, frozen heads, print; and the lists that cells offer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from quarterdeck.report.workbook.grids import letters, quoted
from quarterdeck.report.workbook.layout import LISTS, Column, Table, table_at

FIRST_ROW = 3
"""Where members begin: row 1 says what a column is, row 2 holds the names of the fields."""
PARENT_WIDTH = 20
SPARE_ROWS = 300
"""So many rows below the last one are ready for more."""
INK, PALE, TINT, SMALL = "1B2A38", "5F6B77", "DCE7F1", 8
_LINE, _MOST_LINES = 15, 12
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WIDTHS = {"id": 20, "ref": 20, "refs": 22, "choice": 22, "date": 13, "time": 9, "yes": 10, "text": 34, "lines": 30}
_WIDE = ("statement", "title", "who", "text", "question", "role", "proof", "answer")


class Look:
    """Fonts, fills and borders, made once for a workbook."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self.label = Font(name="Calibri", size=11, bold=True, color=INK)
        self.field = Font(name="Calibri", size=SMALL, color=PALE)
        self.plain = Font(name="Calibri", size=11, color=INK)
        self.example = Font(name="Calibri", size=11, italic=True, color=PALE)
        self.link = Font(name="Calibri", size=11, color="1F5A99", underline="single")
        self.title = Font(name="Calibri", size=16, bold=True, color=INK)
        self.tint = PatternFill("solid", start_color=TINT, end_color=TINT)
        self.wrapped = Alignment(wrap_text=True, vertical="top")
        self.left = Alignment(wrap_text=True, vertical="top", horizontal="left")
        self.figure = Alignment(wrap_text=True, vertical="top", horizontal="right", indent=1)
        self.apart = Border(bottom=Side(style="thin", color="FFFFFF"))
        self.under = Border(bottom=Side(style="thin", color=PALE))

    def put(self, cell: Any, value: Any, number_format: str = "General", *, font: Any = None) -> None:
        """A value into a cell. Text stays text, whatever sign it begins with."""
        if isinstance(value, str):
            put_text(cell, value)
            cell.quotePrefix = value.startswith(("=", "+", "-", "@", "'"))
        elif value is not None:
            cell.value = value
        is_figure = isinstance(value, int | float)
        cell.number_format, cell.font = number_format, font or self.plain
        cell.alignment = self.figure if is_figure else self.left if isinstance(value, date) else self.wrapped

    def head(self, sheet: Any, labels: Sequence[str], fields: Sequence[str]) -> None:
        """Rows 1 and 2."""
        for at, (label, field) in enumerate(zip(labels, fields, strict=True), 1):
            top, below = sheet.cell(1, at), sheet.cell(2, at)
            self.put(top, label, font=self.label)
            self.put(below, field, font=self.field)
            top.fill = below.fill = self.tint
            below.border = self.under


def put_text(cell: Any, text: str) -> None:
    """The text as the file must hold it: never a formula; what looks like one of the format's own escapes is told apart."""
    cell.value = _LIKE_AN_ESCAPE.sub("_x005F_", text)
    cell.data_type = "s"


def set_up(sheet: Any, widths: Sequence[float], *, frozen: str, rows: int = 0) -> None:
    """Widths, the frozen head, and paper: A4 across, as wide as one page, the head on each."""
    for at, width in enumerate(widths):
        sheet.column_dimensions[letters(at)].width = width
    sheet.freeze_panes = frozen
    sheet.sheet_view.zoomScale = 100
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = "&A, page &P of &N"
    if rows:
        sheet.print_title_rows = f"1:{rows}"


def grow(sheet: Any, row: int, texts: Sequence[tuple[Any, float]]) -> None:
    """Make a row high enough for its texts, each with the width of its column; not all programs do so by themselves."""
    lines = max(
        (sum(-(-len(line) * 11 // (int(width) * 10)) or 1 for line in str(text).split("\n")) for text, width in texts if text is not None), default=1
    )
    if lines > 1:
        sheet.row_dimensions[row].height = min(lines, _MOST_LINES) * _LINE


def width_of(column: Column) -> float:
    """In characters."""
    if column.path[-1] in _WIDE:
        return 46 if column.is_required else 40
    return _WIDTHS.get(column.kind, 13)


class Offers:
    """What drop-down lists offer: words of choices and ids of several lists stand in a hidden sheet, ids of one list in their own sheet."""

    def __init__(self, sheet: Any, ids: dict[str, list[str]]) -> None:
        self._sheet, self._ids = sheet, ids
        self._ranges: dict[tuple[str, ...], str] = {}

    def add(self, sheet: Any, column: Column, at: int, last: int) -> None:
        """The drop-down list of a column, where it has one. A choice must be one of its words; ids and names may be typed."""
        from openpyxl.worksheet.datavalidation import DataValidation

        source = self._source(column)
        if not source:
            return
        only = column.kind in ("choice", "yes")
        offered = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=only)
        offered.errorTitle, offered.error = "Not one of the list", "Choose one from the list, or leave the cell empty."
        offered.add(f"{letters(at)}{FIRST_ROW}:{letters(at)}{last}")
        sheet.add_data_validation(offered)

    def add_one(self, sheet: Any, column: Column, cell: str) -> None:
        """The same for a single cell."""
        from openpyxl.worksheet.datavalidation import DataValidation

        source = self._source(column)
        if source:
            offered = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
            offered.add(cell)
            sheet.add_data_validation(offered)

    def _source(self, column: Column) -> str:
        if column.kind == "yes":
            return '"yes,no"'
        if column.kind == "choice":
            return self._range(tuple(column.choices.values()))
        if column.kind != "ref":
            return ""
        if len(column.targets) == 1:
            table = table_at(column.targets[0])
            at = letters(id_column(table))
            return f"{quoted(table.title)}!${at}${FIRST_ROW}:${at}${len(self._ids[table.place]) + FIRST_ROW + SPARE_ROWS}"
        return self._range(tuple(each for place in column.targets for each in self._ids[place]))

    def _range(self, words: tuple[str, ...]) -> str:
        if not words:
            return ""
        if words not in self._ranges:
            at = len(self._ranges) + 1
            for row, word in enumerate(words, FIRST_ROW):
                put_text(self._sheet.cell(row, at), word)
            name = letters(at - 1)
            self._ranges[words] = f"{LISTS}!${name}${FIRST_ROW}:${name}${FIRST_ROW + len(words) - 1}"
        return self._ranges[words]


def id_column(table: Table) -> int:
    """Where the ids of a sheet stand, counted from 0."""
    return (1 if table.parent else 0) + next(at for at, column in enumerate(table.columns) if column.kind == "id")
