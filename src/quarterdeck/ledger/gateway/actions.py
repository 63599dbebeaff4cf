"""Actions: proposed once under a unique key, edited, claimed. Every change is one conditional update on the version that the caller saw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from quarterdeck.act.states import STATES, State, can_move
from quarterdeck.ledger.models import Action, Plan, Workspace


def propose_action(
    workspace: Workspace,
    *,
    key: str,
    kind: str,
    ref: str,
    title: str,
    wants: Mapping[str, Any],
    content: str,
    due_on: date,
    now: datetime,
    plan: Plan | None = None,
    serves: str | None = None,
    cost: Decimal = Decimal(0),
    due_at: datetime | None = None,
) -> tuple[Action, bool]:
    """The action of that key, and whether this call made it; one that is there already is returned as it is.

    `content` is the hash of everything that an approver says yes to.
    """
    try:
        with transaction.atomic():
            return Action.objects.create(
                workspace=workspace,
                key=key,
                kind=Action.Kind(kind),
                ref=ref,
                title=title,
                wants=dict(wants),
                content=content,
                due_on=due_on,
                due_at=due_at,
                plan=plan,
                serves=serves,
                cost=cost,
                made_at=now,
                changed_at=now,
            ), True
    except IntegrityError:
        return Action.objects.get(workspace=workspace, key=key), False


def claim_action(action_id: int, from_state: State, to_state: State, version: int, *, now: datetime) -> bool:
    """Whether this call moved the action: False when anybody changed it since `version` was read.

    Raises ValueError for a move that does not exist.
    """
    if not can_move(from_state, to_state):
        raise ValueError(f"an action cannot go from {from_state} to {to_state}")
    changed = Action.objects.filter(pk=action_id, state=from_state, version=version).update(state=to_state, version=F("version") + 1, changed_at=now)
    return changed == 1


def edit_action(action_id: int, version: int, *, content: str, now: datetime, **changes: Any) -> bool:
    """Whether this call changed it. An edited action is proposed again: what was approved is no longer what it wants.

    `changes` may set title, wants, due_on, due_at, cost, serves and plan. Nothing that is being done, was done or is unknown can be edited.
    Raises ValueError for another field.
    """
    fixed = sorted(set(changes) - {"title", "wants", "due_on", "due_at", "cost", "serves", "plan"})
    if fixed:
        raise ValueError(f"an edit cannot change {', '.join(fixed)}")
    editable = ["proposed", *(state for state in STATES if can_move(state, "proposed"))]
    changed = Action.objects.filter(pk=action_id, version=version, state__in=editable).update(
        **changes, content=content, state="proposed", version=F("version") + 1, changed_at=now
    )
    return changed == 1


def due_actions(workspace: Workspace, *, today: date, now: datetime) -> tuple[Action, ...]:
    """Approved actions whose day (and instant, where there is one) has come, in the order they fell due. `today` is the company's own date."""
    is_time = Q(due_at__isnull=True, due_on__lte=today) | Q(due_at__lte=now)
    return tuple(Action.objects.filter(is_time, workspace=workspace, state="approved").order_by("due_on", "due_at", "key"))
