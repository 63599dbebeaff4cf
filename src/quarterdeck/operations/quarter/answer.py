"""answer_question: how the digital marketing is going, in three sentences, from what ledger and lake say at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from quarterdeck.ledger.gateway.plans import current_plan
from quarterdeck.ledger.gateway.reviews import newest_review
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.models import Action, Plan, ReviewRecord
from quarterdeck.operations.context import Context
from quarterdeck.operations.facts.weeks_known import WeeksKnown, weeks_known
from quarterdeck.operations.forecasts.outlook_today import outlooks_today
from quarterdeck.operations.plan.read_plan import plan_of, review_of
from quarterdeck.operations.quarter.open_desk import day_of_company
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.operations.told import Told
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.report.say_answer import Situation, Today, say_answer
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy


@dataclass(frozen=True)
class Standing:
    """The situation, and the rows of the ledger that it was read from."""

    situation: Situation
    known: WeeksKnown
    plan: Plan | None
    """The plan in force of the quarter that runs; where none is, the newest."""
    waiting_plan: Plan | None
    """The plan made last, when nobody has approved it yet."""
    review: ReviewRecord | None
    today: dict[str, Today]
    """By objective, how it stands since the plan's own weeks began to be counted."""


def answer_question(context: Context) -> Told:
    """The three sentences, and as facts what they rest on."""
    context.require("see")
    situation = situation_of(context)
    plan, review = situation.plan, situation.review
    return Told(
        say_answer(situation),
        {
            "company": context.workspace.name,
            "plan": plan.id if plan else None,
            "review": review.id if review else None,
            "as_of": (review.as_of if review else plan.provenance.as_of).isoformat() if plan else None,
            "waiting": situation.waiting,
            "questions": _questions(situation.strategy, day_of_company(context)),
        },
    )


def situation_of(context: Context) -> Situation:
    """Everything that the answer looks at."""
    return standing_of(context).situation


def _questions(strategy: Strategy | None, day: date) -> dict[str, int]:
    """How many questions of the strategy are open, and how many of them past their day, as the checks count them."""
    still = [question for question in strategy.questions if not question.answer] if strategy is not None else []
    return {"open": len(still), "overdue": sum(question.due_on is not None and question.due_on <= day for question in still)}


def standing_of(context: Context, *, only_forecasts: bool = False) -> Standing:
    """Everything that the answer looks at, with where it was read. For forecasts alone the strategy, what waits and what falls due are not read."""
    known = weeks_known(context)
    revision = None if only_forecasts else latest_revision(context.workspace)
    strategy = strategy_of(revision) if revision else None
    plan, waiting_plan = _plan_of_these_weeks(context, known), _plan_that_waits(context)
    shown = plan_of(plan) if plan else None
    review = newest_review(context.workspace)
    today = outlooks_today(context, shown, plan.plan_id, known) if shown and plan and plan.approved_at else {}
    actions = Action.objects.filter(workspace=context.workspace)
    situation = Situation(
        strategy=strategy,
        weeks_of_facts=known.weeks_of_outcomes,
        plan=shown,
        is_approved=bool(plan and plan.approved_at) and waiting_plan is None,
        today=_of_the_aim(shown, today),
        review=review_of(review) if review else None,
        waiting=actions.filter(state="proposed").count() if not only_forecasts else 0,
        next_due=_next_due(context, strategy),
        open_corrections=_open_corrections(review) if review and not only_forecasts else (),
    )
    return Standing(situation, known, plan, waiting_plan, review, today)


def _open_corrections(review: ReviewRecord) -> tuple[str, ...]:
    return tuple(review.corrections.filter(decision__isnull=True).order_by("pk").values_list("title", flat=True))


def _plan_of_these_weeks(context: Context, known: WeeksKnown) -> Plan | None:
    """The plan in force (or else the newest) of the quarter that runs; one of a later quarter, made early, speaks when no other does."""
    first_open_week = known.last_whole_week_end(context.today) + timedelta(days=1)
    plans = context.workspace.plans.order_by("-quarter", "-number")
    newest = plans.filter(quarter__lte=first_open_week).first() or plans.first()
    return None if newest is None else current_plan(context.workspace, newest.quarter) or newest


def _plan_that_waits(context: Context) -> Plan | None:
    """The plan that an approval would put in force: the one made last, unless it is or was in force."""
    made_last = context.workspace.plans.order_by("-made_at", "-pk").first()
    return made_last if made_last is not None and made_last.approved_at is None and made_last.superseded_at is None else None


def _of_the_aim(plan: QuarterPlan | None, today: dict[str, Today]) -> Today | None:
    """How the first objective of the plan's aim stands."""
    if plan is None:
        return None
    return next((stands for stands in today.values() if stands.outlook.metric == plan.budget.aim), None)


def _next_due(context: Context, strategy: Strategy | None) -> str | None:
    """The piece of work or content that falls due first from today on; where only money does, all of that day together."""
    if strategy is None:
        return None
    words, day = Words.of(strategy), day_of_company(context)
    due_on = {task.id: task.due_on for task in strategy.management.tasks}
    approved = Action.objects.filter(workspace=context.workspace, state="approved")
    tasks = [(due_on.get(task.ref) or task.due_on, task) for task in approved.filter(kind=Action.Kind.TASK).order_by("due_on", "key")]
    coming = approved.filter(due_on__gte=day).order_by("due_on", "key")
    item, line = coming.filter(kind=Action.Kind.ITEM).first(), coming.filter(kind=Action.Kind.BUDGET_LINE).first()
    pieces = [*((due, task) for due, task in tasks if due >= day), *([(item.due_on, item)] if item else [])]
    due, piece = min(pieces, key=lambda each: each[0], default=(day, None))
    if piece is not None and (line is None or due <= line.due_on):
        person = words.name(str(piece.wants.get("person") or "")) if piece.kind == Action.Kind.TASK else ""
        return f"“{piece.title}” on {words.day(due)}{f', by {person}' if person else ''}"
    if line is None:
        return None
    money = coming.filter(kind=Action.Kind.BUDGET_LINE, due_on=line.due_on).aggregate(money=Sum("cost"))["money"]
    return f"{words.money(money)} in the week of {words.day(line.due_on)}"
