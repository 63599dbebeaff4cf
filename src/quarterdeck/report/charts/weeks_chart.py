"""The weeks chart: how did a figure go, week by week? Counted against the plan and against the same weeks of last year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.report.charts import sheet as on
from quarterdeck.report.charts import theme
from quarterdeck.report.charts.chart import Chart, Key, Look, Spec, TableView
from quarterdeck.report.charts.labels import agree, amount_scale, name_of, short_day, text_width, whole_percent
from quarterdeck.report.charts.sheet import Layer, Scale, Sheet
from quarterdeck.report.words import Words, how_many

SAME = 0.005
Weekly = tuple[float | None, ...]


@dataclass(frozen=True)
class WeekByWeek:
    """A metric in consecutive weeks (their Mondays); None where nothing was counted, planned or known. `subject`: a channel's name, or nothing.

    `planned` and `last_year` are as long as `weeks`, or empty where there is none.
    """

    metric: str
    weeks: tuple[date, ...]
    counted: Weekly
    planned: Weekly = ()
    last_year: Weekly = ()
    subject: str = ""
    name: str = "weeks"
    """Makes the chart's id unique in a page."""
    evidence: str | None = None
    strength: int = 3


def weeks_chart(shown: WeekByWeek, words: Words, *, width: int = on.WIDE) -> Chart:
    """The weeks of one metric."""
    lines: tuple[tuple[str, Look, Weekly], ...] = (
        ("counted", "counted", shown.counted),
        ("planned", "planned", shown.planned),
        ("a year before", "last", shown.last_year),
    )
    return Chart(
        id=shown.name,
        finding=finding_of(shown, words),
        unit_line=f"{name_of(shown.metric)}{f' of {shown.subject}' if shown.subject else ''} by week",
        alt=_alt(shown, words),
        table=_table(shown, words),
        key=tuple(Key(label, look) for label, look, values in lines if any(value is not None for value in values)),
        evidence=shown.evidence,
        strength=shown.strength,
        wide=_picture(shown, words, Sheet(width, 240, left=48, right=14, top=10, bottom=26), stops=6),
        narrow=_picture(shown, words, Sheet(on.NARROW, 210, left=40, right=14, top=10, bottom=26), stops=3),
    )


def finding_of(shown: WeekByWeek, words: Words) -> str:
    """ "New customers are 8 % below plan over 5 weeks, and 12 % above a year before"."""
    known = [value for value in shown.counted if value is not None]
    name = f"{shown.subject}: {name_of(shown.metric).lower()}" if shown.subject else name_of(shown.metric)
    if not known:
        return f"{name}: no week has been counted yet"
    span = how_many(len(known), "week")
    plan, year = change(shown.counted, shown.planned), change(shown.counted, shown.last_year)
    verb = agree(shown.metric, "are", "is")
    if plan is None and year is None:
        return f"{name}: {_level(known, shown.metric, words)} {'in' if _adds_up(shown.metric) else 'over'} {span}"
    if plan is None or year is None:
        beside = "plan" if year is None else "a year before"
        return f"{name} {verb} {_side(plan if plan is not None else year or 0.0, beside)} over {span}"
    joint = "and" if (plan > 0) == (year > 0) else "but"
    return f"{name} {verb} {_side(plan, 'plan')} over {span}, {joint} {_side(year, 'a year before')}"


def change(counted: Weekly, other: Weekly) -> float | None:
    """Counted against `other` over the weeks that both have, as a share of `other`; None without such weeks or where `other` is nothing."""
    pairs = [(a, b) for a, b in zip(counted, other, strict=False) if a is not None and b is not None]
    base = sum(b for _, b in pairs)
    return sum(a for a, _ in pairs) / base - 1.0 if base > 0 else None


def _side(share: float, of_what: str) -> str:
    if abs(share) < SAME:
        return "where the plan said" if of_what == "plan" else f"as {of_what}"
    return f"{whole_percent(share)} {'above' if share > 0 else 'below'} {of_what}"


