"""Days become weeks: amounts are added up, means stay means."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from quarterdeck.response.forecasts.forecast import Forecast


def days(metric: str, count: int = 16) -> Forecast:
    """Three draws of `count` days of 0.2 each, a quarter of it from media."""
    starts = tuple(date(2027, 1, 1) + timedelta(days=day) for day in range(count))
    return Forecast(metric, starts, ("tv",), np.full((3, count), 0.15), np.full((3, count, 1), 0.05), np.zeros((3, count)), step_days=1)


@pytest.mark.parametrize(("metric", "a_week", "in_all"), [("orders", 1.4, 2.8), ("sales", 1.4, 2.8), ("site_speed", 0.2, 0.2)])
def test_amounts_add_up_over_days_and_rates_are_their_mean(metric, a_week, in_all):
    weeks = days(metric).in_weeks()
    assert [start.isoformat() for start in weeks.weeks] == ["2027-01-01", "2027-01-08"]
    assert weeks.outcome == pytest.approx(np.full((3, 2), a_week))
    assert weeks.total().mean == pytest.approx(in_all)
