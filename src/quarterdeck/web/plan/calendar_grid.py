"""The calendar as weeks of days: items as chips, campaigns as bars in lanes, with no more on a day than can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quarterdeck.kernel.periods import Quarter, days_between, week_start
from quarterdeck.operations.plan.look_at_calendar import CalendarItem, CalendarNow
from quarterdeck.plan.wording import say_weekday
from quarterdeck.strategy.parts.means import Campaign
from quarterdeck.web.plan.calendar_span import Span
from quarterdeck.web.plan.calendar_words import STATES, say_short_time, title_of

MOST_LANES = 3
MOST_ITEMS = 4
_SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Chip:
    """An item in the grid."""

    id: str
    href: str
    kind: str
    time: str
    name: str
    audience: str
    title: str
    look: str
    word: str
    collides: bool
    moves: bool


@dataclass(frozen=True)
class Bar:
    """A campaign's run through one week: how many days it spans there, and whether it goes on before or after."""

    name: str
    href: str
    span: int
    title: str
    collides: bool


@dataclass(frozen=True)
class Day:
    """A day of the grid. `lanes` holds a bar where one begins and None where one passes."""

    iso: str
    number: int
    short: str
    name: str
    note: str
    look: str
    is_today: bool
    column: int
    lanes: tuple[Bar | None, ...]
    items: tuple[Chip, ...]
    more: int
    more_href: str
    has_card: bool


@dataclass(frozen=True)
class Week:
    """A row; `label` is "5 of 13" within the quarter, and `hidden` how many campaigns found no lane."""

    label: str
    href: str
    days: tuple[Day, ...]
    hidden: int
    hidden_href: str


@dataclass(frozen=True)
class Names:
    """Words for ids, and addresses: what every chip needs."""

    channels: Mapping[str, tuple[str, str]]
    """By id: kind and name."""
    audiences: Mapping[str, str]
    root: str
    home: str
    may_move: bool


@dataclass(frozen=True)
class _Sheet:
    """What every day of a grid is drawn from."""

    found: CalendarNow
    span: Span
    names: Names
    today: date


def grid_of(found: CalendarNow, span: Span, names: Names, *, today: date, chosen: str) -> tuple[Week, ...]:
    """Whole weeks around the span; `chosen` is the item whose card stands open."""
    items: dict[date, list[CalendarItem]] = {}
    for item in found.items:
        items.setdefault(item.day, []).append(item)
    colliding: dict[str, list[tuple[date, date]]] = {}
    for conflict in found.conflicts:
        for ref in conflict.collision.items:
            colliding.setdefault(ref, []).append((conflict.collision.first_day, conflict.collision.last_day))
    sheet = _Sheet(found, span, names, today)
    weeks = []
    monday = week_start(span.first)
    while monday <= span.last:
        lanes, hidden = _lanes(found.campaigns, monday, span, names, colliding)
        days = [_day(monday + timedelta(days=n), items, lanes[n], sheet, chosen=chosen) for n in range(7)]
        number = Quarter.holding(monday, anchor=found.now.period.first_day).week_number(monday)
        link = span.to(names.root, view="week", day=monday.isoformat())
        weeks.append(Week(f"{number} of 13", link, tuple(days), hidden, span.to(names.root, view="list")))
        monday += timedelta(weeks=1)
    return tuple(weeks)


def chip_of(item: CalendarItem, span: Span, names: Names) -> Chip:
    """One item as a chip."""
    kind, channel = names.channels.get(item.item.channel, ("other", item.item.channel))
    audience = names.audiences.get(item.item.audience, item.item.audience)
    word, look, _, _ = STATES[item.state]
    day = item.day if span.view == "week" else max(span.first, min(item.day, span.last))
    return Chip(
        id=item.item.id,
        href=span.to(names.root, item=item.item.id, day=day.isoformat()) + "#card",
        kind=kind,
        time=say_short_time(item.entry, names.home),
        name=item.item.title,
        audience=audience,
        title=title_of(item, channel, audience),
        look="hit" if item.collides else look,
        word=word,
        collides=item.collides,
        moves=names.may_move and item.may_move,
    )


