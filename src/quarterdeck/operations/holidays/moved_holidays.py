"""say_moved_holidays: what public holidays that fall otherwise than a year before do to the quarter ahead, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import week_start
from quarterdeck.operations.holidays.market_holidays import days_of, put_holidays

if TYPE_CHECKING:
    from quarterdeck.response.curves.fitted import ResponseFit
    from quarterdeck.response.series.series import FloatArray

OF_QUARTER, OF_WEEK = 0.01, 0.05
"""Shares of what usually comes from which a change of the quarter, or of one of its weeks, is worth a sentence."""
_YEAR = timedelta(weeks=52)
_USUAL_WEEKS = 52
_FARTHEST = 6
"""Weeks that a holiday may have moved by; Easter moves by five."""


def say_moved_holidays(fit: ResponseFit, weeks: Sequence[date]) -> str | None:
    """What the fit makes of public holidays in `weeks` (of the quarter, ahead) beside those in the same weeks a year before; None where it knows of
    none, or the change is hardly noticeable."""
    from quarterdeck.response.series.calendar_context import is_of_calendar

    number = next((number for number, name in enumerate(fit.series.context_names) if is_of_calendar(name)), None)
    usual = float(fit.series.outcome[-_USUAL_WEEKS:].mean())
    if number is None or not weeks or usual <= 0:
        return None
    name, metric = fit.series.context_names[number], METRICS[fit.metric].name.lower()
    changes = _changes(fit, number, weeks) / usual
    now, before = (_by_week(name, each) for each in (weeks, [week - _YEAR for week in weeks]))
    quarter, strongest = float(changes.mean()), int(np.argmax(np.abs(changes)))
    if abs(quarter) >= OF_QUARTER:
        return f"{_entered(now, before)}: about {_percent(quarter)} of {metric} in these weeks."
    week, change = weeks[strongest], float(changes[strongest])
    moved = _moved(name, week)
    if abs(change) < OF_WEEK or moved is None:
        return None
    return f"{moved} than a year before: about {_percent(change)} of {metric} in the week of {week.day} {week:%B}, hardly anything over the quarter."


def _changes(fit: ResponseFit, number: int, weeks: Sequence[date]) -> FloatArray:
    """What holidays bring in each of `weeks` beyond those of the same weeks a year before [week], in units of the metric; the mean over draws."""
    a_day = float((fit.baseline.context[:, number] / fit.baseline.context_scaling.scale[number]).mean())
    names = fit.series.context_names[number : number + 1]
    unknown = np.full((len(weeks), 1), np.nan)
    now, before = (put_holidays(names, each, unknown)[:, 0] for each in (weeks, [week - _YEAR for week in weeks]))
    return np.asarray(a_day * (now - before))


def _by_week(name: str, weeks: Sequence[date]) -> dict[date, tuple[str, ...]]:
    """The holidays in each of `weeks`, by its Monday."""
    found: dict[date, tuple[str, ...]] = dict.fromkeys(weeks, ())
    for day, names in days_of(name, range(weeks[0].year, weeks[-1].year + 2)).items():
        if (week := week_start(day)) in found:
            found[week] = (*found[week], *names)
    return found


def _entered(now: dict[date, tuple[str, ...]], before: dict[date, tuple[str, ...]]) -> str:
    """Which holidays come into the weeks of `now`, or have left them."""
    here, there = ([name for names in each.values() for name in names] for each in (now, before))
    come, gone = ([name for name in dict.fromkeys(one) if one.count(name) > other.count(name)] for one, other in ((here, there), (there, here)))
    if come and not gone:
        return f"{_listed(come)} {'fall' if len(come) > 1 else 'falls'} into these weeks, unlike a year before"
    if gone and not come:
        return f"{_listed(gone)} fell into the same weeks a year before, and {'do' if len(gone) > 1 else 'does'} not now"
    return "Public holidays fall otherwise than in the same weeks a year before"


def _moved(name: str, week: date) -> str | None:
    """`Good Friday falls 2 weeks earlier`: the first holiday of `week` that stood in another week a year before; of a week that lost its holiday, where that
    went. None where none did."""
    near = [week + timedelta(weeks=weeks) for weeks in range(-_FARTHEST, _FARTHEST + 1)]
    now, before = _by_week(name, near), _by_week(name, [each - _YEAR for each in near])
    for holiday in dict.fromkeys([*now[week], *before[week - _YEAR]]):
        here = next((each for each, names in now.items() if holiday in names), None)
        there = next((each + _YEAR for each, names in before.items() if holiday in names), None)
        if here is not None and there is not None and here != there:
            weeks = abs((here - there).days) // 7
            return f"{holiday} falls {'a week' if weeks == 1 else f'{weeks} weeks'} {'earlier' if here < there else 'later'}"
    return None


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _percent(share: float) -> str:
    return f"{share * 100:+.0f} %".replace("-", "\N{MINUS SIGN}")
