"""lend_examples: how a business of a kind filled in a form or a step, taken from the example strategies; the kind is the company's own, or guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quarterdeck.operations.context import Context
from quarterdeck.operations.first_strategy.read_examples import EXAMPLES, Seen, see_example, see_examples
from quarterdeck.operations.remember import remembered
from quarterdeck.report.strategy.around import Around
from quarterdeck.report.strategy.field_examples import FieldExample, Lender, examples_of_form, examples_of_step
from quarterdeck.report.strategy.outline import Sheet, Step
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.kind_of_business import guess_kind

_Make = Callable[[Lender, str], tuple[FieldExample, ...]]


@dataclass(frozen=True)
class Lent:
    """Examples of the kind `name` ("local_trade"), in words `kind` ("a local trade"), written by the invented `company`."""

    name: str
    kind: str
    company: str
    examples: tuple[FieldExample, ...]


KINDS: tuple[tuple[str, str], ...] = tuple((example.name, example.kind) for example in EXAMPLES.values())
"""What may be chosen, by name and in words."""


def lend_to_form(context: Context, sheet: Sheet, *, strategy: Strategy) -> Lent:
    """An example of each field of a form, of the company's kind of business; where nobody chose one, of the kind that the strategy seems to be of."""
    context.require("see")

    def fields(own: Lender, locale: str) -> tuple[FieldExample, ...]:
        others = [_lender(each, locale) for each in see_examples(today=context.today) if each.example.kind != own.kind]
        return examples_of_form(sheet, own, others)

    return _lent(context, strategy, f"form {sheet.slug}", fields)


def lend_to_step(context: Context, step: Step, *, strategy: Strategy) -> Lent:
    """One answer to each form of a step."""
    context.require("see")
    return _lent(context, strategy, f"step {step.number}", lambda own, _: examples_of_step(step.sheets, own))


def _lent(context: Context, strategy: Strategy, what: str, make: _Make) -> Lent:
    chosen = context.workspace.business
    name = chosen if chosen in EXAMPLES else guess_kind(strategy)
    locale, seen = Words.of(strategy).locale, see_example(name, today=context.today)

    def lend() -> Lent:
        own = _lender(seen, locale)
        return Lent(name, seen.example.kind, seen.strategy.company.name, make(own, locale))

    return remembered("lent", (name, what, locale, seen.quarter), lend, most=400)


def _lender(seen: Seen, locale: str) -> Lender:
    """The example with its own money, and days as the reader writes them."""
    words = Words(seen.strategy.company.currency, locale, Words.of(seen.strategy).names)
    return Lender(seen.example.kind, Around(seen.strategy, words))
