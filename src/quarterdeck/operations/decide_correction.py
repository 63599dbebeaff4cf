"""decide_correction: a correction accepted becomes the next revision of the strategy; refused, it becomes a lesson."""

from __future__ import annotations

from django.db import transaction

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway import reviews
from quarterdeck.ledger.models import Correction
from quarterdeck.operations.context import Context
from quarterdeck.operations.save_strategy import current_strategy, save_strategy
from quarterdeck.operations.told import Told
from quarterdeck.strategy.diff import diff_strategies
from quarterdeck.strategy.patch import apply_changes

ALL = "all"


def decide_correction(context: Context, key: str, *, accept: bool, reason: str) -> Told:
    """What was decided, and what it changed, in sentences. `all` decides every correction of the latest review that is still open."""
    context.require("decide_correction")
    sentences: list[str] = []
    decided: list[str] = []
    for correction in _open_corrections(context, key):
        sentences += _accept(context, correction, reason) if accept else _refuse(context, correction, reason)
        decided.append(correction.key)
    return Told(
        sentences or ["The latest review has no correction that waits for a decision."],
        {"decided": decided, "accepted": accept, "revision": current_strategy(context).revision.number},
    )


def _open_corrections(context: Context, key: str) -> list[Correction]:
    review = context.workspace.reviews.order_by("-as_of", "-pk").first()
    if review is None:
        raise Refused("There is no review yet.", fix="Make one with `quarterdeck review`.", code="REVIEW-003")
    found = [correction for correction in review.corrections.order_by("pk") if key in (ALL, correction.key)]
    waiting = [correction for correction in found if correction.decision is None]
    if waiting or key == ALL:
        return waiting
    if found:
        raise Refused(
            f"“{found[0].title}” was {found[0].state} before, by {found[0].decided_by}.", fix="Review again for new corrections.", code="REVIEW-004"
        )
    names = ", ".join(review.corrections.values_list("key", flat=True)) or "none"
    raise Refused(f"The latest review has no correction “{key}”.", fix=f"Its corrections: {names}.", code="REVIEW-005")


def _accept(context: Context, correction: Correction, reason: str) -> list[str]:
    """All of it or nothing: the decision and the revision are one transaction."""
    current = current_strategy(context)
    changed = apply_changes(current.strategy, correction.changes)
    with transaction.atomic():
        if not reviews.decide_correction(correction, Correction.State.ACCEPTED, by=context.member.person, reason=reason, now=context.now):
            raise Refused(f"Somebody decided “{correction.title}” meanwhile.", fix="Look at it with `quarterdeck status`.", code="REVIEW-004")
        revision = save_strategy(context, changed, note=f"Correction accepted: {correction.title}", parent=current.revision.hash)
        if reason:
            reviews.add_lesson(
                context.workspace, f"{correction.title} Accepted: {reason}", by=context.member.person, now=context.now, correction=correction
            )
        context.audit("decide_correction", correction.key, decision="accepted", reason=reason)
    changes = [change.sentence for change in diff_strategies(current.strategy, changed)]
    return [f"Accepted: {correction.title} It is revision {revision.number} of the strategy.", *changes]


def _refuse(context: Context, correction: Correction, reason: str) -> list[str]:
    with transaction.atomic():
        if not reviews.decide_correction(correction, Correction.State.REFUSED, by=context.member.person, reason=reason, now=context.now):
            raise Refused(f"Somebody decided “{correction.title}” meanwhile.", fix="Look at it with `quarterdeck status`.", code="REVIEW-004")
        reviews.add_lesson(
            context.workspace, f"{correction.title} Refused: {reason}", by=context.member.person, now=context.now, correction=correction
        )
        context.audit("decide_correction", correction.key, decision="refused", reason=reason)
    return [f"Refused: {correction.title} The reason is kept: {reason}"]
