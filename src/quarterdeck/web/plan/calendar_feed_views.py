"""The calendar for other programs: a file for members, and a secret address that a calendar program can ask by itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

from quarterdeck.operations.plan.read_feed import feed_address, open_feed, read_feed, renew_feed
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page, now, open_page, site
from quarterdeck.web.plan.calendar_feed import render_feed
from quarterdeck.web.plan.plan_bar import no_strategy
from quarterdeck.web.plan.tabs import plan_tabs
from quarterdeck.web.shell import show

_TYPE = "text/calendar; charset=utf-8"


@company_page()
def calendar_file(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everything that goes out, as a file."""
    return _file(request, desk, "attachment")


@company_page(act="see")
def subscription(request: HttpRequest, desk: Desk) -> HttpResponse:
    """GET shows this person's secret address, POST makes another one: whatever asks at the old one gets nothing any more."""
    if request.method == "POST":
        renew_feed(desk)
        notice(request, "You have a new address. The old one answers nobody any more: put the new one into your calendar.")
        return redirect(request.path)
    tabs = plan_tabs(desk, "calendar")
    if desk.strategy is None:
        return show(request, desk, "plan", "plan/work_empty.html", {"tabs": tabs, "title": "Calendar", **no_strategy(desk)})
    member, token = feed_address(desk)
    address = request.build_absolute_uri(f"/w/{desk.slug}/plan/calendar/feed/{member}/{token}.ics")
    return show(request, desk, "plan", "plan/calendar_subscription.html", {"tabs": tabs, "address": address})


@open_page
def feed(request: HttpRequest, slug: str, member: int, token: str) -> HttpResponse:
    """The file for whoever knows the address; "not found" for a wrong, an old and a left member's one alike."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(("GET", "HEAD"))
    desk = open_feed(site(), slug, member, token, now=now())
    if desk is None or desk.strategy is None:
        raise Http404
    return _file(request, desk, "inline")


def _file(request: HttpRequest, desk: Desk, how: str) -> HttpResponse:
    address = request.build_absolute_uri(f"/w/{desk.slug}/plan/calendar/")
    response = HttpResponse(render_feed(read_feed(desk), address=address), content_type=_TYPE)
    response["Content-Disposition"] = f'{how}; filename="{desk.slug}-calendar.ics"'
    return response
