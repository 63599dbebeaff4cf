"""The next fourteen days as a strip, as ready strings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from quarterdeck.operations.quarter.look_at_quarter import QuarterLook
from quarterdeck.operations.quarter.next_days import DAYS_AHEAD, GoesOut
from quarterdeck.report.say_quarter import say_days
from quarterdeck.report.words import Words

_STATES = {"draft": "draft", "approved": "", "done": "was"}
_SAID = {"draft": "waits for approval", "approved": "approved", "done": "done"}


@dataclass(frozen=True)
class ShownItem:
    """One thing that goes out."""

    title: str
    kind: str
    look: str
    collides: bool
    href: str
    says: str
    """Everything about it, for a tooltip and for those who hear the page."""


@dataclass(frozen=True)
class ShownDay:
    """One day of the strip."""

    iso: str
    label: str
    is_today: bool
    is_off: bool
    items: tuple[ShownItem, ...]


@dataclass(frozen=True)
class ShownDays:
    """The strip with its finding; without any item it says when something goes out again."""

    finding: str
    days: tuple[ShownDay, ...]
    later: str
    has_collisions: bool


def shown_days(look: QuarterLook, day: date, words: Words, slug: str) -> ShownDays:
    """The strip from `day` on."""
    by_day: dict[date, list[GoesOut]] = {}
    for item in look.days:
        by_day.setdefault(item.on, []).append(item)
    days = [day + timedelta(days=n) for n in range(DAYS_AHEAD)]
    colliding = sum(item.collides for item in look.days)
    return ShownDays(
        finding=say_days(len(look.days), colliding),
        days=tuple(_day(each, by_day.get(each, []), words, f"/w/{slug}/plan/", is_today=each == day) for each in days) if look.days else (),
        later=_later(look, days[-1], words),
        has_collisions=colliding > 0,
    )


def _day(day: date, items: list[GoesOut], words: Words, root: str, *, is_today: bool) -> ShownDay:
    return ShownDay(
        iso=day.isoformat(),
        label=_short(day, words),
        is_today=is_today,
        is_off=day.weekday() >= 5,
        items=tuple(_item(item, words, root) for item in items),
    )


def _item(item: GoesOut, words: Words, root: str) -> ShownItem:
    said = f"{item.title}: {words.name(item.channel)} to {words.name(item.audience)}, {item.at}, {_SAID[item.state]}"
    return ShownItem(
        title=item.title,
        kind=item.kind,
        look=_STATES[item.state],
        collides=item.collides,
        href=f"{root}conflicts/" if item.collides else f"{root}calendar/item/{item.item}/",
        says=f"{said}, collides" if item.collides else said,
    )


def _short(day: date, words: Words) -> str:
    """`Wed 3` as the locale writes it."""
    from babel.dates import format_date

    text: str = format_date(day, "EEE d", locale=words.locale)
    return text


def _later(look: QuarterLook, last: date, words: Words) -> str:
    """When something goes out next, for an empty strip."""
    from quarterdeck.operations.quarter.next_days import local_day

    plan = look.standing.situation.plan
    coming = [local_day(entry) for entry in plan.calendar if local_day(entry) > last] if plan is not None else []
    if coming:
        return f"The next thing goes out on {words.day(min(coming))}."
    if look.waiting.is_over:
        return f"{look.period.label} is over, and the days after it have no plan yet."
    return "Nothing else is in the calendar of this quarter."
