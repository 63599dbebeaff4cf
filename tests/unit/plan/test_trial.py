"""A trial keeps the money together, stays within what is free, and writes what makes the next plan follow it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_makers import shop_inputs, shop_strategy

from quarterdeck.plan.trial import Ask, breaches, changes_for, free_a_week, least_budget_change, placed_anew, with_budget, with_move
from quarterdeck.strategy.changes.patch import apply_changes

ONE = Decimal(1)


def rows(**amounts: tuple[int, ...]) -> dict[str, tuple[Decimal, ...]]:
    return {channel: tuple(Decimal(amount) for amount in row) for channel, row in amounts.items()}


def test_a_move_takes_most_where_most_is_free_and_gives_the_same_to_every_week() -> None:
    changed, a_week = with_move(rows(search=(100, 300), video=(50, 50)), {}, Ask("search", "video", Decimal(100)), ONE)

    assert a_week == 100
    assert changed == rows(search=(50, 150), video=(150, 150))


def test_a_move_never_touches_what_is_carried_out() -> None:
    changed, a_week = with_move(rows(search=(100, 300), video=(0, 0)), rows(search=(100, 0)), Ask("search", "video", Decimal(999)), ONE)

    assert a_week == 150
    assert changed == rows(search=(100, 0), video=(150, 150))


@given(
    st.lists(st.integers(0, 10**7), min_size=1, max_size=13),
    st.integers(0, 10**8),
    st.lists(st.integers(0, 10**7), min_size=13, max_size=13),
)
def test_a_move_loses_and_invents_no_money(amounts: list[int], asked: int, booked: list[int]) -> None:
    before = {"search": tuple(map(Decimal, amounts)), "video": (Decimal(5),) * len(amounts)}
    held = {"search": tuple(min(Decimal(b), a) for a, b in zip(before["search"], booked, strict=False))}

    after, a_week = with_move(before, held, Ask("search", "video", Decimal(asked)), ONE)

    assert sum(map(sum, after.values())) == sum(map(sum, before.values()))
    assert all(amount >= kept for amount, kept in zip(after["search"], held["search"], strict=True))
    assert a_week == min(Decimal(asked), free_a_week(before, held, ONE)["search"])


@pytest.mark.parametrize(
    "ask",
    [
        Ask(),
        Ask("search", "search", Decimal(5)),
        Ask("search", None, Decimal(5)),
        Ask("search", "nobody", Decimal(5)),
        Ask("search", "video"),
    ],
)
def test_what_cannot_be_meant_moves_nothing(ask: Ask) -> None:
    before = rows(search=(10,), video=(10,))

    assert with_move(before, {}, ask, ONE) == (before, 0)


def test_another_budget_is_placed_as_the_next_plan_would_place_it() -> None:
    inputs = shop_inputs()
    now = placed_anew(inputs)

    more = with_budget(inputs, now, {}, Decimal(5000), now=now)

    wanted = shop_strategy(management={"budget": {"quarter": 35000, "reserve": 1000}})
    assert more == placed_anew(shop_inputs(strategy=wanted))
    assert with_budget(inputs, now, {}, Decimal(0), now=now) == now


def test_a_smaller_budget_takes_nothing_back_that_is_carried_out() -> None:
    inputs = shop_inputs()
    now = placed_anew(inputs)
    booked = {"search": now["search"]}

    less = with_budget(inputs, now, booked, Decimal(-4000), now=now)

    assert less["search"] >= now["search"]
    assert sum(map(sum, less.values())) <= sum(map(sum, now.values())) - 4000
    assert least_budget_change(inputs, now, booked) == -sum((sum(row) for name, row in now.items() if name != "search"), Decimal(0))


def test_limits_that_a_trial_goes_beyond_are_named_once_and_the_plans_own_are_not() -> None:
    inputs = shop_inputs()
    now = placed_anew(inputs)
    ask = Ask("social", "search", free_a_week(now, {}, ONE)["social"])

    after, _ = with_move(now, {}, ask, ONE)

    found = breaches(inputs, now, after, ask)
    assert ("floor", "social") in {(breach.kind, breach.channel) for breach in found}
    assert len({(breach.kind, breach.channel) for breach in found}) == len(found)
    assert breaches(inputs, now, now, Ask()) == ()


def test_what_is_written_lets_the_strategy_stand_and_the_next_plan_follow() -> None:
    inputs = shop_inputs()
    now = placed_anew(inputs)
    ask = Ask("video", "search", Decimal(100))
    after, _ = with_move(now, {}, ask, ONE)

    changes = changes_for(inputs, now, after, ask)

    assert changes == {"channels[video].spend.cap": str(sum(after["video"])), "channels[search].spend.floor": str(sum(after["search"]))}
    next_plan = placed_anew(shop_inputs(strategy=apply_changes(inputs.strategy, changes)))
    assert sum(next_plan["video"]) <= sum(after["video"])
    assert sum(next_plan["search"]) >= sum(after["search"])


def test_floors_and_caps_in_the_way_move_along_and_a_budget_is_written_as_the_quarters() -> None:
    inputs = shop_inputs()
    now = placed_anew(inputs)
    ask = Ask("social", "video", free_a_week(now, {}, ONE)["social"], budget=Decimal(-500))
    after, _ = with_move(now, {}, ask, ONE)

    changes = changes_for(inputs, now, after, ask)

    assert changes["management.budget.quarter"] == "29500"
    assert changes["channels[social].spend.floor"] == changes["channels[social].spend.cap"]
    assert apply_changes(inputs.strategy, changes).management.budget.quarter == 29500
