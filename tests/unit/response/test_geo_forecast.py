"""Forecasts of geos: plans and context ahead by name, and what is not known of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from regions import simulate_geos

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.response.geo.fit import fit_geo

ROWS = 6
EFFECT = 0.08


@pytest.fixture(scope="module")
def fit():
    """Two channels; warmth lifts the outcome of every geo by 0.08 a head, and moves in all geos together."""
    series, _ = simulate_geos(geos=3, weeks=70, seed=4)
    rng = np.random.default_rng(2)
    warmth = rng.normal(size=70)[None] + 0.1 * rng.normal(size=(3, 70))
    warm = replace(series, context_names=("warmth",), context=warmth[:, :, None], outcome=series.outcome + EFFECT * warmth * series.heads[:, None])
    return fit_geo(warm, seed=1, forms="one", draws=200)


def test_context_ahead_moves_the_forecast_by_what_it_did_before(fit):
    cold, warm = (fit.predict(rows=ROWS, context_ahead=np.full((ROWS, 1), level), seed=3) for level in (0.0, 2.0))
    gained = (warm.baseline - cold.baseline).mean()
    assert gained == pytest.approx(2.0 * EFFECT * fit.series.heads.sum(), rel=0.15)


def test_context_without_geos_is_the_same_in_all_of_them(fit):
    ahead = np.linspace(-1.0, 1.0, ROWS)[:, None]
    alike, by_geo = (fit.predict(rows=ROWS, context_ahead=each, seed=3) for each in (ahead, np.repeat(ahead[None], 3, axis=0)))
    assert alike.outcome.tobytes() == by_geo.outcome.tobytes()


def test_what_is_told_of_one_geo_leaves_the_others_as_a_year_before_and_in_doubt(fit):
    # when: the context of one geo alone is known
    told = fit.predict_by_geo(rows=ROWS, context_ahead={"warmth": {"region 1": [2.0] * ROWS}}, seed=3)
    nothing = fit.predict_by_geo(rows=ROWS, context_ahead={}, seed=3)
    # then
    assert (told["region 1"].baseline.mean() - nothing["region 1"].baseline.mean()) > 0.5 * EFFECT * fit.series.heads[1]
    assert told["region 2"].outcome.tobytes() == nothing["region 2"].outcome.tobytes()
    assert told["region 1"].baseline.std(axis=0).mean() < nothing["region 1"].baseline.std(axis=0).mean()


def test_assumed_context_widens_a_forecast_keeps_its_mean_and_departs_in_all_geos_together(fit):
    # given
    ahead, doubted = np.zeros((3, ROWS, 1)), np.ones((3, ROWS, 1), dtype=bool)
    # when
    known = fit.predict_by_geo(rows=ROWS, context_ahead=ahead, seed=3)
    assumed = fit.predict_by_geo(rows=ROWS, context_ahead=ahead, assumed=doubted, seed=3)
    # then
    departed = {geo: assumed[geo].baseline - known[geo].baseline for geo in fit.geos}
    for geo, each in departed.items():
        assert np.abs(each.mean(axis=0)).max() < 1e-6 * np.abs(known[geo].baseline).mean()
    assert np.corrcoef(departed["region 0"][:, 2], departed["region 2"][:, 2])[0, 1] > 0.9


def test_a_plan_by_channel_is_the_same_plan_as_an_array(fit):
    # given: one channel for all geos together, the other in one geo alone
    named = {"channel 0": [100.0] * ROWS, "channel 1": {"region 1": [40.0] * ROWS}}
    lately = fit.series.spend[:, -13:, 0].sum(axis=1)
    spend = np.zeros((3, ROWS, 2))
    spend[:, :, 0] = 100.0 * (lately / lately.sum())[:, None]
    spend[1, :, 1] = 40.0
    # then
    assert np.allclose(fit.predict(spend_ahead=named, seed=3).media, fit.predict(spend_ahead=spend, seed=3).media)


def test_a_channel_that_a_plan_leaves_out_gets_nothing(fit):
    full, part = (
        fit.predict(spend_ahead=plan, seed=3) for plan in ({"channel 0": [90.0] * ROWS, "channel 1": [50.0] * ROWS}, {"channel 0": [90.0] * ROWS})
    )
    assert np.array_equal(full.media[:, :, 0], part.media[:, :, 0])
    assert part.media[:, -1, 1].mean() < 0.05 * full.media[:, -1, 1].mean()


def test_plans_differ_by_what_media_bring_alone(fit):
    low, high = (fit.predict(spend_ahead={"channel 0": [money] * ROWS}, context_ahead={}, seed=5) for money in (10.0, 200.0))
    assert low.baseline.tobytes() == high.baseline.tobytes()
    assert low.noise.tobytes() == high.noise.tobytes()


def test_everything_wrong_with_a_plan_is_said_at_once(fit):
    with pytest.raises(InvalidInput) as refused:
        fit.predict(spend_ahead={"radio": [1.0] * ROWS, "channel 0": [-1.0] * ROWS, "channel 1": {"mars": [1.0], "region 0": [1.0]}})
    assert [problem.code for problem in refused.value.problems] == ["RESPONSE-052", "RESPONSE-053", "RESPONSE-052", "RESPONSE-053"]


@pytest.mark.parametrize(
    ("ahead", "code"),
    [
        pytest.param({"context_ahead": {"rain": [1.0] * ROWS}}, "RESPONSE-052", id="unknown name"),
        pytest.param({"context_ahead": {"warmth": [np.nan] * ROWS}}, "RESPONSE-053", id="no number"),
        pytest.param({"context_ahead": np.ones((2, ROWS, 1))}, "RESPONSE-034", id="other geos"),
        pytest.param({"assumed": np.ones((3, 1, 1), dtype=bool)}, "RESPONSE-034", id="other rows"),
    ],
)
def test_context_that_does_not_fit_is_refused(fit, ahead, code):
    with pytest.raises(InvalidInput) as refused:
        fit.predict(rows=ROWS, **ahead)
    assert [problem.code for problem in refused.value.problems] == [code]
