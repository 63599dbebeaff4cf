"""FactTable: typed rows of one table, column by column, whatever they were read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.columns import DECIMAL_PLACES, ColumnSchema, TableSchema, Value
from quarterdeck.facts.names import spell
from quarterdeck.facts.schemas import TABLES
from quarterdeck.kernel.problems import InvalidInput, Problem

Key = tuple[Value, ...]
_PYTHON_TYPES: dict[str, type] = {"day": date, "instant": datetime, "text": str, "money": Decimal, "number": Decimal, "count": int, "flag": bool}


@dataclass(frozen=True, slots=True)
class FactTable:
    """Rows of the table `name`: `columns[i]` holds every value of the schema's i-th column."""

    name: str
    columns: tuple[tuple[Value, ...], ...]

    @property
    def schema(self) -> TableSchema:
        """The table's schema."""
        return TABLES[self.name]

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def column(self, name: str) -> tuple[Value, ...]:
        """Every value of one column. Raises KeyError for an unknown name."""
        self.schema.column(name)
        return self.columns[self.schema.names.index(name)]

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """Row by row, values in the schema's order."""
        return zip(*self.columns, strict=True)

    def keys(self) -> Iterator[Key]:
        """The key of every row, in order."""
        return zip(*(self.column(name) for name in self.schema.key), strict=True)

    def values(self) -> Iterator[tuple[Value, ...]]:
        """What every row says beyond its key, in order."""
        if not self.schema.value_names:
            return iter([()] * len(self))
        return zip(*(self.column(name) for name in self.schema.value_names), strict=True)

    def take(self, rows: Iterable[int]) -> FactTable:
        """The rows of these numbers (from 0), in the order given."""
        picked = tuple(rows)
        return FactTable(self.name, tuple(tuple(column[i] for i in picked) for column in self.columns))


def build_table(schema: TableSchema, columns: Mapping[str, Sequence[Value]]) -> FactTable:
    """Typed values as a table: names spelled alike, absent optional columns at their default, numbers at the precision facts keep.

    Raises InvalidInput (FACTS-029) for an unknown or missing column, unequal lengths, a value of another type, or a repeated key.
    """
    problems = _shape_problems(schema, columns)
    if problems:
        raise InvalidInput(problems, state="No row was kept.")
    length = max((len(values) for values in columns.values()), default=0)
    built = []
    for column in schema.columns:
        given = columns.get(column.name)
        values = tuple(given) if given is not None else (column.default,) * length
        problems += _value_problems(schema, column, values)
        built.append(tuple(_settled(column, value) for value in values))
    table = FactTable(schema.name, tuple(built))
    if not problems and len(set(table.keys())) != length:
        problems.append(
            _problem(schema.name, "two rows with the same key", f"one row for each {', '.join(schema.key)}", "Add them up or leave one out.")
        )
    if problems:
        raise InvalidInput(problems, state="No row was kept.")
    return table


def _problem(where: str, found: str, expected: str, fix: str) -> Problem:
    return Problem(codes.BAD_TABLE, where, found, expected, fix)


def _shape_problems(schema: TableSchema, columns: Mapping[str, Sequence[Value]]) -> list[Problem]:
    problems = [
        _problem(schema.name, f"a column {name!r}", f"one of {', '.join(schema.names)}", "Leave it out or rename it.")
        for name in columns
        if name not in schema.names
    ]
    problems += [
        _problem(schema.name, f"no column {column.name!r}", "every required column", "Add it.")
        for column in schema.columns
        if column.required and column.name not in columns
    ]
    if len({len(values) for values in columns.values()}) > 1:
        lengths = ", ".join(f"{name}: {len(values)}" for name, values in columns.items())
        problems.append(
            _problem(schema.name, f"columns of unequal length ({lengths})", "one value a row in every column", "Fill the shorter ones with None.")
        )
    return problems


def _value_problems(schema: TableSchema, column: ColumnSchema, values: Sequence[Value]) -> list[Problem]:
    wanted = _PYTHON_TYPES[column.type]
    for row, value in enumerate(values):
        where = f"{schema.name} row {row}, column {column.name}"
        if value is None:
            if column.required or (column.name in schema.key and column.default is None):
                return [_problem(where, "nothing", f"a value of type {column.type}", "Fill it in.")]
        elif not _fits(value, wanted):
            return [_problem(where, f"{value!r}", f"a value of type {column.type}", "Convert it first.")]
        elif column.minimum is not None and value < column.minimum:  # type: ignore[operator]  # only numbers have a minimum
            return [_problem(where, f"{value}", f"{column.minimum} or more", "Correct it.")]
    return []


def _fits(value: Any, wanted: type) -> bool:
    if wanted is datetime:
        return isinstance(value, datetime) and value.tzinfo is not None
    if wanted is Decimal:
        return isinstance(value, Decimal) and value.is_finite()
    return type(value) is wanted  # bool is an int and datetime a date, and neither may pass for one here


def _settled(column: ColumnSchema, value: Value) -> Value:
    if value is None:
        return column.default
    if isinstance(value, str):
        return spell(value, column.spelled_as)
    if isinstance(value, Decimal):
        return settle_decimal(value, DECIMAL_PLACES[column.type])
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo is not None else value


def settle_decimal(value: Decimal, places: int) -> Decimal:
    """`value` with at most `places` digits after the point (half to even), -0 as 0."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        value = value.quantize(Decimal(1).scaleb(-places))
    return value if value else abs(value)
