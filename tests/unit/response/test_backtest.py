"""Backtests know nothing of the future, and chances are corrected by them as far as they can tell."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from shops import simulate_shop
from test_level_forecast import counted, wandering

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.forecasts.backtest import Backtest, Origin, backtest, backtest_level, crps_of, fit_as_of, forecast_on, origins_of
from quarterdeck.response.forecasts.calibration import SpreadBelief, calibrate, spread_of
from quarterdeck.response.forecasts.follow import rest_after
from quarterdeck.response.forecasts.forecast import Forecast, chance_of_total, predict_outcome
from quarterdeck.response.series.series import FloatArray


@pytest.fixture(scope="module")
def record() -> Backtest:
    return backtest(simulate_shop(1, weeks=117, context=True).series, horizon=13, origins=3, seed=1)


def of_surprises(surprises: list[float], *, apart: int = 13) -> Backtest:
    """A record whose forecasts, each of mean 100 and sd 10, were off by `surprises` of their sd."""
    origins = tuple(
        Origin(date(2024, 1, 1) + timedelta(weeks=apart * n), 52 + apart * n, 13, 100.0, 10.0, (84.0, 87.0, 93.0, 100.0, 107.0, 113.0, 116.0),
               100.0 + 10.0 * each, 0.5, 1.0, None)
        for n, each in enumerate(surprises)
    )  # fmt: skip
    return Backtest("orders", "curves", origins)


def normal_forecast(seed: int = 0, draws: int = 400) -> Forecast:
    rng = np.random.default_rng(seed)
    weeks = tuple(date(2026, 1, 5) + timedelta(weeks=n) for n in range(4))
    noise = 5.0 * rng.standard_normal((draws, 4))
    return Forecast("orders", weeks, ("search",), np.full((draws, 4), 80.0), np.full((draws, 4, 1), 20.0), noise - noise.mean(axis=0))


def test_what_comes_after_an_origin_changes_nothing_of_its_forecast():
    # given: the same shop, its last weeks replaced by nonsense
    series = simulate_shop(1, weeks=80, context=True).series
    known, rows = 60, np.arange(80)
    other = replace(series, outcome=np.where(rows >= known, 9.0, series.outcome), context=np.where(rows[:, None] >= known, 50.0, series.context))
    # when
    one, two = (forecast_on(fit_as_of(each, known, seed=1), each, horizon=13, seed=1) for each in (series, other))
    # then
    assert one.outcome.tobytes() == two.outcome.tobytes()


def test_a_backtest_holds_each_origin_against_what_came(record: Backtest):
    series = simulate_shop(1, weeks=117, context=True).series
    assert [origin.rows_known for origin in record.origins] == [104, 95, 86]
    for origin in record.origins:
        assert origin.first_day == series.starts[origin.rows_known]
        assert origin.outcome == pytest.approx(series.outcome[origin.rows_known : origin.rows_known + 13].sum())
        assert origin.year_before == pytest.approx(series.outcome[origin.rows_known - 52 : origin.rows_known - 39].sum())
        assert 0.0 <= origin.pit <= 1.0
    assert record.error is not None
    assert record.error < 0.1
    assert record.weight == pytest.approx(1.0 + 2.0 * 9 / 13)


def test_a_record_survives_being_written_as_json(record: Backtest):
    again = Backtest.from_facts(json.loads(json.dumps(record.facts())))
    assert again.facts() == record.facts()
    assert again.origins[0].first_day == record.origins[0].first_day
    assert again.inside(80) == record.inside(80)


def test_a_series_too_short_to_look_back_from_is_refused():
    with pytest.raises(InvalidInput) as refused:
        backtest(simulate_shop(1, weeks=30).series, seed=1)
    assert [problem.code for problem in refused.value.problems] == ["RESPONSE-042"]


@pytest.mark.parametrize(
    ("rows", "expected"), [(30, ()), (39, (26,)), (45, (32, 31, 30, 29, 28, 27, 26)), (200, tuple(187 - 9 * n for n in range(10)))]
)
def test_origins_are_as_far_apart_as_the_series_allows(rows: int, expected: tuple[int, ...]):
    assert origins_of(rows, horizon=13, origins=10, least=26) == expected


def test_the_light_forecaster_is_backtested_the_same_way_and_gaps_do_not_count():
    values = wandering(1, 80)
    values[70] = np.nan
    found = backtest_level(counted(values), horizon=13, origins=4, seed=1)
    assert found.kind == "level"
    assert found.origins[0].outcome == pytest.approx(np.nansum(values[67:]))
    assert found.origins[0].mean == pytest.approx(found.origins[0].outcome, rel=0.2)


def test_crps_of_draws_is_the_mean_distance_less_half_the_distance_of_two_draws():
    draws = np.random.default_rng(0).standard_normal(50)
    slow = np.abs(draws - 0.7).mean() - 0.5 * np.abs(draws[:, None] - draws[None]).mean()
    assert crps_of(draws, 0.7) == pytest.approx(slow)


def test_forecasts_that_were_too_sure_are_stretched_and_those_too_wide_drawn_in():
    plain, bold, shy = (spread_of(of_surprises(each)).mean for each in ([], [2.5, -3.0, 2.0, -2.5], [0.1, -0.1, 0.2, 0.0]))
    assert shy < plain < bold


def test_few_forecasts_of_the_past_move_the_spread_less_than_many():
    nothing, one, eight = (spread_of(of_surprises([2.5, -2.5] * n if n else [])).mean for n in (0, 1, 4))
    assert nothing < one < eight
    assert eight < 2.5


def test_forecasts_that_share_weeks_count_for_fewer():
    apart, together = (spread_of(of_surprises([2.5] * 6, apart=weeks)).mean for weeks in (13, 1))
    assert together < apart


def test_calibrating_keeps_the_means_of_every_part_and_stretches_the_total():
    forecast = normal_forecast()
    wide = calibrate(forecast, of_surprises([2.5, -3.0, 2.0, -2.5] * 3), others=SpreadBelief(0.0, 0.5))
    assert wide.outcome.mean(axis=0) == pytest.approx(forecast.outcome.mean(axis=0))
    assert wide.baseline.tobytes() == forecast.baseline.tobytes()
    assert wide.media.tobytes() == forecast.media.tobytes()
    assert wide.total_draws.std() > 1.5 * forecast.total_draws.std()
    target = float(np.quantile(forecast.total_draws, 0.97))
    assert chance_of_total(forecast, target) < chance_of_total(wide, target) < 0.5


def test_a_chance_of_a_half_stays_a_half():
    forecast = normal_forecast(draws=2000)
    wide = calibrate(forecast, of_surprises([3.0, -3.0] * 4))
    assert chance_of_total(wide, 400.0) == pytest.approx(0.5, abs=0.03)


def test_assumed_context_makes_a_forecast_less_sure_and_known_context_does_not():
    fit = fit_response(simulate_shop(1, weeks=104, context=True).series, seed=1, is_brief=True)
    ahead = {"spend_ahead": np.full((13, 2), 100.0), "context_ahead": np.zeros((13, 1)), "exposures_ahead": None, "seed": 1}
    known, given, assumed = (
        predict_outcome(fit, **ahead, assumed=mask) for mask in (None, np.zeros((13, 1), dtype=bool), np.ones((13, 1), dtype=bool))
    )
    assert given.outcome.tobytes() == known.outcome.tobytes()
    assert assumed.baseline.mean(axis=0) == pytest.approx(known.baseline.mean(axis=0))
    # a price of sd 1 moves 40 a week and is hardly known a year ahead: sd of the difference of two such prices is 57
    assert np.sqrt(assumed.baseline.var(axis=0).mean() - known.baseline.var(axis=0).mean()) == pytest.approx(57.0, rel=0.35)


def gaussian_weeks(level_sd: float, noise_sd: float) -> FloatArray:
    rng = np.random.default_rng(2)
    return 100.0 + level_sd * rng.standard_normal((4000, 1)) + noise_sd * rng.standard_normal((4000, 8))


@pytest.mark.parametrize(("level_sd", "noise_sd"), [(10.0, 0.5), (0.5, 10.0), (5.0, 10.0)])
def test_a_surprise_is_carried_on_as_far_as_levels_last(level_sd: float, noise_sd: float):
    # given: three weeks that came in 20 below what was expected of each
    draws = gaussian_weeks(level_sd, noise_sd)
    # when
    rest = rest_after(draws[:, :3], draws[:, 3:].sum(axis=1), np.full(3, 80.0))
    # then: the exact posterior of a level known with that noise
    share = level_sd**2 / (level_sd**2 + noise_sd**2 / 3)
    assert rest.mean() == pytest.approx(5 * (100.0 - 20.0 * share), rel=0.02)
    left = 5 * noise_sd**2 + 25 * level_sd**2 * (1.0 - share)
    assert rest.std() == pytest.approx(left**0.5, rel=0.1)


def test_nothing_counted_changes_nothing():
    draws = gaussian_weeks(5.0, 5.0)
    assert rest_after(draws[:, :0], draws.sum(axis=1), np.zeros(0)).tobytes() == draws.sum(axis=1).tobytes()
