"""A chart's SVG is drawn once, fits a strict page, and a fault of the renderer never breaks the page."""

from __future__ import annotations

import threading

import pytest

from quarterdeck.report.charts import sheet as on
from quarterdeck.web import chart_svg

SHEET = on.Sheet(300, 120, 10, 10, 10, 10)
SCALE = on.Scale(0.0, 10.0)


@pytest.fixture(autouse=True)
def _nothing_kept():
    chart_svg.forget_all()
    yield
    chart_svg.forget_all()


def some_spec(top=9.0):
    return on.draw(SHEET, SCALE, SCALE, [on.line([(0.0, 0.0), (10.0, top)], "var(--ink)", 2)])


def test_a_picture_keeps_its_shape_and_fits_any_width():
    svg = chart_svg.render_svg(some_spec())

    head = svg.split(">")[0]
    assert 'viewBox="0 0 300 120"' in head
    assert "width" not in head and "height" not in head
    assert 'aria-hidden="true"' in head


def test_a_spec_is_drawn_once_even_by_many_at_once(monkeypatch):
    calls = []
    drawn = chart_svg._drawn
    monkeypatch.setattr(chart_svg, "_drawn", lambda text, key: calls.append(key) or drawn(text, key))
    threads = [threading.Thread(target=chart_svg.render_svg, args=(some_spec(),)) for _ in range(8)]

    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert len(calls) == 1


def test_the_store_is_bounded(monkeypatch):
    monkeypatch.setattr(chart_svg, "KEPT", 2)
    monkeypatch.setattr(chart_svg, "_drawn", lambda text, key: key)

    for top in range(5):
        chart_svg.render_svg(some_spec(float(top)))

    assert len(chart_svg._kept) == 2


def test_a_spec_that_cannot_be_drawn_gives_nothing_and_is_logged(caplog):
    assert chart_svg.render_svg({"mark": {"type": "no such mark"}, "data": {"url": "https://example.org/x.csv"}}) == ""
    assert "could not be drawn" in caplog.text


def test_links_lead_where_they_should_and_leave_the_keyboard_to_the_table():
    box = {"x": 1.0, "y": 1.0, "x2": 5.0, "y2": 5.0, "href": "/results/rows?channel=search&week=5"}

    svg = chart_svg.render_svg(on.draw(SHEET, SCALE, SCALE, [on.boxes([box], "var(--good)", linked=True)]))

    assert '<a href="/results/rows?channel=search&amp;week=5" tabindex="-1"' in svg
    assert "vega" not in svg


def test_ids_differ_from_picture_to_picture():
    drawn = '<svg class="marks" width="9" height="9" viewBox="0 0 9 9"><clipPath id="clip1"/><g clip-path="url(#clip1)" class="root"/></svg>'

    one, other = chart_svg.for_page(drawn, "a" * 64), chart_svg.for_page(drawn, "b" * 64)

    assert 'id="qaaaaaaaa-clip1"' in one and "url(#qaaaaaaaa-clip1)" in one
    assert "clip1" in other and one != other and "class=" not in one
