"""The page of a job, asked again each second while it runs; and starting one again that was interrupted."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from quarterdeck.operations.jobs.jobs import JobView, look_at_job, look_at_own_job, start_job, start_sample
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.jobs.shown import address_of, show_job
from quarterdeck.web.pages import company_page, now, own_page, site
from quarterdeck.web.shell import show

_PAGE = "jobs/job.html"


@company_page()
def job_page(request: HttpRequest, desk: Desk, job_id: int) -> HttpResponse:
    """How a job of the company stands."""
    job = _found(look_at_job(desk.context, job_id))
    return _progress(request, job) or show(request, desk, "", _PAGE, {"job": show_job(job, now=now())})


@company_page(None, act="see")
def start_again(request: HttpRequest, desk: Desk, job_id: int) -> HttpResponse:
    """The same once more, for whoever may: what it needs is asked by the job itself."""
    del request
    job = _found(look_at_job(desk.context, job_id))
    return redirect(address_of(start_job(desk.context, job.kind, job.asks)))


@own_page
def own_job_page(request: HttpRequest, job_id: int) -> HttpResponse:
    """How a job that belongs to no company stands, and the same once more, for whoever started it."""
    person = request.user.get_username()
    job = _found(look_at_own_job(site(), person, job_id))
    if request.method == "POST":
        return redirect(address_of(start_sample(site(), person=person, name=str(job.asks.get("name")), now=now())))
    return _progress(request, job) or render(request, "jobs/own_job.html", {"job": show_job(job, now=now())})


def _found(job: JobView | None) -> JobView:
    if job is None:
        raise Http404
    return job


def _progress(request: HttpRequest, job: JobView) -> HttpResponse | None:
    """What htmx asked for each second: the clock, and what is being done when that changed; once the job is over, the page anew."""
    if not getattr(request, "htmx", False):
        return None
    if not job.is_under_way:
        return HttpResponse(headers={"HX-Refresh": "true"})
    shown = show_job(job, now=now())
    return render(request, f"{_PAGE}#clock", {"job": shown, "is_news": request.GET.get("said") != shown.mark, "is_part": True})
