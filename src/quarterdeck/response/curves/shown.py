"""Fits, curves and forecasts as small tables of HTML for notebooks; every name is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from quarterdeck.response.curves.summary import Summary, short

if TYPE_CHECKING:
    from quarterdeck.response.curves.curves import ResponseCurves
    from quarterdeck.response.curves.fitted import ChannelEffect
    from quarterdeck.response.fitting.diagnostics import FitDiagnostics

_FIGURES = ("mean", "p05", "p10", "p50", "p90", "p95")
_MOST_ROWS = 60
_RIGHT = ' style="text-align:right"'


def effects_html(head: str, effects: Mapping[str, ChannelEffect], diagnostics: FitDiagnostics) -> str:
    """What each channel brought, in 9 cases of 10, below `head`; then what was found."""
    rows = [
        (
            name,
            short(effect.brought.mean),
            _range(effect.brought),
            short(effect.per_money.mean),
            _range(effect.per_money),
            f"{effect.prior_share:.0%}",
        )
        for name, effect in effects.items()
    ]
    columns = ("channel", "brought", "in 9 cases of 10", "per unit of money", "in 9 cases of 10", "rests on belief")
    return _table(head, columns, rows) + _list(finding.text for finding in diagnostics.findings)


def curves_html(curves: ResponseCurves) -> str:
    """Carry-over and saturation of each channel, medians over draws."""
    shapes = (curves.decay, curves.half, curves.ceiling)
    rows = [(name, *(short(float(np.median(shape[:, number]))) for shape in shapes)) for number, name in enumerate(curves.channels)]
    row = "week" if curves.step_days == 7 else "day"
    head = f"Curves of {curves.metric}: medians of {curves.draws:,} draws, up to {curves.last_week.isoformat()}"
    return _table(head, ("channel", f"carried over to the next {row}", f"half (money a {row})", f"ceiling (a {row})"), rows)


def forecast_html(head: str, starts: Sequence[date], rows: Sequence[Summary], total: Summary) -> str:
    """Each row of a forecast (the first 60) and all of them together."""
    shown = [(start.isoformat(), *_figures(row)) for start, row in zip(starts[:_MOST_ROWS], rows, strict=False)]
    if len(starts) > _MOST_ROWS:
        shown.append((f"... {len(starts) - _MOST_ROWS} more", *[""] * len(_FIGURES)))
    return _table(head, ("from", *_FIGURES), [*shown, ("in all", *_figures(total))])


def summary_html(summary: Summary) -> str:
    """The six figures in a row."""
    return _table("", _FIGURES, [_figures(summary)])


def _figures(summary: Summary) -> tuple[str, ...]:
    return tuple(short(getattr(summary, name)) for name in _FIGURES)


def _range(summary: Summary) -> str:
    return f"{short(summary.p05)} to {short(summary.p95)}"


def _table(head: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    caption = f'<caption style="text-align:left">{escape(head)}</caption>' if head else ""
    top = "".join(f"<th{_RIGHT if number else ''}>{escape(name)}</th>" for number, name in enumerate(columns))
    body = "".join(
        "<tr>" + "".join(f"<td{_RIGHT if number else ''}>{escape(cell)}</td>" for number, cell in enumerate(row)) + "</tr>" for row in rows
    )
    return f"<table>{caption}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _list(texts: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{items}</ul>" if items else ""
