"""To do: what was approved and is still to be done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from quarterdeck.operations.act.look_at_todo import look_at_todo
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.do.asked import MOST_SIGNS
from quarterdeck.web.do.page_number import page_number
from quarterdeck.web.do.saying import live_chip
from quarterdeck.web.do.tabs import tabs_of_do
from quarterdeck.web.do.todo_shown import show_todo
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show


@company_page()
def todo(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The list, for everybody or one person."""
    person = request.GET.get("person", "")[:MOST_SIGNS]
    shown = {
        "tabs": tabs_of_do(desk, "todo"),
        "todo": show_todo(look_at_todo(desk.context), desk, person=person, page=page_number(request.GET.get("page"))),
        "live": live_chip(desk),
    }
    return show(request, desk, "do", "do/todo.html", shown)
