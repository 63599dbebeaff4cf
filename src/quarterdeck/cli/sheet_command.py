"""strategy sheet: the strategy as a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.show import said_plainly, show


def add_to(strategy: typer.Typer) -> None:
    """Add this command."""
    strategy.command()(sheet)


@said_plainly
def sheet(  # noqa: PLR0917  # options of a command
    out: Annotated[Path, typer.Option("--out", help="The file: .xlsx.")],
    empty: Annotated[bool, typer.Option("--empty", help="Nothing but examples, to be filled in.")] = False,
    draft: options.Draft = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Write the strategy as a spreadsheet. `strategy check` and `strategy save` take it back.

    Examples:
      quarterdeck strategy sheet --out strategy.xlsx
      quarterdeck strategy sheet --draft "Without radio" --out draft.xlsx
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.drafts.tell_drafts import enter_draft
    from quarterdeck.operations.strategy.write_spreadsheet import keep_spreadsheet

    kept = keep_spreadsheet(context if draft is None else enter_draft(context, draft), out, is_empty=empty)
    show(kept.sentences, kept.facts, as_json=as_json)
