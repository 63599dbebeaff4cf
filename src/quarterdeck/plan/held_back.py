"""say_held_back: what the money that a plan keeps would bring if it were spent, so that a person can decide otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.plan.expected import expected_of
from quarterdeck.plan.limits import ChannelLimit
from quarterdeck.plan.money_left import MoneyLeft
from quarterdeck.plan.placement import Placement, place_money
from quarterdeck.plan.plan_inputs import PlanInputs
from quarterdeck.plan.reasons import say_money

WORTH_SAYING = Decimal("0.01")
"""Less than this share of the open money needs no words."""


def say_held_back(inputs: PlanInputs, money: MoneyLeft, limits: Sequence[ChannelLimit], placement: Placement, value: Decimal | None) -> str | None:
    """One sentence when money is held back because it would not pay for itself: what spending it would bring, at what price. Else None."""
    held = money.left - placement.total
    if value is None or placement.allocation is None or held < WORTH_SAYING * max(money.left, Decimal(1)):
        return None
    all_spent = place_money(inputs, money, limits, None)
    extra = all_spent.total - placement.total
    more = _brought(inputs, all_spent) - _brought(inputs, placement)
    if extra <= 0 or more < 0.5:
        return None
    currency, name = inputs.strategy.company.currency, METRICS[inputs.aim].name.lower()
    return (
        f"Spending {say_money(extra, currency)} of what is held back would bring about {more:,.0f} more {name} in the quarter, at "
        f"{say_money(extra / Decimal(str(more)), currency)} each; one is worth {say_money(value, currency)} before marketing. "
        "If you want them all the same, raise the floor of a channel."
    )


def _brought(inputs: PlanInputs, placement: Placement) -> float:
    """Mean units of the aim that the open weeks' money adds within the quarter."""
    assert placement.allocation is not None
    assert placement.curves is not None
    return sum(brought.expected for brought in expected_of(placement.curves, placement.allocation.amounts, inputs.open_weeks).values())
