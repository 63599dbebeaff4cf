"""Interventions: what bends the outcome beside trend, season and media, as columns of the linear block: odd weeks, shifts of the level, and hidden demand.

Odd weeks (pulses) and shifts are searched for greedily by Bayes factor and then integrated out as wide columns, so that they do not bend curves.
Hidden demand is what a channel's spend says of it: where spend follows demand, the part of it that its own rhythm does not explain stands beside the
channel (a control function). Sources: Chen & Liu 1993, "Joint estimation of model parameters and outlier effects in time series"; Harvey & Koopman
1992, "Diagnostic checking of unobserved-components time series models"; Wooldridge 2015, "Control function methods in applied econometrics".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from quarterdeck.response.baseline.block import Block
from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.fitting.likelihood import Likelihood
from quarterdeck.response.fitting.numerics import inverse_factor, matmul_in_rows
from quarterdeck.response.series.rhythm import without_rhythm
from quarterdeck.response.series.series import FloatArray, ResponseSeries

PULSE_SD, SHIFT_SD = 6.0, 4.0
"""How large an odd week and a shift may be, in units of the noise."""
DEMAND_SDS = (0.3, 1.0, 3.0)
FOLLOWS = ("follows_demand", "follows_outcome")
"""Findings about spend that is a sign of demand."""
_CLEAR = 5.0
"""An intervention is taken when it is so many times likelier than none, over and above one chance in each row."""
_EDGE = 6
_ONE_IN = 20


@dataclass(frozen=True, eq=False)
class Interventions:
    """Columns beside those of the layout. `columns [row, k]`; `sd [k]` of their coefficients in units of the noise; `lasts [k]`: whether the last
    value goes on after the last row (shifts) or ends (odd weeks, demand); `kind [k]`: pulse, shift or demand; `at [k]`: its first row."""

    columns: FloatArray
    sd: FloatArray
    lasts: npt.NDArray[np.bool_]
    kind: tuple[str, ...]
    at: tuple[int, ...]

    @classmethod
    def none(cls, rows: int) -> Interventions:
        """Nothing out of the ordinary."""
        return cls(np.zeros((rows, 0)), np.zeros(0), np.zeros(0, dtype=bool), (), ())

    def __len__(self) -> int:
        return len(self.kind)

    @property
    def odd_rows(self) -> tuple[int, ...]:
        """The rows of pulses, first to last."""
        return tuple(sorted(at for at, kind in zip(self.at, self.kind, strict=True) if kind == "pulse"))

    def then(self, columns: FloatArray, sd: float, kind: str, at: int = 0) -> Interventions:
        """With more columns [row, k] of one kind."""
        count = columns.shape[1]
        return Interventions(
            np.concatenate([self.columns, columns], axis=1),
            np.concatenate([self.sd, np.full(count, sd)]),
            np.concatenate([self.lasts, np.full(count, kind == "shift")]),
            (*self.kind, *[kind] * count),
            (*self.at, *[at] * count),
        )

    def added_to(self, block: Block, factor: FloatArray) -> Block:
        """`block` with these columns, rows divided by `factor` [row] as its own are."""
        more = self.columns * self.sd / factor[:, None]
        return replace(block, columns=np.concatenate([block.columns, more], axis=1), prior_sd=np.concatenate([block.prior_sd, self.sd]))


def find_interventions(series: ResponseSeries, found: Iterable[Finding], likelihood: Likelihood, media: FloatArray) -> Interventions:
    """Hidden demand behind the channels that `found` names, then odd weeks and shifts beside it. media [row, feature]: usual curves."""
    chosen = _demand(series, found, likelihood, media)
    beside = _beside(media, likelihood, chosen)
    likely = int(np.argmax(likelihood.with_columns(beside)))
    base = np.concatenate([likelihood.blocks[likely].columns, beside], axis=1)
    return _searched(chosen, base, likelihood, _bursts(series))


def _demand(series: ResponseSeries, found: Iterable[Finding], likelihood: Likelihood, media: FloatArray) -> Interventions:
    """What the spend of channels that follow demand says of it: each of them, and all of them together. The width that the outcome likes best."""
    nothing = Interventions.none(len(series))
    channels = sorted({series.channels.index(each.channel) for each in found if each.code in FOLLOWS and each.channel in series.channels})
    if not channels:
        return nothing
    free = without_rhythm(series.spend)[:, channels]
    free = (free - free.mean(axis=0)) / np.maximum(free.std(axis=0), 1e-12)
    if len(channels) > 1:
        together = free.mean(axis=1, keepdims=True)
        free = np.concatenate([free, together / max(float(together.std()), 1e-12)], axis=1)
    options = [nothing.then(free, sd, "demand") for sd in DEMAND_SDS]
    return max(options, key=lambda option: float(likelihood.with_columns(_beside(media, likelihood, option)).max()))


def _searched(chosen: Interventions, base: FloatArray, likelihood: Likelihood, bursts: npt.NDArray[np.bool_]) -> Interventions:
    """`chosen` with pulses and shifts, the clearest first, until none is clear. base [row, p]: everything else, scaled to unit prior.

    Candidates are seen through what the base leaves, W = (I + base base')^-1; each one taken changes W by a product of one column with itself.
    """
    outcome, rows = likelihood.outcome, len(likelihood.factor)
    root = matmul_in_rows(base, inverse_factor(np.eye(base.shape[1]) + matmul_in_rows(base.T, base)).T)
    weight = (np.eye(rows) - matmul_in_rows(root, root.T)) / likelihood.factor
    seen = np.concatenate([PULSE_SD * weight, SHIFT_SD * np.cumsum(weight[:, ::-1], axis=1)[:, ::-1]], axis=1)  # W candidates [row, candidate]
    whole = float(outcome @ outcome) - float(((outcome @ root) ** 2).sum())
    allowed = np.concatenate([~bursts, (np.arange(rows) >= _EDGE) & (np.arange(rows) < rows - _EDGE)])
    threshold = float(np.log(rows) + np.log(_CLEAR))
    for _ in range(4 + rows // _ONE_IN):
        strength, pull = _of_candidates(seen / likelihood.factor[:, None]), np.einsum("t,tc->c", outcome, seen)
        gain = np.where(allowed, _gains(strength, pull, whole, rows), -np.inf)
        best = int(np.argmax(gain))
        if gain[best] < threshold:
            break
        at, kind = (best, "pulse") if best < rows else (best - rows, "shift")
        unit = (np.arange(rows) == at) if kind == "pulse" else (np.arange(rows) >= at)
        sd = PULSE_SD if kind == "pulse" else SHIFT_SD
        chosen = chosen.then(unit[:, None].astype(np.float64), sd, kind, at)
        whole -= float(pull[best]) ** 2 / (1.0 + float(strength[best]))
        taken = seen[:, best].copy()
        seen -= np.outer(taken, np.einsum("t,tc->c", unit * sd / likelihood.factor, seen) / (1.0 + float(strength[best])))
        allowed[best] = False
    return chosen


def _of_candidates(seen: FloatArray) -> FloatArray:
    """What each candidate sees of itself, from W candidates divided by the noise of each row: [row, candidate] -> [candidate]."""
    rows = len(seen)
    pulses, shifts = np.diagonal(seen[:, :rows]), np.diagonal(np.cumsum(seen[::-1, rows:], axis=0)[::-1])
    return np.concatenate([PULSE_SD * pulses, SHIFT_SD * shifts])


def _gains(strength: FloatArray, pull: FloatArray, whole: float, rows: int) -> FloatArray:
    """Log Bayes factor of each candidate column, its coefficient and the noise integrated out [candidate]."""
    left = np.maximum(whole - pull**2 / (1.0 + strength), 1e-12 * whole)
    power = 0.5 * rows + 1.0
    return np.asarray(power * (np.log(0.01 + 0.5 * whole) - np.log(0.01 + 0.5 * left)) - 0.5 * np.log1p(strength))


def _bursts(series: ResponseSeries) -> npt.NDArray[np.bool_]:
    """Rows in which a channel has more than twice the money of any other row, so that what is odd there may be its doing [row]."""
    if len(series) < 2:
        return np.zeros(len(series), dtype=bool)
    ordered = np.sort(series.spend, axis=0)
    return np.asarray((series.spend > 2.0 * np.maximum(ordered[-2], 1e-300)).any(axis=1))


def _beside(media: FloatArray, likelihood: Likelihood, chosen: Interventions) -> FloatArray:
    return np.concatenate([likelihood.beside(media), chosen.columns * chosen.sd / likelihood.factor[:, None]], axis=1)
