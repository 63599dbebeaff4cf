"""add_company: a new workspace in a site, empty, from a sample, or restored from an export."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.company.archive import restore_workspace
from quarterdeck.operations.company.create_workspace import create_workspace
from quarterdeck.operations.play.load_sample import load_sample
from quarterdeck.operations.site import Site
from quarterdeck.operations.told import Tell, Told


def add_company(
    site: Site, *, name: str | None, currency: str, timezone: str, sample: str | None, restore: Path | None, owner: str, now: datetime, tell: Tell
) -> Told:
    """The new workspace in sentences. Nothing named makes the site alone. Raises InvalidInput or Refused, and then nothing was made."""
    if sample and restore:
        raise Refused("A company starts from a sample or from an export, not from both.", fix="Leave one of them out.", code="SITE-013")
    if restore is not None:
        return restore_workspace(site, restore, owner=owner, now=now)
    if sample is not None:
        return load_sample(site, sample, owner=owner, now=now, tell=tell)
    if name is None:
        return Told(
            [f"The site is ready: {site.folder}.", 'Next: add your company with `quarterdeck init <folder> --name "Your company"`.'],
            {"site": str(site.folder)},
        )
    workspace = create_workspace(name=name, currency=currency, timezone=timezone, owner=owner, now=now)
    return Told(
        [
            f"{workspace.name} is ready in {site.folder} (workspace {workspace.slug}); {owner} is its owner.",
            "Next: `quarterdeck strategy start > strategy.yaml` prints a first strategy; make it yours, then `quarterdeck strategy save strategy.yaml`. "
            "A whole sample company: `quarterdeck init <folder> --sample harbour`.",
        ],
        {"site": str(site.folder), "workspace": workspace.slug, "owner": owner},
    )
