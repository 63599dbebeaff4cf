"""Tracking health as ready strings: what was lost, what to do about it, how far the figures reach."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.kernel.periods import days_between
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.results.look_at_tracking import FaultShown, Reach, Tracking
from quarterdeck.report.charts.chart import Chart
from quarterdeck.report.charts.labels import name_of
from quarterdeck.report.charts.lost_days_chart import LostDays, lost_days_chart
from quarterdeck.report.say_results import day_and_month, days_in_words, say_lost_days
from quarterdeck.report.words import how_many
from quarterdeck.web.results.tabs import rows_link
from quarterdeck.web.results.tracking_todo import ToDo, name_of_reach, todos_of

MOST_PICTURES = 6
MOST_GAPS = 3
_WHY = {
    "weekly": "comes by week: lost days cannot be seen",
    "too_short": "too few days to know the usual: 56 are needed",
    "no_sum": "a rate or a score: lost days do not show in it",
}


@dataclass(frozen=True)
class ShownFault:
    """A fault with its picture."""

    chart: Chart
    sentence: str
    missing: str
    link: str


@dataclass(frozen=True)
class ReachRow:
    """How far one figure reaches."""

    name: str
    link: str
    days: str
    gaps: str
    has_gaps: bool
    fresh: str
    is_late: bool
    lost: str
    is_lost: bool
    brought: str


@dataclass(frozen=True)
class TrackingPage:
    """The whole page."""

    say: str
    more: str
    faults: tuple[ShownFault, ...]
    earlier: tuple[str, ...]
    todos: tuple[ToDo, ...]
    reaches: tuple[ReachRow, ...]
    reaches_title: str
    moving: str


def tracking_shown(desk: Desk, found: Tracking) -> TrackingPage:
    """The page of `found`."""
    pictured = found.recent[:MOST_PICTURES]
    return TrackingPage(
        say=_say(desk, found),
        more=_more(desk, found),
        faults=tuple(_fault(desk, each, number) for number, each in enumerate(pictured)),
        earlier=tuple(_said(desk, found, each) for each in found.faults if each not in pictured),
        todos=tuple(todos_of(desk, found)),
        reaches=tuple(_reach(desk, found, each) for each in found.reaches),
        reaches_title=_reaches_title(desk, found),
        moving=_moving(desk, found),
    )


def _say(desk: Desk, found: Tracking) -> str:
    if found.recent:
        main = (
            found.recent[0]
            if found.recent[0].fault.kind != "not_over"
            else next((each for each in found.recent if each.fault.kind != "not_over"), found.recent[0])
        )
        return say_lost_days([name_of(main.metric)], main.fault, desk.words, today=desk.day, known_until=found.known_until)
    late = [reach for reach in found.reaches if reach.days_short]
    if late:
        worst = max(late, key=lambda reach: reach.days_short)
        return f"The figures are behind: nothing is known of {name_of_reach(worst).lower()} since {day_and_month(worst.last_day, desk.words, today=desk.day)}."
    if any(reach.gaps for reach in found.reaches):
        return "Some days have no figures at all; the rest looks as if it was counted right."
    if not found.audited:
        whys = {reach.why_unknown for reach in found.reaches if reach.why_unknown}
        if whys == {"weekly"}:
            return "Your figures come by week, so nobody can see whether single days were lost."
        return "It is too early to tell whether everything is counted."
    return "Everything seems to be counted: no lost days are in sight."


def _more(desk: Desk, found: Tracking) -> str:
    if not found.recent:
        return (
            "Every figure is looked through for days that lie far below its own level and weekday, and that come back afterwards."
            if found.audited
            else ("Bring figures in day by day, and the audit looks for days that lie far below the usual.")
        )
    main = next((each for each in found.recent if each.fault.kind != "not_over"), found.recent[0])
    alike = [each for each in found.recent if each is not main and each.fault.first_day == main.fault.first_day and each.fault.kind != "not_over"]
    unlike = [each for each in found.recent if each is not main and each not in alike]
    said = []
    if main.fault.kind != "not_over":
        said.append(f"About {desk.words.amount(main.fault.missing_estimate, main.metric, about=True)} are missing.")
    if alike:
        names = desk.words.join([name_of(each.metric).lower() for each in alike])
        said.append(f"The same days are short in {names}.")
    elif found.audited > 1 and not any(_meets(each, main) for each in unlike):
        said.append(
            "The other figures of these days look as usual, so it may have been real."
            if main.fault.days > 1
            else ("The other figures of that day look as usual, so it may have been real.")
        )
    said += [_said(desk, found, each) for each in unlike[:2]]
    return " ".join(said)


def _meets(one: FaultShown, other: FaultShown) -> bool:
    return one.fault.first_day <= other.fault.last_day and other.fault.first_day <= one.fault.last_day


def _said(desk: Desk, found: Tracking, each: FaultShown) -> str:
    return say_lost_days([name_of(each.metric)], each.fault, desk.words, today=desk.day, known_until=found.known_until)


def _fault(desk: Desk, each: FaultShown, number: int) -> ShownFault:
    fault = each.fault
    lost = LostDays(
        metric=each.metric,
        days=each.days,
        counted=each.daily,
        lost=frozenset(days_between(fault.first_day, fault.last_day)),
        usual=each.usual,
        recorded_share=fault.recorded_share,
        name=f"lost-{number}",
    )
    missing = f"About {desk.words.amount(fault.missing_estimate, each.metric, about=True)} missing"
    return ShownFault(
        chart=lost_days_chart(lost, desk.words),
        sentence=fault.sentence,
        missing=f"{missing}, if it is a fault" if fault.kind == "not_over" else missing,
        link=rows_link(desk, "outcomes", metric=each.metric, first=fault.first_day, last=fault.last_day),
    )


def _reach(desk: Desk, found: Tracking, each: Reach) -> ReachRow:
    faults = [shown for shown in found.recent if shown.metric == each.name]
    return ReachRow(
        name=name_of_reach(each),
        link=rows_link(desk, each.table, metric=each.name) if each.name else rows_link(desk, each.table),
        days=f"{desk.words.day(each.first_day)} to {desk.words.day(each.last_day)}",
        gaps=_gaps(desk, each),
        has_gaps=bool(each.gaps),
        fresh="up to yesterday" if each.days_short == 0 else f"{how_many(each.days_short, 'day')} behind",
        is_late=each.days_short > 0,
        lost=_lost(desk, each, faults),
        is_lost=bool(faults),
        brought=f"{each.source}, by {each.by}" if each.source else "",
    )


def _lost(desk: Desk, each: Reach, faults: list[FaultShown]) -> str:
    if faults:
        newest = days_in_words(faults[0].fault.first_day, faults[0].fault.last_day, desk.words, today=desk.day)
        return newest if len(faults) == 1 else f"{newest} and {len(faults) - 1} earlier"
    if not each.name:
        return "not looked for: money comes from bills"
    return _WHY[each.why_unknown] if each.why_unknown else "none"


def _gaps(desk: Desk, each: Reach) -> str:
    if not each.gaps:
        return "none"
    shown = [days_in_words(first, last, desk.words, today=desk.day) for first, last in each.gaps[-MOST_GAPS:]]
    more = f" and {len(each.gaps) - MOST_GAPS} earlier" if len(each.gaps) > MOST_GAPS else ""
    return ", ".join(shown) + more


def _reaches_title(desk: Desk, found: Tracking) -> str:
    late = sum(reach.days_short > 0 for reach in found.reaches)
    gaps = sum(bool(reach.gaps) for reach in found.reaches)
    if not late and not gaps:
        return "Every figure reaches up to yesterday, without a gap"
    said = [f"{how_many(late, 'figure')} {'is' if late == 1 else 'are'} behind"] if late else []
    said += [f"{how_many(gaps, 'figure')} {'has' if gaps == 1 else 'have'} gaps"] if gaps else []
    return " and ".join(said)


def _moving(desk: Desk, found: Tracking) -> str:
    if desk.is_rehearsal:
        return "In a rehearsal figures are final at once. In life, ad accounts and analytics correct the last 48 hours: do not judge yesterday."
    if not found.moving:
        return "No figure of the last 48 hours is in; what is here has settled."
    span = days_in_words(found.moving[0], found.moving[-1], desk.words, today=desk.day)
    return f"Figures of {span} still move: ad accounts and analytics correct the last 48 hours. Import them again the day after; the later import counts."
