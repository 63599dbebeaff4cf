"""Companies and the people in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.asked_once import asked_once
from quarterdeck.ledger.models import Member, Workspace

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NOT_FOLDERS = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


def add_workspace(
    slug: str, *, name: str, currency: str, timezone: str, now: datetime, kind: str = Workspace.Kind.OWN, rehearsal: Mapping[str, Any] | None = None
) -> Workspace:
    """The new company. Raises Refused when `slug` is taken, or is not lower-case letters, digits and hyphens (it names a folder)."""
    if not is_slug(slug):
        raise Refused(
            f"“{slug}” cannot name a company's folder.", fix="Use lower-case letters, digits and hyphens, such as north-bakery.", code="LEDGER-010"
        )
    try:
        with transaction.atomic():
            return Workspace.objects.create(
                slug=slug, name=name, currency=currency, timezone=timezone, kind=Workspace.Kind(kind), rehearsal=rehearsal, made_at=now
            )
    except IntegrityError as error:
        raise Refused(f"There is a company “{slug}” in this site already.", fix="Choose another short name.", code="LEDGER-011") from error


def is_slug(text: str) -> bool:
    """Whether it can name a company, in addresses and as a folder on any system."""
    return _SLUG.fullmatch(text) is not None and _NOT_FOLDERS.fullmatch(text) is None


def find_workspace(slug: str) -> Workspace:
    """The company of that short name. Raises Refused, naming those there are."""
    found = Workspace.objects.filter(slug=slug).first()
    if found is None:
        names = ", ".join(Workspace.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise Refused(f"There is no company “{slug}” in this site.", fix=f"Name one of: {names}.", code="LEDGER-012")
    return found


def set_role(workspace: Workspace, person: str, role: str, *, now: datetime) -> Member:
    """The member, who has this role from now on."""
    member, _ = Member.objects.update_or_create(
        workspace=workspace, person=person, defaults={"role": Member.Role(role)}, create_defaults={"role": Member.Role(role), "made_at": now}
    )
    return member


@asked_once
def role_of(workspace: Workspace, person: str) -> str | None:
    """The person's role, or None for a stranger."""
    return Member.objects.filter(workspace=workspace, person=person).values_list("role", flat=True).first()


def lock_workspace(workspace: Workspace) -> None:
    """Until the transaction ends nobody else gets past this for the same company. Raises TransactionManagementError outside a transaction.

    PostgreSQL locks the row; in SQLite every transaction that writes holds the one write lock from its start.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a lock lasts as long as a transaction; begin one first")
    Workspace.objects.select_for_update().get(pk=workspace.pk)
