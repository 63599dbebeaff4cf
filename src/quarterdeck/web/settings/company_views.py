"""The companies that a person belongs to, and ways to add one: an own one, a sample, or one that was exported before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from quarterdeck.kernel.problems import InvalidInput, QuarterdeckError
from quarterdeck.operations.company.add_by_browser import add_own_company, restore_uploaded, samples_to_add
from quarterdeck.operations.facts.keep_upload import find_upload, forget_upload, keep_upload
from quarterdeck.operations.jobs.jobs import start_sample
from quarterdeck.operations.quarter.open_desk import companies_of
from quarterdeck.web.jobs.shown import address_of
from quarterdeck.web.notices import notice, take_notices
from quarterdeck.web.pages import answers_to, now, own_page, site
from quarterdeck.web.plain_words import for_browser
from quarterdeck.web.settings.views import zones


@own_page
@answers_to("GET", "HEAD")
def companies(request: HttpRequest) -> HttpResponse:
    """Every company of the person."""
    return _page(request)


@own_page
@answers_to("POST")
def add_sample(request: HttpRequest) -> HttpResponse:
    """A sample company, prepared in the background."""
    return redirect(address_of(start_sample(site(), person=request.user.get_username(), name=request.POST.get("name", ""), now=now())))


@own_page
@answers_to("POST")
def new_company(request: HttpRequest) -> HttpResponse:
    """A company of one's own."""
    typed = {name: request.POST.get(name, "").strip() for name in ("name", "currency", "timezone")}
    try:
        slug = add_own_company(person=request.user.get_username(), now=now(), **typed)
    except QuarterdeckError as error:
        return _page(
            request,
            {"typed": typed, "wrong": for_browser(str(error)), "problems": error.problems if isinstance(error, InvalidInput) else ()},
            status=422,
        )
    return redirect(f"/w/{slug}/strategy/")


@own_page
@answers_to("POST")
def restore(request: HttpRequest) -> HttpResponse:
    """A company from the file that another Quarterdeck exported."""
    chosen = request.FILES.get("file")
    if chosen is None:
        return _page(request, {"wrong_file": "No file was chosen."}, status=422)
    try:
        token = keep_upload(site(), chosen.name or "company.zip", chosen.chunks(), now=now())
        try:
            file: Path = find_upload(site(), token)
            told = restore_uploaded(site(), file, person=request.user.get_username(), now=now())
        finally:
            forget_upload(site(), token)
    except QuarterdeckError as error:
        return _page(request, {"wrong_file": for_browser(str(error))}, status=422)
    notice(request, *told.sentences)
    return redirect("/companies/")


def _page(request: HttpRequest, more: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    person = request.user.get_username()
    shown = {
        "companies": companies_of(person),
        "samples": samples_to_add(person),
        "zones": zones(),
        "typed": {"currency": "GBP", "timezone": "Europe/London"},
        "notices": take_notices(request),
        **(more or {}),
    }
    return render(request, "settings/companies.html", shown, status=status)
