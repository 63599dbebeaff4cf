"""The sheets of a spreadsheet file as rows of values, whatever program saved it."""

from __future__ import annotations

import re
import warnings
import zipfile
from dataclasses import dataclass
from typing import Any

from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.report.workbook.package import STATE, Marks, marks_of, open_package, unreadable

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS, MOST_CELLS = 20_000, 100, 100, 400_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Fault:
    """What stands in a cell in place of a value: `#REF!`, or a formula that was never counted."""

    said: str


@dataclass(frozen=True)
class Grid:
    """A sheet: rows of values from its first one on, None where nothing stands."""

    title: str
    rows: tuple[tuple[Any, ...], ...]
    marks: Marks

    def cell(self, row: int, column: int) -> str:
        """`Tasks, E14`; rows and columns count from 0."""
        return f"{self.title}, {letters(column)}{row + 1}"


def read_grids(body: bytes, name: str) -> tuple[Grid, ...]:
    """Every sheet, also hidden ones. Raises InvalidInput when the file cannot be read or is too large, Refused where the reader is not installed."""
    package = open_package(body, name)
    try:
        book = _reader()(package)
        found: list[Grid] = []
        left = MOST_CELLS
        for sheet in book.worksheets[:MOST_SHEETS]:
            rows = _rows(sheet, left)
            left -= sum(len(row) for row in rows)
            found.append(_grid(package, sheet, rows))
    except InvalidInput:
        raise
    except Exception as error:  # a damaged part can fail anywhere in the reader: in XML, in a style, in a number
        raise unreadable(name) from error
    return tuple(found)


def letters(column: int) -> str:
    """A, B, ... Z, AA: the name of a column, counted from 0."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def quoted(title: str) -> str:
    """The title of a sheet as formulas write it."""
    return title if re.fullmatch(r"[^\W\d]\w*", title) else "'" + title.replace("'", "''") + "'"


def need_openpyxl() -> None:
    """Nothing. Raises Refused where spreadsheets cannot be read or written."""
    try:
        import openpyxl  # noqa: F401
    except ImportError as error:
        fix = 'Install it with `pip install "quarterdeck[report]"`.'
        raise Refused("Spreadsheets need a library that is not installed.", fix=fix, code="STRATEGY-959") from error


def _reader() -> Any:
    """Opens a package. The library's own way of reading shared texts drops some letters of them; here they are kept, and read as Excel means them."""
    need_openpyxl()
    from openpyxl.cell.text import Text
    from openpyxl.reader.excel import SHARED_STRINGS, ExcelReader
    from openpyxl.xml.constants import SHEET_MAIN_NS
    from openpyxl.xml.functions import iterparse

    class Reader(ExcelReader):  # type: ignore[misc]  # the library has no types
        def read_strings(self) -> None:
            part = self.package.find(SHARED_STRINGS)
            if part is None:
                return
            with self.archive.open(part.PartName[1:]) as source:
                for _, node in iterparse(source):
                    if node.tag == f"{{{SHEET_MAIN_NS}}}si":
                        self.shared_strings.append(Text.from_tree(node).content)
                        node.clear()

    def read(package: zipfile.ZipFile) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = Reader(package.fp, read_only=True, data_only=True, keep_links=False)
            reader.read()
        return reader.wb

    return read


def _rows(sheet: Any, left: int) -> list[tuple[Any, ...]]:
    """The rows down to the last one that holds something. Raises InvalidInput when there are too many."""
    sheet.reset_dimensions()
    rows: list[tuple[Any, ...]] = []
    filled = cells = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1)):
            values = tuple(_value(cell) for cell in row)
            while values and values[-1] is None:
                values = values[:-1]
            cells += len(values)
            filled = number + 1 if values else filled
            rows.append(values)
            if cells > left or len(values) > MOST_COLUMNS or filled > MOST_ROWS:
                raise _too_much(sheet.title)
    return rows[:filled]


def _value(cell: Any) -> Any:
    """None for an empty cell and for one that holds spaces alone."""
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "e":
        return Fault(str(value))
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if value.strip() else None
    return value


def _grid(package: zipfile.ZipFile, sheet: Any, rows: list[tuple[Any, ...]]) -> Grid:
    marks = marks_of(package, sheet._worksheet_path)
    if marks.uncounted:
        deepest = max(int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for cell in marks.uncounted)
        rows += [()] * (min(deepest, MOST_ROWS) - len(rows))
        rows = [_with_faults(row, number, marks) for number, row in enumerate(rows)]
    return Grid(str(sheet.title), tuple(rows), marks)


def _with_faults(row: tuple[Any, ...], number: int, marks: Marks) -> tuple[Any, ...]:
    """The row with the formulas that were never counted, also beyond its last value."""
    wanted = [column for column in range(MOST_COLUMNS) if f"{letters(column)}{number + 1}" in marks.uncounted]
    values = [*row, *(None,) * (max(wanted, default=-1) + 1 - len(row))]
    for column in wanted:
        values[column] = Fault("a formula that was never counted")
    return tuple(values)


def _too_much(title: str) -> InvalidInput:
    problem = Problem(
        "STRATEGY-951",
        title,
        "more than that",
        f"at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns in a sheet, and {MOST_CELLS:,} cells in all",
        "Delete what is not part of the strategy.",
    )
    return InvalidInput([problem], state=STATE)
