"""Unpaid exposures that last: how long e-mails, posts and the like go on working, and whether more of them add less.

The share held back and the bend of each exposure are chosen once, by how likely they make the outcome, before curves are sampled: a newsletter whose
effect lasts for weeks would otherwise leave its later part to whatever channel happens to run then.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from quarterdeck.response.baseline.block import Baseline, build_baseline, build_block, choose_ridge
from quarterdeck.response.fitting.likelihood import Likelihood
from quarterdeck.response.model.cells import DECAYS, carry_before
from quarterdeck.response.series.series import FloatArray, ResponseSeries

BENDS = (0.0, 0.25, 0.5, 1.0, 2.0)
"""One over the level at which half the ceiling is reached, as a multiple of one over the mean of what was sent or shown."""
LASTING_ODDS = float(np.log(0.1))
"""How likely one carry-over and bend is before the outcome is seen, against an exposure that works in its own row alone, each adding as much: a tenth."""
_WIDTHS = (0.3, 1.0, 3.0)  # prior sd of the coefficient of a standardised column, in units of the noise
_STEPS = (0.0, 0.08)


def _nothing() -> FloatArray:
    return np.zeros(0)


def _no_past() -> FloatArray:
    return np.zeros((0, 0))


@dataclass(frozen=True, eq=False)
class CarryOver:
    """How each exposure is carried over, a_t = (1 - decay) x_t + decay a_{t-1}, and bent, a / (1 + bend a).

    `decay [exposure]` in [0, 1), `bend [exposure]` (one over the level at which half the ceiling is reached; 0: straight), `before [exposure]`: carried
    level at the eve of the first fitted row, `past [row, exposure]`: what was sent or shown in the fitted rows. Left out: nothing is carried over or bent.
    Source: as `ResponseCurves`.
    """

    decay: FloatArray = field(default_factory=_nothing)
    bend: FloatArray = field(default_factory=_nothing)
    before: FloatArray = field(default_factory=_nothing)
    past: FloatArray = field(default_factory=_no_past)

    @property
    def is_plain(self) -> bool:
        """Whether exposures count as they came."""
        return not self.decay.any() and not self.bend.any()

    def at(self, exposures: FloatArray, row: int) -> FloatArray:
        """What `exposures` [..., row, exposure] count for, the first of them in `row` (0: the first fitted one) -> the same shape.

        What was carried over from before goes on working; in rows between the fitted ones and `row` the mean of the past is assumed.
        """
        if self.is_plain:
            return exposures
        state, levels = self._level_at_eve(row), np.empty(exposures.shape)
        for number in range(exposures.shape[-2]):
            state = (1.0 - self.decay) * exposures[..., number, :] + self.decay * state
            levels[..., number, :] = state
        return np.asarray(levels / (1.0 + self.bend * levels))

    def over(self, past: FloatArray) -> Self:
        """The same for other or more fitted rows [row, exposure] that begin on the same day."""
        return replace(self, past=past) if self.decay.size else self

    def _level_at_eve(self, row: int) -> FloatArray:
        level = self.before
        for number in range(max(row, 0)):
            coming = self.past[number] if number < len(self.past) else self.past.mean(axis=0)
            level = (1.0 - self.decay) * coming + self.decay * level
        return level


def with_carry_over(series: ResponseSeries, layout: Baseline, outcome: FloatArray, media: FloatArray) -> tuple[ResponseSeries, Baseline, CarryOver]:
    """The series with its exposures as they count, the layout for it, and what was chosen; all as they came where nothing speaks for more.

    `layout` is the one of the plain columns, with its widths chosen; outcome [row] in standard units, media [row, channel] (see `choose_ridge`).
    """
    chosen = choose_carry_over(series, layout, outcome, media)
    if chosen.is_plain:
        return series, layout, chosen
    counted = replace(series, exposures=chosen.at(series.exposures, 0))
    without = [series.context_names[number] for number in layout.left_out]
    return counted, choose_ridge(build_baseline(counted, without), counted, outcome, media), chosen


def choose_carry_over(series: ResponseSeries, layout: Baseline, outcome: FloatArray, media: FloatArray) -> CarryOver:
    """The likeliest carry-over and bend of each exposure, coefficients and noise integrated out: one exposure and one of the two at a time, twice round.

    Bends lie at multiples of the usual carried level of an exposure, or there is none. Source: empirical Bayes, as `choose_ridge`.
    """
    before = carry_before(series.exposures, series.step_days)
    decays, varied = np.array(DECAYS[series.step_days]), np.flatnonzero(np.ptp(series.exposures, axis=0) > 0).tolist()
    usual = np.maximum(series.exposures.mean(axis=0), 1e-300)
    best = CarryOver(np.zeros(len(before)), np.zeros(len(before)), before, series.exposures)
    if not varied:
        return best
    likelihood = _without_exposures(series, layout, outcome)
    beside = likelihood.beside(media)

    def odds(tried: CarryOver) -> float:
        columns = tried.at(series.exposures, 0)[:, varied]
        found = [likelihood.with_columns(np.concatenate([beside, width * _standard(columns)], axis=1)) for width in _WIDTHS]
        lasting = int(((tried.decay > 0) | (tried.bend > 0)).sum())
        return float(np.logaddexp.reduce(np.concatenate(found))) + lasting * LASTING_ODDS

    for _ in range(2):
        for number in varied:
            best = max((replace(best, decay=_with(best.decay, number, decay)) for decay in decays), key=odds)
            best = max((replace(best, bend=_with(best.bend, number, bend / usual[number])) for bend in BENDS), key=odds)
    return best


def _with(values: FloatArray, number: int, value: float) -> FloatArray:
    """`values` with another one at `number`."""
    return np.where(np.arange(len(values)) == number, value, values)


def _standard(columns: FloatArray) -> FloatArray:
    return np.asarray((columns - columns.mean(axis=0)) / np.maximum(columns.std(axis=0), 1e-300))


def _without_exposures(series: ResponseSeries, layout: Baseline, outcome: FloatArray) -> Likelihood:
    """The linear block with everything but the exposures."""
    bare = replace(series, exposure_names=(), exposures=np.zeros((len(series), 0)))
    laid_out = replace(build_baseline(bare), ridge=layout.ridge, left_out=layout.left_out)
    return Likelihood(tuple(build_block(laid_out, bare, step) for step in _STEPS), outcome, np.ones(len(series)))
