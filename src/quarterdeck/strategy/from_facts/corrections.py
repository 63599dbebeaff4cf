"""correct: findings with the figures that their owner knows better than the files do; what was counted stays told beside each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from quarterdeck.strategy.from_facts.channels import FoundChannel
from quarterdeck.strategy.from_facts.counted import Counted
from quarterdeck.strategy.from_facts.figures import YEAR, Baseline, FoundMetric
from quarterdeck.strategy.from_facts.findings import Findings
from quarterdeck.strategy.from_facts.proposals import Proposal
from quarterdeck.strategy.parts.aims import Conversion
from quarterdeck.strategy.parts.means import SpendLimits
from quarterdeck.strategy.wording.wording import say_amount, say_money

VALUE, MARGIN = ".value", ".margin"
"""The end of the key of what a conversion brings in, and of what is left of it."""


@dataclass(frozen=True, slots=True)
class Correctable:
    """A figure that its owner may correct: its key, what it is called, and what was counted (None: nothing was)."""

    key: str
    label: str
    counted: Decimal | None


def correctable(found: Findings) -> tuple[Correctable, ...]:
    """Every figure of the findings that somebody may know better: what was, what a channel may cost, what a conversion is worth."""
    return (
        *(Correctable(each.key, "It was, in those weeks", each.baseline.value if each.baseline else None) for each in found.metrics),
        *(Correctable(each.key, "At most in a quarter", _cap(each)) for each in found.channels),
        *(Correctable(f"{each.key}{VALUE}", "Worth", each.part.value) for each in found.conversions),
        *(Correctable(f"{each.key}{MARGIN}", "Left after the goods", each.part.margin) for each in found.conversions),
    )


def correct(found: Findings, figures: Mapping[str, Decimal]) -> Findings:
    """The findings with these figures, by the key of what they correct; the same findings where there are none."""
    if not figures:
        return found
    return replace(
        found,
        metrics=tuple(_metric(found.counted, each, figures.get(each.key)) for each in found.metrics),
        channels=tuple(_channel(found.counted, each, figures.get(each.key)) for each in found.channels),
        conversions=tuple(_conversion(found.counted, each, figures) for each in found.conversions),
    )


def corrected_places(found: Findings, figures: Mapping[str, Decimal]) -> Mapping[str, str]:
    """By place in the document what is said of each figure that was corrected."""
    places = {f"channels[{each.proposal.part.id}].spend.cap": each.key for each in found.channels}
    for each in found.conversions:
        places |= {f"conversions[{each.part.id}]{key}": f"{each.key}{key}" for key in (VALUE, MARGIN)}
    counted = {each.key: each.counted for each in correctable(found)}
    return {place: say_corrected(_money(found.counted, counted[key])) for place, key in places.items() if key in figures}


def say_corrected(was: str) -> str:
    """`You wrote it; the facts say £910.`"""
    return f"You wrote it; the facts say {was}." if was else "You wrote it; the facts say none."


def _metric(counted: Counted, found: FoundMetric, figure: Decimal | None) -> FoundMetric:
    if figure is None:
        return found
    first = counted.quarter.first_day - YEAR
    old = found.baseline or Baseline(figure, first, first + timedelta(weeks=13) - timedelta(days=1), "year_before")
    was = say_amount(found.baseline.value, found.metric, counted.currency) if found.baseline else ""
    return replace(found, baseline=replace(old, value=figure), origin=f"{say_corrected(was)} {found.origin}")


def _channel(counted: Counted, found: FoundChannel, figure: Decimal | None) -> FoundChannel:
    if figure is None:
        return found
    part, said = found.proposal.part, f"{found.proposal.origin} Its limit: {say_corrected(_money(counted, _cap(found)))}"
    spend = (part.spend or SpendLimits(floor=Decimal(0))).model_copy(update={"cap": figure})
    return replace(found, proposal=replace(found.proposal, part=part.model_copy(update={"spend": spend, "note": said}), origin=said))


def _conversion(counted: Counted, found: Proposal[Conversion], figures: Mapping[str, Decimal]) -> Proposal[Conversion]:
    given = {key[1:]: figures[f"{found.key}{key}"] for key in (VALUE, MARGIN) if f"{found.key}{key}" in figures}
    if not given:
        return found
    said = found.origin + "".join(f" Its {key}: {say_corrected(_money(counted, getattr(found.part, key)))}" for key in given)
    return replace(found, part=found.part.model_copy(update={**given, "note": said}), origin=said)


def _cap(found: FoundChannel) -> Decimal | None:
    spend = found.proposal.part.spend
    return None if spend is None else spend.cap


def _money(counted: Counted, amount: Decimal | None) -> str:
    return "" if amount is None else say_money(amount, counted.currency)
