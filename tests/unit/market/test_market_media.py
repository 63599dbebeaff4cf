"""The forms: carry-over shares, and slopes against finite differences of the market itself."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from market_makers import a_market, cut, usual

from quarterdeck.market.best import _Hill, last_year_split
from quarterdeck.market.carry_over import arrival, gather_back, spread_later, waiting
from quarterdeck.market.limits import SplitLimits
from quarterdeck.market.preset import CarryOver, Wait
from quarterdeck.market.presets import PRESETS
from quarterdeck.market.streams import stream, wandering

CARRIES = st.builds(CarryOver, st.sampled_from(["negative_binomial", "weibull"]), st.floats(0.5, 20.0), st.floats(0.5, 5.0), st.integers(1, 100))


@given(CARRIES)
def test_all_of_an_effect_arrives_and_none_of_it_before_the_money(carry: CarryOver) -> None:
    shares = arrival(carry)
    assert shares.shape == (carry.days,)
    assert shares.min() >= 0.0
    assert shares.sum() == pytest.approx(1.0)


def test_a_negative_binomial_of_size_one_is_geometric() -> None:
    shares = arrival(CarryOver("negative_binomial", 3.0, 1.0, 200))
    assert shares[:5] == pytest.approx(0.25 * 0.75 ** np.arange(5))


def test_carry_over_of_every_channel_that_is_not_search_like_peaks_later_than_a_geometric_one_can() -> None:
    for preset in PRESETS.values():
        delayed = [channel.id for channel in preset.channels if np.argmax(arrival(channel.carry_over)) > 0]
        assert len(delayed) >= 2, preset.id


def test_saturation_has_no_form_that_the_response_model_fits() -> None:
    for preset in PRESETS.values():
        assert all(channel.saturation == "log" or channel.slope != 1.0 for channel in preset.channels), preset.id


def test_everybody_who_waits_arrives_and_on_average_when_said() -> None:
    shares = waiting(Wait("gamma", 20))
    assert shares.sum() == pytest.approx(1.0)
    assert (shares * (np.arange(len(shares)) + 0.5)).sum() == pytest.approx(20, rel=0.05)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=40), st.integers(1, 30))
def test_gathering_back_is_the_transpose_of_spreading_later(values: list[float], days: int) -> None:
    shares = arrival(CarryOver("weibull", 4.0, 1.5, days))
    other = np.linspace(-1, 2, len(values))
    assert spread_later(np.array(values), shares) @ other == pytest.approx(np.array(values) @ gather_back(other, shares), abs=1e-9)


def test_a_named_stream_is_the_same_again_and_unlike_any_other() -> None:
    draws = [stream(3, "a", "b").random(4), stream(3, "a", "b").random(4), stream(3, "ab").random(4), stream(4, "a", "b").random(4)]
    assert np.array_equal(draws[0], draws[1])
    assert not np.array_equal(draws[0], draws[2])
    assert not np.array_equal(draws[0], draws[3])


def test_a_wandering_has_its_spread_from_the_first_step_on() -> None:
    walks = np.array([wandering(stream(seed, "walk"), 50, memory=0.9, spread=0.2) for seed in range(800)])
    assert walks[:, 0].std() == pytest.approx(0.2, rel=0.1)
    assert walks[:, -1].std() == pytest.approx(0.2, rel=0.1)
    assert np.corrcoef(walks[:, 20], walks[:, 21])[0, 1] == pytest.approx(0.9, abs=0.05)


@pytest.mark.parametrize("preset", list(PRESETS))
def test_the_slope_that_the_search_climbs_is_that_of_the_market_itself(preset: str) -> None:
    market = a_market(preset)
    history, _ = cut(usual(market, weeks=80), 67)
    limits = SplitLimits.of(market.channels, weeks=13, budget=market.preset.weekly_spend * 13, floors={}, caps={}, week_caps={})
    amounts = last_year_split(market, history, weeks=13, budget=limits.budget) + market.preset.weekly_spend / 50
    hill = _Hill(market, history, limits, ())
    _, slope = hill.climb_facts(amounts)
    for week in (0, 5, 12):
        for channel in range(len(market.channels)):
            step = np.zeros_like(amounts)
            step[week, channel] = 1e-4 * market.preset.weekly_spend
            rise = hill.climb_facts(amounts + step)[0] - hill.climb_facts(amounts - step)[0]
            assert slope[week, channel] == pytest.approx(rise / (2 * step.sum()), rel=2e-3, abs=1e-4), (week, market.channels[channel])


def test_the_search_sees_nearly_the_same_profit_with_only_the_history_that_still_matters() -> None:
    from quarterdeck.market.spend import spread_weeks
    from quarterdeck.market.truth import true_profit

    market = a_market("shop")
    history, _ = cut(usual(market, weeks=120), 104)
    budget = market.preset.weekly_spend * 13
    limits = SplitLimits.of(market.channels, weeks=13, budget=budget, floors={}, caps={}, week_caps={})
    amounts = last_year_split(market, history, weeks=13, budget=budget)
    plan = spread_weeks(amounts, market.first_day + timedelta(weeks=104), market.channels)
    assert _Hill(market, history, limits, ()).climb_facts(amounts)[0] - budget == pytest.approx(true_profit(market, history, plan), rel=1e-5)
