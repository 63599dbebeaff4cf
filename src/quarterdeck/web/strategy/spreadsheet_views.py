"""The strategy as a spreadsheet to take away, and an empty one to fill in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.write_spreadsheet import empty_spreadsheet, write_spreadsheet
from quarterdeck.web.pages import company_page

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@company_page()
def sheets(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The newest revision as a spreadsheet."""
    number, body = write_spreadsheet(desk.context)
    draft = "" if desk.context.draft is None else f"{desk.context.draft.slug}-"
    return _file(body, f"{desk.slug}-{draft}strategy-{number}.xlsx")


@company_page()
def empty_sheets(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A spreadsheet to be filled in, with examples."""
    return _file(empty_spreadsheet(desk.context), f"{desk.slug}-strategy.xlsx")


def _file(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
