"""Spend with its own rhythm taken out: flights come and go by plan, and what follows demand shows only in what is left."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from quarterdeck.response.series.series import FloatArray

_SLOWEST, _FASTEST, _STEPS = 26.0, 2.5, 400
_RHYTHM = 0.3
_CHANCE = 3.0
_SMALL = 1e-3
_RIDGE = 1e-6


def without_rhythm(spend: FloatArray) -> FloatArray:
    """The logarithm of `spend` [week, channel], less its strongest period (of 2.5 to 26 weeks, with two overtones) where that explains 30 % of it or more.

    Weeks with next to nothing count as a thousandth of the mean. Source: periodogram by least squares, Lomb 1976, "Least-squares frequency analysis
    of unequally spaced data", section 3.
    """
    mean = spend.mean(axis=0)
    logs = np.log(np.maximum(spend, np.where(mean > 0, _SMALL * mean, 1.0)))
    logs = logs - logs.mean(axis=0)
    if len(spend) < 2 * _SLOWEST:
        return np.asarray(logs)
    waves = _overtones(np.arange(len(spend)))
    pull = np.einsum("rtk,tc->rkc", waves, logs)
    gram = np.einsum("rtk,rtl->rkl", waves, waves) + _RIDGE * len(spend) * np.eye(waves.shape[2])
    explained = (pull * np.linalg.solve(gram, pull)).sum(axis=1)
    free = logs.copy()
    for number, best in enumerate(explained.argmax(axis=0)):
        if explained[best, number] > _RHYTHM * float(logs[:, number] @ logs[:, number]) > 0:
            free[:, number] = left_of(logs[:, number], waves[best])
    return np.asarray(free)


def left_of(column: FloatArray, given: FloatArray) -> FloatArray:
    """What a straight fit on `given` [row, column] and a constant leaves of `column` [row]."""
    design = np.column_stack([np.ones(len(column)), given])
    return np.asarray(column - design @ np.linalg.lstsq(design, column, rcond=None)[0])


def correlation(one: FloatArray, other: FloatArray) -> float:
    """Correlation of two columns; 0 where one of them does not vary."""
    one, other = one - one.mean(), other - other.mean()
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    tiny = 1e-9 * len(one)
    return float(one @ other) / size if size > tiny * max(float(np.abs(one).max(initial=0.0) * np.abs(other).max(initial=0.0)), 1e-300) else 0.0


def likely_chance(one: FloatArray, other: FloatArray) -> float:
    """How large a correlation chance may well make (3 standard deviations), when both wander from week to week.

    Source: Bartlett 1935, "Some aspects of the time-correlation problem": as many independent weeks as n (1 - ab) / (1 + ab).
    """
    habit = max(0.0, correlation(one[1:], one[:-1])) * max(0.0, correlation(other[1:], other[:-1]))
    return float(_CHANCE / np.sqrt(max(len(one) * (1.0 - habit) / (1.0 + habit), 1.0)))


def _overtones(time: npt.NDArray[np.int64]) -> FloatArray:
    """Sines and cosines of each period and its overtones [rate, week, 6], each centred."""
    rates = np.linspace(1.0 / _SLOWEST, 1.0 / _FASTEST, _STEPS)
    angles = 2.0 * np.pi * rates[:, None, None] * np.arange(1, 4) * time[:, None]
    waves = np.concatenate([np.sin(angles), np.cos(angles)], axis=2)
    return np.asarray(waves - waves.mean(axis=1, keepdims=True))
