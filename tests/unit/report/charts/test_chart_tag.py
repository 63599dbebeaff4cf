"""The figure in the page: a picture with its words, a table for those who do not see it, and never a broken page."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import resources

import pytest
from django.template import Context, Engine

from quarterdeck.report.charts import sheet as on
from quarterdeck.report.charts.chart import Chart, Key, TableView
from quarterdeck.web import chart_svg

SPEC = on.draw(on.Sheet(300, 120, 10, 10, 10, 10), on.Scale(0.0, 9.0), on.Scale(0.0, 9.0), [on.line([(0.0, 0.0), (9.0, 9.0)], "var(--ink)", 2)])
CHART = Chart(
    id="course",
    finding="Orders <run> 8 behind plan",
    unit_line="Orders in all",
    alt='Line chart. After "4" weeks 92.',
    table=TableView(("Week", "Counted"), (("1", "40"), ("2", "52")), ("/rows/1", None)),
    key=(Key("counted", "counted"),),
    evidence="Your own orders",
    strength=3,
    wide=SPEC,
    narrow=SPEC,
)


@pytest.fixture
def render(site):
    engine = Engine(
        dirs=[str(resources.files("quarterdeck.web").joinpath("templates"))],
        libraries={"charts": "quarterdeck.web.templatetags.charts", "pictures": "quarterdeck.web.templatetags.pictures"},
        builtins=["django.template.defaulttags"],
    )
    template = engine.from_string("{% load charts %}{% chart chart flat=flat %}")
    return lambda chart, flat=False: template.render(Context({"chart": chart, "flat": flat}))


def test_the_figure_says_draws_and_tabulates(render):
    html = render(CHART)

    assert '<figure class="card chart" id="chart-course">' in html
    assert "<h2>Orders &lt;run&gt; 8 behind plan</h2>" in html
    assert 'role="img" aria-label="Line chart. After &quot;4&quot; weeks 92."' in html
    assert html.count('viewBox="0 0 300 120"') == 2
    assert '<th scope="col">Week</th>' in html and '<th scope="row"><a href="/rows/1">1</a></th>' in html and "<caption" in html
    assert "Your own orders" in html and 'data-st="3"' in html
    assert not re.search(r"\s(style|on\w+)=|<style|<script", html)


def test_a_chart_within_a_card_brings_none_of_its_own(render):
    assert '<figure class="chart"' in render(CHART, True)


def test_where_the_picture_cannot_be_drawn_the_table_stands_open(render, monkeypatch):
    monkeypatch.setattr(chart_svg, "_drawn", lambda text, key: "")
    chart_svg.forget_all()

    html = render(CHART)

    assert 'viewBox="0 0 300 120"' not in html and 'role="img" aria-label="Line' not in html
    assert '<details class="as-table" open>' in html


def test_where_there_is_nothing_to_draw_the_finding_stands_alone(render):
    html = render(replace(CHART, wide=None, narrow=None, table=TableView(("Week",), ()), evidence=None))

    assert "8 behind plan" in html
    assert "<details" not in html and "<footer" not in html
