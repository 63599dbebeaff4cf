"""Chart: a picture with everything that is said beside it; what page, PDF and mail show alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Spec = dict[str, Any]
"""A Vega-Lite specification as plain data; colours are CSS variables (see theme.concrete for places that know none)."""

Look = Literal["counted", "planned", "forecast", "curve", "band", "haze", "target", "bar", "last", "good", "bad", "limit", "plain"]
"""How an entry of the key is drawn: each line, band and bar has the same look in every chart."""


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the key below a chart."""

    label: str
    look: Look


@dataclass(frozen=True, slots=True)
class TableView:
    """The same figures as a table of ready strings; the first cell of a row names it. `links`: where that name leads, one a row or none at all."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[str | None, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A picture and its words. Where nothing can be drawn, `wide` and `narrow` are None and the finding says why."""

    id: str
    """Unique in a page: `course`, `curve-search`."""
    finding: str
    """The title: a sentence with the finding, without a full stop."""
    unit_line: str
    """What is measured, in which unit, since when."""
    alt: str
    """What kind of picture it is and its main figures, for those who do not see it."""
    table: TableView
    key: tuple[Key, ...] = ()
    evidence: str | None = None
    """What the picture rests on, in words."""
    strength: int = 2
    """1 published or thin, 2 own history, 3 counted or tested."""
    wide: Spec | None = None
    narrow: Spec | None = None
