"""The waterfall chart: what lies between plan and fact? One bar for each cause, from what was planned down (or up) to what was counted."""

from __future__ import annotations

from collections.abc import Mapping

from quarterdeck.report.charts import sheet as on
from quarterdeck.report.charts import theme
from quarterdeck.report.charts.chart import Chart, Key, Spec, TableView
from quarterdeck.report.charts.labels import name_of, short_day, text_width, wrapped
from quarterdeck.report.charts.sheet import Layer, Scale, Sheet
from quarterdeck.report.charts.waterfall import Step, Waterfall, waterfall_of
from quarterdeck.report.words import Words, how_many
from quarterdeck.review.record import Review

ROW = 32
"""Height of a bar with its gap, px."""
_NOTHING_NEAR = 0.005
_NAMED, _WORTH_NAMING = 3, 0.1


def waterfall_chart(review: Review, words: Words, *, links: Mapping[str, str] | None = None, most: int = 7, width: int = on.WIDE) -> Chart:
    """The causes of a review. `links`: code or kind of a cause -> address; bars lead there for the mouse, the names in the table for the keyboard."""
    fall = waterfall_of(review, words, links=links, most=most)
    more = " Choose a bar to see the rows behind it." if any(step.link for step in fall.steps) else ""
    return Chart(
        id="waterfall",
        finding=finding_of(review, fall, words),
        unit_line=f"{name_of(review.metric)}, {how_many(len(review.weeks), 'week')} to {short_day(review.as_of, words)}.{more}",
        alt=_alt(fall, review.metric, words),
        table=_table(fall, review.metric, words),
        key=(Key("less than planned", "bad"), Key("more than planned", "good")),
        evidence=f"Your own figures, counted to {words.day(review.as_of)}",
        strength=3,
        wide=_picture(fall, review.metric, words, width, most_label=190),
        narrow=_picture(fall, review.metric, words, on.NARROW, most_label=118),
    )


def finding_of(review: Review, fall: Waterfall, words: Words) -> str:
    """ "Print, temperature and late work on video cost 123 new customers; search won 34 back"."""
    named = [step for step in fall.steps if step.is_named and step.is_material]
    gap = fall.counted - fall.planned
    if not named:
        if abs(gap) <= _NOTHING_NEAR * abs(fall.planned):
            return "Plan and fact agree, and no single cause stands out"
        side = "ahead of" if gap > 0 else "behind"
        return f"You are {words.amount(abs(gap), review.metric)} {side} plan, and no single cause is large enough to be more than noise"
    losses, gains = _leading([step for step in named if step.amount < 0]), _leading([step for step in named if step.amount > 0])
    lost, won = (_subjects(steps, words) for steps in (losses, gains))
    down, up = words.with_unit(-_total(losses), review.metric), words.with_unit(_total(gains), review.metric)
    if not losses:
        return f"{won} brought {up} more than planned"
    if not gains:
        return f"{lost} cost {down}"
    if gap > 0:
        return f"{won} brought {up} more than planned; {_lower(lost)} cost {words.amount(-_total(losses), review.metric)}"
    return f"{lost} cost {down}; {_lower(won)} won {words.amount(_total(gains), review.metric)} back"


def _leading(steps: list[Step]) -> list[Step]:
    """The largest three, without those that are small beside the largest."""
    ordered = sorted(steps, key=lambda step: -abs(step.amount))[:_NAMED]
    return [step for step in ordered if abs(step.amount) >= _WORTH_NAMING * abs(ordered[0].amount)]


def _total(steps: list[Step]) -> int:
    return sum(step.amount for step in steps)


