"""read_feed, open_feed: what a calendar program gets, and the secret address by which it may ask without a session."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.models import Account, AuditEntry, Workspace
from quarterdeck.ledger.models.workspace import Member
from quarterdeck.operations.plan.look_at_calendar import CalendarItem, look_at_calendar
from quarterdeck.operations.quarter.open_desk import Desk, open_desk
from quarterdeck.operations.site import Site
from quarterdeck.strategy.parts.means import Campaign

RENEWED = "renew_calendar_address"
_PURPOSE = "calendar"


@dataclass(frozen=True, eq=False)
class FeedNow:
    """Everything that goes out, with the names that it takes to say so."""

    slug: str
    company: str
    changed_at: datetime
    """When the strategy was saved last."""
    items: tuple[CalendarItem, ...]
    campaigns: tuple[Campaign, ...]
    channels: Mapping[str, str]
    audiences: Mapping[str, str]


def read_feed(desk: Desk) -> FeedNow:
    """From the quarter before the desk's to the end of the next one; nothing without a strategy."""
    first, last = desk.quarter.previous().first_day, desk.quarter.next().last_day
    revision = latest_revision(desk.context.workspace)
    found = look_at_calendar(desk, first, last)
    strategy = found.now.strategy
    return FeedNow(
        slug=desk.slug,
        company=desk.context.workspace.name,
        changed_at=revision.made_at if revision else desk.context.now,
        items=found.items,
        campaigns=found.campaigns,
        channels={each.id: each.name or each.id for each in strategy.channels},
        audiences={each.id: each.who for each in strategy.audiences},
    )


def feed_address(desk: Desk) -> tuple[int, str]:
    """The two parts of this person's secret address."""
    desk.context.require("see")
    member = desk.context.member
    return member.pk, _token(desk.context.site, desk.context.workspace, member)


def renew_feed(desk: Desk) -> None:
    """From now on another address; the old one is worth nothing."""
    desk.context.require("see")
    desk.context.audit(RENEWED, f"member {desk.context.member.pk}")


def open_feed(site: Site, slug: str, member_id: int, token: str, *, now: datetime) -> Desk | None:
    """The desk of the member whose address it is; None when it is nobody's, an old one, or of somebody who has left or may not sign in."""
    member = Member.objects.select_related("workspace").filter(pk=member_id, workspace__slug=slug).first()
    if member is None or not hmac.compare_digest(_token(site, member.workspace, member), token):
        return None
    if Account.objects.filter(person=member.person, is_active=False).exists():
        return None
    return open_desk(site, slug, member.person, now=now)


def _token(site: Site, workspace: Workspace, member: Member) -> str:
    """Signed by the site's key; the person's name is in it, so that a row used again for somebody else opens nothing."""
    renewed = AuditEntry.objects.filter(workspace=workspace, verb=RENEWED, what=f"member {member.pk}").count()
    text = f"{workspace.pk}/{member.pk}/{member.person}/{renewed}"
    return hmac.new(site.derive_key(_PURPOSE), text.encode(), hashlib.sha256).hexdigest()[:40]
