"""Saving and approving plans; the work log that they are made from."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from quarterdeck.ledger.gateway.asked_once import asked_once
from quarterdeck.ledger.gateway.audit import record_audit
from quarterdeck.ledger.gateway.workspaces import lock_workspace
from quarterdeck.ledger.models import Plan, WorkLogLine, Workspace
from quarterdeck.plan.quarter_plan import QuarterPlan, render_plan
from quarterdeck.plan.work_log import WorkLogEntry


def save_plan(workspace: Workspace, plan: QuarterPlan, *, by: str, now: datetime) -> Plan:
    """The saved plan; the newest one when it is the same byte for byte."""
    with transaction.atomic():
        lock_workspace(workspace)
        newest = latest_plan(workspace, plan.quarter)
        if newest is not None and newest.plan_id == plan.id:
            return newest
        last = Plan.objects.filter(workspace=workspace, quarter=plan.quarter).aggregate(last=Max("number"))["last"] or 0
        saved = Plan.objects.create(
            workspace=workspace,
            quarter=plan.quarter,
            number=last + 1,
            plan_id=plan.id,
            body=render_plan(plan).decode(),
            as_of=plan.provenance.as_of,
            made_at=now,
        )
        record_audit(workspace, who=by, verb="plan_quarter", what=str(saved), details={"plan": plan.id}, now=now)
        return saved


def plan_body(plan: Plan) -> bytes:
    """The canonical JSON, byte for byte as it was made: what `parse_plan` reads."""
    return str(plan.body).encode()


def latest_plan(workspace: Workspace, quarter: date) -> Plan | None:
    """The newest plan of the quarter, approved or not, or None."""
    return Plan.objects.filter(workspace=workspace, quarter=quarter).order_by("-number").first()


@asked_once
def current_plan(workspace: Workspace, quarter: date) -> Plan | None:
    """The plan of the quarter that is in force: approved and not superseded. None when there is none."""
    return Plan.objects.filter(workspace=workspace, quarter=quarter, approved_at__isnull=False, superseded_at__isnull=True).first()


def approve_plan(plan: Plan, *, by: str, now: datetime, replaces: Plan | None) -> bool:
    """Whether the plan is in force by this call. `replaces` is the plan in force that the approver saw (None: there was none).

    False when that is no longer the one in force, or this one was approved or superseded before; nothing is changed then.
    """
    try:
        with transaction.atomic():
            lock_workspace(plan.workspace)
            in_force = current_plan(plan.workspace, plan.quarter)
            if (in_force.pk if in_force else None) != (replaces.pk if replaces else None):
                return False
            if in_force is not None:
                Plan.objects.filter(pk=in_force.pk).update(superseded_at=now)
            if Plan.objects.filter(pk=plan.pk, superseded_at__isnull=True).update(approved_at=now, approved_by=by) != 1:
                transaction.set_rollback(True)
                return False
            record_audit(plan.workspace, who=by, verb="approve_plan", what=str(plan), details={"plan": plan.plan_id}, now=now)
            return True
    except IntegrityError:  # one plan in force: the constraint has the last word
        return False


def log_work(workspace: Workspace, entry: WorkLogEntry, *, recorded_by: str, now: datetime) -> WorkLogLine:
    """The line as written."""
    return WorkLogLine.objects.create(
        workspace=workspace,
        ref=entry.ref,
        kind=entry.kind,
        event=entry.event,
        on=entry.on,
        by=entry.by,
        hours=entry.hours,
        link=entry.link,
        recorded_by=recorded_by,
        made_at=now,
    )


def work_log_of(workspace: Workspace) -> tuple[WorkLogEntry, ...]:
    """Every line, in the order written."""
    lines = WorkLogLine.objects.filter(workspace=workspace).order_by("pk")
    return tuple(WorkLogEntry(line.ref, line.kind, line.event, line.on, line.by, line.hours, line.link) for line in lines)
