"""Judgements are scored against what the facts then say, and nobody is judged by himself."""

from __future__ import annotations

import pytest
from shops import simulate_shop

from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.priors.beliefs import Judgement, combine_beliefs
from quarterdeck.response.priors.judged import score_judgements

JUDGED = {"channel_0": Judgement(6.0, 1.0), "channel_1": Judgement(1.0, 1.0)}


@pytest.fixture(scope="module")
def fit() -> ResponseFit:
    series = simulate_shop(4, weeks=120, returns=(2.0, 1.0), noise=30.0).series
    return fit_response(series, seed=1, priors=combine_beliefs(series, experiments={}, history={}, judgements=JUDGED, published={}))


def test_a_judgement_far_above_the_answer_is_called_high_and_one_within_its_range_near(fit: ResponseFit):
    scores = score_judgements(fit, JUDGED)
    assert (scores["channel_0"].verdict, scores["channel_0"].is_early) == ("high", False)
    assert scores["channel_0"].rank > 0.95
    assert scores["channel_1"].verdict == "near"
    assert scores["channel_0"].found.p05 < 2.0 < scores["channel_0"].found.p95


def test_the_weight_of_the_judgement_is_taken_out_before_it_is_scored(fit: ResponseFit):
    found = score_judgements(fit, JUDGED)["channel_0"].found
    assert found.mean <= fit.channel_effects()["channel_0"].per_money.mean + 1e-9


def test_with_few_weeks_it_is_too_early_to_score():
    series = simulate_shop(4, weeks=10, noise=300.0).series
    priors = combine_beliefs(series, experiments={}, history={}, judgements=JUDGED, published={})
    scores = score_judgements(fit_response(series, seed=1, priors=priors), JUDGED)
    assert all(score.is_early for score in scores.values())


def test_channels_without_a_judgement_are_not_scored(fit: ResponseFit):
    assert list(score_judgements(fit, {"channel_1": JUDGED["channel_1"], "unknown": Judgement(1.0, 1.0)})) == ["channel_1"]
