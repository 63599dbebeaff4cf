"""what_was_learned: the newest curves of a metric that may be used, and what stands against newer ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from quarterdeck.lake.fit_file import FitFileDamaged
from quarterdeck.ledger.gateway.fits import overrule_of
from quarterdeck.ledger.models import Fit
from quarterdeck.operations.context import Context
from quarterdeck.operations.fit_response import FittedMetric, load_fit
from quarterdeck.operations.remember import remembered
from quarterdeck.plan.expected import range_of
from quarterdeck.plan.quarter_plan import Range


@dataclass(frozen=True, eq=False)
class Learned:
    """`fitted` is None when no fit may be used. `refused`: why the newest fit may not be, where it is not the one used."""

    metric: str
    fitted: FittedMetric | None
    refused: tuple[str, ...] = ()
    overruled: str | None = None
    """The reason of the person who used it although its check refused it."""
    is_damaged: bool = False
    """A fit that may be used is there, but its file cannot be read."""


@dataclass(frozen=True)
class Brought:
    """What a channel brought in `weeks` weeks that the fit knows, units of its metric, for `spent` in the same weeks; `all_weeks` is how many
    were asked for."""

    brought: Range
    spent: float
    weeks: int
    all_weeks: int


def what_was_learned(context: Context, metric: str) -> Learned:
    """The newest fit of `metric` that its check trusts, or that a person answers for; never made here."""
    rows = list(context.workspace.fits.filter(metric=metric).order_by("-made_at", "-pk"))
    usable = [(row, reason) for row in rows if (reason := _use_of(row)) is not None]
    refused = tuple(rows[0].holdout.get("reasons", ())) if rows and (not usable or usable[0][0].pk != rows[0].pk) else ()
    for row, reason in usable[:3]:
        try:
            return Learned(metric, load_fit(context, row), refused, reason or None)
        except FitFileDamaged:
            continue
    return Learned(metric, None, refused, is_damaged=bool(usable))


def brought_in(fitted: FittedMetric, weeks: Sequence[date]) -> dict[str, Brought]:
    """By channel with a curve, and "" for all of them together, over those of `weeks` that the fit learned from; empty when there are none."""

    def work_out() -> dict[str, Brought]:
        fit = fitted.fit
        places = [place for place, week in enumerate(fit.weeks) if week in set(weeks)]
        if not places:
            return {}
        draws = fit.media_fitted()[:, places, :].sum(axis=1)
        spent = fit.spend[places].sum(axis=0)
        found = {name: Brought(range_of(draws[:, i]), float(spent[i]), len(places), len(weeks)) for i, name in enumerate(fit.channels)}
        return found | {"": Brought(range_of(draws.sum(axis=1)), float(spent.sum()), len(places), len(weeks))}

    return remembered("brought", (fitted.record.hash, tuple(weeks)), work_out)


def chance_it_pays(fitted: FittedMetric, channel: str, value: float) -> float | None:
    """The chance that what `channel` brings is worth what it costs, over all fitted weeks, when a unit of the metric is worth `value`; None for a
    channel without a curve or without money."""
    fit = fitted.fit
    if channel not in fit.channels:
        return None
    number = fit.channels.index(channel)
    if float(fit.spend[:, number].sum()) <= 0:
        return None
    return float(np.mean(fit.returns[:, number] * value >= 1.0))


def _use_of(row: Fit) -> str | None:
    """Empty when its check trusts it, the reason where a person does, None where nobody does."""
    if row.is_trusted:
        return ""
    word = overrule_of(row)
    return None if word is None else str(word.reason)
