"""The curve chart: is there room on a channel? What a week's spend brings, where you are, where the plan is, and your limit."""

from __future__ import annotations

from quarterdeck.report.charts import sheet as on
from quarterdeck.report.charts import theme
from quarterdeck.report.charts.channel_curve import ChannelCurve, CurvePoint
from quarterdeck.report.charts.chart import Chart, Key, Spec, TableView
from quarterdeck.report.charts.labels import amount_scale, is_money, name_of, one_of, round_ticks, text_width, whole_money
from quarterdeck.report.charts.sheet import Layer, Scale, Sheet
from quarterdeck.report.words import Words

FULL = 2.0
"""A channel is called nearly full where the next result costs this many times the average one."""
_HUNDRED = 100
_LOW = 0.16
"""A point below this share of the picture's height has its label above."""
_AT_LIMIT = 0.95


def curve_chart(curve: ChannelCurve, words: Words, *, against: tuple[str, float] | None = None, width: int = on.WIDE, height: int = 300) -> Chart:
    """The curve of one channel. `against`: another channel's name and what one more unit of money adds there, to compare in the title."""
    return Chart(
        id=f"curve-{curve.channel}",
        finding=finding_of(curve, words, against=against),
        unit_line=f"{name_of(curve.metric)} a week from {words.name(curve.channel)}, by what you spend on it a week",
        alt=_alt(curve, words),
        table=_table(curve, words),
        key=(Key("most likely", "curve"), Key("8 cases in 10", "haze")),
        evidence=curve.evidence,
        strength=curve.strength,
        wide=_picture(curve, words, Sheet(width, height, left=48, right=8, top=8, bottom=26), is_narrow=False),
        narrow=_picture(curve, words, Sheet(on.NARROW, 260, left=40, right=6, top=8, bottom=26), is_narrow=True),
    )


def finding_of(curve: ChannelCurve, words: Words, *, against: tuple[str, float] | None = None) -> str:
    """ "There is still room on Search: the next new customer there costs £25, on Print £93"."""
    name, at, metric = words.name(curve.channel), curve.plan or curve.here, curve.metric
    if at is None or at.spend <= 0:
        first = curve.points[0]
        return f"Nothing is spent on {name}" + (f"; {_next(first, metric, words, is_if=True)}" if first.next_unit > 0 else "")
    if at.next_unit <= 0 or at.brings.expected <= 0:
        return f"Nothing that can be seen comes from {name}"
    if curve.limit is not None and at.spend >= _AT_LIMIT * curve.limit:
        reach = "at" if at.spend >= 0.995 * curve.limit else "almost at"
        return f"On {name} you are {reach} your limit of {words.money(curve.limit)} a week; {_next(at, metric, words, is_if=True)}"
    average = at.brings.expected / at.spend
    if average >= FULL * at.next_unit:
        return f"There is little room left on {name}: {_next(at, metric, words)}, {_average(average, metric, words)}"
    other = "" if against is None or against[1] <= 0 else f", on {against[0]} {_price(against[1], metric, words)}"
    return f"There is still room on {name}: {_next(at, metric, words)}{other}"


def _next(point: CurvePoint, metric: str, words: Words, *, is_if: bool = False) -> str:
    price = _price(point.next_unit, metric, words)
    if is_money(metric):
        return f"the next {words.money(_HUNDRED)} there {'would bring' if is_if else 'brings'} {price}"
    return f"the next {one_of(metric)} there {'would cost' if is_if else 'costs'} {price}"


def _average(rate: float, metric: str, words: Words) -> str:
    price = _price(rate, metric, words)
    return f"an average {words.money(_HUNDRED)} {price}" if is_money(metric) else f"the average one {price}"


def _price(rate: float, metric: str, words: Words) -> str:
    """What one more costs; for a metric in money, what a hundred bring."""
    if is_money(metric):
        return whole_money(rate * _HUNDRED, words)
    price = 1.0 / rate
    return whole_money(price, words) if price >= 10 else words.money(price)


def _alt(curve: ChannelCurve, words: Words) -> str:
    said = [f"Curve of {name_of(curve.metric).lower()} a week against money a week on {words.name(curve.channel)}."]
    for who, point in (("You are at", curve.here), ("The plan is", curve.plan), ("The proposal is", curve.proposal)):
        if point is not None:
            brings = words.amount(point.brings.expected, curve.metric, about=True)
            said.append(f"{who} {words.money(point.spend)} and about {brings}, in 8 cases of 10 {words.span(point.brings, curve.metric)}.")
    if curve.limit is not None:
        said.append(f"Your limit is {words.money(curve.limit)}.")
    return " ".join(said)


def _table(curve: ChannelCurve, words: Words) -> TableView:
    marked = {
        point.spend: text for text, point in ((curve.here_is, curve.here), ("plan", curve.plan), ("proposal", curve.proposal)) if point is not None
    }
    rows = [
        (
            words.money(point.spend) + (f" ({marked[point.spend]})" if point.spend in marked else ""),
            words.amount(point.brings.expected, curve.metric, about=True),
            words.span(point.brings, curve.metric),
            _price(point.next_unit, curve.metric, words) if point.next_unit > 0 else "nothing to buy",
        )
        for point in curve.points
        if point.spend in curve.steps or point.spend in marked
    ]
    last = f"The next {words.money(_HUNDRED)} bring" if is_money(curve.metric) else f"The next {one_of(curve.metric)} costs"
    return TableView(("Spend a week", "Brings a week", "In 8 cases of 10", last), tuple(rows))


