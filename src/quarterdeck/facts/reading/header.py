"""Which column of a file is which column of the table: by name, by synonym, by the user's word, or one column for each channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.columns import ColumnSchema, TableSchema
from quarterdeck.facts.names import header_form, tidy_text
from quarterdeck.facts.parsed_table import CsvOptions
from quarterdeck.facts.reading.money_signs import split_header_currency
from quarterdeck.facts.reading.problem_log import Fault, ProblemLog, listed
from quarterdeck.facts.reading.wide import find_wide
from quarterdeck.facts.shared_columns import WEEK_END_HEADERS, WEEK_HEADERS

_HEADER_ROWS = 20
_NOT_TAKEN = 999
WeekOf = Literal["first_day", "last_day"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a column's cells come from: a place in the row. `label` is the channel or metric of a wide column; `mark` its header's currency."""

    index: int
    header: str
    label: str | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file's columns are used. `week_of` is set when the day column states weeks, by their first or last day."""

    sources: dict[str, Source]
    wide: tuple[Source, ...]
    ignored: tuple[str, ...]
    week_of: WeekOf | None


def find_header(rows: Sequence[list[str]], schema: TableSchema, options: CsvOptions) -> int:
    """The number of the row that names the columns: the one of the first 20 with the most headers that are known; 0 when none is."""
    known = [
        sum(_rank(cell, column) < _NOT_TAKEN for cell in row for column in schema.columns)
        + sum(cell.strip() in options.mapping or cell.strip() in options.wide for cell in row)
        for row in rows[:_HEADER_ROWS]
    ]
    return known.index(max(known)) if known else 0


def map_header(header: Sequence[str], schema: TableSchema, options: CsvOptions, log: ProblemLog) -> Layout:
    """Match `header` to the table's columns; whatever is wrong goes to the log, what has no place is ignored with a warning."""
    headers = [tidy_text(cell) for cell in header]
    sources, left_out = _told(headers, schema, options, log)
    week_of = _match_known(headers, schema, sources, left_out)
    taken = left_out | {source.index for source in sources.values()}
    _report_repeated(headers, sources, taken, log)
    free = {index: name for index, name in enumerate(headers) if index not in taken and name}
    wide = tuple(
        Source(index, headers[index], label, split_header_currency(headers[index])[1])
        for index, label in find_wide(free, schema, options, found=sources.keys(), log=log)
    )
    _report_missing(headers, schema, sources, options, log, wide=bool(wide))
    ignored = tuple(name for index, name in free.items() if index not in {source.index for source in wide})
    if ignored:
        log.warn(
            codes.COLUMNS_IGNORED,
            f"columns without a place in {schema.name}: {listed(ignored)}",
            f"columns such as {', '.join(schema.names)}",
            'They were left out. If one matters, import with --column column="Header".',
        )
    if options.weekly and schema.when != "day":
        log.add(Fault(codes.BAD_OPTION, f"weekly rows of {schema.name}", "weekly rows only of tables with a day", "Leave the option out."))
        return Layout(sources, wide, ignored, None)
    return Layout(sources, wide, ignored, "first_day" if options.weekly and week_of is None else week_of)


def _told(headers: list[str], schema: TableSchema, options: CsvOptions, log: ProblemLog) -> tuple[dict[str, Source], set[int]]:
    sources: dict[str, Source] = {}
    left_out: set[int] = set()
    for header, column in options.mapping.items():
        matching = [i for i, name in enumerate(headers) if name == tidy_text(header)] or [
            i for i, name in enumerate(headers) if header_form(name) == header_form(header)
        ]
        if not matching:
            log.add(Fault(codes.BAD_MAPPING, f'a mapping for "{header}"', f"one of the file's headers: {listed(headers)}", "Correct the mapping."))
        elif column is None:
            left_out.add(matching[0])
        elif column not in schema.names:
            log.add(Fault(codes.BAD_MAPPING, f'a mapping of "{header}" to "{column}"', f"one of {', '.join(schema.names)}", "Correct the mapping."))
        elif column in sources:
            log.add(Fault(codes.BAD_MAPPING, f'two mappings to "{column}"', "one header for each column", "Leave one of them out."))
        else:
            sources[column] = Source(matching[0], headers[matching[0]], mark=split_header_currency(headers[matching[0]])[1])
    return sources, left_out


