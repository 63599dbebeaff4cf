"""Decisions: yes, "change this", no, taken back; and the newest plan put in force."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.act.decide_actions import ChangedSince, Decided, DecidedMeanwhile, decide_chosen, decide_seen
from quarterdeck.operations.act.withdraw_decision import withdraw_decision
from quarterdeck.operations.plan.approve_newest import approve_newest_plan
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.do.asked import read_asked, read_choice
from quarterdeck.web.do.inbox_views import answer_action, answer_inbox
from quarterdeck.web.do.saying import say_title, shorten, things
from quarterdeck.web.do.scene import Trial
from quarterdeck.web.notices import Undo, notice
from quarterdeck.web.pages import company_page

CONFLICT, INVALID = 409, 422
_VERBS = {"approve": "is approved", "changes": "goes back for changes", "refuse": "is refused"}
_MANY = {"approve": "approved", "changes": "sent back for changes", "refuse": "refused"}
_BACK = {"approve": "waits for approval again", "changes": "waits for approval again", "refuse": "waits for approval again"}


@company_page(None, act="approve_action")
def decide(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The decision about exactly what was looked at; what changed since is shown again and nothing is decided."""
    fields = request.POST
    decision, reason = fields.get("decision", ""), fields.get("reason", "")
    try:
        done = _decide(desk, fields, decision, reason)
    except DecidedMeanwhile as error:
        notice(request, error.message, error.state, look="warn")
        return _to(desk, fields)
    except Refused as error:
        status = CONFLICT if isinstance(error, ChangedSince) else INVALID
        trial = Trial(fields.get("card", ""), decision, reason, f"{error.message} {error.fix} {error.state}")
        if fields.get("page_of") == "action":
            return answer_action(request, desk, fields.get("key", ""), trial=trial, status=status)
        return answer_inbox(request, desk, read_asked(QueryDict(fields.get("back", "").removeprefix("?"))), trial=trial, status=status)
    notice(request, _said(done, desk), look="good", undo=_undo(desk, done, fields))
    return _to(desk, fields)


@company_page(None, act="approve_action")
def undo(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A decision taken back."""
    first, last = (_whole(request.POST.get(name)) for name in ("first", "last"))
    try:
        back = withdraw_decision(desk.context, first=first, last=last)
    except Refused as error:
        notice(request, error.message, error.fix, look="warn")
        return _to(desk, request.POST)
    what = f"“{shorten(say_title(back.title, desk.words), 80)}”" if back.count == 1 else things(back.count, desk.words)
    verb = "waits" if back.count == 1 else "wait"
    left = f"{things(back.left, desk.words)} stayed as decided: done, handed over or changed meanwhile." if back.left else ""
    notice(request, f"{what} {verb} for approval again.", *([left] if left else []), look="info")
    return _to(desk, request.POST)


@company_page(None, act="approve_plan")
def put_in_force(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The plan that was looked at, in force; its actions wait here."""
    try:
        made = approve_newest_plan(desk.context, seen=request.POST.get("plan_id") or None)
        notice(request, *(made.sentences or (f"Plan {made.number} was in force already.",)), look="good" if made.sentences else "info")
    except Refused as error:
        notice(request, error.message, error.state, look="warn")
    return HttpResponseRedirect(f"/w/{desk.slug}/do/")


def _decide(desk: Desk, fields: QueryDict, decision: str, reason: str) -> Decided:
    if key := fields.get("key"):
        return decide_seen(desk.context, decision, {key: fields.get("content", "")}, reason=reason)
    return decide_chosen(desk.context, decision, read_choice(fields), seen=fields.get("seen", ""), reason=reason)


def _said(done: Decided, desk: Desk) -> str:
    if done.count == 1:
        return f"“{shorten(say_title(done.title, desk.words), 80)}” {_VERBS[done.decision]}."
    money = f", {desk.words.money(done.money)} of money with them" if done.money else ""
    return f"{things(done.count, desk.words)} {_MANY[done.decision]}{money}."


def _undo(desk: Desk, done: Decided, fields: QueryDict) -> Undo:
    kept = {name: fields[name][:500] for name in ("back", "page_of", "key") if fields.get(name)}
    return Undo(f"/w/{desk.slug}/do/undo/", {"first": str(done.first), "last": str(done.last), **kept})


def _to(desk: Desk, fields: QueryDict) -> HttpResponseRedirect:
    """Back to the page that the form stood on."""
    root = f"/w/{desk.slug}/do/"
    if fields.get("page_of") == "action":
        query = QueryDict(mutable=True)
        query["key"] = fields.get("key", "")[:300]
        return HttpResponseRedirect(f"{root}action/?{query.urlencode()}")
    return HttpResponseRedirect(root + read_asked(QueryDict(fields.get("back", "").removeprefix("?"))).query().removesuffix("?"))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
