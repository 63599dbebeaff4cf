"""GeoFit: what was learned of several geos together: a fit for each of them, draw by draw, so that their sums are draws of the total."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.diagnostics import FitDiagnostics
from quarterdeck.response.fitted import ChannelEffect, ResponseFit
from quarterdeck.response.forecast import Forecast, predict_outcome
from quarterdeck.response.geo.series import GeoSeries
from quarterdeck.response.priors import ReturnPrior
from quarterdeck.response.series import FloatArray
from quarterdeck.response.summary import summarise

SPLIT_ROWS = 13
"""Money ahead that is given in total is split over geos as in so many of the last rows."""


@dataclass(frozen=True, eq=False)
class GeoFit:
    """A fitted model of several geos.

    `fits`: one `ResponseFit` a geo, in the order of `series.geos`; draw n of each belongs together. `returns [draw, channel]`: of all geos together,
    over the fitted rows. `shock [draw]`: sd of what moves the outcome of all geos alike in a row, in units of the outcome per head (see
    `GeoSeries.heads`); it is part of each geo's `sigma`. `shocks [draw, row]`: those of the fitted rows. `prior_sds [channel]`: as in `ResponseFit`,
    for the total.
    """

    series: GeoSeries
    fits: tuple[ResponseFit, ...]
    returns: FloatArray
    shock: FloatArray
    shocks: FloatArray
    priors: tuple[ReturnPrior, ...]
    prior_sds: FloatArray
    diagnostics: FitDiagnostics
    seed: int

    @property
    def metric(self) -> str:
        """What is counted."""
        return self.series.metric

    @property
    def geos(self) -> tuple[str, ...]:
        """The names of the geos."""
        return self.series.geos

    @property
    def channels(self) -> tuple[str, ...]:
        """The paid channels."""
        return self.series.channels

    @property
    def draws(self) -> int:
        """How many draws were kept."""
        return int(self.shock.shape[0])

    def of_geo(self, geo: str) -> ResponseFit:
        """The fit of one geo. Raises KeyError for a geo that the series does not have."""
        if geo not in self.geos:
            raise KeyError(f"no geo {geo}: the fit has {', '.join(self.geos)}")
        return self.fits[self.geos.index(geo)]

    def channel_effects(self) -> dict[str, ChannelEffect]:
        """What each channel brought in all geos together, and its return on all the money spent on it; in the order of `channels`."""
        return {name: self._effect(number, name) for number, name in enumerate(self.channels)}

    def effects_by_geo(self) -> dict[str, dict[str, ChannelEffect]]:
        """By geo, then by channel: the same draws, so that contributions add up to `channel_effects` draw by draw."""
        return {geo: fit.channel_effects() for geo, fit in zip(self.geos, self.fits, strict=True)}

    def contributions(self) -> FloatArray:
        """What each channel brought over the fitted rows [draw, geo, channel]."""
        return np.stack([fit.returns * fit.spend.sum(axis=0) for fit in self.fits], axis=1)

    def predict(
        self,
        *,
        spend_ahead: FloatArray | None = None,
        rows: int | None = None,
        context_ahead: FloatArray | None = None,
        seed: int = 0,
    ) -> Forecast:
        """The forecast of all geos together; arguments as in `predict_by_geo`."""
        each = self.predict_by_geo(spend_ahead=spend_ahead, rows=rows, context_ahead=context_ahead, seed=seed).values()
        first = next(iter(each))
        return replace(
            first,
            baseline=np.sum([one.baseline for one in each], axis=0),
            media=np.sum([one.media for one in each], axis=0),
            noise=np.sum([one.noise for one in each], axis=0),
        )

    def predict_by_geo(
        self,
        *,
        spend_ahead: FloatArray | None = None,
        rows: int | None = None,
        context_ahead: FloatArray | None = None,
        seed: int = 0,
    ) -> dict[str, Forecast]:
        """One forecast a geo for the rows that follow; what moves all geos alike is the same in each of them.

        spend_ahead `[geo, row, channel]`, or `[row, channel]` for all geos together, which is split as in the last 13 rows; None: as in the mean of
        those rows, for `rows` rows (13 when not given). context_ahead `[geo, row, name]` (None: the mean over the fitted rows).
        Raises: InvalidInput for other shapes (RESPONSE-034) and as `predict_outcome`.
        """
        spend = self._spend_by_geo(spend_ahead, rows)
        count = spend.shape[1]
        if context_ahead is not None and context_ahead.shape != (len(self.geos), count, len(self.series.context_names)):
            raise _wrong_shape(
                "context_ahead", context_ahead.shape, f"{len(self.geos)} geos by {count} rows by {len(self.series.context_names)} columns"
            )
        shocks = np.random.default_rng(seed).standard_normal((self.draws, count)) * self.shock[:, None]
        shocks -= shocks.mean(axis=0)
        forecasts = {}
        for number, (geo, fit) in enumerate(zip(self.geos, self.fits, strict=True)):
            alike = self.shock * self.series.heads[number]
            own = replace(fit, sigma=np.sqrt(np.maximum(fit.sigma**2 - alike**2, 0.0)))
            ahead = None if context_ahead is None else context_ahead[number]
            one = predict_outcome(own, spend_ahead=spend[number], context_ahead=ahead, exposures_ahead=None, seed=seed + 1 + number)
            forecasts[geo] = replace(one, noise=one.noise + shocks * self.series.heads[number])
        return forecasts

    def _spend_by_geo(self, ahead: FloatArray | None, rows: int | None) -> FloatArray:
        last = self.series.spend[:, -SPLIT_ROWS:]
        if ahead is None:
            return np.repeat(last.mean(axis=1)[:, None], rows or SPLIT_ROWS, axis=1)
        spend = np.asarray(ahead, dtype=np.float64)
        expected = (len(self.geos), spend.shape[-2] if spend.ndim > 1 else 0, len(self.channels))
        if spend.ndim == 3 and spend.shape == expected:
            return spend
        if spend.ndim != 2 or spend.shape[1] != len(self.channels):
            raise _wrong_shape("spend_ahead", spend.shape, f"rows by {len(self.channels)} channels, or {len(self.geos)} geos by rows by channels")
        return spend * split_shares(self.series)[:, None]

    def _effect(self, number: int, name: str) -> ChannelEffect:
        returns = self.returns[:, number]
        contribution = returns * float(self.series.spend[:, :, number].sum())
        share = min(1.0, float(returns.var()) / float(self.prior_sds[number]) ** 2)
        return ChannelEffect(name, contribution, returns, self.priors[number], share, summarise(contribution), summarise(returns))

    def _repr_html_(self) -> str:
        from quarterdeck.response.shown import effects_html

        return effects_html(repr(self).splitlines()[0], self.channel_effects(), self.diagnostics)

    def __repr__(self) -> str:
        checks = self.diagnostics
        head = (
            f"GeoFit of {self.metric}: {len(self.geos)} geos, {len(self.series)} rows to {self.series.starts[-1].isoformat()}, {self.draws} draws, "
            f"{'converged' if checks.ok else 'NOT CONVERGED'} (R-hat {checks.rhat_max:.3f}, ESS {checks.ess_min:,.0f})"
        )
        lines = [f"  {effect.channel}: brought {effect.brought}, return {effect.per_money}" for effect in self.channel_effects().values()]
        return "\n".join([head, *lines, *(f"  ! {finding.text}" for finding in checks.findings)])


def split_shares(series: GeoSeries) -> FloatArray:
    """Each geo's share of a channel's money in the last 13 rows [geo, channel]; where it had none then, of all rows, else of all heads."""
    last, whole = series.spend[:, -SPLIT_ROWS:].sum(axis=1), series.spend.sum(axis=1)
    money = np.where(last.sum(axis=0) > 0, last, whole)
    money = np.where(money.sum(axis=0) > 0, money, series.heads[:, None])
    shares: FloatArray = money / money.sum(axis=0)
    return shares


def _wrong_shape(where: str, found: tuple[int, ...], expected: str) -> InvalidInput:
    problem = Problem("RESPONSE-034", where, f"an array of shape {found}", expected, "Give the geos and channels in the order of the fit.")
    return InvalidInput([problem], state="Nothing was forecast.")
