"""answer, status: how it is going, and what waits."""

from __future__ import annotations

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.show import said_plainly, show


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(answer)
    app.command()(status)


@said_plainly
def answer(
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """How is your digital marketing going? In three sentences, from the facts, at any moment.

    Example: quarterdeck answer
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.quarter.answer import answer_question

    told = answer_question(context)
    show(told.sentences, told.facts, as_json=as_json)


@said_plainly
def status(
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Where the loop stands: strategy, facts, curves, plan, what waits for approval and what falls due.

    Example: quarterdeck status --site shop
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.quarter.show_status import show_status

    told = show_status(context)
    show(told.sentences, told.facts, as_json=as_json, table=told.table)
