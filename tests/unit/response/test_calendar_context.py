"""Public holidays become context only where the outcome asks for them, and forecasts of the past know the days to come."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shops import simulate_shop

from quarterdeck.response.findings.demand import find_about_demand
from quarterdeck.response.forecasts.backtest import fit_as_of, forecast_on
from quarterdeck.response.series.calendar_context import LEAST_WEEKS, asks_for, is_of_calendar, with_context
from quarterdeck.response.series.series import FloatArray, ResponseSeries

NAME = "holidays GB"
A_DAY = -150.0


def some_days(weeks: int, seed: int = 0) -> FloatArray:
    """About eight days a year, in other weeks each year [week]."""
    rng = np.random.default_rng([seed, 5])
    days = np.zeros(weeks)
    days[rng.choice(weeks, size=weeks * 8 // 52, replace=False)] = 1.0
    return days


def shop_with_days(weeks: int, seed: int = 1) -> tuple[ResponseSeries, FloatArray]:
    """A shop that sells less on such days, and the days [week]."""
    series, days = simulate_shop(seed, weeks=weeks).series, some_days(weeks, seed)
    return replace(series, outcome=series.outcome + A_DAY * days), days


def test_holidays_that_move_the_outcome_are_asks_for():
    series, days = shop_with_days(130)
    assert asks_for(series, days)
    assert not asks_for(series, some_days(130, seed=9))


@pytest.mark.parametrize("seed", range(1, 9))
def test_holidays_that_move_nothing_are_left_out(seed):
    series = simulate_shop(seed, weeks=156).series
    assert not asks_for(series, some_days(156, seed))


def test_less_than_two_years_ask_for_no_holidays():
    series, days = shop_with_days(LEAST_WEEKS)
    shorter = series.rows(0, LEAST_WEEKS - 1)
    assert asks_for(series, days)
    assert not asks_for(shorter, days[:-1])


def test_what_other_context_says_already_is_not_added_again():
    # given: the company counts the same holidays itself, a little otherwise and in two columns
    series, days = shop_with_days(130)
    first, second = days.copy(), days.copy()
    first[65:], second[:65] = 0.0, 0.0
    own = with_context(with_context(series, "bank_holiday", first), "day_off", second)
    # when, then
    assert not asks_for(own, days)


def test_days_that_never_vary_and_outcomes_that_never_vary_ask_for_nothing():
    series, days = shop_with_days(130)
    assert not asks_for(series, np.zeros(130))
    assert not asks_for(replace(series, outcome=np.full(130, 7.0)), days)


def test_only_counts_of_holidays_are_of_the_calendar():
    known = ("holidays GB", "holidays UA", "holidays GB+IE")
    others = ("holidays", "holidays gb", "school holidays GB", "holidays GBR", "price")
    assert [is_of_calendar(name) for name in (*known, *others)] == [True] * 3 + [False] * 5


def test_a_forecast_of_the_past_knows_the_holidays_that_were_to_come():
    # given: thirteen weeks kept back, with holidays in two of them and no matter which a year before
    series, days = shop_with_days(143)
    days[[133, 138]] = 1.0
    known = with_context(series, NAME, days)
    fit = fit_as_of(known, 130, seed=1)
    # when
    forecast = forecast_on(fit, known, horizon=13, seed=1)
    nothing = forecast_on(fit, with_context(series, NAME, np.where(np.arange(143) < 130, days, 0.0)), horizon=13, seed=1)
    # then: each such week is lower by what a day takes, and no other one is
    moved = forecast.baseline.mean(axis=0) - nothing.baseline.mean(axis=0)
    ahead = days[130:]
    assert moved[ahead == 0] == pytest.approx(0.0, abs=1e-9)
    assert moved[ahead == 1] == pytest.approx(A_DAY, rel=0.4)
    # and: nobody doubts the calendar
    sure = forecast_on(fit, known, horizon=13, seed=1, context="sure")
    assert np.array_equal(forecast.total_draws, sure.total_draws)


def test_nobody_is_said_to_set_holidays_by_last_weeks_sales_or_to_run_them_with_money():
    # given: money goes out in the weeks of holidays
    series, days = shop_with_days(130)
    spend = series.spend.copy()
    spend[:, 0] *= 1.0 + 3.0 * days
    bought = replace(series, spend=spend)
    # when
    named = {name: find_about_demand(with_context(bought, name, days)) for name in (NAME, "promotion")}
    # then: of a promotion it is said, of holidays it is not
    codes = {name: {finding.code for finding in found} for name, found in named.items()}
    assert "promo_with_spend" in codes["promotion"]
    assert not codes[NAME] & {"promo_with_spend", "promo_follows_demand"}
