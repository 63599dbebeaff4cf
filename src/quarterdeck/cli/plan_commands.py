"""plan: the quarter's money, work and content."""

from __future__ import annotations

from typing import Annotated

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.show import progress, said_plainly, show


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(plan)


@said_plainly
def plan(
    quarter: Annotated[str | None, typer.Option("--quarter", help="Any day of the quarter. Default: the one that the facts lead into.")] = None,
    overrule: Annotated[str | None, typer.Option("--overrule", help="Use curves that failed their check, with the reason why.")] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same inputs and seed, same plan.")] = 1,
    show_last: Annotated[bool, typer.Option("--show", help="Show the latest plan in place of making one.")] = False,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Plan thirteen weeks: money per channel, campaign and week, work on people, content on days, and what trips over what.

    In the middle of a quarter the weeks that have passed stay as they were, and only the rest is planned anew.

    Examples:
      quarterdeck plan
      quarterdeck plan --quarter 2027-01-04 --overrule "The new shop opened in October; the old weeks no longer say much"
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.plan.plan_quarter import make_plan, show_plan

    if show_last:
        done = show_plan(context, quarter=options.parse_day(quarter))
    else:
        with progress(quiet=as_json) as tell:
            done = make_plan(context, quarter=options.parse_day(quarter), overrule=overrule, seed=seed, tell=tell)
    show(done.sentences, done.facts, as_json=as_json, table=done.table)
