"""strategy draft: a first strategy from what was imported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.show import said_plainly, show


def add_to(strategy: typer.Typer) -> None:
    """Add the command."""
    strategy.command()(draft)


@said_plainly
def draft(
    from_facts: Annotated[bool, typer.Option("--from-facts", help="From what was imported: channels, money, baselines, buyers.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write. Default: the YAML is printed.")] = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Draft a strategy from your facts; what they do not tell becomes an open question. Nothing is saved in the company.

    Example: quarterdeck strategy draft --from-facts --out strategy.yaml
    """
    if not from_facts:
        raise typer.BadParameter("say what to draft from: --from-facts")
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.draft_from_facts import write_draft

    told = write_draft(context, out)
    show(told.sentences, told.facts, as_json=as_json)
