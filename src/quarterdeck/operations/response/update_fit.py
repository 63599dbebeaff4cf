"""say_picture: how the curves changed since last week, by adding the newest week to the last trusted fit. Plans never rest on it: they take whole fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quarterdeck.kernel.identity import content_hash
from quarterdeck.lake.fit_file import FitFileDamaged
from quarterdeck.ledger.gateway.fits import overrule_of
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.operations.context import Context
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.response.fit_response import FittedMetric, load_fit, series_of
from quarterdeck.report.say_update import say_anew, say_update
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy

if TYPE_CHECKING:
    from quarterdeck.response.series.series import ResponseSeries

_LOOKED_AT = 4


def say_picture(context: Context, strategy: Strategy, metric: str) -> str | None:
    """How the picture changed since last week; None where nothing did beyond noise, or there is no trusted fit of the weeks before."""
    snapshot = snapshot_of(context.workspace)
    newest = context.workspace.fits.filter(metric=metric).order_by("-made_at", "-pk").values_list("hash", flat=True)[:1]
    key = (context.workspace.pk, snapshot.hash, metric, content_hash(strategy.model_dump(mode="json")), *newest)

    def work_out() -> str | None:
        series = series_of(context, strategy, snapshot, metric)
        return None if series is None else _picture(context, strategy, series)

    return remembered("picture", key, work_out)


def _picture(context: Context, strategy: Strategy, series: ResponseSeries) -> str | None:
    from quarterdeck.operations.holidays.market_holidays import with_holidays_of
    from quarterdeck.response.learning.update import MOST_ROWS, NeedsRefit, reweigh_fit
    from quarterdeck.response.learning.updated import changes_between

    base = _fit_before(context, series)
    if base is None:
        return None
    series = with_holidays_of(series, base.fit.series.context_names)
    if len(series) - len(base.fit.series) > MOST_ROWS:
        return None
    seed = int(base.record.seed)
    after = reweigh_fit(base.fit, series, seed=seed)
    if isinstance(after, NeedsRefit):
        is_there = context.workspace.fits.filter(metric=series.metric, snapshot=snapshot_of(context.workspace).hash).exists()
        return say_anew(after.why, is_there=is_there)
    before = reweigh_fit(base.fit, series.rows(0, len(series) - 1), seed=seed)
    if isinstance(before, NeedsRefit):
        return None
    return say_update(changes_between(before.fit, after.fit), series.metric, series.starts[-1:], Words.of(strategy))


def _fit_before(context: Context, series: ResponseSeries) -> FittedMetric | None:
    """The newest fit that may be used (trusted, or a person answers for it) and does not know the last row of `series` yet."""
    for record in context.workspace.fits.filter(metric=series.metric).order_by("-made_at", "-pk")[:_LOOKED_AT]:
        if not record.is_trusted and overrule_of(record) is None:
            continue
        try:
            found = load_fit(context, record)
        except FitFileDamaged:
            continue
        if found.fit.weeks[-1] < series.starts[-1] and found.fit.series.step_days == series.step_days:
            return found
    return None
