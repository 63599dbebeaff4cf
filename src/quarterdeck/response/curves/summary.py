"""Summary: a distribution as the few figures that are shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.series.series import FloatArray


@dataclass(frozen=True)
class Summary:
    """Mean and percentiles of draws, in their unit: in 8 cases of 10 between `p10` and `p90`, in 9 of 10 between `p05` and `p95`."""

    mean: float
    p05: float
    p10: float
    p50: float
    p90: float
    p95: float

    def _repr_html_(self) -> str:
        from quarterdeck.response.curves.shown import summary_html

        return summary_html(self)

    def __str__(self) -> str:
        return f"{short(self.mean)} ({short(self.p10)} to {short(self.p90)})"


def summarise(draws: FloatArray) -> Summary:
    """The figures of `draws` [draw]."""
    return Summary(float(np.mean(draws)), *(float(q) for q in np.quantile(draws, (0.05, 0.1, 0.5, 0.9, 0.95))))


def short(value: float) -> str:
    """A figure with the digits that can be meant, and a true minus sign: 12,300 or 0.123."""
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return text.replace("-", "\N{MINUS SIGN}")