def _day(day: date, items: Mapping[date, Sequence[CalendarItem]], lanes: tuple[Bar | None, ...], sheet: _Sheet, *, chosen: str) -> Day:
    span, names = sheet.span, sheet.names
    mine = sorted(items.get(day, ()), key=lambda item: (not item.collides, item.entry.at, item.item.id))
    most = len(mine) if span.view == "week" or len(mine) == MOST_ITEMS + 1 else MOST_ITEMS
    if any(item.item.id == chosen for item in mine[most:]):
        most = len(mine)
    shown = sorted(mine[:most], key=lambda item: (item.entry.at, item.item.id))
    holiday = sheet.found.holidays.get(day, "")
    looks = {
        "off": day.weekday() >= 5 or bool(holiday),
        "out": not span.first <= day <= span.last,
        "today": day == sheet.today,
        "clash": any(item.collides for item in mine),
        "vacant": not mine and not any(lanes) and not holiday,
    }
    return Day(
        iso=day.isoformat(),
        number=day.day,
        short=_SHORT[day.weekday()],
        name=say_weekday(day),
        note=holiday,
        look=" ".join(name for name, holds in looks.items() if holds),
        is_today=day == sheet.today,
        column=day.weekday(),
        lanes=lanes,
        items=tuple(chip_of(item, span, names) for item in shown),
        more=len(mine) - len(shown),
        more_href=span.to(names.root, view="week", day=day.isoformat()),
        has_card=any(item.item.id == chosen for item in mine),
    )


def _lanes(
    campaigns: Sequence[Campaign], monday: date, span: Span, names: Names, colliding: Mapping[str, Sequence[tuple[date, date]]]
) -> tuple[list[tuple[Bar | None, ...]], int]:
    """For each day of the week its lanes, top first; and how many campaigns found none. A campaign keeps one lane through the week."""
    sunday = monday + timedelta(days=6)
    taken: list[list[Bar | str | None]] = [[None] * 7 for _ in range(MOST_LANES)]
    hidden = 0
    for campaign in campaigns:
        first, last = max(campaign.starts_on, monday), min(campaign.ends_on, sunday)
        if first > last:
            continue
        columns = range((first - monday).days, (last - monday).days + 1)
        lane = next((row for row in taken if all(row[n] is None for n in columns)), None)
        if lane is None:
            hidden += 1
            continue
        lane[columns[0]] = _bar(
            campaign, len(columns), span, names, collides=any(start <= last and end >= first for start, end in colliding.get(campaign.id, ()))
        )
        for n in columns[1:]:
            lane[n] = "passes"
    return [_lanes_of_day(taken, n) for n in range(7)], hidden


def _lanes_of_day(taken: Sequence[Sequence[Bar | str | None]], n: int) -> tuple[Bar | None, ...]:
    """The lanes down to the last one in use on that day; None stands for a lane that is empty or passed through."""
    column = [row[n] for row in taken]
    while column and column[-1] is None:
        column.pop()
    return tuple(cell if isinstance(cell, Bar) else None for cell in column)


def _bar(campaign: Campaign, span: int, asked: Span, names: Names, *, collides: bool) -> Bar:
    name = campaign.name or campaign.id.replace("_", " ")
    title = f"{name}, from {say_weekday(campaign.starts_on)} to {say_weekday(campaign.ends_on)}" + (", collides" if collides else "")
    return Bar(name, asked.to(names.root, view="list", campaign=campaign.id), span, title, collides)


def days_with_items(found: CalendarNow, span: Span, names: Names, page: int, size: int) -> tuple[tuple[tuple[str, str, tuple[Chip, ...]], ...], int]:
    """The list view: day, holiday, chips; and how many pages there are."""
    pages = max(1, -(-len(found.items) // size))
    page = min(max(1, page), pages)
    mine = sorted(found.items, key=lambda item: (item.day, item.entry.at, item.item.id))[(page - 1) * size : page * size]
    days = [day for day in days_between(span.first, span.last) if any(item.day == day for item in mine)]
    return tuple(
        (say_weekday(day), found.holidays.get(day, ""), tuple(chip_of(item, span, names) for item in mine if item.day == day)) for day in days
    ), pages
