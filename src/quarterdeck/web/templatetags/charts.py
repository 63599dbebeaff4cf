"""{% chart chart %}: a chart as a figure: finding, picture, key, evidence, and the same figures as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from quarterdeck.report.charts.chart import Chart, Look
from quarterdeck.web.chart_svg import render_svg

register = template.Library()

_ROOMY = 620
"""A plot wider than this, px, was drawn for the whole width of the page."""


def _line(color: str, width: float, dash: str = "") -> str:
    """A piece of line, 18 by 8 px."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="0" y1="4" x2="18" y2="4" stroke="var(--{color})" stroke-width="{width}"{dashed}/>'


def _box(color: str, edge: str = "", opacity: float = 1) -> str:
    """A filled box, 18 by 8 px."""
    framed = f' stroke="var(--{edge})"' if edge else ""
    return f'<rect x=".5" y=".5" width="17" height="7" rx="2" fill="var(--{color})" fill-opacity="{opacity}"{framed}/>'


_LOOKS: dict[Look, str] = {
    "counted": _line("ink", 2.5),
    "planned": _box("line-strong", opacity=0.24) + _line("ink-3", 1.25),
    "forecast": _line("accent", 2, "5 3"),
    "curve": _line("accent", 2.5),
    "band": _box("accent-band"),
    "haze": _box("accent-haze", "accent-band"),
    "target": _line("ink", 1.5, "2 3"),
    "bar": _box("accent"),
    "last": _line("line-strong", 1.5, "4 2"),
    "good": _box("good"),
    "bad": _box("bad"),
    "limit": _line("line-strong", 1.25),
    "plain": _box("line-strong"),
}


@dataclass(frozen=True)
class ShownRow:
    """A row of the table: its name, where that leads, and its other cells."""

    name: str
    link: str | None
    cells: tuple[str, ...]


@register.simple_tag
def drawing(spec: dict[str, Any]) -> SafeString:
    """The picture of a spec alone; what it says stands beside it in words."""
    return mark_safe(render_svg(spec))  # drawn by our own renderer


@register.inclusion_tag("web/_chart.html")
def chart(chart: Chart, flat: bool = False) -> dict[str, Any]:
    """The figure of `chart`; `flat` leaves out the card, for a chart inside one."""
    wide = render_svg(chart.wide)
    narrow = render_svg(chart.narrow) if wide else ""
    links = chart.table.links or (None,) * len(chart.table.rows)
    return {
        "chart": chart,
        "flat": flat,
        "roomy": chart.wide is not None and chart.wide["width"] > _ROOMY,
        "wide": mark_safe(wide),  # made by our own renderer from figures
        "narrow": mark_safe(narrow or wide),
        "key": [(entry.label, look_svg(entry.look)) for entry in chart.key],
        "header": chart.table.header,
        "rows": [ShownRow(row[0], link, row[1:]) for row, link in zip(chart.table.rows, links, strict=True)],
    }


def look_svg(look: Look) -> SafeString:
    """A look as a picture 18 by 8 px, for the key."""
    return mark_safe(f'<svg width="18" height="8" viewBox="0 0 18 8" aria-hidden="true" focusable="false">{_LOOKS[look]}</svg>')
