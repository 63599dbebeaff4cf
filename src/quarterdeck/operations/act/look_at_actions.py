"""look_at_inbox, look_at_action: everything that wants to leave, the plan that waits to be put in force, and what was decided lately."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min

from quarterdeck.act.actions import draft_actions
from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.plans import current_plan
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.gateway.roles import OPERATIONS
from quarterdeck.ledger.models import Action, Approval, Member, Plan
from quarterdeck.operations.act.approve import stale_because
from quarterdeck.operations.act.choose_actions import Clashes, Places, WaitingAction, plans_in_force, refused_refs, waiting_actions
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.look_at_conflicts import left_collisions
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.quarter.open_desk import day_of_company
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.strategy.document import Strategy

LATELY = 4


@dataclass(frozen=True)
class PlanDraft:
    """The newest plan, when it is not in force: what it would propose, which plan it would replace, and why it is stale (nothing: it is not)."""

    number: int
    plan: QuarterPlan
    plan_id: str
    replaces: int | None
    stale: tuple[str, ...]
    things: int
    money: Decimal


@dataclass(frozen=True)
class Decision:
    """What somebody decided in one go about `count` actions. `first` and `last` name its rows; `stands` counts those not taken back or overtaken."""

    by: str
    decision: str
    reason: str
    made_at: datetime
    count: int
    first: int
    last: int
    stands: int
    title: str
    """Of the first of them."""


@dataclass(frozen=True)
class Inbox:
    """What wants to leave. No strategy, no plan and nothing waiting are ordinary states."""

    strategy: Strategy | None
    plans: tuple[QuarterPlan, ...]
    draft: PlanDraft | None
    waiting: tuple[WaitingAction, ...]
    asked: tuple[tuple[WaitingAction, Decision | None], ...]
    """Sent back for changes, each with what was asked."""
    decided: tuple[Decision, ...]
    next_due: tuple[str, date] | None
    """Title and day of the next approved task or item."""
    deciders: tuple[str, ...]
    """Who may decide."""


@dataclass(frozen=True)
class Told:
    """A receipt or an attempt of an action, as it stands in the ledger."""

    what: str
    by: str
    at: datetime
    note: str
    link: str | None


@dataclass(frozen=True)
class ActionLook:
    """One action, whatever its state, with everything that was said, tried and done about it."""

    action: WaitingAction
    state: str
    wants: Mapping[str, Any]
    changed_at: datetime
    decisions: tuple[Decision, ...]
    attempts: tuple[Told, ...]
    receipts: tuple[Told, ...]
    strategy: Strategy
    plans: tuple[QuarterPlan, ...]


def look_at_inbox(context: Context) -> Inbox:
    """What waits for a decision, in the order it falls due."""
    context.require("see")
    revision = latest_revision(context.workspace)
    if revision is None:
        return Inbox(None, (), None, (), (), (), None, _deciders(context))
    strategy = strategy_of(revision)
    asked = waiting_actions(context, strategy, state="changes_requested")
    return Inbox(
        strategy=strategy,
        plans=plans_in_force(context),
        draft=_draft(context, strategy, revision.hash),
        waiting=waiting_actions(context, strategy),
        asked=tuple((action, _newest_decision(context, action.key)) for action in asked),
        decided=_decided(context),
        next_due=_next_due(context),
        deciders=_deciders(context),
    )


def wants_of(context: Context, keys: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """What each of these actions wants, by key: the words, person or channel that a yes is about."""
    return dict(Action.objects.filter(workspace=context.workspace, key__in=list(keys)).values_list("key", "wants"))


def look_at_action(context: Context, key: str) -> ActionLook:
    """The action of that key. Raises Refused when there is none."""
    context.require("see")
    revision = latest_revision(context.workspace)
    action = Action.objects.filter(workspace=context.workspace, key=key).first()
    if action is None or revision is None:
        raise Refused(f"There is no action “{key[:80]}”.", fix="Go back to what waits.", code="ACT-012")
    strategy, plans = strategy_of(revision), plans_in_force(context)
    places = Places(strategy)
    channel, campaign = places.of(action.kind, action.ref, action.serves)
    met = Clashes(plans, refused_refs(context) - {action.ref}, set(left_collisions(context))).of(action.kind, action.ref, campaign, action.due_on)
    seen = WaitingAction(
        action.key,
        action.kind,
        action.ref,
        action.title,
        action.due_on,
        action.cost,
        action.content,
        channel,
        campaign,
        places.serves(action.serves, channel),
        met,
    )
    return ActionLook(
        action=seen,
        state=action.state,
        wants=action.wants,
        changed_at=action.changed_at,
        decisions=tuple(_one(row) for row in action.approvals.select_related("action").order_by("pk")),
        attempts=tuple(
            Told(row.outcome or "no end recorded", row.by, row.started_at, row.detail or "", None) for row in action.attempts.order_by("number")
        ),
        receipts=tuple(Told(row.how, row.by, row.at, row.note, row.link) for row in action.receipts.order_by("pk")),
        strategy=strategy,
        plans=plans,
    )


def _draft(context: Context, strategy: Strategy, revision: str) -> PlanDraft | None:
    record: Plan | None = context.workspace.plans.order_by("-made_at", "-pk").first()
    if record is None:
        return None
    in_force = current_plan(context.workspace, record.quarter)
    if in_force is not None and in_force.pk == record.pk:
        return None
    plan = plan_of(record)
    things, money = remembered("would_propose", (record.plan_id, revision), lambda: _would_propose(plan, strategy))
    return PlanDraft(record.number, plan, record.plan_id, in_force.number if in_force else None, tuple(stale_because(context, plan)), things, money)


def _would_propose(plan: QuarterPlan, strategy: Strategy) -> tuple[int, Decimal]:
    drafts = draft_actions(plan, strategy)
    return len(drafts), sum((draft.cost for draft in drafts), start=Decimal(0))


def _decided(context: Context) -> tuple[Decision, ...]:
    """The latest decisions, newest first; what was decided in one go is one."""
    rows = (
        Approval.objects.filter(action__workspace=context.workspace)
        .values("by", "decision", "reason", "made_at")
        .annotate(count=Count("pk"), first=Min("pk"), last=Max("pk"))
        .order_by("-last")[:LATELY]
    )
    return tuple(_together(context, row) for row in rows)


def _next_due(context: Context) -> tuple[str, date] | None:
    allowed = Action.objects.filter(workspace=context.workspace, state="approved", due_on__gte=day_of_company(context))
    found: tuple[str, date] | None = allowed.exclude(kind="budget_line").order_by("due_on", "key").values_list("title", "due_on").first()
    return found


def _deciders(context: Context) -> tuple[str, ...]:
    members = Member.objects.filter(workspace=context.workspace, role__in=OPERATIONS["approve_action"])
    return tuple(members.order_by("pk").values_list("person", flat=True))


def _together(context: Context, row: Mapping[str, Any]) -> Decision:
    mine = Approval.objects.filter(action__workspace=context.workspace, pk__range=(row["first"], row["last"]), by=row["by"], made_at=row["made_at"])
    state = {"approve": "approved", "changes": "changes_requested", "refuse": "refused"}.get(row["decision"])
    stands = mine.filter(decision=row["decision"], action__state=state).count() if state else 0
    first = mine.select_related("action").order_by("pk").first()
    return Decision(**row, stands=stands, title=first.action.title if first else "")


def _newest_decision(context: Context, key: str) -> Decision | None:
    row = Approval.objects.filter(action__workspace=context.workspace, action__key=key).select_related("action").order_by("-pk").first()
    return None if row is None else _one(row)


def _one(row: Approval) -> Decision:
    return Decision(row.by, row.decision, row.reason, row.made_at, 1, row.pk, row.pk, 1, row.action.title)
