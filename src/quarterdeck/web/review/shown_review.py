"""The page of a review in words: the finding, what can be changed, verdicts, weeks, objectives, and earlier reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.review.look_at_review import EarlierReview, ReviewLook
from quarterdeck.plan.quarter_plan import ObjectiveOutlook
from quarterdeck.report.charts.labels import short_day
from quarterdeck.report.say_review import say_forecast_quality
from quarterdeck.report.say_review_page import Headline, number_word, say_beside, say_headline
from quarterdeck.report.words import Words, how_many
from quarterdeck.review.record import Review, ReviewWeek
from quarterdeck.strategy.document import Strategy
from quarterdeck.web.review.shown_correction import ShownCorrection
from quarterdeck.web.review.shown_verdicts import ShownVerdict, ShownWay, show_verdicts, show_ways


@dataclass(frozen=True)
class ShownReviewWeek:
    """One row of the weeks."""

    number: int
    day: str
    planned: str
    span: str
    counted: str
    gap: str
    is_inside: bool | None
    recorded: str
    is_short: bool


@dataclass(frozen=True)
class ShownOutlook:
    """How an objective stands from here."""

    name: str
    target: str
    so_far: str
    expected: str
    span: str
    chance: float | None
    chance_text: str
    look: str
    sentence: str
    due: str


@dataclass(frozen=True)
class ShownEarlier:
    """A line of the list of reviews."""

    href: str
    day: str
    weeks: str
    gap: str
    open: str
    is_here: bool


@dataclass(frozen=True)
class ShownReview:
    """Everything of the page but the chart and the corrections."""

    headline: Headline
    beside: str
    evidence: str
    ways: tuple[ShownWay, ...]
    verdict_title: str
    verdicts: tuple[ShownVerdict, ...]
    weeks: tuple[ShownReviewWeek, ...]
    weeks_title: str
    quality: str
    outlook: tuple[ShownOutlook, ...]
    outlook_title: str
    behind: str
    open: int
    is_latest: bool
    plan_is_stale: bool
    is_over: bool
    """Whether it knows the whole quarter, which can then be closed."""


def show_review(look: ReviewLook, review: Review, strategy: Strategy, desk: Desk, corrections: tuple[ShownCorrection, ...]) -> ShownReview:
    """The review in words."""
    words = desk.words
    waiting = sum(each.is_open for each in corrections)
    title, verdicts = show_verdicts(review, strategy, desk, look.rules_changed)
    return ShownReview(
        headline=say_headline(review, words),
        beside=" ".join(say_beside(review, words)),
        evidence=f"Your own figures, {short_day(review.weeks[0].week, words)} to {words.day(review.as_of)}"
        if review.weeks
        else "No week was counted",
        ways=show_ways(review, desk, corrections),
        verdict_title=title,
        verdicts=verdicts,
        weeks=tuple(_week(week, number, review, words) for number, week in enumerate(review.weeks, 1)),
        weeks_title=_weeks_title(review),
        quality=say_forecast_quality(review, words),
        outlook=tuple(show_outlook(each, words) for each in review.outlook),
        outlook_title=_outlook_title(review, words),
        behind=_behind(look, words),
        open=waiting,
        is_latest=look.is_latest,
        plan_is_stale=look.plan_is_stale,
        is_over=look.is_latest and look.plan is not None and review.as_of >= look.plan.period.last_day,
    )


def show_outlook(outlook: ObjectiveOutlook, words: Words) -> ShownOutlook:
    """An objective from here; what is not known says why."""
    chance = outlook.chance
    look = "idle" if chance is None else "good" if chance >= 0.65 else "warn" if chance >= 0.35 else "bad"
    is_over = outlook.expected is not None and outlook.expected.low == outlook.expected.high
    return ShownOutlook(
        name=words.with_unit(outlook.target, outlook.metric),
        target=words.amount(outlook.target, outlook.metric),
        so_far="not counted" if outlook.so_far is None else f"{words.amount(outlook.so_far, outlook.metric)} {'counted' if is_over else 'so far'}",
        expected="" if outlook.expected is None else words.amount(outlook.expected.expected, outlook.metric, about=not is_over),
        span="" if outlook.expected is None or is_over else words.span(outlook.expected, outlook.metric),
        chance=None if is_over else chance,
        chance_text=("reached" if (chance or 0) >= 0.5 else "missed") if is_over else words.chance(chance),
        look=look,
        sentence=_capital((outlook.why_unknown or "").rstrip(".")),
        due=words.day(outlook.due_on),
    )


def show_earlier(earlier: tuple[EarlierReview, ...], desk: Desk, *, here: str | None) -> tuple[ShownEarlier, ...]:
    """The list of reviews, newest first."""
    words = desk.words
    return tuple(
        ShownEarlier(
            href=f"/w/{desk.slug}/review/{f'?review={each.hash}' if number else ''}",
            day=words.day(each.review.as_of),
            weeks=how_many(len(each.review.weeks), "week"),
            gap=f"{words.signed(each.review.gap, each.review.metric)} against plan ({words.amount(each.review.counted, each.review.metric)} counted)",
            open=f"{how_many(each.open, 'correction')} open" if each.open else "all decided",
            is_here=each.hash == here,
        )
        for number, each in enumerate(earlier)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _week(week: ReviewWeek, number: int, review: Review, words: Words) -> ShownReviewWeek:
    counted = week.counted
    inside = None if counted is None else week.as_spent.low <= counted <= week.as_spent.high
    return ShownReviewWeek(
        number=number,
        day=words.day(week.week),
        planned=words.amount(week.planned, review.metric),
        span=words.span(week.as_spent, review.metric),
        counted="" if counted is None else words.amount(counted, review.metric),
        gap="" if counted is None else words.signed(counted - week.planned, review.metric),
        is_inside=inside,
        recorded=f"{round(100 * week.recorded)} %",
        is_short=week.recorded < 0.995,
    )


def _weeks_title(review: Review) -> str:
    of, inside = len(review.weeks), review.weeks_covered
    if not of:
        return "No week has been counted"
    return f"{number_word(inside).capitalize()} of {number_word(of)} {'week' if of == 1 else 'weeks'} lay where the forecast said, knowing what was spent"


def _outlook_title(review: Review, words: Words) -> str:
    main = next((each for each in review.outlook if each.metric == review.metric), None)
    if main is None or main.chance is None or main.expected is None:
        return "Where it leads from here"
    if main.expected.low == main.expected.high:
        return f"The target was {'reached' if main.chance >= 0.5 else 'missed'}: {words.with_unit(main.expected.expected, main.metric)}"
    return (
        f"From here most likely {words.with_unit(main.expected.expected, main.metric, about=True)}; chance of the target {words.chance(main.chance)}"
    )


def _behind(look: ReviewLook, words: Words) -> str:
    if look.review is None or not look.is_latest or not look.is_behind:
        return ""
    if look.new_weeks:
        until = look.review.as_of + timedelta(weeks=look.new_weeks)
        return f"{how_many(look.new_weeks, 'more week')} passed since this review: facts now reach {words.day(until)}."
    return "Facts were added or taken back since this review was made."
