"""expected_of: what each channel's money should add, and the one way a plan writes down figures about the future."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.plan.quarter_plan import Range
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.series.series import FloatArray


def expected_of(curves: ResponseCurves, amounts: Sequence[Sequence[Decimal]], weeks: Sequence[date]) -> dict[str, Range]:
    """By channel: units of the metric that `amounts` [week][channel] in `weeks` add by the end of those weeks, over all draws.

    What earlier spend still brings is not counted, nor is what comes after the weeks. No weeks: no channels.
    """
    if not weeks:
        return {}
    curves = curves_at(curves, weeks[0])
    spend = np.array(amounts, dtype=np.float64).reshape(len(weeks), len(curves.channels))
    added = (curves.contribution(spend) - curves.contribution(np.zeros_like(spend))).sum(axis=1)
    return {channel: range_of(added[:, i]) for i, channel in enumerate(curves.channels)}


def curves_at(curves: ResponseCurves, first_week: date, spend: FloatArray | None = None) -> ResponseCurves:
    """The curves on the eve of `first_week`; `spend` [week, channel] was made in the weeks since their last one (None: nothing was)."""
    between = (first_week - curves.last_week).days // DAYS_PER_WEEK - 1
    if between <= 0:
        return curves
    made = np.zeros((between, len(curves.channels))) if spend is None else spend
    return curves.carried(made, first_week - timedelta(weeks=1))


def range_of(draws: FloatArray) -> Range:
    """Mean of `draws` [draw], and the limits that hold 8 of 10 of them."""
    low, high = np.quantile(draws, (0.1, 0.9))
    return Range(low=to_plan(low), expected=to_plan(draws.mean()), high=to_plan(high))


def to_plan(value: float | np.floating) -> float:
    """A float as it stands in a plan: 10 significant digits, so that the last bits of an addition change no byte."""
    return float(f"{float(value):.10g}") + 0.0
