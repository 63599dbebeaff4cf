"""The optimiser's view of curves of every form: the same outcome as the curves, and rungs of money that the worth never rises above by more than said."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from quarterdeck.plan.window import Window
from quarterdeck.response.curves.curves import EXPONENTIAL, HILL, HYPERBOLIC, LOGISTIC, ResponseCurves
from quarterdeck.response.series.series import FloatArray

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
    window = Window(curves, weeks=WEEKS, tail_weeks=TAIL, step=10.0)
    assert window.by_channel(spend / 10.0) == pytest.approx(brought(curves, spend))


def rungs(count: int) -> FloatArray:
    """Money of all open weeks together, in steps of 10. [rung, channel]."""
    return np.linspace(0.0, 300.0, count)[:, None] * np.array([1.0, 2.0, 4.0])


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize(("form", "steepness", "delay"), EVERY)
def test_between_two_rungs_the_worth_is_never_higher_above_their_line_than_said(form: int, steepness: float, delay: float, sign: float):
    curves, money = curves_of(form, steepness, delay, sign=sign), rungs(9)
    window = Window(curves, weeks=WEEKS, tail_weeks=TAIL, step=10.0)
    worth, above = window.ladder(money)
    nothing = brought(curves, np.zeros((WEEKS, 3)))
    for share in (0.2, 0.5, 0.8):
        between = money[:-1] + share * np.diff(money, axis=0)
        line = worth[:-1] + share * np.diff(worth, axis=0)
        for rung, row in enumerate(between):
            truly = brought(curves, np.tile(row * 10.0 / WEEKS, (WEEKS, 1))) - nothing
            assert (truly <= line[rung] + above[rung] + 1e-9).all()


@pytest.mark.parametrize(("form", "steepness", "delay"), EVERY)
def test_rungs_twice_as_close_leave_a_quarter_of_the_height(form: int, steepness: float, delay: float):
    window = Window(curves_of(form, steepness, delay), weeks=WEEKS, tail_weeks=TAIL, step=10.0)
    (_, far), (_, near) = window.ladder(rungs(33)), window.ladder(rungs(65))
    assert (near[8:].max(axis=0) < 0.4 * far[4:].max(axis=0)).all()


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
def test_a_channel_that_takes_away_is_seen_as_it_is(delay: float):
    curves, spend = curves_of(HYPERBOLIC, 1.0, delay, sign=-1.0), some_spend(4)
    window = Window(curves, weeks=WEEKS, tail_weeks=TAIL, step=10.0)
    assert not curves.is_concave
    assert window.by_channel(spend / 10.0) == pytest.approx(brought(curves, spend))
    assert (window.value_and_slope(spend / 10.0)[1][:, 0] < 0).all()


def test_draws_of_one_curve_with_other_ceilings_are_seen_as_one():
    curves = curves_of(HILL, 2.0, 0.0)
    again = curves.picked(np.concatenate([np.arange(30), np.arange(30)]))
    one, twice = (Window(each, weeks=WEEKS, tail_weeks=TAIL, step=10.0) for each in (curves, again))
    assert twice.by_channel(some_spend(5)) == pytest.approx(one.by_channel(some_spend(5)))
    assert sum(len(group.channel) for group in twice._groups) == sum(len(group.channel) for group in one._groups)
