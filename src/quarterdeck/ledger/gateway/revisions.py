"""Saving the strategy, or a draft of it: each save is a revision made from another one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

from django.db import IntegrityError, transaction

from quarterdeck.kernel.identity import content_hash, render_canonical
from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.asked_once import asked_once
from quarterdeck.ledger.models import Draft, DraftRevision, Revision, Workspace

Holder: TypeAlias = Workspace | Draft
"""Whose revisions: those of the company's strategy, or of a draft."""
AnyRevision: TypeAlias = Revision | DraftRevision
Document: TypeAlias = Mapping[str, Any] | bytes
"""A document as plain data, or as canonical JSON, of whoever has rendered it already."""
Figures: TypeAlias = Mapping[str, Any]
"""What is kept with a revision about how complete its steps were."""
LARGE = ("document", "text")
"""What is read from the ledger only when somebody asks for it: most pages know the document already by the hash of the revision."""


class StaleRevision(Refused):
    """Somebody saved meanwhile. `latest` is theirs, `yours` the document that was not saved, `parent` what both were made from."""

    code = "LEDGER-030"

    def __init__(self, latest: AnyRevision | None, yours: Mapping[str, Any], parent: AnyRevision | None) -> None:
        self.latest, self.yours, self.parent = latest, yours, parent
        theirs = f"{latest.author} saved revision {latest.number} meanwhile" if latest else "this strategy has no revision yet"
        super().__init__(
            f"Your change was made from another version: {theirs}.", fix="Look at both, then save again on top of the latest.", code=self.code
        )


@asked_once
def latest_revision(workspace: Workspace) -> Revision | None:
    """The newest revision of the strategy, or None when nothing was saved yet."""
    return Revision.objects.filter(workspace=workspace).order_by("-number").defer(*LARGE).first()


@asked_once
def newest_of(holder: Holder) -> AnyRevision | None:
    """The newest revision of the strategy or of the draft."""
    found: AnyRevision | None = holder.revisions.order_by("-number").defer(*LARGE).first()
    return found


def append_revision(
    holder: Holder, document: Document, text: str, *, author: str, note: str, parent_hash: str | None, now: datetime, maturity: Figures | None = None
) -> AnyRevision:
    """The new revision; the latest one when it says exactly this already.

    `parent_hash` is the hash of the revision that was edited, None for the first. Raises StaleRevision when that is not the latest.
    `maturity` is how complete the document is (see `gateway.maturity`); without it that is worked out when somebody looks.
    """
    latest = newest_of(holder)
    if (latest.hash if latest else None) != parent_hash:
        raise _stale(holder, latest, document, parent_hash)
    canonical = _canonical(document)
    if latest is not None and latest.hash == content_hash(canonical) and latest.text == text:
        return latest
    try:
        return insert_revision(holder, canonical, text, author=author, note=note, parent=latest, now=now, maturity=maturity)
    except IntegrityError:
        raise _stale(holder, newest_of(holder), document, parent_hash) from None


def insert_revision(
    holder: Holder,
    document: Document,
    text: str,
    *,
    author: str,
    note: str,
    parent: AnyRevision | None,
    now: datetime,
    maturity: Figures | None = None,
) -> AnyRevision:
    """The revision that follows `parent`. Raises IntegrityError when another one follows it already."""
    canonical = _canonical(document)
    with transaction.atomic():
        saved: AnyRevision = holder.revisions.create(
            number=parent.number + 1 if parent else 1,
            document=json.loads(canonical),
            text=text,
            hash=content_hash(canonical),
            parent=parent,
            author=author,
            note=note,
            made_at=now,
            maturity=maturity,
        )
    return saved


def _canonical(document: Document) -> bytes:
    return document if isinstance(document, bytes) else render_canonical(document)


def _stale(holder: Holder, latest: AnyRevision | None, document: Document, parent_hash: str | None) -> StaleRevision:
    parent = holder.revisions.filter(hash=parent_hash).order_by("-number").first() if parent_hash else None
    yours = json.loads(document) if isinstance(document, bytes) else document
    return StaleRevision(latest, yours, parent)
