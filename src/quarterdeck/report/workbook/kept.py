"""What a spreadsheet has no sheet or column for, and so stays as it was: said, so that nobody takes it for deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quarterdeck.report.workbook.layout import Table, tables
from quarterdeck.report.workbook.members import Plain, get_at, is_blank
from quarterdeck.report.workbook.reading import Reading


def kept_remarks(reading: Reading, before: Mapping[str, Sequence[Plain]]) -> Iterator[str]:
    """A sentence for each sheet with missing columns that held something, and one for missing sheets."""
    for table in tables():
        missing = _missing_columns(reading, table, before[table.place])
        if missing:
            word = "column" if len(missing) == 1 else "columns"
            yield f"The sheet {table.title} has no {word} {', '.join(missing)}: what stood there stays as it was."
    gone = [table.title for table in tables() if table.place not in reading.rows and before[table.place]]
    if gone:
        yield f"{'This sheet is' if len(gone) == 1 else 'These sheets are'} not there: {', '.join(gone)}. What stood in {'it' if len(gone) == 1 else 'them'} stays as it was."


def _missing_columns(reading: Reading, table: Table, members: Sequence[Plain]) -> list[str]:
    rows = reading.rows.get(table.place)
    if not rows:
        return []
    there = rows[0].cells
    return [
        f"“{column.label}”"
        for column in table.columns
        if column.path not in there and any(not is_blank(get_at(member, column.path)) for member in members)
    ]
