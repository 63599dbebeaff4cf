"""A channel's week is shared out over its live campaigns, exactly."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck.plan.campaign_split import live_days, split_by_campaign
from quarterdeck.strategy.parts.means import Campaign

MONDAY = date(2027, 1, 4)


def campaign(name: str, first: int, last: int, *channels: str) -> Campaign:
    """Live from day `first` to day `last`, counted from MONDAY as 0."""
    return Campaign(id=name, objective="growth", channels=channels, starts_on=MONDAY + timedelta(days=first), ends_on=MONDAY + timedelta(days=last))


def split_of(*campaigns: Campaign, amount: int = 1000) -> dict[str | None, Decimal]:
    return {line.campaign: line.amount for line in split_by_campaign({"search": [Decimal(amount)]}, [MONDAY], campaigns)}


def test_without_a_live_campaign_everything_is_always_on() -> None:
    later, elsewhere = campaign("spring", 7, 20, "search"), campaign("brand", 0, 6, "video")

    assert split_of(later, elsewhere) == {None: Decimal(1000)}


def test_a_campaign_of_the_whole_week_leaves_the_default_share_always_on() -> None:
    assert split_of(campaign("spring", -3, 30, "search")) == {None: Decimal(300), "spring": Decimal(700)}


def test_a_campaign_that_is_live_on_two_of_seven_days_gets_two_sevenths_of_that() -> None:
    assert split_of(campaign("spring", 5, 30, "search"), amount=700) == {None: Decimal(560), "spring": Decimal(140)}


def test_campaigns_that_overlap_share_by_their_days() -> None:
    whole, half = campaign("spring", 0, 30, "search"), campaign("sale", 0, 2, "search")

    split = split_of(whole, half)

    assert split == {None: Decimal(300), "spring": Decimal(490), "sale": Decimal(210)}


def test_no_money_makes_no_lines() -> None:
    assert split_by_campaign({"search": [Decimal(0)]}, [MONDAY], ()) == ()
    assert split_of(campaign("spring", 0, 6, "search"), amount=0) == {}


def test_days_are_counted_with_both_ends() -> None:
    assert live_days(campaign("one", 3, 3), MONDAY) == 1
    assert live_days(campaign("all", -10, 90), MONDAY) == 7
    assert live_days(campaign("past", -10, -1), MONDAY) == 0


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(-20, 40), st.integers(0, 40)), max_size=5), st.lists(st.integers(0, 5000), min_size=3, max_size=3))
def test_lines_add_up_to_each_week_in_whole_steps(spans: list[tuple[int, int]], pounds: list[int]) -> None:
    campaigns = [campaign(f"c{i}", first, first + length, "search") for i, (first, length) in enumerate(spans)]
    weeks = [MONDAY + timedelta(weeks=n) for n in range(3)]

    lines = split_by_campaign({"search": [Decimal(amount) for amount in pounds]}, weeks, campaigns)

    assert all(line.amount > 0 and line.amount % 1 == 0 for line in lines)
    assert [sum(line.amount for line in lines if line.week == week) for week in weeks] == pounds
    assert len({line.key for line in lines}) == len(lines)
