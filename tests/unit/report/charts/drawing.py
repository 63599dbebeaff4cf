"""What the tests of charts share: a spec held against the schema of Vega-Lite, and against what our pages allow."""

from __future__ import annotations

import json
import re
from functools import cache

from quarterdeck.report.charts.chart import Chart
from quarterdeck.report.charts.theme import DARK, LIGHT, concrete
from quarterdeck.web.chart_svg import render_svg


@cache
def _validator():
    from importlib import resources

    from jsonschema import Draft7Validator

    path = resources.files("altair").joinpath("vegalite", "v6", "schema", "vega-lite-schema.json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    return Draft7Validator({"$ref": "#/definitions/TopLevelLayerSpec", "definitions": schema["definitions"]})


def assert_sound(chart: Chart) -> None:
    """The words are there; both specs are valid Vega-Lite; the SVG holds no style, script, id or class, and every colour is one of the theme."""
    assert chart.finding and not chart.finding.endswith(".") and chart.alt and chart.unit_line
    assert all(len(row) == len(chart.table.header) for row in chart.table.rows)
    for text in (chart.finding, chart.alt, chart.unit_line, *[cell for row in chart.table.rows for cell in row]):
        assert "nan" not in text.lower().split() and "None" not in text and "inf" not in text.split(), text
    for spec in (chart.wide, chart.narrow):
        if spec is None:
            continue
        errors = list(_validator().iter_errors(spec))
        assert not errors, (list(errors[0].path), errors[0].message[:300])
        svg = render_svg(spec)
        assert svg.startswith("<svg") and "NaN" not in svg and "undefined" not in svg
        assert not re.search(r'\s(style|class|id|on\w+)="', svg) and "<script" not in svg and "<style" not in svg
        assert set(re.findall(r"var\(--([a-z0-9-]+)\)", svg)) <= set(LIGHT) == set(DARK)
        assert not re.search(r'(?:fill|stroke)="(?:#|rgb|black|white|steelblue)', svg)
        assert "var(" not in json.dumps(concrete(spec, DARK))
