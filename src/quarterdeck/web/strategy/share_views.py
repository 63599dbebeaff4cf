"""Links that show a paper outside: made, listed, closed; what was said by them read and settled."""

from __future__ import annotations

from typing import Any, get_args

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.operations.papers.share_paper import (
    DAYS,
    LONGEST_NAME,
    Reply,
    SharedLink,
    agreements,
    count_waiting,
    end_share,
    look_at_share,
    look_at_shares,
    settle,
    share_paper,
)
from quarterdeck.operations.papers.write_paper import KINDS, Kind
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.report.papers.agency_brief import Scope
from quarterdeck.report.say_shares import PAPERS, say_agreed, say_links, say_new, say_state
from quarterdeck.report.strategy.around import Around
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.frame import root_of, strategy_tabs
from quarterdeck.web.strategy.start_views import start_page
from quarterdeck.web.whole_number import whole_number

_SCOPE = {"team": "management.teams", "campaign": "campaigns", "channel": "channels"}
_USUAL_DAYS = 14


@company_page("share_strategy", act="share_strategy")
def share_page(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """For whom the link is and how long it works; a POST makes it."""
    if kind not in get_args(Kind):
        raise Http404
    if desk.strategy is None:
        return start_page(request, desk)
    sent = request.POST if request.method == "POST" else request.GET
    chosen = {name: tuple(value for value in sent.getlist(name) if value) for name in _SCOPE}
    if request.method != "POST":
        return _form(request, desk, kind, chosen)
    for_whom, days = sent.get("for_whom", ""), whole_number(sent.get("days", ""))
    scope = Scope(chosen["campaign"], chosen["channel"], chosen["team"][0] if chosen["team"] else None)
    try:
        link = share_paper(desk.context, kind, for_whom=for_whom, days=days, quarter=desk.quarter, day=desk.day, scope=scope)
    except InvalidInput as error:
        wrong = {each.where: f"Expected {each.expected}, found {each.found}. {each.fix}" for each in error.problems}
        return _form(request, desk, kind, chosen, {"for_whom": for_whom[:LONGEST_NAME], "days": days, "wrong": wrong})
    notice(request, f"The link for {link.for_whom} is ready. Copy its address and send it: whoever has it can read the paper.")
    return redirect(_address(desk, link))


@company_page("share_strategy")
def shared_link(request: HttpRequest, desk: Desk, share: int) -> HttpResponse:
    """One link: its address, and what was said by it."""
    link = look_at_share(desk.context, share)
    shown = {
        "tabs": strategy_tabs(desk, "papers"),
        "link": shown_link(request, desk, link),
        "replies": [_shown_reply(desk, link, reply) for reply in link.replies],
        "root": root_of(desk),
    }
    return show(request, desk, "strategy", "strategy/shared.html", shown)


@company_page(None, act="share_strategy")
def close_link(request: HttpRequest, desk: Desk, share: int) -> HttpResponse:
    """From now on the link shows nothing."""
    link = end_share(desk.context, share)
    notice(request, f"The link for {link.for_whom} is closed: it shows nothing any more. What was said by it is kept.")
    return redirect(_address(desk, link))


@company_page(None, act="share_strategy")
def settle_reply(request: HttpRequest, desk: Desk, share: int) -> HttpResponse:
    """A comment is settled, or an agreement noted."""
    settle(desk.context, share, whole_number(request.POST.get("reply", "")))
    return redirect(f"{_root(desk)}papers/shared/{share}/#replies")


def shown_links(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """The links of the company for the page of papers; nothing for who may not share, and in a draft."""
    if not may_share(desk):
        return {"may_share": False}
    links = sorted(look_at_shares(desk.context), key=lambda each: each.state != "open")
    return {
        "may_share": True,
        "links": [shown_link(request, desk, each) for each in links],
        "links_said": say_links(len(links), sum(each.state == "open" for each in links)),
    }


def shown_link(request: HttpRequest, desk: Desk, link: SharedLink) -> dict[str, Any]:
    """A link with its address as the person's browser knows this server."""
    waiting = link.unsettled
    agreed = sum(each.is_agreement for each in waiting)
    return {
        "link": link,
        "href": _address(desk, link),
        "address": request.build_absolute_uri(link.path),
        "paper": PAPERS[link.paper],
        "state": say_state(desk.words, link.state, desk.context.local(link.until).date()),
        "when": desk.words.day(desk.context.local(link.made_at).date()),
        "new": say_new(len(waiting) - agreed, agreed),
    }


def new_replies(desk: Desk) -> str:
    """`2 new comments, 1 agreement` for who may answer them; "" when nothing waits."""
    if not may_share(desk):
        return ""
    found = count_waiting(desk.context)
    return say_new(found.comments, found.agreements)


def agreed_by_revision(desk: Desk) -> dict[int, list[str]]:
    """Who agreed to which revision, in sentences."""
    return {
        number: [
            f"{say_agreed(desk.words, each.name, desk.context.local(each.made_at).date(), number)} ({PAPERS.get(each.about, each.about)})"
            for each in replies
        ]
        for number, replies in agreements(desk.context).items()
    }


def may_share(desk: Desk) -> bool:
    """Whether this person may make links here: a draft has none."""
    return desk.context.draft is None and desk.may("share_strategy")


def _form(request: HttpRequest, desk: Desk, kind: str, chosen: dict[str, tuple[str, ...]], typed: dict[str, Any] | None = None) -> HttpResponse:
    assert desk.strategy is not None
    around = Around(desk.strategy, desk.words)
    named = {name: dict(around.named(sheet)) for name, sheet in _SCOPE.items()}
    shown = {
        "tabs": strategy_tabs(desk, "papers"),
        "root": root_of(desk),
        "kind": kind,
        "name": KINDS[kind],  # type: ignore[index]  # one of the kinds
        "about": [named[name].get(value, value) for name, values in chosen.items() for value in values],
        "chosen": [(name, value) for name, values in chosen.items() for value in values],
        "days": DAYS,
        "typed": typed or {"for_whom": "", "days": _USUAL_DAYS, "wrong": {}},
        "longest": LONGEST_NAME,
    }
    return show(request, desk, "strategy", "strategy/share.html", shown, status=422 if typed else 200)


def _shown_reply(desk: Desk, link: SharedLink, reply: Reply) -> dict[str, Any]:
    at = desk.context.local(reply.made_at)
    return {
        "reply": reply,
        "agreed": say_agreed(desk.words, reply.name, at.date(), link.revision) if reply.is_agreement else "",
        "when": f"{desk.words.day(at.date())}, {at:%H:%M}",
        "step": f"{_root(desk)}step/{reply.step}/" if reply.step else "",
        "settled": "" if reply.settled_at is None else f"{reply.settled_by}, {desk.words.day(desk.context.local(reply.settled_at).date())}",
    }


def _address(desk: Desk, link: SharedLink) -> str:
    return f"{_root(desk)}papers/shared/{link.id}/"


def _root(desk: Desk) -> str:
    return f"/w/{desk.slug}/strategy/"
