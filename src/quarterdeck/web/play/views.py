"""Play the quarter: the button that lets weeks pass, what they brought, and the tour."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.jobs.jobs import start_job
from quarterdeck.operations.play.follow_tour import follow_tour, turn_tour
from quarterdeck.operations.play.look_at_play import look_at_play
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page, now
from quarterdeck.web.play.shown import show_play
from quarterdeck.web.shell import READ_STOPS, show
from quarterdeck.web.whole_number import whole_number

MOST_WEEKS = 13


@company_page()
def play(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The quarter so far, week by week."""
    if not desk.is_rehearsal:
        raise Refused(
            f"{desk.context.workspace.name} does not rehearse: its weeks pass in the world.",
            fix="Open a sample company to play a quarter.",
            code="REHEARSE-001",
        )
    tour = follow_tour(desk, read=request.session.get(READ_STOPS, ()))
    return show(request, desk, "quarter", "play/play.html", {"play": show_play(look_at_play(desk), desk), "tour": tour})


@company_page(None, act="rehearse")
def next_week(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One week passes (or as many as asked for), in the background."""
    asked = request.POST.get("weeks", "1")
    weeks = min(MOST_WEEKS, max(1, whole_number(asked, 1)))
    job = start_job(desk.context, "next_week", {"weeks": weeks})
    return redirect(f"/w/{desk.slug}/jobs/{job.id}/")


@company_page(None, act="see")
def tour(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A stop was read, or the tour is ended or begun again."""
    person = request.user.get_username()
    wish = request.POST.get("wish", "")
    if wish in ("end", "begin"):
        turn_tour(person, on=wish == "begin", now=now())
        if wish == "end":
            notice(request, "The tour is over. You find it again under Help.", look="info")
        else:
            request.session[READ_STOPS] = []
    elif wish == "read":
        read = request.session.get(READ_STOPS, [])
        request.session[READ_STOPS] = [*read, request.POST.get("stop", "")[:40]][-20:]
    step = follow_tour(desk, read=request.session.get(READ_STOPS, ())).current
    return redirect(f"/w/{desk.slug}/{step.path if step and wish != 'end' else ''}")
