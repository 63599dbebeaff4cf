"""The baselines of geos: one block of columns each, widths chosen together, and the few candidates for the level's step that the outcome allows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from quarterdeck.response.baseline.block import (
    PLAIN_SD,
    STEP_WEIGHTS,
    STEPS,
    Baseline,
    Block,
    Ridge,
    build_baseline,
    build_block,
    evidence_of,
    likeliest_ridge,
    log_evidence,
    raw_columns,
)
from quarterdeck.response.fitting.numerics import matmul_in_rows
from quarterdeck.response.series.series import FloatArray, ResponseSeries

ASKED = 6
"""So many geos, evenly picked, say how wide season and context are: the widths hold for all."""


@dataclass(frozen=True, eq=False)
class GeoBaselines:
    """`layout` of each geo; `blocks` by geo, `kept` candidates each, with `log_step [candidate, geo]`, their log prior weight."""

    layouts: tuple[Baseline, ...]
    blocks: tuple[tuple[Block, ...], ...]
    log_step: FloatArray


def build_geo_baselines(parts: tuple[ResponseSeries, ...], outcome: FloatArray, media: FloatArray, kept: int) -> GeoBaselines:
    """Baselines of the geos `parts`; outcome [geo, row] in standard units, media [geo, row, channel]: one plain feature a channel.

    Each geo keeps the `kept` level steps under which its outcome is most likely with plain media beside them: with dozens of geos a step each is
    enough, because what one geo has wrong the others hardly feel.
    """
    layouts = [build_baseline(part) for part in parts]
    ridge = _choose_ridge(layouts, parts, outcome, media)
    layouts = [replace(layout, ridge=ridge) for layout in layouts]
    blocks, weights = [], []
    for number, (layout, part) in enumerate(zip(layouts, parts, strict=True)):
        tried = [build_block(layout, part, float(step)) for step in STEPS]
        seen = np.array([_block_evidence(each, outcome[number], media[number]) for each in tried]) + np.log(STEP_WEIGHTS)
        best = np.sort(np.argsort(-seen, kind="stable")[:kept])
        blocks.append(tuple(tried[each] for each in best))
        weights.append(np.log(STEP_WEIGHTS[best]))
    return GeoBaselines(tuple(layouts), tuple(blocks), np.array(weights).T)


def _choose_ridge(layouts: list[Baseline], parts: tuple[ResponseSeries, ...], outcome: FloatArray, media: FloatArray) -> Ridge:
    """As `choose_ridge`, by the evidence of several geos together."""
    asked = sorted(set(np.linspace(0, len(parts) - 1, min(ASKED, len(parts))).round().astype(int).tolist()))
    sums = []
    for number in asked:
        raw = np.concatenate([raw_columns(layouts[number], parts[number]), media[number]], axis=1)
        sums.append((layouts[number], matmul_in_rows(raw.T, raw), outcome[number] @ raw, float(outcome[number] @ outcome[number])))

    def evidence(ridge: Ridge) -> float:
        return sum(evidence_of(replace(layout, ridge=ridge), gram, pull, whole, outcome.shape[1]) for layout, gram, pull, whole in sums)

    return likeliest_ridge(layouts[0], evidence)


def _block_evidence(each: Block, outcome: FloatArray, media: FloatArray) -> float:
    columns = np.concatenate([each.columns, PLAIN_SD * media], axis=1)
    return log_evidence(matmul_in_rows(columns.T, columns), outcome @ columns, float(outcome @ outcome), np.ones(columns.shape[1]), len(outcome))
