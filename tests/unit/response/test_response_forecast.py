"""Forecasts: parts that add up, less sure the further ahead, and honest when they miss."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import simulate_shop

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.forecasts.forecast import (
    Forecast,
    chance_of_total,
    expected_baseline,
    expected_media,
    predict_outcome,
    weeks_ahead,
)
from quarterdeck.response.forecasts.holdout import check_fit

AHEAD = 26


@pytest.fixture(scope="module")
def fit() -> ResponseFit:
    return fit_response(simulate_shop(1, context=True).series, seed=7)


@pytest.fixture(scope="module")
def forecast(fit: ResponseFit) -> Forecast:
    return predict_outcome(fit, spend_ahead=np.full((AHEAD, 2), 100.0), context_ahead=np.zeros((AHEAD, 1)), exposures_ahead=None, seed=3)


def test_parts_have_the_shapes_and_weeks_that_follow_the_fit(fit: ResponseFit, forecast: Forecast):
    assert forecast.baseline.shape == forecast.noise.shape == forecast.outcome.shape == (400, AHEAD)
    assert forecast.media.shape == (400, AHEAD, 2)
    assert forecast.weeks[0] == fit.weeks[-1] + timedelta(weeks=1)
    assert forecast.outcome == pytest.approx(forecast.baseline + forecast.media.sum(axis=2) + forecast.noise)


def test_the_baseline_is_less_sure_the_further_ahead():
    # given: a shop whose base wanders by 30 a week
    wandering = fit_response(simulate_shop(1, wander=30.0).series, seed=7)
    ahead = predict_outcome(wandering, spend_ahead=np.full((AHEAD, 2), 100.0), context_ahead=None, exposures_ahead=None, seed=3)
    wide = ahead.baseline.std(axis=0)
    assert wide[-1] > 1.5 * wide[0]
    assert wide[-1] == pytest.approx((wide[0] ** 2 + (AHEAD - 1) * 30.0**2) ** 0.5, rel=0.5)


def test_expected_parts_are_the_means_of_the_drawn_ones_and_never_change(fit: ResponseFit, forecast: Forecast):
    weeks = weeks_ahead(fit, AHEAD)
    baseline = expected_baseline(fit, weeks, np.zeros((AHEAD, 1)), np.zeros((AHEAD, 0)))
    media = expected_media(fit, np.full((AHEAD, 2), 100.0))
    assert baseline == pytest.approx(forecast.baseline.mean(axis=0), rel=1e-9)
    assert media == pytest.approx(forecast.media.mean(axis=0), rel=1e-12)
    assert expected_media(fit, np.full((AHEAD, 2), 100.0)).tobytes() == media.tobytes()


def test_the_first_week_ahead_carries_on_where_the_fitted_rows_ended(fit: ResponseFit):
    # given: the last three fitted weeks, cut off and handed in again as a plan
    start = fit.media_fitted()
    early = fit.curves.started(fit.carry_in).carried(fit.spend[:-3], fit.weeks[-4])
    assert early.contribution(fit.spend[-3:]) == pytest.approx(start[:, -3:], rel=1e-9)
    late = early.carried(fit.spend[-3:], fit.weeks[-1])
    assert late.carry == pytest.approx(fit.curves.carry, rel=1e-9)
    delayed = fit.curves.delay > 0
    assert late.waiting[delayed] == pytest.approx(fit.curves.waiting[delayed], rel=1e-9)
    # then: with no money at all, what was carried over still works for a while and then no longer
    nothing = expected_media(fit, np.zeros((AHEAD, 2)))
    assert nothing[0, 1] > nothing[3, 1] > nothing[-1, 1]
    assert nothing[-1].sum() < 0.05 * start[:, -1].mean(axis=0).sum()


def test_the_same_seed_gives_the_same_forecast(fit: ResponseFit, forecast: Forecast):
    again = predict_outcome(fit, spend_ahead=np.full((AHEAD, 2), 100.0), context_ahead=np.zeros((AHEAD, 1)), exposures_ahead=None, seed=3)
    assert again.outcome.tobytes() == forecast.outcome.tobytes()


def test_context_left_out_stands_at_its_mean(fit: ResponseFit):
    mean = np.tile(fit.series.context.mean(axis=0), (4, 1))
    left_out, given_mean = (
        predict_outcome(fit, spend_ahead=np.zeros((4, 2)), context_ahead=context, exposures_ahead=None, seed=1) for context in (None, mean)
    )
    assert left_out.baseline.tobytes() == given_mean.baseline.tobytes()


def test_a_plan_of_the_wrong_shape_is_refused_with_every_reason(fit: ResponseFit):
    with pytest.raises(InvalidInput) as refused:
        predict_outcome(fit, spend_ahead=np.full((4, 2), -1.0), context_ahead=np.zeros((3, 1)), exposures_ahead=np.zeros((4, 2)), seed=1)
    assert [problem.where for problem in refused.value.problems] == ["context_ahead", "exposures_ahead", "spend_ahead"]


def test_a_count_is_never_forecast_below_zero():
    shop = simulate_shop(3, weeks=60, size=20.0, season=15.0, returns=(0.1, 0.1), noise=20.0)
    fitted = fit_response(replace(shop.series, metric="orders"), seed=1)
    ahead = predict_outcome(fitted, spend_ahead=np.zeros((13, 2)), context_ahead=None, exposures_ahead=None, seed=1)
    assert (ahead.baseline + ahead.media.sum(axis=2) + ahead.noise).min() < 0
    assert ahead.outcome.min() == 0.0


@settings(max_examples=50, deadline=None)
@given(lower=st.floats(0, 60_000), step=st.floats(0, 30_000), so_far=st.floats(0, 10_000))
def test_a_higher_target_is_never_more_likely(forecast: Forecast, lower: float, step: float, so_far: float):
    easy, hard = (chance_of_total(forecast, target, so_far=so_far) for target in (lower, lower + step))
    assert 0.0 < hard <= easy < 1.0
    below = [chance_of_total(forecast, target, direction="decrease", so_far=so_far) for target in (lower, lower + step)]
    assert below[0] <= below[1]


def test_the_chance_of_the_median_is_a_half_and_what_is_done_counts(forecast: Forecast):
    middle = forecast.total().p50
    assert chance_of_total(forecast, middle) == pytest.approx(0.5, abs=0.01)
    assert chance_of_total(forecast, middle + 500.0, so_far=500.0) == pytest.approx(0.5, abs=0.01)
    assert chance_of_total(forecast, 0.0) > 0.99


def test_a_rate_is_averaged_and_not_summed(forecast: Forecast):
    rate = replace(forecast, metric="nps")
    assert rate.total().mean == pytest.approx(forecast.total().mean / AHEAD)


def test_a_good_fit_foretells_held_out_weeks_and_is_trusted():
    check = check_fit(simulate_shop(1, weeks=143, context=True).series, seed=1)
    assert check.is_trusted, check.reasons
    assert check.holdout == 13
    assert check.mape is not None
    assert check.mape_seasonal_naive is not None
    assert check.mape < 0.1
    assert check.mape < check.mape_seasonal_naive
    assert check.coverage80 >= 0.5
    assert 0 < check.crps < 80


def test_spend_that_has_nothing_to_do_with_the_outcome_is_not_trusted():
    series = simulate_shop(2, weeks=104).series
    noise = replace(series, outcome=1000.0 + 100.0 * np.random.default_rng(0).standard_normal(104))
    check = check_fit(noise, seed=1)
    assert not check.is_trusted
    assert any("do not move together" in reason for reason in check.reasons)


def test_a_series_that_breaks_in_the_held_out_weeks_is_not_trusted():
    # given: tracking that doubles everything from one week to the next
    series = simulate_shop(2, weeks=117, noise=20.0).series
    broken = replace(series, outcome=series.outcome * np.where(np.arange(117) >= 104, 2.5, 1.0))
    check = check_fit(broken, seed=1)
    assert not check.is_trusted
    assert any("too sure of itself" in reason for reason in check.reasons)


def test_a_short_series_is_checked_on_fewer_weeks_and_says_so():
    check = check_fit(simulate_shop(1, weeks=20).series, seed=1)
    assert check.holdout == 5
    assert check.mape_seasonal_naive is None
    assert any("only 5 were held out" in note for note in check.notes)


def test_a_series_too_short_to_hold_anything_out_is_refused():
    with pytest.raises(InvalidInput, match="at least 8 weeks"):
        check_fit(simulate_shop(1, weeks=10).series, seed=1)
