"""What a plan earns in truth: the aim's value over the plan's days and the weeks after it, less the money spent."""

from __future__ import annotations

import numpy as np

from quarterdeck.market.course import follow
from quarterdeck.market.market import Market
from quarterdeck.market.outcomes import expected_metrics
from quarterdeck.market.shocks import Shock
from quarterdeck.market.spend import DailySpend

TAIL_DAYS = 56


def true_profit(market: Market, history: DailySpend, plan: DailySpend, shocks: tuple[Shock, ...] = ()) -> float:
    """Expected profit in money: `value_per_unit` of the aim over the plan's days and 8 weeks without spend after it, less what the plan spends.

    What `history` carries into the plan's days is included, and so is what comes without any marketing. The plan starts after the history ends.
    """
    spend = history.then(plan).then_nothing(TAIL_DAYS)
    course = follow(market.preset, market.seed, market.first_day, spend, tuple(shocks))
    aim = expected_metrics(course)[market.aim][-(plan.days + TAIL_DAYS) :]
    return market.value_per_unit * float(aim.sum()) - plan.total


def true_media_profit(market: Market, history: DailySpend, plan: DailySpend, shocks: tuple[Shock, ...] = ()) -> float:
    """`true_profit` of the plan beyond that of spending nothing on the same days: what the plan's own money earns."""
    nothing = DailySpend(plan.first_day, plan.lines, np.zeros_like(plan.amount))
    return true_profit(market, history, plan, shocks) - true_profit(market, history, nothing, shocks)
