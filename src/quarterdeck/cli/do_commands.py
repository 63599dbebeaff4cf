"""approve, refuse, done, next-week: what may happen, what happened, and a week in the simulated market."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.show import progress, said_plainly, show

Keys = Annotated[list[str] | None, typer.Argument(help="Keys of actions, such as item/seed-sale-mail. `quarterdeck status` lists them.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(approve)
    app.command()(refuse)
    app.command()(done)
    app.command("next-week")(next_week)


@said_plainly
def approve(
    keys: Keys = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything that waits.")] = False,
    kind: Annotated[str | None, typer.Option("--kind", help="All that wait of a kind: budget_line, item or task.")] = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Say yes to what the plan wants to do. Nothing leaves without it, and an edit takes it back.

    Examples:
      quarterdeck approve --all
      quarterdeck approve item/seed-sale-mail budget/search/spring/2027-02-01
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.act.approve import approve_actions

    decided = approve_actions(context, keys=keys or [], everything=everything, kind=kind)
    show(decided.sentences, decided.facts, as_json=as_json)


@said_plainly
def refuse(
    keys: Annotated[list[str], typer.Argument(help="Keys of actions.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept.")],
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Say no to actions, with a reason.

    Example: quarterdeck refuse item/clearance-mail --reason "Too soon after the seed sale"
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.act.approve import refuse_actions

    decided = refuse_actions(context, keys=keys, reason=reason)
    show(decided.sentences, decided.facts, as_json=as_json)


@said_plainly
def done(
    key: Annotated[str, typer.Argument(help="Key of an action, such as task/brief-spring or item/paint-tips.")],
    link: Annotated[str | None, typer.Option("--link", help="Where it can be seen.")] = None,
    on: Annotated[str | None, typer.Option("--on", help="The day it was done. Default: today.")] = None,
    hours: Annotated[str | None, typer.Option("--hours", help="Hours it took.")] = None,
    note: Annotated[str, typer.Option("--note", help="Anything worth keeping.")] = "",
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Record that a person did it: once, with a link.

    Example: quarterdeck done item/paint-tips --link https://www.facebook.com/harbour/posts/1
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.act.record_done import record_done

    try:
        worked = None if hours is None else Decimal(hours)
    except InvalidOperation:
        raise typer.BadParameter(f"expected hours such as 2.5, found {hours!r}") from None
    recorded = record_done(context, key, link=link, on=options.parse_day(on), hours=worked, note=note)
    show(recorded.sentences, recorded.facts, as_json=as_json)


@said_plainly
def next_week(
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=13, help="How many weeks pass.")] = 1,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Let weeks pass in a rehearsal: approved money is spent in the simulated market, people work, facts come back.

    Example: quarterdeck next-week --weeks 4
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.play.pass_week import pass_weeks

    with progress(quiet=as_json) as tell:
        passed = pass_weeks(context, weeks, tell=tell)
    show(passed.sentences, passed.facts, as_json=as_json)
