"""read_ahead: what the first page of each company needs, read and remembered before somebody asks for it."""

from __future__ import annotations

from datetime import datetime

from quarterdeck.ledger.models import Member
from quarterdeck.operations.quarter.look_at_quarter import look_at_quarter
from quarterdeck.operations.quarter.open_desk import open_desk
from quarterdeck.operations.site import Site

MOST_COMPANIES = 5


def read_ahead(site: Site, *, now: datetime) -> None:
    """This quarter of the first few companies, as their owners see it. Nothing is changed."""
    for member in Member.objects.filter(role=Member.Role.OWNER).select_related("workspace").order_by("workspace_id", "id")[:MOST_COMPANIES]:
        desk = open_desk(site, member.workspace.slug, member.person, now=now)
        if desk is not None:
            look_at_quarter(desk)
