"""Overview: any period against plan and last year, and the same as a table for a spreadsheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.results.look_at_results import look_at_results
from quarterdeck.web.pages import company_page
from quarterdeck.web.results.csv_file import csv_answer
from quarterdeck.web.results.overview_csv import overview_table
from quarterdeck.web.results.overview_shown import overview_shown
from quarterdeck.web.results.tabs import results_tabs
from quarterdeck.web.shell import show


@company_page("see")
def overview(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What was counted."""
    results = look_at_results(desk, request.GET.dict())
    tabs = results_tabs(desk, "overview")
    if results is None:
        return show(request, desk, "results", "results/nothing.html", {"tabs": tabs, "may_import": desk.may("import_facts")})
    return show(request, desk, "results", "results/overview.html", {"tabs": tabs, "page": overview_shown(desk, results)}, partial="period")


@company_page("export")
def overview_csv(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every metric of the period, week by week."""
    results = look_at_results(desk, request.GET.dict())
    header, rows = overview_table(results)
    return csv_answer(f"{desk.slug}-results.csv", header, rows)
