"""The one test that is proposed: it foresees what a refit then shows, narrows more than the average one, and tells its price."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shops import mondays

from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.learning.designs import WINDOW_WEEKS, Design, designs_for, spend_of
from quarterdeck.response.learning.next_test import NextTest, propose_test, weigh_tests
from quarterdeck.response.model.cells import carry_before, carry_over
from quarterdeck.response.series.series import FloatArray, ResponseSeries

USUAL = np.array([200.0, 120.0, 60.0])
TV_BRINGS = 2.0
"""What a unit of money on tv really brings at its usual spend: 2.5 times 2.0 times the share of its curve there, 0.4."""


def steady_shop(seed: int, ahead: FloatArray | None = None, weeks: int = 40) -> ResponseSeries:
    """Three channels, the first of which hardly ever varies, and `ahead` more weeks of spend [week, channel] with what then really happens."""
    rng = np.random.default_rng(seed)
    spend = USUAL * (1.0 + np.array([0.03, 0.1, 0.35]) * rng.standard_normal((weeks, 3))).clip(0.2)
    spend = spend if ahead is None else np.concatenate([spend, ahead])
    media = np.zeros(len(spend))
    for number, returns in enumerate((TV_BRINGS, 1.0, 1.5)):
        level = carry_over(spend[:, [number]], carry_before(spend)[[number]], np.array([0.3]))[0, 0]
        half = 1.5 * USUAL[number]
        media += returns * USUAL[number] * level / (level + half) * 2.5
    noise = 60.0 * np.random.default_rng(seed + 1000).standard_normal(len(spend))
    return ResponseSeries("revenue", mondays(len(spend)), ("tv", "search", "mail"), spend, 1000.0 + media + noise)


@pytest.fixture(scope="module")
def fit() -> ResponseFit:
    return fit_response(steady_shop(1), seed=1)


@pytest.fixture(scope="module")
def tests(fit: ResponseFit) -> list[NextTest]:
    return weigh_tests(fit, value=0.5)


def after_test(fit: ResponseFit, seed: int, design: Design | None) -> ResponseFit:
    """A new fit once the weeks of the test have really happened; None: as many weeks with spend as usual."""
    usual = fit.spend[-4:].mean(axis=0)
    ahead = np.tile(usual, (WINDOW_WEEKS, 1)) if design is None else spend_of(design, fit.channels, usual)
    return fit_response(steady_shop(seed, ahead), seed=1)


def doubt_left(fit: ResponseFit, after: ResponseFit) -> float:
    """Share of the doubt about returns, weighed by money, that is left."""
    weight = USUAL**2
    return float((weight * after.returns.var(axis=0)).sum() / (weight * fit.returns.var(axis=0)).sum())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_proposed_test_finds_the_truth_that_as_many_weeks_of_waiting_do_not(seed: int):
    # given: tv brings 2.0 for each unit of money, and its steady spend shows nothing of it
    fit = fit_response(steady_shop(seed), seed=1)
    best = propose_test(fit, value=0.5)
    assert best is not None
    # when: its weeks have passed, or as many without it
    tested, waited = (after_test(fit, seed, design) for design in (best.design, None))
    # then: half of what was unsure of tv is known at the least, and what is known is true; waiting taught nothing
    before, after, without = (each.returns[:, 0] for each in (fit, tested, waited))
    assert after.std() < 0.7 * before.std()
    assert without.std() > 0.8 * before.std()
    assert abs(after.mean() - TV_BRINGS) < 2.0 * after.std()
    assert best.doubt_after / best.doubt_before == pytest.approx(float(after.var() / before.var()), abs=0.25)
    assert doubt_left(fit, tested) < 0.75 * doubt_left(fit, waited)


def test_it_narrows_what_is_unsure_more_than_most_others_would(fit: ResponseFit, tests: list[NextTest]):
    best = propose_test(fit, value=0.5)
    assert best is not None
    others = [doubt_left(fit, after_test(fit, 1, test.design)) for test in tests[:: len(tests) // 5]]
    assert doubt_left(fit, after_test(fit, 1, best.design)) < float(np.median(others))


def test_what_is_foreseen_is_what_a_refit_shows(fit: ResponseFit, tests: list[NextTest]):
    ranked = sorted(tests, key=lambda test: test.narrows)
    few = [ranked[0], ranked[len(ranked) // 2], ranked[-1]]
    left = [doubt_left(fit, after_test(fit, 1, test.design)) for test in few]
    assert left[2] < left[1] <= left[0] + 0.15
    assert 1.0 - few[2].narrows == pytest.approx(left[2], abs=0.25)


def test_the_test_is_about_the_channel_that_nobody_knows_and_tells_its_doubt_before_and_after(fit: ResponseFit):
    best = propose_test(fit, value=0.5)
    assert best is not None
    assert best.design.channel == "tv"
    assert best.doubt_after < 0.7 * best.doubt_before
    assert best.doubt_after < best.doubt_anyway <= best.doubt_before
    assert best.starts == fit.weeks[-1] + fit.series.step


def test_costs_add_up(tests: list[NextTest]):
    for test in tests:
        assert test.costs == pytest.approx(test.loses * 0.5 - test.saves, abs=1e-6)
    off = next(test for test in tests if test.design == Design("off", "tv", 4))
    double = next(test for test in tests if test.design == Design("double", "tv", 4))
    assert off.loses > 0 and off.saves == pytest.approx(4 * 200.0, rel=0.1)
    assert double.loses < 0 and double.saves < 0


def test_a_longer_and_a_stronger_test_teaches_more(tests: list[NextTest]):
    by = {(test.design.kind, test.design.channel, test.design.weeks): test.narrows for test in tests}
    assert by["off", "tv", 2] < by["off", "tv", 4] < by["off", "tv", 6]
    assert by["half", "tv", 4] < by["off", "tv", 4]


def test_nothing_is_doubled_beyond_its_limit_and_look_alikes_are_pulled_apart():
    plain = set(designs_for(("a", "b"), np.array([10.0, 0.0]), (), {"a": 15.0}))
    assert {design.kind for design in plain} == {"off", "half", "on_off"}
    assert {design.channel for design in plain} == {"a"}
    pairs = [design for design in designs_for(("a", "b"), np.array([10.0, 5.0]), (("a", "b"),), {"b": 12.0}) if design.kind == "apart"]
    assert {(design.channel, design.other) for design in pairs} == {("b", "a")}
    spend = spend_of(pairs[0], ("a", "b"), np.array([10.0, 5.0]))
    assert spend[0].tolist() == [15.0, 0.0] and spend[-1].tolist() == [10.0, 5.0]


def test_without_money_on_any_channel_there_is_no_test(fit: ResponseFit):
    quiet = replace(fit, series=replace(fit.series, spend=np.concatenate([fit.spend[:-4], np.zeros((4, 3))])))
    assert propose_test(quiet) is None


def test_without_a_value_money_must_bring_what_it_brings_elsewhere(fit: ResponseFit):
    best = propose_test(fit)
    assert best is not None
    assert best.costs != 0.0
    assert best == propose_test(fit)


def test_a_channel_that_the_figures_have_settled_is_not_proposed(fit: ResponseFit, tests: list[NextTest], monkeypatch: pytest.MonkeyPatch):
    first = propose_test(fit, value=0.5)
    assert first is not None
    settled = [replace(each, doubt_before=0.01) if each.design.channel == first.design.channel else each for each in tests]
    monkeypatch.setattr("quarterdeck.response.learning.next_test.weigh_tests", lambda *_, **__: settled)

    now = propose_test(fit, value=0.5)
    assert now is None or now.design.channel != first.design.channel
