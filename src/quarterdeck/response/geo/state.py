"""Where the chains of a fit of geos stand, and the draws that they leave behind."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from quarterdeck.response.fitting.numerics import IntArray, draw_above_zero, pick
from quarterdeck.response.geo.view import GeoView
from quarterdeck.response.series.series import FloatArray


@dataclass(eq=False)
class State:
    """`cell`, `level`, `option` (of the spread over geos) `[chain, channel]`; `coefficient [geo, chain, channel]`; `company [chain]` (component);
    `noise` (variance, over `trust`), `block [geo, chain]`; `shock [chain, shock]` and `shock_sd [chain]`; `left [geo, chain, row]`: what media and shocks leave of the
    outcome, as W sees it; `counted [channel, cell]`: when given, how likely each cell was is added up there."""

    cell: IntArray
    level: FloatArray
    option: IntArray
    coefficient: FloatArray
    company: IntArray
    noise: FloatArray
    block: IntArray
    shock: FloatArray
    shock_sd: FloatArray
    left: FloatArray
    counted: FloatArray | None = None


@dataclass(frozen=True, eq=False)
class Chains:
    """Draws, their first axis: the parts of `State` that are kept, each with the axes it has there."""

    cell: IntArray
    level: FloatArray
    option: IntArray
    coefficient: FloatArray
    noise: FloatArray
    block: IntArray
    shock: FloatArray
    shock_sd: FloatArray

    @classmethod
    def empty(cls, state: State, draws: int) -> Chains:
        """Room for `draws` draws."""
        return cls(*(np.empty((draws, *getattr(state, each.name).shape), getattr(state, each.name).dtype) for each in fields(cls)))

    def keep(self, draw: int, state: State) -> None:
        """Write down where the chains stand."""
        for each in fields(self):
            getattr(self, each.name)[draw] = getattr(state, each.name)

    def after(self, first: int) -> Chains:
        """Without the first draws."""
        return Chains(*(getattr(self, each.name)[first:] for each in fields(self)))

    def then(self, later: Chains) -> Chains:
        """These draws followed by `later` ones."""
        return Chains(*(np.concatenate([getattr(self, each.name), getattr(later, each.name)]) for each in fields(self)))


def start(view: GeoView, chains: int, rng: np.random.Generator) -> State:
    """Chains spread over the prior."""
    problem = view.problem
    channels, (geos, rows) = len(problem.feature), problem.outcome.shape
    company = pick(np.broadcast_to(np.log(problem.company_weight), (chains, len(problem.company_weight))), rng)
    common = problem.company[company][:, None] * problem.money
    stated = problem.stated > 0
    level = draw_above_zero(np.where(stated, problem.location, common), np.where(stated, problem.scale, problem.spread * common), rng)
    option = rng.integers(len(problem.spreads), size=(chains, channels))
    each = np.broadcast_to(level, (geos, chains, channels))
    coefficient = draw_above_zero(each, problem.spreads[option] * each, rng)
    noise, block = np.full((geos, chains), 0.5), rng.integers(len(problem.baselines.log_step), size=(geos, chains))
    shock, shock_sd = np.zeros((chains, problem.shocks)), np.exp(rng.uniform(-3.0, -1.0, size=chains))
    cell = rng.integers([each.shape[1] for each in problem.feature], size=(chains, channels))
    return State(cell, level, option, coefficient, company, noise, block, shock, shock_sd, np.zeros((geos, chains, rows)))
