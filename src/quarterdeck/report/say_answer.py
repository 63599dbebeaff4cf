"""“How is your digital marketing going?” in three sentences: how likely the target is, what explains it, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.plan.quarter_plan import ObjectiveOutlook, QuarterPlan
from quarterdeck.report.say_plan import say_outlook
from quarterdeck.report.say_review import say_gap, say_main_cause
from quarterdeck.report.words import Words, how_many
from quarterdeck.review.record import Review
from quarterdeck.strategy.document import Strategy


@dataclass(frozen=True)
class Today:
    """The aim on the last whole week: counted and planned since the plan's first week, and the outlook from there."""

    as_of: date
    weeks: int
    counted: float
    planned: float | None
    """None when the plan was made without curves."""
    outlook: ObjectiveOutlook


@dataclass(frozen=True)
class Situation:
    """What is known at the moment of asking; None and () where there is nothing yet."""

    strategy: Strategy | None
    weeks_of_facts: int
    plan: QuarterPlan | None
    is_approved: bool
    review: Review | None
    waiting: int
    """Actions that wait for approval."""
    next_due: str | None
    """Title of the approved action that falls due first."""
    open_corrections: Sequence[str] = ()
    today: Today | None = None
    """None when no week of the plan has been counted."""


def say_answer(now: Situation) -> tuple[str, str, str]:
    """Exactly three sentences, whatever state things are in."""
    if now.strategy is None:
        return (
            "Nobody can say yet: there is no strategy to hold the facts against.",
            "A strategy says what you want, for whom, and by when.",
            "Write one and save it, or start from a sample.",
        )
    words = Words.of(now.strategy)
    if now.plan is None:
        facts = f"There {'is' if now.weeks_of_facts == 1 else 'are'} {now.weeks_of_facts or 'no'} {'week' if now.weeks_of_facts == 1 else 'weeks'} of facts"
        return (
            f"There is a strategy with {how_many(len(now.strategy.objectives), 'objective')}, but no plan for the quarter yet.",
            f"{facts} to plan from.",
            "Import spend and outcomes next." if not now.weeks_of_facts else "Make the plan next.",
        )
    return (_how(now, words), _why(now, words), _next(now))


def main_outlook(now: Situation) -> ObjectiveOutlook | None:
    """The outlook that the first sentence says; None where it says another thing."""
    return None if now.strategy is None or now.plan is None else _main_outlook(now)


def _how(now: Situation, words: Words) -> str:
    outlook = _main_outlook(now)
    if outlook is None:
        return "The strategy has no objective, so nobody can say how it is going."
    return say_outlook(outlook, words)


def _main_outlook(now: Situation) -> ObjectiveOutlook | None:
    """From what is newest: today's facts, the review, the plan."""
    assert now.plan is not None
    if now.today is not None and not is_reviewed(now):
        return now.today.outlook
    outlooks = now.review.outlook if now.review is not None and knows_more(now.review, now.plan) else now.plan.outlook
    return outlooks[0] if outlooks else None


def knows_more(review: Review, plan: QuarterPlan) -> bool:
    """Whether the review speaks of the plan's quarter and of weeks that the plan did not know. One of the same weeks knows no more than a plan made
    after it, and looked ahead with the money of an earlier one."""
    return review.quarter == plan.quarter and (review.as_of > plan.provenance.as_of or review.plan == plan.id)


def is_reviewed(now: Situation) -> bool:
    """Whether the latest review knows everything that was counted since."""
    review = now.review
    return (
        review is not None and now.plan is not None and review.quarter == now.plan.quarter and (now.today is None or review.as_of >= now.today.as_of)
    )


def _why(now: Situation, words: Words) -> str:
    review = now.review
    assert now.plan is not None
    if _is_over(now) and not is_reviewed(now):
        return "Nobody has asked yet why it came so: the review of the whole quarter says it."
    if now.today is not None and not is_reviewed(now):
        why = "a review would say why" if now.today.planned is not None else "without curves nobody can say whether that is much"
        return f"{_say_today(now.today, now.plan.budget.aim, words)}; {why}."
    if review is None or not review.weeks or review.quarter != now.plan.quarter:
        if not now.plan.budget.channels:
            return "No channel has money yet."
        moved = max(now.plan.budget.channels, key=lambda channel: abs(channel.planned - (channel.last_quarter or 0)))
        before = "" if moved.last_quarter is None else f" after {words.money(moved.last_quarter)} last quarter"
        return f"No week of the plan has been reviewed yet; its largest move is {words.name(moved.channel)}: {words.money(moved.planned)}{before}."
    gap = say_gap(review, words).rstrip(".")
    return f"{gap}; the largest cause: {_as_clause(say_main_cause(review, words))}" if review.main_cause is not None else f"{gap}."


def _say_today(today: Today, metric: str, words: Words) -> str:
    span = f"In {today.weeks} {'week' if today.weeks == 1 else 'weeks'} to {words.day(today.as_of)}, {words.with_unit(today.counted, metric)} {_were(metric)} counted"
    if today.planned is None:
        return span
    if abs(today.counted - today.planned) < 0.005 * abs(today.planned):
        return f"{span}, as planned"
    is_money = metric in METRICS and METRICS[metric].unit == "money"
    side = "more" if today.counted > today.planned else "less" if is_money else "fewer"
    return f"{span}, {words.amount(abs(today.counted - today.planned), metric)} {side} than planned"


def _is_over(now: Situation) -> bool:
    return now.today is not None and now.plan is not None and now.today.as_of >= now.plan.period.last_day


def _next(now: Situation) -> str:
    if now.open_corrections:
        return f"Decide next: {now.open_corrections[0]}"
    if not now.is_approved:
        return "The plan waits for your approval."
    if now.today is not None and not is_reviewed(now) and now.today.planned is not None and (_is_over(now) or now.today.weeks >= 4):
        over = "Close the quarter next: all of its weeks are counted."
        return over if _is_over(now) else "Review the plan next: four weeks or more have passed without one."
    if now.waiting:
        return f"{now.waiting} {'thing waits' if now.waiting == 1 else 'things wait'} for your approval."
    return f"Next falls due: {now.next_due}." if now.next_due else "Nothing waits for you."


def _were(metric: str) -> str:
    known = METRICS.get(metric)
    return "was" if known is not None and known.unit == "money" else "were"


def _as_clause(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() and not sentence.startswith("I ") else sentence
