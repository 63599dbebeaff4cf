"""Asking somebody for what is not known, and closing a question by what was filled in."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.ask_question import Wanted, ask_question, close_question, want_question
from quarterdeck.operations.strategy.save_part import Saved
from quarterdeck.report.strategy.places import where_in_words
from quarterdeck.web.notices import Undo, notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.frame import root_of, strategy_tabs
from quarterdeck.web.strategy.said import address_of
from quarterdeck.web.strategy.undo import page_before

INVALID = 422
_LONGEST = 200


@company_page("save_strategy", act="save_strategy")
def ask_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who finds out, and by when; a POST asks. The finding is named by its code and place."""
    named = request.POST if request.method == "POST" else request.GET
    code, place = named.get("code", "")[:20], named.get("place", "")[:_LONGEST]
    try:
        wanted = want_question(desk.context, code, place)
    except Refused as error:
        notice(request, error.message, error.fix, error.state, look="warn")
        return redirect(root_of(desk))
    if request.method != "POST":
        return _form(request, desk, wanted, code, place)
    owner, due_on = _owner(wanted, request.POST.get("owner", "")), _day(request.POST.get("due_on", ""))
    try:
        saved = ask_question(desk.context, code, place, owner=owner, due_on=due_on)
    except InvalidInput as error:
        return _form(request, desk, wanted, code, place, wrong={each.where: f"{each.fix}" for each in error.problems})
    _say(request, desk, saved)
    return redirect(address_of(place, root_of(desk)))


@company_page(None, act="save_strategy")
def close_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The question answered by what stands at its place now."""
    back = page_before(request, f"{root_of(desk)}step/8/")
    try:
        saved = close_question(desk.context, request.POST.get("question", "")[:_LONGEST])
    except Refused as error:
        notice(request, error.message, error.fix, error.state, look="warn")
        return redirect(back)
    _say(request, desk, saved)
    return redirect(back)


def _form(request: HttpRequest, desk: Desk, wanted: Wanted, code: str, place: str, *, wrong: dict[str, str] | None = None) -> HttpResponse:
    typed = request.POST if request.method == "POST" else {}
    assert desk.strategy is not None
    shown = {
        "tabs": strategy_tabs(desk, "steps"),
        "wanted": wanted,
        "code": code,
        "place": place,
        "where": where_in_words(place, desk.strategy),
        "href": address_of(place, root_of(desk)),
        "owner": typed.get("owner", dict(wanted.people).get(wanted.owner, wanted.owner)),
        "due_on": typed.get("due_on", wanted.due_on.isoformat()),
        "wrong": wrong or {},
        "root": root_of(desk),
    }
    return show(request, desk, "strategy", "strategy/ask.html", shown, status=INVALID if wrong else 200)


def _owner(wanted: Wanted, typed: str) -> str:
    """The id of the person whose name was typed; else what was typed."""
    known = {name.casefold(): own_id for own_id, name in wanted.people}
    return known.get(" ".join(typed.split()).casefold(), typed)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def _say(request: HttpRequest, desk: Desk, saved: Saved) -> None:
    notice(
        request,
        *saved.changed.sentences[:3],
        undo=Undo(f"{root_of(desk)}undo/", {"revision": str(saved.changed.revision)}),
    )
