"""The history chart: is a target within reach? The same figure quarter by quarter, the target, and what is expected of this quarter."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.kernel.periods import WEEKS_PER_QUARTER, Quarter
from quarterdeck.plan.quarter_plan import Range
from quarterdeck.report.charts import sheet as on
from quarterdeck.report.charts import theme
from quarterdeck.report.charts.chart import Chart, Key, Spec, TableView
from quarterdeck.report.charts.labels import amount_scale, is_better_less, name_of, short_amount, text_width, whole_percent
from quarterdeck.report.charts.sheet import Layer, Sheet
from quarterdeck.report.words import Words

_YEAR = 4
_BAR, _BOX = 0.34, 0.42
"""Half the width of a bar and of the forecast's box, in quarters."""


@dataclass(frozen=True)
class History:
    """A metric by quarter, oldest first and without gaps, up to the one before `quarter`; None where nothing was counted.

    `target` and `expected` (8 cases of 10) are of `quarter`.
    """

    metric: str
    quarter: Quarter
    past: tuple[float | None, ...]
    target: float | None
    expected: Range | None
    evidence: str | None = None
    strength: int = 2

    @property
    def year_before(self) -> float | None:
        """The same quarter of the year before."""
        return self.past[-_YEAR] if len(self.past) >= _YEAR else None

    @property
    def best_change(self) -> float | None:
        """The best change from a quarter to the same one a year later, as a share, in the direction that is good; None without two such quarters."""
        pairs = [(a, b) for a, b in zip(self.past, self.past[_YEAR:], strict=False) if a and b is not None]
        changes = [b / a - 1.0 for a, b in pairs]
        if not changes:
            return None
        return min(changes) if is_better_less(self.metric) else max(changes)

    def quarter_of(self, number: int) -> Quarter:
        """The quarter of `past[number]`."""
        found = self.quarter
        for _ in range(len(self.past) - number):
            found = found.previous()
        return found


def history_chart(history: History, words: Words, *, name: str = "history", width: int = on.WIDE) -> Chart:
    """The history of one objective's metric. `name` makes the chart's id unique where a page shows several."""
    return Chart(
        id=name,
        finding=finding_of(history, words),
        unit_line=f"{name_of(history.metric)} by quarter of {WEEKS_PER_QUARTER} weeks; the same quarter of earlier years is darker",
        alt=_alt(history, words),
        table=_table(history, words),
        key=(Key("expected", "curve"), Key("8 cases in 10", "band")) if history.expected is not None else (),
        evidence=history.evidence,
        strength=history.strength,
        wide=_picture(history, words, Sheet(width, 226, left=48, right=8, top=16, bottom=42)),
        narrow=_picture(history, words, Sheet(on.NARROW, 206, left=40, right=4, top=16, bottom=42)),
    )


def finding_of(history: History, words: Words) -> str:
    """ "5,200 is 28 % above Q1 2026; your best rise so far was 12 %"."""
    aim, said = _aim(history, words)
    if aim is None:
        return f"Nothing is known yet of {name_of(history.metric).lower()} in {history.quarter.label}"
    before = history.year_before
    if before is None or before <= 0:
        return f"{said} {_against_all(history, aim)}"
    change = aim / before - 1.0
    year_before = history.quarter_of(len(history.past) - _YEAR).label
    if abs(change) < 0.005:
        return f"{said} is as much as in {year_before}"
    return f"{said} is {whole_percent(change)} {'above' if change > 0 else 'below'} {year_before}{_record(history, change)}"


def _aim(history: History, words: Words) -> tuple[float | None, str]:
    """The figure that the title is about: the target, else what is expected."""
    if history.target is not None:
        return history.target, words.amount(history.target, history.metric)
    if history.expected is not None:
        return history.expected.expected, f"The expected {words.amount(history.expected.expected, history.metric, about=True)}"
    return None, ""


def _record(history: History, change: float) -> str:
    best, is_less = history.best_change, is_better_less(history.metric)
    if best is None:
        return ""
    is_fall = best < 0
    what = ("fall" if is_fall else "rise") if abs(best) >= 0.005 else ""
    if not what:
        return "; it has never moved by more than half a percent in a year"
    if is_fall == is_less:
        return f"; your best {what} so far was {whole_percent(best)}"
    return f"; so far it has {'fallen' if is_fall else 'risen'} every year, at least by {whole_percent(best)}"


def _against_all(history: History, aim: float) -> str:
    known = [value for value in history.past if value is not None]
    if not known:
        return "has no history to be held against"
    if is_better_less(history.metric):
        return "would be your lowest quarter so far" if aim < min(known) else "has been reached before"
    return "would be your best quarter so far" if aim > max(known) else "has been reached before"


