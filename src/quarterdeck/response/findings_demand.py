"""Findings about who follows whom: spend that follows demand, context, promotions or last week's sales, and context that follows spend."""

from __future__ import annotations

import re

import numpy as np

from quarterdeck.response.baseline.block import harmonics_for, waves
from quarterdeck.response.cells import carry_before, carry_over
from quarterdeck.response.diagnostics import Finding
from quarterdeck.response.findings_spend import without_slips
from quarterdeck.response.rhythm import correlation, left_of, likely_chance, without_rhythm
from quarterdeck.response.series import WEEK, FloatArray, ResponseSeries

_LEAST_WEEKS, _TWO_YEARS = 40, 104
_PLAINLY = 0.6
_FOLLOWS, _AFTER = 0.28, 0.28
_LEVER = 0.33
_SHARED, _KNOWN = 0.45, 0.6
_OF_SEASON = 0.9
_OWN_STEPS = 0.4
_COPY, _STEPS_ALIKE, _EFFECT = 0.85, 0.6, 0.7
_PROMO = 0.45
_AT_REST = 0.6
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
    return [*found, *_promotions(weeks, free), *_about_context(weeks)]


def _about_channel(weeks: ResponseSeries, channel: str, free: FloatArray, *, is_said: bool) -> list[Finding]:
    """At most one way in which the spend of a channel, its own rhythm taken out (`free` [week]), follows demand."""
    names = [name for name, is_own in zip(weeks.context_names, _is_own(weeks), strict=True) if is_own]
    columns = weeks.context[:, _is_own(weeks)]
    known = [abs(correlation(free, column)) for column in columns.T]
    measured = columns[:, [strength > _SHARED for strength in known]]
    season = _seasonal(weeks)
    by_season = correlation(left_of(free, measured), left_of(season, measured))
    season_limit = max(_FOLLOWS, likely_chance(left_of(free, _slow(weeks)), season))
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
    return weeks.outcome - left_of(weeks.outcome, _waves(weeks))


def _waves(weeks: ResponseSeries) -> FloatArray:
    return waves(weeks.starts, min(2, harmonics_for(len(weeks))))


def _slow(weeks: ResponseSeries) -> FloatArray:
    """Season and a straight trend [week, column]."""
    return np.column_stack([_waves(weeks), np.arange(len(weeks))])


def _after_plainly(spend: FloatArray, outcome: FloatArray) -> float:
    """Partial correlation of spend with the outcome of the week before, given the spend of the week before."""
    if len(spend) < 12:
        return 0.0
    return correlation(left_of(spend[1:], spend[:-1, None]), left_of(outcome[:-1], spend[:-1, None]))


def _after(weeks: ResponseSeries, free: FloatArray, measured: FloatArray) -> float:
    """The same with the channel's rhythm, the season and measured context taken out."""
    given = np.column_stack([_waves(weeks)[1:], free[:-1], measured[1:], measured[:-1]])
    return correlation(left_of(free[1:], given), left_of(weeks.outcome[:-1], given))


def _is_own(weeks: ResponseSeries) -> list[bool]:
    """For each column of context: whether it says something that the season does not, and varies."""
    return [
        float(np.ptp(column)) > 0 and float(left_of(column, _waves(weeks)).var()) > (1.0 - _OF_SEASON) * float(column.var())
        for column in weeks.context.T
    ]


def _promotions(weeks: ResponseSeries, free: list[FloatArray]) -> list[Finding]:
    """Promotions that run when money is spent, and levers (promotions, prices) that are set by how last week went."""
    found = []
    for name, column in zip(weeks.context_names, weeks.context.T, strict=True):
        lumpy = _is_lumpy(column)
        for channel, spend, rest in zip(weeks.channels, without_slips(weeks.spend).T, free, strict=True) if lumpy else ():
            together = max(correlation(spend, column), correlation(rest, column))
            if together > max(_PROMO, likely_chance(rest, column)):
                text = (
                    f"{name} runs when money goes to {channel} (correlation {together:.2f}): what each of them brings is hard to tell apart. "
                    "Run one without the other for some weeks."
                )
                found.append(Finding("promo_with_spend", channel, text))
        if (lumpy or _LEVER_NAME.search(name.lower())) and np.ptp(column) > 0 and not _is_calendar(weeks, column):
            given = np.column_stack([_waves(weeks)[1:], column[:-1]])
            after = correlation(left_of(column[1:], given), left_of(weeks.outcome[:-1], given))
            if abs(after) > max(_LEVER, likely_chance(left_of(column[1:], given), weeks.outcome[:-1])):
                when = "weak" if (after < 0) == ("price" not in name.lower()) else "good"
                text = (
                    f"{name} is changed after {when} weeks, so that it says something about demand and not only about itself: what it seems to do to "
                    "sales, and what media bring in those weeks, is doubtful. Fix some promotions ahead, whatever sales do."
                )
                found.append(Finding("promo_follows_demand", None, text))
    return found


