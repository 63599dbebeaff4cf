"""Trials of channels that never had money: the curve from belief, how much to try, and the rule that stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from shops import simulate_shop

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.curves.steady import steady_outcome
from quarterdeck.response.exchange.tables import from_tables, to_tables
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.forecasts.forecast import predict_outcome
from quarterdeck.response.learning.trial import Stakes, capped, plan_trial
from quarterdeck.response.learning.untried import believed_curves, believed_returns, with_channel
from quarterdeck.response.priors.priors import ReturnPrior

PER_POUND = ReturnPrior(0.02, 0.015, "published")  # one sign-up for 50, give or take
STAKES = Stakes(value=60.0, a_week=200.0, most=800.0)


def believed(prior: ReturnPrior = PER_POUND, a_week: float = 200.0) -> ResponseCurves:
    rng = np.random.default_rng(1)
    return believed_curves("social", believed_returns(prior, 2000, rng), a_week, metric="signups", last_week=date(2026, 1, 5), rng=rng)


@pytest.fixture(scope="module")
def fit() -> ResponseFit:
    return fit_response(simulate_shop(1, weeks=60).series, seed=1)


def test_a_curve_from_belief_returns_what_was_believed_at_the_money_that_it_was_believed_for():
    found = steady_outcome(believed(), "social", [200.0])[:, 0] / 200.0
    expected = believed_returns(PER_POUND, 2000, np.random.default_rng(1))
    assert found == pytest.approx(expected)
    assert (steady_outcome(believed(), "social", [100.0])[:, 0] / 100.0 >= expected * (1 - 1e-9)).all()  # less money, better spent
    assert believed().is_concave


def test_a_fit_with_an_untried_channel_forecasts_and_is_kept_like_any_other(fit: ResponseFit):
    wider = with_channel(fit, "radio", a_row=100.0, seed=1, prior=ReturnPrior(3.0, 0.5, "judgement"))
    usual = predict_outcome(fit, spend_ahead=np.full((4, 2), 80.0), context_ahead=None, exposures_ahead=None, seed=1)
    without, tried = (
        predict_outcome(wider, spend_ahead=np.tile([80.0, 80.0, radio], (4, 1)), context_ahead=None, exposures_ahead=None, seed=1)
        for radio in (0, 100)
    )
    assert without.total().mean == pytest.approx(usual.total().mean)
    assert tried.total().mean > without.total().mean
    assert wider.channel_effects()["radio"].per_money.mean == pytest.approx(3.0, abs=0.1)
    assert wider.channel_effects()["radio"].prior_share == pytest.approx(1.0)
    assert from_tables(*to_tables(wider)).channels == (*fit.channels, "radio")
    assert fit.channels == ("channel_0", "channel_1")


def test_without_a_belief_of_its_own_an_untried_channel_returns_as_the_others_do_but_wider(fit: ResponseFit):
    new = with_channel(fit, "radio", a_row=100.0, seed=1).channel_effects()["radio"].returns
    level = fit.returns.mean(axis=1)
    assert new.mean() == pytest.approx(level.mean(), rel=0.15)
    assert new.std() > 1.5 * level.std()


def test_a_channel_that_has_a_curve_or_no_money_cannot_be_added(fit: ResponseFit):
    with pytest.raises(InvalidInput) as refused:
        with_channel(fit, "channel_0", a_row=0.0, seed=1)
    assert {problem.code for problem in refused.value.problems} == {"RESPONSE-070", "RESPONSE-071"}


def test_a_trial_keeps_within_its_money_and_its_rule_separates_what_pays():
    trial = plan_trial(believed(), STAKES, seed=1)
    assert trial is not None
    assert 0 < trial.money <= STAKES.most
    assert trial.pays_if_fewer < trial.pays_before < trial.pays_if_more
    assert trial.is_worth_it
    assert 0.05 < trial.chance_to_stop < 0.95


def test_the_rule_is_the_best_there_is():
    # given: the trial proposed, and its futures drawn anew with another seed
    trial = plan_trial(believed(), STAKES, seed=1)
    assert trial is not None
    rng, curves = np.random.default_rng(99), believed()
    pick = rng.integers(curves.draws, size=40_000)
    drawn = curves.picked(pick)
    brought = drawn.contribution(np.full((trial.weeks, 1), trial.a_week))[:, :, 0].sum(axis=1)
    seen = rng.poisson(brought * np.exp(rng.normal(-np.log(0.6), 0.5, len(pick))))
    after = (13 - trial.weeks) * (60.0 * steady_outcome(drawn, "social", [200.0])[:, 0] - 200.0)

    # when: other rules are tried
    earns = {least: float((after * (seen >= least)).mean()) for least in range(60)}

    # then: none earns noticeably more, and the chance behind the rule is as told
    assert earns[int(trial.go_on_from)] > max(earns.values()) - 0.02 * max(earns.values())
    assert (after[seen < trial.go_on_from] > 0).mean() == pytest.approx(trial.pays_if_fewer, abs=0.05)
    assert (seen < trial.go_on_from).mean() == pytest.approx(trial.chance_to_stop, abs=0.03)


def test_the_surer_the_belief_the_less_a_trial_is_worth():
    sure, unsure = (plan_trial(believed(ReturnPrior(0.02, sd, "judgement")), STAKES, seed=1) for sd in (0.001, 0.015))
    assert sure is not None and unsure is not None
    assert sure.worth < 0.2 * unsure.worth


def test_a_channel_that_hardly_can_pay_is_not_worth_a_trial():
    trial = plan_trial(believed(), replace(STAKES, value=15.0), seed=1)
    assert trial is not None
    assert not trial.is_worth_it
    assert trial.pays_before < 0.1


def test_what_cannot_be_tracked_drowns_in_the_noise_of_the_whole():
    tracked = plan_trial(believed(), STAKES, seed=1)
    quiet, loud = (plan_trial(believed(), replace(STAKES, noise_sd=sd, weeks_known=50), seed=1) for sd in (0.5, 50.0))
    assert tracked is not None and quiet is not None and loud is not None
    assert quiet.worth > 3.0 * loud.worth
    assert not quiet.is_tracked and tracked.is_tracked


def test_the_owner_s_limits_cap_a_trial_and_no_money_is_no_trial():
    assert capped(STAKES, None, 300.0, 500.0).most == 300.0
    small = plan_trial(believed(), capped(STAKES, 50.0), seed=1)
    assert small is not None and small.money <= 50.0
    assert plan_trial(believed(), capped(STAKES, 0.0), seed=1) is None


def test_the_same_belief_and_seed_give_the_same_trial():
    assert plan_trial(believed(), STAKES, seed=3) == plan_trial(believed(), STAKES, seed=3)
