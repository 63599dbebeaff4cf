"""strategy share, shares, close-share: links by which people outside read one paper of the strategy."""

from __future__ import annotations

from typing import Annotated

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.show import said_plainly, show


def add_to(strategy: typer.Typer) -> None:
    """Add these commands."""
    strategy.command()(share)
    strategy.command()(shares)
    strategy.command("close-share")(close_share)


@said_plainly
def share(
    kind: Annotated[str, typer.Argument(help="one-page, report or brief (for an agency).")],
    for_whom: Annotated[str, typer.Option("--for", help="Who is to read it; it stands on the page.")],
    days: Annotated[int, typer.Option("--days", help="How long the link works: 7, 14, 30 or 90.")] = 14,
    team: Annotated[str | None, typer.Option("--team", help="A brief for this team.")] = None,
    campaign: Annotated[list[str] | None, typer.Option("--campaign", help="A brief about this campaign; may be given again.")] = None,
    channel: Annotated[list[str] | None, typer.Option("--channel", help="A brief about this channel; may be given again.")] = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Make a link by which somebody reads a paper of the strategy, comments and agrees, with no account. It shows the paper as it is now.

    Example: quarterdeck strategy share one-page --for "Jane Smith" --days 14
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.papers.tell_shares import tell_share
    from quarterdeck.report.papers.agency_brief import Scope

    told = tell_share(context, kind, for_whom=for_whom, days=days, scope=Scope(tuple(campaign or ()), tuple(channel or ()), team))
    show(told.sentences, told.facts, as_json=as_json)


@said_plainly
def shares(
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """List the links that show a paper: for whom, until when, and what was said by each.

    Example: quarterdeck strategy shares
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.papers.tell_shares import tell_shares

    told = tell_shares(context)
    show(told.sentences, told.facts, as_json=as_json, table=told.table)


@said_plainly
def close_share(
    number: Annotated[int, typer.Argument(help="Number of the link, as `quarterdeck strategy shares` lists it.")],
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Close a link: it shows nothing any more. What was said by it is kept.

    Example: quarterdeck strategy close-share 3
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.papers.tell_shares import tell_end

    told = tell_end(context, number)
    show(told.sentences, told.facts, as_json=as_json)
