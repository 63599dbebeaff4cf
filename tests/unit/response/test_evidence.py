"""Evidence of several tests as one belief: agreeing tests narrow it, disagreeing, old and unlike ones widen it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.report.say_experiments import say_done, say_found
from quarterdeck.response.experiments.belief import believe, pool, ratio
from quarterdeck.response.experiments.combine import combine_evidence
from quarterdeck.response.experiments.evidence import UNKNOWN_RANGE, Evidence, SpendRange, average_over_moved

TODAY = date(2027, 3, 1)
ALL = SpendRange(0.0, 1000.0, 1000.0)
"""All of the usual money was switched off or on: what was measured is the average return."""


def evidence(mean: float, sd: float, *, days_ago: int = 0, spend: SpendRange | None = ALL, name: str = "a") -> Evidence:
    last = TODAY - timedelta(days=days_ago)
    return Evidence(name, "search", "sales", mean, sd, last - timedelta(days=27), last, spend, "geo test")


def test_a_fresh_test_of_all_the_money_is_taken_as_it_is():
    belief = combine_evidence([evidence(2.0, 0.3)], as_of=TODAY)

    assert (belief.prior.mean, belief.prior.sd, belief.prior.source) == (2.0, pytest.approx(0.3), "experiment")


def test_two_tests_that_agree_are_surer_than_one_but_never_as_sure_as_if_nothing_could_differ_between_them():
    one = combine_evidence([evidence(2.0, 0.3)], as_of=TODAY).prior
    two = combine_evidence([evidence(2.0, 0.3), evidence(2.0, 0.3, name="b")], as_of=TODAY).prior
    four = combine_evidence([evidence(2.0, 0.3, name=name) for name in "abcd"], as_of=TODAY).prior

    assert 0.3 / np.sqrt(2) < two.sd < one.sd
    assert 0.3 / np.sqrt(4) < four.sd < two.sd


def test_two_tests_that_disagree_give_a_wider_answer_than_either_and_say_so():
    belief = combine_evidence([evidence(1.0, 0.2), evidence(4.0, 0.2, name="b")], as_of=TODAY)

    assert belief.prior.mean == pytest.approx(2.5)
    assert belief.prior.sd > 1.0
    assert belief.is_at_odds
    assert any("at odds" in sentence for sentence in say_done(belief))


@given(st.floats(0.5, 5), st.floats(0.05, 1), st.floats(0, 4))
def test_the_further_apart_two_tests_are_the_wider_the_answer(mean, sd, gap):
    near = combine_evidence([evidence(mean, sd), evidence(mean + gap, sd, name="b")], as_of=TODAY).prior
    far = combine_evidence([evidence(mean - gap - 1, sd), evidence(mean + gap + 1, sd, name="b")], as_of=TODAY).prior

    assert far.sd > near.sd


def test_an_old_test_counts_less_than_a_new_one_and_is_told_with_its_age():
    belief = combine_evidence([evidence(1.0, 0.2, days_ago=1461, name="old"), evidence(2.0, 0.2, name="new")], as_of=TODAY)

    old, new = belief.weights
    assert old < 0.5 * new
    assert old + new == pytest.approx(1.0)
    assert belief.prior.mean > 1.6
    assert any("old 4.0 years" in sentence for sentence in say_done(belief))


def test_the_order_of_tests_does_not_matter():
    tests = [evidence(1.0, 0.2, name="a"), evidence(2.0, 0.4, days_ago=300, name="b"), evidence(1.5, 0.1, days_ago=30, name="c")]

    assert combine_evidence(tests, as_of=TODAY).prior == combine_evidence(tests[::-1], as_of=TODAY).prior


def test_the_return_of_all_the_money_is_the_average_return_and_that_of_more_money_is_below_it():
    assert average_over_moved(ALL) == pytest.approx(np.ones(12))
    assert (average_over_moved(SpendRange(1000, 1500, 1000)) > 1.0).all()
    assert (average_over_moved(SpendRange(0, 500, 1000)) < 1.0).all()
    # hyperbolic, half = usual: average 1 / 2; from 1 to 2: (2/3 - 1/2) / 1 = 1/6
    assert average_over_moved(SpendRange(9, 18, 9))[2] == pytest.approx((1 / 1.9) / (2 / 2.9 - 1 / 1.9))


def test_a_test_at_another_level_of_spend_keeps_what_it_found_and_is_widened_for_it():
    more = combine_evidence([evidence(2.0, 0.2, spend=SpendRange(1000, 1500, 1000))], as_of=TODAY)
    unknown = combine_evidence([evidence(2.0, 0.2, spend=None)], as_of=TODAY)

    assert more.prior.mean == 2.0
    assert more.prior.sd > 1.0
    assert unknown.prior.sd == pytest.approx(np.hypot(0.2, 2.0 * UNKNOWN_RANGE))
    assert any("added or taken away" in sentence for sentence in say_done(more))
    assert any("not known at which spend" in sentence for sentence in say_done(unknown))


def test_what_was_found_is_told_with_days_method_range_and_doubts():
    one = replace(evidence(2.0, 0.3), doubts=("The groups drifted apart before.",))

    (sentence,) = say_found(combine_evidence([one], as_of=TODAY))

    assert sentence == (
        "a (2027-02-02 to 2027-03-01, geo test): each unit of money brought 2 of sales (1.62 to 2.38 in 8 cases of 10). The groups drifted apart before."
    )


def test_a_test_that_found_nothing_says_that_nothing_is_possible():
    belief = combine_evidence([evidence(-0.1, 0.3)], as_of=TODAY)

    assert belief.prior.mean == -0.1
    assert "No return at all is among what they leave possible." in say_done(belief)


def test_evidence_on_two_channels_and_figures_that_are_none_are_refused():
    with pytest.raises(ValueError, match="one channel"):
        combine_evidence([evidence(1, 1), replace(evidence(1, 1), channel="social")], as_of=TODAY)
    with pytest.raises(ValueError, match="sd above 0"):
        evidence(1.0, 0.0)
    with pytest.raises(ValueError, match="before it begins"):
        replace(evidence(1, 1), first_day=date(2028, 1, 1))
    with pytest.raises(ValueError, match="low < high"):
        SpendRange(2.0, 1.0, 1.0)


def test_a_ratio_of_unsure_figures_is_what_drawing_both_gives_and_none_where_the_lower_may_be_nothing():
    # given
    rng = np.random.default_rng(0)
    over, under = believe(100.0, 10.0, 20), believe(50.0, 5.0, 30)
    drawn = (100 + 10 * rng.standard_t(20, 400_000)) / (50 + 5 * rng.standard_t(30, 400_000))

    # when
    found = ratio(over, under)

    # then
    assert found is not None
    for chance in (0.05, 0.5, 0.95):
        assert found.quantile(chance) == pytest.approx(np.quantile(drawn, chance), rel=0.01)
    assert ratio(over, believe(5.0, 5.0, 30)) is None


def test_a_pool_is_as_wide_as_its_parts_where_they_agree_and_covers_both_where_they_do_not():
    same = pool((believe(10, 1, 50), believe(10, 1, 50)))
    apart = pool((believe(10, 1, 50), believe(20, 1, 50)))

    assert same.sd == pytest.approx(believe(10, 1, 50).sd)
    assert apart.quantile(0.05) < 10
    assert apart.quantile(0.95) > 20
    assert same.sign == 1
    assert pool((believe(-3, 1, 50), believe(3, 1, 50))).sign == 0
