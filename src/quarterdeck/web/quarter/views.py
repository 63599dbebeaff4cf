"""This quarter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from quarterdeck.operations.open_desk import Desk
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show


@company_page()
def this_quarter(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The answer."""
    return show(request, desk, "quarter", "quarter/quarter.html", {})
