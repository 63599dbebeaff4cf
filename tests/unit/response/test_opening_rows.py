"""Whether money was at work before the first row, decided by the outcome; and rows that are days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from shops import mondays

from quarterdeck.response.baseline.block import build_baseline, build_block
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.fitting.likelihood import Likelihood
from quarterdeck.response.forecasts.forecast import predict_outcome
from quarterdeck.response.model.cells import carry_before, carry_over
from quarterdeck.response.model.opening import choose_carry_in
from quarterdeck.response.series.series import DAY, FloatArray, ResponseSeries


def company(seed: int, *, is_cold: bool) -> ResponseSeries:
    """Two channels with long carry-over whose money began with the first row, or had been flowing all along."""
    rng = np.random.default_rng(seed)
    spend = rng.gamma(3.0, 30.0, size=(110, 2))
    carry_in = np.zeros(2) if is_cold else carry_before(spend)
    level = carry_over(spend, carry_in, np.array([0.8]))[0].T
    outcome = 1000.0 + (600.0 * level / (level + 90.0)).sum(axis=1) + 25.0 * rng.standard_normal(110)
    return ResponseSeries("revenue", mondays(110), ("a", "b"), spend, outcome)


def chosen(series: ResponseSeries) -> FloatArray:
    standard = (series.outcome - series.outcome.mean()) / series.outcome.std()
    blocks = tuple(build_block(build_baseline(series), series, step) for step in (0.0, 0.08))
    return choose_carry_in(series, Likelihood(blocks, standard, np.ones(len(series))))


def test_a_company_that_began_to_advertise_with_the_first_row_is_told_from_one_that_had_for_long():
    cold = [bool((chosen(company(seed, is_cold=True)) == 0).all()) for seed in range(12)]
    running = [company(seed, is_cold=False) for seed in range(12)]
    warm = [chosen(series).tobytes() == carry_before(series.spend).tobytes() for series in running]
    assert all(cold)
    assert sum(warm) >= 10


def test_a_channel_that_starts_later_is_at_rest_before_whatever_the_others_did():
    series = company(5, is_cold=False)
    spend = series.spend.copy()
    spend[:20, 1] = 0.0
    assert chosen(replace(series, spend=spend))[1] == 0.0


def daily(seed: int) -> tuple[ResponseSeries, FloatArray]:
    """Two hundred days with a strong week, and what each of two channels truly brought in each of them [day, channel]."""
    rng = np.random.default_rng(seed)
    days = tuple(date(2025, 1, 6) + timedelta(days=number) for number in range(214))
    spend = rng.gamma(1.5, 40.0, size=(214, 2)) * (rng.random((214, 2)) < 0.7)
    spend[0] = 40.0
    brought = np.empty((214, 2))
    for number, (decay, ceiling) in enumerate(((0.4, 260.0), (0.8, 160.0))):
        level = carry_over(spend[:, [number]], carry_before(spend, DAY)[[number]], np.array([decay]))[0, 0]
        brought[:, number] = ceiling * level / (level + 60.0)
    week = np.array([0.0, 10.0, 20.0, 30.0, 120.0, 200.0, 60.0])[[day.weekday() for day in days]]
    outcome = 500.0 + week + brought.sum(axis=1) + 20.0 * rng.standard_normal(214)
    return ResponseSeries("revenue", days, ("a", "b"), spend, outcome, step_days=DAY), brought


def test_rows_that_are_days_teach_what_channels_bring_and_what_comes_next():
    # given: 200 days to learn from and 14 to foretell
    series, brought = daily(3)
    fit = fit_response(series.rows(0, 200), seed=1)
    # then
    for number, effect in enumerate(fit.channel_effects().values()):
        truth = brought[:200, number].sum()
        assert effect.brought.p05 < truth < effect.brought.p95
        assert effect.brought.mean == pytest.approx(truth, rel=0.25)
    ahead = predict_outcome(fit, spend_ahead=series.spend[200:], context_ahead=None, exposures_ahead=None, seed=1)
    outcome = ahead.outcome
    low, high = np.quantile(outcome, (0.05, 0.95), axis=0)
    assert ((low <= series.outcome[200:]) & (series.outcome[200:] <= high)).mean() >= 0.7
    assert outcome.mean(axis=0) == pytest.approx(series.outcome[200:], rel=0.15)
    assert ahead.in_weeks().outcome.shape == (fit.draws, 2)
