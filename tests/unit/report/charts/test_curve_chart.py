"""The curve chart says truly whether a channel has room, and its points are what the response model predicts."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from drawing import assert_sound

from quarterdeck.report.charts.channel_curve import channel_curve
from quarterdeck.report.charts.curve_chart import curve_chart
from quarterdeck.report.words import Words
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.curves.steady import steady_marginal, steady_outcome

WORDS = Words("GBP", "en_GB", (("search", "Search"),))


def curves(metric="new_customers", ceiling=200.0, half=4000.0):
    draws = np.linspace(0.8, 1.2, 41)[:, None]
    form = (np.arange(41) % 2).astype(np.uint8)[:, None]
    return ResponseCurves(
        metric, ("search",), date(2026, 12, 28), np.full((41, 1), 0.6), half * draws, ceiling * draws[::-1], form, np.full((41, 1), 900.0)
    )


def test_a_steady_week_is_what_the_model_predicts_for_a_long_run_of_equal_weeks():
    model = curves()

    long_run = model.contribution(np.full((80, 1), 3000.0))[:, -1, 0]

    assert steady_outcome(model, "search", [3000.0])[:, 0] == pytest.approx(long_run, rel=1e-9)


def test_the_steady_margin_is_the_slope_of_the_steady_curve():
    model = curves()

    low, high = steady_outcome(model, "search", [2999.5, 3000.5]).T

    assert steady_marginal(model, "search", [3000.0])[:, 0] == pytest.approx(high - low, rel=1e-6)


def shown(model=None, here=1000.0, plan=1500.0, limit=None):
    return channel_curve(model or curves(), "search", here=here, plan=plan, limit=limit)


@pytest.mark.parametrize(
    ("curve", "said"),
    [
        pytest.param(shown(), "There is still room on Search: the next new customer there costs £3", id="room"),
        pytest.param(shown(plan=12000.0), "There is little room left on Search: the next new customer there costs £", id="full"),
        pytest.param(
            shown(plan=1990.0, limit=2000.0), "On Search you are at your limit of £2,000 a week; the next new customer there would cost £", id="limit"
        ),
        pytest.param(shown(plan=1950.0, limit=2000.0), "On Search you are almost at your limit of £2,000 a week;", id="near_the_limit"),
        pytest.param(shown(here=None, plan=None), "Nothing is spent on Search; the next new customer there would cost £", id="untried"),
        pytest.param(shown(here=0.0, plan=0.0), "Nothing is spent on Search; the next new customer there would cost £", id="no_money"),
        pytest.param(shown(curves(ceiling=0.0)), "Nothing that can be seen comes from Search", id="no_effect"),
        pytest.param(shown(curves("revenue", 9000.0)), "There is still room on Search: the next £100 there brings £1", id="money"),
        pytest.param(shown(here=None), "There is still room on Search", id="no_last_quarter"),
        pytest.param(shown(here=2500.0, plan=900.0, limit=1e6), "There is still room on Search", id="less_than_before"),
        pytest.param(shown(here=1500.0), "There is still room on Search", id="as_before"),
    ],
)
def test_the_title_says_whether_there_is_room(curve, said):
    chart = curve_chart(curve, WORDS)

    assert chart.finding.startswith(said)
    assert_sound(chart)


def test_another_channel_is_compared_by_the_price_of_its_next_customer():
    assert curve_chart(shown(), WORDS, against=("Print", 1 / 93)).finding.endswith(", on Print £93")


def test_the_table_names_last_quarter_and_plan():
    names = [row[0] for row in curve_chart(shown(), WORDS).table.rows]

    assert "£1,000 (last quarter)" in names and "£1,500 (plan)" in names
    assert all(name.startswith("£") for name in names)
