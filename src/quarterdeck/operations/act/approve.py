"""approve_actions, refuse_actions: the plan put in force, what it wants to do proposed, and a person's yes or no to each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from quarterdeck.act.actions import ActionDraft, draft_actions
from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.ledger.gateway.actions import claim_action, edit_action, propose_action
from quarterdeck.ledger.gateway.approvals import decide_actions
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.gateway.plans import approve_plan, current_plan
from quarterdeck.ledger.gateway.workspaces import lock_workspace
from quarterdeck.ledger.models import Action, Plan
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.plan_quarter import latest_plan_of
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.operations.told import Told, count
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.report.words import Words

EDITABLE = ("proposed", "changes_requested", "approved")


def approve_actions(context: Context, *, keys: Sequence[str] = (), everything: bool = False, kind: str | None = None) -> Told:
    """Yes to the actions named (or all that wait). The latest plan is put in force first, if it is not."""
    context.require("approve_action")
    if kind is not None and kind not in Action.Kind.values:
        raise Refused(f"There is no kind of action “{kind}”.", fix=f"Choose one of {', '.join(Action.Kind.values)}.", code="ACT-015")
    if not (keys or everything or kind):
        raise Refused("Nothing was named.", fix="Name keys, a --kind, or --all; `quarterdeck status` lists what waits.", code="ACT-010")
    with transaction.atomic():  # a key that nobody knows leaves everything as it was, the plan included
        return _approve(context, keys, everything=everything, kind=kind)


def _approve(context: Context, keys: Sequence[str], *, everything: bool, kind: str | None) -> Told:
    lock_workspace(context.workspace)  # no facts come in between the look at what is stale and the approval
    newly = put_in_force(context)
    waiting = Action.objects.filter(workspace=context.workspace, state="proposed").order_by("due_on", "key")
    chosen = [action for action in waiting if everything or action.kind == kind or action.key in set(keys)]
    _require_known(keys, {action.key for action in chosen}, context)
    made = decide_actions(chosen, "approve", by=context.member.person, reason="", now=context.now)
    approved = [approval.action for approval in made]
    context.audit("approve_action", f"{len(approved)} actions", keys=[action.key for action in approved][:500])
    words = Words.of(current_strategy(context).strategy)
    money = sum((action.cost for action in approved), start=Decimal(0))
    left = waiting.all().count()
    done = f"{count(len(approved), 'action')} approved, {words.money(money)} of money with them; {count(left, 'action')} still waiting."
    sentences = [*newly, done if approved or left else "Nothing waits for approval."]
    return Told(sentences, {"approved": [action.key for action in approved], "waiting": left})


def refuse_actions(context: Context, *, keys: Sequence[str], reason: str) -> Told:
    """No to the actions named, with the reason."""
    context.require("approve_action")
    chosen = list(Action.objects.filter(workspace=context.workspace, key__in=keys, state__in=("proposed", "approved")))
    _require_known(keys, {action.key for action in chosen}, context)
    made = decide_actions(chosen, "refuse", by=context.member.person, reason=reason, now=context.now)
    refused = [approval.action.key for approval in made]
    context.audit("refuse_action", f"{len(refused)} actions", keys=refused, reason=reason)
    return Told([f"{count(len(refused), 'action')} refused: {reason}"], {"refused": refused, "reason": reason})


def put_in_force(context: Context) -> list[str]:
    """The latest plan in force, its actions proposed; says so when that is new. Raises Refused when it is stale."""
    record = latest_plan_of(context, None)
    in_force = current_plan(context.workspace, record.quarter)
    if in_force is not None and in_force.pk == record.pk:
        return []
    context.require("approve_plan")
    plan = plan_of(record)
    _require_fresh(context, plan)
    if not approve_plan(record, by=context.member.person, now=context.now, replaces=in_force):
        raise Refused("Somebody approved another plan of this quarter meanwhile.", fix="Look at it with `quarterdeck plan --show`.", code="PLAN-903")
    proposed, cancelled = propose_all(context, plan, record)
    replaced = f", in place of plan {in_force.number}" if in_force else ""
    ended = f", {count(cancelled, 'earlier one')} no longer wanted" if cancelled else ""
    return [f"Plan {record.number} of {plan.period.label} is in force{replaced}: {count(proposed, 'action')} proposed{ended}."]


def propose_all(context: Context, plan: QuarterPlan, record: Plan) -> tuple[int, int]:
    """How many actions the plan newly wants (an edited one waits for approval again), and how many earlier ones it no longer wants."""
    drafts = draft_actions(plan, current_strategy(context).strategy)
    with transaction.atomic():
        proposed = sum(_propose(context, draft, record) for draft in drafts)
        mine = Action.objects.filter(workspace=context.workspace)
        wanted = [draft.key for draft in drafts]
        unwanted = mine.filter(state__in=EDITABLE, due_on__range=_days_decided(plan)).exclude(key__in=wanted) | _money_of_weeks_gone(mine, plan)
        cancelled = sum(claim_action(action.pk, action.state, "cancelled", action.version, now=context.now) for action in unwanted)
    return proposed, cancelled


def _money_of_weeks_gone(actions: QuerySet[Action], plan: QuarterPlan) -> QuerySet[Action]:
    """Lines of past weeks that nobody approved: the plan has placed their money in the weeks to come, and a late yes would count it twice."""
    first, last = plan.period.first_day, plan.first_open_week - timedelta(days=1)
    return actions.filter(kind="budget_line", state__in=("proposed", "changes_requested"), due_on__range=(first, last))


def _days_decided(plan: QuarterPlan) -> tuple[date, date]:
    """The first and last day that the plan decides about: a plan of the next quarter leaves what this one still has to do as it is."""
    return max(plan.first_open_week, plan.period.first_day), plan.period.last_day


def _propose(context: Context, draft: ActionDraft, record: Plan) -> bool:
    """Whether the draft waits for approval now: it is new, or differs from what was approved."""
    action, is_new = propose_action(
        context.workspace,
        key=draft.key,
        kind=draft.kind,
        ref=draft.ref,
        title=draft.title,
        wants=draft.wants,
        content=draft.content,
        due_on=draft.due_on,
        plan=record,
        serves=draft.serves,
        cost=draft.cost,
        now=context.now,
    )
    if is_new or (action.content == draft.content and action.state != "cancelled") or action.state in ("claimed", "done", "unknown"):
        return is_new
    return edit_action(
        action.pk,
        action.version,
        content=draft.content,
        now=context.now,
        title=draft.title,
        wants=draft.wants,
        due_on=draft.due_on,
        cost=draft.cost,
        serves=draft.serves,
        plan=record,
    )


def stale_because(context: Context, plan: QuarterPlan) -> list[str]:
    """What changed since the plan was made, such as "facts came in"; nothing for a fresh one."""
    return [
        what
        for what, before, now in (
            ("the strategy was changed", plan.provenance.strategy, current_strategy(context).revision.hash),
            ("facts came in", plan.provenance.facts, snapshot_of(context.workspace).hash),
        )
        if before != now
    ]


def _require_fresh(context: Context, plan: QuarterPlan) -> None:
    """A plan is approved for the strategy and the facts that it was made from."""
    stale = stale_because(context, plan)
    if stale:
        raise Refused(
            f"This plan is stale: {' and '.join(stale)} since it was made.",
            fix="Make it anew with `quarterdeck plan`, then approve that.",
            code="PLAN-902",
        )


def _require_known(keys: Iterable[str], found: set[str], context: Context) -> None:
    problems = []
    for key in sorted(set(keys) - found):
        action = Action.objects.filter(workspace=context.workspace, key=key).first()
        state = f"an action that is {action.state.replace('_', ' ')}" if action else "no such action"
        problems.append(Problem("ACT-011", key, state, "an action that waits", "`quarterdeck status` lists what waits."))
    if problems:
        raise InvalidInput(problems)
