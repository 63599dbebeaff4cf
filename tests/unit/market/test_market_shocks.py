"""Shocks: right sign, right days, and gone when carry-over is."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from market_makers import FIRST_DAY, a_market, usual

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.market.shocks import Shock
from quarterdeck.market.truth import competitor_pressure, effect_of, expected_outcome, recorded_share

START, END = FIRST_DAY + timedelta(days=200), FIRST_DAY + timedelta(days=227)
SHOCKS = {
    "channel_worse": (Shock("channel_worse", START, END, 0.5, "search"), -1),
    "channel_better": (Shock("channel_better", START, END, 0.5, "search"), 1),
    "cold January": (Shock("demand", START, END, -0.2), -1),
    "a rush": (Shock("demand", START, END, 0.3), 1),
    "price_rise": (Shock("price_rise", START, END, 0.5), -1),
    "price_rise of one channel": (Shock("price_rise", START, END, 0.5, "social"), -1),
    "competitor": (Shock("competitor", START, END, 1.0), -1),
}


@pytest.mark.parametrize("name", SHOCKS)
@pytest.mark.parametrize("preset", ["shop", "saas", "local_trade"])
def test_a_shock_moves_the_outcome_the_right_way_and_not_before_it_starts(name: str, preset: str) -> None:
    shock, sign = SHOCKS[name]
    market = a_market(preset)
    spend = usual(market)

    change = expected_outcome(market, spend, shocks=(shock,)) - expected_outcome(market, spend)

    assert np.abs(change[:200]).max() == 0.0
    assert sign * effect_of(market, spend, shock) > 0
    assert effect_of(market, spend, shock) == pytest.approx(change.sum())


@pytest.mark.parametrize("name", SHOCKS)
def test_a_shock_is_gone_when_carry_over_and_the_competitors_memory_are(name: str) -> None:
    shock, _ = SHOCKS[name]
    market = a_market("shop")
    spend = usual(market, weeks=75)

    change = np.abs(expected_outcome(market, spend, shocks=(shock,)) / expected_outcome(market, spend) - 1.0)

    assert change[205:228].max() > 0.005
    assert change[228 + 140 :].max() < 0.005 * change.max()


def test_a_worse_channel_touches_nothing_but_its_own_days() -> None:
    market = a_market("shop")
    spend = usual(market)
    shock = Shock("channel_worse", START, END, 1.0, "display")
    change = expected_outcome(market, spend, shocks=(shock,)) - expected_outcome(market, spend)
    assert (change[200:228] < 0).all()
    assert np.abs(change[228:]).max() == 0.0


def test_a_demand_shock_shows_in_the_demand_index_unless_it_is_hidden() -> None:
    market = a_market("shop")
    spend = usual(market)
    plain = market.run(spend).context["demand_index"]
    seen = market.run(spend, shocks=(Shock("demand", START, END, -0.3),)).context["demand_index"]
    hidden = market.run(spend, shocks=(Shock("demand", START, END, -0.3, hidden=True),))

    assert (seen[200:228] < 0.9 * plain[200:228]).all()
    assert np.array_equal(hidden.context["demand_index"], plain)
    assert hidden.outcomes["new_customers"][200:228].sum() < 0.9 * market.run(spend).outcomes["new_customers"][200:228].sum()


def test_lost_tracking_hides_outcomes_from_the_records_and_not_from_the_truth() -> None:
    market = a_market("shop")
    spend = usual(market)
    shock = Shock("tracking_lost", START, END, 0.4)

    whole, lost = market.run(spend), market.run(spend, shocks=(shock,))

    assert effect_of(market, spend, shock) == 0.0
    assert effect_of(market, spend, shock, recorded=True) == pytest.approx(-0.4 * expected_outcome(market, spend)[200:228].sum())
    for metric in market.metrics:
        assert lost.outcomes[metric][200:228].sum() == pytest.approx(0.6 * whole.outcomes[metric][200:228].sum(), rel=0.12)
        assert np.array_equal(lost.outcomes[metric][:200], whole.outcomes[metric][:200])
        assert np.array_equal(lost.outcomes[metric][228:], whole.outcomes[metric][228:])
    assert np.array_equal(recorded_share(market, spend, (shock,))[[199, 200, 227, 228]], [1.0, 0.6, 0.6, 1.0])


def test_a_price_rise_buys_less_exposure_of_its_channel_alone() -> None:
    market = a_market("shop")
    spend = usual(market)
    plain, dearer = market.run(spend), market.run(spend, shocks=(Shock("price_rise", START, END, 1.0, "search"),))
    for n, (channel, _) in enumerate(spend.lines):
        spent = spend.amount[200:228, n] > 1.0
        ratio = dearer.impressions[200:228, n][spent] / np.maximum(plain.impressions[200:228, n][spent], 1)
        assert np.allclose(ratio, 0.5 if channel == "search" else 1.0, rtol=0.05)


def test_a_competitor_shock_presses_for_its_weeks_and_fades() -> None:
    market = a_market("shop")
    spend = usual(market)
    more = competitor_pressure(market, spend, (Shock("competitor", START, END, 1.0),)) - competitor_pressure(market, spend)
    assert np.abs(more[:200]).max() == 0.0
    assert more[215:228].min() > 0.4
    assert more[340:].max() < 0.02


def test_two_shocks_of_one_kind_both_count() -> None:
    market = a_market("shop")
    spend = usual(market)
    first, second = Shock("demand", START, END, -0.2), Shock("demand", START, END, -0.1)
    assert effect_of(market, spend, first, others=(second,)) < 0
    both = expected_outcome(market, spend, shocks=(first, second)).sum() - expected_outcome(market, spend).sum()
    assert both == pytest.approx(effect_of(market, spend, second) + effect_of(market, spend, first, others=(second,)))


@pytest.mark.parametrize(
    ("kind", "size", "channel", "code"),
    [
        ("earthquake", 0.1, None, "MARKET-010"),
        ("channel_worse", 1.5, "search", "MARKET-012"),
        ("demand", -1.0, None, "MARKET-012"),
        ("channel_better", 0.5, None, "MARKET-013"),
        ("tracking_lost", 0.5, "search", "MARKET-014"),
    ],
)
def test_a_shock_that_cannot_be_is_refused(kind: str, size: float, channel: str | None, code: str) -> None:
    with pytest.raises(InvalidInput, match=code):
        Shock(kind, START, END, size, channel)  # type: ignore[arg-type]  # wrong on purpose


def test_a_shock_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(InvalidInput, match="MARKET-011"):
        Shock("demand", END, START, -0.1)


def test_a_shock_of_a_channel_that_the_market_lacks_is_refused() -> None:
    market = a_market("small_shop")
    with pytest.raises(InvalidInput, match="radio"):
        market.run(usual(market), shocks=(Shock("channel_worse", START, END, 0.5, "radio"),))
