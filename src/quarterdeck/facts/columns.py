"""ColumnSchema and TableSchema: what a table of facts may hold, said as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

ColumnType = Literal["day", "instant", "text", "money", "count", "number", "flag"]
Value = date | datetime | str | Decimal | int | bool | None
"""day: date; instant: aware datetime in UTC; text: str; money and number: Decimal; count: int; flag: bool. None is not known."""

SpelledAs = Literal["name", "code", "as_is"]
InWeek = Literal["split", "by_metric", "repeat", "not_known"]

SQL_TYPES: dict[ColumnType, str] = {
    "day": "DATE",
    "instant": "TIMESTAMP",
    "text": "VARCHAR",
    "money": "DECIMAL(18, 6)",
    "count": "BIGINT",
    "number": "DECIMAL(28, 9)",
    "flag": "BOOLEAN",
}
"""How each type is kept in Parquet and seen by SQL. A TIMESTAMP holds UTC without a zone."""

DECIMAL_PLACES: dict[str, int] = {"money": 6, "number": 9}
WHOLE_DIGITS: dict[str, int] = {"money": 12, "number": 19, "count": 18}


@dataclass(frozen=True, slots=True)
class ColumnSchema:
    """One column of facts.

    `default` is what an absent column or an empty cell means (None: not known); `also` lists other headers it is found under, best first.
    `spelled_as`: "name" is kept in lower case with _ for spaces, so that "Google Ads" and "google ads" are one; "code" in capitals (geo).
    `in_week` says what becomes of a weekly figure when it is spread over seven days; `may_lie_ahead` allows days after today.
    """

    name: str
    type: ColumnType
    meaning: str
    example: str
    unit: str = ""
    required: bool = False
    default: Value = None
    also: tuple[str, ...] = ()
    spelled_as: SpelledAs = "as_is"
    minimum: int | None = None
    in_week: InWeek = "repeat"
    may_lie_ahead: bool = False
    holds_person: bool = False


@dataclass(frozen=True, slots=True)
class WideForm:
    """A table may come with one column for each `label` (a channel, a metric), holding `value`."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table of facts. Rows with the same `key` columns state the same fact; `when` is the column that dates a row."""

    name: str
    meaning: str
    columns: tuple[ColumnSchema, ...]
    key: tuple[str, ...]
    when: str | None
    wide: WideForm | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    @property
    def value_names(self) -> tuple[str, ...]:
        """Names of the columns outside the key, in order."""
        return tuple(name for name in self.names if name not in self.key)

    @property
    def currency_column(self) -> str | None:
        """ "currency" where the table says it row by row, else None."""
        return "currency" if "currency" in self.names else None

    def column(self, name: str) -> ColumnSchema:
        """The column of that name. Raises KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name!r}; it has {', '.join(self.names)}")

    def sql_columns(self) -> dict[str, str]:
        """Column name -> SQL type, in order."""
        return {column.name: SQL_TYPES[column.type] for column in self.columns}
