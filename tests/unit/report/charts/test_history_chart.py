"""The history chart holds a target against the company's own past, and never claims more than the past shows."""

from __future__ import annotations

from datetime import date

import pytest
from drawing import assert_sound

from quarterdeck.kernel.periods import Quarter
from quarterdeck.plan.quarter_plan import Range
from quarterdeck.report.charts.history_chart import History, history_chart
from quarterdeck.report.words import Words

WORDS = Words("GBP", "en_GB")
PAST = (3620.0, 4300.0, 3980.0, 4640.0, 4060.0, 4760.0, 4370.0, 5080.0)
EXPECTED = Range(low=4510.0, expected=4870.0, high=5240.0)


def history(past=PAST, target=5200.0, expected=EXPECTED, metric="new_customers"):
    return History(metric, Quarter(date(2027, 1, 4)), past, target, expected)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        pytest.param(history(), "5,200 is 28\u202f% above Q1 2026; your best rise so far was 12\u202f%", id="high"),
        pytest.param(history(target=4062.0), "4,062 is as much as in Q1 2026", id="same"),
        pytest.param(history(target=None), "The expected 4,870 is 20\u202f% above Q1 2026; your best rise so far was 12\u202f%", id="no_target"),
        pytest.param(history(PAST[-4:]), "5,200 is 28\u202f% above Q1 2026", id="one_year"),
        pytest.param(history(PAST[-3:]), "5,200 would be your best quarter so far", id="short"),
        pytest.param(history(PAST[-3:], target=5000.0), "5,000 has been reached before", id="short_and_low"),
        pytest.param(history((), expected=None), "5,200 has no history to be held against", id="nothing_counted"),
        pytest.param(history((), None, None), "Nothing is known yet of new customers in Q1 2027", id="nothing_at_all"),
        pytest.param(
            history(tuple(reversed(PAST)), target=5000.0),
            "5,000 is 8\u202f% above Q1 2026; so far it has fallen every year, at least by 9\u202f%",
            id="falling",
        ),
        pytest.param(history((None, *PAST[1:])), "5,200 is 28\u202f% above Q1 2026; your best rise so far was 11\u202f%", id="a_gap"),
        pytest.param(
            history((50.0, 48.0, 47.0, 46.0, 44.0, 45.0, 44.0, 43.0), 40.0, Range(low=39.0, expected=41.0, high=44.0), "cost_per_customer"),
            "£40.00 is 9\u202f% below Q1 2026; your best fall so far was 12\u202f%",
            id="less_is_better",
        ),
    ],
)
def test_the_title_holds_the_target_against_the_past(shown, said):
    chart = history_chart(shown, WORDS)

    assert chart.finding == said
    assert_sound(chart)


def test_the_table_has_every_quarter_by_name():
    rows = history_chart(history(), WORDS).table.rows

    assert rows[0] == ("Q1 2025", "3,620", "")
    assert rows[4] == ("Q1 2026", "4,060", "+12\u202f%")
    assert rows[-2:] == (("Q1 2027, target", "5,200", "+28\u202f%"), ("Q1 2027, expected", "4,870 (4,510 to 5,240)", "+20\u202f%"))
