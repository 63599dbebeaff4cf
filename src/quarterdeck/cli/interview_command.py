"""strategy interview: from a file of answers, or question by question in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.show import said_plainly, show

if TYPE_CHECKING:
    from quarterdeck.operations.context import Context
    from quarterdeck.operations.first_strategy.hold_interview import Interview
    from quarterdeck.operations.told import Told
    from quarterdeck.strategy.interview.interview import Asked, Row


def add_to(strategy: typer.Typer) -> None:
    """Add this command."""
    strategy.command("interview")(interview)


@said_plainly
def interview(  # noqa: PLR0917  # options of a command
    answers: Annotated[Path | None, typer.Option("--answers", help="A file of answers. Without it you are asked here.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write the draft to this file.")] = None,
    template: Annotated[bool, typer.Option("--template", help="Print a file of answers to fill in.")] = False,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Write a first strategy from plain questions. Nothing is made up: what you leave open becomes a question.

    Examples:
      quarterdeck strategy interview
      quarterdeck strategy interview --template > answers.yaml
      quarterdeck strategy interview --answers answers.yaml --out strategy.yaml
    """
    from quarterdeck.operations.first_strategy.read_answers import answer_template, draft_from_file, tell_draft

    today = DESK.root.now().date()
    if template:
        text = answer_template(today=today)
        show([text.rstrip("\n")], {"text": text}, as_json=as_json)
        return
    if answers is not None:
        told = tell_draft(draft_from_file(answers, started_by=member or DESK.root.user(), today=today), out, today=today)
        show(told.sentences, told.facts, as_json=as_json)
        return
    context = DESK.open(Where(site, workspace, member))
    if not _ask_all(context):
        return
    from quarterdeck.operations.first_strategy.hold_interview import write_draft

    draft = write_draft(context).strategy
    told = _keep(context, len(draft.questions)) if out is None else tell_draft(draft, out, today=context.today)
    show(told.sentences, told.facts, as_json=as_json)


def _keep(context: Context, still_open: int) -> Told:
    """What became of the answers: the strategy or, where there is one, a draft beside it; nothing where the person says no."""
    from quarterdeck.operations.first_strategy.hold_interview import has_strategy, keep_as_draft, make_it_the_strategy
    from quarterdeck.operations.told import Told

    company, stay = context.workspace.name, f"{still_open} question{' stays' if still_open == 1 else 's stay'} open"
    is_beside = has_strategy(context)
    asks = f"{company} has a strategy. Keep this one as a draft beside it?" if is_beside else f"Make it the strategy of {company}?"
    if not typer.confirm(f"All is said; {stay}. {asks}", default=True):
        return Told(["Nothing was saved. Your answers are kept: `--out FILE` writes the draft, and the cockpit shows it."], {"revision": None})
    if is_beside:
        slug = keep_as_draft(context, typer.prompt("Name of the draft", default="From the interview"))
        return Told([f"Kept as the draft {slug}. `quarterdeck draft compare {slug}` holds it beside the strategy."], {"draft": slug})
    number = make_it_the_strategy(context)
    return Told([f"Saved as revision {number}. `quarterdeck strategy show` prints it."], {"revision": number})


def _ask_all(context: Context) -> bool:
    """Whether every question has been answered; Ctrl-C stops, and the answers so far are kept."""
    from quarterdeck.operations.first_strategy.hold_interview import open_interview

    held = open_interview(context)
    typer.echo("Plain questions, one at a time. An empty answer is “I don’t know yet”. Ctrl-C stops; your answers are kept.")
    try:
        while (question_id := held.next_id()) is not None:
            asked = held.question(question_id)
            assert asked is not None
            held = _ask(context, held, asked)
    except (typer.Abort, KeyboardInterrupt, EOFError):
        typer.echo(f"\nKept: {held.progress.done} of {held.progress.of} answers. The same command goes on from here.")
        return False
    return True


def _ask(context: Context, held: Interview, asked: Asked) -> Interview:
    """The interview with the answer to this question; asks again for what cannot be taken, and for nothing else, until all of it can."""
    from quarterdeck.kernel.problems import InvalidInput
    from quarterdeck.operations.first_strategy.hold_interview import answer
    from quarterdeck.strategy.interview.examples import examples_of

    progress = held.progress
    typer.echo(f"\n[{progress.done + 1} of {progress.of}, about {progress.minutes_left} min left] {asked.text}")
    typer.echo(f"  {asked.question.why} {asked.hint}".rstrip())
    typer.echo(f"  For instance: {examples_of(asked.id)[held.business]}")
    typed, wrong = _typed(asked, asked.answer, None), set[str]()
    while True:
        try:
            return answer(context, asked.id, typed)
        except InvalidInput as error:
            for problem in error.problems:
                typer.echo(f"  This says {problem.found}. Expected {problem.expected}. {problem.fix}")
            wrong = {problem.where for problem in error.problems}
        typed = _typed(asked, typed, wrong)


def _typed(asked: Asked, before: Any, wrong: set[str] | None) -> Any:
    """What was typed; of several fields those that were `wrong` alone, where there are such ones. Nothing typed is "I don't know yet"."""
    if not asked.has_rows:
        typed = _one(asked, None)
        return typed if typed or asked.question.none_is_said else None
    places = {f"{asked.id}[{row.key}]" for row in asked.rows}
    kept = before if isinstance(before, dict) and wrong and wrong <= places else {}
    rows = {row.key: kept[row.key] if row.key in kept and f"{asked.id}[{row.key}]" not in (wrong or ()) else _one(asked, row) for row in asked.rows}
    return rows if any(rows.values()) or asked.question.none_is_said else None


def _one(asked: Asked, row: Row | None) -> Any:
    """What was typed for the question, or for one of the things that it is about."""
    of = f"{row.of}: " if row is not None and row.of else ""
    label = "" if row is None else f"{of}{row.label}{f' ({row.unit})' if row.unit else ''}"
    if label:
        typer.echo(f"  {label}")
    choices = _numbered(asked.options if row is None else asked.options_of(row))
    for number, option in choices.items():
        typer.echo(f"    {number} {option.words}")
    kind = asked.kind_of(row)
    if kind == "choices":
        return _said([_by_number(word, choices) for word in _prompt("  numbers, such as 1 4").replace(",", " ").split()], choices)
    if kind == "choice":
        return _said([_by_number(_prompt("  number"), choices)], choices)[0]
    if kind == "list":
        lines: list[str] = []
        while len(lines) < asked.question.most and (line := _prompt(f"  {len(lines) + 1}")):
            lines.append(line)
        return lines
    return _prompt("  ")


def _numbered(choices: Any) -> dict[str, Any]:
    """The options by the number that is typed for them; a way to reach people has one number wherever it is offered."""
    from quarterdeck.strategy.interview.choices import WAYS

    order = list(WAYS) if all(option.value in WAYS for option in choices) else [option.value for option in choices]
    return {str(order.index(option.value) + 1): option for option in choices}


def _by_number(word: str, choices: dict[str, Any]) -> str:
    return str(choices[word].value) if word in choices else word


def _said(values: list[str], choices: dict[str, Any]) -> list[str]:
    """The values, after their words were shown, so that a wrong number is seen."""
    words = [option.words for value in values for option in choices.values() if option.value == value]
    if words:
        typer.echo(f"    = {'; '.join(words)}")
    return values


def _prompt(label: str) -> str:
    found: str = typer.prompt(label, default="", show_default=False, prompt_suffix=" > ")
    return found.strip()
