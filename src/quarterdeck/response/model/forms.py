"""Forms: what kind of curve each channel has (S-shaped or not, delayed or not), and what the channels of one company teach each other about it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from quarterdeck.response.fitting.numerics import IntArray
from quarterdeck.response.model import saturation
from quarterdeck.response.model.cells import DELAY_WEIGHT, S_WEIGHT, Cells
from quarterdeck.response.series.series import FloatArray

_SHARES = np.linspace(0.01, 0.99, 99)
_FIRMNESS = 2.5
"""How many channels' worth of belief stands behind the usual share of S-shaped, or delayed, channels."""
_LEAST = 0.005
_NEVER = -1e4


def s_shaped(cells: Cells) -> npt.NDArray[np.bool_]:
    """Which cells rise slowly at first [cell]."""
    return saturation.is_s_shaped(cells.form, cells.steepness)


def of_channels(cells: Cells, log_prior: FloatArray, may_harm: npt.NDArray[np.bool_]) -> FloatArray:
    """`log_prior` [cell] for each channel: without the cells that take away where it may not harm. [channel] -> [channel, cell]."""
    return np.where((cells.sign > 0) | may_harm[:, None], log_prior, _NEVER)


def learned_log_prior(cells: Cells, log_prior: FloatArray, cell: IntArray) -> FloatArray:
    """`log_prior` [cell] once the channels have taught each other how many of them are S-shaped and how many are delayed.

    cell [draw, chain, channel]: a first look under `log_prior`. The share of channels that are of a kind is unknown (a beta distribution around the usual
    share); its posterior mean given how strongly each channel speaks is the new weight of the kind. Source: empirical Bayes of mixture weights,
    Efron 2010, "Large-scale inference", chapter 2.
    """
    learned = log_prior
    for kind, usual in ((s_shaped(cells), S_WEIGHT), (cells.delay > 0, DELAY_WEIGHT)):
        before = float(np.exp(log_prior[kind]).sum() / np.exp(log_prior).sum())
        after = _share_learned(kind[cell].mean(axis=(0, 1)), before, usual)
        learned = learned + np.where(kind, np.log(after / before), np.log((1.0 - after) / (1.0 - before)))
    return np.asarray(learned - np.logaddexp.reduce(learned))


def _share_learned(of_kind: FloatArray, before: float, usual: float) -> float:
    """The posterior mean of the share of channels of a kind. of_kind [channel]: how likely each is, when the share was believed to be `before`."""
    likely = np.clip(of_kind, _LEAST, 1.0 - _LEAST)
    factor = likely / (1.0 - likely) * (1.0 - before) / before  # Bayes factor of the kind, for each channel
    log_weight = (_FIRMNESS * usual - 1.0) * np.log(_SHARES) + (_FIRMNESS * (1.0 - usual) - 1.0) * np.log1p(-_SHARES)
    log_weight = log_weight + np.log(_SHARES[:, None] * factor + 1.0 - _SHARES[:, None]).sum(axis=1)
    weight = np.exp(log_weight - log_weight.max())
    return float(weight @ _SHARES / weight.sum())
