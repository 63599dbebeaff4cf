"""look_at_close, answer_rule, mark_read: the close of a quarter in four screens, taken up again where the ledger says it was left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.plans import work_log_of
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.models import AuditEntry, Lesson, Plan, ReviewRecord
from quarterdeck.operations.context import Context
from quarterdeck.operations.facts.weeks_known import WeeksKnown, weeks_known
from quarterdeck.operations.plan.read_plan import plan_of, review_of
from quarterdeck.operations.review.keep_lessons import keep_lesson
from quarterdeck.operations.review.look_at_review import CorrectionSeen, corrections_of, strategy_of_plan
from quarterdeck.operations.review.review_quarter import promise_of
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.review.promises import Promise, list_promises
from quarterdeck.review.record import Review
from quarterdeck.review.rules import RuleJudged, Total, judge_rules
from quarterdeck.strategy.document import Strategy

READ = "read_close"
NEXT_QUARTER = "next-quarter"
Stand = Literal["not_yet", "open", "done"]


@dataclass(frozen=True)
class RuleAnswered:
    """A rule as the facts judge it, and what a person said of it."""

    judged: RuleJudged
    answer: str | None

    @property
    def is_open(self) -> bool:
        """Whether only a person can say, and nobody has."""
        return self.judged.how == "words" and self.answer is None


@dataclass(frozen=True)
class Close:
    """A quarter on its way to be closed. `review` is the newest of that quarter; `is_reviewed` when it knows all thirteen weeks."""

    quarter: Quarter
    as_of: date
    strategy: Strategy
    plan: QuarterPlan
    review: Review | None
    review_hash: str | None
    is_latest_review: bool
    """Whether it is the company's newest review: only its corrections can be decided."""
    is_over: bool
    is_reviewed: bool
    promises: tuple[Promise, ...]
    rules: tuple[RuleAnswered, ...]
    corrections: tuple[CorrectionSeen, ...]
    carry_over: CorrectionSeen | None
    next_plan: Plan | None
    read: frozenset[int]

    @property
    def open_corrections(self) -> int:
        """Corrections of the third screen that wait."""
        return sum(each.state == "proposed" for each in self.corrections)

    @property
    def open_rules(self) -> int:
        """Rules of the third screen that only a person can answer."""
        return sum(each.is_open for each in self.rules)

    def stand(self, screen: int) -> Stand:
        """How far a screen (1 to 4) is."""
        if not self.is_reviewed:
            return "not_yet"
        done = {
            1: 1 in self.read,
            2: 2 in self.read,
            3: 3 in self.read and not self.open_corrections,
            4: self.next_plan is not None,
        }[screen]
        return "done" if done else "open"

    @property
    def first_open(self) -> int | None:
        """The screen to go on with; None when all four are done."""
        return next((screen for screen in (1, 2, 3, 4) if self.stand(screen) != "done"), None)


def look_at_close(context: Context) -> Close | None:
    """The quarter of the latest approved plan that has begun; None when there is none."""
    context.require("see")
    revision, known = latest_revision(context.workspace), weeks_known(context)
    as_of = known.last_whole_week_end(context.today)
    try:
        plan = plan_of(promise_of(context, None, as_of))
    except Refused:
        return None
    if revision is None:
        return None
    strategy, promised, quarter = strategy_of(revision), strategy_of_plan(context, plan) or strategy_of(revision), plan.period
    record = context.workspace.reviews.filter(quarter=quarter.first_day).order_by("-as_of", "-pk").first()
    review = review_of(record) if record else None
    corrections = corrections_of(context, record, revision) if record else ()
    return Close(
        quarter=quarter,
        as_of=as_of,
        strategy=strategy,
        plan=plan,
        review=review,
        review_hash=record.hash if record else None,
        is_latest_review=record is not None and record == context.workspace.reviews.order_by("-as_of", "-pk").first(),
        is_over=as_of >= quarter.last_day,
        is_reviewed=review is not None and review.as_of >= quarter.last_day,
        promises=_promises(context, plan, promised, review, as_of, known),
        rules=_rules(context, promised, quarter, review, as_of, known),
        corrections=tuple(each for each in corrections if each.draft.key != NEXT_QUARTER),
        carry_over=next((each for each in corrections if each.draft.key == NEXT_QUARTER), None),
        next_plan=context.workspace.plans.filter(quarter__gt=quarter.first_day).order_by("-quarter", "-number").first(),
        read=_read(context, quarter, record),
    )