def _alt(history: History, words: Words) -> str:
    metric, known = history.metric, [value for value in history.past if value is not None]
    said = [f"Bar chart of {name_of(metric).lower()} over {len(known)} quarters."]
    if known:
        said.append(f"Between {words.amount(min(known), metric)} and {words.amount(max(known), metric)}.")
    if history.year_before is not None:
        said.append(f"The same quarter a year before: {words.amount(history.year_before, metric)}.")
    if history.target is not None:
        said.append(f"The target is {words.amount(history.target, metric)}.")
    if history.expected is not None:
        expected = words.amount(history.expected.expected, metric, about=True)
        said.append(f"Expected: {expected}, in 8 cases of 10 {words.span(history.expected, metric)}.")
    return " ".join(said)


def _table(history: History, words: Words) -> TableView:
    rows = [
        (history.quarter_of(number).label, "not counted" if value is None else words.amount(value, history.metric), _year_change(history, number))
        for number, value in enumerate(history.past)
    ]
    if history.target is not None:
        rows.append((f"{history.quarter.label}, target", words.amount(history.target, history.metric), _change(history.target, history.year_before)))
    if history.expected is not None:
        text = f"{words.amount(history.expected.expected, history.metric, about=True)} ({words.span(history.expected, history.metric)})"
        rows.append((f"{history.quarter.label}, expected", text, _change(history.expected.expected, history.year_before)))
    return TableView(("Quarter", name_of(history.metric), "Against a year before"), tuple(rows))


def _year_change(history: History, number: int) -> str:
    return _change(history.past[number], history.past[number - _YEAR]) if number >= _YEAR else ""


def _change(value: float | None, before: float | None) -> str:
    if value is None or not before:
        return ""
    share = value / before - 1.0
    return f"{'+' if share >= 0 else chr(0x2212)}{whole_percent(share)}"


def _picture(history: History, words: Words, sheet: Sheet) -> Spec | None:
    high = None if history.expected is None else history.expected.high
    highs = [value for value in (*history.past, history.target, high) if value is not None]
    if not highs or max(highs) <= 0:
        return None
    now = float(len(history.past))
    y = amount_scale(max(highs), history.metric, words, most=3)
    same = [number for number in range(len(history.past) + 1) if (len(history.past) - number) % _YEAR == 0]
    x = on.Scale(-0.5, now + 0.5, tuple(float(number) for number in same), tuple(_tick_label(history, words, number) for number in same))
    sheet = sheet.with_margins(left=int(max(text_width(label) for label in y.labels)) + 10)
    bars = {number: _box(number, 0.0, value, _BAR) for number, value in enumerate(history.past) if value is not None}
    layers = [
        on.boxes([box for number, box in bars.items() if number not in same], theme.LINE, radius=2),
        on.boxes([box for number, box in bars.items() if number in same], theme.LINE_STRONG, radius=2),
        *_expected(history, words, now),
    ]
    return on.draw(sheet, x, y, [*layers, *_target(history, words, x)])


def _tick_label(history: History, words: Words, number: int) -> str:
    """The quarter, and below it what was counted: a figure on its bar would lie on the line of the target."""
    quarter = (history.quarter if number == len(history.past) else history.quarter_of(number)).label
    value = history.past[number] if number < len(history.past) else None
    return f"{quarter[:2]} {quarter[-2:]}" + ("" if value is None else f"\n{short_amount(value, history.metric, words)}")


def _box(at: float, low: float, high: float, half: float) -> dict[str, float]:
    return {"x": at - half, "x2": at + half, "y": low, "y2": high}


def _expected(history: History, words: Words, now: float) -> list[Layer]:
    expected = history.expected
    if expected is None:
        return []
    text = (
        short_amount(expected.expected, history.metric, words)
        if expected.expected >= 100_000
        else words.amount(expected.expected, history.metric, about=True)
    )
    return [
        on.boxes([_box(now, expected.low, expected.high, _BOX)], theme.ACCENT_BAND, radius=2),
        on.segments([(now - _BOX, expected.expected, now + _BOX, expected.expected)], theme.ACCENT, width=3),
        on.words_at(now, expected.low, text, theme.ACCENT, align="center", dy=11, strong=True),
    ]


def _target(history: History, words: Words, x: on.Scale) -> list[Layer]:
    if history.target is None:
        return []
    return [
        on.segments([(x.low, history.target, x.high, history.target)], theme.INK, width=1.5, dash=(2, 3)),
        on.words_at(x.low, history.target, f"target {words.amount(history.target, history.metric)}", theme.INK, dy=-10, strong=True),
    ]
