"""Reviews, the corrections drafted from them, and lessons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from quarterdeck.kernel.identity import content_hash
from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.asked_once import asked_once
from quarterdeck.ledger.models import Correction, Lesson, ReviewRecord, Workspace


@asked_once
def newest_review(workspace: Workspace) -> ReviewRecord | None:
    """The review of the latest day, of any quarter."""
    return ReviewRecord.objects.filter(workspace=workspace).order_by("-as_of", "-pk").first()


def record_review(workspace: Workspace, *, quarter: date, as_of: date, body: bytes, now: datetime) -> tuple[ReviewRecord, bool]:
    """The review, and whether it is new; `body` is its canonical JSON."""
    named = content_hash(body)
    try:
        with transaction.atomic():
            return ReviewRecord.objects.create(workspace=workspace, quarter=quarter, as_of=as_of, body=body.decode(), hash=named, made_at=now), True
    except IntegrityError:
        return ReviewRecord.objects.get(workspace=workspace, hash=named), False


def propose_correction(
    review: ReviewRecord, *, key: str, title: str, changes: Mapping[str, Any], expected: Mapping[str, Any] | None, evidence: str
) -> tuple[Correction, bool]:
    """The correction of that key, and whether this call drafted it."""
    try:
        with transaction.atomic():
            return Correction.objects.create(
                review=review,
                key=key,
                title=title,
                changes=dict(changes),
                expected=dict(expected) if expected is not None else None,
                evidence=evidence,
            ), True
    except IntegrityError:
        return Correction.objects.get(review=review, key=key), False


def decide_correction(correction: Correction, decision: str, *, by: str, reason: str, now: datetime) -> bool:
    """Whether this call decided it (`accepted` or `refused`); False when it was decided before. Raises Refused for a no without a reason."""
    if decision not in (Correction.State.ACCEPTED, Correction.State.REFUSED):
        raise ValueError(f"a correction is accepted or refused, not {decision}")
    if decision == Correction.State.REFUSED and not reason.strip():
        raise Refused("A no needs a reason, so that the same idea is not drafted again.", fix="Say why in a sentence.", code="LEDGER-040")
    return Correction.objects.filter(pk=correction.pk).update(decision=decision, decided_by=by, decided_at=now, reason=reason) == 1


def add_lesson(workspace: Workspace, text: str, *, by: str, now: datetime, correction: Correction | None = None) -> Lesson:
    """The lesson as written."""
    return Lesson.objects.create(workspace=workspace, text=text, correction=correction, by=by, made_at=now)


def lessons_of(workspace: Workspace) -> tuple[Lesson, ...]:
    """Every lesson, newest first."""
    return tuple(Lesson.objects.filter(workspace=workspace).order_by("-made_at", "-pk"))
