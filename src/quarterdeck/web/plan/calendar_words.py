"""What the calendar says: the finding of a month, the state of an item, when it goes out and what a move would do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from quarterdeck.operations.plan.look_at_calendar import CalendarItem, CalendarNow, ItemState
from quarterdeck.operations.plan.move_item import ItemEffect
from quarterdeck.plan.collision_scene import Finding, day_of, local_clock, zone_of
from quarterdeck.plan.local_time import to_local
from quarterdeck.plan.quarter_plan import CalendarEntry
from quarterdeck.plan.wording import quote, say_count, say_day, say_weekday, sentence_case
from quarterdeck.report.words import how_many
from quarterdeck.web.plan.calendar_span import Span
from quarterdeck.web.plan.conflicts_shown import what_collides

STATES: dict[ItemState, tuple[str, str, str, str]] = {
    "gone": ("gone out", "was", "check", ""),
    "approved": ("approved", "", "circle-check", "good"),
    "draft": ("waits for approval", "draft", "circle-dashed", "info"),
    "changed": ("changed since it was approved", "draft", "refresh-cw", "warn"),
    "asked": ("changes were asked for", "draft", "pencil", "warn"),
    "missed": ("its day has passed, nobody said that it went out", "late", "clock-alert", "warn"),
    "unknown": ("may have gone out; somebody must look", "late", "circle-question-mark", "warn"),
    "failed": ("did not go out", "late", "circle-x", "bad"),
    "refused": ("refused", "off", "ban", ""),
}
"""By state: the word, the look of its chip in the grid, its icon, and the tint of its word."""


def say_span(found: CalendarNow, span: Span) -> tuple[str, str, str]:
    """The finding of the days shown, in three parts, of which the second stands out."""
    count, name = len(found.conflicts), sentence_case(span.short)
    if not found.items and not count:
        runs = f" {sentence_case(say_count(len(found.campaigns), 'campaign runs', 'campaigns run'))} all the same." if found.campaigns else ""
        return (f"Nothing goes out in {span.short}.{runs}", "", "")
    if not count:
        return (f"{name} is clear: nothing trips over anything else.", "", "")
    first = found.conflicts[0].collision
    when = (
        f"on {say_weekday(first.first_day)}" if first.first_day == first.last_day else f"from {say_day(first.first_day)} to {say_day(first.last_day)}"
    )
    if count == 1:
        return (f"{name} is clear except for ", "one collision", f": {when}, {what_collides(first.code)}.")
    return (f"{name} has ", say_count(count, "collision", "collisions"), f". The first comes {when}: {what_collides(first.code)}.")


def say_counts(found: CalendarNow, span: Span, is_filtered: bool) -> str:
    """How much goes out, how much has, and how much waits for a yes."""
    states = [item.state for item in found.items]
    if not states:
        return "Nobody has planned content for these days." if not is_filtered else "Nothing of what you chose goes out in these days."
    what = "thing that you chose goes" if is_filtered else "thing goes", "things that you chose go" if is_filtered else "things go"
    said = [f"{how_many(len(states), *what)} out in {span.short}"]
    for state, one, many in (
        ("gone", "has gone already", "have gone already"),
        ("draft", "waits for approval", "wait for approval"),
        ("changed", "was changed after it was approved", "were changed after they were approved"),
        ("missed", "is past its day, and nobody said that it went out", "are past their day, and nobody said that they went out"),
    ):
        count = states.count(state)  # type: ignore[arg-type]  # one of the states
        if count:
            said.append(f"{count:,} {one if count == 1 else many}")
    if len(set(states)) == 1 and len(states) > 1 and states[0] in ("approved", "draft", "gone"):
        return (
            f"{said[0]}; all of them {'are approved' if states[0] == 'approved' else 'wait for approval' if states[0] == 'draft' else 'have gone'}."
        )
    return "; ".join(said) + "."


def say_when(entry: CalendarEntry, home: str) -> str:
    """`Thursday 11 February 2027 at 09:00`; another zone is named with the clock at home, and a time that does not exist is said."""
    day, clock, zone = day_of(entry), entry.local[11:16], zone_of(entry)
    said = f"{say_weekday(day)} {day.year} at {clock}"
    if zone != home:
        here = to_local(entry.at, home)
        other = "" if here.date() == day else f" on {say_weekday(here.date())}"
        said += f", {place_of(zone)} time ({here:%H:%M} in {place_of(home)}{other})"
    shown = local_clock(entry)
    if f"{shown:%H:%M}" != clock:
        said += f". Clocks go forward that night and skip {clock}: it goes out at {shown:%H:%M}"
    return said


def place_of(zone: str) -> str:
    """`London` of `Europe/London`."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def say_short_time(entry: CalendarEntry, home: str) -> str:
    """`09:00`, and where, when that is not home."""
    zone = zone_of(entry)
    return entry.local[11:16] if zone == home else f"{entry.local[11:16]} {place_of(zone)}"


def say_move(effect: ItemEffect) -> tuple[str, str]:
    """The finding of a move, and how it looks: good, warn or info."""
    title, when = quote(effect.before.item.title), f"{say_weekday(day_of(effect.after))} at {effect.after.local[11:16]}"
    if effect.after.local == effect.before.entry.local:
        return f"{title} stands on {when} already.", "info"
    caused, solved = len(effect.caused), len(effect.solved)
    if caused:
        also = f" and solves {say_count(solved, 'other', 'others')}" if solved else ""
        return f"On {when}, {title} causes {say_count(caused, 'collision', 'collisions')}{also}.", "warn"
    if solved:
        return f"On {when}, {title} solves {say_count(solved, 'collision', 'collisions')} and causes none.", "good"
    stays = " What it collides with now stays." if effect.stays else ""
    return f"On {when}, {title} collides with nothing new.{stays}", "warn" if effect.stays else "good"


def notes_on_move(effect: ItemEffect, home: str) -> list[str]:
    """What else somebody should know before keeping a move."""
    notes = []
    if f"{local_clock(effect.after):%H:%M}" != effect.after.local[11:16]:
        notes.append(f"{say_when(effect.after, home)}.")
    if effect.before.state == "approved":
        notes.append("It was approved for its old day. Once you plan again it waits for approval anew.")
    if not effect.is_checked:
        notes.append("The new day lies in a quarter without a plan: who has the time then was looked at only roughly.")
    return notes


def sentences_of(findings: Sequence[Finding]) -> tuple[str, ...]:
    """What each says, as sentences."""
    return tuple(sentence_case(finding.sentence) for finding in findings[:6])


def title_of(item: CalendarItem, channel: str, audience: str) -> str:
    """Everything about a chip in one line, for those who point at it or hear it."""
    collides = ", collides" if item.collides else ""
    return f"{item.entry.local[11:16]} {item.item.title}: {channel}, to {audience}, {STATES[item.state][0]}{collides}"


def say_instant(at: datetime) -> str:
    """`11 Feb 2027, 09:00 UTC`."""
    return f"{at:%d %b %Y, %H:%M} UTC"
