"""What the money is placed for, and what one unit of it is worth."""

from __future__ import annotations

from decimal import Decimal

from quarterdeck.strategy.document import Strategy


def aim_of(strategy: Strategy) -> str | None:
    """The metric that the money is placed for: that of the first objective. None without objectives."""
    return strategy.objectives[0].metric if strategy.objectives else None


def value_of_unit(strategy: Strategy, metric: str) -> Decimal | None:
    """Profit before marketing of one unit of `metric`, in the company's currency; None when the strategy does not say.

    - margin: 1, since it is profit before marketing already.
    - revenue, donations: margin per unit of money, from the conversions of that metric that say both value and margin; revenue falls
      back on all conversions that do. 0.34 means 34 pence of each pound.
    - any other metric: the margin of the conversion that counts it.
    Where several conversions answer, the lowest is taken: what people will buy is not known beforehand, and money placed by the lowest
    never pays less than was said. Revenue alone (a value without a margin) is not profit and gives None.
    """
    if metric == "margin":
        return Decimal(1)
    own = [conversion for conversion in strategy.conversions if conversion.metric == metric]
    if metric in ("revenue", "donations"):
        pool = own or ([] if metric == "donations" else list(strategy.conversions))
        return min((each.margin / each.value for each in pool if each.margin is not None and each.value), default=None)
    return min((each.margin for each in own if each.margin is not None), default=None)


def value_to_place_by(strategy: Strategy, metric: str) -> Decimal | None:
    """What a unit must earn to get money: `value_of_unit`, or None (all the money is spent) when it is not known or the budget says so."""
    budget = strategy.management.budget
    return None if budget is not None and budget.spend == "all" else value_of_unit(strategy, metric)
