"""Findings about channels whose effect changed while they were watched."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.model.drift import Drift, times_usual
from quarterdeck.response.series.series import FloatArray, ResponseSeries

_LIKELY = 0.5
_SIDES = (0.1, 0.9)


def effects_changed(
    series: ResponseSeries, drift: Drift, returns: FloatArray, brings: FloatArray, varies: npt.NDArray[np.bool_]
) -> tuple[Finding, ...]:
    """Channels whose effect more likely changed than not, and by an amount whose 80 % interval excludes none.

    returns, brings [draw, channel]: a return over all rows, and in units of the metric a row; varies [draw, channel]: whether the draw lets it change.
    """
    found = []
    for number, channel in enumerate(series.channels):
        draws = varies[:, number]
        if draws.mean() <= _LIKELY:
            continue
        change = drift.change[draws, number]
        low, high = np.quantile(change[:, -1] - change[:, 0], _SIDES)
        if low <= 0.0 <= high:
            continue
        first, last = (float((returns[draws, number] * times_usual(change[:, at], brings[draws, number])).mean()) for at in (0, -1))
        text = (
            f"What {channel} brings for its money has changed: about {first:.2g} per unit at first, {last:.2g} of late. What lies ahead is reckoned with what it "
            "brings of late."
        )
        found.append(Finding("effect_changed", channel, text))
    return tuple(found)
