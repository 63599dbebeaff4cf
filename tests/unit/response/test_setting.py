"""What is chosen before a curve is sampled: memory of the noise, context that counts for nothing, channels in another unit, what money bought."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shops import Shop, simulate_shop

from quarterdeck.response.fitting.fit import fit_response, prepare
from quarterdeck.response.forecasts.forecast import predict_outcome
from quarterdeck.response.model.persistence import with_memory, without_memory
from quarterdeck.response.series.exposure_money import effective_spend, reach_spend
from quarterdeck.response.series.series import FloatArray, ResponseSeries


def wandering(share: float, seed: int, *, size: float = 70.0) -> ResponseSeries:
    """A shop whose noise carries on from week to week."""
    shop = simulate_shop(seed, weeks=130, noise=0.0)
    noise = with_memory(np.random.default_rng(seed).standard_normal((1, 130)), share)[0]
    return replace(shop.series, outcome=shop.series.outcome + size * noise)


def test_noise_with_and_without_memory_are_each_other_s_way_back():
    noise = np.random.default_rng(0).standard_normal((3, 50))
    back = without_memory(with_memory(noise, 0.6), 0.6) / (1.0 - 0.36) ** 0.5
    assert back == pytest.approx(noise)
    assert with_memory(np.random.default_rng(1).standard_normal((4000, 30)), 0.8).std(axis=0) == pytest.approx(1.0, abs=0.05)
    assert without_memory(noise, 0.0) is noise


def test_noise_is_given_a_memory_when_it_has_one_and_hardly_ever_when_it_has_none():
    with_one = [prepare(wandering(0.75, seed), {}).shape.persistence for seed in range(6)]
    without = [prepare(wandering(0.0, seed), {}).shape.persistence for seed in range(12)]
    assert min(with_one) >= 0.3
    assert sum(share > 0 for share in without) <= 1


def test_totals_ahead_are_less_sure_when_noise_carries_on():
    fit = fit_response(wandering(0.75, 2), seed=1)
    assert fit.noise_shape.persistence >= 0.5
    left = fit.series.outcome - fit.media_fitted().sum(axis=2) - fit.baseline_fitted()
    assert left.std() == pytest.approx(fit.sigma.mean(), rel=0.3)
    ahead = predict_outcome(fit, spend_ahead=fit.spend[-13:], context_ahead=None, exposures_ahead=None, seed=1)
    assert ahead.noise.sum(axis=1).std() > 1.4 * 13**0.5 * fit.sigma.mean()


def test_context_that_copies_spend_counts_for_nothing():
    # given: a column that is nearly the spend on a channel
    shop = simulate_shop(6, weeks=120, returns=(2.0, 1.0), noise=40.0)
    rng = np.random.default_rng(6)
    spend = shop.series.spend[:, 0]
    copy = spend + 0.1 * spend.std() * rng.standard_normal(120)
    series = replace(shop.series, context_names=("visits",), context=copy[:, None])
    # when
    fit = fit_response(series, seed=1)
    # then
    assert "context_copies_spend" in {finding.code for finding in fit.diagnostics.findings}
    assert np.abs(fit.baseline.context).max() < 0.01 * fit.sigma.mean()
    assert fit.channel_effects()["channel_0"].brought.p05 < shop.brought[0] < fit.channel_effects()["channel_0"].brought.p95


def counted_in_thousands(shop: Shop, channel: int) -> ResponseSeries:
    spend = shop.series.spend.copy()
    spend[:, channel] /= 1000.0
    return replace(shop.series, spend=spend)


def test_a_channel_in_another_unit_is_fitted_on_its_own_scale_and_that_is_said():
    shop = simulate_shop(7, weeks=130, returns=(2.0, 1.5, 1.5), noise=35.0)
    fit = fit_response(counted_in_thousands(shop, 0), seed=1)
    effect = fit.channel_effects()["channel_0"]
    assert ("unit_apart", "channel_0") in {(finding.code, finding.channel) for finding in fit.diagnostics.findings}
    assert effect.brought.mean == pytest.approx(shop.brought[0], rel=0.4)
    assert effect.brought.p05 < shop.brought[0] < effect.brought.p95


def test_a_small_channel_that_shows_nothing_is_believed_to_return_as_the_others_do():
    shop = simulate_shop(8, weeks=130, returns=(0.0, 1.5, 1.5), noise=35.0)
    setting = prepare(counted_in_thousands(shop, 0), {})
    assert "unit_apart" not in {finding.code for finding in setting.found}
    assert setting.beliefs.location[0] == pytest.approx(setting.beliefs.location[1])


def test_a_channel_that_takes_away_is_told_and_its_interval_lies_below_nothing():
    shop = simulate_shop(9, weeks=130, returns=(2.0, 1.5), noise=35.0)
    harmful = replace(shop.series, outcome=shop.series.outcome - 3.0 * shop.series.spend[:, 1])
    effect = fit_response(harmful, seed=1).channel_effects()["channel_1"]
    assert effect.brought.p05 < 0.0
    assert effect.per_money.mean == pytest.approx(effect.brought.mean / harmful.spend[:, 1].sum())


def amounts(*values: float) -> FloatArray:
    return np.array(values)


def test_spend_counts_by_what_it_bought_and_adds_up_to_the_same_money():
    spend, views = amounts(100.0, 100.0, 0.0, 50.0), amounts(1000.0, 3000.0, 0.0, 1000.0)
    assert effective_spend(spend, views) == pytest.approx([50.0, 150.0, 0.0, 50.0])
    assert effective_spend(spend, np.zeros(4)) == pytest.approx(spend)
    with pytest.raises(ValueError, match="not negative"):
        effective_spend(spend, -views)


def test_the_same_contacts_count_for_more_when_they_reach_more_people():
    spend = amounts(100.0, 100.0, 100.0)
    wide, deep = reach_spend(spend, amounts(900.0, 300.0, 600.0), amounts(1.0, 3.0, 1.5))[:2]
    assert wide > 1.5 * deep
    assert reach_spend(spend, amounts(900.0, 300.0, 600.0), amounts(1.0, 3.0, 1.5)).sum() == pytest.approx(300.0)
