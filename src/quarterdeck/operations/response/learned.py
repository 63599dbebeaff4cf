"""what_was_learned: the newest curves of a metric that may be used, and what stands against newer ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from quarterdeck.lake.fit_file import FitFileDamaged
from quarterdeck.ledger.gateway.fits import overrule_of
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.models import Fit
from quarterdeck.operations.context import Context
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.response.fit_response import FittedMetric, load_fit
from quarterdeck.operations.results.choose_period import WEEKS_OF_YEAR
from quarterdeck.plan.expected import range_of
from quarterdeck.plan.quarter_plan import Range

if TYPE_CHECKING:
    from quarterdeck.response.curves.fitted import ChannelEffect


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
    is_current: bool = False
    """Whether the newest fit, used or refused, knows all the facts there are."""


@dataclass(frozen=True)
class Brought:
    """What a channel brought in `weeks`, units of the fit's metric, for `spent` in the same weeks."""

    brought: Range
    spent: float
    weeks: tuple[date, ...]


def what_was_learned(context: Context, metric: str) -> Learned:
    """The newest fit of `metric` that its check trusts, or that a person answers for; never made here."""
    rows = list(context.workspace.fits.filter(metric=metric).order_by("-made_at", "-pk"))
    is_current = bool(rows) and rows[0].snapshot == snapshot_of(context.workspace).hash
    usable = [(row, reason) for row in rows if (reason := _use_of(row)) is not None]
    refused = tuple(rows[0].holdout.get("reasons", ())) if rows and (not usable or usable[0][0].pk != rows[0].pk) else ()
    for row, reason in usable[:3]:
        try:
            return Learned(metric, load_fit(context, row), refused, reason or None, is_current=is_current)
        except FitFileDamaged:
            continue
    return Learned(metric, None, refused, is_damaged=bool(usable), is_current=is_current)


def brought_in(fitted: FittedMetric, weeks: Sequence[date]) -> dict[str, Brought]:
    """By channel with a curve, and "" for all of them together, over those of `weeks` that the fit learned from; where it knows none of them, over the
    last year that it knows."""

    def work_out() -> dict[str, Brought]:
        fit, asked = fitted.fit, frozenset(weeks)
        known = tuple(week for week in fit.weeks if week in asked) or fit.weeks[-WEEKS_OF_YEAR:]
        places = [place for place, week in enumerate(fit.weeks) if week in known]
        draws = fit.media_fitted()[:, places, :].sum(axis=1)
        spent = fit.spend[places].sum(axis=0)
        found = {name: Brought(range_of(draws[:, i]), float(spent[i]), known) for i, name in enumerate(fit.channels)}
        return found | {"": Brought(range_of(draws.sum(axis=1)), float(spent.sum()), known)}

    return remembered("brought", (fitted.record.workspace_id, fitted.record.hash, tuple(weeks)), work_out)


def effects_of(fitted: FittedMetric) -> Mapping[str, ChannelEffect]:
    """By channel with a curve: what it brought over all fitted weeks, and how sure that is."""
    return remembered("effects", fitted.record.hash, fitted.fit.channel_effects, most=12)


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
