"""answer_question: how the digital marketing is going, in three sentences, from what ledger and lake say at this moment."""

from __future__ import annotations

from datetime import timedelta

from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.models import Action, Plan
from quarterdeck.operations.context import Context
from quarterdeck.operations.gather_inputs import last_whole_week_end
from quarterdeck.operations.outlook_today import outlook_today
from quarterdeck.operations.read_plan import plan_of, review_of
from quarterdeck.operations.save_strategy import strategy_of
from quarterdeck.operations.told import Told
from quarterdeck.report.say_answer import Situation, say_answer


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
        },
    )


def situation_of(context: Context) -> Situation:
    """Everything that the answer looks at."""
    revision = latest_revision(context.workspace)
    plan = _plan_of_these_weeks(context)
    review = context.workspace.reviews.order_by("-as_of", "-pk").first()
    actions = Action.objects.filter(workspace=context.workspace)
    shown = plan_of(plan) if plan else None
    due = actions.filter(state="approved").order_by("due_on", "key").first()
    return Situation(
        strategy=strategy_of(revision) if revision else None,
        weeks_of_facts=_weeks_of_facts(context),
        plan=shown,
        is_approved=bool(plan and plan.approved_at),
        today=outlook_today(context, shown) if shown and plan and plan.approved_at else None,
        review=review_of(review) if review else None,
        waiting=actions.filter(state="proposed").count(),
        next_due=(due.title if due.due_on.isoformat() in due.title else f"{due.title} ({due.due_on.isoformat()})") if due else None,
        open_corrections=tuple(review.corrections.filter(decision__isnull=True).order_by("pk").values_list("title", flat=True)) if review else (),
    )


def _plan_of_these_weeks(context: Context) -> Plan | None:
    """The newest plan of the quarter that runs; one of a later quarter, made early, speaks when no other does."""
    with open_snapshot(context.lake_dir, snapshot_of(context.workspace).loads) as lake:
        first_open_week = last_whole_week_end(lake, context.today) + timedelta(days=1)
    plans = context.workspace.plans.order_by("-quarter", "-number")
    return plans.filter(quarter__lte=first_open_week).first() or plans.first()


def _weeks_of_facts(context: Context) -> int:
    with open_snapshot(context.lake_dir, snapshot_of(context.workspace).loads) as lake:
        return int(lake.query("SELECT count(DISTINCT date_trunc('week', day)) AS weeks FROM outcomes")["weeks"][0])
