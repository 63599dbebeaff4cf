"""add_company: a new workspace in a site, empty, from a sample, or restored from an export."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from pathlib import Path
from zoneinfo import available_timezones

from django.db import transaction

from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.ledger.gateway.audit import record_audit
from quarterdeck.ledger.gateway.workspaces import add_workspace, set_role
from quarterdeck.ledger.models import Member, Workspace
from quarterdeck.operations.site import Site
from quarterdeck.operations.told import Tell, Told


def add_company(site: Site, *, name: str | None, currency: str, timezone: str, sample: str | None, restore: Path | None, owner: str, now: datetime,
                tell: Tell) -> Told:
    """The new workspace in sentences. Nothing named makes the site alone. Raises InvalidInput or Refused, and then nothing was made."""
    if sample and restore:
        raise Refused("A company starts from a sample or from an export, not from both.", fix="Leave one of them out.", code="SITE-013")
    if restore is not None:
        from quarterdeck.operations.archive import restore_workspace

        return restore_workspace(site, restore, owner=owner, now=now)
    if sample is not None:
        from quarterdeck.operations.load_sample import load_sample

        return load_sample(site, sample, owner=owner, now=now, tell=tell)
    if name is None:
        return Told([f"The site is ready: {site.folder}.", 'Next: add your company with `quarterdeck init <folder> --name "Your company"`.'],
                    {"site": str(site.folder)})
    workspace = create_workspace(name=name, currency=currency, timezone=timezone, owner=owner, now=now)
    return Told([f"{workspace.name} is ready in {site.folder} (workspace {workspace.slug}); {owner} is its owner.",
                 "Next: write its strategy as YAML and save it with `quarterdeck strategy save strategy.yaml`, or look at a sample with "
                 "`quarterdeck init <folder> --sample harbour`."],
                {"site": str(site.folder), "workspace": workspace.slug, "owner": owner})


def create_workspace(*, name: str, currency: str, timezone: str, owner: str, now: datetime, kind: str = Workspace.Kind.OWN,
                     rehearsal: dict[str, object] | None = None, slug: str | None = None) -> Workspace:
    """A workspace with one owner. Raises InvalidInput with everything wrong, Refused when the name is taken."""
    problems = []
    if not re.fullmatch(r"[A-Z]{3}", currency):
        problems.append(Problem("SITE-014", "currency", repr(currency), "three capital letters such as GBP", "Write the ISO 4217 code."))
    if timezone not in available_timezones():
        problems.append(Problem("SITE-015", "timezone", repr(timezone), "a zone such as Europe/London", "Write the name of a city's zone."))
    wanted = slug or slug_of(name)
    if not wanted:
        problems.append(Problem("SITE-016", "name", repr(name), "a name with a letter or digit in it", "Write the company's name."))
    if problems:
        raise InvalidInput(problems, state="No company was added.")
    with transaction.atomic():
        workspace = add_workspace(wanted, name=name, currency=currency, timezone=timezone, now=now, kind=kind, rehearsal=rehearsal)
        set_role(workspace, owner, Member.Role.OWNER, now=now)
        record_audit(workspace, who=owner, verb="create_workspace", what=name, now=now)
    return workspace


def slug_of(name: str) -> str:
    """`harbour-home-garden` for `Harbour Home & Garden`; empty when nothing in it can be written so."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
