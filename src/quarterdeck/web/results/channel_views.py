"""Channels: all of them, and one by one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.operations.jobs.jobs import start_job
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.results.look_at_channel import look_at_channel, look_at_channels
from quarterdeck.web.pages import company_page
from quarterdeck.web.results.channel_shown import channel_shown
from quarterdeck.web.results.channels_shown import channels_shown
from quarterdeck.web.results.tabs import results_tabs
from quarterdeck.web.shell import show


@company_page("see")
def channels(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What each channel cost and brought."""
    found, tabs = look_at_channels(desk, request.GET.dict()), results_tabs(desk, "channels")
    if found is None:
        return show(request, desk, "results", "results/nothing.html", {"tabs": tabs, "may_import": desk.may("import_facts")})
    return show(request, desk, "results", "results/channels.html", {"tabs": tabs, "page": channels_shown(desk, found)}, partial="period")


@company_page("see")
def channel(request: HttpRequest, desk: Desk, channel: str) -> HttpResponse:
    """One channel."""
    found, tabs = look_at_channel(desk, channel, request.GET.dict()), results_tabs(desk, "channels")
    if found is None:
        raise Http404
    return show(request, desk, "results", "results/channel.html", {"tabs": tabs, "page": channel_shown(desk, found)}, partial="period")


@company_page(None, act="fit_response")
def learn(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The job that learns from the figures what each channel brings; then its progress page."""
    del request
    job = start_job(desk.context, "fit", {})
    return redirect(f"/w/{desk.slug}/jobs/{job.id}/")