def _is_calendar(weeks: ResponseSeries, column: FloatArray) -> bool:
    """Whether the column is an event of the calendar, which nobody sets: about once a year, at most two weeks apart from year to year."""
    runs = [start for start, value, before in zip(weeks.starts, column, [0.0, *column[:-1]], strict=True) if value != 0 and before == 0]
    days = [start.timetuple().tm_yday for start in runs]
    if len(runs) < 2 or len({start.year for start in runs}) < len(runs) - 1:
        return False
    apart = [abs(day - days[0]) for day in days]
    return max(min(each, 365 - each) for each in apart) <= _SAME_DATE


def _is_lumpy(column: FloatArray) -> bool:
    """Whether a column is at rest most of the time, as promotions are, and away from it at least four times."""
    values, counts = np.unique(column, return_counts=True)
    at_rest = int(counts.max())
    return len(values) > 1 and at_rest >= _AT_REST * len(column) and len(column) - at_rest >= 4


def _about_context(weeks: ResponseSeries) -> list[Finding]:
    """Context that copies a channel, that media bring about, or that stands there twice. The first two need two years: in less, what both follow, such as
    demand, looks like a copy."""
    found: list[Finding] = []
    names = weeks.context_names if len(weeks) >= _TWO_YEARS else ()
    media, season = _plain_media(weeks), _waves(weeks)
    spend = without_slips(weeks.spend)
    for name, column in zip(names, weeks.context.T, strict=False):
        if np.ptp(column) == 0 or _is_lumpy(column):
            continue
        alike = [(_likeness(column, each), channel) for channel, each in zip(weeks.channels, spend.T, strict=True)]
        if alike and max(alike)[0] > _COPY:
            text = (
                f"{name} is nearly a copy of the spend on {max(alike)[1]} (correlation {max(alike)[0]:.2f}): beside it the channel looks useless. "
                "The fit leaves it out."
            )
            found.append(Finding("context_copies_spend", max(alike)[1], text, column=name))
        elif media.shape[1] < len(weeks) / 4 and _explained(left_of(column, season), media) > _EFFECT:
            text = (
                f"{name} goes where advertising goes: it may be an effect of it (as awareness or visits are) and not a cause of its own. With it in "
                "the facts, channels would lose what they bring through it, so the fit leaves it out."
            )
            found.append(Finding("context_follows_media", None, text, column=name))
    for one, name in enumerate(weeks.context_names):
        twins = [
            other for other in range(one + 1, len(weeks.context_names)) if abs(correlation(weeks.context[:, one], weeks.context[:, other])) > 0.999
        ]
        found += [
            Finding("context_duplicate", None, f"{name} and {weeks.context_names[other]} say the same in every week: leave one of them out.")
            for other in twins
        ]
    return found


def _likeness(column: FloatArray, spend: FloatArray) -> float:
    """Correlation of levels, where that of steps from week to week is high too: what both follow demand with is not a copy. 0 otherwise."""
    return abs(correlation(column, spend)) if abs(correlation(np.diff(column), np.diff(spend))) > _STEPS_ALIKE else 0.0


def _plain_media(weeks: ResponseSeries) -> FloatArray:
    """A few usual curves of each channel's spend [week, feature]."""
    spend = without_slips(weeks.spend)
    level = carry_over(spend, carry_before(spend), np.array([0.0, 0.3, 0.6]))
    level = level[:, spend.sum(axis=0) > 0]
    return np.asarray((level / (level + level.mean(axis=2, keepdims=True))).reshape(-1, len(weeks)).T)


def _explained(column: FloatArray, features: FloatArray) -> float:
    """Share of the column's variance that `features` explain, corrected for their number."""
    if float(column.var()) < 1e-12 or features.shape[1] == 0:
        return 0.0
    count, width = len(column), int(np.linalg.matrix_rank(features))
    left = float(left_of(column, features).var() / column.var())
    return 1.0 - left * (count - 1) / max(count - width - 1, 1)


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
