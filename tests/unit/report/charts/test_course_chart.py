"""The course chart tells the truth about where the quarter stands, whatever is known yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from drawing import assert_sound
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck.plan.quarter_plan import Range
from quarterdeck.report.charts.course import Course, running_totals
from quarterdeck.report.charts.course_chart import course_chart, finding_of
from quarterdeck.report.words import Words

WORDS = Words("GBP", "en_GB")
WEEKS = tuple(date(2027, 1, 4) + timedelta(weeks=n) for n in range(13))
PLAN = tuple(Range(low=p * 0.85, expected=float(p), high=p * 1.15) for p in range(340, 470, 10))


def course(counted=(318.0, 331.0, 322.0, 341.0), **more):
    given = {"metric": "new_customers", "weeks": WEEKS, "planned": PLAN, "counted": counted, "forecast": PLAN, "target": 5200.0}
    return Course(**(given | {"today": WEEKS[min(len(counted), 12)] + timedelta(days=2)} | more))


@pytest.mark.parametrize(
    ("counted", "more", "said"),
    [
        pytest.param((318.0, 331.0, 322.0, 341.0), {}, "New customers run 108 behind plan, and the gap is growing", id="behind"),
        pytest.param((400.0, 330.0), {}, "New customers run 40 ahead of plan, but the lead is shrinking", id="ahead"),
        pytest.param((300.0, 380.0), {}, "New customers run 10 behind plan, but the gap is closing", id="closing"),
        pytest.param((400.0, 270.0), {}, "New customers run 20 behind plan, after a week on the other side of it", id="turned"),
        pytest.param((340.0, 351.0), {}, "New customers are where the plan said: 691", id="on_plan"),
        pytest.param((), {}, "No week is over yet; the plan leads to 5,200 new customers", id="not_begun"),
        pytest.param((), {"planned": (None,) * 13}, "No week is over yet; the target is 5,200 new customers", id="no_curves_not_begun"),
        pytest.param((), {"planned": (None,) * 13, "target": None}, "No week is over yet, and nothing is planned", id="nothing_at_all"),
        pytest.param((300.0,), {"planned": (None,) * 13}, "300 new customers counted in 1 week; no plan says how many it should be", id="no_curves"),
        pytest.param(tuple(w.expected for w in PLAN), {}, "New customers ended where the plan said: 5,200", id="over"),
        pytest.param((9000.0, 9100.0), {"metric": "revenue"}, "Revenue runs £17,410 ahead of plan, and the lead is growing", id="money"),
    ],
)
def test_the_title_is_the_finding(counted, more, said):
    shown = course(counted, **more)

    assert finding_of(shown, WORDS) == said
    assert_sound(course_chart(shown, WORDS))


def test_the_alternative_text_has_the_main_figures():
    chart = course_chart(course(forecast_end=Range(low=4510.0, expected=4870.0, high=5240.0)), WORDS)

    assert "After 4 weeks 1,312 new customers against 1,420 planned." in chart.alt
    assert "The forecast ends at 4,870, in 8 cases of 10 between 4,510 and 5,240. The target is 5,200." in chart.alt


def test_the_course_ends_where_the_headline_says():
    end = Range(low=4510.0, expected=4870.0, high=5240.0)

    totals = course(forecast_end=end).forecast_totals

    assert totals[:4] == (None,) * 4
    assert (totals[-1].low, totals[-1].expected, totals[-1].high) == pytest.approx((end.low, end.expected, end.high))
    assert course_chart(course(forecast_end=end), WORDS).table.rows[-1][3] == "4,870 (4,510 to 5,240)"


def test_a_plan_made_within_the_quarter_starts_from_what_was_counted_until_then():
    late = course(planned=(None, None, *PLAN[2:]))

    assert late.planned_totals[:2] == (None, None)
    assert late.planned_totals[2].expected == pytest.approx(318 + 331 + PLAN[2].expected)


def test_weeks_that_err_alone_widen_a_total_less_than_weeks_that_err_together():
    weeks = [Range(low=90.0, expected=100.0, high=110.0)] * 4

    alone = running_totals(weeks, start=0.0, end=Range(low=380.0, expected=400.0, high=440.0))

    assert alone[-1].low == pytest.approx(380.0)  # sqrt(4) * 10 below: no week tells of another
    assert alone[0].low == pytest.approx(90.0)
    assert alone[-1].high == pytest.approx(440.0)  # 4 * 10 above: all weeks err together
    assert alone[1].high == pytest.approx(220.0)


amounts = st.floats(0.0, 1e7, allow_nan=False)


@settings(max_examples=40, deadline=None)
@given(counted=st.lists(amounts, max_size=13), target=st.none() | amounts, planned=st.booleans())
def test_every_course_is_drawn_without_a_fault(counted, target, planned):
    chart = course_chart(course(tuple(counted), target=target, planned=PLAN if planned else (None,) * 13, forecast=PLAN), WORDS)

    assert chart.finding
    assert len(chart.table.rows) == 13
