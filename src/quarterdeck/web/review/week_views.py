"""This week: a review, its corrections, and the job that makes a new one."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.operations.jobs.jobs import start_job
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.review.decide_correction import decide_one
from quarterdeck.operations.review.look_at_review import look_at_review
from quarterdeck.report.charts.waterfall_chart import waterfall_chart
from quarterdeck.web.errors import REFUSED
from quarterdeck.web.notices import Undo, notice, plan_again
from quarterdeck.web.pages import company_page
from quarterdeck.web.review.close_views import show_screen
from quarterdeck.web.review.links import cause_links
from quarterdeck.web.review.places import with_days
from quarterdeck.web.review.say_not_yet import say_not_yet
from quarterdeck.web.review.shown_correction import Typed, show_corrections
from quarterdeck.web.review.shown_review import show_earlier, show_review
from quarterdeck.web.review.tabs import review_tabs
from quarterdeck.web.shell import show

STALE = "REVIEW-006"
CLOSE_SCREENS = {"3": 3, "4": 4}


@company_page()
def this_week(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The latest review, or the one named."""
    return show_week(request, desk)


@company_page(None, act="review_quarter")
def make_review(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The job that reviews the quarter, or the one that is under way; then its progress page."""
    job = start_job(desk.context, "review", {})
    return redirect(f"/w/{desk.slug}/jobs/{job.id}/")


@company_page(None, act="decide_correction")
def decide(request: HttpRequest, desk: Desk, correction: int) -> HttpResponse:
    """Accept or refuse; what was typed stays in its form when it is not done."""
    decision, reason = request.POST.get("decision", ""), request.POST.get("reason", "").strip()
    screen = CLOSE_SCREENS.get(request.POST.get("back", ""))
    try:
        if decision not in ("accept", "refuse"):
            raise Refused("There is no such decision.", fix="Accept it, or refuse it with a reason.", code="REVIEW-009", state="Nothing was decided.")
        decided = decide_one(desk.context, correction, accept=decision == "accept", reason=reason)
    except (Refused, InvalidInput) as error:
        typed = {correction: Typed(reason, _said(error, desk))}
        return show_screen(request, desk, screen, typed=typed, status=REFUSED) if screen else show_week(request, desk, typed=typed, status=REFUSED)
    _tell(request, desk, decided.sentences, decided.revision)
    return redirect(f"/w/{desk.slug}/review/{f'close/{screen}/' if screen else ''}")


def show_week(request: HttpRequest, desk: Desk, *, typed: Mapping[int, Typed] | None = None, status: int = 200) -> HttpResponse:
    """The page; `typed` what was typed into the forms of corrections, by their number."""
    asked = request.GET.get("review") if request.method == "GET" else None
    look = look_at_review(desk.context, review=asked or None)
    if look is None:
        raise Http404
    shown = {"tabs": review_tabs(desk, "week"), "may_review": desk.may("review_quarter"), "may_plan": desk.may("plan_quarter")}
    if look.review is None or look.strategy is None:
        headline, more = say_not_yet(look.not_yet, desk.words) if look.not_yet else ("There is no strategy to review.", "Write one first.")
        why = look.not_yet.why if look.not_yet else "no_plan"
        return show(request, desk, "review", "review/none.html", {**shown, "headline": headline, "more": more, "why": why}, status=status)
    corrections = show_corrections(look.corrections, look.review, look.strategy, desk, typed=typed or {}, is_latest=look.is_latest)
    return show(
        request,
        desk,
        "review",
        "review/week.html",
        {
            **shown,
            "review": show_review(look, look.review, look.strategy, desk, corrections),
            "corrections": corrections,
            "earlier": show_earlier(look.earlier, desk, here=look.hash),
            "chart": waterfall_chart(look.review, desk.words, links=cause_links(look.review, desk, look.hash if not look.is_latest else None)),
            "asked": look.hash if not look.is_latest else "",
        },
        status=status,
    )


def _tell(request: HttpRequest, desk: Desk, sentences: tuple[str, ...], revision: int | None) -> None:
    if revision is None:
        notice(request, *sentences)
        return
    undo = Undo(f"/w/{desk.slug}/strategy/undo/", {"revision": str(revision)}) if desk.may("save_strategy") else None
    after = "The plan does not know it yet: plan again."
    notice(
        request,
        *sentences[:8],
        f"{after} Undo takes the change back; the decision itself stays on record." if undo else after,
        undo=undo,
        also=plan_again(desk.slug, may=desk.may("plan_quarter")),
    )


def _said(error: Refused | InvalidInput, desk: Desk) -> str:
    """A refusal in a sentence or two, with days as people write them, without places of the document and commands of the terminal."""
    if isinstance(error, InvalidInput):
        return "It does not fit the strategy as it stands now. " + " ".join(f"{each.where}: expected {each.expected}." for each in error.problems[:3])
    if error.code == STALE:
        return "Not accepted: what it would change was changed meanwhile. Nothing was decided."
    fix = "" if "`" in error.fix else f" {error.fix}"
    return with_days(f"{error.message}{fix} {error.state}", desk.words)
