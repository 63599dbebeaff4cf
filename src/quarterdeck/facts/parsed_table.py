"""What goes into reading a table of text, and what comes out: options, and rows with everything that was noticed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from decimal import Decimal
from typing import Literal

from quarterdeck.facts.fact_table import FactTable
from quarterdeck.kernel.problems import InvalidInput, Problem

DecimalMark = Literal["point", "comma"]
DateFormat = Literal["YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY"]
Repeated = Literal["refuse", "add_up", "drop_identical"]


@dataclass(frozen=True, slots=True)
class CsvOptions:
    """How to read a file where the file does not say so itself. None means: find out, and ask where that is not possible.

    `mapping`: header -> column (None leaves it out without a warning). `wide`: header -> the channel, metric or name that the column is of.
    `fixed`: column -> one text for every row ({"channel": "search_ads"} for an export of one platform).
    `names`: column -> {name in the file: id in the strategy}, the saved mapping. `pseudonyms`: address or customer number -> pseudonym.
    `weekly`: each row is a week from its day on. `repeated`: what rows that state the same fact twice mean.
    `as_of`: the last day that can have happened. `timezone`: zone of moments without an offset (None: UTC, and said).
    """

    mapping: Mapping[str, str | None] = field(default_factory=dict)
    wide: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    pseudonyms: Mapping[str, str] | None = None
    encoding: str | None = None
    separator: str | None = None
    decimal: DecimalMark | None = None
    date_format: DateFormat | None = None
    weekly: bool = False
    currency: str | None = None
    timezone: tzinfo | None = None
    as_of: date | None = None
    repeated: Repeated = "refuse"
    max_bytes: int = 50_000_000
    max_rows: int = 1_000_000
    max_problems: int = 200


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How a file was understood. None where it did not matter."""

    encoding: str | None = None
    separator: str | None = None
    header_line: int | None = None
    decimal: DecimalMark | None = None
    date_format: DateFormat | None = None
    currency: str | None = None
    weekly: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What an import would bring: rows, days, and one total for each channel, metric or name (`totals_of` says which)."""

    rows: int = 0
    first_day: date | None = None
    last_day: date | None = None
    totals_of: str = ""
    totals: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedTable:
    """A file as typed rows, or as every reason why not: with one problem or more `facts` is empty, and nothing is half done.

    `lines[i]` is the line of the file (1 is the first) where row i starts. `problems` holds the first ones in the order of lines, `problem_count` is
    how many there are in all. `mapping` pairs each used header with its column. `spellings` keeps how names were written in the file.
    """

    facts: FactTable
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]
    problem_count: int
    warnings: tuple[Problem, ...]
    ignored: tuple[str, ...]
    mapping: tuple[tuple[str, str], ...]
    read_as: ReadAs
    days_missing: tuple[date, ...]
    spellings: Mapping[str, Mapping[str, str]]
    summary: Summary

    @property
    def is_usable(self) -> bool:
        """Whether the rows may be imported: no problem was found."""
        return self.problem_count == 0

    def require(self) -> FactTable:
        """The rows. Raises InvalidInput with all problems when there is any."""
        if self.problem_count:
            hidden = self.problem_count - len(self.problems)
            more = f" {hidden} more problems are not shown." if hidden else ""
            raise InvalidInput(self.problems, state=f"No row was imported.{more}")
        return self.facts
