"""The chart of lost days: was it measured? Each day's count as a bar, the days that tracking lost in another colour, with what is usual above them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.report.charts import sheet as on
from quarterdeck.report.charts import theme
from quarterdeck.report.charts.chart import Chart, Key, Spec, TableView
from quarterdeck.report.charts.labels import amount_scale, name_of, short_day, text_width, whole_percent
from quarterdeck.report.charts.sheet import Scale, Sheet
from quarterdeck.report.words import Words

_HALF_BAR = 0.38
_ROOM = 1.3
"""So much above the usual there is room for its label."""


@dataclass(frozen=True)
class LostDays:
    """A metric by day; None where there is no row. `lost` holds the days that tracking lost, `usual` is what such a day has otherwise."""

    metric: str
    days: tuple[date, ...]
    counted: tuple[float | None, ...]
    lost: frozenset[date]
    usual: float
    recorded_share: float
    name: str = "lost-days"
    """Makes the chart's id unique in a page."""


def lost_days_chart(shown: LostDays, words: Words, *, width: int = on.WIDE) -> Chart:
    """The days around a fault."""
    return Chart(
        id=shown.name,
        finding=f"{name_of(shown.metric)}: {whole_percent(shown.recorded_share)} of the usual was counted",
        unit_line=f"{name_of(shown.metric)} by day",
        alt=_alt(shown, words),
        table=TableView(("Day", "Counted", "Lost"), tuple(_row(shown, place, words) for place in range(len(shown.days)))),
        key=(Key("counted", "plain"), Key("days lost", "bad"), Key("usual", "target")),
        wide=_picture(shown, words, Sheet(width, 190, left=48, right=10, top=10, bottom=26), stops=6),
        narrow=_picture(shown, words, Sheet(on.NARROW, 170, left=40, right=8, top=10, bottom=26), stops=3),
    )


def _row(shown: LostDays, place: int, words: Words) -> tuple[str, ...]:
    value = shown.counted[place]
    day = shown.days[place]
    return short_day(day, words), "not known" if value is None else words.amount(value, shown.metric), "lost" if day in shown.lost else ""


def _alt(shown: LostDays, words: Words) -> str:
    first, last = min(shown.lost), max(shown.lost)
    return (
        f"Bar chart of {name_of(shown.metric).lower()} by day from {words.day(shown.days[0])} to {words.day(shown.days[-1])}. From {words.day(first)} to "
        f"{words.day(last)} only {whole_percent(shown.recorded_share)} of the usual {words.amount(shown.usual, shown.metric, about=True)} a day was counted."
    )


def _picture(shown: LostDays, words: Words, sheet: Sheet, *, stops: int) -> Spec | None:
    values = [value for value in shown.counted if value is not None]
    if not values or max(values) <= 0:
        return None
    y = amount_scale(max(*values, _ROOM * shown.usual), shown.metric, words, most=3)
    every = max(1, -(-len(shown.days) // stops))
    ticks = range(0, len(shown.days), every)
    x = Scale(-0.6, len(shown.days) - 0.4, tuple(float(tick) for tick in ticks), tuple(short_day(shown.days[tick], words) for tick in ticks))
    sheet = sheet.with_margins(left=int(max(text_width(label) for label in y.labels)) + 12)
    places = [place for place, day in enumerate(shown.days) if day in shown.lost]
    usual = [(places[0] - 0.5, shown.usual, places[-1] + 0.5, shown.usual)]
    text = f"usually {_about(shown, words)} a day"
    middle = (places[0] + places[-1]) / 2
    half = text_width(text) / 2
    at = x.place(middle, sheet.plot_width)
    side = "left" if at < half else "right" if at > sheet.plot_width - half else "center"
    return on.draw(
        sheet,
        x,
        y,
        [
            on.boxes(_bars(shown, is_lost=False), theme.LINE_STRONG, radius=1),
            on.boxes(_bars(shown, is_lost=True), theme.BAD, radius=1),
            on.segments(usual, theme.INK, width=1.5, dash=(2, 3)),
            *on.on_ground(on.words_at(middle, shown.usual, text, theme.INK, align=side, dy=-11, strong=True)),
        ],
    )


def _about(shown: LostDays, words: Words) -> str:
    known = METRICS.get(shown.metric)
    return words.amount(shown.usual, shown.metric, about=True) if known and known.unit == "money" else words.count(round(shown.usual))


def _bars(shown: LostDays, *, is_lost: bool) -> list[dict[str, float]]:
    return [
        {"x": place - _HALF_BAR, "x2": place + _HALF_BAR, "y": 0.0, "y2": max(0.0, value)}
        for place, (day, value) in enumerate(zip(shown.days, shown.counted, strict=True))
        if value is not None and (day in shown.lost) == is_lost
    ]
