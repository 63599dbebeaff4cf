"""strategy from-facts: a first strategy from what was imported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.show import said_plainly, show


def add_to(strategy: typer.Typer) -> None:
    """Add the command."""
    strategy.command("from-facts")(from_facts)


@said_plainly
def from_facts(
    out: Annotated[Path | None, typer.Option("--out", help="The file to write. Default: the YAML is printed.")] = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Write a first strategy from what was imported; what facts do not tell becomes an open question. Nothing is saved in the company.

    Example: quarterdeck strategy from-facts --out strategy.yaml
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.first_strategy.draft_from_facts import write_draft

    told = write_draft(context, out)
    show(told.sentences, told.facts, as_json=as_json)
