"""The one theme of every chart: type and lines as Vega config, colours as the CSS variables of the cockpit, and their values in light and dark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

FONT = "Inter Variable, Inter, system-ui, sans-serif"
TEXT_SIZE = 12
STRONG = 600

INK, INK_2, INK_3 = "var(--ink)", "var(--ink-2)", "var(--ink-3)"
LINE, LINE_STRONG, PAPER = "var(--line)", "var(--line-strong)", "var(--paper)"
ACCENT, ACCENT_BAND, ACCENT_HAZE = "var(--accent)", "var(--accent-band)", "var(--accent-haze)"
GOOD, WARN, BAD = "var(--good)", "var(--warn)", "var(--bad)"

Palette = Mapping[str, str]
LIGHT: Palette = {
    "ink": "#121b26",
    "ink-2": "#475361",
    "ink-3": "#5f6b79",
    "line": "#e4e8ed",
    "line-strong": "#8491a0",
    "paper": "#ffffff",
    "accent": "#0b5cad",
    "accent-band": "#b9d6f3",
    "accent-haze": "#e3effa",
    "good": "#10673a",
    "warn": "#855000",
    "bad": "#a3271e",
}
DARK: Palette = {
    "ink": "#e9eef4",
    "ink-2": "#b3bfcb",
    "ink-3": "#93a1b0",
    "line": "#27313c",
    "line-strong": "#66758a",
    "paper": "#141a21",
    "accent": "#82bbf7",
    "accent-band": "#254a72",
    "accent-haze": "#182f49",
    "good": "#83d9a8",
    "warn": "#f3c173",
    "bad": "#ff9f95",
}

CONFIG: Mapping[str, Any] = {
    "aria": False,  # one alt text stands for the whole picture
    "background": "transparent",
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK_2,
        "labelFontSize": TEXT_SIZE,
        "titleColor": INK_2,
        "titleFontSize": TEXT_SIZE,
        "titleFontWeight": 400,
        "gridColor": LINE,
        "domain": False,
        "ticks": False,
        "labelPadding": 8,
        "labelOverlap": False,
        "labelLimit": 400,
    },
    "axisX": {"grid": False},
    "text": {"fontSize": TEXT_SIZE, "color": INK},
}

_VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")


def concrete(spec: Mapping[str, Any], palette: Palette) -> dict[str, Any]:
    """The same spec with every CSS variable replaced by its colour, for PDF and mail. Raises KeyError for a colour that `palette` lacks."""
    return {name: _concrete(value, palette) for name, value in spec.items()}


def _concrete(value: Any, palette: Palette) -> Any:
    if isinstance(value, str):
        return _VARIABLE.sub(lambda found: palette[found.group(1)], value)
    if isinstance(value, Mapping):
        return {name: _concrete(inner, palette) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_concrete(inner, palette) for inner in value]
    return value
