"""Done by me; and what became of something that was tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from quarterdeck.kernel.problems import InvalidInput, QuarterdeckError, Refused
from quarterdeck.operations.act.look_at_actions import look_at_action
from quarterdeck.operations.act.record_done import record_done
from quarterdeck.operations.act.settle_unknown import give_up as give_up_failed
from quarterdeck.operations.act.settle_unknown import settle_unknown, take_up_again
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.told import Told
from quarterdeck.web.do.action_shown import show_action
from quarterdeck.web.do.decide_views import INVALID
from quarterdeck.web.do.done_form import DoneForm, read_done_form
from quarterdeck.web.do.saying import live_chip, say_title, short_day
from quarterdeck.web.do.tabs import tabs_of_do
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show


@company_page(act="record_receipt")
def done(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form, and the receipt that it writes once."""
    if request.method != "POST":
        return _form(request, desk, request.GET.get("key", ""), DoneForm(on=desk.day.isoformat()))
    key, form = request.POST.get("key", ""), read_done_form(request.POST)
    if not form.is_right:
        return _form(request, desk, key, form, status=INVALID)
    try:
        hours = None if form.worked is None else form.worked.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        told = record_done(desk.context, key, link=form.link or None, on=form.day, hours=hours, note=form.note)
    except InvalidInput as error:
        return _form(request, desk, key, form.with_problems(error.problems), status=INVALID)
    except Refused as error:
        return _form(request, desk, key, replace(form, wrong_note=f"{error.message} {error.fix}"), status=409)
    is_new = told.facts.get("is_new", True)
    day = f" on {short_day(form.day, desk.words)}" if form.day else ""
    said = f"“{_title(desk, key)}” is done,{day} by {desk.context.member.person}; its receipt is kept." if is_new else told.sentences[0]
    notice(request, said, look="good" if is_new else "info")
    return HttpResponseRedirect(f"/w/{desk.slug}/do/todo/")


@company_page(None, act="settle_unknown")
def settle(request: HttpRequest, desk: Desk) -> HttpResponse:
    """It did not happen. (That it happened is said with the form above, which also takes the day and the link.)"""
    if request.POST.get("happened") != "no":
        return HttpResponseRedirect(f"/w/{desk.slug}/do/done/?{urlencode({'key': request.POST.get('key', '')[:300]})}")
    return _act(request, desk, lambda key: settle_unknown(desk.context, key, happened=False))


@company_page(None, act="approve_action")
def again(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A failed action may be tried again."""
    return _act(request, desk, lambda key: take_up_again(desk.context, key))


@company_page(None, act="cancel_action")
def give_up(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A failed action is no longer wanted."""
    return _act(request, desk, lambda key: give_up_failed(desk.context, key))


def _form(request: HttpRequest, desk: Desk, key: str, form: DoneForm, *, status: int = 200) -> HttpResponse:
    try:
        look = look_at_action(desk.context, key)
    except Refused as error:
        raise Http404 from error
    shown = {"tabs": tabs_of_do(desk, "todo"), "look": show_action(look, desk), "form": form, "live": live_chip(desk), "may": _may(look.state, desk)}
    return show(request, desk, "do", "do/done.html", shown, status=status)


def _may(state: str, desk: Desk) -> bool:
    """Whether this person may say that it is done, as it stands."""
    return desk.may("record_receipt") and (state == "approved" or (state == "unknown" and desk.may("settle_unknown")))


def _title(desk: Desk, key: str) -> str:
    return say_title(look_at_action(desk.context, key).action.title, desk.words)


def _act(request: HttpRequest, desk: Desk, act: Callable[[str], Told]) -> HttpResponse:
    key = request.POST.get("key", "")
    try:
        notice(request, *act(key).sentences)
    except QuarterdeckError as error:
        notice(request, str(error), look="warn")
        return HttpResponseRedirect(f"/w/{desk.slug}/do/todo/")
    return HttpResponseRedirect(f"/w/{desk.slug}/do/action/?{urlencode({'key': key})}")
