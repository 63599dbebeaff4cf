"""Drafts of the strategy: begun from a revision, saved beside it, planned to be compared, and closed once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.revisions import insert_revision
from quarterdeck.ledger.gateway.workspaces import lock_workspace
from quarterdeck.ledger.models import Draft, DraftPlan, Revision, Workspace
from quarterdeck.plan.quarter_plan import QuarterPlan, render_plan


def find_draft(workspace: Workspace, slug: str) -> Draft | None:
    """The draft of that short name, open or closed, or None."""
    return Draft.objects.select_related("based_on", "adopted_as").filter(workspace=workspace, slug=slug).first()


def begin_draft(base: Revision, *, slug: str, name: str, why: str, by: str, now: datetime) -> Draft:
    """The draft, which says what `base` says. Raises Refused when there is one of that short name already."""
    with transaction.atomic():
        lock_workspace(base.workspace)
        if find_draft(base.workspace, slug) is not None:
            raise Refused(f"There is a draft “{name}” already.", fix="Give this one another name.", code="STRATEGY-910", state="Nothing was begun.")
        draft: Draft = Draft.objects.create(workspace=base.workspace, slug=slug, name=name, why=why, based_on=base, by=by, made_at=now)
        insert_revision(draft, base.document, base.text, author=by, note=f"Begun from revision {base.number}", parent=None, now=now)
    return draft


def close_draft(draft: Draft, *, by: str, adopted_as: Revision | None, now: datetime) -> bool:
    """Whether it was closed by this call; False when it was closed before."""
    values = {"closed_at": now, "closed_by": by} | ({"adopted_as": adopted_as} if adopted_as is not None else {})
    return bool(Draft.objects.filter(pk=draft.pk).update(**values))


def save_draft_plan(draft: Draft, plan: QuarterPlan, *, by: str, now: datetime) -> DraftPlan:
    """The saved plan; the newest one when it is the same byte for byte."""
    newest = newest_draft_plan(draft)
    if newest is not None and newest.plan_id == plan.id:
        return newest
    saved: DraftPlan = DraftPlan.objects.create(
        draft=draft, quarter=plan.quarter, plan_id=plan.id, body=render_plan(plan).decode(), by=by, made_at=now
    )
    return saved


def newest_draft_plan(draft: Draft) -> DraftPlan | None:
    """The plan of the draft that was made last, or None."""
    return DraftPlan.objects.filter(draft=draft).order_by("-made_at", "-pk").first()
