"""An example as a whole, to be read before it is chosen: nothing in it can be changed, and nothing is saved by looking."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse

from quarterdeck.operations.first_strategy.read_examples import EXAMPLES, see_example
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.report.strategy.cells import COLUMNS
from quarterdeck.report.strategy.details import DETAILS
from quarterdeck.report.strategy.members import members_of
from quarterdeck.report.strategy.outline import STEPS, Sheet, Step
from quarterdeck.report.strategy.singles import sentences_of
from quarterdeck.report.words import DEFAULT_LOCALE, Words
from quarterdeck.strategy.document import Strategy
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.frame import root_of, strategy_tabs
from quarterdeck.web.strategy.start_views import card_of, may_draft, may_start
from quarterdeck.web.strategy.tables import TableMaker


@dataclass(frozen=True)
class ReadRow:
    """One member in full: its name, an icon's kind, its cells, and what they have no room for."""

    name: str
    kind: str
    cells: tuple[str, ...]
    details: tuple[str, ...]


@dataclass(frozen=True)
class ReadSection:
    """One list of the example, or the sentences of a part that there is one of."""

    title: str
    header: tuple[str, ...]
    rows: tuple[ReadRow, ...]
    sentences: tuple[str, ...]


@company_page()
def example_page(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """All eight steps of an example, dated for the quarter that begins, in its own money and in the language of these pages."""
    if name not in EXAMPLES:
        raise Http404
    seen = see_example(name, today=desk.context.today)
    words = replace(Words.of(seen.strategy), locale=DEFAULT_LOCALE)
    shown = {
        "card": card_of(seen),
        "vision": seen.strategy.vision,
        "steps": [(step, sections_to_read(seen.strategy, words, step)) for step in STEPS],
        "first_day": words.day(seen.quarter.first_day),
        "last_day": words.day(seen.quarter.last_day),
        "root": root_of(desk),
        "may_start": may_start(desk),
        "may_draft": may_draft(desk),
        "company": desk.context.workspace.name,
        "currency": desk.context.workspace.currency,
        "same_money": desk.context.workspace.currency == seen.strategy.company.currency,
        "tabs": strategy_tabs(desk, "whole") if desk.strategy is not None else (),
    }
    return show(request, desk, "strategy", "strategy/example.html", shown)


def sections_to_read(strategy: Strategy, words: Words, step: Step) -> list[ReadSection]:
    """What stands in a step of a strategy that is only read, the vision apart; sheets that are empty are left out."""
    read = [_section(strategy, words, step, sheet) for sheet in step.sheets if sheet.slug != "vision"]
    return [each for each in read if each.rows or each.sentences]


def _section(strategy: Strategy, words: Words, step: Step, sheet: Sheet) -> ReadSection:
    if sheet.kind == "single":
        return ReadSection(sheet.many, (), (), sentences_of(sheet.slug, strategy, words))
    maker = TableMaker(strategy, words, "", step.number, {}, {})
    members = members_of(strategy, sheet)
    rows = [
        ReadRow(row.name, row.kind, row.cells, tuple(text for text in DETAILS[sheet.slug](maker.cells, member.part) if text != row.name))
        for row, member in zip(maker.table(sheet, members).rows, members, strict=True)
    ]
    return ReadSection(sheet.many, COLUMNS[sheet.slug][0], tuple(rows), ())
