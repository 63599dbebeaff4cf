"""Findings about who follows whom: spend that follows demand, context, promotions or last week's sales."""

from __future__ import annotations

import re

import numpy as np

from quarterdeck.response.baseline.block import harmonics_for, waves
from quarterdeck.response.findings.context import find_about_context, is_lumpy, season_of, slow
from quarterdeck.response.findings.spend import without_slips
from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.series.calendar_context import is_of_calendar
from quarterdeck.response.series.rhythm import correlation, left_of, likely_chance, without_rhythm
from quarterdeck.response.series.series import WEEK, FloatArray, ResponseSeries

_LEAST_WEEKS = 40
_PLAINLY = 0.6
_FOLLOWS, _AFTER = 0.28, 0.28
_LEVER = 0.33
_SHARED, _KNOWN = 0.45, 0.6
_OF_SEASON = 0.9
_OWN_STEPS = 0.4
_PROMO = 0.45
_SAME_DATE = 16
"""Days that an event of the calendar moves from year to year: Easter moves further, and is then not known for one."""
_LEVER_NAME = re.compile(r"promo|discount|offer|deal|sale|price|coupon|voucher")


def find_about_demand(series: ResponseSeries) -> list[Finding]:
    """What moves with what, in weeks: nothing for a series too short to tell it from chance."""
    weeks = _in_weeks(series)
    if np.ptp(weeks.outcome) == 0:
        return []
    plainly = {number for number in range(len(weeks.channels)) if _rises_with_season(weeks, number)}
    found = [_demand(weeks.channels[number], "when demand is high anyway, as search does") for number in sorted(plainly)]
    if len(weeks) < _LEAST_WEEKS:
        return found
    free = list(without_rhythm(weeks.spend).T)
    for number, channel in enumerate(weeks.channels):
        if np.ptp(weeks.spend[:, number]) > 0:
            found += _about_channel(weeks, channel, free[number], is_said=number in plainly)
    context = find_about_context(weeks)
    twice = {each.column for each in context if each.code == "context_duplicate"}
    return [*found, *_promotions(weeks, free, twice), *context]


def _about_channel(weeks: ResponseSeries, channel: str, free: FloatArray, *, is_said: bool) -> list[Finding]:
    """At most one way in which the spend of a channel, its own rhythm taken out (`free` [week]), follows demand."""
    names = [name for name, is_own in zip(weeks.context_names, _is_own(weeks), strict=True) if is_own]
    columns = weeks.context[:, _is_own(weeks)]
    known = [abs(correlation(free, column)) for column in columns.T]
    measured = columns[:, [strength > _SHARED for strength in known]]
    season = _seasonal(weeks)
    by_season = correlation(left_of(free, measured), left_of(season, measured))
    season_limit = max(_FOLLOWS, likely_chance(left_of(free, slow(weeks)), season))
    after, after_limit = _after(weeks, free, measured), max(_AFTER, likely_chance(free[1:], weeks.outcome[:-1]))
    if is_said:
        return []
    if after > after_limit and after / after_limit > by_season / season_limit:
        text = (
            f"Spend on {channel} rises after a good week and falls after a bad one: it is paced by sales, so part of what it seems to bring "
            "is the cause of the spend, not its effect. Set its budget ahead for some weeks, or test it by switching it off somewhere."
        )
        return [Finding("follows_outcome", channel, text)]
    if by_season > season_limit:
        return [_demand(channel, "in the season in which demand is high anyway")]
    best = int(np.argmax(known)) if known else 0
    if known and known[best] > max(_KNOWN, likely_chance(free, columns[:, best])):
        text = (
            f"Spend on {channel} moves with {names[best]}. That is taken account of as long as {names[best]} stays in the facts; "
            "without it the channel would be credited with demand."
        )
        return [Finding("follows_context", channel, text)]
    return []


def _demand(channel: str, when: str) -> Finding:
    text = (
        f"Spend on {channel} rises {when}: what it seems to bring may be partly what would have come without it. A test that switches it off "
        "somewhere would tell."
    )
    return Finding("follows_demand", channel, text)


def _rises_with_season(weeks: ResponseSeries, number: int) -> bool:
    """Whether spend plainly moves with what season and context alone foretell, or with last week's outcome beyond its own habit."""
    spend = weeks.spend[:, number]
    if np.ptp(spend) == 0:
        return False
    demand = _foreseeable(weeks, spend)
    return max(correlation(spend, demand), _after_plainly(spend, weeks.outcome)) > _PLAINLY


