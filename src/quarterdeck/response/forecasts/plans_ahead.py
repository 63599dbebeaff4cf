"""Plans for the weeks ahead as arrays of spend: as a person gives them, or spending as before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from quarterdeck.kernel.money import LARGEST_AMOUNT
from quarterdeck.kernel.problems import Problem
from quarterdeck.response.series.series import WEEK, FloatArray, ResponseSeries

_YEAR, _RECENT_WEEKS, _LONGEST = 52, 4, 40
PLANS_EXAMPLE = 'a list such as [{"spend": {"search": [100, 100]}}]'


def read_plans(given: Any, channels: Sequence[str], weeks: int, *, where: str) -> tuple[list[FloatArray], list[Problem]]:
    """Spend [week, channel] of each plan in `given` (a list of {"spend": {channel: [a week]}}), and everything wrong with it.

    A channel that a plan leaves out gets nothing.
    """
    if not isinstance(given, list) or not given:
        return [], [Problem("RESPONSE-054", where, _kind(given), PLANS_EXAMPLE, "Write one object a plan, in a list.")]
    plans, problems = [], []
    for number, plan in enumerate(given, start=1):
        place = f"{where}, plan {number}"
        if not isinstance(plan, Mapping) or not isinstance(plan.get("spend"), Mapping):
            problems.append(Problem("RESPONSE-054", place, _kind(plan), 'an object such as {"spend": {"search": [100, 100]}}', "Correct the plan."))
            continue
        spend, found = _read_plan(plan["spend"], channels, weeks, place)
        plans.append(spend)
        problems += found
    return plans, problems


def spend_as_before(series: ResponseSeries, weeks: int) -> FloatArray:
    """The spend of the last `weeks` weeks again [row, channel]; where fewer are known, the last year (or all there is) over and over."""
    rows = weeks * WEEK // series.step_days
    if rows <= len(series):
        return series.spend[-rows:].copy()
    known = series.spend[-(_YEAR * WEEK // series.step_days) :]
    return known[np.arange(rows) % len(known)]


def spread_over_days(plan: FloatArray, series: ResponseSeries) -> FloatArray:
    """Spend by week [week, channel] as spend by day [7 * week, channel], shared out over the days as in the last four weeks (evenly where nothing was
    spent). `series` is of days."""
    recent = series.spend[-min(len(series) // WEEK, _RECENT_WEEKS) * WEEK :].reshape(-1, WEEK, plan.shape[1]).sum(axis=0)
    total = recent.sum(axis=0)
    share = np.where(total > 0, recent / np.where(total > 0, total, 1.0), 1.0 / WEEK)
    return (plan[:, None] * share).reshape(-1, plan.shape[1])


def _read_plan(given: Mapping[str, Any], channels: Sequence[str], weeks: int, place: str) -> tuple[FloatArray, list[Problem]]:
    spend, problems = np.zeros((weeks, len(channels))), []
    for name, values in given.items():
        here = f'{place}, "{name}"'
        if name not in channels:
            problems.append(
                Problem("RESPONSE-052", here, "a channel that the fit does not know", f"one of {', '.join(channels)}", "Correct the name.")
            )
        elif not isinstance(values, list) or len(values) != weeks:
            found = f"{len(values)} amounts" if isinstance(values, list) else _kind(values)
            problems.append(Problem("RESPONSE-053", here, found, f"{weeks} amounts, one a week", "Give one amount for each week, or change --weeks."))
        else:
            problems += _bad_amounts(values, here)
            spend[:, channels.index(name)] = [0.0 if _is_bad(value) else float(value) for value in values]
    return spend, problems


def _bad_amounts(values: Sequence[Any], here: str) -> list[Problem]:
    return [
        Problem("RESPONSE-053", f"{here}, week {week}", _shown(value), "an amount of 0 or more", "Correct it.")
        for week, value in enumerate(values, start=1)
        if _is_bad(value)
    ]


def _is_bad(value: Any) -> bool:
    return isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LARGEST_AMOUNT


def _shown(value: Any) -> str:
    return f"{repr(value)[:_LONGEST]}..." if len(repr(value)) > _LONGEST else repr(value)


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "an empty list" if value == [] else "a list", str: "a text", bool: "yes or no", type(None): "nothing"}
    return names.get(type(value), "a number")
