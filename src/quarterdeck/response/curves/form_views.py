"""Where forms disagree about the money: what the next money brings, and how much is best spent, if a channel saturates, starts late or needs a push."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.curves.steady import steady_marginal
from quarterdeck.response.curves.summary import short
from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.model import saturation
from quarterdeck.response.series.series import FloatArray

SATURATES, LATE, THRESHOLD, HARMS = "saturates", "works late", "works only above a threshold", "takes away"
_LEAST_SHARE, _APART, _LARGEST, _STEPS = 0.25, 2.5, 3.0, 61
_RECENT = 13
_FEW_DRAWS = 20


@dataclass(frozen=True)
class FormView:
    """What one form says of a channel. `share`: how likely the form is, 0 to 1; `next_money`: units of the metric that one more unit of money every row
    brings a row, from the recent spend on; `best_spend`: money a row up to which the next money pays for itself (at most three times the largest
    recent amount), None where the worth of a unit is not given."""

    channel: str
    form: str
    share: float
    next_money: float
    best_spend: float | None


def form_views(curves: ResponseCurves, spend: FloatArray, *, worth: float | None = None) -> tuple[FormView, ...]:
    """Every form that any draw takes, for each channel. spend [row, channel]: as fitted; worth: money that one unit of the metric is worth."""
    views = []
    for number, channel in enumerate(curves.channels):
        own, recent = curves.of_channels([number]), spend[-_RECENT:, number]
        for form, there in _kinds(own).items():
            if there.any():
                only = own.picked(np.flatnonzero(there))
                next_money = float(steady_marginal(only, channel, [float(recent.mean())]).mean())
                views.append(FormView(channel, form, float(there.mean()), next_money, _best(only, float(recent.max()), worth)))
    return tuple(views)


def forms_disagree(curves: ResponseCurves, spend: FloatArray) -> tuple[Finding, ...]:
    """One finding for each channel with two likely forms (a quarter each, or more) of which one promises 2.5 times more from the next money, or better."""
    found = []
    views = form_views(curves, spend)
    for channel in curves.channels:
        likely = [each for each in views if each.channel == channel and each.share >= _LEAST_SHARE and each.share * curves.draws >= _FEW_DRAWS]
        if len(likely) < 2 or not spend[-_RECENT:, curves.channels.index(channel)].any():
            continue
        low, high = min(likely, key=lambda each: each.next_money), max(likely, key=lambda each: each.next_money)
        if high.next_money > _APART * max(low.next_money, 0.0) and high.next_money > 0:
            found.append(Finding("forms_disagree", channel, _said(low, high)))
    return tuple(found)


def _said(low: FormView, high: FormView) -> str:
    return (
        f"If {low.channel} {low.form}, the next 1,000 brings {short(1000.0 * low.next_money)}; if it {high.form}, {short(1000.0 * high.next_money)}. "
        f"The figures so far leave both open ({low.share:.0%} and {high.share:.0%}): plainly more money for some weeks, then plainly less, would tell."
    )


def _kinds(own: ResponseCurves) -> dict[str, npt.NDArray[np.bool_]]:
    """Which draws of the one channel are of which form; each draw is of exactly one."""
    harms = own.ceiling[:, 0] < 0
    threshold = saturation.is_s_shaped(own.form, own.steepness)[:, 0] & ~harms
    late = (own.delay[:, 0] > 0) & ~threshold & ~harms
    return {SATURATES: ~(harms | threshold | late), LATE: late, THRESHOLD: threshold, HARMS: harms}


def _best(only: ResponseCurves, largest: float, worth: float | None) -> float | None:
    """The last steady spend at which the next money, on average over draws, brings more than it costs."""
    if worth is None:
        return None
    spends = np.linspace(0.0, _LARGEST * largest, _STEPS)
    gain = np.cumsum(worth * steady_marginal(only, only.channels[0], [float(each) for each in spends]).mean(axis=0) - 1.0)
    return float(spends[int(np.argmax(gain))]) if gain.max() > 0 else 0.0
