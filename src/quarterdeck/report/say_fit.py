"""What was learned, in sentences: what each channel brings, how sure that is, and whether hidden weeks could be forecast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from quarterdeck.facts.tracking_audit import TrackingFault
from quarterdeck.kernel.metrics import METRICS
from quarterdeck.report.say_backtest import say_backtest
from quarterdeck.report.say_beliefs import say_belief_shortly
from quarterdeck.report.say_findings import MOST_NOTES, say_findings
from quarterdeck.report.words import Words, how_many
from quarterdeck.response.curves.fitted import ChannelEffect, ResponseFit
from quarterdeck.response.forecasts.backtest import Backtest

MUCH = 0.6
"""A share of the outcome brought by paid channels that is said to be unlikely."""
NARROW = 0.6
"""A share of hidden weeks inside the 80 % range below which the range is said to be too narrow."""


def say_fit(fit: ResponseFit, holdout: Mapping[str, Any], words: Words, *, all_notes: bool = False) -> list[str]:
    """The check first, because it decides whether the rest may be believed; then what paid channels brought, then the findings that matter most, or
    `all_notes`."""
    name = METRICS[fit.metric].name if fit.metric in METRICS else fit.metric
    sentences = [f"{name}, learned from {len(fit.weeks)} weeks to {words.day(fit.weeks[-1] + timedelta(days=6))}.", say_check(holdout, words)]
    effects = fit.channel_effects()
    brought = sum(effect.brought.mean for effect in effects.values())
    total = float(fit.series.outcome.sum())
    if total > 0:
        sentences.append(f"Paid channels brought about {words.share(brought / total)} of it; the rest would have come anyway.")
        if brought > MUCH * total:
            sentences.append(
                "Few companies live so much on adverts: these returns are probably too high, because money follows demand. A test would tell."
            )
    notes = say_findings(fit.diagnostics.findings, words)
    shown = notes if all_notes or len(notes) <= MOST_NOTES + 1 else notes[:MOST_NOTES]
    sentences += [f"Note: {text}" for text in shown]
    if len(shown) < len(notes):
        sentences.append(f"{how_many(len(notes) - len(shown), 'more note')}, of less weight: `quarterdeck fit --notes` says them.")
    return sentences


def say_filled(faults: Sequence[TrackingFault], metric: str, words: Words) -> str | None:
    """What was filled in before learning, because tracking had lost it; None when nothing was."""
    if not faults:
        return None
    missing = words.with_unit(sum(fault.missing_estimate for fault in faults), metric, about=True)
    days = words.join(
        [f"{words.day(fault.first_day)} to {words.day(fault.last_day)}" if fault.days > 1 else words.day(fault.first_day) for fault in faults]
    )
    verb = "was" if metric in METRICS and METRICS[metric].unit == "money" else "were"
    return f"About {missing} {verb} not recorded ({days}); for learning, what is usual on such days was filled in."


def say_fit_shortly(fit: ResponseFit, holdout: Mapping[str, Any], words: Words) -> list[str]:
    """For metrics after the first: the check alone, and what is peculiar to the metric."""
    name = METRICS[fit.metric].name if fit.metric in METRICS else fit.metric
    return [f"{name}: {say_check(holdout, words)}"]


def say_check(holdout: Mapping[str, Any], words: Words) -> str:
    """How the last weeks were forecast while hidden, next to what "as last year" would have said, and whether the fit may be used."""
    weeks, error, year_ago = holdout["holdout"], holdout["mape"], holdout["mape_seasonal_naive"]
    sentence = f"Its last {weeks} weeks were hidden and forecast"
    if error is not None:
        sentence += f": {words.share(error)} off on average" + (
            f" (saying “as a year before” would be {words.share(year_ago)} off)" if year_ago is not None else ""
        )
    sentence += f", {round(holdout['coverage80'] * weeks)} of {weeks} weeks inside the 80 % range."
    tried = f" {say_backtest(Backtest.from_facts(holdout['backtest']), words)}" if "backtest" in holdout else ""
    if holdout["is_trusted"] and holdout["coverage80"] < NARROW:
        return f"{sentence} It may be used to plan with, but its ranges are too narrow: be less sure than it is.{tried}"
    if holdout["is_trusted"]:
        return f"{sentence} That is good enough to plan with.{tried}"
    return f"{sentence} It is refused: {' '.join(holdout['reasons'])}"


def fit_rows(fit: ResponseFit, words: Words) -> list[tuple[str, ...]]:
    """Channel, spent, brought (range), what 100 of money brought (range), share that is belief and not data, and whose belief."""
    spent = fit.spend.sum(axis=0)
    money = METRICS[fit.metric].unit == "money" if fit.metric in METRICS else False

    def each(value: float) -> str:
        return words.money(100 * value, exact=True) if money else words.count(100 * value, digits=1)

    return [
        (
            words.name(effect.channel),
            words.money(spent[i]),
            f"{words.amount(effect.brought.mean, fit.metric, about=True)} ({words.amount(effect.brought.p10, fit.metric, about=True)} to "
            f"{words.amount(effect.brought.p90, fit.metric, about=True)})",
            f"{each(effect.per_money.mean)} ({each(effect.per_money.p10)} to {each(effect.per_money.p90)})",
            _rests_on(effect),
        )
        for i, effect in enumerate(fit.channel_effects().values())
    ]


def _rests_on(effect: ChannelEffect) -> str:
    """`36%`, with what the belief came from where that is more than what the channels have in common."""
    only_common = effect.prior.source == "default" and not effect.prior.weighed
    return f"{effect.prior_share:.0%}" if only_common else f"{effect.prior_share:.0%} ({say_belief_shortly(effect.prior)})"
