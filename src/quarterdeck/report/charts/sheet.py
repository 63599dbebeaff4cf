"""Sheet: the paper a chart is drawn on, with margins known beforehand, and the few marks that charts are made of.

Nothing is measured while drawing: scales, ticks and the place of every label are worked out here, so that a picture is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quarterdeck.report.charts.chart import Spec
from quarterdeck.report.charts.theme import CONFIG, PAPER, STRONG

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
WIDE, NARROW = 560, 326
"""Widths in px at which text stays 12 px: a card that takes half of a wide screen or more, a card on a phone 390 px wide."""

Row = Mapping[str, Any]
Layer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All in px; `width` and `height` are of the whole picture, the margins lie inside."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int

    @property
    def plot_width(self) -> int:
        """Between the margins."""
        return self.width - self.left - self.right

    @property
    def plot_height(self) -> int:
        """Between the margins."""
        return self.height - self.top - self.bottom

    def with_margins(self, **margins: int) -> Sheet:
        """The same sheet with other margins."""
        return replace(self, **margins)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale from `low` to `high`; `ticks` and their `labels` in order, lines of a label parted by a line break. No ticks: no axis is drawn."""

    low: float
    high: float
    ticks: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()

    def place(self, value: float, length: float) -> float:
        """How far `value` lies from the low end, of `length`."""
        return (value - self.low) / (self.high - self.low) * length


def draw(sheet: Sheet, x: Scale, y: Scale, layers: Sequence[Layer]) -> Spec:
    """The spec of `layers`, each made by a function below, on one pair of scales."""
    first, *rest = layers
    return {
        "$schema": SCHEMA,
        "width": sheet.plot_width,
        "height": sheet.plot_height,
        "padding": {"left": sheet.left, "right": sheet.right, "top": sheet.top, "bottom": sheet.bottom},
        "autosize": {"type": "none"},
        "config": dict(CONFIG),
        "layer": [_on_scales(first, x, y, with_axes=True), *(_on_scales(layer, x, y, with_axes=False) for layer in rest)],
    }


def line(points: Sequence[tuple[float, float]], color: str, width: float, *, dash: Sequence[int] = (), step: bool = False) -> Layer:
    """A line through `points` (x, y)."""
    mark: Layer = {"type": "line", "color": color, "strokeWidth": width, "strokeCap": "butt" if dash else "round", "strokeJoin": "round"}
    mark |= {"strokeDash": list(dash)} if dash else {}
    mark |= {"interpolate": "step-after"} if step else {}
    return {"data": _rows([{"x": x, "y": y} for x, y in points]), "mark": mark, "encoding": {"x": "x", "y": "y"}}


def band(points: Sequence[tuple[float, float, float]], color: str, *, opacity: float = 1.0) -> Layer:
    """An area between low and high through `points` (x, low, high)."""
    mark = {"type": "area", "color": color, "opacity": opacity, "line": False}
    return {"data": _rows([{"x": x, "y": low, "y2": high} for x, low, high in points]), "mark": mark, "encoding": {"x": "x", "y": "y", "y2": "y2"}}


def dots(points: Sequence[tuple[float, float]], color: str, *, fill: str | None = None, size: int = 60) -> Layer:
    """A dot at each of `points`, filled with its own colour unless `fill` says otherwise."""
    mark = {"type": "point", "filled": True, "size": size, "fill": fill or color, "stroke": color, "strokeWidth": 2, "opacity": 1}
    return {"data": _rows([{"x": x, "y": y} for x, y in points]), "mark": mark, "encoding": {"x": "x", "y": "y"}}


def segments(rows: Sequence[tuple[float, float, float, float]], color: str, *, width: float = 1.0, dash: Sequence[int] = ()) -> Layer:
    """Straight pieces from (x, y) to (x2, y2); each is level or upright."""
    mark: Layer = {"type": "rule", "color": color, "strokeWidth": width}
    mark |= {"strokeDash": list(dash)} if dash else {}
    values = [{"x": x, "y": y, "x2": x2, "y2": y2} for x, y, x2, y2 in rows]
    return {"data": _rows(values), "mark": mark, "encoding": {"x": "x", "y": "y", "x2": "x2", "y2": "y2"}}


def boxes(rows: Sequence[Row], color: str, *, edge: str | None = None, radius: int = 0, linked: bool = False) -> Layer:
    """A box for each row (x, y, x2, y2 and, where `linked`, href)."""
    mark: Layer = {"type": "rect", "color": color, "cornerRadius": radius}
    mark |= {"stroke": edge, "strokeWidth": 1} if edge else {}
    mark |= {"cursor": "pointer"} if linked else {}
    encoding: Layer = {"x": "x", "y": "y", "x2": "x2", "y2": "y2"}
    encoding |= {"href": {"field": "href", "type": "nominal"}} if linked else {}
    return {"data": _rows([dict(row) for row in rows]), "mark": mark, "encoding": encoding}


def words_at(
    x: float,
    y: float,
    text: str | Sequence[str],
    color: str,
    *,
    align: str = "left",
    baseline: str = "middle",
    dx: float = 0,
    dy: float = 0,
    strong: bool = False,
    size: int | None = None,
) -> Layer:
    """A label, moved by `dx`, `dy` px from (x, y); several lines when `text` is a list."""
    mark: Layer = {"type": "text", "text": text if isinstance(text, str) else list(text), "align": align, "baseline": baseline, "color": color}
    mark |= {"dx": dx, "dy": dy, "lineHeight": 16} | ({"fontWeight": STRONG} if strong else {}) | ({"fontSize": size} if size else {})
    return {"data": _rows([{"x": x, "y": y}]), "mark": mark, "encoding": {"x": "x", "y": "y"}}


def on_ground(label: Layer, *, ground: str = PAPER) -> list[Layer]:
    """A label with an edge of the ground's colour below it, so that a line that crosses it leaves it readable."""
    edge = {"stroke": ground, "strokeWidth": 4, "strokeOpacity": 0.85, "strokeJoin": "round", "color": ground}
    return [label | {"mark": label["mark"] | edge}, label]


def _rows(values: Sequence[Row]) -> Layer:
    return {"values": [dict(row) for row in values]}


def _on_scales(layer: Layer, x: Scale, y: Scale, *, with_axes: bool) -> Layer:
    """`layer` with its columns put on the scales. The first layer of a chart describes the axes, the others share them."""
    encoding: Layer = {}
    for channel, field in layer["encoding"].items():
        scale = {"x": x, "y": y}.get(channel)
        if scale is None:
            encoding[channel] = {"field": field} if isinstance(field, str) else field
            continue
        domain = {"domain": [scale.low, scale.high], "nice": False, "zero": False}
        encoding[channel] = {"field": field, "type": "quantitative", "scale": domain, "title": None}
        if with_axes or not scale.ticks:
            encoding[channel]["axis"] = _axis(scale)
    return layer | {"encoding": encoding}


def _axis(scale: Scale) -> Layer | None:
    if not scale.ticks:
        return None
    values = list(scale.ticks)
    labels = f"{_quoted(scale.labels)}[indexof({values!r}, datum.value)]"
    return {"values": values, "labelExpr": labels, "title": None}


def _quoted(labels: Sequence[str]) -> str:
    """A list of texts as a Vega expression; a text of several lines as a list of its own."""
    return "[" + ", ".join(_quoted(label.split("\n")) if "\n" in label else _text(label) for label in labels) + "]"


def _text(label: str) -> str:
    return "'" + label.replace("\\", "\\\\").replace("'", "\\'") + "'"
