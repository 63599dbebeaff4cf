"""strategy: the document from its first lines to the papers that are made of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from quarterdeck.cli import from_facts_command, interview_command, options, share_commands, sheet_command
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.save_command import save_to
from quarterdeck.cli.show import EXIT_INVALID, EXIT_REFUSED, said_plainly, show, show_error
from quarterdeck.kernel.problems import Refused

strategy = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The strategy document: begin, check, save, show and hand it over.")


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(strategy, name="strategy")
    interview_command.add_to(strategy)
    from_facts_command.add_to(strategy)
    sheet_command.add_to(strategy)
    share_commands.add_to(strategy)


@strategy.command()
@said_plainly
def start(
    example: Annotated[str | None, typer.Option("--example", help="One of those that `quarterdeck strategy examples` lists.")] = None,
    as_json: options.Json = False,
) -> None:
    """Print a first strategy to be changed into your own: one with an explanation of each step, or an example of a kind of business.

    Example: quarterdeck strategy start --example shop > strategy.yaml
    """
    from quarterdeck.operations.first_strategy.read_examples import TEMPLATE, example_text

    text = example_text(example or TEMPLATE, today=DESK.root.now().date())
    show([text.rstrip("\n")], {"text": text}, as_json=as_json)


@strategy.command()
@said_plainly
def examples(as_json: options.Json = False) -> None:
    """Say which examples there are to start from, and how large each is.

    Example: quarterdeck strategy examples
    """
    from quarterdeck.operations.first_strategy.read_examples import tell_examples

    told = tell_examples(today=DESK.root.now().date())
    show(told.sentences, told.facts, as_json=as_json)


@strategy.command()
@said_plainly
def check(
    file: Annotated[Path, typer.Argument(help="A strategy as YAML or as a spreadsheet (.xlsx).")],
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail as errors do.")] = False,
    step: Annotated[int | None, typer.Option("--step", help="Only what belongs to one of the eight steps, 1 to 8.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="The last complete day: what is overdue by then is told too.")] = None,
    form: Annotated[str, typer.Option("--format", help="text, or github: annotations of a pull request.")] = "text",
    as_json: options.Json = False,
) -> None:
    """Say what is wrong with a strategy file, on which line, why, and the way out. Exit code 1 when there is an error, 2 when it cannot be read.

    Examples:
      quarterdeck strategy check strategy.yaml
      quarterdeck strategy check strategy.yaml --strict --step 1
    """
    from quarterdeck.operations.strategy.check_strategy_file import check_strategy_file

    try:
        found = check_strategy_file(file, step=step, strict=strict, as_of=options.parse_day(as_of), form=form)
    except Refused as error:
        show_error(error, as_json=as_json)
        raise typer.Exit(EXIT_INVALID) from error
    show([_coloured(sentence) for sentence in found.sentences] if not as_json else found.sentences, found.facts, as_json=as_json)
    if not found.facts["ok"]:
        raise typer.Exit(EXIT_REFUSED)


_COLOURS = {": error: ": "red", ": warning: ": "yellow", ": hint: ": "cyan"}


def _coloured(sentence: str) -> str:
    """The line with its severity in colour; what is written elsewhere than to a terminal loses it again."""
    sign = next((sign for sign in _COLOURS if sign in sentence), None)
    if sign is None or "NO_COLOR" in os.environ:
        return sentence
    before, after = sentence.split(sign, 1)
    return f"{before}: {typer.style(sign[2:-2], fg=_COLOURS[sign], bold=True)}: {after}"


@strategy.command()
@said_plainly
def ask(
    code: Annotated[str, typer.Argument(help="Code of the check, such as STRATEGY-106.")],
    place: Annotated[str, typer.Argument(help="The place that the check names, such as objectives[more].baseline.")],
    owner: Annotated[str | None, typer.Option("--owner", help="Who finds out. Default: you, or the first of the people.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="DAY", help="The day of the answer. Default: a Friday soon.")] = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Ask somebody for what a check finds missing: a question with an owner and a day. The finding waits until then.

    Example: quarterdeck strategy ask STRATEGY-106 "objectives[more].baseline" --owner ann --by 2027-01-29
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.strategy.ask_question import tell_asked

    told = tell_asked(context, code, place, owner=owner, due_on=options.parse_day(by))
    show(told.sentences, told.facts, as_json=as_json)


@strategy.command()
@said_plainly
def save(
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
    """Save a file as the next revision; nothing before it is lost. What others saved since the file was taken out stays.

    Where both changed the same, both sides are told and nothing is saved: exit code 1.

    Examples:
      quarterdeck strategy save strategy.yaml --note "New target for spring"
      quarterdeck strategy save strategy.xlsx --where-both file
    """
    context = DESK.open(Where(site, workspace, member))
    save_to(context, file, note, (where_both, mine, theirs), as_json=as_json)


@strategy.command("show")
@said_plainly
def show_strategy(
    revision: Annotated[int | None, typer.Option("--revision", help="Number of a revision. Default: the latest.")] = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Print the strategy as YAML, as it was saved.

    Example: quarterdeck strategy show > strategy.yaml
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.strategy.save_strategy import strategy_text

    text, facts = strategy_text(context, revision)
    show([text.rstrip("\n")], facts, as_json=as_json)


@strategy.command()
@said_plainly
def history(
    last: Annotated[int | None, typer.Option("--last", min=1, help="Only so many, the newest. Default: all.")] = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Every revision with what it changed, newest first; with --json how complete each step was.

    Example: quarterdeck strategy history --last 10
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.strategy.save_strategy import list_revisions

    found = list_revisions(context, last=last)
    show(found.sentences, found.facts, as_json=as_json)


@strategy.command()
@said_plainly
def paper(
    kind: Annotated[str, typer.Argument(help="one-page, report or brief (for an agency).")],
    out: Annotated[Path, typer.Option("--out", help="The file: .pdf or .md.")],
    team: Annotated[str | None, typer.Option("--team", help="A brief for this team.")] = None,
    campaign: Annotated[list[str] | None, typer.Option("--campaign", help="A brief about this campaign; may be given again.")] = None,
    channel: Annotated[list[str] | None, typer.Option("--channel", help="A brief about this channel; may be given again.")] = None,
    draft: options.Draft = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Write the strategy as a paper to hand over: on one page, as a full report, or as a brief for an agency.

    Examples:
      quarterdeck strategy paper one-page --out strategy.pdf
      quarterdeck strategy paper brief --campaign spring --out brief.md
      quarterdeck strategy paper one-page --draft "Without radio" --out draft.pdf
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.drafts.tell_drafts import enter_draft
    from quarterdeck.operations.papers.keep_paper import keep_paper
    from quarterdeck.report.papers.agency_brief import Scope

    at_work = context if draft is None else enter_draft(context, draft)
    kept = keep_paper(at_work, kind, out, scope=Scope(tuple(campaign or ()), tuple(channel or ()), team))
    show(kept.sentences, kept.facts, as_json=as_json)
