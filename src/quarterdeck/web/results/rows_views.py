"""The rows behind a figure, on a page and as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.results.look_at_rows import all_rows, look_at_rows, read_asked
from quarterdeck.web.pages import company_page
from quarterdeck.web.results.csv_file import csv_answer
from quarterdeck.web.results.rows_shown import rows_shown
from quarterdeck.web.results.tabs import results_tabs
from quarterdeck.web.shell import show


@company_page("ask_facts")
def rows(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The rows, a hundred a page."""
    found = look_at_rows(desk.context, read_asked(request.GET.dict()))
    return show(request, desk, "results", "results/rows.html", {"tabs": results_tabs(desk, ""), "page": rows_shown(desk, found)}, partial="rows")


@company_page("export")
def rows_csv(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The same rows, all pages."""
    asked = read_asked(request.GET.dict())
    header, found = all_rows(desk.context, asked)
    return csv_answer(f"{desk.slug}-{asked.table}.csv", header, found)
