"""What is taken for granted of the rows ahead: halfway between a year before and where a figure's own past leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from shops import mondays

from quarterdeck.response.baseline.expected import expect_values
from quarterdeck.response.baseline.forecaster import CountedSeries, forecast_level
from quarterdeck.response.forecasts.assumed import assume_ahead
from quarterdeck.response.series.series import DAY, FloatArray, ResponseSeries


def series_of(column: FloatArray, *, name: str = "demand", exposures: FloatArray | None = None) -> ResponseSeries:
    """Weeks with one channel and one column of context."""
    rows = len(column)
    sent = np.zeros((rows, 0)) if exposures is None else exposures[:, None]
    mails = () if exposures is None else ("mails",)
    return ResponseSeries(
        "orders", mondays(rows), ("search",), np.ones((rows, 1)), np.arange(rows, dtype=float), mails, sent, (name,), column[:, None]
    )


def noisy(middle: FloatArray, *, seed: int = 1) -> FloatArray:
    return middle + np.random.default_rng(seed).standard_normal(len(middle))


def test_events_and_what_the_company_sends_are_as_in_the_same_week_a_year_before():
    # given: 60 weeks; an event in one of them; mails that count the rows
    rows = np.arange(60.0)
    series = series_of((rows == 9).astype(float), exposures=rows * 10)
    weeks = mondays(64)[60:]
    # when
    context, exposures, origins = assume_ahead(series, weeks)
    # then: ISO week 9 of 2023 is row 8 (2022 began with week 1), and so on
    assert [week.isocalendar()[1] for week in weeks] == [9, 10, 11, 12]
    assert context[:, 0].tolist() == [0.0, 1.0, 0.0, 0.0]
    assert exposures[:, 0].tolist() == [80.0, 90.0, 100.0, 110.0]
    assert origins == ("year_before", "year_before")


def test_a_week_without_a_year_before_it_takes_the_mean_of_the_last_year():
    rows = np.arange(60.0)
    _, exposures, origins = assume_ahead(series_of(np.zeros(60), exposures=rows), mondays(120)[115:116])
    assert exposures[0, 0] == rows[-52:].mean()
    assert origins == ("mean", "mean")


def test_a_figure_that_stepped_up_is_met_halfway():
    # given: 100 for two years, 120 for the last half year; no season
    series = series_of(noisy(np.where(np.arange(130) < 104, 100.0, 120.0)))
    # when
    context, _, origins = assume_ahead(series, mondays(143)[130:])
    # then: a year before says 100, its own past says 120
    assert context.mean() == pytest.approx(110.0, abs=1.5)
    assert origins == ("year_before_and_past",)


def test_a_season_that_comes_every_year_is_kept():
    season = 100.0 + 30.0 * np.sin(2.0 * np.pi * np.arange(169) / 52.18)
    context, *_ = assume_ahead(series_of(noisy(season[:156])), mondays(169)[156:])
    assert np.abs(context[:, 0] - season[156:]).max() < 6.0


def test_one_odd_week_of_last_year_comes_again_by_half():
    column = noisy(np.full(130, 100.0))
    column[130 - 52 + 3] = 200.0
    context, *_ = assume_ahead(series_of(column), mondays(143)[130:])
    assert 145.0 < context[3, 0] < 156.0
    assert np.abs(np.delete(context[:, 0], 3) - 100.0).max() < 8.0


def test_a_short_history_is_halfway_between_its_mean_and_where_it_leads():
    column = noisy(np.where(np.arange(30) < 15, 100.0, 120.0))
    context, _, origins = assume_ahead(series_of(column), mondays(43)[30:])
    assert column.mean() < context.mean() < 120.0
    assert origins == ("mean_and_past",)


@pytest.mark.parametrize("rows", [3, 4])
def test_a_few_rows_say_nothing_of_where_they_lead_or_little(rows: int):
    context, _, origins = assume_ahead(series_of(np.arange(rows) + 1.0), mondays(rows + 2)[rows:])
    assert np.isfinite(context).all()
    assert origins == (("mean",) if rows == 3 else ("mean_and_past",))


def test_a_figure_that_was_never_below_0_does_not_go_there():
    column = np.maximum(np.linspace(100.0, 1.0, 90), 0.0)
    context, *_ = assume_ahead(series_of(column), mondays(142)[90:])
    assert (context >= 0.0).all()


def test_days_of_the_calendar_are_left_alone():
    counts = np.tile([0.0, 1.0, 2.0, 0.0], 30)
    plain, _, origins = assume_ahead(series_of(counts, name="holidays GB"), mondays(133)[120:])
    assert set(np.unique(plain)) <= {0.0, 1.0, 2.0}
    assert origins == ("year_before",)


def test_no_weeks_ahead_and_no_context_are_no_trouble():
    series = series_of(noisy(np.full(60, 100.0)))
    assert assume_ahead(series, ())[0].shape == (0, 1)
    bare = replace(series, context_names=(), context=np.zeros((60, 0)))
    assert assume_ahead(bare, mondays(64)[60:])[0].shape == (4, 0)


def test_days_are_held_against_the_same_weekday_a_year_before():
    # given: 400 days whose Mondays stand 50 higher
    starts = tuple(date(2024, 1, 1) + timedelta(days=number) for number in range(428))
    column = noisy(np.array([150.0 if day.weekday() == 0 else 100.0 for day in starts]))
    series = ResponseSeries(
        "orders", starts[:400], ("search",), np.ones((400, 1)), np.ones(400), context_names=("visits",), context=column[:400, None], step_days=DAY
    )
    # when
    context, *_ = assume_ahead(series, starts[400:])
    # then
    assert np.abs(context[:, 0] - column[400:]).max() < 8.0


def test_where_a_past_leads_is_the_mean_of_what_the_light_forecaster_draws():
    starts = mondays(133)
    column = noisy(100.0 + 0.1 * np.arange(133) + 10.0 * np.sin(2.0 * np.pi * np.arange(133) / 52.18))
    expected = expect_values(starts[:120], column[:120], starts[120:], step_days=7)
    drawn = forecast_level(CountedSeries("", starts[:120], column[:120]), 13, seed=1, draws=4000)
    assert np.abs(expected - drawn.mean(axis=0)).max() < 0.25
