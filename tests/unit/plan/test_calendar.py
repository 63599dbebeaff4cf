"""The content calendar: local intentions become instants, and clocks that jump are handled by rule."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work_makers import EVE, QUARTER, company, item, person, task

from quarterdeck.kernel.periods import Quarter
from quarterdeck.plan.calendar import place_content
from quarterdeck.plan.local_time import to_instant, to_local
from quarterdeck.plan.quarter_plan import CalendarEntry, WorkPlan
from quarterdeck.plan.schedule import schedule_by_rule
from quarterdeck.strategy.document import Strategy

NOTHING = WorkPlan(assignments=(), unassignable=(), overloads=(), weighted_lateness=0, bound=0, method="rule")


def calendar(strategy: Strategy, quarter: Quarter = QUARTER) -> tuple[CalendarEntry, ...]:
    return place_content(strategy, quarter, schedule_by_rule(strategy, quarter, as_of=EVE, log=[]))


@pytest.mark.parametrize(
    ("day", "clock", "zone", "instant"),
    [
        pytest.param(date(2027, 2, 11), "09:00", "Europe/London", datetime(2027, 2, 11, 9, tzinfo=UTC), id="london_winter"),
        pytest.param(date(2027, 6, 11), "09:00", "Europe/London", datetime(2027, 6, 11, 8, tzinfo=UTC), id="london_summer"),
        pytest.param(date(2027, 2, 11), "09:00", "Europe/Kyiv", datetime(2027, 2, 11, 7, tzinfo=UTC), id="kyiv_winter"),
        pytest.param(date(2027, 3, 28), "00:59", "Europe/London", datetime(2027, 3, 28, 0, 59, tzinfo=UTC), id="just_before_the_jump"),
        pytest.param(
            date(2027, 3, 28), "01:30", "Europe/London", datetime(2027, 3, 28, 1, 30, tzinfo=UTC), id="a_time_that_does_not_exist_in_london"
        ),
        pytest.param(date(2027, 3, 28), "02:00", "Europe/London", datetime(2027, 3, 28, 1, 0, tzinfo=UTC), id="just_after_the_jump"),
        pytest.param(date(2027, 3, 28), "03:30", "Europe/Kyiv", datetime(2027, 3, 28, 1, 30, tzinfo=UTC), id="a_time_that_does_not_exist_in_kyiv"),
        pytest.param(date(2027, 10, 31), "01:30", "Europe/London", datetime(2027, 10, 31, 0, 30, tzinfo=UTC), id="the_first_of_two_in_london"),
        pytest.param(date(2027, 10, 31), "03:30", "Europe/Kyiv", datetime(2027, 10, 31, 0, 30, tzinfo=UTC), id="the_first_of_two_in_kyiv"),
        pytest.param(date(2027, 10, 31), "02:30", "Europe/London", datetime(2027, 10, 31, 2, 30, tzinfo=UTC), id="after_the_hour_that_comes_twice"),
    ],
)
def test_a_local_time_is_resolved_by_rfc_5545(day, clock, zone, instant):
    assert to_instant(day, clock, zone) == instant


def test_a_time_that_does_not_exist_is_as_much_later_as_the_clocks_jumped():
    shown = to_local(to_instant(date(2027, 3, 28), "01:30", "Europe/London"), "Europe/London")
    assert (shown.hour, shown.minute) == (2, 30)


@given(st.integers(0, 730), st.times(), st.sampled_from(["Europe/London", "Europe/Kyiv", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]))
def test_clocks_show_what_was_meant_or_that_time_did_not_exist(days, clock, zone):
    day, text = date(2026, 1, 1) + timedelta(days=days), clock.strftime("%H:%M")
    shown = to_local(to_instant(day, text, zone), zone)
    if shown.strftime("%Y-%m-%d %H:%M") != f"{day} {text}":
        offset_before = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).utcoffset()
        assert shown.utcoffset() > offset_before


def test_the_items_of_the_quarter_stand_by_instant_with_what_was_meant():
    items = [
        item("late", date(2027, 2, 11), at="09:00"),
        item("east", date(2027, 2, 11), at="10:00", zone="Europe/Kyiv"),
        item("before", QUARTER.first_day - timedelta(days=1)),
        item("after", QUARTER.last_day + timedelta(days=1)),
        item("first", QUARTER.first_day, at="00:00"),
        item("last", QUARTER.last_day, at="23:59"),
    ]
    entries = calendar(company(items=items))
    assert [entry.item for entry in entries] == ["first", "east", "late", "last"]
    assert [entry.local for entry in entries[1:3]] == ["2027-02-11 10:00 Europe/Kyiv", "2027-02-11 09:00 Europe/London"]
    assert entries[1].at == datetime(2027, 2, 11, 8, tzinfo=UTC)


def test_items_without_a_zone_mean_the_companys():
    strategy = company(items=[item("mail", date(2027, 2, 11), at="09:00")], zone="Europe/Kyiv")
    assert calendar(strategy)[0].at == datetime(2027, 2, 11, 7, tzinfo=UTC)
    assert place_content(strategy, QUARTER, NOTHING, zone="Europe/London")[0].at == datetime(2027, 2, 11, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("needs", "ready_on"),
    [
        pytest.param([], None, id="nothing"),
        pytest.param(["text"], date(2027, 1, 4), id="one"),
        pytest.param(["text", "banner"], date(2027, 1, 6), id="the_later_of_two"),
        pytest.param(["text", "film"], None, id="nobody_can_do_it"),
    ],
)
def test_an_item_is_ready_when_the_last_of_its_work_is(needs, ready_on):
    tasks = [task("text", "8", due=date(2027, 1, 4)), task("banner", "16", due=date(2027, 1, 6)), task("film", "8", skills=["video"])]
    strategy = company([person("mira")], tasks, items=[item("mail", date(2027, 2, 11), needs=needs)])
    assert calendar(strategy)[0].ready_on == ready_on
