"""start_strategy, draft_example: the strategy of hints, or an example that is asked about until it is the company's own; first, or as a draft beside."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.operations.context import Context
from quarterdeck.operations.drafts.open_draft import begin_draft
from quarterdeck.operations.first_strategy.choose_business import begin_as
from quarterdeck.operations.first_strategy.read_examples import EXAMPLES, TEMPLATE, Example, example_text
from quarterdeck.operations.strategy.save_strategy import save_strategy
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.questions.of_examples import ask_whether_it_is_so, still_open
from quarterdeck.strategy.yaml.text import parse_strategy, render_strategy


def start_strategy(context: Context, name: str) -> int:
    """The number of the first revision: the strategy named, in the quarter that begins, with this company's own name, currency and time zone.

    The languages and countries stay those of the example, because its texts are written for them; a question asks about them.
    Raises Refused when there is a strategy already, or no such one to start from.
    """
    context.require("save_strategy")
    if latest_revision(context.workspace) is not None:
        raise Refused(
            f"{context.workspace.name} has a strategy already.", fix="Begin a draft from the example, or import a file.", code="STRATEGY-904"
        )
    with transaction.atomic():
        number = _save_example(context, name)
        begin_as(context, name)
    return number


def draft_example(context: Context, name: str) -> str:
    """The short name of a new draft that says what the example says; the strategy stays as it is. Raises Refused without a strategy,
    for no such example, and where a draft from it was begun before."""
    context.require("save_strategy")
    example_text(name, today=context.today)  # refuses what is no example before a draft is begun
    with transaction.atomic():
        draft = begin_draft(context, f"Example: {_called(name)}", why="To see what another business does")
        _save_example(replace(context, draft=draft), name)
    return draft.slug


def _save_example(context: Context, name: str) -> int:
    text = example_text(name, today=context.today)
    written = parse_strategy(text)
    strategy = apply_changes(written, _own(context) | ({} if name == TEMPLATE else _asked(context, EXAMPLES[name], written)))
    called = _called(name) if name == TEMPLATE else f"the example of {_called(name)}"
    revision = save_strategy(context, strategy, text=render_strategy(strategy, previous_text=text), note=f"Started from {called}")
    return int(revision.number)


def _called(name: str) -> str:
    return "a first strategy" if name == TEMPLATE else EXAMPLES[name].kind


def _own(context: Context) -> dict[str, Any]:
    company = context.workspace
    return {
        "company.name": company.name,
        "company.currency": company.currency,
        "company.timezone": company.timezone,
        "company.website": None,
        "company.note": None,
    }


def _asked(context: Context, example: Example, written: Strategy) -> dict[str, Any]:
    """What says that all of it is the example's: a note, the company's name in the place of the example's, and the questions."""
    company = context.workspace
    asked = ask_whether_it_is_so(
        example.kind, owner=context.member.person, today=context.today, written_in=written.company.currency, money_is=company.currency
    )
    note = f"Started from the example of {example.kind} on {context.today.isoformat()}. What stands here is invented until you say that it is so."
    return {
        "company.note": note,
        "ads.brand_terms": [company.name.casefold()],
        "questions": [each.model_dump(mode="json") for each in (*asked, *still_open(written.questions, today=context.today))],
    }
