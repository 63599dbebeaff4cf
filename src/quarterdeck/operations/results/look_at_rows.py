"""look_at_rows: the rows of facts behind a figure, page by page, with their totals and the loads that they came with.

Tables and columns are taken from the schemas alone; everything that a person types is bound, never written into the query.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from quarterdeck.facts.columns import ColumnSchema, TableSchema
from quarterdeck.facts.names import spell
from quarterdeck.facts.schemas import TABLES
from quarterdeck.kernel.metrics import METRICS
from quarterdeck.lake.replaced_rows import Replaced, count_replaced
from quarterdeck.lake.snapshot import Lake, open_snapshot
from quarterdeck.ledger.gateway.loads import Snapshot, snapshot_of
from quarterdeck.ledger.models import Load
from quarterdeck.operations.context import Context
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.results.choose_period import read_day

PAGE = 100
MOST_IN_FILE = 100_000
LONGEST_TEXT = 200
SHOWN_TABLES = tuple(name for name, table in TABLES.items() if table.when is not None)
"""What is known of single people is not behind any figure, and is not shown."""
_USUAL = "spend"
_NOT_SUMMED = ("reach",)


@dataclass(frozen=True)
class RowsAsked:
    """Which rows: a table, columns with the value that each must have, and days; `wrong` says what was not understood."""

    table: str
    where: tuple[tuple[str, str], ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    page: int = 1
    wrong: tuple[str, ...] = ()

    @property
    def schema(self) -> TableSchema:
        """The table's columns."""
        return TABLES[self.table]


@dataclass(frozen=True)
class LoadBehind:
    """A load that some of the rows came with. `replaced`: rows of it that later loads took the place of, anywhere in the table."""

    number: int
    file_name: str
    source: str
    by: str
    made_at: datetime
    rows: int
    """Of the rows that were asked for."""
    rows_brought: int
    """In all, when it came."""
    replaced: tuple[tuple[int, int], ...]
    """(number of the load that took their place, rows)."""


@dataclass(frozen=True)
class Rows:
    """One page. `columns` are those of the table and "load", the number of the load that each row came with."""

    asked: RowsAsked
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    found: int
    pages: int
    totals: Mapping[str, Any]
    """By column that adds up: the sum over all rows found; None where no row knows it."""
    first_day: date | None
    last_day: date | None
    loads: tuple[LoadBehind, ...]


def read_asked(given: Mapping[str, str]) -> RowsAsked:
    """What an address asks for. What is not understood is left out, and said."""
    wrong: list[str] = []
    table = given.get("table", "").strip() or _USUAL
    if table not in SHOWN_TABLES:
        wrong.append(f"There is no table “{table[:40]}” to look into; {_USUAL} is shown.")
        table = _USUAL
    first, last = _day(given, "from", wrong), _day(given, "to", wrong)
    page = given.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 9 else 1
    return RowsAsked(table, _where(TABLES[table], given), first, last, max(1, number), tuple(wrong))


def columns_to_ask(schema: TableSchema) -> tuple[ColumnSchema, ...]:
    """Columns that rows can be chosen by: what names them, but no pseudonyms."""
    return tuple(
        column
        for column in schema.columns
        if column.type == "text" and not column.holds_person and (column.name in schema.key or column.name == "geo")
    )


def look_at_rows(context: Context, asked: RowsAsked) -> Rows:
    """The page of rows; a page that is not there gives the last one."""
    context.require("ask_facts")
    snapshot = snapshot_of(context.workspace)

    def read() -> Rows:
        with open_snapshot(context.lake_dir, snapshot.loads) as lake:
            return _read(context, lake, snapshot, asked)

    return remembered("rows", (context.workspace.slug, snapshot.hash, asked), read, most=32)


def all_rows(context: Context, asked: RowsAsked) -> tuple[tuple[str, ...], Iterator[Sequence[Any]]]:
    """Every row, up to `MOST_IN_FILE`, with the names of the columns."""
    context.require("export")
    snapshot = snapshot_of(context.workspace)
    with open_snapshot(context.lake_dir, snapshot.loads) as lake:
        rows = _select(lake, asked, limit=MOST_IN_FILE, skip=0)
    numbers = _numbers(context, asked.table)
    *values, loads = rows.values()
    return (*asked.schema.names, "load"), zip(*values, [numbers.get(load) for load in loads], strict=True)


def _day(given: Mapping[str, str], name: str, wrong: list[str]) -> date | None:
    text = given.get(name, "").strip()
    day = read_day(text)
    if text and day is None:
        wrong.append(f"“{text[:40]}” is no day such as 2027-01-04; it was left out.")
    return day


