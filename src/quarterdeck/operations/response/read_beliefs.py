"""read_beliefs: what is believed of each channel's return before a fit: tests, earlier weeks, the strategy's judgements and published figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quarterdeck.lake.fit_file import FitFileDamaged
from quarterdeck.lake.snapshot import Lake
from quarterdeck.operations.context import Context
from quarterdeck.operations.experiments.read_experiments import read_experiment_priors
from quarterdeck.operations.response.load_fit import load_fit
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aim import value_of_unit
from quarterdeck.strategy.parts.means import Channel

if TYPE_CHECKING:
    from quarterdeck.response.priors.beliefs import Judgement, Told
    from quarterdeck.response.priors.priors import ReturnPrior
    from quarterdeck.response.priors.published import PublishedBelief
    from quarterdeck.response.series.series import ResponseSeries

_MOST_READ = 8
_A_WEEK = 7


def read_beliefs(context: Context, lake: Lake, strategy: Strategy, series: ResponseSeries) -> dict[str, ReturnPrior]:
    """By channel, the prior for a fit of `series`; channels of which nothing but the default speaks are left out.

    A test that ended after the last day of `series` is not used: a check on hidden weeks is given the series without them, so that nothing that was
    found in those weeks, nor by a fit that saw them, helps to forecast them.
    """
    from quarterdeck.response.priors.beliefs import combine_beliefs

    if series.spend.sum() <= 0 or len(series) == 0:
        return {}
    return combine_beliefs(
        series,
        experiments=read_experiment_priors(lake, series),
        history=_history(context, lake, series),
        judgements=judgements_of(strategy, series.metric),
        published=published_for(strategy, series.metric, [channel for channel in strategy.paid_channels if channel.id in series.channels]),
    )


def judgements_of(strategy: Strategy, metric: str) -> dict[str, Judgement]:
    """By channel, what the strategy says that it brings, in units of `metric`."""
    from quarterdeck.response.priors.beliefs import Judgement

    told = {channel.id: channel.expects for channel in strategy.paid_channels if channel.expects is not None}
    return {name: Judgement(float(each.brings), float(each.spend)) for name, each in told.items() if each.metric == metric}


def published_for(strategy: Strategy, metric: str, channels: list[Channel]) -> dict[str, PublishedBelief]:
    """By channel, what is published about its kind, in units of `metric` per unit of the company's money."""
    from quarterdeck.response.priors.published import Asking, published_belief

    value, margin = value_of_unit(strategy, metric), value_of_unit(strategy, "revenue")
    asked = {
        channel.id: Asking(channel.kind, metric, strategy.company.currency, value and float(value), margin and float(margin)) for channel in channels
    }
    return {name: found for name, asking in asked.items() if (found := published_belief(asking)) is not None}


def _history(context: Context, lake: Lake, series: ResponseSeries) -> Mapping[str, Told]:
    """What the newest trusted fit of weeks before `series` says; empty where there are no such weeks, which is usual: a series begins with the facts."""
    from quarterdeck.response.priors.beliefs import told_by_history

    first = lake.query("SELECT min(day) AS day FROM outcomes WHERE metric = ?", [series.metric])["day"][0]
    if first is None or (series.starts[0] - first).days < 2 * _A_WEEK:
        return {}
    for record in context.workspace.fits.filter(metric=series.metric, is_trusted=True).order_by("-made_at", "-pk")[:_MOST_READ]:
        try:
            told = told_by_history(load_fit(context, record).fit, series)
        except FitFileDamaged:
            continue
        if told:
            return told
    return {}
