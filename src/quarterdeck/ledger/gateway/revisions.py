"""Saving the strategy: each save is a revision made from another one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from quarterdeck.kernel.identity import content_hash, render_canonical
from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.models import Revision, Workspace


class StaleRevision(Refused):
    """Somebody saved meanwhile. `latest` is theirs, `yours` the document that was not saved, `parent` what both were made from."""

    code = "LEDGER-030"

    def __init__(self, latest: Revision | None, yours: Mapping[str, Any], parent: Revision | None) -> None:
        self.latest, self.yours, self.parent = latest, yours, parent
        theirs = f"{latest.author} saved revision {latest.number} meanwhile" if latest else "this strategy has no revision yet"
        super().__init__(
            f"Your change was made from another version: {theirs}.", fix="Look at both, then save again on top of the latest.", code=self.code
        )


def latest_revision(workspace: Workspace) -> Revision | None:
    """The newest revision, or None when nothing was saved yet."""
    return Revision.objects.filter(workspace=workspace).order_by("-number").first()


def append_revision(
    workspace: Workspace, document: Mapping[str, Any], text: str, *, author: str, note: str, parent_hash: str | None, now: datetime
) -> Revision:
    """The new revision; the latest one when it says exactly this already.

    `parent_hash` is the hash of the revision that was edited, None for the first. Raises StaleRevision when that is not the latest.
    """
    latest = latest_revision(workspace)
    if (latest.hash if latest else None) != parent_hash:
        raise _stale(workspace, latest, document, parent_hash)
    if latest is not None and (latest.hash, latest.text) == (content_hash(document), text):
        return latest
    try:
        return insert_revision(workspace, document, text, author=author, note=note, parent=latest, now=now)
    except IntegrityError:
        raise _stale(workspace, latest_revision(workspace), document, parent_hash) from None


def insert_revision(
    workspace: Workspace, document: Mapping[str, Any], text: str, *, author: str, note: str, parent: Revision | None, now: datetime
) -> Revision:
    """The revision that follows `parent`. Raises IntegrityError when another one follows it already."""
    canonical = render_canonical(document)
    with transaction.atomic():
        return Revision.objects.create(
            workspace=workspace,
            number=parent.number + 1 if parent else 1,
            document=json.loads(canonical),
            text=text,
            hash=content_hash(canonical),
            parent=parent,
            author=author,
            note=note,
            made_at=now,
        )


def _stale(workspace: Workspace, latest: Revision | None, document: Mapping[str, Any], parent_hash: str | None) -> StaleRevision:
    parent = Revision.objects.filter(workspace=workspace, hash=parent_hash).order_by("-number").first() if parent_hash else None
    return StaleRevision(latest, document, parent)
