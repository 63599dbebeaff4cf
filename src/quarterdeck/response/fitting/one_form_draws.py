"""Draws of one matching form: the default model of PyMC-Marketing, sampled by our own sampler.

outcome / its largest = intercept + waves + context + sum of coefficient * tanh(steepness * carried-over spend / 2) + noise, with geometric carry-over of
8 weeks at most whose weights add up to 1, and spend in units of each channel's largest. Priors: intercept and context Normal(0, 2), waves of variance 2,
coefficients HalfNormal(2), carry-over Beta(1, 3), steepness Gamma(3, 1), sd of the noise HalfNormal(2).
Source: PyMC-Marketing 1.3, `MMM.default_model_config`; its Laplace(0, 1) for waves is a Normal of equal variance here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.baseline.block import Block, Scaling, harmonics_for, waves
from quarterdeck.response.fitting import sampler
from quarterdeck.response.fitting.diagnostics import ess, rhat
from quarterdeck.response.fitting.numerics import matmul_in_rows
from quarterdeck.response.fitting.one_form_grid import LONGEST, OneFormGrid, whole_grid
from quarterdeck.response.fitting.whitened import SamplingProblem, Whitened
from quarterdeck.response.series.series import FloatArray, ResponseSeries

CHAINS = 16
SIZE = 12
WAVES = 2
COEFFICIENT_SD = 2.0
ONE_FORM_RHAT, ONE_FORM_ESS = 1.01, 1000.0
_OUTSIDE_SD, _WAVE_SD = 2.0, 2.0**0.5
_SEARCH = (20, 20, 20)
_FIRST_DRAWS, _MOST_DRAWS = 250, 2000
_LEAST_RATE = 1e-9  # of the noise, in units of the largest outcome squared: keeps an outcome without noise within the arithmetic


@dataclass(frozen=True, eq=False)
class OneFormModel:
    """A series in units of its largest values: `outcome [row]`, `spend [row, channel]`, `columns [row, p]` (1, waves, context, exposures).

    `size`: the largest outcome; `money [channel]`: the largest spend of a row (of a channel that never had any: the average of the others);
    `outside`: how context and exposures were scaled.
    """

    series: ResponseSeries
    outcome: FloatArray
    spend: FloatArray
    columns: FloatArray
    harmonics: int
    size: float
    money: FloatArray
    outside: tuple[Scaling, Scaling]

    @property
    def prior_sd(self) -> FloatArray:
        """Of each column's coefficient [p], in units of the largest outcome."""
        waves_end = 1 + 2 * self.harmonics
        return np.concatenate([[_OUTSIDE_SD], np.full(waves_end - 1, _WAVE_SD), np.full(self.columns.shape[1] - waves_end, _OUTSIDE_SD)])


@dataclass(frozen=True, eq=False)
class OneFormDraws:
    """Draws of the model in its own units (largest outcome, largest spend): `carry`, `steepness`, `coefficient`, `brought` (over all rows)
    `[draw, chain, channel]`; `sigma [draw, chain]`; `linear [draw, chain, p]`. Carry-over and steepness are the middles of cells of `spacing [channel, 2]`.
    """

    carry: FloatArray
    steepness: FloatArray
    coefficient: FloatArray
    brought: FloatArray
    sigma: FloatArray
    linear: FloatArray
    spacing: FloatArray

    def watched(self) -> list[FloatArray]:
        """Every sampled figure, each `[draw, chain]`."""
        each_channel = [self.carry, self.steepness, self.coefficient, self.brought, self.linear]
        return [*(column for values in each_channel for column in np.moveaxis(values, 2, 0)), self.sigma]


def prepare_one_form(series: ResponseSeries) -> OneFormModel:
    """The series in the units of the model. Two yearly waves from a year on, fewer below it."""
    size = float(np.abs(series.outcome).max())
    money = series.spend.max(axis=0)
    money = np.where(money > 0, money, series.spend[:, money > 0].mean())
    outside = _scaling(series.context), _scaling(series.exposures)
    harmonics = min(WAVES, harmonics_for(int(series.weeks_long)) + (series.weeks_long >= 52))
    columns = [np.ones((len(series), 1)), waves(series.starts, harmonics), outside[0].applied(series.context), outside[1].applied(series.exposures)]
    scaled = series.outcome / size, series.spend / money, np.concatenate(columns, axis=1)
    return OneFormModel(series, *scaled, harmonics, size, money, outside)


