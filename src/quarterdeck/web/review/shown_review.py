"""The page of a review in words: the finding, what can be changed, verdicts, weeks, objectives, and earlier reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from quarterdeck.operations.look_at_review import EarlierReview, NotYet, ReviewLook
from quarterdeck.operations.open_desk import Desk
from quarterdeck.plan.quarter_plan import ObjectiveOutlook, QuarterPlan
from quarterdeck.report.say_review import say_forecast_quality
from quarterdeck.report.say_review_page import Headline, Way, number_word, say_beside, say_headline, say_verdicts, say_ways
from quarterdeck.report.words import Words, how_many
from quarterdeck.review.record import ChannelVerdict, Review, ReviewWeek
from quarterdeck.strategy.document import Strategy
from quarterdeck.web.review.shown_correction import ShownCorrection

_VERDICTS = {"keep": ("keep", "good"), "change": ("change", "warn"), "stop": ("stop", "bad"), "too_early": ("too early", "")}


@dataclass(frozen=True)
class ShownWay:
    """A line of what can and cannot be changed, with the way on."""

    subject: str
    text: str
    href: str
    label: str


@dataclass(frozen=True)
class ShownVerdict:
    """One row of the verdicts."""

    name: str
    kind: str
    href: str
    spent: str
    rule: str
    rule_changed: bool
    fact: str
    doubt: str
    each: str
    chance: float | None
    chance_text: str
    word: str
    look: str


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
    quarter: str
    plan_is_stale: bool


def show_review(look: ReviewLook, review: Review, strategy: Strategy, desk: Desk, corrections: tuple[ShownCorrection, ...]) -> ShownReview:
    """The review in words."""
    words = desk.words
    waiting = sum(each.is_open for each in corrections)
    title, verdicts = show_verdicts(review, strategy, desk, look.rules_changed)
    return ShownReview(
        headline=say_headline(review, words),
        beside=" ".join(say_beside(review, words)),
        evidence=f"Your own figures, {words.day(review.weeks[0].week)} to {words.day(review.as_of)}" if review.weeks else "No week was counted",
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
        quarter=_quarter(look.plan, words),
        plan_is_stale=look.plan_is_stale,
    )


def show_ways(review: Review, desk: Desk, corrections: tuple[ShownCorrection, ...]) -> tuple[ShownWay, ...]:
    """What can and cannot be changed, each with the way on."""
    return tuple(_way(way, desk, corrections) for way in say_ways(review, desk.words))


def show_verdicts(review: Review, strategy: Strategy, desk: Desk, changed: frozenset[str]) -> tuple[str, tuple[ShownVerdict, ...]]:
    """The verdicts in a sentence, and as rows; `changed` are channels whose rule was moved after the plan."""
    return say_verdicts(review.channels, desk.words), tuple(_verdict(each, review, strategy, desk, changed) for each in review.channels)


def show_outlook(outlook: ObjectiveOutlook, words: Words) -> ShownOutlook:
    """An objective from here; what is not known says why."""
    chance = outlook.chance
    look = "idle" if chance is None else "good" if chance >= 0.65 else "warn" if chance >= 0.35 else "bad"
    is_over = outlook.expected is not None and outlook.expected.low == outlook.expected.high
    return ShownOutlook(
        name=words.with_unit(outlook.target, outlook.metric),
        target=words.amount(outlook.target, outlook.metric),
        so_far="not counted" if outlook.so_far is None else words.amount(outlook.so_far, outlook.metric),
        expected="" if outlook.expected is None else words.amount(outlook.expected.expected, outlook.metric, about=not is_over),
        span="" if outlook.expected is None or is_over else words.span(outlook.expected, outlook.metric),
        chance=None if is_over else chance,
        chance_text=("reached" if (chance or 0) >= 0.5 else "missed") if is_over else words.chance(chance),
        look=look,
        sentence=(outlook.why_unknown or "").rstrip("."),
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


def say_not_yet(not_yet: NotYet, words: Words) -> tuple[str, str]:
    """Why there is no review, as a headline and what to do."""
    if not_yet.why == "no_curves":
        return _without_curves(not_yet, words)
    return {
        "no_plan": ("There is nothing to review yet: no plan says what should happen.", "Make a plan, put it in force, and let a week pass."),
        "not_approved": (
            "There is nothing to review yet: the plan waits for a yes.",
            "A plan that is not in force promised nothing. Put it in force, and let a week pass.",
        ),
        "not_begun": (
            "The plan is in force. After its first whole week you can ask why it went otherwise.",
            "One week says little; after four, channels are judged by the rules that were fixed beforehand.",
        ),
        "ready": (
            "A week or more has passed. Ask why it went otherwise than planned.",
            "The review holds the plan against what was counted, splits the gap into its causes, and drafts what should change.",
        ),
    }[not_yet.why]


def _without_curves(not_yet: NotYet, words: Words) -> tuple[str, str]:
    """REVIEW-002, said with what can be said: counted against the target."""
    if not_yet.metric is None or not not_yet.weeks:
        return "The gap cannot be split into causes: this plan was made without curves that can be trusted.", "No week of it has been counted yet."
    said = f"In {how_many(not_yet.weeks, 'week')} {words.with_unit(not_yet.counted or 0, not_yet.metric)} were counted"
    wanted = (
        f"; the target is {words.amount(not_yet.target, not_yet.metric)} by {words.day(not_yet.due_on)}" if not_yet.target and not_yet.due_on else ""
    )
    why = (
        "Why it is so cannot be said: this plan was made without curves that can be trusted, so nobody promised what each week should bring. "
        "Learn from more facts, or overrule the check with a reason, before you plan the next time."
    )
    return f"{said}{wanted}.", why


def _way(way: Way, desk: Desk, corrections: tuple[ShownCorrection, ...]) -> ShownWay:
    root = f"/w/{desk.slug}/review/causes/"
    answer = next((each for each in corrections if way.code and each.because_href == f"{root}{way.code}/"), None)
    if answer is not None:
        return ShownWay(way.subject, way.text, f"#correction-{answer.id}", f"Correction {answer.number}")
    if way.code is None:
        return ShownWay(way.subject, way.text, root, "All causes")
    return ShownWay(way.subject, way.text, f"{root}{way.code}/", "See its rows")


def _verdict(verdict: ChannelVerdict, review: Review, strategy: Strategy, desk: Desk, changed: frozenset[str]) -> ShownVerdict:
    words = desk.words
    word, look = _VERDICTS[verdict.verdict]
    kind = next((channel.kind for channel in strategy.channels if channel.id == verdict.channel), "other")
    brought = verdict.brought
    each = (
        f"{words.money(float(verdict.spent) / brought.expected)} each"
        if brought.expected >= 0.5 and verdict.spent > 0
        else "nothing spent"
        if not verdict.spent
        else ""
    )
    return ShownVerdict(
        name=words.name(verdict.channel),
        kind=str(kind or "other"),
        href=f"/w/{desk.slug}/results/channels/{verdict.channel}/",
        spent=f"{words.money(verdict.spent)} of {words.money(verdict.planned_spend)} planned",
        rule=verdict.rule or "No rule was fixed beforehand, so it is not judged. Add one under step 7.",
        rule_changed=verdict.channel in changed,
        fact=words.with_unit(brought.expected, review.metric, about=True),
        doubt=words.span(brought, review.metric),
        each=each,
        chance=verdict.chance_rule_met,
        chance_text="" if verdict.chance_rule_met is None else words.chance(verdict.chance_rule_met),
        word=word,
        look=look,
    )


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


def _quarter(plan: QuarterPlan | None, words: Words) -> str:
    return "" if plan is None else words.quarter(plan.period)
