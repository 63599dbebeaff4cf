"""The check of a fit counts rows as what they are: a year of days is 364 rows, and half a year of them is not 26."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from quarterdeck.response.fitting.diagnostics import FitDiagnostics
from quarterdeck.response.forecasts.holdout import check_fit, judge_draws
from quarterdeck.response.series.series import ResponseSeries

SETTLED = FitDiagnostics(ok=True, rhat_max=1.0, ess_min=1000.0, media_gain=0.0, findings=())


def days(count: int, *, seed: int = 1) -> ResponseSeries:
    """A shop of days whose outcome has a year and a week, and nothing else."""
    rng, time = np.random.default_rng(seed), np.arange(count)
    outcome = 1000 + 400 * np.sin(2 * np.pi * time / 364) + 100 * (time % 7 == 5) + rng.normal(0, 10, count)
    starts = tuple(date(2024, 1, 1) + timedelta(days=int(day)) for day in time)
    return ResponseSeries("sales", starts, ("tv",), rng.gamma(2.0, 50.0, (count, 1)), outcome, step_days=1)


def test_a_year_before_a_day_is_364_days_before_it():
    series = days(800)
    perfect = np.tile(series.outcome[-28:], (200, 1))

    check = judge_draws(perfect, SETTLED, series)

    assert check.mape_seasonal_naive == pytest.approx(np.abs(1 - series.outcome[-392:-364] / series.outcome[-28:]).mean())
    assert check.mape_seasonal_naive < 0.03
    assert check.mape_last_year_scaled is not None


def test_days_that_do_not_fill_a_year_have_no_year_before():
    check = judge_draws(np.tile(days(200).outcome[-28:], (200, 1)), SETTLED, days(200))
    assert check.mape_seasonal_naive is None


def test_a_few_days_are_too_little_to_say_that_spend_does_nothing():
    check = judge_draws(np.tile(days(100).outcome[-28:], (200, 1)), SETTLED, days(100))
    assert not any("do not move together" in reason for reason in check.reasons)


def test_what_stands_against_a_fit_of_days_speaks_of_days():
    series = days(300)
    check = judge_draws(np.full((200, 28), 9000.0), SETTLED, series)
    said = " ".join(check.reasons)
    assert "the last 28 days by" in said
    assert "a day on average" in said
    assert "Over 38 weeks spend and outcome do not move together" in said


def test_a_check_of_days_hides_weeks_of_them():
    assert check_fit(days(140), holdout=13, seed=1).holdout == 5 * 7