def draw_one_form(model: OneFormModel, rng: np.random.Generator, *, size: int = SIZE) -> OneFormDraws:
    """At least 4,000 draws by 16 chains side by side, more where R-hat is above 1.01 or fewer than 1,000 are independent.

    `size` x `size` cells a channel. The grid is laid three times, each closer round where the chains have been.
    """
    grid, sigma = whole_grid(model.spend.shape[1], size), 0.3 * float(model.outcome.std()) + 1e-6
    whitened = _whitened(model, grid, sigma)
    state = sampler.start(whitened, CHAINS, rng)
    state.noise[:] = sigma**2
    for sweeps in _SEARCH:
        seen = sampler.run(whitened, state, sweeps, rng).after(sweeps // 2)
        sigma = float(np.sqrt(np.median(seen.noise)))
        finer, which = grid.narrowed(seen.cell), np.arange(model.spend.shape[1])
        state.cell = finer.nearest(grid.carry[which, state.cell], grid.steepness[which, state.cell])
        grid = finer
        whitened = _whitened(model, grid, sigma)
    chains = sampler.run(whitened, state, _FIRST_DRAWS, rng)
    draws = _drawn(model, grid, whitened, chains, rng)
    while not has_converged(draws) and len(chains.noise) < _MOST_DRAWS:
        chains = chains.then(sampler.run(whitened, state, len(chains.noise), rng))
        draws = _drawn(model, grid, whitened, chains, rng)
    return draws


def convergence(draws: OneFormDraws) -> tuple[float, float]:
    """The worst R-hat and effective number of draws over everything sampled."""
    watched = draws.watched()
    return max(rhat(each) for each in watched), min(ess(each) for each in watched)


def has_converged(draws: OneFormDraws) -> bool:
    """Whether R-hat is at most 1.01 and 1,000 draws are independent."""
    rhat_max, ess_min = convergence(draws)
    return rhat_max <= ONE_FORM_RHAT and ess_min >= ONE_FORM_ESS


def _whitened(model: OneFormModel, grid: OneFormGrid, sigma: float) -> Whitened:
    """The problem over `grid`. The linear priors are stated in units of the noise, about `sigma`, which lets the sampler integrate them out."""
    channels, sd = model.spend.shape[1], model.prior_sd / sigma
    problem = SamplingProblem(
        model.outcome,
        grid.features(model.spend, LONGEST[model.series.step_days]),
        grid.log_prior,
        np.zeros((channels, 1)),
        np.full((channels, 1), COEFFICIENT_SD),
        np.ones((channels, 1)),
        (Block(0.0, model.columns * sd, sd),),
        np.zeros(1),
        np.zeros(channels, dtype=bool),
        # a flat prior on the sd (HalfNormal(2) is flat where an outcome below 1 can have its noise), and linear priors whose width does not follow the noise
        noise_shape=max(-0.5 * (len(sd) + 1), 0.5 - 0.5 * len(model.outcome)),
        noise_rate=_LEAST_RATE,
    )
    return Whitened(problem)


def _drawn(model: OneFormModel, grid: OneFormGrid, whitened: Whitened, chains: sampler.Chains, rng: np.random.Generator) -> OneFormDraws:
    which, problem = np.arange(model.spend.shape[1]), whitened.problem
    brought = chains.coefficient * problem.feature.sum(axis=2)[which, chains.cell]
    root = whitened.root[0]
    seen = matmul_in_rows(problem.feature.reshape(-1, len(root)), root).reshape(*problem.feature.shape[:2], -1)
    media = np.einsum("dnc,dncp->dnp", chains.coefficient, seen[which, chains.cell])
    projected = (np.einsum("t,tp->p", problem.outcome, root) - media).reshape(-1, root.shape[1])
    linear = whitened.draw_linear_seen(chains.block.ravel(), projected, chains.noise.ravel(), rng) * problem.blocks[0].prior_sd
    return OneFormDraws(
        grid.carry[which, chains.cell],
        grid.steepness[which, chains.cell],
        chains.coefficient,
        brought,
        np.sqrt(chains.noise),
        linear.reshape(*chains.noise.shape, -1),
        grid.spacing,
    )


def _scaling(columns: FloatArray) -> Scaling:
    largest = np.abs(columns).max(axis=0, initial=0.0)
    return Scaling(np.zeros(columns.shape[1]), np.where(largest > 0, largest, 1.0))
