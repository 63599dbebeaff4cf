"""Time-based regression and geo regression: known answers, Google's published figures, and days that hang together."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import linregress
from scipy.stats import t as student

from quarterdeck.response.experiments.geo_regression import regress_places
from quarterdeck.response.experiments.geo_test import GeoDays, GeoTest
from quarterdeck.response.experiments.hanging import hanging_together, variance_of_total
from quarterdeck.response.experiments.time_based import TimeBased, regress_on_control

DATA = Path(__file__).parents[2] / "data"


def read_days(last: date) -> TimeBased:
    """Google's sample read with the test from 16 February 2015 and effects counted to `last`."""
    with (DATA / "matched_markets_days.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    days = [date.fromisoformat(row["date"]) for row in rows]
    treated, control = (np.array([float(row[f"{group}_sales"]) for row in rows]) for group in ("treated", "control"))
    before = np.array([day < date(2015, 2, 16) for day in days])
    counted = np.array([date(2015, 2, 16) <= day <= last for day in days])
    return regress_on_control(treated, control, before, counted)


def test_the_published_figures_of_googles_sample_come_out_to_every_digit_that_was_printed():
    # given matched_markets/tests/test_tbr_iroas.py and test_tbr.py: slope, return, half of the one-sided 90 % range; 50,000 were spent
    found = read_days(date(2015, 3, 15))

    # then
    assert found.slope == pytest.approx(0.9997001, abs=1e-7)
    assert found.effect == pytest.approx(147337.122, abs=1e-3)
    assert found.effect / 50000 == pytest.approx(2.946742, abs=1e-6)
    assert student.ppf(0.9, found.freedom) * found.scale_published / 50000 == pytest.approx(0.120548, abs=1e-6)


def test_the_published_figures_with_the_days_after_the_test_come_out_too():
    # given the output of GeoexperimentsResearch 1.0.3: effect, precision and standard error to 7 April
    found = read_days(date(2015, 4, 7))

    # then
    assert found.effect == pytest.approx(143028.6, abs=0.05)
    assert found.scale_published == pytest.approx(8709.188, abs=1e-3)
    assert student.ppf(0.9, found.freedom) * found.scale_published == pytest.approx(11348.74, abs=5e-3)


def test_the_published_geo_regression_comes_out():
    # given three rows a place: before, test, after
    with (DATA / "matched_markets_places.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    outcome = np.array([[float(row[name]) for row in rows] for name in ("sales_before", "sales_in_test", "sales_after")])
    spend = np.array([np.zeros(len(rows)), [float(row["cost"]) for row in rows], np.zeros(len(rows))])
    starts = (date(2015, 1, 5), date(2015, 2, 16), date(2015, 3, 15))
    days = GeoDays(starts[0], starts[1], date(2015, 3, 14), date(2015, 4, 7))
    test = GeoTest(tuple(row["geo"] for row in rows), starts, outcome, spend, np.array([row["group"] == "2" for row in rows]), days)

    # when
    found = regress_places(test)

    # then GeoexperimentsResearch 1.0.3 printed 3.64077 with precision 0.605604
    assert found is not None
    assert found.returns == pytest.approx(3.64077, abs=1e-5)
    assert student.ppf(0.9, found.freedom) * found.sd == pytest.approx(0.605604, abs=1e-6)


def test_the_line_is_least_squares_and_the_error_of_one_day_is_its_prediction_error():
    # given
    rng = np.random.default_rng(3)
    control = rng.normal(100, 10, 31)
    treated = 5 + 2 * control + rng.normal(0, 3, 31)
    before, counted = np.arange(31) < 30, np.arange(31) == 30

    # when
    found = regress_on_control(treated, control, before, counted)

    # then against the textbook formula of a prediction
    line = linregress(control[:30], treated[:30])
    sigma = np.sqrt(((treated - line.intercept - line.slope * control)[:30] ** 2).sum() / 28)
    spread = ((control[:30] - control[:30].mean()) ** 2).sum()
    error = sigma * np.sqrt(1 + 1 / 30 + (control[30] - control[:30].mean()) ** 2 / spread)
    assert found.slope == pytest.approx(line.slope)
    assert found.effect == pytest.approx(treated[30] - line.intercept - line.slope * control[30])
    assert found.scale_published == pytest.approx(error)


def test_a_control_group_that_never_changes_leaves_the_mean_of_the_time_before():
    treated = np.array([10.0, 12.0, 11.0, 9.0, 10.0, 11.0, 8.0, 20.0])

    found = regress_on_control(treated, np.full(8, 3.0), np.arange(8) < 7, np.arange(8) == 7)

    assert found.slope == 0.0
    assert found.effect == pytest.approx(20 - treated[:7].mean())


def walk(seed: int, rho: float, days: int = 60) -> np.ndarray:
    """Days of which each keeps `rho` of the one before, less their mean."""
    shocks = np.random.default_rng(seed).normal(size=days)
    series = np.zeros(days)
    series[0] = shocks[0] / np.sqrt(1 - rho**2)
    for day in range(1, days):
        series[day] = rho * series[day - 1] + shocks[day]
    return np.asarray(series - series.mean())


def test_days_that_hang_together_make_a_total_less_sure_and_independent_ones_hardly():
    sticky, loose = ([walk(seed, rho) for seed in range(100)] for rho in (0.7, 0.0))

    assert np.mean([hanging_together(series) for series in sticky]) == pytest.approx(0.7, abs=0.04)
    assert np.mean([variance_of_total(series) for series in sticky]) >= (1 + 0.7) / (1 - 0.7)
    assert 1.0 <= np.mean([variance_of_total(series) for series in loose]) < 1.4
    assert hanging_together(np.zeros(9)) == 0.0
