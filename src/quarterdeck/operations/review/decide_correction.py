"""decide_correction: a correction accepted becomes the next revision of the strategy; refused, it becomes a lesson."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.ledger.gateway import reviews
from quarterdeck.ledger.gateway.revisions import append_revision
from quarterdeck.ledger.models import Correction, Revision
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.read_plan import review_of
from quarterdeck.operations.strategy.keep_maturity import maturity_row
from quarterdeck.operations.strategy.save_strategy import Current, canonical_of, current_strategy, hash_of
from quarterdeck.operations.told import Told
from quarterdeck.review.record import CorrectionDraft
from quarterdeck.strategy.changes.diff import diff_strategies
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.yaml.text import render_strategy

ALL = "all"


@dataclass(frozen=True)
class Decided:
    """A decision: its sentences, and the revision that it made of the strategy; None when it changed nothing there."""

    sentences: tuple[str, ...]
    revision: int | None


def decide_correction(context: Context, key: str, *, accept: bool, reason: str) -> Told:
    """What was decided, and what it changed, in sentences. `all` decides every correction of the latest review that is still open."""
    context.require("decide_correction")
    sentences: list[str] = []
    decided: list[str] = []
    with transaction.atomic():  # one that cannot be made leaves all of them undecided
        for correction in _open_corrections(context, key):
            sentences += _accept(context, correction, reason) if accept else _refuse(context, correction, reason)
            decided.append(correction.key)
    return Told(
        sentences or ["The latest review has no correction that waits for a decision."],
        {"decided": decided, "accepted": accept, "revision": current_strategy(context).revision.number},
    )


def decide_one(context: Context, correction_id: int, *, accept: bool, reason: str) -> Decided:
    """The decision about the correction that a person looked at. Raises Refused when it is not of the latest review, was decided before, or (a yes)
    was drafted from a strategy that has changed; a no needs a reason."""
    context.require("decide_correction")
    row = Correction.objects.select_related("review").filter(pk=correction_id, review__workspace=context.workspace).first()
    if row is None:
        raise Refused("There is no such correction here.", fix="Choose one of the latest review.", code="REVIEW-005")
    latest = context.workspace.reviews.order_by("-as_of", "-pk").first()
    if row.decision is not None:
        raise Refused(f"“{row.title}” was {row.state} before, by {row.decided_by}.", fix="Review again for new corrections.", code="REVIEW-004")
    if latest is None or latest.pk != row.review_id:
        raise Refused(
            f"A newer review was made since “{row.title}” was drafted.",
            fix="Open the latest review and decide its corrections.",
            code="REVIEW-008",
            state="Nothing was decided.",
        )
    before = current_strategy(context).revision.number
    sentences = _accept(context, row, reason) if accept else _refuse(context, row, reason)
    after = current_strategy(context).revision.number
    return Decided(tuple(sentences), after if after != before else None)


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
    _require_as_reviewed(correction, current.strategy)
    with transaction.atomic():
        if not reviews.decide_correction(correction, Correction.State.ACCEPTED, by=context.member.person, reason=reason, now=context.now):
            raise Refused(f"Somebody decided “{correction.title}” meanwhile.", fix="Look at it with `quarterdeck status`.", code="REVIEW-004")
        revision = _revise(context, current, changed, note=f"Correction accepted: {correction.title}")
        if reason:
            reviews.add_lesson(
                context.workspace, f"{correction.title} Accepted: {reason}", by=context.member.person, now=context.now, correction=correction
            )
        context.audit("decide_correction", correction.key, decision="accepted", reason=reason)
    changes = [change.sentence for change in diff_strategies(current.strategy, changed)]
    return [f"Accepted: {correction.title} It is revision {revision.number} of the strategy.", *changes]


def _require_as_reviewed(correction: Correction, strategy: Strategy) -> None:
    """Raises Refused when somebody changed what the correction would change: it was drafted from other figures than those that stand now."""
    draft = next((draft for draft in review_of(correction.review).corrections if draft.key == correction.key), None)
    changed = changed_since(draft, strategy) if draft else ()
    if changed:
        raise Refused(
            f"“{correction.title}” was drafted before {', '.join(changed)} changed.",
            fix="Review again for corrections of the strategy as it stands now.",
            code="REVIEW-006",
            state="Nothing was decided.",
        )


def changed_since(draft: CorrectionDraft, strategy: Strategy) -> tuple[str, ...]:
    """Places that say neither what they said when the correction was drafted nor what it proposes."""
    fields = {place: value for place, value in draft.before.items() if not place.endswith("]")}  # a whole member is new: nothing stood there
    return tuple(
        place
        for place, value in fields.items()
        if not strategy_says(strategy, {place: value}) and not strategy_says(strategy, {place: draft.changes[place]})
    )


def strategy_says(strategy: Strategy, values: Mapping[str, object]) -> bool:
    """Whether every place says its value already."""
    try:
        return apply_changes(strategy, values) == strategy
    except InvalidInput:  # the place is gone, or its old value no longer fits the rest
        return False


def _revise(context: Context, current: Current, changed: Strategy, *, note: str) -> Revision:
    """The next revision. Whoever may decide may have the decision written down: an approver need not be a planner too."""
    if hash_of(changed) == current.revision.hash:
        return current.revision
    revision = append_revision(
        context.workspace,
        canonical_of(changed),
        render_strategy(changed, previous_text=current.revision.text),
        author=context.member.person,
        note=note,
        parent_hash=current.revision.hash,
        now=context.now,
        maturity=maturity_row(changed),
    )
    context.audit("save_strategy", f"revision {revision.number}", note=note, hash=revision.hash)
    return revision


def _refuse(context: Context, correction: Correction, reason: str) -> list[str]:
    with transaction.atomic():
        if not reviews.decide_correction(correction, Correction.State.REFUSED, by=context.member.person, reason=reason, now=context.now):
            raise Refused(f"Somebody decided “{correction.title}” meanwhile.", fix="Look at it with `quarterdeck status`.", code="REVIEW-004")
        reviews.add_lesson(
            context.workspace, f"{correction.title} Refused: {reason}", by=context.member.person, now=context.now, correction=correction
        )
        context.audit("decide_correction", correction.key, decision="refused", reason=reason)
    return [f"Refused: {correction.title} The reason is kept: {reason}"]
