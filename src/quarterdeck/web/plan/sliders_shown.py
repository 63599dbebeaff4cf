"""The sliders of a trial: which channels, how far each goes, and why not further."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.operations.plan.try_budget import Tried, money_of
from quarterdeck.report.charts.labels import round_ticks
from quarterdeck.report.words import Words

NOTHING = Decimal(0)
BUDGET_ROOM = Decimal("0.2")
"""A budget is tried up to this share larger or smaller."""
_STEPS = 50


@dataclass(frozen=True)
class Choice:
    """An entry of a list of channels."""

    id: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class Slider:
    """A range: its ends, step and value as attributes, and the ends in words."""

    low: str
    high: str
    step: str
    value: str
    low_words: str
    high_words: str


@dataclass(frozen=True)
class Sliders:
    """The form of the trial."""

    givers: tuple[Choice, ...]
    takers: tuple[Choice, ...]
    move: Slider | None
    why_no_more: str
    budget: Slider
    budget_now: str
    weeks: str


def sliders_shown(tried: Tried, words: Words) -> Sliders:
    """The form of a trial."""
    standing, ask = tried.standing, tried.ask
    names = tuple(standing.amounts)
    weeks = standing.inputs.quarter
    first, last = (weeks.week_number(week) for week in (standing.inputs.open_weeks[0], standing.inputs.open_weeks[-1]))
    budget, _ = money_of(standing)
    free = tried.free.get(ask.source or "", NOTHING)
    booked = sum(tried.booked.get(ask.source or "", ()), NOTHING)
    return Sliders(
        givers=tuple(Choice(name, words.name(name), name == ask.source) for name in names),
        takers=tuple(Choice(name, words.name(name), name == ask.target) for name in names),
        move=_move_slider(free, ask.a_week, words) if len(names) > 1 else None,
        why_no_more=_why_no_more(words.name(ask.source), free, booked, words),
        budget=_budget_slider(budget, tried.least_budget_change, ask.budget, words),
        budget_now=words.money(budget),
        weeks=f"in week {last}, the last one" if first == last else f"each week from week {first} to {last}",
    )


def _move_slider(free: Decimal, value: Decimal, words: Words) -> Slider:
    """From nothing to all that is free; the last step may reach a little further, and is taken as all of it."""
    step = _step(free)
    high = -(-free // step) * step
    return Slider("0", f"{high:f}", f"{step:f}", f"{high if 0 < free <= value else value:f}", f"{words.money(0)}, as planned", words.money(free))


def _budget_slider(budget: Decimal, least: Decimal, value: Decimal, words: Words) -> Slider:
    step = _step(max(budget * BUDGET_ROOM, Decimal(1)))
    room = max(step, (budget * BUDGET_ROOM) // step * step)
    low = -min(room, -least // step * step)
    return Slider(f"{low:f}", f"{room:f}", f"{step:f}", f"{min(max(value, low), room):f}", words.money(budget + low), words.money(budget + room))


def _step(most: Decimal) -> Decimal:
    """1, 2 or 5 times a power of ten, about a fiftieth of `most`, and never less than 1."""
    ticks = round_ticks(0.0, max(float(most), 1.0), most=_STEPS)
    return max(Decimal(1), Decimal(str(ticks[1] if len(ticks) > 1 else 1.0)).to_integral_value())


def _why_no_more(name: str, free: Decimal, booked: Decimal, words: Words) -> str:
    if booked > 0:
        return f"{words.money(free)} a week is all of {name} that is not carried out yet; {words.money(booked)} cannot be moved any more."
    return f"Up to {words.money(free)} a week of {name} can be moved." if free else f"Nothing of {name} is free to move."
