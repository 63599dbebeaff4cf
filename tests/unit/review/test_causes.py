"""The gap is split into causes that add up exactly, whatever differs."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck.review.causes import list_swaps, split_by_week, split_gap
from quarterdeck.review.effects import DRIFT_SD, estimate_effects, forecast_uncertainty
from quarterdeck.review.situation import Forecaster, Situation

CHANNELS = ("search", "print")
WEEKS = tuple(date(2027, 1, 4) + timedelta(weeks=n) for n in range(4))


class PlainFit:
    """A fit whose expectations can be worked out by hand: square roots of spend, and 10 a degree."""

    def expected_baseline(self, context, exposures):
        return 100.0 + 10.0 * context[:, 0] + 0.5 * exposures.sum(axis=1)

    def expected_media(self, spend):
        return np.sqrt(spend) * np.array([3.0, 1.0])


def situation(spend, temperature=0.0, effect=(1.0, 1.0), demand=0.0, recorded=1.0, exposures=None):
    return Situation(
        spend=np.tile(np.asarray(spend, dtype=float), (4, 1)),
        context=np.full((4, 1), temperature),
        exposures=np.zeros((4, 0)) if exposures is None else np.full((4, 1), exposures),
        effect=np.asarray(effect, dtype=float),
        demand=np.full(4, demand),
        recorded=np.full(4, recorded),
    )


def causes_between(planned, actual, counted, held_up=None):
    swaps = list_swaps(planned, actual, held_up or planned, channels=CHANNELS, context_names=("temperature",), exposure_names=())
    return split_gap(Forecaster(PlainFit(), WEEKS), planned, swaps, counted)


def test_money_spent_otherwise_is_named_with_what_it_cost():
    planned, actual = situation([100, 400]), situation([100, 225])

    causes = causes_between(planned, actual, counted=Forecaster(PlainFit(), WEEKS).weekly(actual))

    assert [(cause.code, cause.amount) for cause in causes] == [("spend:print", pytest.approx(-20.0)), ("chance", pytest.approx(0.0))]


def test_money_and_effect_that_change_together_share_what_they_do_together():
    planned, actual = situation([100, 400]), situation([100, 900], effect=(1.0, 0.5))
    # By hand, a week: money first +10 then effect -15; effect first -10 then money +5; the mean is +7.5 and -12.5.

    causes = {cause.code: cause.amount for cause in causes_between(planned, actual, counted=Forecaster(PlainFit(), WEEKS).weekly(actual))}

    assert causes["spend:print"] == pytest.approx(4 * 7.5)
    assert causes["effect:print"] == pytest.approx(4 * -12.5)


def test_money_held_up_by_late_work_is_late_work_and_the_rest_is_spent_otherwise():
    planned, held_up, actual = situation([100, 400]), situation([100, 225]), situation([100, 100])

    causes = {cause.code: cause.amount for cause in causes_between(planned, actual, Forecaster(PlainFit(), WEEKS).weekly(actual), held_up)}

    assert causes["late:print"] == pytest.approx(4 * (15 - 20))
    assert causes["spend:print"] == pytest.approx(4 * (10 - 15))


def test_nothing_that_stayed_the_same_is_a_cause():
    planned = situation([100, 400])

    causes = causes_between(planned, planned, counted=np.full(4, 1.0))

    assert [cause.code for cause in causes] == ["chance"]


numbers = st.floats(0.0, 1e5, allow_subnormal=False)


@settings(max_examples=150, deadline=None)
@given(
    planned=st.tuples(numbers, numbers),
    spent=st.tuples(numbers, numbers),
    late=st.floats(0, 1),
    temperature=st.floats(-20, 20),
    effect=st.tuples(st.floats(0, 3), st.floats(0, 3)),
    demand=st.floats(-50, 50),
    recorded=st.floats(0.01, 1),
    counted=st.lists(st.floats(0, 1e5), min_size=4, max_size=4),
)
def test_causes_add_up_to_the_gap_whatever_differs(planned, spent, late, temperature, effect, demand, recorded, counted):
    before, after = situation(planned), situation(spent, temperature, effect, demand, recorded)
    held_up = situation([planned[0] * late, planned[1]])
    counted = np.array(counted)

    causes = causes_between(before, after, counted, held_up)

    gap = counted.sum() - Forecaster(PlainFit(), WEEKS).total(before)
    scale = max(1.0, abs(gap), *(abs(cause.amount) for cause in causes))
    assert sum(cause.amount for cause in causes) == pytest.approx(gap, abs=1e-9 * scale)


def test_week_by_week_each_cause_adds_up_to_itself_and_each_week_to_its_gap():
    planned, actual = situation([100, 400], temperature=1.0), situation([81, 225], temperature=3.0, effect=(1.2, 0.5), recorded=0.8)
    counted = np.array([90.0, 110.0, 70.0, 130.0])
    forecaster = Forecaster(PlainFit(), WEEKS, skip=1)
    swaps = list_swaps(planned, actual, planned, channels=CHANNELS, context_names=("temperature",), exposure_names=())

    by_week = split_by_week(forecaster, planned, swaps, counted)

    assert {cause.code: pytest.approx(cause.amount) for cause in split_gap(forecaster, planned, swaps, counted)} == {
        code: weeks.sum() for code, weeks in by_week.items()
    }
    assert sum(by_week.values()) == pytest.approx((counted - forecaster.weekly(planned))[1:])


@settings(max_examples=50, deadline=None)
@given(order=st.permutations(range(4)))
def test_a_cause_alone_is_what_swapping_that_input_alone_does(order):
    planned = situation([100, 400])
    alone = [
        situation([81, 400]),
        situation([100, 400], temperature=2.0),
        situation([100, 400], effect=(1.0, 0.4)),
        situation([100, 400], demand=-3.0),
    ]
    actual = alone[order[0]]
    forecaster = Forecaster(PlainFit(), WEEKS)

    first = causes_between(planned, actual, counted=forecaster.weekly(actual))[0]

    assert first.amount == pytest.approx(forecaster.total(actual) - forecaster.total(planned))


def apart(effect_sd, baseline_sd, weeks):
    """A forecast whose channels and baseline are uncertain apart from each other."""
    return np.diag(np.square([*effect_sd, *[baseline_sd] * weeks]))


def test_what_channels_and_baseline_only_know_together_is_blamed_on_neither():
    rng = np.random.default_rng(5)
    shared = rng.normal(0, 0.3, 4000)
    media = np.full((4000, 13, 1), 100.0) * (1 + shared[:, None, None])
    baseline = 300 - 100 * shared[:, None] + rng.normal(0, 1e-6, (4000, 13))

    known = forecast_uncertainty(media, baseline)
    separate = known.copy()
    separate[0, 1:] = separate[1:, 0] = 0.0
    surprise = {
        name: estimate_effects(np.full(13, -60.0), np.full((13, 1), 100.0), np.full(13, 1.0), uncertainty=uncertainty, noise_sd=5.0)
        for name, uncertainty in (("together", known), ("apart", separate))
    }

    assert np.sqrt(known[0, 0]) == pytest.approx(0.3, rel=0.05)
    assert surprise["together"].effect[0] < 0.45, "their sum was sure, so only a change of the channel can explain it"
    assert surprise["apart"].effect[0] > surprise["together"].effect[0] + 0.1, "taken apart, the baseline would get part of the blame"


def test_a_channel_that_halves_its_effect_is_found_and_the_other_left_alone():
    rng = np.random.default_rng(3)
    media = np.column_stack([40 + 25 * np.sin(np.arange(13)), 60 + 30 * np.cos(1.7 * np.arange(13))])
    residual = -0.5 * media[:, 1] + rng.normal(0, 4, 13)

    found = estimate_effects(residual, media, np.full(13, 60.0), uncertainty=apart([0.2, 0.2], 4.0, 13), noise_sd=4.0)

    assert found.effect[1] == pytest.approx(0.5, abs=0.12)
    assert found.effect[0] == pytest.approx(1.0, abs=0.15)
    assert found.effect_sd[1] < 0.15


def test_no_gap_leaves_every_effect_as_fitted():
    media = np.full((13, 2), 50.0)

    found = estimate_effects(np.zeros(13), media, np.full(13, 300.0), uncertainty=apart([0.3, 0.1], 5.0, 13), noise_sd=5.0)

    assert found.effect == pytest.approx([1.0, 1.0])
    assert found.demand == pytest.approx(np.zeros(13))


def test_weeks_without_a_count_say_nothing():
    media = np.full((3, 1), 50.0)

    found = estimate_effects(np.full(3, np.nan), media, np.full(3, 300.0), uncertainty=apart([0.3], 5.0, 3), noise_sd=5.0)

    assert found.effect == pytest.approx([1.0])
    assert found.effect_sd == pytest.approx([np.hypot(0.3, DRIFT_SD)])
