"""Hold-outs and A/B results: exact where little happened, and honest about what a split cannot say."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy.stats import beta, gamma, ttest_ind_from_stats

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.response.experiments.split import Counted, Measured, read_split


@pytest.mark.parametrize(("treated", "control"), [((1000, 30), (1000, 20)), ((50, 3), (40, 0)), ((10, 10), (12, 1)), ((200000, 900), (50000, 150))])
def test_rates_are_compared_as_drawing_both_posteriors_does(treated, control):
    # given
    rng = np.random.default_rng(1)
    one, other = (beta.rvs(x + 0.5, n - x + 0.5, size=300_000, random_state=rng) for n, x in (treated, control))
    drawn = (one - other) * treated[0]

    # when
    found = read_split(Counted(*treated), Counted(*control)).effect

    # then
    spread = np.quantile(drawn, 0.95) - np.quantile(drawn, 0.05)
    for chance, value in ((0.05, found.p05), (0.1, found.p10), (0.5, found.p50), (0.9, found.p90), (0.95, found.p95)):
        assert value == pytest.approx(np.quantile(drawn, chance), abs=0.015 * spread)


def test_things_that_happen_more_than_once_are_rates_too():
    rng = np.random.default_rng(2)
    drawn = gamma.rvs(240.5, size=300_000, random_state=rng) - gamma.rvs(200.5, size=300_000, random_state=rng)

    found = read_split(Counted(100, 240, is_once=False), Counted(100, 200, is_once=False))

    assert found.effect.mean == pytest.approx(40)
    assert found.effect.p05 == pytest.approx(np.quantile(drawn, 0.05), abs=0.6)
    assert "bought_again" in {doubt.code for doubt in found.doubts}


def test_means_of_two_large_groups_agree_with_welch():
    found = read_split(Measured(500, 10.0, 4.0), Measured(700, 9.0, 2.0)).effect

    error = np.sqrt(4.0**2 / 500 + 2.0**2 / 700)
    welch = ttest_ind_from_stats(10.0, 4.0, 500, 9.0, 2.0, 700, equal_var=False)
    assert found.p95 / 500 == pytest.approx(1 + 1.6449 * error, rel=0.01)
    assert (1 / error) == pytest.approx(welch.statistic)


def test_the_range_holds_the_truth_as_often_as_promised_where_hardly_anything_happens():
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(120):
        one, other = int(rng.binomial(400, 0.012)), int(rng.binomial(400, 0.008))
        found = read_split(Counted(400, one), Counted(400, other)).effect
        held += found.p05 <= 400 * 0.004 <= found.p95

    assert held >= 101  # 108 expected; fewer than 101 has a chance of 2 %


def test_the_return_is_the_effect_over_the_money_and_saved_money_turns_it_round():
    paid = read_split(Counted(1000, 60), Counted(1000, 30), cost=100.0)
    saved = read_split(Counted(1000, 30), Counted(1000, 60), cost=-100.0)

    assert paid.returns is not None
    assert saved.returns is not None
    assert paid.returns.mean == pytest.approx(0.3)
    assert saved.returns.mean == pytest.approx(0.3)
    assert saved.returns.p05 < saved.returns.p50 < saved.returns.p95
    found = paid.evidence(name="hold-out", channel="mail", metric="orders", first_day=date(2027, 1, 1), last_day=date(2027, 1, 31))
    assert found is not None
    assert found.sd == pytest.approx((paid.effect.p90 - paid.effect.p10) / 2.5631 / 100, rel=1e-4)


def test_without_cost_there_is_an_effect_and_no_return_and_without_anything_in_the_control_no_lift():
    found = read_split(Counted(50, 3), Counted(40, 0))

    assert found.returns is None
    assert found.lift is None
    assert found.evidence(name="a", channel="b", metric="c", first_day=date(2027, 1, 1), last_day=date(2027, 1, 2)) is None
    assert {"no_cost", "few_events"} == {doubt.code for doubt in found.doubts}


def test_a_split_that_is_not_the_one_that_was_planned_is_said():
    off = read_split(Counted(5200, 300), Counted(4800, 300), cost=1.0, planned_share=0.5)
    even = read_split(Counted(5030, 300), Counted(4970, 300), cost=1.0, planned_share=0.5)

    assert "split_off" in {doubt.code for doubt in off.doubts}
    assert "split_off" not in {doubt.code for doubt in even.doubts}


def test_every_figure_that_cannot_be_is_named_at_once():
    with pytest.raises(InvalidInput) as refused:
        read_split(Counted(1, 0), Counted(10, 11), planned_share=1.5)

    assert [problem.where for problem in refused.value.problems] == ["treated people", "control events", "planned share"]
    assert {problem.code for problem in refused.value.problems} == {"RESPONSE-066"}
    with pytest.raises(InvalidInput):
        read_split(Counted(10, 1), Measured(10, 1.0, 1.0))
