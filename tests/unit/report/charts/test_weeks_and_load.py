"""Weeks against plan and last year, and the hours of a team: the titles are true, whatever is missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from drawing import assert_sound

from quarterdeck.report.charts.load_chart import PersonLoad, TeamLoad, load_chart
from quarterdeck.report.charts.weeks_chart import WeekByWeek, pieces, weeks_chart
from quarterdeck.report.words import Words

WORDS = Words("GBP", "en_GB")
WEEKS = tuple(date(2027, 1, 4) + timedelta(weeks=n) for n in range(5))


def weekly(counted, planned=(), last_year=(), metric="new_customers", **more):
    return WeekByWeek(metric, WEEKS, counted, planned, last_year, **more)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        pytest.param(
            weekly((92.0, 92.0, None, None, None), (100.0,) * 5, (80.0, 84.0, 99.0, 99.0, 99.0)),
            "New customers are 8\u202f% below plan over 2 weeks, but 12\u202f% above a year before",
            id="both",
        ),
        pytest.param(weekly((100.0,) * 5, (100.0,) * 5), "New customers are where the plan said over 5 weeks", id="as_planned"),
        pytest.param(weekly((100.0,) * 5, last_year=(50.0,) * 5), "New customers are 100\u202f% above a year before over 5 weeks", id="no_plan"),
        pytest.param(weekly((100.0, 90.0, None, None, None)), "New customers: 190 in 2 weeks", id="nothing_to_compare"),
        pytest.param(weekly((None,) * 5, (100.0,) * 5), "New customers: no week has been counted yet", id="nothing_counted"),
        pytest.param(
            weekly((64.0, 66.0, None, None, None), metric="average_order_value"), "Average order value: £65.00 on average over 2 weeks", id="rate"
        ),
        pytest.param(
            weekly((900.0,) * 5, (1000.0,) * 5, metric="spend", subject="Search"), "Search: spend is 10\u202f% below plan over 5 weeks", id="channel"
        ),
        pytest.param(weekly((0.0,) * 5, (0.0,) * 5), "New customers: 0 in 5 weeks", id="all_nothing"),
    ],
)
def test_the_title_compares_what_can_be_compared(shown, said):
    chart = weeks_chart(shown, WORDS)

    assert chart.finding == said
    assert_sound(chart)


def test_a_line_breaks_where_a_week_is_missing():
    assert pieces((1.0, None, 2.0, 3.0)) == [[(0.0, 1.0)], [(2.0, 2.0), (3.0, 3.0)]]


def load(*people):
    return TeamLoad(WEEKS, tuple(PersonLoad(name, needed, (20.0,) * 5) for name, needed in people))


@pytest.mark.parametrize(
    ("team", "said"),
    [
        pytest.param(load(("Marek", (20.0, 27.0, 27.0, 0.0, 0.0))), "Marek is short of 14 hours in weeks 2 and 3", id="one"),
        pytest.param(load(("Marek", (30.0,) * 5), ("Tom", (21.0, 0.0, 0.0, 0.0, 0.0))), "Marek is short of 50 hours in 5 weeks, Tom of 1", id="two"),
        pytest.param(load(("Tom", (20.0,) * 5)), "Everyone has the hours for what is planned", id="enough"),
        pytest.param(load(("Tom", (0.0,) * 5)), "No work is planned in these weeks", id="nothing"),
        pytest.param(load(), "No work is planned in these weeks", id="nobody"),
        pytest.param(
            load(("A", (21.0, 0.0, 0.0, 0.0, 0.0)), ("B", (22.0, 0.0, 0.0, 0.0, 0.0)), ("C", (23.0, 0.0, 0.0, 0.0, 0.0))),
            "3 people are short of time, C most of all: 3 hours in week 1",
            id="many",
        ),
    ],
)
def test_the_title_says_who_is_short_of_time(team, said):
    chart = load_chart(team, WORDS)

    assert chart.finding == said
    assert_sound(chart)
