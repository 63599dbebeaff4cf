"""The course chart: are we on course? Counted, planned and expected totals of the aim over the quarter's weeks, and the target."""

from __future__ import annotations

from datetime import timedelta

from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.plan.quarter_plan import Range
from quarterdeck.report.charts import sheet as on
from quarterdeck.report.charts import theme
from quarterdeck.report.charts.chart import Chart, Key, Spec, TableView
from quarterdeck.report.charts.course import Course
from quarterdeck.report.charts.labels import LINE_HEIGHT, agree, amount_scale, name_of, place_apart, short_day, text_width
from quarterdeck.report.charts.sheet import Layer, Scale, Sheet
from quarterdeck.report.words import Words, how_many

SAME = 0.005
"""Totals closer than this share are called equal, as in the review."""


def course_chart(course: Course, words: Words, *, width: int = on.WIDE) -> Chart:
    """Where the quarter stands and where it is going; true whatever is known yet. `width`: px of the picture on a wide screen."""
    wide = Sheet(width, 300, left=48, right=124, top=8, bottom=26)
    narrow = Sheet(on.NARROW, 250, left=40, right=78, top=8, bottom=26)
    return Chart(
        id="course",
        finding=finding_of(course, words),
        unit_line=f"{name_of(course.metric)} in all since {words.day(course.weeks[0])}",
        alt=_alt(course, words),
        table=_table(course, words),
        key=_key(course),
        evidence=course.evidence,
        strength=course.strength,
        wide=_picture(course, words, wide, is_narrow=False),
        narrow=_picture(course, words, narrow, is_narrow=True),
    )


def finding_of(course: Course, words: Words) -> str:
    """ "New customers run 108 behind plan, and the gap is growing"."""
    name, over = name_of(course.metric), len(course.counted)
    if not over:
        return _before_the_first_week(course, words)
    counted = course.counted_totals[-1]
    plan = course.planned_totals[over - 1]
    if plan is None:
        return f"{words.with_unit(counted, course.metric)} counted in {how_many(over, 'week')}; no plan says how many it should be"
    gap = counted - plan.expected
    is_over = over == len(course.weeks)
    if abs(gap) < SAME * abs(plan.expected):
        return f"{name} {'ended' if is_over else agree(course.metric, 'are', 'is')} where the plan said: {words.amount(counted, course.metric)}"
    side = "ahead of" if gap > 0 else "behind"
    verb = "ended" if is_over else agree(course.metric, "run", "runs")
    return f"{name} {verb} {words.amount(abs(gap), course.metric)} {side} plan{'' if is_over else _trend(course, gap)}"


def _before_the_first_week(course: Course, words: Words) -> str:
    end = course.planned_totals[-1]
    if end is not None:
        return f"No week is over yet; the plan leads to {words.with_unit(end.expected, course.metric, about=True)}"
    if course.target is not None:
        return f"No week is over yet; the target is {words.with_unit(course.target, course.metric)}"
    return "No week is over yet, and nothing is planned"


def _trend(course: Course, gap: float) -> str:
    """What the gap has done in the last week; nothing when it stands still or there is no week to compare."""
    over = len(course.counted)
    before = course.planned_totals[over - 2] if over > 1 else None
    if before is None:
        return ""
    earlier = course.counted_totals[over - 2] - before.expected
    change = gap - earlier
    if abs(change) < 0.1 * abs(gap):
        return ""
    if earlier * gap < 0:
        return ", after a week on the other side of it"
    what = "gap" if gap < 0 else "lead"
    if abs(gap) > abs(earlier):
        return f", and the {what} is growing"
    return f", but the {what} is {'closing' if gap < 0 else 'shrinking'}"


def _alt(course: Course, words: Words) -> str:
    metric, over = course.metric, len(course.counted)
    said = [f"Line chart of running totals over {len(course.weeks)} weeks."]
    plan = course.planned_totals
    if over:
        now = plan[over - 1]
        against = "" if now is None else f" against {words.amount(now.expected, metric)} planned"
        said.append(f"After {how_many(over, 'week')} {words.with_unit(course.counted_totals[-1], metric)}{against}.")
    elif plan[-1] is not None:
        said.append(f"The plan ends at {words.with_unit(plan[-1].expected, metric, about=True)}.")
    end = course.forecast_totals[-1]
    if end is not None and over < len(course.weeks):
        said.append(
            f"The forecast ends at {words.amount(end.expected, metric, about=True)}, in 8 cases of 10 between {words.span(end, metric).replace(' to ', ' and ')}."
        )
    if course.target is not None:
        said.append(f"The target is {words.amount(course.target, metric)}.")
    return " ".join(said)


