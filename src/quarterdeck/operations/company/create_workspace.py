"""create_workspace: a company in a site, with one owner."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.ledger.gateway.audit import record_audit
from quarterdeck.ledger.gateway.workspaces import add_workspace, set_role
from quarterdeck.ledger.models import Member, Workspace
from quarterdeck.ledger.models.appended import NAME_LENGTH


def create_workspace(
    *,
    name: str,
    currency: str,
    timezone: str,
    owner: str,
    now: datetime,
    kind: str = Workspace.Kind.OWN,
    rehearsal: dict[str, object] | None = None,
    slug: str | None = None,
) -> Workspace:
    """A workspace with one owner. Raises InvalidInput with everything wrong, Refused when the name is taken."""
    problems = []
    if not re.fullmatch(r"[A-Z]{3}", currency):
        problems.append(Problem("SITE-014", "currency", repr(currency), "three capital letters such as GBP", "Write the ISO 4217 code."))
    if timezone not in available_timezones():
        problems.append(Problem("SITE-015", "timezone", repr(timezone), "a zone such as Europe/London", "Write the name of a city's zone."))
    wanted = slug or slug_of(name)
    if not wanted or not is_company_name(name):
        problems.append(
            Problem(
                "SITE-016",
                "name",
                repr(name[:40]),
                f"a name of 1 to {NAME_LENGTH} letters with a letter from a to z or a digit in it",
                "Write the company's name.",
            )
        )
    if problems:
        raise InvalidInput(problems, state="No company was added.")
    with transaction.atomic():
        workspace = add_workspace(wanted, name=name, currency=currency, timezone=timezone, now=now, kind=kind, rehearsal=rehearsal)
        set_role(workspace, owner, Member.Role.OWNER, now=now)
        record_audit(workspace, who=owner, verb="create_workspace", what=name, now=now)
    return workspace


def is_company_name(name: str) -> bool:
    """Whether it is short enough, and can be read on a page, in a mail and in a calendar."""
    return 1 <= len(name.strip()) <= NAME_LENGTH and name.isprintable()


def slug_of(name: str) -> str:
    """`harbour-home-garden` for `Harbour Home & Garden`; empty when nothing in it can be written so."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
