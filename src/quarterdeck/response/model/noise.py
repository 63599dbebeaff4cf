"""How the noise of a week grows with the size of its outcome: three times the sales before Christmas are also harder to foretell."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from quarterdeck.response.baseline.block import Baseline, build_block, log_evidence
from quarterdeck.response.fitting.numerics import inverse_factor, matmul_in_rows
from quarterdeck.response.series.series import FloatArray, ResponseSeries

POWERS = (0.0, 0.5, 1.0)
_LEAST_SHARE = 0.2
_STEPS = (0.0, 0.08, 0.2)
_PLAIN_SD = 3.0


@dataclass(frozen=True)
class NoiseShape:
    """Noise of a week = sigma * (its expected outcome / `reference`) ** `power`: 0 the same in every week, 0.5 as in counts, 1 in proportion.

    On top of it a week is odd with a chance of `odd_rate`: then something of sd `odd_size` * sigma comes or goes that nothing foretells.
    `persistence`: the share of a row's noise (odd weeks apart) that is still there in the next one.
    """

    power: float
    reference: float
    odd_rate: float = 0.0
    odd_size: float = 0.0
    persistence: float = 0.0

    def at(self, expected: FloatArray) -> FloatArray:
        """The factor on sigma for each week of that expected outcome; weeks below a fifth of the usual count as a fifth."""
        if self.power == 0.0:
            return np.ones_like(expected)
        factor: FloatArray = np.maximum(expected / self.reference, _LEAST_SHARE) ** self.power
        return factor

    def odd_weeks(self, sigma: FloatArray, rows: int, rng: np.random.Generator) -> FloatArray:
        """What odd weeks bring or take [draw, row], their mean over draws 0 in every row. sigma [draw]."""
        if self.odd_rate == 0.0:
            return np.zeros((len(sigma), rows))
        is_odd = rng.random((len(sigma), rows)) < self.odd_rate
        drawn = is_odd * rng.standard_normal((len(sigma), rows)) * self.odd_size * sigma[:, None]
        return np.asarray(drawn - drawn.mean(axis=0))


def with_odd_weeks(shape: NoiseShape, pulses: FloatArray, sigma: FloatArray, rows: int) -> NoiseShape:
    """`shape` with odd weeks as often and as large as those that were seen. pulses [draw, pulse]: what each brought; sigma [draw]."""
    if not pulses.shape[1]:
        return shape
    size = float(np.sqrt((pulses.mean(axis=0) ** 2).mean()) / sigma.mean())
    return replace(shape, odd_rate=pulses.shape[1] / (rows + 1.0), odd_size=size)


def choose_noise(layout: Baseline, series: ResponseSeries, media: FloatArray) -> tuple[NoiseShape, FloatArray]:
    """The shape under which the outcome is most likely, and its factor in each row [week]. media [week, channel]: one plain feature a channel.

    An outcome that goes below 0, or whose mean is not above 0, has the same noise in every week. Source: as `choose_ridge`; weights as in
    Carroll & Ruppert 1988, "Transformation and weighting in regression", section 2.2 (power of the mean).
    """
    outcome, centre, scale = series.outcome, float(series.outcome.mean()), float(series.outcome.std())
    even = NoiseShape(0.0, max(centre, 1e-300)), np.ones(len(series))
    if outcome.min() < 0 or centre <= 0:
        return even
    options = [even]
    columns = [np.concatenate([build_block(layout, series, step).columns, _PLAIN_SD * media], axis=1) for step in _STEPS]
    standard = (outcome - centre) / scale
    expected = centre + scale * _posterior_mean(columns[1], standard)
    for power in POWERS[1:]:
        shape = NoiseShape(power, centre)
        options.append((shape, shape.at(expected)))
    return max(options, key=lambda option: max(_evidence(each, standard, option[1]) for each in columns))


def _evidence(columns: FloatArray, standard: FloatArray, factor: FloatArray) -> float:
    """Log marginal likelihood of `standard` with the noise scaled by `factor`, up to a constant."""
    seen, left = columns / factor[:, None], standard / factor
    whole = float(left @ left)
    return log_evidence(matmul_in_rows(seen.T, seen), left @ seen, whole, np.ones(seen.shape[1]), len(left)) - float(np.log(factor).sum())


def _posterior_mean(columns: FloatArray, outcome: FloatArray) -> FloatArray:
    root = matmul_in_rows(columns, inverse_factor(np.eye(columns.shape[1]) + matmul_in_rows(columns.T, columns)).T)
    return np.asarray(np.einsum("tp,p->t", root, np.einsum("tp,t->p", root, outcome)))
