"""PLAN-104 and PLAN-108: items on days and at times when nothing should go out, or outside the dates of their campaign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from quarterdeck.plan.collision_scene import Finding, Judge, Scene, day_of, local_clock
from quarterdeck.plan.collisions_contact import MOVE_HOURS, move_item
from quarterdeck.plan.quarter_plan import CalendarEntry, Fix
from quarterdeck.plan.wording import join_names, name_campaign, quote, say_day, say_span, say_weekday
from quarterdeck.strategy.parts.means import Campaign

NO_DAY, OUTSIDE = "PLAN-104", "PLAN-108"
REACHES_A_PERSON = ("email", "sms", "mobile_app")
"""Kinds of channel that quiet hours are about: what rings or lands at a person at that minute. A post or a page waits to be read."""
TIME_HOURS = Decimal("0.25")
ASK_HOURS = Decimal(1)
"""Hours to agree on an exception and write down why."""


def find_bad_days(scene: Scene, judge: Judge, *, item: str | None = None) -> Iterator[Finding]:
    """One finding for each item on a blackout, on a public holiday or in quiet hours, with every reason in it."""
    for entry in scene.entries if item is None else [scene.entry[item]]:
        reasons = [*_day_reasons(scene, day_of(entry)), *_quiet_reasons(scene, entry)]
        if reasons:
            day = day_of(entry)
            yield Finding(
                NO_DAY,
                (entry.item,),
                day,
                day,
                f"{quote(entry.title)} goes out on {say_weekday(day)}, {join_names(reasons)}.",
                partial(_other_time, scene, judge, entry),
            )


def find_outside_campaign(scene: Scene, judge: Judge, *, item: str | None = None) -> Iterator[Finding]:
    """One finding for each item that goes out before its campaign starts or after it ends."""
    for entry in scene.entries if item is None else [scene.entry[item]]:
        campaign = scene.campaigns.get(entry.campaign or "")
        if campaign is None or campaign.starts_on <= day_of(entry) <= campaign.ends_on:
            continue
        day = day_of(entry)
        year, span = _years_of(day, campaign)
        sentence = f"{quote(entry.title)} goes out on {say_weekday(day)}{year}, but its campaign {name_campaign(campaign)} runs {span}."
        yield Finding(OUTSIDE, (entry.item, campaign.id), day, day, sentence, partial(_into_campaign, scene, judge, entry, campaign))


def _years_of(day: date, campaign: Campaign) -> tuple[str, str]:
    """The year to say behind the day, and the campaign's days; with their years where one of them is of another year than the day."""
    first, last = campaign.starts_on, campaign.ends_on
    span = say_span(first, last)
    if {first.year, last.year} == {day.year}:
        return "", span
    return f" {day.year}", f"{span} {last.year}" if first.year == last.year else span


def _day_reasons(scene: Scene, day: date) -> Iterator[str]:
    if day in scene.holidays:
        yield f"a public holiday ({scene.holidays[day]})"
    for blackout in scene.strategy.management.contact_rules.blackouts:
        if blackout.first_day <= day <= blackout.last_day:
            yield f"a day on which nothing goes out ({blackout.reason})"


def _quiet_reasons(scene: Scene, entry: CalendarEntry) -> Iterator[str]:
    quiet, channel = scene.strategy.management.contact_rules.quiet_hours, scene.channels.get(entry.channel)
    if quiet is None or (channel is not None and channel.kind not in REACHES_A_PERSON):
        return
    clock = local_clock(entry).strftime("%H:%M")
    is_quiet = quiet.first <= clock < quiet.last if quiet.first <= quiet.last else clock >= quiet.first or clock < quiet.last
    if is_quiet:
        yield f"at {clock} in the quiet hours from {quiet.first} to {quiet.last}"


def _other_time(scene: Scene, judge: Judge, entry: CalendarEntry) -> Iterator[Fix]:
    if scene.is_open(day_of(entry)):
        is_quiet = any(_quiet_reasons(scene, entry))
        fix = _other_clock(scene, judge, entry) if is_quiet else None
        fix = fix or next((found for at in (_loud_times(scene) if is_quiet else [None]) if (found := move_item(scene, judge, entry, at=at))), None)
        if fix:
            yield fix
    yield Fix(text=f"Keep the time of {quote(entry.title)}: agree on the exception and write down why.", change={}, cost_hours=ASK_HOURS)
    yield Fix(text=f"Leave {quote(entry.title)} out.", change={}, cost_hours=ASK_HOURS)


def _loud_times(scene: Scene) -> list[str]:
    """The first clock time after the quiet hours, and an hour before they begin."""
    quiet = scene.strategy.management.contact_rules.quiet_hours
    if quiet is None:
        return []
    before = datetime.strptime(quiet.first, "%H:%M") - timedelta(hours=1)  # noqa: DTZ007  # a clock time without a day
    return [quiet.last, before.strftime("%H:%M")]


def _other_clock(scene: Scene, judge: Judge, entry: CalendarEntry) -> Fix | None:
    """Another time on the same day."""
    for at in _loud_times(scene):
        if judge.is_clean(scene.with_item(entry.item, at=at), entry.item):
            return Fix(
                text=f"Send {quote(entry.title)} at {at} on the same day.",
                change={f"content.items[{entry.item}].deliver.at": at},
                cost_hours=TIME_HOURS,
            )
    return None


def _into_campaign(scene: Scene, judge: Judge, entry: CalendarEntry, campaign: Campaign) -> Iterator[Fix]:
    day = day_of(entry)
    if scene.is_open(day):
        move = move_item(scene, judge, entry)
        if move:
            yield move
    word, place = ("Start", "starts_on") if day < campaign.starts_on else ("End", "ends_on")
    if scene.is_open(day):
        stretched = scene.with_campaign(campaign.id, starts_on=min(day, campaign.starts_on), ends_on=max(day, campaign.ends_on))
        if judge.is_clean(stretched, entry.item) and judge.is_no_worse(scene, stretched):
            yield Fix(
                text=f"{word} {name_campaign(campaign)} on {say_day(day)}.",
                change={f"campaigns[{campaign.id}].{place}": day.isoformat()},
                cost_hours=2 * MOVE_HOURS,
            )
    yield Fix(text=f"Take {quote(entry.title)} out of the campaign and let it stand for itself.", change={}, cost_hours=3 * MOVE_HOURS)
    yield Fix(text=f"Leave {quote(entry.title)} out.", change={}, cost_hours=3 * MOVE_HOURS)
