"""The rows behind a review: all its causes, one of them week by week, and both as files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.review.look_at_cause import CauseLook, look_at_cause
from quarterdeck.operations.review.look_at_review import look_at_review
from quarterdeck.web.pages import company_page
from quarterdeck.web.review.csv_file import csv_file
from quarterdeck.web.review.shown_cause import row_cells, show_cause, show_members, week_cells
from quarterdeck.web.review.tabs import review_tabs
from quarterdeck.web.shell import show


@company_page()
def causes(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every cause of a review, largest first; they add up to the gap."""
    look = look_at_review(desk.context, review=_asked(request))
    if look is None or look.review is None:
        raise Http404
    words, review, tail = desk.words, look.review, _tail(request)
    shown = {
        "tabs": review_tabs(desk, "week"),
        "members": show_members(review.causes, review, desk, tail=tail),
        "gap": words.signed(review.gap, review.metric),
        "planned": words.amount(review.planned, review.metric),
        "counted": words.amount(review.counted, review.metric),
        "unit": words.with_unit(abs(review.gap), review.metric),
        "side": "ahead of plan" if review.gap >= 0 else "behind plan",
        "look": "" if review.gap >= 0 else "bad",
        "tail": tail,
    }
    return show(request, desk, "review", "review/causes.html", shown)


@company_page()
def cause(request: HttpRequest, desk: Desk, cause: str) -> HttpResponse:
    """One cause, or all causes of a kind."""
    look = _look(request, desk, cause)
    tail = _tail(request)
    return show(
        request,
        desk,
        "review",
        "review/cause.html",
        {"tabs": review_tabs(desk, "week"), "cause": show_cause(look, desk, tail=tail), "tail": tail},
    )


@company_page()
def cause_weeks(request: HttpRequest, desk: Desk, cause: str) -> HttpResponse:
    """The weeks of a cause as a file."""
    look = _look(request, desk, cause)
    return csv_file(f"{_name(look)}-weeks.csv", ["week", "planned", "actual", f"effect_on_{look.review.metric}"], week_cells(look))


@company_page()
def cause_rows(request: HttpRequest, desk: Desk, cause: str) -> HttpResponse:
    """The facts that a cause rests on as a file."""
    look = _look(request, desk, cause)
    header, rows = row_cells(look)
    return csv_file(f"{_name(look)}-facts.csv", header, rows)


def _look(request: HttpRequest, desk: Desk, cause: str) -> CauseLook:
    look = look_at_cause(desk.context, cause, review=_asked(request))
    if look is None:
        raise Http404
    return look


def _asked(request: HttpRequest) -> str | None:
    return request.GET.get("review") or None


def _tail(request: HttpRequest) -> str:
    """What names the review in an address; only letters and digits, as a hash has."""
    asked = _asked(request)
    return f"?review={asked}" if asked and asked.isalnum() else ""


def _name(look: CauseLook) -> str:
    return f"review-{look.review.as_of.isoformat()}-{look.code.replace(':', '-')}"
