"""The address without a path: straight to the quarter of the company that one works for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.operations.quarter.open_desk import companies_of
from quarterdeck.web.pages import own_page


@own_page
def first_page(request: HttpRequest) -> HttpResponse:
    """This quarter of the first company; the list of companies when there is none, or several own ones to choose from."""
    companies = companies_of(request.user.get_username())
    own = [company for company in companies if company.kind == "own"]
    if len(own) == 1 or (companies and not own):
        return redirect(f"/w/{(own or companies)[0].slug}/")
    return redirect("/companies/")
