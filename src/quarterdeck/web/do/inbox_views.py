"""Approvals: one inbox for everything that wants to leave, and the page of one action."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.act.choose_actions import choose
from quarterdeck.operations.act.look_at_actions import look_at_action, look_at_inbox, wants_of
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.do.action_shown import show_action
from quarterdeck.web.do.asked import MOST_SIGNS, Asked, read_asked
from quarterdeck.web.do.draft_shown import show_draft
from quarterdeck.web.do.inbox_shown import show_inbox, week_looked_at
from quarterdeck.web.do.saying import live_chip
from quarterdeck.web.do.scene import Trial
from quarterdeck.web.do.tabs import tabs_of_do
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show


@company_page()
def inbox(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everything that waits, a week at a time."""
    return answer_inbox(request, desk, read_asked(request.GET))


@company_page()
def action(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One action, whatever its state."""
    return answer_action(request, desk, request.GET.get("key", ""))


def answer_inbox(request: HttpRequest, desk: Desk, asked: Asked, *, trial: Trial | None = None, status: int = 200) -> HttpResponse:
    """The inbox; with a decision that could not be kept, what was typed still stands there."""
    found = look_at_inbox(desk.context)
    matching = choose(found.waiting, asked.choice)
    week = week_looked_at(matching, asked)
    wants = wants_of(desk.context, [action.key for action in matching if action.week == week and action.kind != "budget_line"])
    shown = {
        "tabs": tabs_of_do(desk, "approvals", waiting=len(found.waiting)),
        "inbox": show_inbox(found, wants, asked, desk, trial),
        "draft": show_draft(found.draft, desk) if found.draft else None,
        "live": live_chip(desk),
        "trial": trial,
    }
    return show(request, desk, "do", "do/inbox.html", shown, partial="inbox", status=status)


def answer_action(request: HttpRequest, desk: Desk, key: str, *, trial: Trial | None = None, status: int = 200) -> HttpResponse:
    """The page of one action."""
    if not key or len(key) > MOST_SIGNS * 3:
        raise Http404
    try:
        found = look_at_action(desk.context, key)
    except Refused as error:
        raise Http404 from error
    shown = {"tabs": tabs_of_do(desk, ""), "look": show_action(found, desk, trial), "live": live_chip(desk), "trial": trial}
    return show(request, desk, "do", "do/action.html", shown, status=status)
