"""Varying: linear blocks in which the effect of a channel wanders over time, from which the chains choose as they choose how the level moves.

Beside the usual columns such a block has f(t) h_k(t) for each piece k of time: f is what the channel's curves look like on average in a first look, h_k rises
from 0 to 1 over the piece, less its mean weighed by f, so that the coefficient of the curve stays the effect over all rows. Steps are Gaussian: a random walk
over coarse knots that is integrated out with the rest of the block. Constant and varying effects are thus averaged by how likely they make the outcome.
Sources: Harvey 1989, "Forecasting, structural time series models and the Kalman filter", section 7.7 (coefficients that vary); Hoeting et al. 1999,
"Bayesian model averaging: a tutorial".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from quarterdeck.response.baseline.block import Block
from quarterdeck.response.fitting.numerics import inverse_factor, matmul_in_rows
from quarterdeck.response.fitting.sampler import Chains
from quarterdeck.response.fitting.setting import Setting
from quarterdeck.response.fitting.whitened import SamplingProblem, Whitened
from quarterdeck.response.model.drift import Varying
from quarterdeck.response.model.persistence import without_memory
from quarterdeck.response.series.series import FloatArray

LEAST_WEEKS, KNOT_WEEKS = 78, 26
STEP_SD = 0.3
"""Sd of an effect's step from knot to knot, as a share of the effect."""
WEIGHT = 0.1
"""How likely it is, before the outcome is seen, that effects changed."""
MOST_CHANNELS, MOST_BLOCKS = 3, 4
_LEAST_STRENGTH = 1.0
_LEAST_ODDS = 0.1
_LOOKED_AT = 240


@dataclass(frozen=True, eq=False)
class Candidate:
    """A block in which the effects of the channels numbered `group` vary, and its prior weight beside those of the usual blocks, as a logarithm."""

    block: Block
    group: tuple[int, ...]
    log_weight: float


def let_effects_vary(setting: Setting, look: Chains) -> tuple[Whitened, Varying] | None:
    """The problem with blocks in which the effects of the strongest channels vary, those that the outcome does not rule out after a first `look`.

    None where there are none. How likely a block is against the usual ones is the mean of the ratio of likelihoods over draws that know only the usual
    ones. Source: Gelman & Meng 1998, "Simulating normalizing constants", section 2 (importance sampling).
    """
    if setting.series.weeks_long < LEAST_WEEKS:
        return None
    signed = (look.coefficient * setting.cells.sign[look.cell]).reshape(-1, look.cell.shape[2])
    channels = _strongest(setting, signed)
    if not channels:
        return None
    layout = _layout(setting, look, channels)
    candidates = _candidates(setting, layout, STEP_SD * np.maximum(signed.mean(axis=0), 0.0) / np.sqrt(float(look.noise.mean())))
    odds = _log_odds(setting.whitened, look, candidates)
    taken = [candidates[int(each)] for each in np.argsort(-odds, kind="stable")[:MOST_BLOCKS] if odds[each] > np.log(_LEAST_ODDS)]
    if not taken:
        return None
    whitened = setting.whitened.with_blocks(tuple(each.block for each in taken), np.array([each.log_weight for each in taken]))
    blocks = tuple(() for _ in setting.whitened.problem.blocks) + tuple(each.group for each in taken)
    return whitened, replace(layout, blocks=blocks)


def _strongest(setting: Setting, signed: FloatArray) -> tuple[int, ...]:
    """The channels with money whose effect is surest, in the order of the series. signed [draw, channel]: coefficients, below 0 where they take away."""
    strength = signed.mean(axis=0) / np.maximum(signed.std(axis=0), 1e-12)
    spent = setting.series.spend.max(axis=0) > 0
    order = [int(each) for each in np.argsort(-strength, kind="stable") if spent[each] and strength[each] > _LEAST_STRENGTH]
    return tuple(sorted(order[:MOST_CHANNELS]))


