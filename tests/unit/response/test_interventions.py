"""Odd weeks, shifts and hidden demand: found when they are there, hardly ever when they are not, and known to forecasts."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from shops import Shop, simulate_shop

from quarterdeck.response.baseline.block import build_baseline, build_block, choose_ridge
from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.fitting.likelihood import Likelihood
from quarterdeck.response.model.cells import plain_features
from quarterdeck.response.model.interventions import Interventions, find_interventions
from quarterdeck.response.model.noise import NoiseShape
from quarterdeck.response.series.series import FloatArray, ResponseSeries


def searched(series: ResponseSeries, *found: Finding) -> Interventions:
    """The interventions of a series, looked for as a fit does."""
    standard = (series.outcome - series.outcome.mean()) / series.outcome.std()
    media = plain_features(series.spend)
    layout = choose_ridge(build_baseline(series), series, standard, media)
    even = np.ones(len(series))
    blocks = tuple(build_block(layout, series, step) for step in (0.0, 0.08))
    return find_interventions(series, found, Likelihood(blocks, standard, even), media)


def with_bump(shop: Shop, rows: FloatArray | list[int] | slice, size: float) -> ResponseSeries:
    outcome = shop.series.outcome.copy()
    outcome[rows] += size
    return replace(shop.series, outcome=outcome)


@cache
def shop() -> Shop:
    return simulate_shop(4, weeks=120)


def test_false_alarms_on_shops_without_anything_odd_are_rarer_than_one_in_twenty():
    found = [len(searched(simulate_shop(seed, weeks=110, returns=(1.5, 0.8, 1.0)).series)) for seed in range(60)]
    assert sum(each > 0 for each in found) <= 3


def test_odd_weeks_are_found_where_they_are():
    found = searched(with_bump(shop(), [30, 77], 500.0))
    assert found.odd_rows == (30, 77)
    assert set(found.kind) == {"pulse"}


def test_a_lasting_shift_is_found_to_within_a_few_weeks_and_goes_on():
    found = searched(with_bump(shop(), slice(60, None), -450.0))
    shifts = [at for at, kind in zip(found.at, found.kind, strict=True) if kind == "shift"]
    assert any(abs(at - 60) <= 2 for at in shifts)
    assert [bool(lasts) for lasts in found.lasts] == [kind == "shift" for kind in found.kind]


def test_odd_weeks_hardly_move_what_channels_are_said_to_bring():
    plain, odd = (fit_response(series, seed=1) for series in (shop().series, with_bump(shop(), [30, 77, 95], 600.0)))
    assert (np.abs(odd.returns.mean(axis=0) - plain.returns.mean(axis=0)) < plain.returns.std(axis=0)).all()
    assert odd.sigma.mean() == pytest.approx(plain.sigma.mean(), rel=0.15)
    # and the weeks are still named, and explained in the fit
    assert any(finding.code == "outlier" for finding in odd.diagnostics.findings)
    left = odd.series.outcome - odd.media_fitted().sum(axis=2).mean(axis=0) - odd.baseline_fitted().mean(axis=0)
    assert np.abs(left[[30, 77, 95]]).max() < 3 * odd.sigma.mean()
    # and forecasts know that a week may be odd
    assert odd.noise_shape.odd_rate == pytest.approx(3 / 121)
    assert plain.noise_shape.odd_rate == 0.0


def test_odd_weeks_ahead_come_as_often_and_as_large_as_they_were():
    shape = NoiseShape(0.0, 1.0, odd_rate=0.05, odd_size=10.0)
    drawn = shape.odd_weeks(np.full(2000, 2.0), 50, np.random.default_rng(0))
    assert (np.abs(drawn) > 1.0).mean() == pytest.approx(0.05 * 0.96, abs=0.004)
    assert drawn.std() == pytest.approx(0.05**0.5 * 20.0, rel=0.05)
    assert np.abs(drawn.mean(axis=0)).max() < 1e-12


def test_where_spend_follows_hidden_demand_the_channel_is_not_credited_with_it():
    # given: demand that nobody measured drives sales, and the second channel's budget follows it
    rng = np.random.default_rng(5)
    demand = np.zeros(156)
    for week in range(1, 156):
        demand[week] = 0.6 * demand[week - 1] + rng.standard_normal()
    base = simulate_shop(9, weeks=156, returns=(1.0, 0.0), noise=40.0, season=0.0)
    spend = base.series.spend.copy()
    spend[:, 1] = 60.0 * np.exp(0.5 * demand + 0.2 * rng.standard_normal(156))
    series = replace(base.series, spend=spend, outcome=base.series.outcome + 120.0 * demand)
    # when: the finding is given or not
    known = searched(series, Finding("follows_demand", "channel_1", ""))
    unknown = searched(series)
    # then: what its spend says of demand stands beside it
    assert "demand" in known.kind
    assert "demand" not in unknown.kind
    assert not known.lasts[known.kind.index("demand")]


def test_a_burst_of_money_is_not_taken_for_an_odd_week():
    spend = shop().series.spend.copy()
    spend[50, 0] = 20 * spend[:, 0].max()
    series = replace(with_bump(shop(), [50], 900.0), spend=spend)
    assert 50 not in searched(series).odd_rows
