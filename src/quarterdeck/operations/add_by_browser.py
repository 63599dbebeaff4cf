"""add_own_company, restore_uploaded, samples_to_add: what somebody who is signed in may add to the site."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.models import Member, Workspace
from quarterdeck.operations.archive import restore_workspace
from quarterdeck.operations.create_workspace import create_workspace
from quarterdeck.operations.load_sample import SAMPLES
from quarterdeck.operations.site import Site
from quarterdeck.operations.told import Told


def may_add_companies(person: str) -> bool:
    """Whoever owns a company of the site may; in a site without any, everybody who can sign in."""
    return Member.objects.filter(person=person, role=Member.Role.OWNER).exists() or not Workspace.objects.exists()


def add_own_company(*, name: str, currency: str, timezone: str, person: str, now: datetime) -> str:
    """The short name of the new company, which `person` owns. Raises InvalidInput or Refused; nothing is added then."""
    _require(person)
    return str(create_workspace(name=name, currency=currency.upper(), timezone=timezone, owner=person, now=now).slug)


def restore_uploaded(site: Site, file: Path, *, person: str, now: datetime) -> Told:
    """The company of the file, with `person` among its owners."""
    _require(person)
    told = restore_workspace(site, file, owner=person, now=now)
    restored = Workspace.objects.get(slug=told.facts["workspace"])
    Member.objects.get_or_create(workspace=restored, person=person, defaults={"role": Member.Role.OWNER, "made_at": now})
    return told


def samples_to_add(person: str) -> tuple[tuple[str, str, str], ...]:
    """Sample companies that are not in the site yet: short name, name to read, a word about each; none for somebody who may not add one."""
    if not may_add_companies(person):
        return ()
    there = set(Workspace.objects.values_list("slug", flat=True))
    return tuple((name, name.replace("_", " ").capitalize(), sample.told) for name, sample in SAMPLES.items() if name.replace("_", "-") not in there)


def _require(person: str) -> None:
    if not may_add_companies(person):
        raise Refused(f"{person} may not add a company to this site.", fix="Ask somebody who owns a company here.", code="LEDGER-020")
