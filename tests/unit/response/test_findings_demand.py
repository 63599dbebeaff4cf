"""Findings about who follows whom, on shops in which somebody does, and on the same shops in which nobody does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shops import mondays

from quarterdeck.response.findings.findings import find_about_data
from quarterdeck.response.fitting.setting import prepare
from quarterdeck.response.series.rhythm import correlation, likely_chance, without_rhythm
from quarterdeck.response.series.series import FloatArray, ResponseSeries

WEEKS = 156
TIME = np.arange(WEEKS)


def flights(rng: np.random.Generator, period: float) -> FloatArray:
    """Spend in bursts, with a quarter of noise."""
    burst = np.clip(np.sin(2.0 * np.pi * TIME / period + rng.uniform(0.0, 6.0)), 0.0, None)
    return np.asarray((8.0 + 160.0 * burst) * np.exp(0.25 * rng.standard_normal(WEEKS)))


def company(seed: int, *, chase: float = 0.0, pace: float = 0.0, is_measured: bool = False) -> ResponseSeries:
    """Search chases demand by `chase` and last week's sales by `pace`; social follows its own plan alone."""
    rng = np.random.default_rng(seed)
    search, social, noise = flights(rng, 7.0), flights(rng, 11.0), 20.0 * rng.standard_normal(WEEKS)
    demand = 0.35 * np.cos(2.0 * np.pi * TIME / 52.0) + np.convolve(0.15 * rng.standard_normal(WEEKS), [1.0, 0.5, 0.25])[:WEEKS]
    search = search * np.clip(1.0 + chase * demand, 0.1, None)
    outcome = np.empty(WEEKS)
    for week in TIME:
        if week:
            search[week] *= max(0.1, 1.0 + pace * (outcome[week - 1] - 450.0) / 450.0)
        outcome[week] = 400.0 + 80.0 * demand[week] + sum(60.0 * x / (x + 80.0) for x in (search[week], social[week])) + noise[week]
    price = 12.0 + rng.standard_normal(WEEKS)
    context = np.column_stack([price, *([100.0 * demand + 5.0 * rng.standard_normal(WEEKS)] if is_measured else [])])
    names = ("price", "demand_index") if is_measured else ("price",)
    return ResponseSeries(
        "orders", mondays(WEEKS), ("search", "social"), np.column_stack([search, social]), outcome, (), np.zeros((WEEKS, 0)), names, context
    )


def codes(series: ResponseSeries) -> set[tuple[str, str | None]]:
    return {(finding.code, finding.channel) for finding in find_about_data(series)}


@pytest.mark.parametrize("seed", range(1, 9))
def test_flights_that_follow_nobody_are_left_alone(seed: int):
    assert codes(company(seed)) == set()


@pytest.mark.parametrize("seed", range(1, 5))
def test_spend_that_chases_hidden_demand_is_named_and_the_other_channel_is_not(seed: int):
    said = codes(company(seed, chase=1.6))
    assert said & {("follows_demand", "search"), ("follows_outcome", "search")}
    assert not {channel for _, channel in said} - {"search"}


@pytest.mark.parametrize("seed", range(1, 5))
def test_demand_that_is_measured_is_no_reason_to_doubt_but_is_named(seed: int):
    assert codes(company(seed, chase=1.6, is_measured=True)) == {("follows_context", "search")}


@pytest.mark.parametrize("seed", range(1, 5))
def test_spend_paced_by_last_weeks_sales_is_named(seed: int):
    said = codes(company(seed, pace=1.5))
    assert said & {("follows_outcome", "search"), ("follows_demand", "search")}
    assert not {channel for _, channel in said} - {"search"}


def with_context(series: ResponseSeries, name: str, column: FloatArray) -> ResponseSeries:
    return replace(series, context_names=(*series.context_names, name), context=np.column_stack([series.context, column]))


def test_a_promotion_that_runs_with_a_channel_is_named_and_one_of_its_own_is_not():
    series = company(1)
    together = with_context(series, "sale", (series.spend[:, 0] > np.quantile(series.spend[:, 0], 0.7)).astype(float))
    alone = with_context(series, "sale", (np.random.default_rng(9).random(WEEKS) < 0.2).astype(float))
    assert ("promo_with_spend", "search") in codes(together)
    assert codes(alone) == set()


def test_a_promotion_after_weak_weeks_is_named():
    series = company(2)
    weak = np.append(0.0, series.outcome[:-1] < np.quantile(series.outcome, 0.3)).astype(float)
    text = {finding.code: finding.text for finding in find_about_data(with_context(series, "promotion", weak))}
    assert "changed after weak weeks" in text["promo_follows_demand"]


