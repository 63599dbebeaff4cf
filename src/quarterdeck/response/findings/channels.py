"""Findings about channels after a fit: which cannot be told apart, which may do harm, which pay like one's own name."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from quarterdeck.response.baseline.block import harmonics_for, waves
from quarterdeck.response.findings.spend import without_slips
from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.model.cells import carry_before, carry_over
from quarterdeck.response.series.series import FloatArray, ResponseSeries

_ALIKE, _TRADED = 0.9, -0.6
_HARM, _LEAST_ROWS, _LIKELY = -3.5, 52, 0.5
_DECAYS = (0.0, 0.3, 0.6, 0.8)
_KNOT_WEEKS = 13
_OWN_NAME = re.compile(r"(^|[^a-z])(brand(ed)?|own[^a-z]?name|retarget\w*|remarket\w*)([^a-z]|$)")
_NOT_A_SEARCH = re.compile(r"aware|tv|video|display|image|building|radio|print|social")
_DEARER, _SURE = 1.5, 0.8


def cannot_tell_apart(series: ResponseSeries, returns: FloatArray) -> list[Finding]:
    """One finding for each group of channels whose spend moves together, or whose returns trade against each other. returns [draw, channel]."""
    active = [number for number in range(len(series.channels)) if np.ptp(series.spend[:, number]) > 0]
    if len(active) < 2:
        return []
    together = np.asarray(np.corrcoef(without_slips(series.spend)[:, active].T))
    spread = returns[:, active].std(axis=0) > 0
    traded = np.asarray(np.corrcoef(returns[:, active].T)) if spread.all() else np.zeros_like(together)
    linked = (together > _ALIKE) | (traded < _TRADED)
    return [_group(series, [active[place] for place in group], together[np.ix_(group, group)]) for group in _groups(linked)]


def _groups(linked: npt.NDArray[np.bool_]) -> list[list[int]]:
    """Connected parts of two or more."""
    left, groups = set(range(len(linked))), []
    while left:
        group, waiting = [], [min(left)]
        while waiting:
            one = waiting.pop()
            if one in left:
                left.discard(one)
                group.append(one)
                waiting += [other for other in left if linked[one, other]]
        if len(group) > 1:
            groups.append(sorted(group))
    return groups


def _group(series: ResponseSeries, group: list[int], together: FloatArray) -> Finding:
    names = [series.channels[number] for number in group]
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    least = float(together[np.triu_indices(len(group), 1)].min())
    text = (
        f"{listed} cannot be told apart (correlation of their spend {least:.2f}{' or more' if len(group) > 2 else ''}). Trust their sum; change one "
        f"without the {'others' if len(group) > 2 else 'other'} for some {series.row_word}s to learn more."
    )
    return Finding("cannot_tell_apart", names[0], text, names[1], tuple(names[2:]))


def may_harm(series: ResponseSeries, returns: FloatArray) -> list[Finding]:
    """Channels that more likely take away than bring, or in whose weeks the outcome is lower than all else lets expect. returns [draw, channel]."""
    likely = (returns < 0).mean(axis=0)
    lower = _lower_with(series)
    found = []
    for number, channel in enumerate(series.channels):
        if likely[number] > _LIKELY or number in lower:
            text = (
                f"In weeks with money on {channel} the outcome is lower than it would be expected without: it may take sales from elsewhere or from later "
                "weeks, or be used when sales are weak. Stop it for some weeks and see."
            )
            found.append(Finding("may_harm", channel, text))
    return found


def _lower_with(series: ResponseSeries) -> set[int]:
    """Numbers of the channels in whose rows the outcome is lower than season, trend, context and the other channels let expect.

    Least squares with one usual curve a channel; the channel's own carry-over is the one that fits best. t below -3.5 counts.
    """
    rows, outside = len(series), _outside(series)
    if rows < _LEAST_ROWS or rows < 3 * (outside.shape[1] + len(series.channels)):
        return set()
    spend = without_slips(series.spend)
    level = carry_over(spend, carry_before(spend, series.step_days), np.array(_DECAYS))
    feature = level / (level + level.mean(axis=2, keepdims=True) + 1e-300)
    found = set()
    for number in range(len(series.channels)):
        if np.ptp(spend[:, number]) == 0:
            continue
        others = np.delete(feature[1], number, axis=0).T
        known = np.column_stack([outside, others[:, np.ptp(others, axis=0) > 0]])
        best = min((_t_value(known, feature[decay, number], series.outcome) for decay in range(len(_DECAYS))), key=lambda pair: pair[1])
        if best[0] < _HARM:
            found.add(number)
    return found


def _outside(series: ResponseSeries) -> FloatArray:
    """Constant, a trend that bends every quarter, season, context and unpaid exposures [row, column]."""
    weeks = np.arange(len(series)) * series.step_days / 7.0
    bends = [np.maximum(weeks - at, 0.0) for at in np.arange(0.0, weeks[-1] - 0.5 * _KNOT_WEEKS, _KNOT_WEEKS)]
    season = waves(series.starts, min(3, harmonics_for(int(series.weeks_long))))
    columns = np.column_stack([np.ones(len(series)), *bends, season, series.context, series.exposures])
    varies = np.ptp(columns, axis=0) > 0
    varies[0] = True
    return np.asarray(columns[:, varies])


def _t_value(known: FloatArray, feature: FloatArray, outcome: FloatArray) -> tuple[float, float]:
    """t of `feature` beside `known`, and what both leave of the outcome (sum of squares)."""
    basis, _ = np.linalg.qr(known / np.maximum(np.linalg.norm(known, axis=0), 1e-300))
    own, left = feature - basis @ (basis.T @ feature), outcome - basis @ (basis.T @ outcome)
    size = float(own @ own)
    if size < 1e-9 * float(feature @ feature):
        return 0.0, float(left @ left)
    effect = float(own @ left) / size
    rest = float(left @ left) - effect**2 * size
    return effect / float(np.sqrt(max(rest, 1e-300) / max(len(outcome) - known.shape[1] - 1, 1) / size)), rest


def own_name(series: ResponseSeries, returns: FloatArray) -> list[Finding]:
    """Channels named like adverts on one's own name, or shown to visitors again, that seem to bring far more than the others."""
    found = []
    for number, channel in enumerate(series.channels):
        others = np.delete(returns, number, axis=1)
        if not _OWN_NAME.search(channel.lower()) or _NOT_A_SEARCH.search(channel.lower()) or others.shape[1] == 0:
            continue
        usual = np.median(others, axis=1)
        if returns[:, number].mean() > _DEARER * usual.mean() and float((returns[:, number] > usual).mean()) > _SURE:
            text = (
                f"{channel} seems to bring {returns[:, number].mean() / max(float(usual.mean()), 1e-300):.1f} times what other channels bring. Adverts to "
                "people who look for you already, or were with you, mostly meet those who would have come anyway. Switch it off in one region before you raise it."
            )
            found.append(Finding("brand_terms", channel, text))
    return found
