"""Half-days: weekends do not exist, absences are skipped, and every count can be checked by walking."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.plan.half_days import FreeTime, HalfDayAxis, calendar_days

AXIS = HalfDayAxis(date(2027, 1, 4))
SPANS = st.lists(st.tuples(st.integers(-10, 60), st.integers(0, 12)).map(lambda span: (span[0], span[0] + span[1])), max_size=6)


def test_an_axis_starts_on_a_monday():
    with pytest.raises(ValueError, match="counted from a Monday"):
        HalfDayAxis(date(2027, 1, 5))
    assert HalfDayAxis.around(date(2027, 1, 10)) == AXIS


@given(st.integers(-2000, 4000))
def test_a_slot_is_found_again_from_its_day_and_half(slot):
    day = AXIS.day(slot)
    assert day.weekday() < 5
    assert AXIS.first_slot(day, AXIS.half(slot)) == slot
    assert day - AXIS.origin == timedelta(days=calendar_days(slot))


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        pytest.param(date(2027, 1, 8), 8, 9, id="friday"),
        pytest.param(date(2027, 1, 9), 10, 9, id="saturday"),
        pytest.param(date(2027, 1, 10), 10, 9, id="sunday"),
        pytest.param(date(2027, 1, 11), 10, 11, id="monday"),
    ],
)
def test_a_weekend_starts_on_monday_and_ended_on_friday(day, first, last):
    assert AXIS.first_slot(day) == first
    assert AXIS.first_slot(day, "afternoon") == (first if day.weekday() > 4 else first + 1)
    assert AXIS.last_slot(day) == last
    assert AXIS.slots_of(day, day) == (first, last + 1)


@given(st.integers(0, 20), SPANS)
def test_free_half_days_are_the_ones_that_no_block_takes(first, blocked):
    free = FreeTime.without(first, blocked)
    walked = [slot for slot in range(first, 120) if not any(start <= slot < end for start, end in blocked)]
    assert [free.slot(number) for number in range(len(walked))] == walked
    for slot in range(-5, 119):
        assert free.number(slot) == sum(each < slot for each in walked)
        assert free.is_free(slot) == (slot in walked)


@given(st.integers(0, 20), SPANS, st.integers(0, 100))
def test_pauses_are_where_the_count_of_free_half_days_jumps(first, blocked, number):
    free = FreeTime.without(first, blocked)
    assert free.slot(number) == first + number + sum(length for position, length in free.pauses if number >= position)
