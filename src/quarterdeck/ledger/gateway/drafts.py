"""Drafts of the strategy: begun from a revision, saved beside it, planned to be compared, and closed once."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.revisions import LARGE, Figures, insert_revision
from quarterdeck.ledger.gateway.workspaces import lock_workspace
from quarterdeck.ledger.models import Draft, DraftPlan, DraftReopening, DraftRevision, Revision, Workspace
from quarterdeck.plan.quarter_plan import QuarterPlan, render_plan


def find_draft(workspace: Workspace, slug: str) -> Draft | None:
    """The draft of that short name, open or closed, or None."""
    return _whole(Draft.objects.filter(workspace=workspace, slug=slug)).first()


def drafts_of(workspace: Workspace) -> list[Draft]:
    """Every draft, the newest first."""
    return list(_whole(Draft.objects.filter(workspace=workspace)).order_by("-made_at", "-pk"))


def newest_of_drafts(workspace: Workspace) -> dict[int, DraftRevision]:
    """By the draft's key: its newest revision; all of them asked for at once."""
    newest = DraftRevision.objects.filter(draft=OuterRef("draft")).order_by("-number").values("pk")[:1]
    found = DraftRevision.objects.filter(draft__workspace=workspace, pk=Subquery(newest)).defer(*LARGE)
    return {revision.draft_id: revision for revision in found}


def draft_adopted_as(revision: Revision) -> Draft | None:
    """The draft that stands as closed because it became this revision, or None."""
    is_adopted = Q(adopted_as=revision) | Q(reopenings__adopted_as=revision)
    known = Draft.objects.filter(is_adopted, workspace=revision.workspace_id).values("pk")
    found = _whole(Draft.objects.filter(pk__in=known))
    return next((draft for draft in found if draft.now.adopted_as_id == revision.pk), None)


def begin_draft(base: Revision, *, slug: str, name: str, why: str, by: str, now: datetime, maturity: Figures | None = None) -> Draft:
    """The draft, which says what `base` says. Raises Refused when there is one of that short name already."""
    with transaction.atomic():
        lock_workspace(base.workspace)
        if find_draft(base.workspace, slug) is not None:
            raise Refused(f"There is a draft “{name}” already.", fix="Give this one another name.", code="STRATEGY-910", state="Nothing was begun.")
        draft: Draft = Draft.objects.create(workspace=base.workspace, slug=slug, name=name, why=why, based_on=base, by=by, made_at=now)
        note = f"Begun from revision {base.number}"
        insert_revision(draft, base.document, base.text, author=by, note=note, parent=None, now=now, maturity=maturity)
    return draft


def close_draft(draft: Draft, *, by: str, adopted_as: Revision | None, now: datetime) -> bool:
    """Whether it was closed by this call; False when it was closed before."""
    values = {"closed_at": now, "closed_by": by} | ({"adopted_as": adopted_as} if adopted_as is not None else {})
    standing = draft.now
    return bool(type(standing).objects.filter(pk=standing.pk).update(**values))


def reopen_draft(draft: Draft, *, by: str, now: datetime) -> bool:
    """Whether it was opened again by this call; False when it is open, or somebody else opened it at the same moment."""
    if draft.is_open:
        return False
    number = 1 + max((each.number for each in draft.reopenings.all()), default=0)
    try:
        with transaction.atomic():
            DraftReopening.objects.create(draft=draft, number=number, by=by, made_at=now)
    except IntegrityError:
        return False
    return True


def save_draft_plan(draft: Draft, plan: QuarterPlan, *, by: str, now: datetime, is_of_strategy: bool = False) -> DraftPlan:
    """The saved plan; the newest one of its side when it is the same byte for byte."""
    newest = newest_draft_plan(draft, is_of_strategy=is_of_strategy)
    if newest is not None and newest.plan_id == plan.id:
        return newest
    saved: DraftPlan = DraftPlan.objects.create(
        draft=draft, quarter=plan.quarter, plan_id=plan.id, body=render_plan(plan).decode(), is_of_strategy=is_of_strategy, by=by, made_at=now
    )
    return saved


def newest_draft_plan(draft: Draft, *, is_of_strategy: bool = False) -> DraftPlan | None:
    """The plan of the draft that was made last, or, of the strategy, to be held beside it; None where there is none."""
    return DraftPlan.objects.filter(draft=draft, is_of_strategy=is_of_strategy).order_by("-made_at", "-pk").first()


def _whole(found: QuerySet[Draft]) -> QuerySet[Draft]:
    """With all that says how each stands, read at once; documents are read when somebody asks for them."""
    large = [f"{revision}__{name}" for revision in ("based_on", "adopted_as") for name in LARGE]
    reopenings = DraftReopening.objects.select_related("adopted_as").defer(*(f"adopted_as__{name}" for name in LARGE))
    return found.select_related("based_on", "adopted_as").defer(*large).prefetch_related(Prefetch("reopenings", reopenings))
