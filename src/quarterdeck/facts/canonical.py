"""The one way to write facts as bytes, so that the same facts have the same name whatever file they came in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from json import JSONEncoder

from quarterdeck.facts.columns import Value
from quarterdeck.facts.fact_table import FactTable
from quarterdeck.kernel.identity import content_hash


def canonical_rows(table: FactTable) -> bytes:
    """Every row as one line of JSON, the lines sorted, after a line that names table and columns (UTF-8).

    Row order, separators, trailing zeros and the spelling of zones leave no trace.
    """
    write = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    lines = sorted(map(write, zip(*map(_written, table.columns), strict=True)))
    return "\n".join([write([table.name, *table.schema.names]), *lines, ""]).encode()


def load_id(table: FactTable, source: str) -> str:
    """The name of a load: 64 hex digits from its rows and where they come from. The same facts from the same source twice are one load."""
    return content_hash({"source": source, "rows": content_hash(canonical_rows(table))})


def plain_decimal(value: Decimal) -> str:
    """`value` without exponent and trailing zeros: 12.50 -> "12.5", 1E+2 -> "100", -0 -> "0"."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _written(values: tuple[Value, ...]) -> list[str | None]:
    known = {value: _write(value) for value in dict.fromkeys(values)}
    return [known[value] for value in values]


def _write(value: Value) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else str(value)
