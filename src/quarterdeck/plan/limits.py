"""ChannelLimit: what a channel may cost, how such limits are complained about, and how they look in whole steps of money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.plan.feasible import Feasible


@dataclass(frozen=True, slots=True)
class ChannelLimit:
    """Least (`floor`) and most (`cap`) money of a channel in all open weeks together, and most in one week (`weekly_cap`).

    None is no limit. `weekly_cap` guards against reading a curve far beyond what was ever spent.
    """

    channel: str
    floor: Decimal = Decimal(0)
    cap: Decimal | None = None
    weekly_cap: Decimal | None = None


def complete_limits(limits: Sequence[ChannelLimit], channels: Sequence[str]) -> tuple[ChannelLimit, ...]:
    """One limit a channel, in the order of `channels`; a channel without one is free of limits."""
    by_channel = {limit.channel: limit for limit in limits}
    return tuple(by_channel.get(channel, ChannelLimit(channel)) for channel in channels)


def check_limits(
    limits: Sequence[ChannelLimit],
    *,
    channels: Sequence[str],
    weeks: Sequence[date],
    last_week: date,
    budget: Decimal,
    step: Decimal,
    value_per_unit: float | None,
) -> None:
    """Nothing, when some split in whole steps keeps to every limit. Raises InvalidInput with everything that is wrong."""
    problems = [*_figure_problems(budget, step, value_per_unit), *_week_problems(weeks, last_week), *_name_problems(limits, channels)]
    for limit in limits:
        problems += _limit_problems(limit, len(weeks))
    if not problems:
        problems += _whole_step_problems(limits, len(weeks), budget, step)
    if problems:
        raise InvalidInput(problems, state="No money was placed.")


def to_feasible(limits: Sequence[ChannelLimit], *, weeks: int, budget: Decimal, step: Decimal, spend_all: bool, whole: bool) -> Feasible:
    """The limits counted in steps of money: `whole` shrinks them to whole steps, else they stay exact.

    `spend_all` asks for the whole budget, or as much of it as the caps allow.
    """

    def steps(amount: Decimal, rounding: str) -> float:
        exact = amount / step
        return float(exact.to_integral_value(rounding=rounding) if whole else exact)

    total = steps(budget, ROUND_FLOOR)
    floors = np.array([steps(limit.floor, ROUND_CEILING) for limit in limits])
    caps = np.array([total if limit.cap is None else min(steps(limit.cap, ROUND_FLOOR), total) for limit in limits])
    weekly = np.array(
        [cap if limit.weekly_cap is None else min(steps(limit.weekly_cap, ROUND_FLOOR), cap) for limit, cap in zip(limits, caps, strict=True)]
    )
    caps = np.minimum(caps, weekly * weeks)
    return Feasible(weeks=weeks, floor=floors, cap=caps, weekly=weekly, total=min(total, float(caps.sum())), spend_all=spend_all)


def _figure_problems(budget: Decimal, step: Decimal, value_per_unit: float | None) -> Iterator[Problem]:
    if budget < 0:
        yield Problem("PLAN-031", "budget", str(budget), "0 or more", "Write the money that is left to plan; 0 is allowed.")
    if step <= 0:
        yield Problem("PLAN-032", "step", str(step), "more than 0", "Write the smallest amount that is worth planning, such as 1.")
    if value_per_unit is not None and not (np.isfinite(value_per_unit) and value_per_unit >= 0):
        yield Problem(
            "PLAN-033", "value of one unit", str(value_per_unit), "0 or more", "Write the profit of one, or leave it out if it is not known."
        )


def _week_problems(weeks: Sequence[date], last_week: date) -> Iterator[Problem]:
    if any(later - earlier != timedelta(weeks=1) for earlier, later in pairwise(weeks)) or any(day.weekday() for day in weeks):
        yield Problem(
            "PLAN-034",
            "open weeks",
            ", ".join(day.isoformat() for day in weeks),
            "Mondays that follow each other",
            "Name every open week by its Monday.",
        )
    if weeks and weeks[0] <= last_week:
        yield Problem(
            "PLAN-034",
            "open weeks",
            weeks[0].isoformat(),
            f"a week after {last_week.isoformat()}, the last one that the curves know",
            "Plan the weeks that are still to come.",
        )


def _name_problems(limits: Sequence[ChannelLimit], channels: Sequence[str]) -> Iterator[Problem]:
    named = [limit.channel for limit in limits]
    for name in sorted({name for name in named if named.count(name) > 1}):
        yield Problem("PLAN-035", f"limits of {name}", f"{named.count(name)} of them", "one", "Keep one of them.")
    for name in sorted(set(named) - set(channels)):
        yield Problem(
            "PLAN-035",
            f"limits of {name}",
            "no curve",
            f"one of {', '.join(channels) or 'no channel at all'}",
            "Place the money of a channel without a curve by hand and take it off the budget.",
        )


def _limit_problems(limit: ChannelLimit, weeks: int) -> Iterator[Problem]:
    where = f"limits of {limit.channel}"
    negative = [name for name in ("floor", "cap", "weekly_cap") if (getattr(limit, name) or 0) < 0]
    for name in negative:
        yield Problem(
            "PLAN-036", f"{where}, {name}", str(getattr(limit, name)), "0 or more", "Write 0 for no money, or leave a cap out for no limit."
        )
    if negative:
        return
    if limit.cap is not None and limit.floor > limit.cap:
        yield Problem(
            "PLAN-036",
            where,
            f"a floor of {limit.floor} above the cap of {limit.cap}",
            "a floor that the cap leaves room for",
            f"Lower the floor to {limit.cap} or raise the cap to {limit.floor}.",
        )
    if limit.floor > 0 and weeks == 0:
        yield Problem(
            "PLAN-037",
            where,
            f"a floor of {limit.floor} and no open week",
            "a week in which it can be spent",
            "Set the floor to 0: the quarter is over.",
        )
    elif limit.weekly_cap is not None and limit.floor > limit.weekly_cap * weeks:
        yield Problem(
            "PLAN-037",
            where,
            f"a floor of {limit.floor}",
            f"at most {limit.weekly_cap * weeks}, which {weeks} weeks of {limit.weekly_cap} are",
            f"Lower the floor, or raise the weekly cap to {_share_up(limit.floor, weeks)}.",
        )


def _whole_step_problems(limits: Sequence[ChannelLimit], weeks: int, budget: Decimal, step: Decimal) -> Iterator[Problem]:
    floors = sum((limit.floor for limit in limits), Decimal(0))
    if floors > budget:
        named = ", ".join(f"{limit.channel} {limit.floor}" for limit in limits if limit.floor > 0)
        yield Problem(
            "PLAN-038",
            "floors",
            f"{floors} ({named})",
            f"at most the budget of {budget}",
            f"Lower the floors by {floors - budget} together, or raise the budget by as much.",
        )
        return
    whole = to_feasible(limits, weeks=weeks, budget=budget, step=step, spend_all=False, whole=True)
    for limit, floor, cap in zip(limits, whole.floor, whole.cap, strict=True):
        if floor > cap:
            yield Problem(
                "PLAN-039",
                f"limits of {limit.channel}",
                f"no whole step of {step} between floor and cap",
                "at least one",
                "Plan in finer steps, or set floor and cap to whole steps.",
            )
    if whole.floor.sum() > whole.total and all(whole.floor <= whole.cap):
        yield Problem(
            "PLAN-039",
            "floors",
            f"more than the budget of {budget} once each is a whole step of {step}",
            "at most the budget",
            "Plan in finer steps, or set the floors to whole steps.",
        )


def _share_up(amount: Decimal, weeks: int) -> Decimal:
    return (amount / weeks).quantize(Decimal("0.01"), rounding=ROUND_CEILING)


def amounts_of(steps: Iterable[Iterable[float]], step: Decimal) -> tuple[tuple[Decimal, ...], ...]:
    """Whole numbers of steps as money, row by row."""
    return tuple(tuple(int(count) * step for count in row) for row in steps)
