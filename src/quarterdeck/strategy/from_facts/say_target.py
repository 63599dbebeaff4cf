"""How a target is asked for: with what was, and with what is most likely when nothing changes."""

from __future__ import annotations

from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.from_facts.figures import FoundMetric
from quarterdeck.strategy.from_facts.findings import Findings
from quarterdeck.strategy.from_facts.proposals import money_said, say_days
from quarterdeck.strategy.wording.wording import say_amount

_SMALL = 100


def say_target_asked(found: Findings, metric: FoundMetric) -> str:
    """What should it be, what was it, and what is most likely when nothing changes."""
    counted, name = found.counted, METRICS[metric.metric].name.lower()
    said = f"What should {name} be from {say_days(counted.quarter.first_day, counted.quarter.last_day)}?"
    if metric.baseline is not None:
        when = "in the same weeks a year before" if metric.baseline.how == "year_before" else "in the last 13 whole weeks"
        days = say_days(metric.baseline.first_day, metric.baseline.last_day)
        said += f" It was {_amount(metric.baseline.value, metric.metric, counted.currency)} {when} ({days})"
        said += "." if metric.baseline.how == "year_before" else ": another season, so compare with care."
    else:
        said += f" Only {metric.weeks} whole {'week is' if metric.weeks == 1 else 'weeks are'} known, too few for a figure to compare with."
    return said + say_unchanged(found, metric)


def say_unchanged(found: Findings, metric: FoundMetric) -> str:
    """` With nothing changed it will most likely be 4,250 (4,000 to 4,500).`; empty where no forecast can be made."""
    if metric.unchanged is None:
        return ""
    low, middle, high = (
        say_amount(_about(each, metric.metric), metric.metric, found.counted.currency)
        for each in (metric.unchanged.low, metric.unchanged.middle, metric.unchanged.high)
    )
    return f" With nothing changed it will most likely be {middle} ({low} to {high})."


def _amount(value: Decimal, metric: str, currency: str) -> str:
    """A figure that was counted: money as in any sentence, all else as it is."""
    return money_said(value, currency) if METRICS[metric].unit in ("money", "money_per_count") else say_amount(value, metric, currency)


def _about(figure: float, metric: str) -> Decimal:
    """A forecast is never known more closely than three digits; small ones have two decimals, small counts none."""
    if METRICS[metric].unit == "count" and abs(figure) < _SMALL:
        return Decimal(round(figure))
    return Decimal(str(round(figure, 2))) if abs(figure) < _SMALL else Decimal(f"{figure:.3g}")