def _foreseeable(weeks: ResponseSeries, spend: FloatArray) -> FloatArray:
    """The part of the outcome that season and context alone foretell [week]; constant when the series is too short to say.

    Context that steps with `spend` [week] is left out: it may be an effect of it.
    """
    apart = [abs(correlation(np.diff(column), np.diff(spend))) < _OWN_STEPS for column in weeks.context.T]
    seen = np.concatenate([waves(weeks.starts, harmonics_for(len(weeks))), weeks.context[:, apart]], axis=1)
    if seen.shape[1] == 0 or len(weeks) < 3 * seen.shape[1]:
        return np.zeros(len(weeks))
    return weeks.outcome - left_of(weeks.outcome, seen)


def _seasonal(weeks: ResponseSeries) -> FloatArray:
    """The part of the outcome that two yearly waves foretell [week]."""
    return weeks.outcome - left_of(weeks.outcome, season_of(weeks))


def _after_plainly(spend: FloatArray, outcome: FloatArray) -> float:
    """Partial correlation of spend with the outcome of the week before, given the spend of the week before."""
    if len(spend) < 12:
        return 0.0
    return correlation(left_of(spend[1:], spend[:-1, None]), left_of(outcome[:-1], spend[:-1, None]))


def _after(weeks: ResponseSeries, free: FloatArray, measured: FloatArray) -> float:
    """The same with the channel's rhythm, the season and measured context taken out."""
    given = np.column_stack([season_of(weeks)[1:], free[:-1], measured[1:], measured[:-1]])
    return correlation(left_of(free[1:], given), left_of(weeks.outcome[:-1], given))


def _is_own(weeks: ResponseSeries) -> list[bool]:
    """For each column of context: whether it says something that the season does not, and varies."""
    return [
        float(np.ptp(column)) > 0 and float(left_of(column, season_of(weeks)).var()) > (1.0 - _OF_SEASON) * float(column.var())
        for column in weeks.context.T
    ]


def _promotions(weeks: ResponseSeries, free: list[FloatArray], twice: set[str | None]) -> list[Finding]:
    """Promotions that run when money is spent, and levers (promotions, prices) that are set by how last week went; columns in `twice` were seen."""
    found = []
    for name, column in zip(weeks.context_names, weeks.context.T, strict=True):
        if name in twice:
            continue
        lumpy = is_lumpy(column) and not is_of_calendar(name)
        for channel, spend, rest in zip(weeks.channels, without_slips(weeks.spend).T, free, strict=True) if lumpy else ():
            together = max(correlation(spend, column), correlation(rest, column))
            if together > max(_PROMO, likely_chance(rest, column)):
                text = (
                    f"{name} runs when money goes to {channel} (correlation {together:.2f}): what each of them brings is hard to tell apart. "
                    "Run one without the other for some weeks."
                )
                found.append(Finding("promo_with_spend", channel, text, column=name))
        if (lumpy or _LEVER_NAME.search(name.lower())) and np.ptp(column) > 0 and not _is_calendar(weeks, column):
            given = np.column_stack([season_of(weeks)[1:], column[:-1]])
            after = correlation(left_of(column[1:], given), left_of(weeks.outcome[:-1], given))
            if abs(after) > max(_LEVER, likely_chance(left_of(column[1:], given), weeks.outcome[:-1])):
                when = "weak" if (after < 0) == ("price" not in name.lower()) else "good"
                text = (
                    f"{name} is changed after {when} weeks, so that it says something about demand and not only about itself: what it seems to do to "
                    "sales, and what media bring in those weeks, is doubtful. Fix some promotions ahead, whatever sales do."
                )
                found.append(Finding("promo_follows_demand", None, text, column=name))
    return found


def _is_calendar(weeks: ResponseSeries, column: FloatArray) -> bool:
    """Whether the column is an event of the calendar, which nobody sets: about once a year, at most two weeks apart from year to year."""
    runs = [start for start, value, before in zip(weeks.starts, column, [0.0, *column[:-1]], strict=True) if value != 0 and before == 0]
    days = [start.timetuple().tm_yday for start in runs]
    if len(runs) < 2 or len({start.year for start in runs}) < len(runs) - 1:
        return False
    apart = [abs(day - days[0]) for day in days]
    return max(min(each, 365 - each) for each in apart) <= _SAME_DATE


def _in_weeks(series: ResponseSeries) -> ResponseSeries:
    """The series by weeks of seven days, where rows are days: spend and outcome added up, context averaged."""
    if series.step_days == WEEK:
        return series
    days = WEEK // series.step_days
    weeks = len(series) // days

    def added(values: FloatArray) -> FloatArray:
        total: FloatArray = values[: weeks * days].reshape(weeks, days, *values.shape[1:]).sum(axis=1)
        return total

    starts = series.starts[: weeks * days : days]
    context = added(series.context) / days
    return ResponseSeries(
        series.metric, starts, series.channels, added(series.spend), added(series.outcome), context_names=series.context_names, context=context
    )