def _where(schema: TableSchema, given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    found = []
    for column in columns_to_ask(schema):
        text = "".join(letter for letter in given.get(column.name, "")[:LONGEST_TEXT] if letter.isprintable()).strip()
        if text:
            found.append((column.name, spell(text, column.spelled_as)))
    return tuple(found)


def _read(context: Context, lake: Lake, snapshot: Snapshot, asked: RowsAsked) -> Rows:
    condition, values = _condition(asked)
    day = _day_of(asked.schema)
    summed = summed_columns(asked)
    sums = "".join(f', sum("{name}") AS "{name}"' for name in summed)
    total = lake.query(f'SELECT count(*) AS found, min({day}) AS "first day", max({day}) AS "last day"{sums} FROM "{asked.table}"{condition}', values)
    by_load = lake.query(f'SELECT load_id, count(*) AS rows FROM "{asked.table}"{condition} GROUP BY load_id', values)
    found = int(total["found"][0])
    pages = max(1, -(-found // PAGE))
    rows = _select(lake, asked, limit=PAGE, skip=(min(asked.page, pages) - 1) * PAGE)
    numbers = _numbers(context, asked.table)
    *columns, loads = rows.values()
    return Rows(
        asked=asked,
        columns=(*asked.schema.names, "load"),
        rows=tuple(zip(*columns, [numbers.get(load) for load in loads], strict=True)),
        found=found,
        pages=pages,
        totals={name: total[name][0] for name in summed},
        first_day=total["first day"][0],
        last_day=total["last day"][0],
        loads=_loads(context, snapshot, asked, dict(zip(by_load["load_id"], by_load["rows"], strict=True))),
    )


def summed_columns(asked: RowsAsked) -> tuple[str, ...]:
    """Columns whose sum means something: money and counts; the value of an outcome only when it is one metric that adds up."""
    if asked.table == "outcomes":
        metric = dict(asked.where).get("metric")
        return ("value",) if metric is not None and (metric not in METRICS or METRICS[metric].adds_up) else ()
    return tuple(column.name for column in asked.schema.columns if column.type in ("money", "count") and column.name not in _NOT_SUMMED)


def _select(lake: Lake, asked: RowsAsked, *, limit: int, skip: int) -> dict[str, list[Any]]:
    condition, values = _condition(asked)
    columns = ", ".join(f'"{name}"' for name in (*asked.schema.names, "load_id"))
    order = ", ".join(f'"{name}"' for name in dict.fromkeys([str(asked.schema.when), *asked.schema.key]))
    return lake.query(f'SELECT {columns} FROM "{asked.table}"{condition} ORDER BY {order} LIMIT ? OFFSET ?', [*values, limit, skip])


def _condition(asked: RowsAsked) -> tuple[str, list[Any]]:
    day = _day_of(asked.schema)
    parts: list[tuple[str, Any]] = [(f'"{name}" = ?', value) for name, value in asked.where]
    parts += [(f"{day} >= ?", asked.first_day)] if asked.first_day else []
    parts += [(f"{day} <= ?", asked.last_day)] if asked.last_day else []
    return (" WHERE " + " AND ".join(text for text, _ in parts) if parts else ""), [value for _, value in parts]


def _day_of(schema: TableSchema) -> str:
    return f'CAST("{schema.when}" AS DATE)'


def _numbers(context: Context, table: str) -> dict[str, int]:
    rows = Load.objects.filter(workspace=context.workspace, table=table, dropped_at__isnull=True)
    return dict(rows.values_list("load_id", "sequence"))


def _loads(context: Context, snapshot: Snapshot, asked: RowsAsked, rows: Mapping[str, int]) -> tuple[LoadBehind, ...]:
    replaced = _replaced(context, snapshot, asked.table)
    numbers = _numbers(context, asked.table)
    found = Load.objects.filter(workspace=context.workspace, table=asked.table, dropped_at__isnull=True, load_id__in=list(rows)).order_by("sequence")
    return tuple(
        LoadBehind(
            number=load.sequence,
            file_name=load.file_name,
            source=load.source,
            by=load.by,
            made_at=load.made_at,
            rows=rows[load.load_id],
            rows_brought=load.rows,
            replaced=tuple((numbers[each.by], each.rows) for each in replaced if each.load_id == load.load_id and each.by in numbers),
        )
        for load in found
    )


def _replaced(context: Context, snapshot: Snapshot, table: str) -> tuple[Replaced, ...]:
    return remembered(
        "replaced", (context.workspace.slug, snapshot.hash, table), lambda: count_replaced(context.lake_dir, table, snapshot.loads), most=24
    )