def _picture(curve: ChannelCurve, words: Words, sheet: Sheet, *, is_narrow: bool) -> Spec | None:
    top, far = max(point.brings.high for point in curve.points), curve.points[-1].spend
    if top <= 0 or far <= 0:
        return None
    y = amount_scale(top / 1.03, curve.metric, words)
    ticks = round_ticks(0.0, far, most=3 if is_narrow else 4)
    x = Scale(0.0, far, ticks, tuple(words.money(tick) for tick in ticks))
    sheet = sheet.with_margins(left=int(max(text_width(label) for label in y.labels)) + 10)
    layers = [
        on.band([(point.spend, point.brings.low, point.brings.high) for point in curve.points], theme.ACCENT_HAZE),
        on.line([(point.spend, point.brings.expected) for point in curve.points], theme.ACCENT, 2.5),
        *_limit(curve, words, x, y, sheet),
        *_marks(curve, words, x, sheet),
    ]
    return on.draw(sheet, x, y, layers)


def _limit(curve: ChannelCurve, words: Words, x: Scale, y: Scale, sheet: Sheet) -> list[Layer]:
    if curve.limit is None:
        return []
    text = f"your limit, {words.money(curve.limit)}"
    has_room = x.place(curve.limit, sheet.plot_width) + text_width(text) + 8 < sheet.plot_width
    side, dx = ("left", 7) if has_room else ("right", -7)
    return [
        on.segments([(curve.limit, 0.0, curve.limit, y.high)], theme.LINE_STRONG),
        *on.on_ground(on.words_at(curve.limit, y.high, text, theme.INK_2, align=side, baseline="top", dx=dx, dy=2)),
    ]


def _marks(curve: ChannelCurve, words: Words, x: Scale, sheet: Sheet) -> list[Layer]:
    here, plan = curve.here, curve.plan
    if curve.proposal is not None:
        return _tried(curve, curve.proposal, words, x, sheet)
    if here is not None and plan is not None and abs(here.spend - plan.spend) <= 0.02 * max(here.spend, plan.spend):
        return _mark(here, _mark_text("You are here, as planned", here, curve, words), x, sheet, color=theme.INK, fill=theme.INK, is_left=True)
    layers: list[Layer] = []
    is_plan_left = here is not None and plan is not None and plan.spend < here.spend
    if here is not None:
        layers += _mark(here, _mark_text("You are here", here, curve, words), x, sheet, color=theme.INK, fill=theme.INK, is_left=not is_plan_left)
    if plan is not None:
        layers += _mark(
            plan, _mark_text("Plan", plan, curve, words), x, sheet, color=theme.ACCENT, fill=theme.PAPER, is_left=is_plan_left or here is None
        )
    return layers


def _tried(curve: ChannelCurve, proposal: CurvePoint, words: Words, x: Scale, sheet: Sheet) -> list[Layer]:
    """The proposal beside the plan; last quarter only as a small dot, so that no label lies on another."""
    here, plan = curve.here, curve.plan
    layers = [] if here is None else [on.dots([(here.spend, here.brings.expected)], theme.INK_3, fill=theme.PAPER, size=36)]
    is_left = plan is None or proposal.spend < plan.spend
    if plan is not None:
        layers += _mark(plan, _mark_text("As planned", plan, curve, words), x, sheet, color=theme.INK, fill=theme.INK, is_left=not is_left)
    is_low = proposal.brings.expected < _LOW * max(point.brings.high for point in curve.points)
    text = _mark_text("Proposal", proposal, curve, words)
    return layers + _mark(proposal, text, x, sheet, color=theme.ACCENT, fill=theme.PAPER, is_left=is_left, is_low=is_low)


def _mark_text(name: str, point: CurvePoint, curve: ChannelCurve, words: Words) -> list[str]:
    return [name, f"{words.money(point.spend)} \N{RIGHTWARDS ARROW} {words.amount(point.brings.expected, curve.metric, about=True)}"]


def _mark(point: CurvePoint, text: list[str], x: Scale, sheet: Sheet, *, color: str, fill: str, is_left: bool, is_low: bool = False) -> list[Layer]:
    """A dot with its line down to the money, and two lines of text: above and left of the curve, or below and right of it, as there is room."""
    brings = point.brings.expected
    needed = max(text_width(line, strong=True) for line in text) + 14
    at = x.place(point.spend, sheet.plot_width)
    if is_low and at + needed <= sheet.plot_width:  # below it there is no room above the axis
        side, dx, dy = "left", 10, -34
    elif is_left and at >= needed:
        side, dx, dy = "right", -13, -20
    elif at + needed <= sheet.plot_width:
        side, dx, dy = "left", 12, 14
    else:
        side, dx, dy = "right", -10, 30
    return [
        on.segments([(point.spend, 0.0, point.spend, brings)], color, dash=(2, 3)),
        on.dots([(point.spend, brings)], color, fill=fill, size=80),
        *on.on_ground(on.words_at(point.spend, brings, text, color, align=side, dx=dx, dy=dy, strong=True), ground=theme.ACCENT_HAZE),
    ]
