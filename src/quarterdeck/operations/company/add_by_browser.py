"""add_own_company, restore_uploaded, samples_to_add: what somebody who is signed in may add to the site."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.models import Member, Workspace
from quarterdeck.operations.company.archive import restore_workspace
from quarterdeck.operations.company.create_workspace import create_workspace
from quarterdeck.operations.play.load_sample import SAMPLES
from quarterdeck.operations.site import Site
from quarterdeck.operations.told import Told

MOST_UNPACKED = 250_000_000
"""Bytes that an uploaded company may unpack to: they are in memory while it is brought in."""


def may_add_companies(person: str) -> bool:
    """Whoever owns a company of the site may; in a site without any, everybody who can sign in."""
    return Member.objects.filter(person=person, role=Member.Role.OWNER).exists() or not Workspace.objects.exists()


def add_own_company(*, name: str, currency: str, timezone: str, person: str, now: datetime) -> str:
    """The short name of the new company, which `person` owns. Raises InvalidInput or Refused; nothing is added then."""
    _require(person)
    return str(create_workspace(name=name, currency=currency.upper(), timezone=timezone, owner=person, now=now).slug)


def restore_uploaded(site: Site, file: Path, *, person: str, now: datetime) -> Told:
    """The company of the file, which `person` owns. Its other people come along as far as nobody signs in here under their names."""
    _require(person)
    told = restore_workspace(site, file, owner=person, now=now, most=MOST_UNPACKED, knows_people=False)
    return Told([f"{told.facts['name']} is back.", *told.sentences[1:]], told.facts)


def samples_to_add(person: str) -> tuple[tuple[str, str, str], ...]:
    """Sample companies that are not in the site yet: short name, name to read, a word about each; none for somebody who may not add one."""
    if not may_add_companies(person):
        return ()
    there = set(Workspace.objects.values_list("slug", flat=True))
    return tuple((name, name.replace("_", " ").capitalize(), sample.told) for name, sample in SAMPLES.items() if name.replace("_", "-") not in there)


def _require(person: str) -> None:
    if not may_add_companies(person):
        raise Refused(f"{person} may not add a company to this site.", fix="Ask somebody who owns a company here.", code="LEDGER-020")
