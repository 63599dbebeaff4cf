"""A company without a strategy: what one is, and the gallery of those that one may start from."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.operations.first_strategy.read_examples import TEMPLATE, Seen, see_examples
from quarterdeck.operations.first_strategy.start_strategy import draft_example, start_strategy
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.report.strategy.outline import STEPS
from quarterdeck.report.words import Words
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.frame import root_of, strategy_tabs


@dataclass(frozen=True)
class Card:
    """An example in the gallery: what it is, how large, where it sells and in what money and languages."""

    name: str
    kind: str
    about: str
    size: str
    place: str


def start_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What a strategy is, and what one may begin with. A company that has one may still look around, and draft from an example."""
    shown = {
        "steps": STEPS,
        "root": root_of(desk),
        "cards": [card_of(seen) for seen in see_examples(today=desk.context.today)],
        "template": TEMPLATE,
        "may_start": may_start(desk),
        "may_draft": may_draft(desk),
        "has_strategy": desk.strategy is not None,
        "tabs": strategy_tabs(desk, "whole") if desk.strategy is not None else (),
        "company": desk.context.workspace.name,
    }
    return show(request, desk, "strategy", "strategy/start.html", shown)


@company_page(act="save_strategy")
def start(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The gallery; posted to, the first revision and then the page of its first step; or, as the button said, a draft and its page.

    A button of an empty company that is pressed again once there is a strategy begins nothing.
    """
    if request.method != "POST":
        return start_page(request, desk)
    if "draft" in request.POST:
        draft = draft_example(desk.context, request.POST["draft"])
        notice(
            request, "The example is a draft beside your strategy.", "Change it as you like. Your strategy stays as it is until you adopt the draft."
        )
        return redirect(f"{root_of(desk)}drafts/{draft}/")
    chosen = request.POST.get("from", "")
    start_strategy(desk.context, chosen)
    what = (
        "Write over it, step by step." if chosen == TEMPLATE else "Each step asks whether it is so at your company; your answers close the questions."
    )
    notice(request, f"{desk.context.workspace.name} has a first strategy.", f"What stands in it is an example. {what}")
    return redirect(f"{root_of(desk)}step/1/")


def may_start(desk: Desk) -> bool:
    """Whether this person may begin a strategy for this company now."""
    return desk.strategy is None and desk.may("save_strategy")


def may_draft(desk: Desk) -> bool:
    """Whether an example would become a draft beside the strategy."""
    return desk.strategy is not None and desk.may("save_strategy")


def card_of(seen: Seen) -> Card:
    """What the gallery says of an example."""
    company, words = seen.strategy.company, Words(seen.strategy.company.currency)
    return Card(
        name=seen.example.name,
        kind=seen.example.kind,
        about=seen.example.about,
        size=seen.size,
        place=f"{words.join(_countries(company.markets))} · {company.currency} · {words.join(_languages(company.languages))}",
    )


def _countries(codes: tuple[str, ...]) -> list[str]:
    from babel import Locale

    return [Locale("en").territories.get(code, code) for code in codes]


def _languages(codes: tuple[str, ...]) -> list[str]:
    from babel import Locale

    return [Locale("en").languages.get(code.split("-")[0], code) for code in codes]
