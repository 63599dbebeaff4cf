"""The calendar: month, week and list; the card of an item; moving one, with what that would do shown first."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.operations.plan.compare_plan import PlanNow
from quarterdeck.operations.plan.look_at_calendar import CalendarItem, look_at_calendar, look_at_item
from quarterdeck.operations.plan.move_item import move_item, preview_item
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.plan.calendar_card import card_of
from quarterdeck.web.plan.calendar_shown import shown_calendar, shown_move
from quarterdeck.web.plan.calendar_span import read_span
from quarterdeck.web.plan.kept import back_to, say_kept
from quarterdeck.web.plan.meanwhile import both_shown, say_problems
from quarterdeck.web.plan.plan_bar import no_strategy, plan_bar
from quarterdeck.web.plan.tabs import plan_tabs
from quarterdeck.web.shell import show

NO_ITEM = "PLAN-914"


@company_page()
def calendar(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The days asked for (`month`, or `day` for a week), filtered by `audience`, `channel`, `campaign`; `item` opens a card."""
    tabs = plan_tabs(desk, "calendar")
    if desk.strategy is None:
        return show(request, desk, "plan", "plan/work_empty.html", {"tabs": tabs, "title": "Calendar", **no_strategy(desk)})
    span = read_span(request.GET, desk.day)
    found = look_at_calendar(desk, span.shown_first, span.shown_last, audience=span.audience, channel=span.channel, campaign=span.campaign)
    chosen = next((item for item in found.items if item.item.id == request.GET.get("item")), None)
    shown = shown_calendar(desk, found, span, chosen)
    return show(request, desk, "plan", "plan/calendar.html", {"tabs": tabs, "shown": shown, "back": request.get_full_path()}, partial="box")


@company_page()
def item(request: HttpRequest, desk: Desk, item: str) -> HttpResponse:
    """One item's card as a page."""
    now, found = _found(desk, item)
    return _item_page(request, desk, {"card": card_of(desk, now, found), "bar": plan_bar(desk, now), "back": request.path})


@company_page(act="save_strategy")
def move(request: HttpRequest, desk: Desk) -> HttpResponse:
    """GET shows what a move of `item` to `on`, `at` would do and changes nothing; POST keeps it as a revision."""
    asked = request.POST if request.method == "POST" else request.GET
    ref, on, at = asked.get("item", ""), asked.get("on", ""), asked.get("at", "")
    now, found = _found(desk, ref)
    back = back_to(request, f"/w/{desk.slug}/plan/calendar/?month={found.day:%Y-%m}")
    try:
        if request.method != "POST":
            shown = shown_move(preview_item(desk, ref, on=on, at=at), asked.get("revision", ""))
            page = {"tabs": plan_tabs(desk, "calendar"), "move": shown, "card": card_of(desk, now, found), "back": back}
            return show(request, desk, "plan", "plan/calendar_move.html", page, partial="effect")
        changed = move_item(desk, ref, on=on, at=at, parent=asked.get("revision", ""))
    except InvalidInput as error:
        page = {"card": card_of(desk, now, found), "problems": say_problems(error), "typed": {"on": on, "at": at}, "back": back}
        return _item_page(request, desk, page, status=422, partial="problems")
    except Refused as error:
        if error.code.startswith("PLAN-"):
            notice(request, error.message, error.fix, look="warn")
            return redirect(back)
        return both_shown(request, desk, error, here="calendar", back=back)
    say_kept(request, desk, changed)
    return redirect(back)


def _found(desk: Desk, ref: str) -> tuple[PlanNow, CalendarItem]:
    try:
        return look_at_item(desk, ref)
    except Refused as error:
        if error.code == NO_ITEM:
            raise Http404 from error
        raise


def _item_page(request: HttpRequest, desk: Desk, page: dict[str, object], *, status: int = 200, partial: str | None = None) -> HttpResponse:
    return show(request, desk, "plan", "plan/calendar_item.html", {"tabs": plan_tabs(desk, "calendar"), **page}, status=status, partial=partial)
