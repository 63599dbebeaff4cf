"""say_last_money: what the money at the margin brings and costs, spent or held back, so that a person can decide otherwise."""

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
from quarterdeck.strategy.parts.aim import value_to_place_by

WORTH_SAYING = Decimal("0.01")
"""Less than this share of the open money needs no words."""


def say_last_money(inputs: PlanInputs, money: MoneyLeft, limits: Sequence[ChannelLimit], placement: Placement, value: Decimal | None) -> str | None:
    """One sentence about the money between "what pays" and "all of it"; None when they are the same, or what one unit is worth is not known."""
    if value is None or placement.allocation is None:
        return None
    holds_back = value_to_place_by(inputs.strategy, inputs.aim) is not None
    other = place_money(inputs, money, limits, None if holds_back else value)
    less, more = (placement, other) if holds_back else (other, placement)
    extra, brings = more.total - less.total, _brought(inputs, more) - _brought(inputs, less)
    if extra < WORTH_SAYING * max(money.left, Decimal(1)) or brings < 0.5:
        return None
    currency, name = inputs.strategy.company.currency, METRICS[inputs.aim].name.lower()
    price = f"about {brings:,.0f} more {name} in the quarter, at {say_money(extra / Decimal(str(brings)), currency)} each; one is worth {say_money(value, currency)} before marketing"
    if holds_back:
        return f"Spending {say_money(extra, currency)} of what is held back would bring {price}. If you want them all the same, write `spend: all` under the budget."
    return f"The last {say_money(extra, currency)} bring {price}. To keep that money instead, write `spend: what_pays` under the budget."


def _brought(inputs: PlanInputs, placement: Placement) -> float:
    """Mean units of the aim that the open weeks' money adds within the quarter."""
    assert placement.allocation is not None
    assert placement.curves is not None
    return sum(brought.expected for brought in expected_of(placement.curves, placement.allocation.amounts, inputs.open_weeks).values())
