"""What is kept of a fit is all of it: it comes back bit for bit, and forecasts the same."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta

import numpy as np
import pytest

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.response.exchange.export import draws_table, units_of
from quarterdeck.response.exchange.kept import kept_from_tables, kept_to_tables
from quarterdeck.response.exchange.tables import numbered_columns
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.fitting.one_form import fit_one_form
from quarterdeck.response.forecasts.forecast import predict_outcome
from quarterdeck.response.forecasts.plans_ahead import read_plans, spend_as_before, spread_over_days
from quarterdeck.response.geo.fitted import GeoFit
from quarterdeck.response.geo.series import GeoSeries
from quarterdeck.response.priors.priors_file import parse_priors
from quarterdeck.response.series.series import ResponseSeries

ROWS = 60


def a_series(step_days: int = 7, rows: int = ROWS, seed: int = 2) -> ResponseSeries:
    """Two channels, one exposure, one of context, one odd row."""
    rng = np.random.default_rng(seed)
    spend = rng.gamma(2.0, 50.0, (rows, 2))
    exposures, context = rng.gamma(2.0, 10.0, (rows, 1)), rng.normal(size=(rows, 1))
    outcome = 500 + 3 * np.sqrt(spend).sum(axis=1) * 4 + exposures[:, 0] + 8 * context[:, 0] + rng.normal(0, 5, rows)
    outcome[20] += 200
    starts = tuple(date(2024, 1, 3) + timedelta(days=step_days * n) for n in range(rows))
    return ResponseSeries("orders", starts, ("tv", "search"), spend, outcome, ("mail",), exposures, ("price",), context, step_days)


def same(one: object, other: object) -> bool:
    """Whether two values are equal in every part, arrays bit for bit; arrays with nothing in them are alike."""
    if isinstance(one, np.ndarray):
        if one.size == 0:
            return isinstance(other, np.ndarray) and other.size == 0
        return isinstance(other, np.ndarray) and one.shape == other.shape and one.tobytes() == other.astype(one.dtype).tobytes()
    if isinstance(one, tuple) and any(is_dataclass(each) for each in one):
        return isinstance(other, tuple) and len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if is_dataclass(one):
        return type(one) is type(other) and all(same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    return one == other


def through_json(kept):
    meta, tables = kept_to_tables(kept)
    return kept_from_tables(json.loads(json.dumps(meta, allow_nan=False)), tables)


@pytest.fixture(scope="module")
def weekly():
    return fit_response(a_series(), seed=1, draws=100)


def test_a_fit_of_weeks_comes_back_bit_for_bit_and_forecasts_the_same(weekly):
    back = through_json(weekly)
    assert same(weekly, back)
    ahead = {"spend_ahead": np.full((5, 2), 80.0), "context_ahead": None, "exposures_ahead": None, "seed": 3}
    assert np.array_equal(predict_outcome(weekly, **ahead).outcome, predict_outcome(back, **ahead).outcome)


def test_a_fit_of_days_and_one_of_a_single_form_come_back_bit_for_bit():
    for fit in (fit_response(a_series(step_days=1, rows=120), seed=1, draws=60), fit_one_form(a_series(), seed=1, draws=60)):
        assert same(fit, through_json(fit))


def test_a_fit_of_geos_comes_back_bit_for_bit_and_its_table_adds_up():
    parts = [a_series(seed=seed) for seed in (3, 4)]
    stacked = {name: np.stack([getattr(part, name) for part in parts]) for name in ("spend", "outcome", "context")}
    series = GeoSeries("orders", ("north", "south"), parts[0].starts, ("tv", "search"), context_names=("price",), **stacked)
    fits = tuple(fit_response(series.of_geo(number), seed=1, draws=50) for number in range(2))
    money = series.spend.sum(axis=1)
    returns = sum(fit.returns * money[number] for number, fit in enumerate(fits)) / money.sum(axis=0)
    rng, first = np.random.default_rng(1), fits[0]
    fit = GeoFit(series, fits, returns, rng.random(50), rng.random((50, ROWS)), first.priors, first.prior_sds, first.diagnostics, 1)
    back = through_json(fit)
    assert same(fit, back)
    table = draws_table(back)
    assert list(table) == list(units_of(back))
    for number, name in enumerate(fit.channels):
        of_channel = table["contribution"][table["channel"] == name].reshape(2, -1).sum(axis=0)
        assert np.allclose(of_channel, fit.returns[:, number] * series.spend[:, :, number].sum())


def test_diagnostics_that_are_endless_can_be_kept(weekly):
    fit = replace(weekly, diagnostics=replace(weekly.diagnostics, rhat_max=float("inf"), ok=False))
    assert through_json(fit).diagnostics == fit.diagnostics


def test_columns_beyond_the_thousandth_keep_their_order():
    table = {f"context_{number:03d}": np.full(2, number) for number in range(1100)} | {"context_scale": np.zeros(2), "contexts_000": np.zeros(2)}
    assert [column[0] for column in numbered_columns("context", table)] == list(range(1100))


def test_another_kind_or_version_is_refused(weekly):
    meta, tables = kept_to_tables(weekly.curves)
    for change in ({"kind": "song"}, {"curves_version": 99}):
        with pytest.raises(InvalidInput, match="RESPONSE-020"):
            kept_from_tables({**meta, **change}, tables)


def test_the_tables_of_notebooks_show_every_channel_and_no_name_can_break_them(weekly):
    series = replace(a_series(), channels=("<b>tv</b>", "search & co"))
    named = replace(weekly, series=series, curves=replace(weekly.curves, channels=series.channels))
    forecast = predict_outcome(weekly, spend_ahead=np.full((80, 2), 80.0), context_ahead=None, exposures_ahead=None, seed=3)
    shown = (named._repr_html_(), named.curves._repr_html_(), forecast._repr_html_(), forecast.total()._repr_html_())
    for html in shown:
        assert html.count("<table>") == html.count("</table>") == 1
    for html in shown[:2]:
        assert "&lt;b&gt;tv&lt;/b&gt;" in html
        assert "search &amp; co" in html
        assert "<b>" not in html
    assert "... 20 more" in shown[2]


def test_spending_as_before_repeats_the_last_year_where_fewer_weeks_are_known():
    series = a_series()
    assert np.array_equal(spend_as_before(series, 4), series.spend[-4:])
    long = spend_as_before(series, 70)
    assert np.array_equal(long[:52], series.spend[-52:])
    assert np.array_equal(long[52:], series.spend[-52:][:18])


def test_money_of_a_week_is_spread_over_days_as_of_late():
    series = a_series(step_days=1, rows=63)
    spend = np.zeros((63, 2))
    spend[np.arange(63) % 7 == 2, 0] = 70.0
    days = spread_over_days(np.array([[140.0, 7.0], [0.0, 14.0]]), replace(series, spend=spend))
    assert days[:7, 0].tolist() == [0, 0, 140, 0, 0, 0, 0]
    assert days[:7, 1].tolist() == [1.0] * 7
    assert days.reshape(2, 7, 2).sum(axis=1).tolist() == [[140.0, 7.0], [0.0, 14.0]]


@pytest.mark.parametrize(
    "given", [None, {}, [], 3, "x", [3], [{"spend": 3}], [{"spend": {"tv": 3}}], [{"spend": {"tv": [True]}}], [{"spend": {"tv": [1e999]}}]]
)
def test_plans_of_another_form_are_problems_and_never_errors(given):
    assert read_plans(given, ("tv",), 1, where="plans.json")[1]


@pytest.mark.parametrize("given", [3, {"tv": 3}, {"radio": {"mean": 1, "sd": 1}}, {"tv": {"mean": "x", "sd": -1, "source": "dream", "why": 1}}])
def test_beliefs_of_another_form_are_problems_and_never_errors(given):
    assert parse_priors(given, ("tv",), where="priors.json")[1]
    assert parse_priors({"tv": {"mean": 2, "sd": 0.5}}, ("tv",), where="priors.json")[0]["tv"].source == "judgement"
