"""What is asked of a trial, read from the address or a form: anything that cannot be meant counts as not asked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.http import QueryDict

from quarterdeck.operations.plan.try_budget import Standing
from quarterdeck.plan.trial import Ask

NOTHING = Decimal(0)
_MOST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Asked:
    """The trial that is asked for, and the channel whose curve is looked at."""

    ask: Ask
    channel: str


def read_asked(given: QueryDict, standing: Standing) -> Asked:
    """With sensible channels where none are named: from where the next money brings least to where it brings most and there is room."""
    source, target = _defaults(standing)
    known = standing.amounts
    source = given["from"] if given.get("from") in known else source
    target = given["to"] if given.get("to") in known else target
    ask = Ask(source=source, target=target, a_week=max(_number(given.get("move")), NOTHING), budget=_number(given.get("budget")))
    curves = standing.inputs.fits[standing.inputs.aim].channels
    wanted = given.get("channel", "")
    channel = wanted if wanted in curves else target if target in curves else next(iter(curves), "")
    return Asked(ask, channel or "")


def _number(text: str | None) -> Decimal:
    try:
        value = Decimal((text or "0").strip() or "0")
    except InvalidOperation:
        return NOTHING
    return value.to_integral_value() if value.is_finite() and abs(value) <= _MOST else NOTHING


def _defaults(standing: Standing) -> tuple[str | None, str | None]:
    """The channel to take from, and the one to give to."""
    worth = standing.next_units
    if len(standing.amounts) < 2:
        return None, None
    roomy = [channel for channel in standing.amounts if channel not in standing.full]
    target = max(roomy or list(standing.amounts), key=lambda channel: worth.get(channel, -1.0))
    givers = [channel for channel, row in standing.amounts.items() if channel != target and sum(row, NOTHING) > 0]
    source = min(givers, key=lambda channel: worth.get(channel, float("inf")), default=None)
    return source, target
