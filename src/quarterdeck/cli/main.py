"""The commands of `quarterdeck`, in the order of the loop."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from quarterdeck.cli import (
    account_commands,
    curves_commands,
    do_commands,
    draft_commands,
    experiment_commands,
    facts_commands,
    fit_commands,
    keep_commands,
    plan_commands,
    review_commands,
    serve_commands,
    site_commands,
    strategy_commands,
    tell_commands,
)
from quarterdeck.cli.desk import DESK, CanOpenSites

app = typer.Typer(
    name="quarterdeck",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="A digital marketing strategy that is written, checked, paid for, planned, done, measured and put right every 90 days.\n\n"
    "The loop: strategy, import, fit, plan, approve, done, review, and again. New here? Try `quarterdeck demo`.",
)


@app.callback(invoke_without_command=True)
def quarterdeck(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    """A digital marketing strategy that is written, checked, paid for, planned, done, measured and put right every 90 days."""
    if version:
        from quarterdeck import __version__

        typer.echo(__version__)
        raise typer.Exit


for group in (
    site_commands,
    strategy_commands,
    draft_commands,
    facts_commands,
    fit_commands,
    curves_commands,
    experiment_commands,
    plan_commands,
    do_commands,
    review_commands,
    tell_commands,
    keep_commands,
    account_commands,
    serve_commands,
):
    group.add_to(app)


def run(root: CanOpenSites) -> None:
    """Run the command that was typed, with sites opened by `root`."""
    DESK.root = root
    try:
        app()
    except Exception as error:
        if os.environ.get("QUARTERDECK_TRACE"):
            raise
        sys.stderr.write(
            f"Quarterdeck met something that it did not expect: {type(error).__name__}: {error}\n"
            "What was decided and recorded before this command is as it was. Set QUARTERDECK_TRACE=1 and run it again to see where.\n"
        )
        sys.exit(70)