def _candidates(setting: Setting, layout: Varying, sds: FloatArray) -> list[Candidate]:
    """Each usual block with the effect of one channel that varies, and with all of them. sds [channel]: of a step, in units of the noise."""
    problem = setting.whitened.problem
    groups = [(each,) for each in layout.channels] + ([layout.channels] if len(layout.channels) > 1 else [])
    share = float(np.log(WEIGHT / (1.0 - WEIGHT) / len(groups)))
    return [
        Candidate(_wider(setting, layout, block, group, sds), group, float(problem.log_step[step]) + share)
        for step, block in enumerate(problem.blocks)
        for group in groups
    ]


def _layout(setting: Setting, look: Chains, channels: tuple[int, ...]) -> Varying:
    cells, rows = setting.cells, len(setting.series)
    piece = KNOT_WEEKS * 7 // setting.series.step_days
    pieces = max(2, round(rows / piece))
    count = np.stack([np.bincount(look.cell[:, :, each].ravel(), minlength=len(cells.decay)) for each in range(look.cell.shape[2])])
    share = count / count.sum(axis=1, keepdims=True)
    feature = np.einsum("ck,k,ckt->tc", share, cells.sign, cells.feature)
    knots = np.linspace(1.0 - rows, 0.0, pieces + 1)
    rise = np.tril(np.ones((pieces + 1, pieces)), -1)
    along = _along(knots, rise, rows)
    mean = np.einsum("tp,tc->cp", along, feature[:, list(channels)]) / rows
    return Varying(channels, feature, knots, rise[:, None, :] - mean, ())


def _along(knots: FloatArray, values: FloatArray, rows: int) -> FloatArray:
    """values [knot, column] straight between knots -> [row, column]."""
    time = np.arange(1 - rows, 1, dtype=np.float64)
    return np.stack([np.interp(time, knots, column) for column in values.T], axis=1)


def _wider(setting: Setting, layout: Varying, block: Block, group: tuple[int, ...], sds: FloatArray) -> Block:
    """`block` with the columns of all channels, those outside `group` without any width."""
    parts, pieces, rows = [block.columns], layout.rise.shape[2], len(setting.series)
    width = np.repeat([sds[each] if each in group else 0.0 for each in layout.channels], pieces)
    for place, channel in enumerate(layout.channels):
        moved = _along(layout.knots, layout.rise[:, place], rows) * layout.feature[:, [channel]]
        parts.append(without_memory((moved / setting.factor[:, None]).T, setting.shape.persistence).T)
    columns = np.concatenate(parts, axis=1)
    columns[:, block.columns.shape[1] :] *= width
    return Block(block.step, columns, np.concatenate([block.prior_sd, width]))


def _log_odds(whitened: Whitened, look: Chains, candidates: list[Candidate]) -> FloatArray:
    """How likely each candidate, with its prior weight, is against all usual blocks together, as a logarithm [candidate]."""
    problem = whitened.problem
    draws = np.linspace(0, look.noise.size - 1, min(_LOOKED_AT, look.noise.size)).round().astype(int)
    cell, coefficient = (each.reshape(-1, each.shape[2])[draws] for each in (look.cell, look.coefficient))
    left = problem.outcome - np.einsum("nc,nct->nt", coefficient, problem.feature[np.arange(cell.shape[1]), cell])
    usual = np.logaddexp.reduce(problem.log_step + whitened.half_log_det + _log_left(problem, left, whitened.squares(left)), axis=1)
    whole, odds = np.einsum("nt,nt->n", left, left), []
    for candidate in candidates:
        block = candidate.block
        inverse = inverse_factor(np.eye(block.columns.shape[1]) + matmul_in_rows(block.columns.T, block.columns))
        seen = matmul_in_rows(matmul_in_rows(left, block.columns), inverse.T)
        squares = np.maximum(whole - np.einsum("np,np->n", seen, seen), 1e-300)
        ratio = candidate.log_weight + np.log(np.diag(inverse)).sum() + _log_left(problem, left, squares) - usual
        odds.append(float(np.logaddexp.reduce(ratio) - np.log(len(ratio))))
    return np.array(odds)


def _log_left(problem: SamplingProblem, left: FloatArray, squares: FloatArray) -> FloatArray:
    """Log likelihood of what is left, the noise integrated out, up to what all blocks share."""
    return np.asarray(-(problem.noise_shape + 0.5 * left.shape[1]) * np.log(problem.noise_rate + 0.5 * squares))
