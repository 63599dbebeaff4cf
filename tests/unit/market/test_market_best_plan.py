"""The best plan: within limits, and never below the splits that everybody knows."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from market_makers import a_market, cut, usual

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.market.limits import SplitLimits
from quarterdeck.market.shocks import Shock
from quarterdeck.market.spend import spread_weeks
from quarterdeck.market.truth import best_plan, equal_split, last_year_split, true_media_profit, true_profit

WEEKS = 13
LIMITS = st.tuples(st.floats(0, 0.25), st.floats(0.3, 2.0), st.floats(0.02, 1.0))


@pytest.mark.parametrize(("preset", "seed"), [("shop", 1), ("shop", 2), ("small_shop", 1), ("saas", 1), ("b2b", 1), ("local_trade", 1)])
def test_the_best_plan_beats_equal_and_last_years_split_with_the_same_money(preset: str, seed: int) -> None:
    market = a_market(preset, seed)
    history, _ = cut(usual(market, weeks=104), 91)
    budget = market.preset.weekly_spend * WEEKS

    best = best_plan(market, history, weeks=WEEKS, budget=budget)

    assert best.amounts.shape == (WEEKS, len(market.channels))
    assert best.amounts.min() >= 0.0
    assert best.amounts.sum() == pytest.approx(budget)
    assert best.first_monday == history.last_day + timedelta(days=1)
    assert best.profit == true_profit(market, history, best.daily())
    for split in (equal_split(market, weeks=WEEKS, budget=budget), last_year_split(market, history, weeks=WEEKS, budget=budget)):
        plan = spread_weeks(split, best.first_monday, market.channels)
        assert true_media_profit(market, history, best.daily()) > 1.05 * true_media_profit(market, history, plan)


def test_no_random_split_and_no_small_change_beats_the_best_plan() -> None:
    market = a_market("small_shop", 3)
    history, _ = cut(usual(market, weeks=104), 91)
    budget = market.preset.weekly_spend * WEEKS
    best = best_plan(market, history, weeks=WEEKS, budget=budget)
    rng = np.random.default_rng(5)
    for spread in (0.03, 0.1, 0.3, 1.0):
        for _ in range(12):
            other = best.amounts * np.exp(spread * rng.standard_normal(best.amounts.shape))
            plan = spread_weeks(other / other.sum() * budget, best.first_monday, market.channels)
            assert true_profit(market, history, plan) < best.profit


def test_floors_caps_and_weekly_caps_are_kept_and_cost_profit() -> None:
    market = a_market("small_shop", 1)
    history, _ = cut(usual(market, weeks=70), 60)
    budget = market.preset.weekly_spend * WEEKS
    floors, caps, week_caps = {"print": 1_800.0}, {"email_ads": 600.0, "search": 3_500.0}, {"social": 210.0}

    free = best_plan(market, history, weeks=WEEKS, budget=budget)
    bound = best_plan(market, history, weeks=WEEKS, budget=budget, floors=floors, caps=caps, week_caps=week_caps)

    totals = dict(zip(market.channels, bound.amounts.sum(axis=0), strict=True))
    assert totals["print"] >= 1_800.0 - 1e-6
    assert all(totals[channel] <= most + 1e-6 for channel, most in caps.items())
    assert bound.amounts[:, market.channels.index("social")].max() <= 210.0 + 1e-6
    assert bound.amounts.sum() == pytest.approx(budget)
    assert bound.profit < free.profit
    assert bound.profit >= max(bound.equal_profit, bound.last_year_profit)


def test_the_best_plan_is_the_same_again_and_moves_away_from_a_channel_that_is_known_to_fail() -> None:
    market = a_market("small_shop", 2)
    history, _ = cut(usual(market, weeks=70), 60)
    budget = market.preset.weekly_spend * 6
    first = history.last_day + timedelta(days=1)
    shock = Shock("channel_worse", first, first + timedelta(days=120), 0.7, "social")

    plans = [best_plan(market, history, weeks=6, budget=budget) for _ in range(2)]
    warned = best_plan(market, history, weeks=6, budget=budget, shocks=(shock,))

    assert np.array_equal(plans[0].amounts, plans[1].amounts)
    column = market.channels.index("social")
    assert warned.amounts[:, column].sum() < 0.7 * plans[0].amounts[:, column].sum()


def test_a_short_history_gives_its_own_mean_as_last_years_split() -> None:
    market = a_market("small_shop")
    history, _ = cut(usual(market, weeks=10), 8)
    split = last_year_split(market, history, weeks=4, budget=1000.0)
    totals = history.channel_totals(market.channels).sum(axis=0)
    assert np.allclose(split, np.tile(totals / totals.sum() * 250.0, (4, 1)))


def test_last_years_split_is_that_of_the_same_weeks() -> None:
    market = a_market("shop")
    spend = usual(market, weeks=80)
    history, _ = cut(spend, 70)
    split = last_year_split(market, history, weeks=13, budget=50_000.0)
    year_ago = spend.channel_totals(market.channels)[18 * 7 : 31 * 7].reshape(13, 7, -1).sum(axis=1)
    assert np.allclose(split, year_ago / year_ago.sum() * 50_000.0)


def test_a_history_that_ends_in_mid_week_is_planned_from_the_next_monday() -> None:
    market = a_market("small_shop")
    history = market.usual_spend(market.first_day + timedelta(days=59))
    best = best_plan(market, history, weeks=2, budget=1500.0)
    assert best.first_monday == market.first_day + timedelta(days=63)
    assert best.profit == true_profit(market, history, best.daily())


@settings(max_examples=150, deadline=None)
@given(
    st.integers(1, 5), st.lists(st.tuples(st.floats(0, 0.25), st.floats(0.3, 2.0), st.floats(0.02, 1.0)), min_size=4, max_size=4), st.integers(0, 99)
)
def test_the_nearest_allowed_split_is_allowed(weeks: int, drawn: list[tuple[float, float, float]], seed: int) -> None:
    channels = ("a", "b", "c", "d")
    floors = {name: 1000.0 * low for name, (low, _, _) in zip(channels, drawn, strict=True)}
    caps = {name: 1000.0 * high for name, (_, high, _) in zip(channels, drawn, strict=True)}
    week_caps = {name: 1000.0 * max(week, 0.26) for name, (_, _, week) in zip(channels, drawn, strict=True)}
    limits = SplitLimits.of(channels, weeks=weeks, budget=1000.0, floors=floors, caps=caps, week_caps=week_caps)
    wanted = np.random.default_rng(seed).gamma(0.3, size=(weeks, 4))

    split = limits.nearest(wanted)

    assert split.sum() == pytest.approx(1000.0)
    assert (split >= 0).all()
    assert (split <= limits.week_cap + 1e-6).all()
    assert (split.sum(axis=0) <= limits.cap + 1e-6).all()
    assert (split.sum(axis=0) >= limits.floor - 1e-6).all()


def test_an_allowed_split_is_left_as_it_is() -> None:
    limits = SplitLimits.of(("a", "b"), weeks=2, budget=10.0, floors={"a": 1.0}, caps={"b": 9.0}, week_caps={})
    split = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert np.allclose(limits.nearest(split), split)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"floors": {"search": 2000.0}}, "MARKET-032"),
        ({"caps": dict.fromkeys(("search", "social", "print", "email_ads"), 10.0)}, "MARKET-032"),
        ({"floors": {"search": 500.0}, "caps": {"search": 400.0}}, "MARKET-031"),
        ({"caps": {"skywriting": 400.0}}, "MARKET-022"),
    ],
)
def test_limits_that_leave_no_plan_are_refused(limits: dict[str, dict[str, float]], code: str) -> None:
    market = a_market("small_shop")
    with pytest.raises(InvalidInput, match=code):
        best_plan(market, usual(market, weeks=10), weeks=2, budget=1000.0, **limits)
