"""Examples beside a form and on the page of a step, of the company's kind of business; guessed until somebody chooses it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.operations.first_strategy.choose_business import choose_business
from quarterdeck.operations.first_strategy.lend_examples import KINDS, Lent, lend_to_form, lend_to_step
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.report.strategy.field_examples import FieldExample
from quarterdeck.report.strategy.outline import Sheet, Step
from quarterdeck.strategy.document import Strategy
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.strategy.frame import root_of
from quarterdeck.web.strategy.inputs import Input
from quarterdeck.web.strategy.undo import page_before


@dataclass(frozen=True)
class ShownExample:
    """One line: where it leads, what the field or form is called, what stands in it, and whose it is when another kind lent it."""

    href: str
    label: str
    text: str
    kind: str


@company_page(None, act="change_workspace")
def choose_kind(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keeps which kind of business the company is; then the page where the button stood."""
    try:
        if choose_business(desk.context, request.POST.get("kind", "")):
            kind = dict(KINDS)[request.POST["kind"]]
            notice(request, f"Everybody in {desk.context.workspace.name} sees examples of {kind} now. Choose again to change it.")
    except InvalidInput as error:
        notice(request, f"{error.problems[0].fix} {error.state}", look="warn")
    return redirect(page_before(request, root_of(desk)))


def examples_beside_form(desk: Desk, strategy: Strategy, sheet: Sheet, inputs: Sequence[Input]) -> dict[str, Any]:
    """An example of each input of a form, in its order."""
    lent = lend_to_form(desk.context, sheet, strategy=strategy)
    return _shown(desk, lent, [ShownExample(f"#{at.id}", each.label, each.text, each.kind) for at, each in _in_order(inputs, lent.examples)])


def examples_of_step_page(desk: Desk, strategy: Strategy, step: Step) -> dict[str, Any]:
    """One answer to each form of the step."""
    lent = lend_to_step(desk.context, step, strategy=strategy)
    return _shown(desk, lent, [ShownExample(f"#{each.key}", each.label, each.text, "") for each in lent.examples])


def _in_order(inputs: Sequence[Input], examples: Sequence[FieldExample]) -> Iterator[tuple[Input, FieldExample]]:
    """Each example with the input that it belongs to: a group of inputs, or one of rows, has all of its own."""
    for at in inputs:
        yield from ((at, each) for each in examples if each.key == at.name or each.key.startswith(f"{at.name}."))


def _shown(desk: Desk, lent: Lent, lines: Sequence[ShownExample]) -> dict[str, Any]:
    return {
        "lent": lent,
        "lent_lines": lines,
        "lent_kinds": [(name, kind, name == lent.name) for name, kind in KINDS],
        "lent_action": f"{root_of(desk)}examples/",
        "lent_may_choose": desk.may("change_workspace"),
        "lent_others": [] if desk.context.draft else [(f"{root_of(desk)}start/{name}/", kind) for name, kind in KINDS if name != lent.name],
    }
