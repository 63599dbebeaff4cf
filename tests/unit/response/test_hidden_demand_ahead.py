"""Hidden demand after the last fitted row: expected as it was over the last year, and as unsure as it was in its own past."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from shops import simulate_shop

from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.forecasts.departures import draw_demand
from quarterdeck.response.forecasts.forecast import predict_outcome
from quarterdeck.response.series.series import FloatArray

WEEKS, AHEAD = 156, 13


@cache
def plain() -> ResponseFit:
    return fit_response(simulate_shop(4, weeks=WEEKS).series, seed=1, draws=200, is_brief=True)


def with_events(columns: list[FloatArray], effects: list[float], *, lasts: list[bool]) -> ResponseFit:
    """The plain fit with columns [row] beside its baseline, each with a known effect in every draw."""
    fit = plain()
    baseline = replace(
        fit.baseline, event=np.tile(np.array(effects), (fit.draws, 1)), events=np.column_stack(columns), event_lasts=np.array(lasts, dtype=bool)
    )
    return replace(fit, baseline=baseline)


def forecast_of(fit: ResponseFit) -> FloatArray:
    """The baseline [draw, week] of the weeks ahead, with spend as in the last ones."""
    ahead = predict_outcome(fit, spend_ahead=fit.spend[-AHEAD:], context_ahead=None, exposures_ahead=None, seed=1)
    return ahead.baseline


def test_demand_that_stood_low_for_a_year_is_not_expected_back_at_its_mean_at_once():
    # given: demand as its mean over three years is 0, 60 below it in each week of the last one
    low = np.where(np.arange(WEEKS) < WEEKS - 52, 1.0, -2.0)
    expected = forecast_of(with_events([low], [30.0], lasts=[False])).mean() - forecast_of(with_events([0.0 * low], [0.0], lasts=[False])).mean()
    assert expected == pytest.approx(-60.0)


def test_season_in_demand_does_not_lean_towards_the_weeks_that_came_last():
    # given: demand that swings once a year and has just been at its height
    swing = np.cos(2.0 * np.pi * (np.arange(WEEKS) - (WEEKS - 1)) / 52.0)
    expected = forecast_of(with_events([swing], [30.0], lasts=[False])).mean() - forecast_of(with_events([0.0 * swing], [0.0], lasts=[False])).mean()
    assert expected == pytest.approx(0.0, abs=1e-9)


def test_odd_weeks_are_over_and_shifts_go_on():
    rows = np.arange(WEEKS)
    fit = with_events([1.0 * (rows == WEEKS - 3), 1.0 * (rows >= 100), np.sin(rows)], [500.0, 70.0, 0.0], lasts=[False, True, False])
    assert fit.baseline.hides_demand.tolist() == [False, False, True]
    assert fit.baseline.events_ahead[:2].tolist() == [0.0, 1.0]


def test_what_demand_may_do_widens_the_forecast_as_far_as_it_went_and_moves_it_nowhere():
    # given: demand of sd 1 that stays for weeks, worth 25 a week
    rng, demand = np.random.default_rng(3), np.zeros(WEEKS)
    for row in range(1, WEEKS):
        demand[row] = 0.8 * demand[row - 1] + 0.6 * rng.standard_normal()
    known, unknown = (forecast_of(with_events([column], [25.0], lasts=[False])) for column in (np.full(WEEKS, demand[-52:].mean()), demand))
    assert unknown.mean(axis=0) == pytest.approx(known.mean(axis=0))
    wider = (unknown.sum(axis=1).var() - known.sum(axis=1).var()) ** 0.5
    once = 25.0 * demand.std() * AHEAD**0.5
    assert wider > 1.3 * once  # weeks of low demand come together: what they add up to is more unsure than as many weeks drawn apart
    assert wider < 4.0 * once


def test_stretches_of_demand_are_those_of_the_past_and_cancel_out():
    rng = np.random.default_rng(5)
    columns = np.cumsum(rng.standard_normal((WEEKS, 2)), axis=0)
    drawn = draw_demand(columns, AHEAD, draws=400, step_days=7, rng=np.random.default_rng(1))
    assert drawn.shape == (400, AHEAD, 2)
    assert np.abs(drawn.mean(axis=0)).max() < 1e-9
    assert np.corrcoef(drawn[:, 0, 0], drawn[:, 1, 0])[0, 1] > 0.85  # it wandered, so it wanders
    assert draw_demand(columns[:, :0], AHEAD, draws=400, step_days=7, rng=rng).shape == (400, AHEAD, 0)
    assert draw_demand(columns[:20], AHEAD, draws=9, step_days=7, rng=rng).shape == (9, AHEAD, 2)
