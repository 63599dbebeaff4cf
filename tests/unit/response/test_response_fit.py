"""What a fit learns from shops whose truth is known."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from scipy import stats
from shops import Shop, mondays, simulate_shop

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.response.curves.fitted import ChannelEffect, ResponseFit
from quarterdeck.response.exchange.tables import from_tables, to_tables
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.priors.priors import LEVEL_SD, SHARE_OF_MEDIA, SPREAD, ReturnPrior, build_beliefs, prior_sds
from quarterdeck.response.series.series import ResponseSeries


@pytest.fixture(scope="module")
def fit() -> ResponseFit:
    return fit_response(simulate_shop(1, context=True).series, seed=7)


def test_the_same_series_and_seed_give_the_same_bytes(fit: ResponseFit):
    again = fit_response(simulate_shop(1, context=True).series, seed=7)
    other = fit_response(simulate_shop(1, context=True).series, seed=8)
    assert again.returns.tobytes() == fit.returns.tobytes()
    assert again.baseline.level.tobytes() == fit.baseline.level.tobytes()
    assert other.returns.tobytes() != fit.returns.tobytes()


def test_a_fit_has_converged_with_draws_to_spare(fit: ResponseFit):
    assert fit.diagnostics.ok
    assert fit.draws == 400
    assert fit.diagnostics.rhat_max <= 1.02
    assert fit.diagnostics.ess_min >= 400


def believed_returns(shop: Shop, rng: np.random.Generator) -> tuple[float, ...]:
    """Returns for a shop of base sales alone, drawn as the default prior has it, so that paid media bring a share that the prior thinks likely."""
    spend, channels = shop.series.spend.sum(axis=0), len(shop.series.channels)
    while True:
        level = float(np.exp(np.clip(rng.standard_normal(), -2.0, 2.0) * LEVEL_SD))
        ratio = level * (1.0 + SPREAD * rng.standard_normal(channels))
        share = SHARE_OF_MEDIA * float(ratio @ spend) / float(spend.sum())  # of the outcome, the media in it included
        if (ratio > 0).all() and share < 0.75:
            return tuple(SHARE_OF_MEDIA * ratio * float(shop.series.outcome.sum()) / (1.0 - share) / float(spend.sum()))


@pytest.mark.parametrize("kind", ["given", "default"])
def test_intervals_hold_the_truth_as_often_as_they_say_when_the_truth_follows_the_model(kind: str):
    # given: returns drawn from their priors, many shops (simulation-based calibration, Talts et al. 2018)
    rng = np.random.default_rng(11)
    ranks = []
    for number in range(14):
        draw = partial(simulate_shop, number, weeks=60, noise=90.0, season=60.0, decay=tuple(rng.choice([0.0, 0.2, 0.4, 0.6], size=2)))
        returns = believed_returns(draw(returns=(0.0, 0.0)), rng) if kind == "default" else tuple(np.abs(rng.normal(1.5, 0.8, size=2)))
        shop = draw(returns=returns)
        # when
        priors = dict.fromkeys(shop.series.channels, ReturnPrior(1.5, 0.8, "judgement")) if kind == "given" else None
        fitted = fit_response(shop.series, seed=number, priors=priors)
        ranks += [float((fitted.returns[:, c] < shop.returns[c]).mean()) for c in range(2)]
    # then
    inside = np.mean([0.05 <= rank <= 0.95 for rank in ranks])
    assert 0.75 <= inside <= 1.0
    assert 0.35 <= np.mean(ranks) <= 0.65
    assert 0.16 <= np.std(ranks) <= 0.38  # 0.29 when ranks are even: neither too sure (larger) nor too shy (smaller)


def test_money_and_outcome_may_be_counted_in_any_unit():
    small, large = (fit_response(simulate_shop(2, unit=unit).series, seed=1) for unit in (0.003, 1e5))
    assert small.returns == pytest.approx(large.returns, rel=1e-6)
    assert small.curves.half * 1e5 / 0.003 == pytest.approx(large.curves.half, rel=1e-6)


def test_contributions_add_up_from_the_curves_of_every_draw(fit: ResponseFit):
    effects = fit.channel_effects()
    from_curves = fit.media_fitted().sum(axis=1)
    for number, effect in enumerate(effects.values()):
        assert from_curves[:, number] == pytest.approx(effect.contribution, rel=1e-9)
        assert effect.contribution == pytest.approx(effect.returns * fit.spend[:, number].sum())
        assert 0.0 <= effect.prior_share <= 1.0
        assert effect.brought.p05 <= effect.brought.p10 <= effect.brought.p50 <= effect.brought.p90 <= effect.brought.p95


def test_baseline_and_media_together_explain_the_outcome_to_within_the_noise(fit: ResponseFit):
    left = fit.series.outcome - (fit.baseline_fitted() + fit.media_fitted().sum(axis=2)).mean(axis=0)
    assert left.std() == pytest.approx(60.0, rel=0.25)
    assert fit.sigma.mean() == pytest.approx(60.0, rel=0.25)
    assert abs(left.mean()) < 5.0


def test_people_who_believe_differently_differ_when_weeks_are_few_and_agree_when_they_are_many():
    # given: a true return of 2, somebody who believes in 2 and somebody who believes in 4
    def believed(weeks: int, mean: float) -> ChannelEffect:
        prior = {"channel_0": ReturnPrior(mean, 0.6, "judgement")}
        return fit_response(simulate_shop(3, weeks=weeks).series, seed=1, priors=prior).channel_effects()["channel_0"]

    few, many = ([believed(weeks, mean) for mean in (2.0, 4.0)] for weeks in (9, 260))
    apart = [high.per_money.mean - low.per_money.mean for low, high in (few, many)]
    assert apart[0] > 1.5
    assert apart[1] < 0.4 * apart[0]
    assert few[0].prior_share > 0.6
    assert many[0].prior_share < 0.3
    assert few[0].prior.source == "judgement"


def test_an_experiment_tells_look_alikes_apart():
    # given: two channels that always move together and bring 3 for each unit of money on both, and a test that found 2 of it in one of them
    series = simulate_shop(4, returns=(3.0,), noise=30.0).series
    spend = np.repeat(series.spend, 2, axis=1) * np.random.default_rng(0).uniform(0.99, 1.01, (104, 2))
    series = replace(series, channels=("tested", "twin"), spend=spend)
    # when
    alone, tested = (fit_response(series, seed=1, priors=priors) for priors in (None, {"tested": ReturnPrior(2.0, 0.1, "experiment")}))
    # then
    (named,) = [finding for finding in alone.diagnostics.findings if finding.code == "cannot_tell_apart"]
    assert (named.channel, named.other) == ("tested", "twin")
    assert tested.returns[:, 0].std() < 0.5 * alone.returns[:, 0].std()
    assert tested.returns[:, 1].std() < 0.8 * alone.returns[:, 1].std()
    assert abs(tested.returns[:, 1].mean() - 1.0) < abs(alone.returns[:, 1].mean() - 1.0)


def with_untried_channel(returns: float) -> ResponseSeries:
    """Three channels with the same return, and a fourth that never had any money."""
    series = simulate_shop(1, weeks=156, returns=(returns, returns, returns, 0.0), noise=40.0, size=1500.0 - 220.0 * returns).series
    return replace(series, spend=series.spend * [1.0, 1.0, 1.0, 0.0])


def test_a_channel_without_figures_learns_the_common_level_from_the_others_unless_somebody_knows_better():
    def untried(returns: float, **priors: ReturnPrior) -> ChannelEffect:
        return fit_response(with_untried_channel(returns), seed=1, priors=priors).channel_effects()["channel_3"]

    low, high = untried(0.8), untried(3.2)
    known = [untried(returns, channel_3=ReturnPrior(2.0, 0.5, "published")) for returns in (0.8, 3.2)]

    assert high.per_money.mean > 1.8 * low.per_money.mean
    assert low.per_money.p05 < 0.8 < low.per_money.p95
    assert high.per_money.p05 < 3.2 < high.per_money.p95
    assert [effect.per_money.mean for effect in known] == pytest.approx([2.0, 2.0], abs=0.1)


def test_what_others_show_about_the_common_level_is_not_taken_for_knowledge_of_a_channel():
    effects = fit_response(with_untried_channel(3.2), seed=1).channel_effects()

    assert effects["channel_3"].prior_share > 0.9
    assert max(effects[f"channel_{number}"].prior_share for number in range(3)) < 0.3


@pytest.mark.parametrize("component", [2, 5, 8])
def test_a_prior_is_as_wide_as_the_component_that_all_shared_channels_speak_for(component: int):
    # given: draws of twenty channels around one common level, and of one whose belief is its own
    beliefs = build_beliefs(simulate_shop(1, weeks=20, returns=(1.0,) * 21).series, {"channel_20": ReturnPrior(5.0, 0.1, "experiment")})
    edge = -beliefs.location[:, component] / beliefs.scale[:, component]
    cut = stats.truncnorm(edge, np.inf, beliefs.location[:, component], beliefs.scale[:, component])
    # when
    widths = prior_sds(beliefs, cut.rvs((300, 21), random_state=np.random.default_rng(1)))
    # then
    assert widths[:20] == pytest.approx(cut.std()[:20], rel=0.08)
    assert widths[20] == pytest.approx(0.1, rel=1e-6)


def test_a_channel_without_spend_keeps_its_prior_and_still_has_a_curve():
    series = simulate_shop(5).series
    series = replace(series, spend=series.spend * [1.0, 0.0])
    fitted = fit_response(series, seed=1, priors={"channel_1": ReturnPrior(3.0, 0.5, "published")})
    effect = fitted.channel_effects()["channel_1"]
    assert effect.per_money.mean == pytest.approx(3.0, abs=0.15)
    assert effect.prior_share > 0.8
    assert effect.brought.mean == 0.0
    assert fitted.curves.contribution(np.full((1, 2), 100.0))[:, 0, 1].mean() > 0
    assert ("never_spent", "channel_1") in {(finding.code, finding.channel) for finding in fitted.diagnostics.findings}


def test_findings_name_what_makes_an_answer_doubtful():
    # given: a steady channel, one whose spend follows the season, a slip of the decimal point, and a week that nothing explains
    shop = simulate_shop(6, returns=(2.0, 1.0, 1.0, 0.5), season=400.0, noise=30.0)
    spend, outcome = shop.series.spend.copy(), shop.series.outcome.copy()
    spend[:, 1] = 100.0
    spend[:, 2] = 100.0 + 80.0 * np.sin(2.0 * np.pi * np.arange(104) / 52.18)
    spend[40, 3] = 20.0 * spend[:, 3].max()
    outcome[70] += 1500.0
    # when
    fitted = fit_response(replace(shop.series, spend=spend, outcome=outcome), seed=1)
    found = {(finding.code, finding.channel): finding.text for finding in fitted.diagnostics.findings}
    # then
    assert {("never_varies", "channel_1"), ("follows_demand", "channel_2"), ("spend_outlier", "channel_3"), ("outlier", None)} <= set(found)
    assert mondays(71)[70].isoformat() in found["outlier", None]
    assert ("follows_demand", "channel_0") not in found


def test_a_series_that_cannot_be_fitted_is_refused_with_every_reason_at_once():
    flat = ResponseSeries("orders", mondays(5), ("search",), np.full((5, 1), 10.0), np.full(5, 3.0))
    with pytest.raises(InvalidInput) as refused:
        fit_response(flat, seed=1, priors={"serach": ReturnPrior(1.0, 1.0, "judgement")})
    assert [problem.code for problem in refused.value.problems] == ["RESPONSE-001", "RESPONSE-002", "RESPONSE-004", "RESPONSE-005"]


def test_no_money_at_all_is_refused():
    series = ResponseSeries("orders", mondays(20), ("search",), np.zeros((20, 1)), np.arange(20.0))
    with pytest.raises(InvalidInput, match="no money in any channel"):
        fit_response(series, seed=1)


def test_a_prior_needs_a_width():
    with pytest.raises(ValueError, match="sd above 0"):
        ReturnPrior(1.0, 0.0, "judgement")


def test_a_fit_survives_tables_and_json_bit_for_bit(fit: ResponseFit):
    # when: through JSON and columns
    meta, tables = to_tables(fit)
    back = from_tables(json.loads(json.dumps(meta)), {name: dict(columns) for name, columns in tables.items()})
    # then
    again_meta, again = to_tables(back)
    assert again_meta == meta
    assert meta["version"] == 2
    for name, columns in tables.items():
        assert {len(column) for column in columns.values()} in ({len(next(iter(columns.values())))}, set())
        assert {key: value.tobytes() for key, value in again[name].items()} == {key: value.tobytes() for key, value in columns.items()}
    assert repr(back) == repr(fit)


def test_a_format_of_another_version_is_refused(fit: ResponseFit):
    meta, tables = to_tables(fit)
    with pytest.raises(InvalidInput, match="Fit again"):
        from_tables(meta | {"version": 99}, tables)


def test_a_fit_says_in_words_what_it_found(fit: ResponseFit):
    text = repr(fit)
    assert "revenue: 104 weeks" in text
    assert "converged" in text
    assert "channel_0: brought" in text
    assert "prior (default)" in text
