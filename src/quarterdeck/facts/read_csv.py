"""parse_table: a CSV file as typed rows of one table, or every reason why it cannot be."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import repeat

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.columns import ColumnSchema, TableSchema, Value
from quarterdeck.facts.fact_table import FactTable
from quarterdeck.facts.names import to_name
from quarterdeck.facts.parsed_table import CsvOptions, ParsedTable, ReadAs
from quarterdeck.facts.reading.cells import TextColumns, collect_cells
from quarterdeck.facts.reading.checks import check_days_ahead, check_metrics, check_week_starts, find_days_missing, find_spellings, summarise
from quarterdeck.facts.reading.header import Layout, find_header, map_header
from quarterdeck.facts.reading.marks import report_missing_zone, settle_currency, settle_date_format, settle_decimal_mark
from quarterdeck.facts.reading.problem_log import Fault, ProblemLog
from quarterdeck.facts.reading.repeats import Columns, settle_repeats
from quarterdeck.facts.reading.text import split_text
from quarterdeck.facts.reading.values import Reading, read_cells
from quarterdeck.facts.reading.weeks import spread_weeks
from quarterdeck.kernel.periods import DAYS_PER_WEEK

_NO_OPTIONS = CsvOptions()


def parse_table(text: bytes, schema: TableSchema, *, file_name: str, options: CsvOptions = _NO_OPTIONS) -> ParsedTable:
    """The rows of a CSV file, with everything that was noticed; with one problem or more there are no rows at all.

    Nothing is guessed that the file leaves open (decimal mark, order of day and month, currency): that is a problem that names the option to use.
    An empty file, and a header without rows, are problems too. Never raises for what a file holds.
    """
    log = ProblemLog(file_name)
    rows = split_text(text, options, log)
    if rows is None:
        return _refused(schema, log, options)
    place = find_header(rows.rows, schema, options)
    if place:
        log.warn(
            codes.LINES_LEFT_OUT,
            f"{place} lines before the header on line {rows.lines[place]}",
            "the header first",
            "They were left out.",
            line=rows.lines[0],
        )
    layout = map_header(rows.rows[place], schema, options, log)
    texts = collect_cells(rows, place, schema=schema, layout=layout, options=options, log=log)
    if not texts.lines and not len(log):
        log.add(Fault(codes.NO_ROWS, "a header and no rows", "at least one row", "Check the dates of the export; nothing would have been imported."))
    reading = Reading(
        settle_decimal_mark(schema, texts, options, log),
        settle_date_format(schema, texts, layout, options, log),
        options.timezone,
        settle_currency(schema, texts, layout, options, log),
        pseudonyms=options.pseudonyms,
    )
    report_missing_zone(schema, texts, options, log)
    columns = {column.name: _read_column(column, texts, reading, options, log) for column in schema.columns}
    read_as = ReadAs(
        rows.encoding,
        rows.separator,
        rows.lines[place],
        reading.decimal,
        reading.date_format,
        reading.currency,
        layout.week_of is not None,
        bool(layout.wide),
    )
    return _finish(columns, texts, read_as, schema=schema, layout=layout, options=options, log=log)


def _read_column(column: ColumnSchema, texts: TextColumns, reading: Reading, options: CsvOptions, log: ProblemLog) -> list[Value]:
    """Every value of one column; None stands in for faults, which are logged."""
    cells = texts.cells.get(column.name)
    default = reading.currency if column.name == "currency" else column.default
    if cells is None:
        return [default] * len(texts.lines)
    names = {to_name(name): told for name, told in options.names.get(column.name, {}).items()}
    read = read_cells(column, cells, Reading(reading.decimal, reading.date_format, reading.zone, reading.currency, names, reading.pseudonyms))
    if read.faults:
        header = texts.headers[column.name]
        log.add_cells(read.faults, cells, texts.lines, repeat(header) if isinstance(header, str) else header)
    if read.rounded:
        log.warn(
            codes.ROUNDED,
            f"{read.rounded} different numbers finer than facts hold",
            "at most 6 decimal places for money and 9 for numbers",
            "They were rounded, half to even.",
            column=column.name,
        )
    values = read.values
    return [default if (value := values.get(cell)) is None else value for cell in cells]


def _finish(
    columns: Columns, texts: TextColumns, read_as: ReadAs, *, schema: TableSchema, layout: Layout, options: CsvOptions, log: ProblemLog
) -> ParsedTable:
    """Whole-row checks, weeks into days, and the result."""
    if log.has_file_faults:
        return _refused(schema, log, options, layout, read_as)
    columns, lines = _without_faults(columns, texts.lines, log)
    if layout.week_of == "last_day":
        columns["day"] = [day - timedelta(days=DAYS_PER_WEEK - 1) for day in columns["day"] if isinstance(day, date)]
    check_days_ahead(schema, columns, lines, options.as_of, log, weekly=read_as.weekly)
    if read_as.weekly:
        check_week_starts(columns, lines, log)
    settled, lines = settle_repeats(schema, columns, lines, options.repeated, log)
    if len(log):
        return _refused(schema, log, options, layout, read_as)
    if read_as.weekly:
        settled = spread_weeks(schema, settled, currency=read_as.currency)
        lines = [line for line in lines for _ in range(DAYS_PER_WEEK)]
    check_metrics(settled, log)
    missing = find_days_missing(schema, settled, log)
    facts = FactTable(schema.name, tuple(tuple(settled[name]) for name in schema.names))
    return ParsedTable(
        facts,
        tuple(lines),
        (),
        0,
        tuple(log.warnings),
        layout.ignored,
        _mapping(layout, schema),
        read_as,
        missing,
        _spellings(schema, texts, columns),
        summarise(facts),
    )


def _without_faults(columns: Columns, lines: list[int], log: ProblemLog) -> tuple[Columns, list[int]]:
    """The rows without a fault of their own, so that the checks across rows can still be made of the rest."""
    faulty = log.faulty_lines
    if not faulty:
        return columns, lines
    sound = [row for row, line in enumerate(lines) if line not in faulty]
    return {name: [values[row] for row in sound] for name, values in columns.items()}, [lines[row] for row in sound]


def _spellings(schema: TableSchema, texts: TextColumns, columns: Columns) -> dict[str, dict[str, str]]:
    named = [column.name for column in schema.columns if column.spelled_as == "name" and column.name in texts.cells]
    return {name: found for name in named if (found := find_spellings(texts.cells[name], columns[name]))}


def _refused(schema: TableSchema, log: ProblemLog, options: CsvOptions, layout: Layout | None = None, read_as: ReadAs | None = None) -> ParsedTable:
    nothing = FactTable(schema.name, ((),) * len(schema.columns))
    return ParsedTable(
        nothing,
        (),
        log.problems(options.max_problems),
        len(log),
        tuple(log.warnings),
        layout.ignored if layout else (),
        _mapping(layout, schema) if layout else (),
        read_as or ReadAs(),
        (),
        {},
        summarise(nothing),
    )


def _mapping(layout: Layout, schema: TableSchema) -> tuple[tuple[str, str], ...]:
    known = tuple((source.header, name) for name, source in layout.sources.items())
    return known + tuple((source.header, f"{schema.wide.label if schema.wide else ''}={source.label}") for source in layout.wide)
