"""Moving a strategy's dates into another quarter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.kernel.periods import Quarter, week_start
from quarterdeck.strategy.changes.move_dates import move_dates, quarter_to_begin

WINTER = Quarter(date(2027, 1, 4))
mondays = st.dates(date(2000, 1, 3), date(2090, 1, 1)).map(week_start)
days = st.dates(date(2000, 1, 3), date(2090, 1, 1)).filter(lambda day: (day.month, day.day) != (12, 31))


@given(monday=mondays, day=days)
def test_a_day_keeps_its_weekday_and_its_distance_to_the_quarter(monday: date, day: date) -> None:
    to = Quarter(monday)

    moved = date.fromisoformat(move_dates(day.isoformat(), written_for=WINTER, to=to))

    assert moved.weekday() == day.weekday()
    assert moved - to.first_day == day - WINTER.first_day


@given(monday=mondays)
def test_the_end_of_a_year_stays_one_and_no_goal_is_due_before_its_quarter_is_over(monday: date) -> None:
    to = Quarter(monday)

    moved = date.fromisoformat(move_dates("2027-12-31", written_for=WINTER, to=to))

    assert (moved.month, moved.day) == (12, 31)
    assert moved >= to.last_day > moved - timedelta(days=366)


def test_only_dates_are_touched() -> None:
    text = "due_on: 2027-01-11   # not 2027-13-45, nor A-2027-01-113, nor 12:30, nor 2027\n"

    assert move_dates(text, written_for=WINTER, to=WINTER.next()) == text.replace("2027-01-11 ", "2027-04-12 ")


def test_within_its_own_quarter_nothing_moves() -> None:
    assert move_dates("a 2027-01-04 b 2027-12-31", written_for=WINTER, to=WINTER) == "a 2027-01-04 b 2027-12-31"


@pytest.mark.parametrize(
    ("day", "first_day"),
    [
        pytest.param(date(2027, 1, 4), date(2027, 1, 4), id="the first day"),
        pytest.param(date(2027, 2, 21), date(2027, 1, 4), id="the last day of its seventh week"),
        pytest.param(date(2027, 2, 22), date(2027, 4, 5), id="the first day of its eighth week"),
        pytest.param(date(2027, 4, 4), date(2027, 4, 5), id="the last day"),
        pytest.param(date(2026, 11, 23), date(2027, 1, 4), id="late in the quarter before"),
    ],
)
def test_a_quarter_that_is_more_than_half_over_is_left_to_itself(day: date, first_day: date) -> None:
    assert quarter_to_begin(day, anchor=WINTER.first_day) == Quarter(first_day)
