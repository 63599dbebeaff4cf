"""review, correct: plan against fact, and what changes because of it."""

from __future__ import annotations

from typing import Annotated

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.show import progress, said_plainly, show


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(review)
    app.command()(correct)


@said_plainly
def review(
    quarter: Annotated[str | None, typer.Option("--quarter", help="Any day of the quarter. Default: the latest with a plan and facts.")] = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Hold the plan against the facts: the gap, its causes (they add up), verdicts, and corrections as changes of the strategy.

    Example: quarterdeck review
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.review.review_quarter import make_review

    with progress(quiet=as_json) as tell:
        made = make_review(context, quarter=options.parse_day(quarter), tell=tell)
    show(made.sentences, made.facts, as_json=as_json, table=made.table)


@said_plainly
def correct(
    key: Annotated[str, typer.Argument(help="Key of a correction of the latest review, such as money; or all.")],
    accept: Annotated[bool, typer.Option("--accept/--refuse", help="Accept it, or refuse it with a reason.")] = True,
    reason: Annotated[str, typer.Option("--reason", help="Why; needed to refuse, kept as a lesson either way.")] = "",
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Accept a correction (it becomes the next revision of the strategy) or refuse it with a reason.

    Examples:
      quarterdeck correct money --accept
      quarterdeck correct money --refuse --reason "The paper gives us a free page in March"
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.review.decide_correction import decide_correction

    decided = decide_correction(context, key, accept=accept, reason=reason)
    show(decided.sentences, decided.facts, as_json=as_json)
