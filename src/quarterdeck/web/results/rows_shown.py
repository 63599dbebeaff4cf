"""Rows of facts as ready strings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.results.look_at_rows import MOST_IN_FILE, SHOWN_TABLES, LoadBehind, Rows, RowsAsked, columns_to_ask
from quarterdeck.report.charts.labels import name_of
from quarterdeck.report.say_results import days_in_words
from quarterdeck.report.words import how_many
from quarterdeck.web.results.chooser import Choice
from quarterdeck.web.results.csv_file import plain_number

_HIDDEN = ("currency",)
NOT_KNOWN = "not known"
_NUMBERS = ("money", "count", "number")


@dataclass(frozen=True)
class Field:
    """A field of the form that chooses rows."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Column:
    """A column of the table; `is_number` is set to the right. `total` is empty where nothing adds up."""

    name: str
    is_number: bool
    total: str


@dataclass(frozen=True)
class Origin:
    """A load behind the rows, in words."""

    title: str
    told: str
    rows: str
    replaced: str


@dataclass(frozen=True)
class RowsPage:
    """The whole page."""

    say: str
    more: str
    wrong: tuple[str, ...]
    tables: tuple[Choice, ...]
    fields: tuple[Field, ...]
    first: str
    last: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    has_totals: bool
    page: int
    pages: int
    before: str | None
    after: str | None
    csv_link: str
    csv_note: str
    origins: tuple[Origin, ...]
    meaning: str


def rows_shown(desk: Desk, found: Rows) -> RowsPage:
    """The page of `found`."""
    asked = replace(found.asked, page=min(found.asked.page, found.pages))
    schema = asked.schema
    kept = [place for place, name in enumerate(found.columns) if name not in _HIDDEN]
    root = f"/w/{desk.slug}/results/rows"
    return RowsPage(
        say=_say(desk, found),
        more=_more(desk, found),
        wrong=asked.wrong,
        tables=tuple(Choice(name, name.capitalize(), name == asked.table) for name in SHOWN_TABLES),
        fields=tuple(Field(column.name, column.name.capitalize(), dict(asked.where).get(column.name, "")) for column in columns_to_ask(schema)),
        first=asked.first_day.isoformat() if asked.first_day else "",
        last=asked.last_day.isoformat() if asked.last_day else "",
        columns=tuple(_column(desk, found, found.columns[place]) for place in kept),
        rows=tuple(tuple(_cell(desk, found, found.columns[place], row[place]) for place in kept) for row in found.rows),
        has_totals=any(value is not None for value in found.totals.values()),
        page=asked.page,
        pages=found.pages,
        before=f"{root}/?{query_of(asked, page=asked.page - 1)}" if asked.page > 1 else None,
        after=f"{root}/?{query_of(asked, page=asked.page + 1)}" if asked.page < found.pages else None,
        csv_link=f"{root}.csv?{query_of(asked)}",
        csv_note=f"The file holds the first {MOST_IN_FILE:,} rows." if found.found > MOST_IN_FILE else "",
        origins=tuple(_origin(desk, load) for load in found.loads),
        meaning=schema.meaning,
    )


def query_of(asked: RowsAsked, *, page: int | None = None) -> str:
    """What asks for the same rows again."""
    parts = {"table": asked.table, **dict(asked.where)}
    parts |= {"from": asked.first_day.isoformat()} if asked.first_day else {}
    parts |= {"to": asked.last_day.isoformat()} if asked.last_day else {}
    return urlencode(parts | ({"page": str(page)} if page else {}))


def _say(desk: Desk, found: Rows) -> str:
    """ "56 rows of spend on Search add up to £17,854"."""
    asked, named = found.asked, dict(found.asked.where)
    of = {"spend": "spend", "outcomes": name_of(named["metric"]).lower() if "metric" in named else "outcomes"}.get(asked.table, asked.table)
    whom = f" on {desk.words.name(named['channel'])}" if "channel" in named else ""
    if found.found == 0:
        return f"No row of {of}{whom} is known{_between(desk, asked)}."
    head = f"{how_many(found.found, 'row')} of {of}{whom}"
    if asked.table == "spend":
        return f"{head} {_adds(found)} up to {desk.words.money(found.totals['cost'] or 0)}{_between(desk, asked)}."
    if asked.table == "outcomes" and "value" in found.totals:
        return f"{head} {_adds(found)} up to {desk.words.amount(found.totals['value'], named['metric'])}{_between(desk, asked)}."
    return f"{head} {'is' if found.found == 1 else 'are'} known{_between(desk, asked)}."


def _adds(found: Rows) -> str:
    return "adds" if found.found == 1 else "add"


def _between(desk: Desk, asked: RowsAsked) -> str:
    if asked.first_day and asked.last_day and asked.first_day <= asked.last_day:
        return (
            f" in {days_in_words(asked.first_day, asked.last_day, desk.words, today=desk.day)}"
            if asked.first_day != asked.last_day
            else (f" on {desk.words.day(asked.first_day)}")
        )
    if asked.first_day:
        return f" from {desk.words.day(asked.first_day)} on"
    return f" up to {desk.words.day(asked.last_day)}" if asked.last_day else ""


def _more(desk: Desk, found: Rows) -> str:
    if found.found == 0:
        return "Not known is not 0: either nothing happened, or it was not imported. Ask for other days, or another name."
    is_said = found.asked.first_day is not None and found.asked.last_day is not None
    known = found.first_day is not None and found.last_day is not None and not is_said
    days = f"They reach over {_days(desk, found)}. " if known else ""
    return f"{days}Where two imports speak of the same, the later one counts."


def _days(desk: Desk, found: Rows) -> str:
    assert found.first_day is not None and found.last_day is not None
    return days_in_words(found.first_day, found.last_day, desk.words, today=desk.day)


def _column(desk: Desk, found: Rows, name: str) -> Column:
    if name == "load":
        return Column("import", True, "")
    total = found.totals.get(name)
    is_number = found.asked.schema.column(name).type in _NUMBERS
    return Column(name, is_number, "" if total is None else _number(desk, found, name, total))


def _cell(desk: Desk, found: Rows, name: str, value: Any) -> str:
    if value is None or value == "":
        return NOT_KNOWN if value is None else ""
    if name in ("channel", "campaign", "metric"):
        return name_of(str(value)) if name == "metric" else desk.words.name(str(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):  # an instant is a date, too
        return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()
    return _number(desk, found, name, value) if isinstance(value, Decimal | int | float) and name != "load" else str(value)


def _number(desk: Desk, found: Rows, name: str, value: Decimal | int | float) -> str:
    asked = found.asked
    metric = dict(asked.where).get("metric")
    known = METRICS.get(metric or "")
    is_money = asked.schema.column(name).type == "money" or (name == "value" and known is not None and known.unit in ("money", "money_per_count"))
    if is_money:
        return desk.words.money(value, exact=True)
    if isinstance(value, Decimal):
        return plain_number(value) if value != int(value) else desk.words.count(int(value))
    return desk.words.count(value)


def _origin(desk: Desk, load: LoadBehind) -> Origin:
    gone = "; ".join(f"{how_many(rows, 'row')} of it replaced by import {number}" for number, rows in load.replaced)
    return Origin(
        title=f"Import {load.number}: {load.file_name}",
        told=f"{load.source}. Brought in by {load.by} on {desk.words.day(load.made_at.date())}.",
        rows=f"{how_many(load.rows, 'row')} of these, {load.rows_brought:,} in all",
        replaced=gone,
    )
