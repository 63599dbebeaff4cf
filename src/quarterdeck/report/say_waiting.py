"""What waits for a person, in a sentence each with its effect in figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from quarterdeck.plan.quarter_plan import Collision, Fix, Overload, Range
from quarterdeck.report.say_quarter import number_word
from quarterdeck.report.words import Words, how_many


class Collides(Protocol):
    """What collides, and on which days."""

    @property
    def items(self) -> tuple[str, ...]: ...
    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date: ...


def say_expected(expected: Range | None, metric: str, words: Words, *, is_profit: bool) -> str:
    """What a correction should bring, with its range; empty when nobody put a figure to it."""
    if expected is None:
        return ""
    if is_profit:
        most, span = f"{words.money(expected.expected)} more profit", f"{words.money(expected.low)} to {words.money(expected.high)}"
    else:
        more = words.amount(expected.expected, metric, about=True)
        most = f"{words.with_unit(expected.expected, metric, about=True).replace(more, f'{more} more', 1)}"
        span = words.span(expected, metric)
    return f"Should bring {most} than leaving things as they are ({span} in 8 cases of 10)."


def say_chance_change(now: float | None, then: float | None, words: Words, *, is_first: bool, target: str = "the first objective") -> str:
    """ "Your chance goes from 21 % to 38 %.", or what the plan promises when there was none before."""
    if then is None:
        return "Nobody can say its chance yet; the plan says why."
    if now is None or is_first:
        return f"With it, the chance of {target} is {words.chance(then)}."
    if words.chance(now) == words.chance(then):
        return f"Your chance stays {words.chance(then)}."
    return f"Your chance goes from {words.chance(now)} to {words.chance(then)}."


def say_expected_change(now: float | None, then: float | None, metric: str, words: Words) -> str:
    """ "Most likely 3,720 new customers, instead of 3,630."; empty where there is no change to say."""
    if now is None or then is None or words.amount(now, metric, about=True) == words.amount(then, metric, about=True):
        return ""
    return f"Most likely {words.with_unit(then, metric, about=True)}, instead of {words.amount(now, metric, about=True)}."


def say_cheapest(collision: Collision, words: Words) -> str:
    """The cheapest way out and its price; a sentence that asks for a decision where there is none."""
    if not collision.fixes:
        return "Somebody must decide which of them gives way."
    fix = collision.fixes[0]
    return f"Cheapest way out: {fix.text.rstrip('.')} ({_price(fix, words)})."


def _price(fix: Fix, words: Words) -> str:
    hours = f"{fix.cost_hours.normalize():f} {'hour' if fix.cost_hours == 1 else 'hours'}" if fix.cost_hours else ""
    minutes = f"{int(fix.cost_hours * 60)} minutes" if 0 < fix.cost_hours < 1 else hours
    money = words.money(fix.cost_money) if fix.cost_money else ""
    return " and ".join(part for part in (minutes, money) if part) or "it costs nothing"


def say_late(title: str, due_on: date, day: date) -> str:
    """ "“Brief for the spring film” is 4 days late"."""
    days = (day - due_on).days
    return f"“{title}” is {how_many(days, 'day')} late"


def say_whose(person: str | None, waiting: Sequence[str], held_up: Decimal, words: Words) -> str:
    """Whose it is, and what cannot begin before it."""
    whose = f"It is with {words.name(person)}." if person else "Nobody has it yet."
    waits = ""
    if waiting:
        others = f" and {number_word(len(waiting) - 1)} more" if len(waiting) > 1 else ""
        waits = f" “{waiting[0]}”{others} cannot begin before it is done."
    money = f" {words.money(held_up)} of planned money waits for it." if held_up else ""
    return f"{whose}{waits}{money}"


def say_collision(collision: Collides, words: Words) -> str:
    """ "“Seed sale” and “Winter clearance” collide on 11 February 2027"."""
    names = [f"“{words.name(item)}”" for item in collision.items]
    named = names[:2] if len(names) <= 2 else [names[0], f"{number_word(len(names) - 1)} more"]
    when = f"on {words.day(collision.first_day)}" if collision.first_day == collision.last_day else f"from {words.day(collision.first_day)}"
    if not names:
        return f"Something collides {when}"
    return f"{words.join(named)} {'collides' if len(names) == 1 else 'collide'} {when}"


def say_overload(overload: Overload, words: Words) -> str:
    """ "Design: 294 hours of work and 207 to do it in"."""
    who = words.name(overload.who)
    needed, available = (words.count(float(hours)) for hours in (overload.needed_hours, overload.available_hours))
    return f"{who[:1].upper()}{who[1:]}: {needed} hours of work and {available} to do it in"
