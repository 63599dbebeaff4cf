"""unit_value: what one unit of a metric earns before marketing, where the strategy says so."""

from __future__ import annotations

from decimal import Decimal

from quarterdeck.strategy.document import Strategy

_IS_PROFIT_ITSELF = ("margin", "donations")


def unit_value(strategy: Strategy, metric: str) -> Decimal | None:
    """Profit before marketing of one unit of `metric`, in the company's currency; None when the strategy does not say.

    Where several conversions count into the metric, the one that earns least is taken: money is then never spent on hope.
    Revenue earns the smallest share of margin in value that any conversion states.
    """
    if metric in _IS_PROFIT_ITSELF:
        return Decimal(1)
    if metric == "revenue":
        shares = [c.margin / c.value for c in strategy.conversions if c.margin is not None and c.value]
        return round(min(shares), 4) if shares else None
    return min((c.margin for c in strategy.conversions if c.metric == metric and c.margin is not None), default=None)
