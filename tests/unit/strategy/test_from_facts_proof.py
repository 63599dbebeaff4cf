"""The proof of a draft from facts: whoever walks it finds the origin of every statement, and every number among those that were counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from counted_facts import QUARTER, TODAY, WEEKS, rich

from quarterdeck.strategy.from_facts.counted import Counted
from quarterdeck.strategy.from_facts.draft import Drafted, draft_strategy
from quarterdeck.strategy.from_facts.findings import find_in
from quarterdeck.strategy.parts.values import Part

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SAID_BY_RULES = {Decimal(each) for each in (9, 13, 26, 100, 0)}
"""Numbers of rules that are named: 13 weeks, 26 weeks, 1 in 100, a floor of nothing; and the machines' 9 of 100 visits."""


def _leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every set value of the document with its place; defaults say nothing."""
    if isinstance(value, Part):
        for name, field in type(value).model_fields.items():
            here = getattr(value, name)
            if here != field.get_default() and name != "id":
                yield from _leaves(here, f"{place}.{name}" if place else name)
    elif isinstance(value, tuple):
        for number, member in enumerate(value):
            yield from _leaves(member, f"{place}[{getattr(member, 'id', number)}]")
    else:
        yield place, value


def _origin(origins: Mapping[str, Any], place: str) -> Any:
    """The line that answers for a place: its own, or that of the part that it is in."""
    known = [each for each in origins if place == each or place.startswith((f"{each}.", f"{each}["))]
    return origins[max(known, key=len)] if known else None


def _numbers_in(value: Any) -> Iterator[Decimal]:
    """Every number that was counted, as it is, to the hundredth, whole, and as a forecast is said."""
    if is_dataclass(value):
        for each in fields(value):
            yield from _numbers_in(getattr(value, each.name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _numbers_in(each)
    elif isinstance(value, date):
        yield from (Decimal(value.year), Decimal(value.day))
    elif isinstance(value, str):
        yield from (Decimal(found.replace(",", "")) for found in _NUMBER.findall(value))
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        exact = Decimal(str(value))
        yield from (
            exact,
            exact.quantize(Decimal("0.01")),
            exact.quantize(Decimal(1)),
            Decimal(f"{float(value):.3g}"),
            (exact * 100).quantize(Decimal(1)),
        )


def _counted_numbers(counted: Counted) -> set[Decimal]:
    """All that the draft may say: what was counted, its days, and what the named rules make of it, worked out here once more by hand."""
    numbers = set(_numbers_in(counted)) | _SAID_BY_RULES
    numbers |= {Decimal(number) for week in WEEKS for day in (week, week + timedelta(days=6)) for number in (day.day, day.year)}
    numbers |= {Decimal(QUARTER.last_day.day), Decimal(QUARTER.last_day.year)}
    for found in counted.metrics:  # the same weeks a year before, and the last 13
        before = [value for week, value in found.weeks if week + timedelta(weeks=52) in QUARTER.weeks]
        numbers |= {sum(before, Decimal(0)), sum((value for _, value in found.weeks[-13:]), Decimal(0))}
    return numbers | _money_numbers(counted)


def _money_numbers(counted: Counted) -> set[Decimal]:
    """By channel (the two spellings of Google Ads are one): the last 13 weeks, the dearest 13, and the cost of a customer."""
    found, total = set(), Decimal(0)
    names = [{"google_ads", "google-ads"}, *[{each.name} for each in counted.channels if "google" not in each.name]]
    for same in names:
        by_week = [sum((dict(each.weeks).get(week, Decimal(0)) for each in counted.channels if each.name in same), Decimal(0)) for week in WEEKS]
        latest = sum(by_week[-13:], Decimal(0))
        total += latest
        customers = Decimal(sum(number for name, number in counted.customers_by_channel if name in same))
        found |= {latest, max(sum(by_week[row : row + 13], Decimal(0)) for row in range(48)), customers}
        found |= {(latest / customers).quantize(Decimal("0.01"))} if customers else set()
    return found | {total, (total / (61 * 13)).quantize(Decimal("0.01"))}


@pytest.fixture(scope="module")
def drafted() -> Drafted:
    return draft_strategy(find_in(rich()))


def test_every_statement_of_the_draft_says_where_it_comes_from(drafted: Drafted) -> None:
    leaves = dict(_leaves(drafted.strategy))

    assert len(leaves) > 60
    assert {place for place in leaves if _origin(drafted.origins, place) is None} == set()
    assert {origin.how for origin in drafted.origins.values()} == {"counted", "rule", "settings"}


def test_every_number_of_the_draft_was_counted_or_follows_from_a_named_rule(drafted: Drafted) -> None:
    counted, due = _counted_numbers(rich()), TODAY + timedelta(weeks=1)

    strange = {
        place: number
        for place, value in _leaves(drafted.strategy)
        if not place.endswith((".step", ".due_on"))
        for number in (_numbers_in(value) if isinstance(value, str) else [value] if isinstance(value, Decimal | int) else [])
        if number not in counted
    }

    assert strange == {}
    assert {each.due_on for each in drafted.strategy.questions} == {due}


def test_the_proof_of_numbers_would_see_one_that_was_made_up(drafted: Drafted) -> None:
    assert Decimal("4800") not in _counted_numbers(rich())
    invented = drafted.strategy.model_copy(update={"vision": "Ten thousand, or 4,800, new customers"})
    assert _origin(drafted.origins, "vision") is None
    assert ("vision", "Ten thousand, or 4,800, new customers") in set(_leaves(invented))