def _adds_up(metric: str) -> bool:
    known = METRICS.get(metric)
    return known is None or known.adds_up


def _level(known: Sequence[float], metric: str, words: Words) -> str:
    if _adds_up(metric):
        return words.amount(sum(known), metric)
    return f"{words.amount(sum(known) / len(known), metric)} on average"


def _alt(shown: WeekByWeek, words: Words) -> str:
    known = [value for value in shown.counted if value is not None]
    said = [f"Line chart of {name_of(shown.metric).lower()} over {how_many(len(shown.weeks), 'week')}."]
    if known:
        low, high = words.amount(min(known), shown.metric), words.amount(max(known), shown.metric)
        said.append(f"Counted between {low} and {high} a week, {words.amount(known[-1], shown.metric)} in the last one.")
    return " ".join([*said, finding_of(shown, words) + "."])


def _table(shown: WeekByWeek, words: Words) -> TableView:
    columns = [("Counted", shown.counted), ("Planned", shown.planned), ("A year before", shown.last_year)]
    columns = [(name, values) for number, (name, values) in enumerate(columns) if values or number == 0]
    rows = [
        (short_day(week, words), *("" if values[row] is None else words.amount(values[row] or 0.0, shown.metric) for _, values in columns))
        for row, week in enumerate(shown.weeks)
    ]
    return TableView(("Week from", *(name for name, _ in columns)), tuple(rows))


def _picture(shown: WeekByWeek, words: Words, sheet: Sheet, *, stops: int) -> Spec | None:
    values = [value for value in (*shown.counted, *shown.planned, *shown.last_year) if value is not None]
    if not values or max(values) <= 0:
        return None
    y = amount_scale(max(values), shown.metric, words, most=4)
    every = max(1, -(-len(shown.weeks) // stops))
    ticks = range(0, len(shown.weeks), every)
    last = float(max(1, len(shown.weeks) - 1))
    x = Scale(0.0, last, tuple(float(tick) for tick in ticks), tuple(short_day(shown.weeks[tick], words) for tick in ticks))
    sheet = sheet.with_margins(left=int(max(text_width(label) for label in y.labels)) + 12)
    layers = [
        *[on.line(piece, theme.LINE_STRONG, 1.5, dash=(4, 2)) for piece in pieces(shown.last_year)],
        *[on.line(piece, theme.INK_3, 1.25) for piece in pieces(shown.planned)],
        *[on.line(piece, theme.INK, 2.5) for piece in pieces(shown.counted)],
        *[on.dots(piece, theme.INK, size=30) for piece in pieces(shown.counted)],
    ]
    return on.draw(sheet, x, y, [*layers, *_last_value(shown, words, x, sheet)])


def pieces(values: Weekly) -> list[list[tuple[float, float]]]:
    """The stretches without a gap, as points (number of the week, value)."""
    found: list[list[tuple[float, float]]] = []
    before = None
    for number, value in enumerate(values):
        if value is not None:
            if before is None:
                found.append([])
            found[-1].append((float(number), value))
        before = value
    return found


def _last_value(shown: WeekByWeek, words: Words, x: Scale, sheet: Sheet) -> list[Layer]:
    """The latest figure at its dot, above it unless the line comes from there."""
    known = [(number, value) for number, value in enumerate(shown.counted) if value is not None]
    if not known:
        return []
    number, value = known[-1]
    text = words.amount(value, shown.metric)
    comes_from_above = len(known) > 1 and known[-2][1] > value
    is_at_the_edge = x.place(number, sheet.plot_width) + text_width(text, strong=True) / 2 > sheet.plot_width + sheet.right
    align = "right" if is_at_the_edge else "center"
    return [
        on.words_at(
            float(number), value, text, theme.INK, align=align, dx=6 if is_at_the_edge else 0, dy=15 if comes_from_above else -14, strong=True
        )
    ]
