"""The strategy as a spreadsheet to take away, and an empty one to fill in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.write_spreadsheet import empty_spreadsheet, write_spreadsheet
from quarterdeck.web.pages import company_page
from quarterdeck.web.strategy.frame import file_name

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@company_page()
def sheets(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The newest revision as a spreadsheet."""
    number, body = write_spreadsheet(desk.context)
    return _file(body, file_name(desk, f"strategy-{number}.xlsx"))


@company_page()
def empty_sheets(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A spreadsheet to be filled in, with examples."""
    return _file(empty_spreadsheet(desk.context), file_name(desk, "strategy.xlsx"))


def _file(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
