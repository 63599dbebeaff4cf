"""The quarter in headings: how objectives stand, the pace of the money, what goes out; and a sentence split where its figures stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from quarterdeck.plan.quarter_plan import ObjectiveOutlook
from quarterdeck.report.words import Words

Look = Literal["", "good", "warn", "bad", "accent", "aside"]
ON_COURSE, AT_RISK = 0.60, 0.35
"""Chances from which an objective is on course, and at risk."""
ON_PACE = 0.05
"""Money within this share of what was planned to date is on pace."""
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_THIN = "\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True)
class Part:
    """A piece of a sentence and how it looks; all pieces together are the sentence."""

    text: str
    look: Look = ""


def course_word(chance: float | None) -> tuple[str, Look]:
    """`on course`, `at risk`, `off course` or `not known`, and the look of it."""
    if chance is None:
        return "not known", ""
    if chance >= ON_COURSE:
        return "on course", "good"
    return ("at risk", "warn") if chance >= AT_RISK else ("off course", "bad")


def tight(text: str) -> str:
    """The same text with a narrow space before each percent sign, so that a figure and its sign stay on one line."""
    return text.replace(" %", f"{_THIN}%").replace("\N{NO-BREAK SPACE}%", f"{_THIN}%")


def number_word(number: int) -> str:
    """`two`, `14`."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def split_headline(sentence: str, outlook: ObjectiveOutlook | None, words: Words) -> tuple[Part, ...]:
    """The first sentence of the answer in pieces: what is most likely and the chance stand out, the range stands back."""
    if outlook is None or outlook.expected is None or outlook.chance is None:
        return (Part(tight(sentence).replace(": It ", ": it ")),)
    expected = words.amount(outlook.expected.expected, outlook.metric, about=True)
    span = f"({words.span(outlook.expected, outlook.metric)} in 8 cases of 10)"
    look = course_word(outlook.chance)[1]
    marks: list[tuple[str, str, Look]] = [
        ("most likely ", expected, "accent"),
        ("", span, "aside"),
        ("", f"chance {words.chance(outlook.chance)}", look),
    ]
    parts, rest = [], sentence
    for lead, mark, mark_look in marks:
        before, found, after = rest.partition(lead + mark)
        if found:
            shown = mark.replace("8 cases of 10", "8 cases of 10".replace(" ", "\N{NO-BREAK SPACE}"))
            parts += [Part(tight(before + lead)), Part(tight(shown), mark_look)]
            rest = after
    return tuple(part for part in (*parts, Part(tight(rest))) if part.text)


def say_objectives(chances: Sequence[float | None], *, is_over: bool = False) -> str:
    """ "Of four objectives, two are on course", or "were reached" once the quarter is over; or that nobody can say."""
    known = [chance for chance in chances if chance is not None]
    if not chances:
        return "The strategy has no objective yet"
    many = f"Of {number_word(len(chances))} objectives" if len(chances) > 1 else "The one objective"
    if not known:
        return f"{many}, none has a known chance yet" if len(chances) > 1 else "The chance of the objective is not known yet"
    if is_over:
        reached = sum(chance >= ON_COURSE for chance in known)
        one = f"The objective was {'reached' if reached else 'missed'}"
        return f"{many}, {'none' if not reached else number_word(reached)} {'were' if reached > 1 else 'was'} reached" if len(chances) > 1 else one
    on_course = sum(chance >= ON_COURSE for chance in known)
    if len(chances) == 1:
        return f"The objective is {course_word(known[0])[0]}"
    unknown = len(chances) - len(known)
    said = f"{many}, {'none' if not on_course else number_word(on_course)} {'are' if on_course > 1 else 'is'} on course"
    return f"{said}, and of {number_word(unknown)} nobody can say" if unknown else said


@dataclass(frozen=True)
class Pace:
    """Where the money of a quarter stands. `spent` is None while no fact reaches into the quarter."""

    spent: Decimal | None
    budget: Decimal
    to_date: Decimal
    channels: int
    is_approved: bool
    is_over: bool
    has_begun: bool


def say_money(pace: Pace, words: Words) -> str:
    """ "Money is on pace: £55,900 of £186,000 spent, £1,300 less than planned to date"."""
    spent, to_date = pace.spent, pace.to_date
    if spent is None or not to_date:
        return _say_unspent(pace, words)
    gap = spent - to_date
    state = "Money is on pace" if abs(gap) <= to_date * Decimal(str(ON_PACE)) else f"Money runs {'ahead of' if gap > 0 else 'behind'} the plan"
    state, when = ("The money of the quarter is closed", "") if pace.is_over else (state, " to date")
    said = f"{state}: {words.money(spent)} of {words.money(pace.budget)} spent"
    if abs(gap) < Decimal("0.5"):
        return f"{said}, exactly as planned{when}"
    return f"{said}, {words.money(abs(gap))} {'more' if gap > 0 else 'less'} than planned{when}"


def _say_unspent(pace: Pace, words: Words) -> str:
    where = f"{words.money(pace.budget)} is {'approved' if pace.is_approved else 'planned'} for {number_word(pace.channels)} channel{'' if pace.channels == 1 else 's'}"
    if not pace.is_approved:
        return f"{where}; none of it moves before the plan is approved"
    return f"{where}; how much of it is spent is not known yet" if pace.has_begun else f"{where}, and its first week begins"


def say_kept(reserve: Decimal, for_tasks: Decimal, held_back: Decimal, whole: Decimal, words: Words) -> str:
    """What of the budget no channel has: "Beside the channels: £6,000 in reserve; £186,000 in all." Empty when channels have all."""
    kept = [
        f"{words.money(amount)} {what}"
        for amount, what in (
            (reserve, "in reserve"),
            (for_tasks, "for what tasks cost"),
            (held_back, "held back, because within the limits it would not pay"),
        )
        if amount >= 1
    ]
    return f"Beside the channels: {words.join(kept)}; {words.money(whole)} in all." if kept else ""


def say_days(things: int, colliding: int, days: int = 14) -> str:
    """ "Next 14 days: fifteen things go out, two of them collide"."""
    if not things:
        return f"Next {days} days: nothing goes out"
    said = f"Next {days} days: {number_word(things)} {'thing goes' if things == 1 else 'things go'} out"
    if not colliding:
        return f"{said}, and nothing collides"
    return f"{said}, {number_word(colliding)} of them {'collides' if colliding == 1 else 'collide'}"


def say_rests_on(weeks: int, until: date | None, words: Words, *, whose: str, is_forecast: bool, is_settled: bool) -> tuple[str, int]:
    """What the answer rests on, and how strong that is, 1 to 3. `whose` facts: "your own"; settled: the quarter is over and counted."""
    if not weeks or until is None:
        return "No facts yet, so nothing is counted and nothing is expected", 1
    counted = f"{weeks:,} {'week' if weeks == 1 else 'weeks'} of {whose} facts, counted up to {words.day(until)}"
    if is_settled:
        return counted, 3
    if not is_forecast:
        return f"{counted}; no forecast rests on them yet", 1
    return f"Forecast from {counted}", 2 if weeks >= 52 else 1
