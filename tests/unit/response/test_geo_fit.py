"""A fit of several geos: it finds what was put in, geos learn from each other, and sums are sums."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from regions import simulate_geos

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.geo import tables
from quarterdeck.response.geo.fit import fit_geo
from quarterdeck.response.geo.series import GeoSeries


@pytest.fixture(scope="module")
def fitted():
    series, truth = simulate_geos(geos=4, weeks=104, seed=3)
    return fit_geo(series, seed=1), truth


def test_it_finds_what_each_channel_brought_in_total(fitted):
    fit, truth = fitted
    assert fit.diagnostics.ok
    for (_, effect), true in zip(fit.channel_effects().items(), truth.sum(axis=0), strict=True):
        low, high = np.quantile(effect.contribution, (0.01, 0.99))
        assert low < true < high
        assert effect.brought.p50 == pytest.approx(true, rel=0.25)


def test_contributions_of_geos_add_up_to_the_total_draw_by_draw(fitted):
    fit, _ = fitted
    by_geo = fit.effects_by_geo()
    for channel, effect in fit.channel_effects().items():
        together = sum(by_geo[geo][channel].contribution for geo in fit.geos)
        assert np.allclose(together, effect.contribution, rtol=1e-9)


def test_what_curves_of_a_geo_bring_is_its_contribution(fitted):
    fit, _ = fitted
    one = fit.of_geo("region 2")
    assert np.allclose(one.media_fitted().sum(axis=1), one.returns * one.spend.sum(axis=0), rtol=1e-5)


def test_the_fitted_outcome_of_every_geo_is_near_what_was_seen(fitted):
    fit, _ = fitted
    for one in fit.fits:
        expected = (one.baseline_fitted() + one.media_fitted().sum(axis=2)).mean(axis=0)
        assert np.abs(expected - one.series.outcome).mean() < 2.0 * one.sigma.mean()


def test_the_same_seed_gives_the_same_bytes():
    series, _ = simulate_geos(geos=2, weeks=40, seed=5)
    first, second = (fit_geo(series, seed=4, forms="one", draws=50) for _ in range(2))
    assert first.returns.tobytes() == second.returns.tobytes()
    assert first.fits[1].baseline.level.tobytes() == second.fits[1].baseline.level.tobytes()


def test_tables_bring_back_the_fit_bit_for_bit(fitted):
    fit, _ = fitted
    again = tables.from_tables(*tables.to_tables(fit))
    assert repr(again) == repr(fit)
    assert again.returns.tobytes() == fit.returns.tobytes()
    assert again.shocks.tobytes() == fit.shocks.tobytes()
    for one, other in zip(again.fits, fit.fits, strict=True):
        assert one.curves.ceiling.tobytes() == other.curves.ceiling.tobytes()
        assert one.series.outcome.tobytes() == other.series.outcome.tobytes()


def test_tables_of_another_version_are_refused(fitted):
    meta, kept = tables.to_tables(fitted[0])
    with pytest.raises(InvalidInput) as refused:
        tables.from_tables(meta | {"geo_version": 0}, kept)
    assert [problem.code for problem in refused.value.problems] == ["RESPONSE-035"]


def test_a_forecast_of_the_total_is_the_sum_of_the_geos_and_money_is_split_as_lately(fitted):
    # given: money for all geos together
    fit, _ = fitted
    ahead = np.full((6, 2), 300.0)
    # when
    total, by_geo = (ask(spend_ahead=ahead, seed=9) for ask in (fit.predict, fit.predict_by_geo))
    # then
    assert np.allclose(total.media, sum(one.media for one in by_geo.values()))
    assert np.allclose(total.baseline + total.noise, sum(one.baseline + one.noise for one in by_geo.values()))
    lately = fit.series.spend[:, -13:].sum(axis=1)
    split = ahead * (lately / lately.sum(axis=0))[:, None]
    assert np.allclose(fit.predict(spend_ahead=split, seed=9).media, total.media)


def test_a_forecast_for_other_channels_is_refused(fitted):
    with pytest.raises(InvalidInput) as refused:
        fitted[0].predict(spend_ahead=np.ones((6, 5)))
    assert [problem.code for problem in refused.value.problems] == ["RESPONSE-034"]


def test_one_geo_says_what_a_fit_of_its_series_says():
    # given
    series, _ = simulate_geos(geos=1, weeks=104, seed=2, noise=0.1)
    # when
    alone, usual = fit_geo(series, seed=1), fit_response(series.of_geo(0), seed=1)
    # then: the same within what chance and the finer grid of curves make
    for number in range(2):
        middle, wide = usual.returns[:, number].mean(), usual.returns[:, number].std()
        assert abs(alone.returns[:, number].mean() - middle) < 0.5 * wide
        assert alone.returns[:, number].std() == pytest.approx(wide, rel=0.4)


def test_a_geo_with_few_facts_is_drawn_to_the_others_and_one_with_many_is_not():
    # given: the first geo's outcome is so noisy that it says nothing by itself; all others agree
    series, truth = simulate_geos(geos=5, weeks=80, seed=7, spread=0.0, noise=0.02)
    rng = np.random.default_rng(0)
    outcome = series.outcome.copy()
    outcome[0] += rng.normal(0.0, 0.6, 80) * series.heads[0]
    noisy = replace(series, outcome=outcome)
    # when
    together = fit_geo(noisy, seed=1, forms="one").contributions()[:, 0]
    alone = fit_geo(_only(noisy, 0), seed=1, forms="one").contributions()[:, 0]
    # then: with the others it is known within a third of what it is alone, and nearer to the truth
    assert (together.std(axis=0) < 0.5 * alone.std(axis=0)).all()
    assert np.abs(together.mean(axis=0) / truth[0] - 1.0).max() < 0.35


def test_shocks_that_move_all_geos_are_found_and_widen_what_is_said_of_channels():
    # given
    quiet, loud = (simulate_geos(geos=4, weeks=80, seed=8, shock=shock)[0] for shock in (0.0, 0.12))
    # when
    calm, moved = (fit_geo(series, seed=1, forms="one") for series in (quiet, loud))
    # then
    assert np.median(calm.shock) < 0.03
    assert 0.08 < np.median(moved.shock) < 0.16
    ahead = moved.predict_by_geo(rows=13, seed=1)
    first, second = (one.noise[:, 5] for one in list(ahead.values())[:2])
    assert np.corrcoef(first, second)[0, 1] > 0.5


def _only(series: GeoSeries, number: int) -> GeoSeries:
    population = None if series.population is None else series.population[[number]]
    return replace(
        series,
        geos=(series.geos[number],),
        spend=series.spend[[number]],
        outcome=series.outcome[[number]],
        population=population,
        context=series.context[[number]],
    )
