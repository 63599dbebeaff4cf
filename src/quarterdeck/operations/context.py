"""Context: the workspace that an operation works in, who asks, and the time; every operation begins here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.audit import record_audit
from quarterdeck.ledger.gateway.revisions import Holder
from quarterdeck.ledger.gateway.roles import require_role
from quarterdeck.ledger.gateway.workspaces import find_workspace
from quarterdeck.ledger.models import Draft, Member, Workspace
from quarterdeck.operations.site import Site


@dataclass(frozen=True)
class Context:
    """One person at work in one workspace at one time."""

    site: Site
    workspace: Workspace
    member: Member
    now: datetime
    draft: Draft | None = None
    """The draft that the person works in; None for the strategy that counts."""

    @property
    def holder(self) -> Holder:
        """Whose revisions are read and saved."""
        return self.draft or self.workspace

    @property
    def lake_dir(self) -> Path:
        """Where this company's facts are."""
        return self.site.lake_of(self.workspace.slug)

    @property
    def today(self) -> date:
        """The day in the company's own time zone."""
        return self.local(self.now).date()

    @property
    def draft_at_work(self) -> Draft:
        """The draft that the person works in, for what is done to drafts alone."""
        if self.draft is None:
            raise ValueError("this is for a context that is in a draft")
        return self.draft

    def local(self, instant: datetime) -> datetime:
        """The same instant by the clocks of the company."""
        return instant.astimezone(ZoneInfo(self.workspace.timezone))

    def require(self, operation: str) -> None:
        """Nothing, when this person's role may do `operation`. Raises Refused."""
        require_role(self.workspace, self.member.person, operation)

    def audit(self, verb: str, what: str, **details: object) -> None:
        """One line in the audit log."""
        record_audit(self.workspace, who=self.member.person, verb=verb, what=what, now=self.now, details=details)


def open_context(site: Site, workspace: str | None, member: str | None, *, now: datetime) -> Context:
    """The workspace named (or the only one) with the person named (or its first owner). Raises Refused with what there is to choose from."""
    found = _find_workspace(workspace)
    return Context(site, found, _find_member(found, member), now)


def _find_workspace(slug: str | None) -> Workspace:
    everything = list(Workspace.objects.order_by("slug"))
    if not everything:
        raise Refused("This site holds no company yet.", fix='Add one with `quarterdeck init <folder> --name "Your company"`.', code="SITE-011")
    if slug is None and len(everything) == 1:
        return everything[0]
    if slug is not None:
        return find_workspace(slug)
    names = ", ".join(workspace.slug for workspace in everything)
    raise Refused(f"Several companies live in this site: {names}.", fix="Name one with --workspace.", code="SITE-012")


def _find_member(workspace: Workspace, person: str | None) -> Member:
    members = workspace.members.order_by("id")
    found = members.filter(person=person).first() if person else members.filter(role=Member.Role.OWNER).first()
    if found is None:
        names = ", ".join(member.person for member in members) or "nobody yet"
        raise Refused(
            f"{person or 'An owner'} is not a member of {workspace.name}; its members: {names}.", fix="Name one with --as.", code="ROLE-002"
        )
    return found


def rehearsal_as_of(last_day: date | None, today: date, *, is_rehearsal: bool) -> date | None:
    """The last complete day that facts may be used up to: a rehearsal lives in its own time, everybody else in yesterday at the latest."""
    if last_day is None:
        return None
    return last_day if is_rehearsal else min(last_day, today - timedelta(days=1))
