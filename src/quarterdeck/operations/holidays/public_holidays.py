"""Public holidays of a company's markets, for people's time and for what goes out."""

from __future__ import annotations

from datetime import date, timedelta

from quarterdeck.kernel.periods import Quarter
from quarterdeck.strategy.document import Strategy

_PART_OF = {"GB": "ENG"}
"""Where holidays differ inside a country and the strategy does not say which part: the largest."""
_WEEKS_AROUND = 13


def public_holidays(strategy: Strategy, period: Quarter) -> dict[date, str]:
    """Day -> name, for the first market and the quarter with thirteen weeks on both sides (work may end late). Empty without a market.

    Source: the `holidays` package. For Great Britain, England's.
    """
    if not strategy.company.markets:
        return {}
    import holidays

    market = strategy.company.markets[0]
    first, last = period.first_day - timedelta(weeks=_WEEKS_AROUND), period.last_day + timedelta(weeks=_WEEKS_AROUND)
    try:
        found = holidays.country_holidays(market, subdiv=_PART_OF.get(market), years=range(first.year, last.year + 1))
    except NotImplementedError:
        return {}
    return {day: name for day, name in sorted(found.items()) if first <= day <= last}