def _table(course: Course, words: Words) -> TableView:
    rows = []
    counted, planned, forecast = course.counted_totals, course.planned_totals, course.forecast_totals
    for number, week in enumerate(course.weeks):
        rows.append(
            (
                f"{number + 1}, to {short_day(week + timedelta(days=DAYS_PER_WEEK - 1), words)}",
                words.amount(counted[number], course.metric) if number < len(counted) else "",
                _said(planned[number], course.metric, words),
                _said(forecast[number], course.metric, words),
            )
        )
    return TableView(("Week", "Counted", "Planned (8 cases of 10)", "Expected from today (8 cases of 10)"), tuple(rows))


def _said(total: Range | None, metric: str, words: Words) -> str:
    return "" if total is None else f"{words.amount(total.expected, metric, about=True)} ({words.span(total, metric)})"


def _key(course: Course) -> tuple[Key, ...]:
    entries = [Key("counted", "counted")] if course.counted else []
    entries += [Key("planned", "planned")] if course.planned_totals[-1] is not None else []
    entries += [Key("expected", "forecast"), Key("8 cases in 10", "band")] if course.forecast_totals[-1] is not None else []
    return tuple(entries)


def _picture(course: Course, words: Words, sheet: Sheet, *, is_narrow: bool) -> Spec | None:
    top = _highest(course)
    if top <= 0:
        return None
    y = amount_scale(top, course.metric, words, most=6)
    weeks = len(course.weeks)
    stops = [0, 4, 8, weeks] if weeks == 13 else sorted({0, weeks // 2, weeks})
    days = [course.weeks[stop] if stop < weeks else course.ends_on for stop in stops]
    x = Scale(0.0, float(weeks), tuple(float(stop) for stop in stops), tuple(short_day(day, words) for day in days))
    widest = max(text_width(label) for label in y.labels)
    sheet = sheet.with_margins(left=int(widest) + 10, right=_room_for_labels(course, words, is_narrow=is_narrow))
    layers = [*_lines(course, float(weeks)), *_today(course, sheet, y.high), *_now(course, words, x, y, sheet)]
    return on.draw(sheet, x, y, [*layers, *_end_labels(course, words, sheet, y, is_narrow=is_narrow)])


def _highest(course: Course) -> float:
    ends = [total.high for total in (*course.planned_totals, *course.forecast_totals) if total is not None]
    return max([*ends, *course.counted_totals, course.target or 0.0])


def _lines(course: Course, weeks: float) -> list[Layer]:
    planned, forecast = _with_start(course, course.planned_totals), _with_start(course, course.forecast_totals)
    layers: list[Layer] = []
    if forecast:
        layers.append(on.band([(x, total.low, total.high) for x, total in forecast], theme.ACCENT_BAND))
    if planned:
        layers.append(on.band([(x, total.low, total.high) for x, total in planned], theme.LINE_STRONG, opacity=0.24))
        layers.append(on.line([(x, total.expected) for x, total in planned], theme.INK_3, 1.25))
    if course.target is not None:
        layers.append(on.segments([(0.0, course.target, weeks, course.target)], theme.INK, width=1.5, dash=(2, 3)))
    if forecast:
        layers.append(on.line([(x, total.expected) for x, total in forecast], theme.ACCENT, 2, dash=(5, 4)))
    if course.counted:
        points = [(0.0, 0.0), *[(float(number), total) for number, total in enumerate(course.counted_totals, start=1)]]
        layers += [on.line(points, theme.INK, 2.5), on.dots(points[-1:], theme.INK)]
    return layers or [on.line([(0.0, 0.0)], theme.LINE, 1)]


def _with_start(course: Course, totals: tuple[Range | None, ...]) -> list[tuple[float, Range]]:
    """The known totals by week number, led by the point that they start from."""
    known = [(float(number), total) for number, total in enumerate(totals, start=1) if total is not None]
    if not known:
        return []
    first = int(known[0][0]) - 1
    start = sum(course.counted[:first])
    return [(float(first), Range(low=start, expected=start, high=start)), *known]


def _today(course: Course, sheet: Sheet, top: float) -> list[Layer]:
    weeks = len(course.weeks)
    at = (course.today - course.weeks[0]).days / DAYS_PER_WEEK
    if not 0 <= at < weeks:
        return []
    is_late = at > 0.8 * weeks
    return [
        on.segments([(at, 0.0, at, top)], theme.LINE_STRONG),
        on.words_at(at, top, "today", theme.INK_2, align="right" if is_late else "left", baseline="top", dx=-6 if is_late else 6, dy=2),
    ]


def _now(course: Course, words: Words, x: Scale, y: Scale, sheet: Sheet) -> list[Layer]:
    """The label of the dot, below the lines and within the sheet."""
    if not course.counted or len(course.counted) == len(course.weeks):
        return []
    week, total = float(len(course.counted)), course.counted_totals[-1]
    text = f"{words.amount(total, course.metric)} now"
    is_low = y.place(total, sheet.plot_height) < 26
    has_room = x.place(week, sheet.plot_width) + text_width(text, strong=True) + 14 < sheet.plot_width
    if not has_room:
        return on.on_ground(on.words_at(week, total, text, theme.INK, align="right", dx=-4, dy=-14, strong=True))
    return on.on_ground(on.words_at(week, total, text, theme.INK, dx=11, dy=-8 if is_low else 12, strong=True))


def _ends(course: Course, words: Words, *, is_narrow: bool) -> list[tuple[float, list[tuple[str, str, bool]]]]:
    """What stands at the right edge: a height, and lines of (text, colour, strong)."""
    metric, ends = course.metric, []
    is_over = len(course.counted) == len(course.weeks)
    if course.target is not None:
        ends.append((course.target, [(f"Target {words.amount(course.target, metric)}", theme.INK, True)]))
    forecast, planned = course.forecast_totals[-1], course.planned_totals[-1]
    if is_over:
        counted = course.counted_totals[-1]
        ends.append((counted, [(f"{'' if is_narrow else 'Counted '}{words.amount(counted, metric)}", theme.INK, True)]))
    if forecast is not None and not is_over:
        most_likely = words.amount(forecast.expected, metric, about=True)
        lines = [(most_likely if is_narrow else f"Most likely {most_likely}", theme.ACCENT, True)]
        lines += [] if is_narrow else [(words.span(forecast, metric), theme.INK_2, False)]
        ends.append((forecast.expected, lines))
    if planned is not None and (forecast is None or is_over or abs(planned.expected - forecast.expected) > 0.01 * abs(planned.expected)):
        ends.append((planned.expected, [(f"Plan {words.amount(planned.expected, metric, about=True)}", theme.INK_3, False)]))
    return ends


def _room_for_labels(course: Course, words: Words, *, is_narrow: bool) -> int:
    lines = [line for _, block in _ends(course, words, is_narrow=is_narrow) for line in block]
    return int(max((text_width(text, strong=strong) for text, _, strong in lines), default=10) + 12)


def _end_labels(course: Course, words: Words, sheet: Sheet, y: Scale, *, is_narrow: bool) -> list[Layer]:
    ends = _ends(course, words, is_narrow=is_narrow)
    height = sheet.plot_height
    wanted = [height - y.place(value, height) + (len(block) - 1) * LINE_HEIGHT / 2 for value, block in ends]
    middles = place_apart(wanted, [len(block) * LINE_HEIGHT + 1.0 for _, block in ends], -4.0, float(height))
    layers = []
    for middle, (_, block) in zip(middles, ends, strict=True):
        for number, (text, color, strong) in enumerate(block):
            at = middle + (number - (len(block) - 1) / 2) * LINE_HEIGHT
            layers.append(on.words_at(float(len(course.weeks)), 0.0, text, color, dx=8, dy=round(at - height, 1), strong=strong))
    return layers
