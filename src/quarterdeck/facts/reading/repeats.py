"""Rows of one file that state the same fact: refused, added up or left out, as the user says."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.columns import ColumnSchema, TableSchema, Value
from quarterdeck.facts.parsed_table import Repeated
from quarterdeck.facts.reading.problem_log import Fault, ProblemLog
from quarterdeck.facts.reading.weeks import has_sum

Columns = dict[str, list[Value]]


def settle_repeats(schema: TableSchema, columns: Columns, lines: list[int], repeated: Repeated, log: ProblemLog) -> tuple[Columns, list[int]]:
    """The rows with every key once. What may not be joined goes to the log, with both lines named."""
    keys = list(zip(*(columns[name] for name in schema.key), strict=True))
    if len(set(keys)) == len(keys):
        return columns, lines
    groups: dict[tuple[Value, ...], list[int]] = {}
    for row, key in enumerate(keys):
        groups.setdefault(key, []).append(row)
    joined: dict[int, dict[str, Value]] = {}
    for key, rows in groups.items():
        if len(rows) > 1:
            values = _join(schema, columns, rows, repeated)
            if values is None:
                _report(schema, key, [lines[row] for row in rows], repeated, log)
            else:
                joined[rows[0]] = values
    kept = [rows[0] for rows in groups.values()]
    if joined:
        log.warn(
            codes.ROWS_JOINED,
            f"{len(keys) - len(kept)} rows that repeat the {', '.join(schema.key)} of another",
            "every fact once",
            "They were added up." if repeated == "add_up" else "The copies were left out.",
        )
    settled = {name: [joined[row][name] if row in joined else values[row] for row in kept] for name, values in columns.items()}
    return settled, [lines[row] for row in kept]


def _join(schema: TableSchema, columns: Columns, rows: Sequence[int], repeated: Repeated) -> dict[str, Value] | None:
    """One row's values for rows with the same key, or None when they may not be joined."""
    if repeated == "refuse":
        return None
    found = {column.name: [columns[column.name][row] for row in rows] for column in schema.columns}
    if repeated == "drop_identical":
        return {name: values[0] for name, values in found.items()} if all(len(set(values)) == 1 for values in found.values()) else None
    joined: dict[str, Value] = {}
    for column in schema.columns:
        values = found[column.name]
        if column.name in schema.key or (not _adds_up(column, found.get("metric", [None])[0]) and column.in_week != "not_known"):
            if len(set(values)) > 1:
                return None
            joined[column.name] = values[0]
        else:
            joined[column.name] = None if column.in_week == "not_known" else _total(values)
    return joined


def _adds_up(column: ColumnSchema, metric: Value) -> bool:
    return column.in_week == "split" or (column.in_week == "by_metric" and has_sum(metric))


def _total(values: Sequence[Value]) -> Value:
    """The sum; None as soon as one part is not known."""
    if any(value is None for value in values):
        return None
    if all(isinstance(value, int) for value in values):
        return sum(value for value in values if isinstance(value, int))
    return sum((value for value in values if isinstance(value, Decimal)), Decimal(0))


def _report(schema: TableSchema, key: tuple[Value, ...], lines: Sequence[int], repeated: Repeated, log: ProblemLog) -> None:
    said = ", ".join(f"{name} {value}" for name, value in zip(schema.key, key, strict=True) if value != "")
    fix = {
        "refuse": "Leave one out, or import with --repeated add_up (parts of one figure) or --repeated drop_identical (plain copies).",
        "add_up": "Their other values differ or cannot be summed: correct the file.",
        "drop_identical": "They are not plain copies: correct the file, or import with --repeated add_up.",
    }[repeated]
    for line in lines[1:]:
        log.add(Fault(codes.REPEATED_ROW, f"the same {said} as on line {lines[0]}", "every fact once", fix), line=line)
