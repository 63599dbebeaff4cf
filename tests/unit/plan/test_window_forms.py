"""The optimiser's view of curves of every form: the same outcome as the curves, and a cover that is never below them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from quarterdeck.plan.window import Window
from quarterdeck.response.curves import EXPONENTIAL, HILL, HYPERBOLIC, LOGISTIC, ResponseCurves
from quarterdeck.response.series import FloatArray

WEEKS, TAIL = 13, 6
FORMS = [(HYPERBOLIC, 1.0), (EXPONENTIAL, 1.0), (LOGISTIC, 1.0), (HILL, 0.7), (HILL, 2.0), (HILL, 3.0)]
DELAYS = [0.0, 0.6]
EVERY = [pytest.param(form, steep, delay, id=f"form_{form}_steepness_{steep}_delay_{delay}") for form, steep in FORMS for delay in DELAYS]


def curves_of(form: int, steepness: float, delay: float, *, seed: int = 0, sign: float = 1.0) -> ResponseCurves:
    """Thirty draws of three channels of one form, with carry-in; the first channel's ceiling times `sign`."""
    rng = np.random.default_rng(seed)
    half, decay = rng.gamma(4.0, 25.0, size=(30, 3)), rng.uniform(0.1, 0.8, size=(30, 3))
    ceiling = rng.gamma(4.0, 10.0, size=(30, 3)) * np.array([sign, 1.0, 1.0])
    carry = rng.uniform(0.0, 80.0, size=(30, 3))
    waiting = rng.uniform(0.0, 80.0, size=(30, 3, 2)) if delay else np.repeat(carry[:, :, None], 2, axis=2)
    shape = half.shape
    return ResponseCurves(
        "orders",
        ("a", "b", "c"),
        date(2026, 1, 5),
        decay,
        half,
        ceiling,
        np.full(shape, form, dtype=np.uint8),
        carry,
        np.full(shape, steepness),
        np.full(shape, delay),
        waiting,
    )


def some_spend(seed: int) -> FloatArray:
    rng = np.random.default_rng(seed)
    return rng.gamma(1.5, 50.0, size=(WEEKS, 3)) * (rng.random((WEEKS, 3)) < 0.8)


def brought(curves: ResponseCurves, spend: FloatArray) -> FloatArray:
    """What each channel brings in the window and its tail, by the curves themselves [channel]."""
    return np.asarray(curves.contribution(np.concatenate([spend, np.zeros((TAIL, 3))])).mean(axis=0).sum(axis=0))


@pytest.mark.parametrize(("form", "steepness", "delay"), EVERY)
def test_the_window_brings_what_the_curves_bring(form: int, steepness: float, delay: float):
    curves, spend = curves_of(form, steepness, delay), some_spend(1)
    window = Window(curves, weeks=WEEKS, tail_weeks=TAIL, step=10.0, is_covered=False)
    assert window.by_channel(spend / 10.0) == pytest.approx(brought(curves, spend))


@pytest.mark.parametrize(("form", "steepness", "delay"), EVERY)
def test_the_cover_is_never_below_what_the_curves_bring(form: int, steepness: float, delay: float):
    curves = curves_of(form, steepness, delay)
    cover = Window(curves, weeks=WEEKS, tail_weeks=TAIL, step=10.0)
    for seed in range(5):
        spend = some_spend(seed)
        assert (cover.by_channel(spend / 10.0) >= brought(curves, spend) - 1e-9).all()


@pytest.mark.parametrize(("form", "steepness", "delay"), EVERY)
def test_the_slope_of_the_cover_bounds_what_any_other_plan_could_add(form: int, steepness: float, delay: float):
    # the bound of the allocator: a concave function lies below its tangent
    curves = curves_of(form, steepness, delay)
    cover = Window(curves, weeks=WEEKS, tail_weeks=TAIL, step=10.0)
    at = some_spend(2) / 10.0
    value, slope = cover.value_and_slope(at)
    for seed in range(3, 9):
        other = some_spend(seed) / 10.0
        truly = float((brought(curves, other * 10.0) - cover.resting).sum())
        assert truly <= value + float((slope * (other - at)).sum()) + 1e-9


@pytest.mark.parametrize(("form", "steepness", "delay"), EVERY)
def test_the_next_money_brings_what_numeric_differences_say(form: int, steepness: float, delay: float):
    curves, spend, small = curves_of(form, steepness, delay), some_spend(3) + 5.0, 1e-4
    marginal = curves.marginal(spend)
    for row, channel in ((0, 0), (4, 1), (12, 2)):
        more, less = spend.copy(), spend.copy()
        more[row, channel] += small
        less[row, channel] -= small
        gain = (curves.contribution(more) - curves.contribution(less)).sum(axis=1)[:, channel] / (2 * small)
        assert marginal[:, row, channel] == pytest.approx(gain, rel=1e-5, abs=1e-8)


@pytest.mark.parametrize("delay", DELAYS)
def test_a_channel_that_takes_away_is_covered_by_nothing_and_money_for_it_adds_nothing(delay: float):
    curves, spend = curves_of(HYPERBOLIC, 1.0, delay, sign=-1.0), some_spend(4)
    cover, bare = (Window(curves, weeks=WEEKS, tail_weeks=TAIL, step=10.0, is_covered=each) for each in (True, False))
    assert not curves.is_concave
    assert bare.by_channel(spend / 10.0)[0] == pytest.approx(brought(curves, spend)[0])
    assert bare.by_channel(spend / 10.0)[0] < 0
    assert cover.by_channel(spend / 10.0)[0] == 0
    assert (cover.value_and_slope(spend / 10.0)[1][:, 0] == 0).all()
