"""What the play page shows, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.operations.play.look_at_play import Play, PlayedWeek
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.report.say_review_page import number_word
from quarterdeck.report.words import Words

LAST_WEEK = 13
SAME = 0.005


@dataclass(frozen=True)
class ShownWeek:
    """One row: texts, and `look` for the state of the week."""

    number: int
    day: str
    planned: str
    span: str
    counted: str
    gap: str
    spent: str
    look: str


@dataclass(frozen=True)
class ShownPlay:
    """The page: headline, what to know, the weeks, and what the button will do."""

    headline: str
    more: str
    weeks: tuple[ShownWeek, ...]
    metric: str
    told: Sequence[str]
    can_pass: bool
    weeks_left: int
    warning: str | None
    """Why the next week would be wasted, if it would."""
    warning_href: str
    """Where that is put right."""
    next_number: int


def show_play(play: Play, desk: Desk) -> ShownPlay:
    """The quarter so far in words."""
    words, passed = desk.words, play.passed
    metric = METRICS[play.aim].name.lower() if play.aim in METRICS else "result"
    return ShownPlay(
        headline=_headline(play, words),
        more=_more(play, words, is_replay="replay" in (desk.context.workspace.rehearsal or {})),
        weeks=tuple(_week(week, play.aim or "", words) for week in play.weeks),
        metric=metric,
        told=play.last_told,
        can_pass=desk.may("rehearse") and len(passed) < LAST_WEEK,
        weeks_left=LAST_WEEK - len(passed),
        warning=_warning(play),
        warning_href=f"/w/{desk.slug}/{'do' if play.is_in_force else 'plan'}/",
        next_number=min(LAST_WEEK, len(passed) + 1),
    )


def _headline(play: Play, words: Words) -> str:
    if not play.is_in_force:
        return "The quarter has not begun: its plan waits for your yes."
    if not play.passed:
        return "The plan is in force. Let the first week pass."
    last = play.passed[-1]
    were = "was" if play.aim in METRICS and METRICS[play.aim].unit == "money" else "were"
    counted = f"{words.with_unit(last.counted or 0.0, play.aim or '')} {were} counted"
    said = f"Week {last.number} passed: {counted}" if last.number < LAST_WEEK else f"The quarter is over. In its last week {counted}"
    return f"{said}{_against(last, play.aim or '', words)}."


def _against(week: PlayedWeek, aim: str, words: Words) -> str:
    if week.planned is None or week.counted is None:
        return ""
    gap = week.counted - week.planned.expected
    if abs(gap) < SAME * abs(week.planned.expected):
        return ", as planned"
    fewer = "less" if aim in METRICS and METRICS[aim].unit == "money" else "fewer"
    return f", {words.amount(abs(gap), aim)} {'more' if gap > 0 else fewer} than planned"


def _more(play: Play, words: Words, *, is_replay: bool) -> str:
    counted = [week for week in play.passed if week.planned is not None]
    if not counted and is_replay:
        return "Each press of the button reads in a week of what really happened: its money was spent as it was, whatever the plan says."
    if not counted:
        return "Each press of the button is a week: money is spent, people work, the market answers, and nobody outside is touched."
    inside = sum(week.planned.low <= (week.counted or 0.0) <= week.planned.high for week in counted if week.planned)
    total, planned = sum(week.counted or 0.0 for week in counted), sum(week.planned.expected for week in counted if week.planned)
    spent = sum((week.spent for week in counted if week.spent is not None), start=Decimal(0))
    weeks = "one week" if len(counted) == 1 else f"{number_word(len(counted))} weeks"
    if len(counted) == 1:
        kept = f"The week lies {'inside' if inside else 'outside'}"
    else:
        kept = f"{number_word(inside).capitalize() if inside else 'None'} of these weeks {'lies' if inside < 2 else 'lie'} inside"
    return (
        f"In {weeks} {words.with_unit(total, play.aim or '')} against {words.amount(planned, play.aim or '')} planned; "
        f"{words.money(spent)} spent. {kept} the range that was promised for 8 cases of 10."
    )


def _warning(play: Play) -> str | None:
    if not play.is_in_force:
        return "No plan is in force: a week would pass without money or work."
    if len(play.passed) < LAST_WEEK and play.approved_ahead == 0:
        return "Nothing is approved for the coming week: it would pass without money."
    return None


def _week(week: PlayedWeek, aim: str, words: Words) -> ShownWeek:
    planned = "–" if week.planned is None else words.amount(week.planned.expected, aim, about=True)
    span = "" if week.planned is None else words.span(week.planned, aim)
    if week.counted is None:
        return ShownWeek(week.number, words.day(week.monday), planned, span, "", "", "", "ahead")
    gap = None if week.planned is None else week.counted - week.planned.expected
    inside = week.planned is None or week.planned.low <= week.counted <= week.planned.high
    return ShownWeek(
        number=week.number,
        day=words.day(week.monday),
        planned=planned,
        span=span,
        counted=words.amount(week.counted, aim),
        gap="" if gap is None else words.signed(gap, aim),
        spent="" if week.spent is None else words.money(week.spent),
        look="inside" if inside else "outside",
    )
