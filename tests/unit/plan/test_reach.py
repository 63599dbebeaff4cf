"""One quarter moves a channel's money only so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_makers import CHANNELS, QUARTER, shop_fit, shop_inputs, shop_strategy

from quarterdeck.plan.build import build_quarter_plan
from quarterdeck.plan.limits import ChannelLimit
from quarterdeck.plan.money_left import fit_floors, money_left, open_limits
from quarterdeck.plan.plan_inputs import Ahead
from quarterdeck.plan.quarter_plan import BudgetLine
from quarterdeck.plan.reach import most_change, moves_allowed, usual_quarter, within_reach
from quarterdeck.response.fitting.diagnostics import Finding


def limits_of(inputs):
    money = money_left(inputs)
    return {limit.channel: limit for limit in within_reach(fit_floors(open_limits(inputs, money), money.left, inputs.step), inputs, money)}


def with_change(share):
    return shop_inputs(strategy=shop_strategy(ads={"guardrails": {"max_change_share": share}}))


@pytest.mark.parametrize("share", ["0.1", "0.35", "0.8"])
def test_no_channel_moves_further_than_the_guardrail_allows(share):
    inputs = with_change(share)

    plan = build_quarter_plan(inputs)

    placed = float(plan.budget.budget - plan.budget.reserve)
    everything = [usual_quarter(name, inputs) for name in ("search", "social", "video")]
    more, less = max(1.0, placed / sum(low for low, _ in everything)), min(1.0, placed / sum(high for _, high in everything))
    for row in plan.budget.channels:
        low, high = usual_quarter(row.channel, inputs)
        assert low * less * (1 - float(share)) - 1 <= float(row.planned) <= max(high * more * (1 + float(share)), float(row.floor)) + 1


def test_without_a_guardrail_a_channel_moves_by_half_at_most_and_less_the_less_is_known_of_it():
    inputs = shop_inputs()
    effects = inputs.fits["new_customers"].channel_effects()

    moves = moves_allowed(inputs)

    for name, (down, up) in moves.items():
        assert down == up == pytest.approx(0.5 * max(0.2, 1.0 - effects[name].prior_share))
    assert 0.5 > moves["search"][1] > moves["social"][1] > moves["video"][1] >= 0.1


def test_limits_stand_where_the_allowed_move_ends():
    inputs = shop_inputs()
    low, high = usual_quarter("video", inputs)
    down, up = moves_allowed(inputs)["video"]
    lows, highs = (sum(usual_quarter(name, inputs)[side] for name in CHANNELS) for side in (0, 1))
    less, more = 29000 / highs, 29000 / lows

    limit = limits_of(inputs)["video"]

    assert less < 1 < more  # the budget lies between last quarter's rate and last year's
    assert float(limit.floor) == pytest.approx(low * less * (1 - down), abs=1.0)
    assert float(limit.cap) == pytest.approx(high * more * (1 + up), abs=1.0)


def with_belief(**about_search):
    """The shop whose fit knows search perfectly, with findings about it."""
    inputs = shop_inputs()
    fit = inputs.fits["new_customers"]
    findings = tuple(Finding(text="", **finding) for finding in about_search.get("findings", ()))
    known = replace(fit, prior_sds=np.full(3, 1e9), diagnostics=replace(fit.diagnostics, findings=findings))
    return replace(inputs, fits={"new_customers": known})


@pytest.mark.parametrize(
    "finding",
    [
        {"code": "follows_demand", "channel": "search"},
        {"code": "cannot_tell_apart", "channel": "search"},
        {"code": "cannot_tell_apart", "channel": "video", "other": "search"},
    ],
)
def test_a_curve_that_may_mislead_is_not_raised_further_than_an_unknown_one_but_may_fall(finding):
    assert moves_allowed(with_belief())["search"] == pytest.approx((0.5, 0.5))
    assert moves_allowed(with_belief(findings=[finding]))["search"] == pytest.approx((0.5, 0.1))


def test_a_finding_that_misleads_nobody_changes_nothing():
    assert moves_allowed(with_belief(findings=[{"code": "outlier", "channel": None}])) == moves_allowed(with_belief())


def test_the_strategys_own_limits_go_first():
    limit = limits_of(with_change("0.0"))["social"]

    assert limit.cap <= Decimal(9000) and limit.floor >= Decimal(2000)


def test_a_budget_that_halves_lets_every_channel_fall():
    halved = shop_strategy(management={"budget": {"quarter": 14000, "reserve": 0}})

    plan = build_quarter_plan(shop_inputs(strategy=halved))

    assert sum(row.planned for row in plan.budget.channels) <= 14000
    assert not any(collision.code == "PLAN-106" for collision in plan.collisions)


def test_without_trusted_curves_nothing_is_drawn_in():
    inputs = shop_inputs(refused={"new_customers": ("it missed the held-out weeks",)})
    money = money_left(inputs)
    asked = open_limits(inputs, money)

    assert within_reach(asked, inputs, money) == tuple(asked)


def test_a_floor_asks_for_no_more_than_the_weeks_that_are_left_may_hold():
    # given: eleven weeks in which nothing was spent on channels that are used to thousands
    first_open = QUARTER.first_day + timedelta(weeks=11)
    fits = {"new_customers": shop_fit(first_open - timedelta(weeks=1))}
    inputs = shop_inputs(fits=fits, ahead={"new_customers": Ahead(np.full((2, 1), 10.0), np.zeros((2, 0)))}, first_open_week=first_open)

    limit = limits_of(inputs)["video"]

    assert limit.floor == 2 * limit.weekly_cap
    assert build_quarter_plan(inputs).budget.method == "best_known"


def test_a_quarter_that_is_over_keeps_its_limits():
    inputs = shop_inputs(first_open_week=QUARTER.first_day + timedelta(weeks=13))
    asked = (ChannelLimit("search"), ChannelLimit("video"))

    assert within_reach(asked, inputs, money_left(inputs)) == asked


pounds = st.decimals(0, 25000, places=2)
situations = st.fixed_dictionaries(
    {
        "past": st.integers(0, 12),
        "limits": st.tuples(*[st.tuples(pounds, st.none() | pounds)] * 4),
        "size": st.tuples(*[st.sampled_from([0.0, 0.05, 1.0, 3.0])] * 3),
        "since": st.sampled_from([0, 60, 98]),
        "doubt": st.tuples(*[st.floats(0.3, 30)] * 3),
        "misleading": st.lists(st.sampled_from(CHANNELS), max_size=2),
        "gone": st.tuples(*[st.none() | pounds] * 3),
        "most": st.none() | st.decimals(0, 1, places=2),
        "budget": st.decimals(0, 90000, places=2),
        "promised": st.just(Decimal(0)) | pounds,
        "step": st.sampled_from([Decimal("0.01"), Decimal(1), Decimal(50)]),
    }
)


def shop_in(*, past, limits, size, since, doubt, misleading, gone, most, budget, promised, step):
    """A shop some weeks into the quarter, with any spending behind it, any budget, any limits of the strategy, and any trust in its curves."""
    first_open = QUARTER.first_day + timedelta(weeks=past)
    fit = shop_fit(first_open - timedelta(weeks=1))
    spend = fit.spend * size * (np.arange(104)[:, None] >= since)
    findings = tuple(Finding("follows_demand", name, "") for name in misleading)
    fit = replace(
        fit, series=replace(fit.series, spend=spend), prior_sds=fit.prior_sds * doubt, diagnostics=replace(fit.diagnostics, findings=findings)
    )
    channels = [
        {"id": name, "kind": "other", "ownership": "paid", "spend": {"floor": floor if cap is None else min(floor, cap), "cap": cap}}
        for name, (floor, cap) in zip((*CHANNELS, "radio"), limits, strict=True)
    ]
    spent = tuple(
        BudgetLine(channel=name, campaign=None, week=QUARTER.first_day, amount=amount, is_spent=True)
        for name, amount in zip(CHANNELS, gone, strict=True)
        if past and amount is not None
    )
    strategy = shop_strategy(
        channels=channels, campaigns=[], ads={"guardrails": {"max_change_share": most}}, management={"budget": {"quarter": budget, "reserve": 0}}
    )
    return shop_inputs(
        strategy=strategy, fits={"new_customers": fit}, first_open_week=first_open, spent=spent, committed={"video": promised}, step=step
    )


@settings(max_examples=150, deadline=None)
@given(situations)
def test_whatever_the_situation_limits_are_drawn_in_and_stay_possible(situation):
    inputs = shop_in(**situation)
    money = money_left(inputs)
    payable = fit_floors(open_limits(inputs, money), money.left, inputs.step)

    drawn = within_reach(payable, inputs, money)

    weeks = len(inputs.open_weeks)
    assert [limit.channel for limit in drawn] == [limit.channel for limit in payable]
    assert sum(limit.floor for limit in drawn) <= max(money.left, Decimal(0))
    for before, after in zip(payable, drawn, strict=True):
        # The strategy's own floor and cap hold, and what is asked can be done.
        assert after.floor >= before.floor
        assert before.cap is None or (after.cap is not None and after.cap <= before.cap)
        assert after.cap is None or after.floor <= after.cap
        assert after.weekly_cap == before.weekly_cap
        assert after.weekly_cap is None or after.floor <= after.weekly_cap * weeks
        assert after.floor % inputs.step == 0
        assert after.cap is None or after.cap % inputs.step == 0
    assert drawn[3] == payable[3]  # radio, which no fit knows


@settings(max_examples=150, deadline=None)
@given(situations)
def test_whatever_the_situation_no_channel_moves_further_than_its_guardrail(situation):
    inputs = shop_in(**situation)
    money = money_left(inputs)
    payable = fit_floors(open_limits(inputs, money), money.left, inputs.step)
    usual = {name: usual_quarter(name, inputs) for name in CHANNELS}
    placed = float(money.left + sum(money.spent.values()))
    more = max(1.0, placed / max(sum(low for low, _ in usual.values()), 1e-9))
    share = float(most_change(inputs))

    drawn = {limit.channel: limit for limit in within_reach(payable, inputs, money)}

    for before in payable[:3]:
        after, (low, high), gone = drawn[before.channel], usual[before.channel], float(money.spent.get(before.channel, 0))
        if high == 0:
            assert after == before
            continue
        # Upwards: the quarter ends at most a share above what is usual, unless more is spent or promised already.
        assert gone + float(after.cap) <= max(high * more * (1 + share), gone + float(before.floor), gone) + float(inputs.step) + 0.01
        # Downwards: a floor keeps no more than is usual; it falls below the least that is allowed only where something else forbids it.
        assert gone + float(after.floor) <= max(low, gone + float(before.floor)) + 0.01
        least = low * min(1.0, placed / max(sum(high for _, high in usual.values()), 1e-9)) * (1 - share)
        held = [float(limit) for limit in (before.cap, after.weekly_cap and after.weekly_cap * len(inputs.open_weeks)) if limit is not None]
        is_short = sum(limit.floor for limit in drawn.values()) >= max(money.left, Decimal(0)) - 4 * inputs.step
        assert gone + float(after.floor) >= min([least, *(gone + limit for limit in held)]) - float(inputs.step) - 0.01 or is_short
