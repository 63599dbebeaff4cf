"""The 90-day close: a start page and four screens that can be left and taken up again, ending with the next plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.jobs.jobs import start_job
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.review.close_quarter import Close, answer_rule, look_at_close, mark_read
from quarterdeck.report.charts.waterfall_chart import waterfall_chart
from quarterdeck.report.charts.weeks_chart import WeekByWeek, weeks_chart
from quarterdeck.review.record import Review
from quarterdeck.web.errors import INVALID
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.review.links import cause_links
from quarterdeck.web.review.shown_close import LAST, show_close
from quarterdeck.web.review.shown_correction import Typed, show_corrections
from quarterdeck.web.review.shown_verdicts import show_verdicts, show_ways
from quarterdeck.web.review.tabs import review_tabs
from quarterdeck.web.shell import show
from quarterdeck.web.whole_number import whole_number

MOST_ANSWER = 1500


@company_page()
def close(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Where the close stands, and what there is before the quarter is over."""
    found = look_at_close(desk.context)
    shown = _frame(desk)
    if found is None:
        return show(request, desk, "review", "review/close_none.html", shown)
    return show(
        request,
        desk,
        "review",
        "review/close.html",
        {**shown, "close": show_close(found, desk, here=None), "chart": _weeks(found, desk) if found.is_reviewed or not found.is_over else None},
    )


@company_page(act="add_lesson")
def close_screen(request: HttpRequest, desk: Desk, step: int) -> HttpResponse:
    """One screen; a POST says that it was gone through, and leads to the next."""
    if not 1 <= step <= LAST:
        raise Http404
    if request.method != "POST":
        return show_screen(request, desk, step)
    try:
        mark_read(desk.context, step)
    except Refused as error:
        notice(request, error.message, error.fix, error.state, look="warn")
        return redirect(f"/w/{desk.slug}/review/close/{step}/")
    return redirect(f"/w/{desk.slug}/review/close/{min(LAST, step + 1)}/")


@company_page(None, act="add_lesson")
def close_answer(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The answer to a rule that no figure can judge, kept as a lesson."""
    number, answer = request.POST.get("rule", ""), request.POST.get("answer", "").replace("\x00", "")[:MOST_ANSWER]
    rule = whole_number(number, -1)
    try:
        text = answer_rule(desk.context, rule, answer)
    except Refused as error:
        return show_screen(request, desk, 3, answers={rule: (answer, f"{error.message} {error.fix}")}, status=INVALID)
    notice(request, f"Kept as a lesson: {text}")
    return redirect(f"/w/{desk.slug}/review/close/3/")


@company_page(None, act="review_quarter")
def close_review(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The job that reviews the whole quarter."""
    found = look_at_close(desk.context)
    job = start_job(desk.context, "review", {"quarter": found.quarter.first_day.isoformat()} if found else {})
    return redirect(f"/w/{desk.slug}/jobs/{job.id}/")


@company_page(None, act="plan_quarter")
def close_plan(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The job that plans the next quarter, once this one is over."""
    found = look_at_close(desk.context)
    if found is None or not found.is_over:
        notice(request, "The next quarter is planned when this one is over.", look="warn")
        return redirect(f"/w/{desk.slug}/review/close/")
    job = start_job(desk.context, "plan", {"quarter": found.quarter.next().first_day.isoformat()})
    return redirect(f"/w/{desk.slug}/jobs/{job.id}/")


def show_screen(
    request: HttpRequest,
    desk: Desk,
    step: int,
    *,
    typed: Mapping[int, Typed] | None = None,
    answers: dict[int, tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A screen; `typed` and `answers` are what was typed into forms that were not accepted."""
    found = look_at_close(desk.context)
    if found is None:
        return show(request, desk, "review", "review/close_none.html", _frame(desk), status=status)
    shown = {**_frame(desk), "close": show_close(found, desk, here=step, typed=answers), "next_step": min(LAST, step + 1)}
    parts = {1: _first, 2: _second, 3: _third, LAST: _fourth}[step]
    return show(request, desk, "review", f"review/close_{step}.html", {**shown, **parts(found, desk, typed or {})}, status=status)


def _frame(desk: Desk) -> dict[str, Any]:
    return {
        "tabs": review_tabs(desk, "close"),
        "may_review": desk.may("review_quarter"),
        "may_plan": desk.may("plan_quarter"),
        "may_add": desk.may("add_lesson"),
        "may_approve": desk.may("approve_plan"),
    }


def _first(found: Close, desk: Desk, typed: Mapping[int, Typed]) -> dict[str, Any]:
    del typed
    return {"chart": _weeks(found, desk)}


def _second(found: Close, desk: Desk, typed: Mapping[int, Typed]) -> dict[str, Any]:
    del typed
    if found.review is None:
        return {"chart": None, "ways": ()}
    corrections = show_corrections(found.corrections, found.review, found.strategy, desk, typed={}, is_latest=True)
    return {
        "chart": waterfall_chart(found.review, desk.words, links=cause_links(found.review, desk, found.review_hash)),
        "ways": show_ways(found.review, desk, corrections),
    }


def _third(found: Close, desk: Desk, typed: Mapping[int, Typed]) -> dict[str, Any]:
    if found.review is None:
        return {"verdicts": (), "verdict_title": "No channel was judged", "corrections": ()}
    title, verdicts = show_verdicts(found.review, found.strategy, desk, frozenset())
    corrections = show_corrections(found.corrections, found.review, found.strategy, desk, typed=typed, is_latest=found.is_latest_review, back="3")
    return {"verdicts": verdicts, "verdict_title": title, "corrections": corrections}


def _fourth(found: Close, desk: Desk, typed: Mapping[int, Typed]) -> dict[str, Any]:
    if found.review is None or found.carry_over is None:
        return {"corrections": ()}
    cards = show_corrections((found.carry_over,), found.review, found.strategy, desk, typed=typed, is_latest=found.is_latest_review, back="4")
    return {"corrections": cards}


def _weeks(found: Close, desk: Desk) -> Any:
    """Counted against planned, week by week; None before a review."""
    review: Review | None = found.review
    if review is None or not review.weeks:
        return None
    return weeks_chart(
        WeekByWeek(
            metric=review.metric,
            weeks=tuple(week.week for week in review.weeks),
            counted=tuple(week.counted for week in review.weeks),
            planned=tuple(week.planned for week in review.weeks),
            name="weeks-close",
            evidence=f"Your own figures, counted to {desk.words.day(review.as_of)}",
        ),
        desk.words,
        width=1110,
    )
