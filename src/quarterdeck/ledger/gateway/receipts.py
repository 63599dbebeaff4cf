"""Attempts and receipts: intent first, then the act, then proof, each written once."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from quarterdeck.ledger.gateway.actions import claim_action
from quarterdeck.ledger.gateway.approvals import approval_of
from quarterdeck.ledger.models import Action, Attempt, Receipt


def start_attempt(action: Action, *, by: str, now: datetime) -> Attempt | None:
    """The attempt of the one worker that may act now, recorded before it acts; None for every other worker.

    None too when the approval does not stand for what the action wants, or it was changed since it was read.
    """
    with transaction.atomic():
        if not claim_action(action.pk, "approved", "claimed", action.version, now=now):
            return None
        if approval_of(action) is None:
            transaction.set_rollback(True)
            return None
        last = action.attempts.aggregate(last=Max("number"))["last"] or 0
        return Attempt.objects.create(action=action, number=last + 1, by=by, started_at=now)


def end_attempt(attempt: Attempt, outcome: str, *, detail: str = "", now: datetime) -> bool:
    """Whether this call said how it ended: `done`, `failed` (it certainly did not happen) or `unknown`. The action goes the same way."""
    if outcome not in ("done", "failed", "unknown"):
        raise ValueError(f"an attempt ends as done, failed or unknown, not as {outcome}")
    with transaction.atomic():
        if Attempt.objects.filter(pk=attempt.pk).update(ended_at=now, outcome=outcome, detail=detail) != 1:
            return False
        action = Action.objects.get(pk=attempt.action_id)
        if not claim_action(action.pk, "claimed", outcome, action.version, now=now):
            transaction.set_rollback(True)
            return False
        return True


def open_attempts() -> tuple[Attempt, ...]:
    """Attempts that nobody has said the end of, oldest first: after a crash each of them may or may not have happened."""
    return tuple(Attempt.objects.filter(ended_at__isnull=True).select_related("action").order_by("started_at", "pk"))


def record_receipt(action: Action, *, key: str, how: str, by: str, now: datetime, link: str | None = None, note: str = "") -> tuple[Receipt, bool]:
    """The receipt under `key`, and whether this call wrote it; one that is there already is returned as it is."""
    try:
        with transaction.atomic():
            return Receipt.objects.create(action=action, key=key, how=Receipt.How(how), link=link, note=note, at=now, by=by), True
    except IntegrityError:
        return Receipt.objects.get(action=action, key=key), False
