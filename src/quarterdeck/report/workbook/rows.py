"""The rows of a sheet under the fields of the document: which column is which, what each cell says, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quarterdeck.kernel.problems import Problem
from quarterdeck.report.workbook.grids import Fault, Grid
from quarterdeck.report.workbook.layout import LISTS, READ_ME, SINGLES, Column, Table, single_columns, tables
from quarterdeck.report.workbook.reading import Reading, Row
from quarterdeck.report.workbook.unclear import Unclear
from quarterdeck.report.workbook.values_in import read_value
from quarterdeck.report.workbook.values_out import EXAMPLE
from quarterdeck.strategy.wording.suggestions import did_you_mean

_DEEPEST_HEADER = 8
_HEADER_FIX = "Row 2 holds the names of the fields; copy it from a spreadsheet that was taken out anew."


def read_rows(grids: Sequence[Grid], locale: str, currency: str = "") -> Reading:
    """The rows of every sheet that belongs to a strategy. A sheet whose fields are not known counts as one that is not there, and is a problem."""
    reading, currency = Reading(), _currency_in(grids) or currency
    for grid, table in _belonging(grids, reading):
        _note_merged(grid, reading)
        if table is None:
            reading.singles = _single_row(_Sheet(grid, reading, locale, currency))
        else:
            _read_table(_Sheet(grid, reading, locale, currency), table)
    if reading.examples:
        reading.remarks.append(f"Rows that begin with “{EXAMPLE.strip()}” were left out: {', '.join(reading.examples)}.")
    if reading.singles is None and not reading.rows and not reading.problems:
        found = ", ".join(f"“{grid.title}”" for grid in grids[:5]) or "no sheet"
        expected = f"sheets of a strategy, such as {SINGLES}, Objectives and Tasks"
        fix = "Take a spreadsheet out of the strategy, or an empty one, and fill it in."
        reading.problems.append(Problem("STRATEGY-952", "The spreadsheet", found, expected, fix))
    return reading


def _currency_in(grids: Sequence[Grid]) -> str:
    """The company's own money, as the sheet of single parts says it; "" where it does not."""
    rows = next((grid.rows for grid in grids if _bare(grid.title) == _bare(SINGLES)), ())
    row: Sequence[Any] = next((row for row in rows if "company.currency" in row), ())
    found = next((value for value in row if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{3}", value.strip())), "")
    return str(found).strip().upper()


def _belonging(grids: Sequence[Grid], reading: Reading) -> Iterator[tuple[Grid, Table | None]]:
    """Sheets with what they hold; None is the sheet of single parts. A sheet that looks like one of ours under another name is a problem."""
    known: dict[str, Table | None] = {_bare(table.title): table for table in tables()} | {_bare(SINGLES): None}
    there = {_bare(grid.title) for grid in grids}
    seen: set[str] = set()
    for grid in grids:
        title = _bare(grid.title)
        if title in known and title not in seen:
            seen.add(title)
            yield grid, known[title]
        elif title in known:
            reading.problems.append(Problem("STRATEGY-952", grid.title, "a second sheet of this name", "one sheet", "Delete or rename one of them."))
        elif title not in (_bare(READ_ME), _bare(LISTS)) and any(any(value is not None for value in row) for row in grid.rows):
            like = next((table.title for table in tables() if _bare(table.title) not in there and _looks_like(grid, table)), None)
            if like is None:
                reading.remarks.append(f"The sheet “{grid.title}” is not part of the strategy and was left out.")
            else:
                expected = f"the sheet “{like}”, which is missing"
                fix = f"Give it its name back: {like}. Or clear its row 2, and it is left out."
                reading.problems.append(Problem("STRATEGY-952", grid.title, "a sheet of another name", expected, fix))


def _looks_like(grid: Grid, table: Table) -> bool:
    names = [_bare(value) for value in (grid.rows[1] if len(grid.rows) > 1 else ()) if isinstance(value, str)]
    return len(names) >= 2 and len(set(names) & set(table.keys)) >= max(2, len(table.keys) - 2)


def _note_merged(grid: Grid, reading: Reading) -> None:
    for merged in grid.marks.merged:
        last = int(merged.split(":")[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if last > 2 and _bare(grid.title) != _bare(READ_ME):
            where = f"{grid.title}, {merged}"
            fix = "Undo the merging and fill in every cell: all but the first are empty for the reader."
            reading.problems.append(Problem("STRATEGY-957", where, "several cells in one", "cells that are not merged", fix))


@dataclass(frozen=True)
class _Sheet:
    """A sheet being read: its cells, how its people write, and where everything that is found goes."""

    grid: Grid
    reading: Reading
    locale: str
    currency: str

    @property
    def title(self) -> str:
        return self.grid.title

    def note(self, code: str, where: str, found: str, *, expected: str, fix: str) -> None:
        self.reading.problems.append(Problem(code, where, found, expected, fix))

    def at(self, number: int, at: int) -> Any:
        row = self.grid.rows[number]
        return row[at] if at < len(row) else None

    def value(self, number: int, at: int, column: Column) -> Any:
        """What the cell says; None for nothing. What says nothing certain is noted as a problem."""
        cell = self.at(number, at)
        if cell is None:
            return None
        where = f"{self.grid.cell(number, at)} ({column.label})"
        if isinstance(cell, Fault):
            self.note(
                "STRATEGY-955", where, cell.said, expected="a value", fix="Open it in your spreadsheet program and save it again, or type the value."
            )
            return cell
        value = read_value(column, cell, self.locale, self.currency)
        if isinstance(value, Unclear):
            fix = value.fix.replace(", or leave the cell empty", "") if column.is_required else value.fix
            self.note("STRATEGY-954", where, value.found, expected=value.expected, fix=fix)
        return value


def _read_table(sheet: _Sheet, table: Table) -> None:
    """The rows into the reading, and which fields have no column there."""
    grid = sheet.grid
    header = _header(grid, table.keys, {_bare(column.label): column.key for column in table.columns} | {table.parent_key: table.parent_key})
    if header is None:
        found = "other words, or none" if grid.rows else "an empty sheet"
        sheet.note("STRATEGY-952", f"{sheet.title}, A2", found, expected=f"the names of its fields: {', '.join(table.keys)}", fix=_HEADER_FIX)
        return
    start, names = header
    found_at = dict(_columns(sheet, start, names, table.keys))
    if table.has_ids and "id" not in found_at and any(any(value is not None for value in row) for row in grid.rows[start + 1 :]):
        fix = f"Put the column back, with “id” in row {start + 1}: short names say which row is which."
        sheet.note("STRATEGY-953", f"{sheet.title}, row {start + 1}", "no such column", expected="the column “id” (Short name)", fix=fix)
        return
    sheet.reading.rows[table.place] = list(_table_rows(sheet, table, start, names, found_at))


def _table_rows(sheet: _Sheet, table: Table, start: int, names: Sequence[str], found_at: Mapping[str, int]) -> Iterator[Row]:
    grid = sheet.grid
    for number in range(start + 1, len(grid.rows)):
        values = grid.rows[number]
        if _is_example(values):
            sheet.reading.examples.append(f"{sheet.title}, row {number + 1}")
            continue
        if not any(value is not None for value in values):
            continue
        if [_bare(value) for value in values if isinstance(value, str)] == [name for name in names if name]:
            fix = "Delete this row: the names of the fields stand in row 2 alone."
            sheet.note("STRATEGY-952", grid.cell(number, 0), "the names of the fields a second time", expected="a row of its own", fix=fix)
            continue
        row = _row(sheet, table, number, found_at)
        if row is not None:
            yield row


def _row(sheet: _Sheet, table: Table, number: int, found_at: Mapping[str, int]) -> Row | None:
    """The row; None where nothing stands in a column of ours."""
    there = [(column, found_at[column.key]) for column in table.columns if column.key in found_at]
    cells = {column.path: sheet.grid.cell(number, at) for column, at in there}
    values = {column.path: value for column, at in there if (value := sheet.value(number, at, column)) is not None}
    at = found_at.get(table.parent_key) if table.parent else None
    parent = None if at is None else sheet.at(number, at)
    if not values and parent is None:
        return None
    where = f"{sheet.title}, row {number + 1}" if at is None else sheet.grid.cell(number, at)
    return Row(number + 1, sheet.grid.title, values, cells, "" if parent is None else str(parent).strip(), where)


def _single_row(sheet: _Sheet) -> Row | None:
    """Every single field as one row: each stands in a row of the sheet, its name in the column of fields."""
    header = _header(sheet.grid, ("value", "field"), {"answer": "value"})
    if header is None or not {"value", "field"} <= set(header[1]):
        expected = "the words “value” and “field” above its columns"
        sheet.note("STRATEGY-952", f"{sheet.title}, A2", "other words, or none", expected=expected, fix=_HEADER_FIX)
        return None
    at, name_at = header[1].index("value"), header[1].index("field")
    known = {column.key: column for column in single_columns()}
    row = Row(0, sheet.grid.title, {}, {})
    for number in range(header[0] + 1, len(sheet.grid.rows)):
        key = sheet.at(number, name_at)
        column = known.get(str(key).strip())
        if column is None:
            _note_unknown_field(sheet, number, at, name_at)
            continue
        if column.path in row.cells:
            found = f'"{key}" a second time'
            sheet.note("STRATEGY-953", sheet.grid.cell(number, name_at), found, expected="one row for each field", fix="Delete one of the two rows.")
        row.cells[column.path] = sheet.grid.cell(number, at)
        value = sheet.value(number, at, column)
        if value is not None:
            row.values[column.path] = value
    return row


def _note_unknown_field(sheet: _Sheet, number: int, at: int, name_at: int) -> None:
    """A row without the name of a field is the person's own; one with another name is a slip of the pen."""
    key = sheet.at(number, name_at)
    if key is not None:
        known = [column.key for column in single_columns()]
        fix = did_you_mean(str(key), known, otherwise="Take the name out, and the row is left out.")
        sheet.note("STRATEGY-953", sheet.grid.cell(number, name_at), f'"{key}"', expected="the name of a field", fix=fix)
    elif sheet.at(number, at) is not None:
        sheet.reading.remarks.append(f"{sheet.grid.cell(number, at)} belongs to no field and was left out.")


def _header(grid: Grid, keys: Sequence[str], labels: Mapping[str, str]) -> tuple[int, list[str]] | None:
    """The row that names the fields, and the names in it: the one with most of them. Where it was lost, the row of labels serves."""
    best: tuple[int, int, list[str]] | None = None
    for number, row in enumerate(grid.rows[:_DEEPEST_HEADER]):
        names = [_bare(value) if isinstance(value, str) else "" for value in row]
        hits = len(set(names) & set(keys))
        if hits >= min(2, len(keys)) and (best is None or hits > best[0]):
            best = (hits, number, names)
    if best is not None:
        return best[1], best[2]
    for number, row in enumerate(grid.rows[:2]):
        named = [labels.get(_bare(value), "") if isinstance(value, str) else "" for value in row]
        if len(set(named) - {""}) >= 2:
            return number, named
    return None


def _columns(sheet: _Sheet, start: int, names: Sequence[str], keys: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Where each field stands. Unknown names are problems; columns without a name are the person's own."""
    seen: set[str] = set()
    for at, name in enumerate(names):
        if name in keys and name not in seen:
            seen.add(name)
            yield name, at
        elif name:
            again = name in seen
            fix = "Delete one of the two columns." if again else did_you_mean(name, keys, otherwise="Take the name out, and the column is left out.")
            found = f'"{name}" a second time' if again else f'"{name}"'
            sheet.note("STRATEGY-953", sheet.grid.cell(start, at), found, expected=f"one of: {', '.join(keys)}", fix=fix)
    for at in range(max((len(row) for row in sheet.grid.rows), default=0)):
        if (at >= len(names) or not names[at]) and any(sheet.at(number, at) is not None for number in range(start + 1, len(sheet.grid.rows))):
            sheet.reading.remarks.append(f"The column from {sheet.grid.cell(start, at)} down has no field name and was left out.")


def _is_example(values: Sequence[Any]) -> bool:
    first = next((value for value in values if value is not None), None)
    return isinstance(first, str) and first.startswith(EXAMPLE.strip())


def _bare(text: Any) -> str:
    return " ".join(str(text).split()).casefold()
