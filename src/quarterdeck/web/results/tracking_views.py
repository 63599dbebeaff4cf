"""Tracking health."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.results.look_at_tracking import look_at_tracking
from quarterdeck.web.pages import company_page
from quarterdeck.web.results.tabs import results_tabs
from quarterdeck.web.results.tracking_shown import tracking_shown
from quarterdeck.web.shell import show


@company_page("see")
def tracking(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Is it measured right?"""
    found, tabs = look_at_tracking(desk), results_tabs(desk, "tracking")
    if found is None:
        return show(request, desk, "results", "results/nothing.html", {"tabs": tabs, "may_import": desk.may("import_facts")})
    return show(request, desk, "results", "results/tracking.html", {"tabs": tabs, "page": tracking_shown(desk, found)})