def mark_read(context: Context, screen: int) -> None:
    """One line in the ledger: this person has gone through a screen of the close."""
    context.require("add_lesson")
    close = look_at_close(context)
    if close is None or not close.is_reviewed or close.review_hash is None:
        raise Refused(
            "The quarter cannot be closed yet.", fix="Review all its thirteen weeks first.", code="CLOSE-001", state="Nothing was recorded."
        )
    if screen == 3 and close.open_corrections:
        raise Refused(
            "A correction still waits for a decision.", fix="Accept it, or refuse it with a reason.", code="CLOSE-002", state="Nothing was recorded."
        )
    if screen not in close.read:
        context.audit(READ, _mark(close.quarter, screen), review=close.review_hash)


def answer_rule(context: Context, number: int, answer: str) -> str:
    """The lesson that keeps the answer to a rule of step 7. Raises Refused when there is no such rule or the answer says nothing."""
    context.require("add_lesson")
    close = look_at_close(context)
    found = next((each for each in close.rules if each.judged.number == number), None) if close else None
    if close is None or found is None:
        raise Refused("There is no such rule any more.", fix="Open step 7 of the strategy.", code="CLOSE-003", state="Nothing was kept.")
    if not answer.strip():
        raise Refused("An answer needs words.", fix="Say in a sentence what came of it, or that nobody found out.", code="CLOSE-004")
    return keep_lesson(context, f"{_prefix(close.quarter, found.judged.rule.question)}{answer.strip()}").text


def _promises(context: Context, plan: QuarterPlan, strategy: Strategy, review: Review | None, as_of: date, known: WeeksKnown) -> tuple[Promise, ...]:
    done = {line.ref: line.on for line in work_log_of(context.workspace) if line.kind == "task" and line.event == "done"}
    return list_promises(plan, strategy, review, as_of=as_of, total=_total(plan.period, known, as_of), done=done)


def _rules(context: Context, strategy: Strategy, quarter: Quarter, review: Review | None, as_of: date, known: WeeksKnown) -> tuple[RuleAnswered, ...]:
    judged = judge_rules(strategy.evaluation, quarter, as_of=as_of, review=review, total=_total(quarter, known, as_of))
    lessons = [lesson.text for lesson in Lesson.objects.filter(workspace=context.workspace, correction__isnull=True).order_by("-made_at", "-pk")]
    return tuple(RuleAnswered(each, _answer(lessons, _prefix(quarter, each.rule.question))) for each in judged)


def _total(quarter: Quarter, known: WeeksKnown, as_of: date) -> Total:
    def total(metric: str, day: date) -> tuple[float, date] | None:
        """What was counted in the quarter's whole weeks that ended by `day`, and their last day."""
        weeks = tuple(week for week in quarter.weeks if week + timedelta(days=6) <= min(day, as_of))
        counted = known.counted(metric, weeks) if weeks and metric in METRICS and METRICS[metric].adds_up else ()
        return (sum(counted), weeks[-1] + timedelta(days=6)) if weeks and len(counted) == len(weeks) else None

    return total


def _prefix(quarter: Quarter, question: str) -> str:
    """How the answer to a rule begins among the lessons; it names the quarter, as the same rule may stand in the next."""
    return f"{quarter.label}. “{' '.join(question.split())}” "


def _answer(lessons: list[str], prefix: str) -> str | None:
    return next((text.removeprefix(prefix) for text in lessons if text.startswith(prefix)), None)


def _mark(quarter: Quarter, screen: int) -> str:
    return f"{quarter.first_day.isoformat()} screen {screen}"


def _read(context: Context, quarter: Quarter, record: ReviewRecord | None) -> frozenset[int]:
    """Screens that somebody went through since the quarter's last review was made."""
    if record is None:
        return frozenset()
    entries = AuditEntry.objects.filter(workspace=context.workspace, verb=READ, what__startswith=quarter.first_day.isoformat())
    marks = {entry.what for entry in entries if entry.details.get("review") == record.hash}
    return frozenset(screen for screen in (1, 2, 3) if _mark(quarter, screen) in marks)
