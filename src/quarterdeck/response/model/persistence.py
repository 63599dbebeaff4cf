"""Persistence: noise that carries on from row to row, as when demand that nobody measured comes and goes over some weeks.

A share rho of a row's noise is still there in the next one. Rows less rho times the row before them have noise without memory, so everything is fitted on
those. Source: Prais & Winsten 1954, "Trend estimators and serial correlation".
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from quarterdeck.response.baseline.block import Block
from quarterdeck.response.fitting.likelihood import Likelihood
from quarterdeck.response.series.series import FloatArray

SHARES = (0.0, 0.3, 0.5, 0.7, 0.85)
_CLEAR = 5.0
"""Noise has a memory when that is so many times likelier than none."""


def without_memory(rows: FloatArray, share: float) -> FloatArray:
    """`rows` [..., row], each less `share` of the row before it; the first one shrunk so that its noise is as large as that of the others."""
    if share == 0.0:
        return rows
    left = rows.copy()
    left[..., 1:] -= share * rows[..., :-1]
    left[..., 0] *= (1.0 - share**2) ** 0.5
    return left


def block_without_memory(block: Block, share: float) -> Block:
    """`block` for such rows."""
    return block if share == 0.0 else replace(block, columns=np.ascontiguousarray(without_memory(block.columns.T, share).T))


def with_memory(noise: FloatArray, share: float) -> FloatArray:
    """Noise [draw, row] without memory made such that `share` of it is still there in the next row, its size unchanged."""
    if share == 0.0:
        return noise
    carried = noise.copy()
    for row in range(1, noise.shape[1]):
        carried[:, row] = share * carried[:, row - 1] + (1.0 - share**2) ** 0.5 * noise[:, row]
    return carried


def choose_persistence(likelihood: Likelihood, beside: FloatArray) -> float:
    """The share of the noise that is still there in the next row under which the outcome is most likely, 0 unless that is clear.

    beside [row, p]: columns of unit prior beside the blocks.
    """
    scores = [_score(likelihood, beside, share) - np.log(_CLEAR) * (share > 0) for share in SHARES]
    return SHARES[int(np.argmax(scores))]


def _score(likelihood: Likelihood, beside: FloatArray, share: float) -> float:
    blocks = tuple(block_without_memory(block, share) for block in likelihood.blocks)
    seen = replace(likelihood, blocks=blocks, standard=without_memory(likelihood.outcome, share) * likelihood.factor)
    return float(seen.with_columns(without_memory(beside.T, share).T).max()) + 0.5 * float(np.log1p(-(share**2)))
