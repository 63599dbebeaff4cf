"""This quarter: the answer, what to do next, the course, objectives, money, the next days."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from quarterdeck.operations.quarter.look_at_quarter import look_at_quarter
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.pages import company_page
from quarterdeck.web.quarter.shown import shown_quarter
from quarterdeck.web.shell import show


@company_page()
def this_quarter(request: HttpRequest, desk: Desk) -> HttpResponse:
    """How the digital marketing of a company is going."""
    look = look_at_quarter(desk)
    return show(request, desk, "quarter", "quarter/quarter.html", {"page": shown_quarter(desk, look)})
