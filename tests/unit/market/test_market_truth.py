"""The truth: more spend never hurts, returns fall, effects carry over, interact and drift, and the competitor answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from market_makers import a_market, cut, only, steady, usual

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.market.course import campaign_quality, follow
from quarterdeck.market.market import Market
from quarterdeck.market.outcomes import expected_metrics
from quarterdeck.market.presets import PRESETS
from quarterdeck.market.spend import DailySpend
from quarterdeck.market.streams import FloatArray
from quarterdeck.market.truth import (
    channel_drift,
    competitor_pressure,
    expected_outcome,
    next_pound_returns,
    true_contribution,
    true_media_profit,
    true_profit,
)

ALL = tuple(PRESETS)


def held_outcome(market: Market, spend: DailySpend, like: DailySpend) -> FloatArray:
    """The aim under `spend` with the competitor held where it is under `like`."""
    rival = follow(market.preset, market.seed, market.first_day, like).rival
    return expected_metrics(follow(market.preset, market.seed, market.first_day, spend, rival=rival))[market.aim]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(ALL), st.integers(0, 5), st.floats(1.05, 6.0), st.data())
def test_more_spend_on_any_channel_hurts_on_no_day_when_the_competitor_is_held(preset: str, seed: int, factor: float, data: st.DataObject) -> None:
    market = a_market(preset, seed)
    channel = data.draw(st.sampled_from(market.channels))
    spend = usual(market, weeks=45)

    more = held_outcome(market, spend.scaled(factor, channel), spend)

    assert (more - held_outcome(market, spend, spend)).min() >= -1e-9


@pytest.mark.parametrize("preset", ALL)
def test_more_spend_on_all_channels_helps_in_sum_even_when_the_competitor_answers(preset: str) -> None:
    market = a_market(preset)
    sums = [expected_outcome(market, steady(market, factor=factor)).sum() for factor in (0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)]
    assert (np.diff(sums) > 0).all()


@pytest.mark.parametrize("preset", ALL)
def test_returns_of_every_channel_fall_at_high_spend(preset: str) -> None:
    market = a_market(preset)
    spend = steady(market)
    for channel in market.channels:
        outcome = {factor: held_outcome(market, spend.scaled(factor, channel), spend).sum() for factor in (0.8, 1.0, 4.0, 4.2)}
        assert 0 < outcome[4.2] - outcome[4.0] < 0.6 * (outcome[1.0] - outcome[0.8]), channel


def test_the_first_pounds_of_an_s_shaped_channel_bring_less_than_the_next() -> None:
    market = a_market("shop")
    spend = steady(market)
    outcome = {factor: held_outcome(market, spend.scaled(factor, "radio"), spend).sum() for factor in (0.0, 0.05, 0.2, 0.25)}
    assert outcome[0.05] - outcome[0.0] < 0.8 * (outcome[0.25] - outcome[0.2])


@pytest.mark.parametrize("preset", ALL)
def test_effect_goes_on_after_spending_stops_and_ends(preset: str) -> None:
    market = a_market(preset)
    spend = steady(market, weeks=40)
    for channel in market.channels:
        burst = only(spend, channel, slice(70, 77))
        brought = held_outcome(market, burst, burst) - held_outcome(market, burst.scaled(0.0), burst)
        assert brought[:70].max() == 0.0
        assert brought[77:100].sum() > 0.0
        assert brought[70:100].sum() > 0.0
        assert brought[250:].sum() < 1e-2 * brought.sum()


def test_the_effect_of_video_and_mail_peaks_days_after_the_money() -> None:
    market = a_market("shop")
    spend = steady(market)
    for channel, earliest in (("video", 5), ("direct_mail", 4), ("print", 2)):
        day = only(spend, channel, slice(90, 91))
        brought = held_outcome(market, day, day) / held_outcome(market, day.scaled(0.0), day) - 1.0
        assert int(np.argmax(brought)) >= 90 + earliest


@pytest.mark.parametrize("preset", ALL)
def test_baseline_and_contributions_relate_to_the_whole(preset: str) -> None:
    market = a_market(preset)
    spend = usual(market, weeks=104)
    last_year = slice(-364, None)

    contribution = true_contribution(market, spend)
    everything, nothing = held_outcome(market, spend, spend), held_outcome(market, spend.scaled(0.0), spend)

    assert contribution.shape == (spend.days, len(market.channels))
    assert contribution.min() >= -1e-9
    baseline = nothing[last_year].sum() / everything[last_year].sum()
    assert 0.5 < baseline < 0.72
    parts = contribution[last_year].sum() / (everything - nothing)[last_year].sum()
    assert 0.85 < parts < 1.15


def test_channels_that_lift_each_other_are_worth_more_together() -> None:
    market = a_market("shop")
    spend = steady(market)
    neither = spend.scaled(0.0, "radio").scaled(0.0, "search")
    outcome = [held_outcome(market, s, spend).sum() for s in (spend, spend.scaled(0.0, "radio"), spend.scaled(0.0, "search"), neither)]
    assert outcome[0] - outcome[1] - outcome[2] + outcome[3] > 0


def test_channels_that_share_a_ceiling_are_worth_less_together() -> None:
    market = a_market("shop")
    spend = steady(market)
    neither = spend.scaled(0.0, "social").scaled(0.0, "display")
    outcome = [held_outcome(market, s, spend).sum() for s in (spend, spend.scaled(0.0, "social"), spend.scaled(0.0, "display"), neither)]
    assert outcome[0] - outcome[1] - outcome[2] + outcome[3] < 0


@pytest.mark.parametrize("preset", ALL)
def test_how_well_channels_work_drifts_slowly_and_comes_back(preset: str) -> None:
    market = a_market(preset)
    drift = channel_drift(market, usual(market, weeks=520))
    assert (drift.std(axis=0) > 0.03).all()
    assert np.abs(np.diff(np.log(drift), axis=0)).max() < 0.03
    assert np.abs(drift.mean(axis=0) - 1.0).max() < 0.15


def test_a_campaign_keeps_its_quality_whoever_else_runs_and_drifts_a_little() -> None:
    market = a_market("shop")
    lines = (("search", "brand"), ("search", "garden"), ("search", None))
    spend = DailySpend(market.first_day, lines, np.ones((364, 3)))

    quality = campaign_quality(market.seed, market.first_day, spend)
    alone = campaign_quality(market.seed, market.first_day, DailySpend(market.first_day, lines[1:2], np.ones((364, 1))))

    assert np.array_equal(quality[:, 1], alone[:, 0])
    assert (quality[:, 2] == 1.0).all()
    assert abs(quality[:, 0].mean() - quality[:, 1].mean()) > 0.01
    assert 0.0 < quality[:, 0].std() < 0.15
    many = DailySpend(market.first_day, tuple(("search", f"c{n}") for n in range(300)), np.ones((1, 300)))
    assert campaign_quality(1, market.first_day, many).mean() == pytest.approx(1.0, abs=0.04)


def test_money_on_a_better_campaign_brings_more() -> None:
    market = a_market("shop")
    names = [f"c{n}" for n in range(12)]
    money = steady(market)
    column = market.channels.index("social")
    brought, quality = [], []
    for name in names:
        lines = tuple((channel, name if channel == "social" else None) for channel in market.channels)
        spend = DailySpend(money.first_day, lines, money.amount)
        quality.append(campaign_quality(market.seed, market.first_day, spend)[:, column].mean())
        brought.append(expected_outcome(market, spend).sum())
    assert np.corrcoef(quality, brought)[0, 1] > 0.95


def test_the_competitor_answers_our_spend_after_its_lag() -> None:
    market = a_market("shop")
    spend = steady(market)
    amount = spend.amount.copy()
    amount[100:128] *= 3.0
    loud = DailySpend(spend.first_day, spend.lines, amount)

    more = competitor_pressure(market, loud) - competitor_pressure(market, spend)

    assert np.abs(more[:114]).max() == 0.0
    assert more[114:142].max() > 0.03
    assert more[250:].max() < 0.003


def test_the_competitors_answer_costs_us_some_of_what_we_gain() -> None:
    market = a_market("shop")
    spend = steady(market)
    free = expected_outcome(market, spend.scaled(2.0)).sum()
    assert expected_outcome(market, spend).sum() < free < held_outcome(market, spend.scaled(2.0), spend).sum()


def test_one_pound_works_better_when_demand_is_high() -> None:
    market = a_market("shop")
    spend = steady(market, weeks=104)
    contribution = true_contribution(market, spend)[:, market.channels.index("search")]
    may, january = slice(7 * 70, 7 * 74), slice(7 * 54, 7 * 58)
    assert contribution[may].sum() > 1.2 * contribution[january].sum()


@pytest.mark.parametrize("preset", ALL)
def test_the_value_of_a_unit_is_the_margin_that_it_brings_in_the_long_run(preset: str) -> None:
    market = a_market(preset)
    spend = usual(market, weeks=52 * 8)
    amount = spend.amount.copy()
    amount[364:728] *= 1.3
    more = DailySpend(spend.first_day, spend.lines, amount)
    gain = {metric: (expected_outcome(market, more, metric) - expected_outcome(market, spend, metric)).sum() for metric in (market.aim, "margin")}
    assert gain["margin"] / gain[market.aim] == pytest.approx(market.value_per_unit, rel=0.03)


def test_profit_counts_carry_in_the_weeks_after_and_the_money() -> None:
    market = a_market("shop")
    spend = usual(market, weeks=60)
    history, plan = cut(spend, 47)
    nothing = plan.scaled(0.0)
    quiet_history = DailySpend(history.first_day, history.lines, np.zeros_like(history.amount))

    assert true_profit(market, history, nothing) > true_profit(market, quiet_history, nothing)
    assert true_media_profit(market, history, nothing) == 0.0
    by_hand = expected_outcome(market, history.then(plan).then_nothing(56))[history.days :].sum() * market.value_per_unit - plan.total
    assert true_profit(market, history, plan) == pytest.approx(by_hand)


def test_the_shop_overspends_on_some_channels_and_underspends_on_others() -> None:
    market = a_market("shop")
    spend = usual(market, weeks=117)
    history, plan = cut(spend, 104)
    usual_money = steady(market, weeks=13)
    returns = next_pound_returns(market, history, DailySpend(plan.first_day, usual_money.lines, usual_money.amount))
    assert min(returns.values()) < 0.4
    assert max(returns.values()) > 1.0


def test_an_unknown_metric_is_refused() -> None:
    market = a_market("shop")
    with pytest.raises(InvalidInput, match="one of new_customers"):
        expected_outcome(market, usual(market, weeks=2), "happiness")
