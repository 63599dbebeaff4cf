"""Several sources about one return become one prior: how they weigh, when they widen, and which of them are asked."""

from __future__ import annotations

from dataclasses import replace
from math import exp, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shops import simulate_shop

from quarterdeck.response.exchange.tables import from_tables, to_tables
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.priors.beliefs import (
    DRIFT_A_YEAR,
    JUDGEMENT_SD,
    Judgement,
    Told,
    combine_beliefs,
    combine_told,
    default_log_sd,
    judged,
    told_by_history,
)
from quarterdeck.response.priors.priors import ReturnPrior, default_return
from quarterdeck.response.priors.published import PublishedBelief

NOTHING: dict[str, object] = {"experiments": {}, "history": {}, "judgements": {}, "published": {}}
LONG, SHORT = simulate_shop(1, weeks=60).series, simulate_shop(1, weeks=20).series


def test_a_single_source_is_taken_as_it_is():
    alone = combine_told([Told("published", 2.0, 0.5)])
    assert (alone.mean, alone.sd, alone.source, alone.weighed, alone.widened) == (
        pytest.approx(2.0),
        pytest.approx(1.07, abs=0.01),
        "published",
        (),
        1.0,
    )
    tested = ReturnPrior(0.2, 0.1, "experiment")
    assert combine_told([], tested) is tested


def test_sources_that_agree_narrow_each_other_and_weigh_by_how_sure_they_are():
    both = combine_told([Told("judgement", 2.0, 0.4), Told("default", 2.0, 0.8)])
    assert both.mean == pytest.approx(2.0)
    assert both.sd == pytest.approx(2.0 / sqrt(0.4**-2 + 0.8**-2), rel=0.05)
    assert both.weighed == (("judgement", pytest.approx(0.8)), ("default", pytest.approx(0.2)))
    assert (both.source, both.widened) == ("judgement", 1.0)


def test_sources_that_contradict_each_other_widen_and_say_so():
    apart = combine_told([Told("judgement", 10.0, 0.4), Told("published", 0.5, 0.6)])
    agreeing = combine_told([Told("judgement", 2.0, 0.4), Told("published", 2.0, 0.6)])
    assert apart.widened > 2.0
    assert apart.sd / apart.mean > 2.0 * agreeing.sd / agreeing.mean


@given(st.floats(0.05, 20.0), st.floats(0.05, 20.0), st.floats(0.1, 1.5), st.floats(0.1, 1.5))
def test_the_answer_lies_between_the_sources_and_weights_add_up_to_one(one: float, other: float, sure: float, surer: float):
    both = combine_told([Told("history", one, sure), Told("default", other, surer)])
    assert min(one, other) * (1 - 1e-9) <= both.mean <= max(one, other) * (1 + 1e-9)
    assert sum(share for _, share in both.weighed) == pytest.approx(1.0)
    assert both.widened >= 1.0


def test_an_experiment_that_found_nothing_pulls_down_what_was_believed():
    believed = combine_told([Told("judgement", 3.0, 0.55)])
    tested = combine_told([Told("judgement", 3.0, 0.55)], ReturnPrior(-0.1, 0.3, "experiment"))
    assert tested.source == "experiment"
    assert tested.mean < 0.4 * believed.mean
    assert dict(tested.weighed)["experiment"] > 0.9
    assert tested.widened > 1.2


def test_channels_of_which_nobody_speaks_keep_learning_from_each_other():
    assert combine_beliefs(LONG, **NOTHING) == {}
    only = combine_beliefs(LONG, **(NOTHING | {"judgements": {"channel_1": Judgement(1.0, 2.0)}}))
    assert list(only) == ["channel_1"]
    assert {source for source, _ in only["channel_1"].weighed} == {"judgement", "default"}
    assert only["channel_1"].sd < JUDGEMENT_SD * max(0.5, default_return(LONG)) * 1.5


def test_published_figures_are_asked_only_where_the_own_facts_are_silent():
    published = {"channel_1": PublishedBelief(1.5, 0.9, ())}
    assert combine_beliefs(LONG, **(NOTHING | {"published": published})) == {}
    assert dict(combine_beliefs(SHORT, **(NOTHING | {"published": published}))["channel_1"].weighed)["published"] > 0.2
    rare = replace(LONG, spend=LONG.spend * np.where(np.arange(60) < 4, 1.0, 0.0)[:, None] ** [0.0, 1.0])
    assert "channel_1" in combine_beliefs(rare, **(NOTHING | {"published": published}))


def test_a_judgement_of_one_lead_for_twenty_is_a_return_of_a_twentieth():
    told = judged(Judgement(1.0, 20.0))
    assert told.median == pytest.approx(0.05)
    assert exp(1.2816 * told.log_sd) == pytest.approx(2.0, rel=0.02)  # right within a factor of two in 8 of 10


def test_earlier_weeks_speak_wider_with_the_years_and_no_week_is_counted_twice():
    shop = simulate_shop(2, weeks=120, noise=30.0)
    early = fit_response(shop.series.rows(0, 60), seed=1)
    late, later = shop.series.rows(60, 90), shop.series.rows(90, 120)
    told, told_later = told_by_history(early, late), told_by_history(early, later)
    assert set(told) == {"channel_0", "channel_1"}
    assert told["channel_0"].median == pytest.approx(float(np.median(early.returns[:, 0])))
    assert told["channel_0"].log_sd > DRIFT_A_YEAR * sqrt(45 / 52.2)
    assert told_later["channel_0"].log_sd > told["channel_0"].log_sd
    assert told_by_history(early, shop.series.rows(59, 120)) == {}
    assert told_by_history(early, replace(late, metric="orders")) == {}


def test_a_combined_prior_survives_being_kept():
    series = simulate_shop(3, weeks=30).series
    priors = combine_beliefs(series, **(NOTHING | {"judgements": {"channel_0": Judgement(3.0, 1.0)}}))
    fit = fit_response(series, seed=1, priors=priors)
    again = from_tables(*to_tables(fit))
    assert again.priors == fit.priors
    assert again.priors[0].weighed == priors["channel_0"].weighed


def test_the_default_is_as_wide_as_its_parts():
    assert default_log_sd() == pytest.approx(0.7, abs=0.08)
