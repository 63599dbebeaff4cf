"""expect_values: where a column's own past leads, as one figure a day or week: the mean of what the light forecaster would draw."""

from __future__ import annotations

from datetime import date

import numpy as np

from quarterdeck.response.baseline.forecaster import CountedSeries, columns_of, members_of, time_of
from quarterdeck.response.series.series import FloatArray

_UNBOUNDED = ""
"""A metric that nobody knows may be anything: its values stay on their own scale, on which the mean is exact."""


def expect_values(starts: tuple[date, ...], values: FloatArray, days: tuple[date, ...], *, step_days: int) -> FloatArray:
    """The mean on each of `days` after the rows `starts` with `values` [row]: a level that walks, a slope that dies away, a season, averaged over.

    Needs at least 4 rows, one step after the other. No chance is in it.
    """
    series = CountedSeries(_UNBOUNDED, starts, values, step_days)
    seen, coming = (columns_of(series, time_of(each, series), each) for each in (starts, days))
    members = members_of(series, seen, len(values))
    weight = np.exp([member.log_evidence for member in members])
    means = np.array([member.scale.back(np.einsum("rk,k->r", coming, member.mean * member.sd)) for member in members])
    return np.asarray(np.einsum("m,mr->r", weight / weight.sum(), means))
