"""Geos side by side: what is read, what is refused, and what their sum is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from regions import simulate_geos

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.response.geo.fit import check_geos
from quarterdeck.response.geo.series import build_geo_series

DAYS = [date(2024, 1, 1) + timedelta(weeks=number) for number in range(3)]
LINES = [(geo, day) for geo in ("north", "south") for day in DAYS]


def _built(lines=LINES, spend=None, population=None):
    amounts = spend or [float(number) for number in range(len(lines))]
    geo, starts = [name for name, _ in lines], [day for _, day in lines]
    return build_geo_series("revenue", geo, starts, {"search": amounts}, [10.0 + number for number in range(len(lines))], population=population)


def test_lines_in_any_order_become_one_row_a_week_in_every_geo():
    # given: the lines backwards
    lines = LINES[::-1]
    # when
    series = _built(lines)
    # then
    assert series.geos == ("north", "south")
    assert series.starts == tuple(DAYS)
    assert series.spend[0, :, 0].tolist() == [5.0, 4.0, 3.0]
    assert series.outcome[1].tolist() == [12.0, 11.0, 10.0]


def test_everything_that_is_wrong_with_the_lines_is_said_at_once():
    # given: south lacks a week, north has one twice, one amount is below 0, and nobody lives in the south
    lines = [LINES[0], LINES[0], LINES[1], LINES[2], LINES[3], LINES[5]]
    # when
    with pytest.raises(InvalidInput) as refused:
        _built(lines, [1.0, -1.0, 1.0, 1.0, 1.0, 1.0], population=[5.0, 5.0, 5.0, 5.0, 0.0, 0.0])
    # then
    assert [problem.code for problem in refused.value.problems] == ["RESPONSE-030", "RESPONSE-030", "RESPONSE-032", "RESPONSE-033"]
    assert "south 2024-01-08" in refused.value.problems[0].found


def test_a_week_that_no_geo_has_is_a_gap():
    lines = [(geo, day) for geo in ("north", "south") for day in (DAYS[0], DAYS[2])]
    with pytest.raises(InvalidInput) as refused:
        _built(lines)
    assert [problem.code for problem in refused.value.problems] == ["RESPONSE-031"]


def test_the_total_adds_up_money_and_outcome():
    series, _ = simulate_geos(geos=3, weeks=20)
    total = series.in_total()
    assert np.allclose(total.spend, series.spend.sum(axis=0))
    assert np.allclose(total.outcome, series.outcome.sum(axis=0))


def test_a_geo_whose_outcome_never_changes_and_one_without_size_are_named():
    # given
    series, _ = simulate_geos(geos=3, weeks=20)
    outcome = series.outcome.copy()
    outcome[0], outcome[2] = 7.0, -outcome[2]
    # when
    with pytest.raises(InvalidInput) as refused:
        check_geos(replace(series, outcome=outcome, population=None), {})
    # then
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [
        ("RESPONSE-036", "outcome of region 0"),
        ("RESPONSE-037", "size of region 2"),
    ]
