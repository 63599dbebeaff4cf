"""Links that show a paper outside the cockpit, and what was said there. A reply is counted and written in one step, so that many at once cannot slip through."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.revisions import LARGE
from quarterdeck.ledger.gateway.workspaces import lock_workspace
from quarterdeck.ledger.models import Share, ShareReply, Workspace

WINDOW = timedelta(hours=1)
MOST_AN_HOUR = 30
MOST_IN_ALL = 500
_UNSAID = "Nothing was kept."
_LARGE_OF_REVISION = tuple(f"revision__{name}" for name in LARGE)
_LARGE_OF_SHARE = ("share__body", "share__scope", *(f"share__{name}" for name in _LARGE_OF_REVISION))


def share_with_nonce(nonce: str) -> Share | None:
    """The share of that nonce, open or not, or None."""
    return Share.objects.select_related("workspace", "revision").defer(*_LARGE_OF_REVISION).filter(nonce=nonce).first()


def shares_of(workspace: Workspace) -> QuerySet[Share]:
    """Every share of the company, the newest first; what it shows is read when somebody asks for it."""
    return Share.objects.select_related("revision").defer("body", *_LARGE_OF_REVISION).filter(workspace=workspace).order_by("-made_at", "-pk")


def close_share(share: Share, *, by: str, now: datetime) -> bool:
    """Whether it was closed by this call; False when it was closed before."""
    return bool(Share.objects.filter(pk=share.pk).update(closed_at=now, closed_by=by))


def add_reply(share: Share, *, kind: ShareReply.Kind, name: str, about: str, text: str, now: datetime) -> tuple[ShareReply, bool]:
    """The reply, and whether it is new: the same words of the same person, or a second agreement, are kept once.

    Raises Refused when the link is closed or expired meanwhile, and when too much was said by it.
    """
    with transaction.atomic():
        lock_workspace(share.workspace)
        if not Share.objects.get(pk=share.pk).is_open(now):
            raise Refused("This link shows nothing any more.", fix="Ask whoever sent it to you for a new one.", code="STRATEGY-943", state=_UNSAID)
        said = ShareReply.objects.filter(share=share)
        again = said.filter(kind=kind, name=name, about=about, text=text).first()
        if again is not None:
            return again, False
        _require_room(said, now)
        return ShareReply.objects.create(share=share, kind=kind, name=name, about=about, text=text, made_at=now), True


def settle_reply(reply: ShareReply, *, by: str, now: datetime) -> bool:
    """Whether it was settled by this call; False when it was settled before."""
    return bool(ShareReply.objects.filter(pk=reply.pk).update(settled_at=now, settled_by=by))


def replies_of(workspace: Workspace) -> QuerySet[ShareReply]:
    """Everything that was said by links of the company, in the order said."""
    found = ShareReply.objects.select_related("share", "share__revision").defer(*_LARGE_OF_SHARE)
    return found.filter(share__workspace=workspace).order_by("made_at", "pk")


def _require_room(said: QuerySet[ShareReply], now: datetime) -> None:
    if said.filter(made_at__gt=now - WINDOW).count() >= MOST_AN_HOUR:
        raise Refused("Much was said here within an hour.", fix="Try again in an hour.", code="STRATEGY-944", state=_UNSAID)
    if said.count() >= MOST_IN_ALL:
        raise Refused("This link is full.", fix="Ask whoever sent it to you for a new one.", code="STRATEGY-944", state=_UNSAID)
