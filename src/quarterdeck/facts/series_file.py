"""parse_series: a CSV file with a row a week or a day (and geo) as columns of numbers, or every reason why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.columns import ColumnSchema, TableSchema
from quarterdeck.facts.names import header_form, tidy_text
from quarterdeck.facts.parsed_table import CsvOptions
from quarterdeck.facts.reading.cells import collect_cells
from quarterdeck.facts.reading.header import Layout, Source
from quarterdeck.facts.reading.marks import settle_date_format, settle_decimal_mark
from quarterdeck.facts.reading.problem_log import Fault, ProblemLog, listed, quoted
from quarterdeck.facts.reading.series_cells import CellRules, RowsRead, read_rows
from quarterdeck.facts.reading.series_days import arrange
from quarterdeck.facts.reading.text import TextRows, split_text
from quarterdeck.kernel.problems import InvalidInput

Role = Literal["time", "outcome", "spend", "exposure", "reach", "frequency", "organic", "context", "geo", "population"]
_HEADER_ROWS = 20


@dataclass(frozen=True)
class SeriesRoles:
    """Which column of a file is what, by the name that a person gave. `exposure`: pairs of a column of spend and one of what the money bought
    (contacts); `reach` and `frequency`: the same with people, and contacts a person."""

    time: str
    outcome: str | None = None
    spend: tuple[str, ...] = ()
    organic: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    geo: str | None = None
    population: str | None = None
    exposure: tuple[tuple[str, str], ...] = ()
    reach: tuple[tuple[str, str], ...] = ()
    frequency: tuple[tuple[str, str], ...] = ()

    def named(self) -> list[tuple[str, Role]]:
        """Every name with its role, in the order in which they are read."""
        single: list[tuple[str | None, Role]] = [(self.time, "time"), (self.geo, "geo"), (self.outcome, "outcome"), (self.population, "population")]
        many: list[tuple[tuple[str, ...], Role]] = [
            (self.spend, "spend"),
            (tuple(bought for _, bought in self.exposure), "exposure"),
            (tuple(people for _, people in self.reach), "reach"),
            (tuple(contacts for _, contacts in self.frequency), "frequency"),
            (self.organic, "organic"),
            (self.context, "context"),
        ]
        return [(name, role) for name, role in single if name is not None] + [(name, role) for names, role in many for name in names]


@dataclass(frozen=True)
class SeriesOptions:
    """How to read it where the file leaves it open. `first`, `last`: rows outside are left out. `words`: what a context column of words may say.
    `is_ahead`: days to come, of which not all need be known."""

    missing_spend_is_zero: bool = False
    first: date | None = None
    last: date | None = None
    csv: CsvOptions = field(default_factory=CsvOptions)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_ahead: bool = False


@dataclass(frozen=True)
class SeriesFile:
    """A file as it was understood.

    `days`: the first day of each row, in order, none missing; `step_days` 7 or 1; `geos` in the order of the file (one, "", where there is none).
    `numbers`: column as named -> [row][geo]; a context column of words is one column of 0 and 1 for each word, named `column=word`, and `words` says
    which. `notes`: how the file was understood where that is worth knowing.
    """

    step_days: int
    days: tuple[date, ...]
    geos: tuple[str, ...]
    numbers: dict[str, list[list[float]]]
    words: dict[str, tuple[str, ...]]
    notes: tuple[str, ...]

    def context_names(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        """The columns that the context columns `asked` became."""
        return tuple(name for column in asked for name in ([f"{column}={word}" for word in self.words[column]] if column in self.words else [column]))


def parse_series(raw: bytes, roles: SeriesRoles, *, file_name: str, options: SeriesOptions | None = None) -> SeriesFile:
    """The rows of a file, whatever their order. Raises InvalidInput with everything wrong at once, each with line and column.

    Nothing is guessed that the file leaves open, and a cell that is empty is never taken for 0 unless the options say so.
    """
    options = options or SeriesOptions()
    log = ProblemLog(file_name)
    read = parse_rows(raw, roles, options, log)
    found = None if read is None else _arranged(read, roles, log)
    if found is None or len(log):
        raise InvalidInput(log.problems(options.csv.max_problems), state="Nothing was read.")
    return found


def parse_rows(raw: bytes, roles: SeriesRoles, options: SeriesOptions, log: ProblemLog) -> RowsRead | None:
    """The rows of a file in its order; what is wrong goes to `log`. None when there is no row that could be read."""
    rows = split_text(raw, options.csv, log)
    if rows is None:
        return None
    place = _find_header(rows, roles)
    layout = _layout([tidy_text(cell) for cell in rows.rows[place]], roles, options, log)
    schema = _schema(roles)
    texts = collect_cells(rows, place, schema=schema, layout=layout, options=options.csv, log=log)
    if not texts.lines:
        log.add(
            Fault(
                codes.NO_ROWS,
                "a header and no rows",
                "a row for each week that is told" if options.is_ahead else "at least eight weeks of rows",
                "Check the dates of the export.",
            )
        )
    if roles.time not in texts.cells or not texts.lines:
        return None
    rules = CellRules(
        settle_decimal_mark(schema, texts, options.csv, log),
        settle_date_format(schema, texts, layout, options.csv, log),
        options.missing_spend_is_zero,
        options.first,
        options.last,
        options.words,
        options.is_ahead,
    )
    read = read_rows(texts, dict(roles.named()), rules, log)
    notes = (f"{problem.where}: {problem.found}. {problem.fix}" for problem in log.warnings)
    return None if read is None else replace(read, notes=(*notes, *read.notes))


def _arranged(read: RowsRead, roles: SeriesRoles, log: ProblemLog) -> SeriesFile | None:
    if log.has_file_faults:
        return None
    calendar = arrange(read.days, read.geos, read.lines, time=roles.time, geo=roles.geo, log=log)
    if calendar is None or len(log):
        return None
    numbers = {name: [[values[row] for row in line] for line in calendar.rows] for name, values in read.numbers.items()}
    return SeriesFile(calendar.step_days, calendar.days, calendar.geos, numbers, read.words, read.notes)


def _find_header(rows: TextRows, roles: SeriesRoles) -> int:
    """The number of the row among the first ones that names most of the columns asked for; 0 when none does."""
    wanted = {header_form(name) for name, _ in roles.named()}
    known = [len(wanted & {header_form(cell) for cell in row}) for row in rows.rows[:_HEADER_ROWS]]
    return known.index(max(known)) if known else 0


def _layout(headers: list[str], roles: SeriesRoles, options: SeriesOptions, log: ProblemLog) -> Layout:
    """The place of each column asked for; names that are not there, or there twice, and columns of two roles are problems."""
    sources: dict[str, Source] = {}
    taken: dict[int, str] = {}
    for name, role in roles.named():
        places = _places(name, headers)
        if options.is_ahead and not places and (role == "geo" or any(_places(other, headers) for other in roles.context if role == "context")):
            continue
        if len(places) != 1:
            log.add(_not_one(name, role, [headers[place] for place in places], headers))
        elif places[0] in taken or name in sources:
            log.add(
                Fault(
                    codes.BAD_MAPPING,
                    f"{quoted(headers[places[0]])} as --{role} and as {taken.get(places[0], 'the same again')}",
                    "one role for each column",
                    "Leave it out of one of them.",
                )
            )
        else:
            sources[name] = Source(places[0], headers[places[0]])
            taken[places[0]] = f"--{role}"
    return Layout(sources, (), (), "first_day")


def _places(name: str, headers: list[str]) -> list[int]:
    """Where the header `name` stands: word by word, else without case and marks."""
    for form in (tidy_text, str.casefold, header_form):
        places = [place for place, header in enumerate(headers) if header and form(header) == form(tidy_text(name)) and form(header)]
        if places:
            return places
    return []


def _not_one(name: str, role: str, found: list[str], headers: list[str]) -> Fault:
    if found:
        return Fault(codes.BAD_MAPPING, f"{len(found)} columns that may be {quoted(name)}: {listed(found)}", "one", "Rename the others.")
    return Fault(
        codes.COLUMN_MISSING,
        f"no column {quoted(name)} among {listed(headers)}",
        f"a column for --{role}",
        "Write the name as it stands in the header.",
    )


def _schema(roles: SeriesRoles) -> TableSchema:
    """The columns asked for as a table of facts, so that marks and dates are settled as in an import."""
    kinds: dict[Role, Literal["day", "text", "number"]] = {"time": "day", "geo": "text"}
    columns = tuple(ColumnSchema(name, kinds.get(role, "number"), role, "1234.56") for name, role in dict(roles.named()).items())
    return TableSchema("series", "A row a week or a day.", columns, (roles.time,), roles.time)