def _match_known(headers: list[str], schema: TableSchema, sources: dict[str, Source], left_out: set[int]) -> WeekOf | None:
    """Fill `sources` with the best header for each column, best matches first; returns how weeks are stated, if they are."""
    taken = left_out | {source.index for source in sources.values()}
    ranked = sorted(
        (_rank(header, column), order, index, column.name)
        for order, column in enumerate(schema.columns)
        for index, header in enumerate(headers)
        if index not in taken
    )
    for rank, _, index, column in ranked:
        if rank < _NOT_TAKEN and column not in sources and index not in taken:
            sources[column] = Source(index, headers[index], mark=split_header_currency(headers[index])[1])
            taken.add(index)
    if schema.when != "day":
        return None
    if "day" not in sources:
        week = next((i for i, name in enumerate(headers) if i not in taken and _week_of(name)), None)
        if week is None:
            return None
        sources["day"] = Source(week, headers[week])
    return _week_of(sources["day"].header)


def _week_of(header: str) -> WeekOf | None:
    form = header_form(header)
    if form in map(header_form, WEEK_HEADERS):
        return "first_day"
    return "last_day" if form in map(header_form, WEEK_END_HEADERS) else None


def _rank(header: str, column: ColumnSchema) -> int:
    """0 for the column's own name, then its synonyms in order; `_NOT_TAKEN` for any other header."""
    known = _ranks(column)
    return min(known.get(header_form(header), _NOT_TAKEN), known.get(header_form(split_header_currency(tidy_text(header))[0]), _NOT_TAKEN))


@lru_cache(maxsize=256)
def _ranks(column: ColumnSchema) -> dict[str, int]:
    forms = [header_form(word) for word in (column.name, *column.also)]
    return {form: rank for rank, form in reversed(list(enumerate(forms))) if form}


def _report_repeated(headers: list[str], sources: dict[str, Source], taken: set[int], log: ProblemLog) -> None:
    for column, source in sources.items():
        twins = [name for i, name in enumerate(headers) if i not in taken and header_form(name) == header_form(source.header)]
        if twins:
            log.add(
                Fault(
                    codes.BAD_MAPPING,
                    f'the header "{source.header}" {len(twins) + 1} times',
                    f'one header for "{column}"',
                    "Rename or leave out the one that is not meant.",
                )
            )


def _report_missing(headers: list[str], schema: TableSchema, sources: dict[str, Source], options: CsvOptions, log: ProblemLog, *, wide: bool) -> None:
    given = set(sources) | set(options.fixed) | ({schema.wide.label, schema.wide.value} if wide and schema.wide else set())
    for column in _missing(schema, given):
        hint = (
            f', or name each header that is a {schema.wide.label} of its own with --wide "Header"'
            if schema.wide and column.name == schema.wide.label
            else ""
        )
        log.add(
            Fault(
                codes.COLUMN_MISSING,
                f"no column for {column.name} among {listed(headers)}",
                f'a column such as "{column.name}" ({column.meaning})',
                f'Add it, or import with --column {column.name}="Header" or --fixed {column.name}=VALUE{hint}.',
            )
        )
    for name in options.fixed:
        if name not in schema.names:
            log.add(Fault(codes.BAD_OPTION, f'a fixed value for "{name}"', f"one of {', '.join(schema.names)}", "Correct the option."))


def _missing(schema: TableSchema, given: set[str]) -> Iterator[ColumnSchema]:
    return (column for column in schema.columns if column.required and column.name not in given and column.name != "currency")
