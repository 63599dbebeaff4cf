"""draft: a what-if strategy under a name of its own: begun, changed, planned, compared, adopted or laid aside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.save_command import save_to
from quarterdeck.cli.show import progress, said_plainly, show

draft = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Drafts: try a change of the strategy before it counts.")

Name = Annotated[str, typer.Argument(help="The draft's name, as it was begun or as `draft list` says it.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(draft, name="draft")


@draft.command()
@said_plainly
def begin(
    name: Annotated[str, typer.Argument(help="What you try, such as “Without radio”.")],
    why: Annotated[str, typer.Option("--why", help="What you want to find out; kept in the history when you adopt the draft.")] = "",
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Begin a draft that says what the strategy says now.

    Example: quarterdeck draft begin "Without radio" --why "Does the radio pay?"
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.drafts.tell_drafts import tell_begun

    told = tell_begun(context, name, why=why)
    show(told.sentences, told.facts, as_json=as_json)


@draft.command("list")
@said_plainly
def list_all(
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Every draft, open ones first.

    Example: quarterdeck draft list
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.drafts.tell_drafts import tell_list

    told = tell_list(context)
    show(told.sentences, told.facts, as_json=as_json, table=told.table)


@draft.command("show")
@said_plainly
def show_draft(
    name: Name,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Print a draft as YAML, to be changed and saved again.

    Example: quarterdeck draft show "Without radio" > draft.yaml
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.drafts.tell_drafts import enter_draft
    from quarterdeck.operations.strategy.save_strategy import strategy_text

    text, facts = strategy_text(enter_draft(context, name), None)
    show([text.rstrip("\n")], facts, as_json=as_json)


@draft.command()
@said_plainly
def save(
    name: Name,
    file: Annotated[Path, typer.Argument(help="A strategy as YAML or as a spreadsheet (.xlsx).")],
    note: Annotated[str, typer.Option("--note", help="Why it changes.")] = "",
    where_both: options.WhereBoth = "ask",
    mine: options.Mine = None,
    theirs: options.Theirs = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Save a file into a draft; the strategy itself stays as it is, and so does what others saved in the draft meanwhile.

    Example: quarterdeck draft save "Without radio" draft.yaml
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.drafts.tell_drafts import enter_draft

    save_to(enter_draft(context, name), file, note, (where_both, mine, theirs), as_json=as_json)


@draft.command()
@said_plainly
def plan(
    name: Name,
    quarter: Annotated[str | None, typer.Option("--quarter", help="Any day of the quarter. Default: the one that the facts lead into.")] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same inputs and seed, same plan.")] = 1,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Plan a draft, to be compared; only a plan of the strategy itself can be approved. The strategy as it is, is planned beside it where it has no
    plan from the same facts and day.

    Example: quarterdeck draft plan "Without radio"
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.drafts.plan_draft import plan_draft
    from quarterdeck.operations.drafts.tell_drafts import enter_draft

    with progress(quiet=as_json) as tell:
        done = plan_draft(enter_draft(context, name), quarter=options.parse_day(quarter), seed=seed, tell=tell)
    show(done.sentences, done.facts, as_json=as_json, table=done.table)


@draft.command()
@said_plainly
def compare(
    name: Name,
    plan_both: Annotated[bool, typer.Option("--plan", help="First plan both, from the same facts on the same day.")] = False,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Hold a draft beside the strategy: what it says otherwise, what the checks say, and what both plans expect and spend.

    Examples:
      quarterdeck draft compare "Without radio"
      quarterdeck draft compare "Without radio" --plan
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.drafts.plan_draft import plan_draft
    from quarterdeck.operations.drafts.tell_drafts import enter_draft, tell_comparison

    if plan_both:
        with progress(quiet=as_json) as tell:
            plan_draft(enter_draft(context, name), tell=tell)
    told = tell_comparison(context, name)
    show(told.sentences, told.facts, as_json=as_json, table=told.table)


@draft.command()
@said_plainly
def adopt(
    name: Name,
    where_both: Annotated[str, typer.Option("--where-both", help="Whose words stand where both were changed: draft, strategy, or ask.")] = "ask",
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Make what a draft changed the next revision of the strategy; what the strategy changed elsewhere meanwhile stays.

    Examples:
      quarterdeck draft adopt "Without radio"
      quarterdeck draft adopt "Without radio" --where-both strategy
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.drafts.tell_drafts import tell_adopted

    told = tell_adopted(context, name, where_both=where_both)
    show(told.sentences, told.facts, as_json=as_json)


@draft.command("lay-aside")
@said_plainly
def lay_aside(
    name: Name,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Lay a draft aside; it can still be read.

    Example: quarterdeck draft lay-aside "Without radio"
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.drafts.tell_drafts import tell_laid_aside

    told = tell_laid_aside(context, name)
    show(told.sentences, told.facts, as_json=as_json)


@draft.command()
@said_plainly
def reopen(
    name: Name,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Open a draft again that was adopted or laid aside; the strategy stays as it is.

    Example: quarterdeck draft reopen "Without radio"
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.drafts.tell_drafts import tell_reopened

    told = tell_reopened(context, name)
    show(told.sentences, told.facts, as_json=as_json)