def _subjects(steps: list[Step], words: Words) -> str:
    text = words.join([step.subject for step in steps])
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """As it stands within a sentence; names of several capitals (TV) stay."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _alt(fall: Waterfall, metric: str, words: Words) -> str:
    steps = "; ".join(f"{step.label.lower()} {words.signed(step.amount, metric)}" for step in fall.steps)
    return f"Waterfall. Plan {words.amount(fall.planned, metric)}; {steps}{'; ' if steps else ''}fact {words.amount(fall.counted, metric)}."


def _table(fall: Waterfall, metric: str, words: Words) -> TableView:
    rows, running = [("Plan", "", words.amount(fall.planned, metric))], fall.planned
    for step in fall.steps:
        running += step.amount
        rows.append((step.label, words.signed(step.amount, metric), words.amount(running, metric)))
    rows.append(("Fact", "", words.amount(fall.counted, metric)))
    return TableView(("Cause", name_of(metric), "Running total"), tuple(rows), (None, *(step.link for step in fall.steps), None))


def _picture(fall: Waterfall, metric: str, words: Words, width: int, *, most_label: int) -> Spec:
    labels = [wrapped(text, most_label) for text in ("Plan", *(step.label for step in fall.steps), "Fact")]
    left = int(max(text_width(line) for label in labels for line in label)) + 14
    sheet = Sheet(width, ROW * len(labels) + 8, left=left, right=4, top=4, bottom=4)
    y = Scale(float(len(labels)), 0.0)
    x = _scale(fall, metric, words, sheet)
    layers: list[Layer] = [_links(fall), *_bars(fall)]
    layers += [_name(label, row, x) for row, label in enumerate(labels)]
    layers += [_sign(fall, number, metric, words) for number in range(len(fall.steps))]
    for row, value in ((0, fall.planned), (len(labels) - 1, fall.counted)):
        layers.append(on.segments([(value, row + 0.12, value, row + 0.88)], theme.INK, width=4))
        layers.append(on.words_at(value, row + 0.5, words.amount(value, metric), theme.INK, align="right", dx=-9, strong=True, size=14))
    return on.draw(sheet, x, y, layers)


def _running(fall: Waterfall) -> list[int]:
    """The total after the plan and after each step."""
    totals = [fall.planned]
    for step in fall.steps:
        totals.append(totals[-1] + step.amount)
    return totals


def _scale(fall: Waterfall, metric: str, words: Words, sheet: Sheet) -> Scale:
    """From the lowest to the highest total, with room for the figures on both sides."""
    totals = _running(fall)
    low, high = min(totals), max(totals)
    before = text_width(words.amount(high, metric), size=14, strong=True) + 16
    after = max([text_width(words.signed(step.amount, metric), strong=True) for step in fall.steps], default=0.0) + 16
    a_pixel = max(high - low, 1) / max(60.0, sheet.plot_width - before - after)
    return Scale(low - before * a_pixel, high + after * a_pixel)


def _links(fall: Waterfall) -> Layer:
    """Thin lines that lead from the end of one bar to the start of the next."""
    pieces = [(float(total), row + 0.8, float(total), row + 1.2) for row, total in enumerate(_running(fall))]
    return on.segments(pieces, theme.LINE_STRONG)


def _bars(fall: Waterfall) -> list[Layer]:
    totals, layers = _running(fall), []
    for color, is_up in ((theme.GOOD, True), (theme.BAD, False)):
        for linked in (True, False):
            rows = [
                {"x": min(before, after), "x2": max(before, after), "y": row + 0.17, "y2": row + 0.83} | ({"href": step.link} if linked else {})
                for row, (step, before, after) in enumerate(zip(fall.steps, totals, totals[1:], strict=False), start=1)
                if step.amount and (step.amount > 0) == is_up and (step.link is not None) == linked
            ]
            layers += [on.boxes(rows, color, radius=2, linked=linked)] if rows else []
    return layers


def _name(label: list[str], row: int, x: Scale) -> Layer:
    return on.words_at(x.low, row + 0.5, label, theme.INK, align="right", dx=-10, dy=-7 * (len(label) - 1))


def _sign(fall: Waterfall, number: int, metric: str, words: Words) -> Layer:
    step, totals = fall.steps[number], _running(fall)
    right = max(totals[number], totals[number + 1])
    color = theme.GOOD if step.amount > 0 else theme.BAD if step.amount < 0 else theme.INK_2
    return on.words_at(float(right), number + 1.5, words.signed(step.amount, metric), color, dx=8, strong=True)
