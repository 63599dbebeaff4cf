"""The waterfall leads from plan to fact without a unit lost on the way, and names only causes that are more than noise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from drawing import assert_sound
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck.plan.quarter_plan import Range
from quarterdeck.report.charts.waterfall import add_up, waterfall_of
from quarterdeck.report.charts.waterfall_chart import waterfall_chart
from quarterdeck.report.words import Words
from quarterdeck.review.record import CauseFound, Review, ReviewWeek
from quarterdeck.web.chart_svg import render_svg

WORDS = Words("GBP", "en_GB", (("print", "Newspaper inserts"), ("search", "Search"), ("video", "Digital video")))
MOCK = (("effect:print", -58.0), ("context:cold", -36.0), ("late:video", -29.0), ("spend:search", -12.4), ("tracking", -9.2), ("effect:search", 34.0))


def review(causes=MOCK, planned=1420.4, chance=2.3, material=("effect:print", "context:cold", "late:video", "effect:search")):
    found = [CauseFound(code=c, kind=c.split(":")[0], subject=c.partition(":")[2] or None, amount=a, is_material=c in material) for c, a in causes]
    found.append(CauseFound(code="chance", kind="chance", subject=None, amount=chance))
    counted = planned + sum(cause.amount for cause in found)
    flat = Range(low=planned, expected=planned, high=planned)
    first = date(2027, 1, 4)
    weeks = [ReviewWeek(week=first + timedelta(weeks=n), planned=planned / 4, as_spent=flat, counted=counted / 4, recorded=1.0) for n in range(4)]
    return Review(
        company="Harbour", quarter=first, as_of=date(2027, 1, 31), plan="p", metric="new_customers", facts="f", weeks=tuple(weeks), planned=planned,
        as_spent=flat, counted=counted, causes=tuple(found), as_spent_error=0.1, weeks_covered=4, channels=(), outlook=(), corrections=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        pytest.param(review(), "Newspaper inserts, cold and late work on Digital video cost 123 new customers; search won 34 back", id="behind"),
        pytest.param(review(material=("effect:search",)), "Search brought 34 new customers more than planned", id="one_gain"),
        pytest.param(review(material=()), "You are 108 behind plan, and no single cause is large enough to be more than noise", id="noise"),
        pytest.param(review(causes=(), chance=1.0), "Plan and fact agree, and no single cause stands out", id="agree"),
        pytest.param(
            review(causes=(("effect:search", 90.0), ("tracking", -20.0)), material=("effect:search", "tracking")),
            "Search brought 90 new customers more than planned; orders not counted cost 20",
            id="ahead",
        ),
    ],
)
def test_the_title_names_what_mattered(shown, said):
    chart = waterfall_chart(shown, WORDS)

    assert chart.finding == said
    assert_sound(chart)


@settings(max_examples=60, deadline=None)
@given(amounts=st.lists(st.floats(-500.0, 500.0), max_size=14), chance=st.floats(-80.0, 80.0))
def test_the_bars_add_up_exactly_whatever_the_causes(amounts, chance):
    codes = [f"effect:c{n}" if n % 3 else f"spend:c{n}" for n in range(len(amounts))]

    fall = waterfall_of(review(tuple(zip(codes, amounts, strict=True)), planned=2000.3, chance=chance), WORDS, most=5)

    assert fall.planned + sum(step.amount for step in fall.steps) == fall.counted
    assert len(fall.steps) <= 8


def test_whole_parts_stay_within_one_of_what_they_were():
    assert add_up([1.4, -2.6, 3.7], 3) == [2, -3, 4]


def test_many_causes_of_a_kind_are_one_bar_and_small_ones_are_joined():
    causes = (("spend:a", -3.0), ("spend:b", -4.0), *((f"effect:c{n}", float(n)) for n in range(1, 8)))

    labels = [step.label for step in waterfall_of(review(causes), WORDS, most=4).steps]

    assert "Money spent otherwise" in labels
    assert "4 smaller causes" in labels
    assert labels[-1] == "Chance"


def test_a_bar_and_its_row_lead_to_the_same_place():
    chart = waterfall_chart(review(), WORDS, links={"effect:print": "/results/channels/print", "context": "/results/context"})

    svg = render_svg(chart.wide)

    assert '<a href="/results/channels/print" tabindex="-1"' in svg
    links = dict(zip([row[0] for row in chart.table.rows], chart.table.links, strict=True))
    assert links["Newspaper inserts worked worse"] == "/results/channels/print"
    assert links["Plan"] is None
