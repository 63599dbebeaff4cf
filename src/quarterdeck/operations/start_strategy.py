"""start_strategy: a first strategy for a company that has none: the one of hints, or an example that is asked about until it is the company's own."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.operations.choose_business import begin_as
from quarterdeck.operations.context import Context
from quarterdeck.operations.read_examples import EXAMPLES, TEMPLATE, Example, example_text
from quarterdeck.operations.save_strategy import save_strategy
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.from_example import ask_whether_it_is_so, still_open
from quarterdeck.strategy.patch import apply_changes
from quarterdeck.strategy.yaml_text import parse_strategy, render_strategy


def start_strategy(context: Context, name: str) -> int:
    """The number of the first revision: the strategy named, in the quarter that begins, with this company's own name, currency and time zone.

    The languages and countries stay those of the example, because its texts are written for them; a question asks about them.
    Raises Refused when there is a strategy already, or no such one to start from.
    """
    context.require("save_strategy")
    if latest_revision(context.workspace) is not None:
        raise Refused(f"{context.workspace.name} has a strategy already.", fix="Import a file to replace it.", code="STRATEGY-904")
    text = example_text(name, today=context.today)
    written = parse_strategy(text)
    strategy = apply_changes(written, _own(context) | ({} if name == TEMPLATE else _asked(context, EXAMPLES[name], written)))
    called = "a first strategy" if name == TEMPLATE else f"the example of {EXAMPLES[name].kind}"
    with transaction.atomic():
        revision = save_strategy(context, strategy, text=render_strategy(strategy, previous_text=text), note=f"Started from {called}")
        begin_as(context, name)
    return int(revision.number)


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
