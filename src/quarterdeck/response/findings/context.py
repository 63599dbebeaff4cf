"""Findings about context: a column that copies a channel, that media bring about, or that says what another one says already."""

from __future__ import annotations

import numpy as np

from quarterdeck.response.baseline.block import harmonics_for, waves
from quarterdeck.response.findings.spend import without_slips
from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.model.cells import carry_before, carry_over
from quarterdeck.response.series.rhythm import correlation, left_of
from quarterdeck.response.series.series import FloatArray, ResponseSeries

_TWO_YEARS = 104
_COPY, _STEPS_ALIKE, _EFFECT = 0.85, 0.6, 0.7
_SAME = 0.98
"""Columns that correlate so much, in levels and from week to week, are one: what little they differ in no outcome can tell."""
_AT_REST = 0.6


def find_about_context(weeks: ResponseSeries) -> list[Finding]:
    """Columns that copy a channel or that media bring about, which need two years (in less, what both follow, such as demand, looks like a copy), and
    columns that are there twice."""
    return [*(_from_media(weeks) if len(weeks) >= _TWO_YEARS else ()), *_there_twice(weeks)]


def is_lumpy(column: FloatArray) -> bool:
    """Whether a column is at rest most of the time, as promotions are, and away from it at least four times."""
    values, counts = np.unique(column, return_counts=True)
    at_rest = int(counts.max())
    return len(values) > 1 and at_rest >= _AT_REST * len(column) and len(column) - at_rest >= 4


def season_of(weeks: ResponseSeries) -> FloatArray:
    """Two yearly waves, or as many as the series supports [week, column]."""
    return waves(weeks.starts, min(2, harmonics_for(len(weeks))))


def slow(weeks: ResponseSeries) -> FloatArray:
    """Season and a straight trend [week, column]."""
    return np.column_stack([season_of(weeks), np.arange(len(weeks))])


def _from_media(weeks: ResponseSeries) -> list[Finding]:
    found: list[Finding] = []
    media, spend, season = _plain_media(weeks), without_slips(weeks.spend), slow(weeks)
    for name, column in zip(weeks.context_names, weeks.context.T, strict=True):
        if np.ptp(column) == 0 or is_lumpy(column):
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
    return found


def _there_twice(weeks: ResponseSeries) -> list[Finding]:
    """One finding for each column that an earlier one says already."""
    kept: list[int] = []
    found: list[Finding] = []
    for number, name in enumerate(weeks.context_names):
        first = next((each for each in kept if _is_same(weeks.context[:, each], weeks.context[:, number])), None)
        if first is None:
            kept.append(number)
            continue
        text = f"{name} says what {weeks.context_names[first]} says in every week: the fit uses {weeks.context_names[first]} alone."
        found.append(Finding("context_duplicate", None, text, column=name))
    return found


def _is_same(one: FloatArray, other: FloatArray) -> bool:
    """Two that only share a trend are not the same: they differ from week to week."""
    return min(abs(correlation(one, other)), abs(correlation(np.diff(one), np.diff(other)))) > _SAME


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
