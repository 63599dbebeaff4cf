"""The quick ways to plain data and to JSON say what walking every field says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from generated_strategies import strategies
from harbour_strategy import harbour
from hypothesis import HealthCheck, Phase, given, settings

from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.shape import fields_of, to_json, to_plain
from quarterdeck.strategy.parts.values import Part

PROPERTY = settings(
    max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def walked(value: Any) -> Any:
    if isinstance(value, Part):
        members = ((key, shape, getattr(value, shape.name)) for key, shape in fields_of(type(value)).items())
        return {key: walked(member) for key, shape, member in members if shape.info.is_required() or member != shape.default}
    return [walked(member) for member in value] if isinstance(value, tuple) else value


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_json(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(member) for member in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


@PROPERTY
@given(strategies())
def test_the_quick_walk_says_what_the_slow_one_says(strategy: Strategy):
    assert to_plain(strategy) == walked(strategy)
    assert to_json(strategy) == as_json(walked(strategy))


def test_what_was_never_a_part_becomes_json_too():
    given_values = {"on": date(2027, 1, 4), "much": [Decimal("1.50"), 2, None, True], "pair": (Decimal(1), "a"), "whole": harbour().company}
    assert to_json(given_values) == as_json({**given_values, "whole": walked(harbour().company)})
