"""ResponseFit: everything a fit learned, as draws; frozen, and enough to predict from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from quarterdeck.response.baseline.block import Scaling, waves, weekdays, weeks_of_year
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.curves.summary import Summary, summarise
from quarterdeck.response.fitting.diagnostics import FitDiagnostics
from quarterdeck.response.model.drift import Drift
from quarterdeck.response.model.noise import NoiseShape
from quarterdeck.response.model.organic import CarryOver
from quarterdeck.response.priors.priors import ReturnPrior
from quarterdeck.response.series.series import FloatArray, ResponseSeries

_YEAR_DAYS = 364


def _no_events() -> FloatArray:
    return np.zeros((0, 0))


@dataclass(frozen=True, eq=False)
class BaselineDraws:
    """The baseline in units of the outcome. Time is counted in rows (weeks, or days) from the last fitted one (0), earlier rows are negative.

    Shapes: `knots [knot]`; `level [draw, knot]`, straight between knots and flat after the last; `slope [draw]` a row; `wave [draw, 2 * harmonics]`;
    `week [draw, 52]` of the year (no columns when the series is shorter than two years); `context [draw, name]`, `exposures [draw, exposure]`
    for one standard unit of each column; `step [draw]`: sd of the level's step from row to row; `weekday [draw, 7]` (no columns unless rows are days).
    `event [draw, k]`: odd weeks, shifts and hidden demand (see `interventions`), for one unit of each column of `events [row, k]`, whose rows are the
    fitted ones; after them those that last (`event_lasts [k]`) go on as they ended, hidden demand goes on as it was over the last year, and odd weeks
    are over. `organic`: how exposures are carried over before they are scaled.
    """

    knots: FloatArray
    level: FloatArray
    slope: FloatArray
    wave: FloatArray
    week: FloatArray
    context: FloatArray
    exposures: FloatArray
    step: FloatArray
    context_scaling: Scaling
    exposure_scaling: Scaling
    weekday: FloatArray
    step_days: int = 7
    event: FloatArray = field(default_factory=_no_events)
    events: FloatArray = field(default_factory=_no_events)
    event_lasts: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    organic: CarryOver = field(default_factory=CarryOver)

    def at(self, weeks: tuple[date, ...], last_week: date, context: FloatArray, exposures: FloatArray) -> FloatArray:
        """The baseline in `weeks` [draw, week], the level held where it stood at the end. context [week, name], exposures [week, exposure]."""
        time = np.array([(week - last_week).days / self.step_days for week in weeks])
        drift = self.level @ _interpolation(time, self.knots).T + self.slope[:, None] * time
        season = self.wave @ waves(weeks, self.wave.shape[1] // 2).T + self.week @ weeks_of_year(weeks)[:, : self.week.shape[1]].T
        season += self.weekday @ weekdays(weeks)[:, : self.weekday.shape[1]].T
        outside = (
            self.context @ self.context_scaling.applied(context).T + self.exposures @ self.exposure_scaling.applied(self.carried(exposures, time)).T
        )
        total: FloatArray = drift + season + outside
        return total + self.event @ self._events_in(time).T if self.event.size else total

    def carried(self, exposures: FloatArray, time: FloatArray) -> FloatArray:
        """What exposures [..., row, exposure] count for; `time` [row] is counted from the last fitted row, without gaps."""
        return self.organic.at(exposures, len(self.organic.past) - 1 + round(float(time[0]))) if len(time) else exposures

    def _events_in(self, time: FloatArray) -> FloatArray:
        """The columns of `events` at `time` [row], counted from the last fitted row -> [row, k]."""
        row = len(self.events) - 1 + np.round(time).astype(int)
        inside = self.events[np.clip(row, 0, len(self.events) - 1)] * (row >= 0)[:, None]
        return np.asarray(np.where((row >= len(self.events))[:, None], self.events_ahead, inside))

    @property
    def hides_demand(self) -> npt.NDArray[np.bool_]:
        """Which columns of `events` are hidden demand [k]: neither a shift nor one odd week."""
        return np.asarray(~self.event_lasts & (np.count_nonzero(self.events, axis=0) > 1))

    @property
    def events_ahead(self) -> FloatArray:
        """What is expected of each column of `events` after the fitted rows [k]. Demand that stood low or high for a year is not back at its mean at once."""
        usual = self.events[-_YEAR_DAYS // self.step_days :].mean(axis=0)
        return np.asarray(self.events[-1] * self.event_lasts + usual * self.hides_demand)


@dataclass(frozen=True, eq=False)
class ChannelEffect:
    """What one channel brought over the fitted rows, and how sure that is.

    `contribution [draw]` (units of the metric), `returns [draw]` (units of the metric per unit of money). `prior_share`: 1 when the answer is as
    wide as the prior was, 0 when the data decided alone: the variance of the return after, as a share of the variance before (at most 1). For a
    channel with the default prior, before means: with the common level of the company's channels known, so that what other channels show about
    that level is not taken for knowledge of this one. Source: contraction, Schad, Betancourt & Vasishth 2021, "Toward a principled Bayesian
    workflow in cognitive science".
    """

    channel: str
    contribution: FloatArray
    returns: FloatArray
    prior: ReturnPrior
    prior_share: float
    brought: Summary
    per_money: Summary


@dataclass(frozen=True, eq=False)
class ResponseFit:
    """A fitted response model.

    `series`: the rows it was fitted on. `returns [draw, channel]`: over those rows. `carry_in [channel]`: carried-over spend assumed at the
    eve of the first row. `sigma [draw]`: sd of the noise of a usual week,
    `noise_shape`: what it is in others. `prior_sds [channel]`: sd of the prior of the return where the answer lies (`priors.prior_sds`).
    `drift`: how effects changed over the fitted rows, None when none may have; `curves` bring what they bring at the end, `returns` are over all rows.
    """

    series: ResponseSeries
    curves: ResponseCurves
    returns: FloatArray
    carry_in: FloatArray
    baseline: BaselineDraws
    sigma: FloatArray
    noise_shape: NoiseShape
    priors: tuple[ReturnPrior, ...]
    prior_sds: FloatArray
    diagnostics: FitDiagnostics
    seed: int
    drift: Drift | None = None

    @property
    def metric(self) -> str:
        """What is counted."""
        return self.series.metric

    @property
    def weeks(self) -> tuple[date, ...]:
        """The first day of each fitted row: Mondays, unless rows are days or weeks begin on another day."""
        return self.series.starts

    @property
    def channels(self) -> tuple[str, ...]:
        """The paid channels."""
        return self.series.channels

    @property
    def spend(self) -> FloatArray:
        """Spend of the fitted rows [week, channel]."""
        return self.series.spend

    @property
    def draws(self) -> int:
        """How many draws were kept."""
        return int(self.sigma.shape[0])

    def channel_effects(self) -> dict[str, ChannelEffect]:
        """One `ChannelEffect` a channel, in the order of `channels`."""
        return {name: self._effect(number, name) for number, name in enumerate(self.channels)}

    def media_fitted(self) -> FloatArray:
        """What each channel brought in each fitted row [draw, week, channel]."""
        at_end = self.curves.started(self.carry_in).contribution(self.spend)
        if self.drift is None:
            return at_end
        known = len(self.drift.feature)
        curves = replace(self.curves, ceiling=self.drift.ceiling).started(self.carry_in)
        return np.concatenate([curves.contribution(self.spend[:known]) + self.drift.brought(), at_end[:, known:]], axis=1)

    def baseline_fitted(self) -> FloatArray:
        """The baseline in each fitted row [draw, week]."""
        return self.baseline.at(self.weeks, self.weeks[-1], self.series.context, self.series.exposures)

    def _repr_html_(self) -> str:
        from quarterdeck.response.curves.shown import effects_html

        return effects_html(repr(self).splitlines()[0], self.channel_effects(), self.diagnostics)

    def __repr__(self) -> str:
        checks = self.diagnostics
        head = (
            f"ResponseFit of {self.metric}: {len(self.weeks)} {self.series.row_word}s to {self.weeks[-1].isoformat()}, {self.draws} draws, "
            f"{'converged' if checks.ok else 'NOT CONVERGED'} (R-hat {checks.rhat_max:.3f}, ESS {checks.ess_min:,.0f})"
        )
        lines = [
            f"  {effect.channel}: brought {effect.brought}, return {effect.per_money}, {effect.prior_share:.0%} prior ({effect.prior.source})"
            for effect in self.channel_effects().values()
        ]
        return "\n".join([head, *lines, *(f"  ! {finding.text}" for finding in self.diagnostics.findings)])

    def _effect(self, number: int, name: str) -> ChannelEffect:
        returns = self.returns[:, number]
        contribution = returns * float(self.spend[:, number].sum())
        per_money = summarise(returns)
        share = min(1.0, float(returns.var()) / float(self.prior_sds[number]) ** 2)
        return ChannelEffect(name, contribution, returns, self.priors[number], share, summarise(contribution), per_money)


def _interpolation(time: FloatArray, knots: FloatArray) -> FloatArray:
    """Weights [week, knot] of straight lines between `knots`; outside them the nearest knot alone."""
    return np.stack([np.interp(time, knots, unit) for unit in np.eye(len(knots))], axis=1)
