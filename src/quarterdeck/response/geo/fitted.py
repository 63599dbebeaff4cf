"""GeoFit: what was learned of several geos together: a fit for each of them, draw by draw, so that their sums are draws of the total."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.curves.fitted import ChannelEffect, ResponseFit
from quarterdeck.response.curves.summary import summarise
from quarterdeck.response.fitting.diagnostics import FitDiagnostics
from quarterdeck.response.forecasts.forecast import BoolArray, Forecast
from quarterdeck.response.geo.ahead import Ahead, context_by_geo, spend_by_geo
from quarterdeck.response.geo.forecast import added_up, predict_geos
from quarterdeck.response.geo.series import GeoSeries
from quarterdeck.response.priors.priors import ReturnPrior
from quarterdeck.response.series.series import FloatArray


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
        spend_ahead: Ahead | None = None,
        rows: int | None = None,
        context_ahead: Ahead | None = None,
        assumed: BoolArray | None = None,
        seed: int = 0,
    ) -> Forecast:
        """The forecast of all geos together; arguments as in `predict_by_geo`."""
        each = self.predict_by_geo(spend_ahead=spend_ahead, rows=rows, context_ahead=context_ahead, assumed=assumed, seed=seed)
        return added_up(tuple(each.values()))

    def predict_by_geo(
        self,
        *,
        spend_ahead: Ahead | None = None,
        rows: int | None = None,
        context_ahead: Ahead | None = None,
        assumed: BoolArray | None = None,
        seed: int = 0,
    ) -> dict[str, Forecast]:
        """One forecast a geo for the rows that follow; what moves all geos alike is the same in each of them.

        spend_ahead: `[geo, row, channel]`, `[row, channel]` for all geos together (split as in the last 13 rows), or by channel
        `{"search": [100, 120]}`, `{"search": {"north": [60, 70]}}`, where what is left out gets nothing; None: the mean of those 13 rows, for `rows`
        rows. context_ahead: `[geo, row, name]`, `[row, name]` where it is the same in every geo, or by name in the same way, where what is left out is
        assumed as in the same week a year before; None: the mean over the fitted rows. `assumed` `[geo, row, name]`: where context is not known but
        assumed, and departs as it did in the past.
        Raises: InvalidInput for other shapes (RESPONSE-034), names (RESPONSE-052) and amounts (RESPONSE-053), and as `predict_outcome`.
        """
        spend = spend_by_geo(self.series, spend_ahead, rows)
        context, doubted = context_by_geo(self.series, context_ahead, spend.shape[1], assumed)
        shock = self.shock[:, None] * self.series.heads
        return dict(zip(self.geos, predict_geos(self.fits, spend, context, assumed=doubted, shock=shock, seed=seed), strict=True))

    def _effect(self, number: int, name: str) -> ChannelEffect:
        returns = self.returns[:, number]
        contribution = returns * float(self.series.spend[:, :, number].sum())
        share = min(1.0, float(returns.var()) / float(self.prior_sds[number]) ** 2)
        return ChannelEffect(name, contribution, returns, self.priors[number], share, summarise(contribution), summarise(returns))

    def _repr_html_(self) -> str:
        from quarterdeck.response.curves.shown import effects_html

        return effects_html(repr(self).splitlines()[0], self.channel_effects(), self.diagnostics)

    def __repr__(self) -> str:
        checks = self.diagnostics
        head = (
            f"GeoFit of {self.metric}: {len(self.geos)} geos, {len(self.series)} rows to {self.series.starts[-1].isoformat()}, {self.draws} draws, "
            f"{'converged' if checks.ok else 'NOT CONVERGED'} (R-hat {checks.rhat_max:.3f}, ESS {checks.ess_min:,.0f})"
        )
        lines = [f"  {effect.channel}: brought {effect.brought}, return {effect.per_money}" for effect in self.channel_effects().values()]
        return "\n".join([head, *lines, *(f"  ! {finding.text}" for finding in checks.findings)])
