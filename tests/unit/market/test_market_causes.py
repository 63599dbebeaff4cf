"""Causes of a change: one input swapped at a time, adding up exactly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from market_makers import FIRST_DAY, a_market, usual

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.market.presets import PRESETS
from quarterdeck.market.shocks import Shock
from quarterdeck.market.truth import causes_between_periods, causes_of_change, effect_of, expected_outcome

START, END = FIRST_DAY + timedelta(days=200), FIRST_DAY + timedelta(days=227)


def test_causes_between_two_runs_add_up_to_the_whole_change() -> None:
    market = a_market("shop")
    before = usual(market)
    after = before.scaled(0.5, "search").scaled(2.0, "direct_mail")
    cold, lost = Shock("demand", START, END, -0.2), Shock("tracking_lost", START, END, 0.3)

    causes = causes_of_change(market, before, after, shocks_before=(lost,), shocks_after=(cold, lost), first_day=START, last_day=END)

    rows = slice(200, 228)
    new = expected_outcome(market, after, shocks=(cold, lost), recorded=True)[rows]
    change = (new - expected_outcome(market, before, shocks=(lost,), recorded=True)[rows]).sum()
    assert sum(causes.values()) == pytest.approx(change)
    assert causes["spend search"] < 0 < causes["spend direct_mail"]
    assert causes[f"demand {START.isoformat()}"] < 0
    assert causes["spend radio"] == pytest.approx(0.0, abs=1e-9)
    assert not any(name.startswith("tracking_lost") for name in causes)


def test_a_single_cause_is_its_own_effect() -> None:
    market = a_market("b2b")
    spend = usual(market)
    shock = Shock("channel_worse", START, END, 0.5, "search")

    causes = causes_of_change(market, spend, spend, shocks_after=(shock,))

    assert causes[f"channel_worse search {START.isoformat()}"] == pytest.approx(effect_of(market, spend, shock))
    assert sum(abs(value) for name, value in causes.items() if name.startswith("spend")) == pytest.approx(0.0, abs=1e-6)


def test_a_shock_that_ends_has_the_opposite_sign_and_lost_tracking_is_a_cause() -> None:
    market = a_market("shop")
    spend = usual(market)
    lost = Shock("tracking_lost", START, END, 0.3)
    gone = causes_of_change(market, spend, spend, shocks_before=(lost,))
    assert gone[f"tracking_lost {START.isoformat()}"] == pytest.approx(-effect_of(market, spend, lost, recorded=True))


@pytest.mark.parametrize("preset", list(PRESETS))
@pytest.mark.parametrize("metric", ["aim", "margin"])
def test_causes_between_two_periods_add_up_for_every_metric(preset: str, metric: str) -> None:
    market = a_market(preset)
    spend = usual(market)
    name = market.aim if metric == "aim" else metric
    shock = Shock("channel_worse", START, END, 0.5, "search")

    causes = causes_between_periods(market, spend, earlier=START - timedelta(days=56), later=START, days=28, shocks=(shock,), metric=name)

    truth = expected_outcome(market, spend, name, (shock,))
    assert sum(causes.values()) == pytest.approx(truth[200:228].sum() - truth[144:172].sum())
    assert causes["effect search"] < 0


def test_nothing_is_carried_in_for_a_metric_that_does_not_wait() -> None:
    market = a_market("shop")
    causes = causes_between_periods(market, usual(market), earlier=START - timedelta(days=56), later=START, days=28, metric="new_customers")
    assert causes["carried in"] == pytest.approx(0.0, abs=1e-6)
    assert causes["tracking"] == 0.0


def test_a_season_that_turns_shows_as_demand_and_money_that_stops_as_pressure() -> None:
    market = a_market("shop")
    spend = usual(market, weeks=30)
    amount = spend.amount.copy()
    radio = [n for n, line in enumerate(spend.lines) if line[0] == "search"]
    amount[112:, radio] = 0.0
    stopped = type(spend)(spend.first_day, spend.lines, amount)
    causes = causes_between_periods(market, stopped, earlier=FIRST_DAY + timedelta(days=14), later=FIRST_DAY + timedelta(days=119), days=28)
    assert causes["demand"] > 0
    assert causes["pressure search"] < 0
    assert causes["pressure search"] == min(causes.values())


def test_runs_of_other_days_and_periods_outside_the_run_are_refused() -> None:
    market = a_market("shop")
    spend = usual(market, weeks=20)
    with pytest.raises(InvalidInput, match="MARKET-040"):
        causes_of_change(market, spend, spend.then_nothing(1))
    with pytest.raises(InvalidInput, match="MARKET-041"):
        causes_between_periods(market, spend, earlier=FIRST_DAY, later=FIRST_DAY + timedelta(days=10), days=28)
    with pytest.raises(InvalidInput, match="MARKET-023"):
        causes_of_change(market, spend, spend, metric="happiness")
