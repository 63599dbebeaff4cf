"""find_base: the revision that a file was taken out of, in the strategy or draft that it comes back to."""

from __future__ import annotations

from quarterdeck.ledger.gateway.revisions import AnyRevision
from quarterdeck.ledger.models import DraftRevision
from quarterdeck.operations.context import Context

UNKNOWN = "The file does not say from which of these revisions it was taken out, so all that it says counts."


def find_base(context: Context, revision_hash: str) -> AnyRevision | None:
    """The revision of that hash; of a file that was taken out elsewhere the last one that both have in common. None where there is none."""
    if not revision_hash:
        return None
    own: AnyRevision | None = context.holder.revisions.filter(hash=revision_hash).order_by("-number").first()
    if own is not None:
        return own
    if context.draft is not None:
        live = context.workspace.revisions.filter(hash=revision_hash).order_by("-number").first()
        begun = context.draft.based_on
        return None if live is None else min(live, begun, key=lambda revision: int(revision.number))
    elsewhere = DraftRevision.objects.filter(hash=revision_hash, draft__workspace=context.workspace).select_related("draft__based_on").first()
    return None if elsewhere is None else elsewhere.draft.based_on
