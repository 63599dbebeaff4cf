"""Lessons: what was learned, to be found again; one can be added by hand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.review.keep_lessons import keep_lesson, look_at_lessons
from quarterdeck.report.words import how_many
from quarterdeck.web.errors import INVALID
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.review.csv_file import csv_file
from quarterdeck.web.review.shown_lesson import show_lesson
from quarterdeck.web.review.tabs import review_tabs
from quarterdeck.web.shell import show

LONGEST_SEARCH = 200


@company_page(act="add_lesson")
def lessons(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The lessons that were looked for; a POST keeps a new one."""
    if request.method != "POST":
        return _page(request, desk)
    text = request.POST.get("text", "")
    try:
        lesson = keep_lesson(desk.context, text)
    except Refused as error:
        return _page(request, desk, typed=text, error=f"{error.message} {error.fix}", status=INVALID)
    notice(request, f"Kept: {lesson.text}", "It is shown again when the same idea comes back. A lesson stays as it was written.")
    return redirect(f"/w/{desk.slug}/review/lessons/")


@company_page("export")
def lessons_file(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The lessons that were looked for, as a file."""
    found = look_at_lessons(desk.context, search=_search(request)).found
    rows = [(each.made_at.date().isoformat(), each.by, each.text, each.title or "written by hand", each.decision or "") for each in found]
    return csv_file(f"{desk.slug}-lessons.csv", ["day", "by", "lesson", "correction", "decision"], rows)


def _page(request: HttpRequest, desk: Desk, *, typed: str = "", error: str = "", status: int = 200) -> HttpResponse:
    search = _search(request)
    lessons = look_at_lessons(desk.context, search=search)
    return show(
        request,
        desk,
        "review",
        "review/lessons.html",
        {
            "tabs": review_tabs(desk, "lessons"),
            "lessons": tuple(show_lesson(each, desk.words) for each in lessons.found),
            "headline": _headline(lessons.total),
            "total": lessons.total,
            "found": _found(len(lessons.found), lessons.total) if search else "",
            "search": search,
            "typed": typed,
            "error": error,
            "may_add": desk.may("add_lesson"),
        },
        partial="found" if request.method != "POST" else None,
        status=status,
    )


def _headline(total: int) -> str:
    if not total:
        return "Nothing has been learned yet that was worth writing down."
    return f"{how_many(total, 'lesson')} {'is' if total == 1 else 'are'} kept for the day on which the same idea comes back."


def _found(found: int, total: int) -> str:
    return f"{how_many(found, 'lesson')} of {total} {'holds' if found == 1 else 'hold'} these words."


def _search(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
