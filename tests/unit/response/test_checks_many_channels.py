"""More channels than anybody can wait for are refused in a sentence."""

from __future__ import annotations

import numpy as np
import pytest
from shops import mondays

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.response.series.checks import MOST_CHANNELS, check_series
from quarterdeck.response.series.series import ResponseSeries


def _series(channels: int) -> ResponseSeries:
    spend = np.random.default_rng(1).gamma(2.0, 10.0, (30, channels))
    return ResponseSeries("revenue", mondays(30), tuple(f"c{n}" for n in range(channels)), spend, 100.0 + spend.sum(axis=1))


def test_a_hundred_channels_may_be_fitted_and_one_more_may_not():
    check_series(_series(MOST_CHANNELS), {})
    with pytest.raises(InvalidInput, match="Add up those that do the same work") as refused:
        check_series(_series(MOST_CHANNELS + 1), {})
    assert [problem.code for problem in refused.value.problems] == ["RESPONSE-006"]
