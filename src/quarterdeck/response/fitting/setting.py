"""Setting: a series made ready to be sampled, in standard units, with everything chosen that is chosen beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from quarterdeck.response.baseline.block import STEP_WEIGHTS, STEPS, Baseline, build_baseline, build_block, choose_ridge
from quarterdeck.response.findings.findings import find_about_data
from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.fitting.likelihood import Likelihood
from quarterdeck.response.fitting.whitened import SamplingProblem, Whitened
from quarterdeck.response.model.cells import HARM_WEIGHT, Cells, build_cells, build_grid, plain_features
from quarterdeck.response.model.drift import Varying
from quarterdeck.response.model.forms import of_channels
from quarterdeck.response.model.interventions import Interventions, find_interventions
from quarterdeck.response.model.noise import NoiseShape, choose_noise
from quarterdeck.response.model.opening import choose_carry_in, usual_carries
from quarterdeck.response.model.organic import CarryOver, with_carry_over
from quarterdeck.response.model.persistence import block_without_memory, choose_persistence, without_memory
from quarterdeck.response.model.units import in_own_units, other_units, say_units
from quarterdeck.response.priors.priors import ReturnBeliefs, ReturnPrior, build_beliefs
from quarterdeck.response.series.repairs import repair_spend, say_repairs
from quarterdeck.response.series.series import FloatArray, ResponseSeries

LEFT_OUT = ("context_copies_spend", "context_follows_media", "context_duplicate")
"""Findings about context that counts for nothing: channels bring it about, and beside it would lose what they bring through it; or it stands there
twice."""
_LIKELY_STEPS = (0, 2, 3)


@dataclass(frozen=True, eq=False)
class Setting:
    """A series made ready to be sampled.

    `given` is the series as it came, `series` with plainly wrong amounts of spend replaced (`repairs`); `found`: what was found before fitting.
    `money [channel]`: what a return of 1 is as a coefficient in standard units; `may_harm [channel]`: whether it may take away: channels with spend of
    whose return nobody has said anything. `organic`: how unpaid exposures are carried over; `series` holds them as they came.
    """

    given: ResponseSeries
    series: ResponseSeries
    cells: Cells
    layout: Baseline
    beliefs: ReturnBeliefs
    shape: NoiseShape
    factor: FloatArray
    centre: float
    scale: float
    money: FloatArray
    may_harm: npt.NDArray[np.bool_]
    interventions: Interventions
    found: tuple[Finding, ...]
    whitened: Whitened
    organic: CarryOver
    varying: Varying | None = None


def prepare(series: ResponseSeries, priors: Mapping[str, ReturnPrior]) -> Setting:
    """Standard units, repairs, layout of the baseline and what bends it, cells, and priors in those units."""
    given, found = series, find_about_data(series)
    centre, scale = float(series.outcome.mean()), float(series.outcome.std())
    outcome = (series.outcome - centre) / scale
    layout = build_baseline(series, [each.column for each in found if each.code in LEFT_OUT and each.column is not None])
    series, repairs = repair_spend(series, Likelihood((build_block(layout, series, float(STEPS[2])),), outcome, np.ones(len(series))))
    media = plain_features(series.spend, series.step_days)
    layout, sent = choose_ridge(layout, series, outcome, media), series.exposures
    series, layout, organic = with_carry_over(series, layout, outcome, media)
    shape, factor = choose_noise(layout, series, media)
    blocks = tuple(build_block(layout, series, float(step), factor) for step in STEPS)
    likelihood = Likelihood(tuple(blocks[step] for step in _LIKELY_STEPS), outcome, factor)
    interventions = find_interventions(series, found, likelihood, media)
    blocks = tuple(interventions.added_to(block, factor) for block in blocks)
    likelihood = replace(likelihood, blocks=tuple(blocks[step] for step in _LIKELY_STEPS))
    carry_in = choose_carry_in(series, likelihood)
    cells = build_cells(series.spend, step_days=series.step_days, grid=build_grid(series.step_days, harm=HARM_WEIGHT), carry_in=carry_in)
    persistence = choose_persistence(likelihood, likelihood.beside(_several_curves(series, carry_in)))
    units = other_units(series, likelihood)
    beliefs = in_own_units(build_beliefs(series, priors), units)
    money = cells.spend / (len(series) * scale)
    may_harm = beliefs.shared & (series.spend.sum(axis=0) > 0)
    problem = SamplingProblem(
        without_memory(outcome / factor, persistence),
        without_memory(cells.feature / factor, persistence),
        of_channels(cells, cells.log_prior, may_harm),
        beliefs.location * money[:, None],
        beliefs.scale * money[:, None],
        beliefs.weight,
        tuple(block_without_memory(block, persistence) for block in blocks),
        np.log(STEP_WEIGHTS),
        beliefs.shared,
    )
    series = replace(series, exposures=sent)
    found = (*found, *say_repairs(given, repairs), *say_units(series, units))
    shape = replace(shape, persistence=persistence)
    return Setting(
        given, series, cells, layout, beliefs, shape, factor, centre, scale, money, may_harm, interventions, found, Whitened(problem), organic
    )


def _several_curves(series: ResponseSeries, carry_in: FloatArray) -> FloatArray:
    """A few usual curves of each channel [row, feature], so that noise is not blamed for what a single one of them would miss."""
    cells = build_cells(series.spend, step_days=series.step_days, grid=usual_carries(series.step_days), carry_in=carry_in)
    return cells.feature.reshape(-1, len(series)).T
