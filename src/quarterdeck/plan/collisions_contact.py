"""PLAN-101: the same people hear from us more often than the contact rules allow, counted across channels."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from quarterdeck.plan.collision_scene import Finding, Judge, Scene, day_of
from quarterdeck.plan.quarter_plan import CalendarEntry, Fix
from quarterdeck.plan.wording import join_names, name_audience, name_channel, quote, say_count, say_span, say_weekday, sentence_case
from quarterdeck.strategy.parts.management import AtMost

CODE = "PLAN-101"
MOVE_HOURS = Decimal("0.5")
"""Hours to change a date and tell everybody concerned."""
REWRITE_HOURS = Decimal(2)
"""Hours to rewrite a piece for another channel, or to make one of two."""


def find_too_often(scene: Scene, judge: Judge) -> Iterator[Finding]:
    """For each burst as many findings as messages too many; each names one message more than is allowed.

    A window is `days` calendar days of the reader. Removing or moving any one of the named items ends the finding.
    """
    for rule in scene.strategy.management.contact_rules.at_most:
        counted = sorted((entry for entry in scene.entries if _counts(rule, entry)), key=lambda entry: (day_of(entry), entry.at, entry.item))
        for audience in sorted({entry.audience for entry in counted}):
            yield from _bursts(scene, judge, rule, [entry for entry in counted if entry.audience == audience])


def is_too_often(scene: Scene, item_id: str) -> bool:
    """Whether some window that holds the item holds more messages to its people than a rule allows."""
    entry = scene.entry[item_id]
    day = day_of(entry)
    for rule in scene.strategy.management.contact_rules.at_most:
        if not _counts(rule, entry):
            continue
        apart = [(day_of(each) - day).days for each in scene.entries if each.audience == entry.audience and _counts(rule, each)]
        if any(sum(first <= days < first + rule.days for days in apart) > rule.times for first in range(1 - rule.days, 1)):
            return True
    return False


def _counts(rule: AtMost, entry: CalendarEntry) -> bool:
    return not rule.channels or entry.channel in rule.channels


def _bursts(scene: Scene, judge: Judge, rule: AtMost, entries: list[CalendarEntry]) -> Iterator[Finding]:
    """Walk from the first entry; what is one too many is named and then left out, as if it had been moved away."""
    window: list[CalendarEntry] = []
    for entry in entries:
        window = [each for each in window if (day_of(entry) - day_of(each)).days < rule.days]
        if len(window) < rule.times:
            window.append(entry)
        else:
            yield _finding(scene, judge, rule, [*window[-rule.times :], entry])


def _finding(scene: Scene, judge: Judge, rule: AtMost, entries: list[CalendarEntry]) -> Finding:
    first, last = day_of(entries[0]), day_of(entries[-1])
    named = join_names([f"{quote(each.title)} ({name_channel(scene.strategy, each.channel)}, {say_weekday(day_of(each))})" for each in entries])
    who = sentence_case(name_audience(scene.strategy, entries[0].audience))
    sentence = (
        f"{who} would get {say_count(len(entries), 'message', 'messages')} {say_span(first, last)}, and at most "
        f"{say_count(rule.times, 'is', 'are')} allowed in {say_count(rule.days, 'day', 'days')}: {named}."
    )
    return Finding(CODE, tuple(entry.item for entry in entries), first, last, sentence, lambda: _ways_out(scene, judge, rule, entries))


def _ways_out(scene: Scene, judge: Judge, rule: AtMost, entries: list[CalendarEntry]) -> Iterator[Fix]:
    open_entries = [entry for entry in reversed(entries) if scene.is_open(day_of(entry))]
    move = next((fix for entry in open_entries if (fix := move_item(scene, judge, entry))), None)
    if move:
        yield move
    other = next((fix for entry in open_entries if (fix := _other_channel(scene, judge, rule, entry))), None)
    if other:
        yield other
    if len(open_entries) >= 2:
        yield Fix(text=f"Make one message of {quote(open_entries[1].title)} and {quote(open_entries[0].title)}.", change={}, cost_hours=REWRITE_HOURS)
    last = quote(entries[-1].title)
    yield Fix(text=f"Send {last} only to those who do not get the others.", change={}, cost_hours=REWRITE_HOURS)
    yield Fix(text=f"Leave {last} out.", change={}, cost_hours=REWRITE_HOURS)


def move_item(scene: Scene, judge: Judge, entry: CalendarEntry, *, at: str | None = None) -> Fix | None:
    """The nearest open day (and time `at`) on which the item collides with nothing; None within four weeks when there is none."""
    for day in scene.days_near(entry.item):
        if judge.is_clean(scene.with_item(entry.item, on=day, at=at), entry.item):
            change = {f"content.items[{entry.item}].deliver.on": day.isoformat()}
            if at:
                change[f"content.items[{entry.item}].deliver.at"] = at
            time = f" at {at}" if at else ""
            return Fix(text=f"Move {quote(entry.title)} to {say_weekday(day)}{time}.", change=change, cost_hours=MOVE_HOURS)
    return None


def _other_channel(scene: Scene, judge: Judge, rule: AtMost, entry: CalendarEntry) -> Fix | None:
    """A channel in use on which these people are found and which the rule does not count."""
    found_on = next((audience.found_on for audience in scene.strategy.audiences if audience.id == entry.audience), ())
    campaign = scene.campaigns.get(entry.campaign or "")
    for channel in scene.strategy.channels:
        is_known = campaign is None or not campaign.channels or channel.id in campaign.channels
        if not rule.channels or channel.id in rule.channels or channel.id not in found_on or channel.use != "in_use" or not is_known:
            continue
        if judge.is_clean(scene.with_item(entry.item, channel=channel.id), entry.item):
            return Fix(
                text=f"Bring {quote(entry.title)} through {name_channel(scene.strategy, channel.id)} instead.",
                change={f"content.items[{entry.item}].channel": channel.id},
                cost_hours=REWRITE_HOURS,
            )
    return None