def test_context_that_copies_or_follows_media_or_stands_there_twice_is_named():
    series, rng = company(3), np.random.default_rng(5)
    level = series.spend / (series.spend + series.spend.mean(axis=0))
    copy = series.spend[:, 1] + 0.2 * series.spend[:, 1].std() * rng.standard_normal(WEEKS)
    awareness = 30.0 + 20.0 * level.sum(axis=1) + 2.0 * rng.standard_normal(WEEKS)
    assert ("context_copies_spend", "social") in codes(with_context(series, "visits", copy))
    assert ("context_follows_media", None) in codes(with_context(series, "awareness", awareness))
    assert ("context_duplicate", None) in codes(with_context(series, "price_again", 3.0 * series.context[:, 0] + 1.0))


def test_days_are_looked_at_in_weeks():
    # given: a shop of days whose spend has a rhythm of weekdays and nothing else
    rng, days = np.random.default_rng(1), 7 * 70
    week = np.array([1.0, 1.1, 1.0, 1.2, 1.5, 0.4, 0.3])[np.arange(days) % 7]
    starts = tuple(mondays(1)[0].fromordinal(mondays(1)[0].toordinal() + day) for day in range(days))
    spend = 50.0 * week * np.exp(0.3 * rng.standard_normal(days))
    series = ResponseSeries("orders", starts, ("search",), spend[:, None], 100.0 * week + 10.0 * rng.standard_normal(days), step_days=1)
    assert codes(series) == set()


def test_a_rhythm_is_taken_out_and_what_is_left_is_noise():
    rng = np.random.default_rng(4)
    spend = flights(rng, 9.0)
    free = without_rhythm(np.column_stack([spend, np.exp(rng.standard_normal(WEEKS)), np.zeros(WEEKS)]))
    assert free[:, 0].std() < 0.5 * np.log(spend).std()
    assert free[:, 1].std() == pytest.approx(1.0, abs=0.2)
    assert np.array_equal(free[:, 2], np.zeros(WEEKS))


def test_two_wandering_columns_must_agree_more_than_two_restless_ones():
    rng = np.random.default_rng(6)
    one, other = np.cumsum(rng.standard_normal((2, WEEKS)), axis=1)
    assert likely_chance(one, other) > 2.0 * likely_chance(np.diff(one), np.diff(other))
    assert correlation(one, np.ones(WEEKS)) == 0.0


def test_an_event_of_the_calendar_is_not_called_set_by_demand():
    series = company(2)
    weak = np.append(0.0, series.outcome[:-1] < np.quantile(series.outcome, 0.3)).astype(float)
    assert "promo_follows_demand" in {code for code, _ in codes(with_context(series, "promotion", weak))}
    yearly = np.zeros(len(series))
    yearly[[row for row, day in enumerate(series.starts) if day.month == 12 and 18 <= day.day <= 24]] = 1.0
    shifted = replace(series, outcome=series.outcome + 900.0 * np.append(yearly[1:], 0.0))
    assert codes(with_context(shifted, "christmas_sale", yearly)) == codes(shifted)


def test_a_trend_that_advertising_shares_is_no_effect_of_advertising():
    # given: stores that close one by one while spend grows, and awareness that rises with what is spent in a week
    series, rng = company(3), np.random.default_rng(6)
    grown = replace(series, spend=series.spend * (1.0 + 2.0 * TIME / WEEKS)[:, None])
    stores = 700.0 - np.floor(0.7 * TIME) + np.cumsum(rng.random(WEEKS) < 0.1)
    level = grown.spend / (grown.spend + grown.spend.mean(axis=0))
    awareness = 30.0 + 20.0 * level.sum(axis=1) + 2.0 * rng.standard_normal(WEEKS)
    assert ("context_follows_media", None) not in codes(with_context(grown, "stores", stores))
    assert ("context_follows_media", None) in codes(with_context(grown, "awareness", awareness))


def test_a_day_that_stands_there_twice_counts_once_and_two_that_share_a_trend_both_count():
    series, rng = company(4), np.random.default_rng(7)
    day = (TIME % 52 == 47).astype(float)
    twice = with_context(with_context(series, "black_friday", day), "thanksgiving", day)
    said = [finding for finding in find_about_data(twice) if finding.code == "context_duplicate"]
    assert [finding.column for finding in said] == ["thanksgiving"]
    grows = 100.0 + TIME
    prices = with_context(with_context(series, "wages", grows + rng.standard_normal(WEEKS)), "rents", 2.0 * grows + rng.standard_normal(WEEKS))
    assert correlation(*prices.context[:, -2:].T) > 0.98
    assert not [finding for finding in find_about_data(prices) if finding.code == "context_duplicate"]


def test_a_column_that_stands_there_twice_counts_for_nothing_in_the_fit():
    series = company(4)
    twice = with_context(series, "price_again", 3.0 * series.context[:, 0] + 1.0)
    layout = prepare(twice, {}).layout
    assert layout.left_out == (twice.context_names.index("price_again"),)
    assert prepare(series, {}).layout.left_out == ()
