"""Work: matrix, board and timeline; the page of a task; changing one, with what that would do shown first."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.operations.plan.look_at_work import WorkNow, WorkTask, look_at_task, look_at_work
from quarterdeck.operations.plan.move_work import FIELDS, move_work, preview_work
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.plan.kept import back_to, say_kept
from quarterdeck.web.plan.meanwhile import both_shown, say_problems
from quarterdeck.web.plan.plan_bar import no_strategy
from quarterdeck.web.plan.tabs import plan_tabs
from quarterdeck.web.plan.work_card import card_of, shown_effect
from quarterdeck.web.plan.work_shown import VIEWS, View, names_of, shown_work
from quarterdeck.web.plan.work_timeline import shown_timeline
from quarterdeck.web.shell import show
from quarterdeck.web.whole_number import whole_number

NO_TASK = "PLAN-918"


@company_page()
def work(request: HttpRequest, desk: Desk) -> HttpResponse:
    """`view` is matrix, board or timeline; `all` a quadrant or column to show whole."""
    tabs = plan_tabs(desk, "work")
    if desk.strategy is None:
        return show(request, desk, "plan", "plan/work_empty.html", {"tabs": tabs, "title": "Work", **no_strategy(desk)})
    found = look_at_work(desk)
    view: View = next((each for each in VIEWS if each == request.GET.get("view")), "matrix")
    page = request.GET.get("page", "1")
    shown = shown_work(desk, found, view, request.GET.get("all", ""))
    timeline = shown_timeline(desk, found, whole_number(page, 1)) if view == "timeline" else None
    return show(request, desk, "plan", "plan/work.html", {"tabs": tabs, "shown": shown, "timeline": timeline, "back": request.get_full_path()})


@company_page()
def task(request: HttpRequest, desk: Desk, task: str) -> HttpResponse:
    """One task."""
    found, mine = _found(desk, task)
    page = {"tabs": plan_tabs(desk, "work"), "card": card_of(desk, found, mine), "back": request.path}
    return show(request, desk, "plan", "plan/work_task.html", page)


@company_page(act="save_strategy")
def move(request: HttpRequest, desk: Desk) -> HttpResponse:
    """GET shows what changing `task` (due_on, not_before, importance, skills; what is missing stays) would do; POST keeps it as a revision."""
    asked = request.POST if request.method == "POST" else request.GET
    ref, seen = asked.get("task", ""), asked.get("revision", "")
    found, mine = _found(desk, ref)
    back = back_to(request, f"/w/{desk.slug}/plan/work/{ref}/")
    tabs = plan_tabs(desk, "work")
    try:
        if request.method != "POST":
            effect = shown_effect(preview_work(desk, ref, _wanted(asked)), names_of(found), _fields(asked), seen)
            page = {"tabs": tabs, "effect": effect, "card": card_of(desk, found, mine), "back": back}
            return show(request, desk, "plan", "plan/work_move.html", page, partial="effect")
        changed = move_work(desk, ref, _wanted(asked), parent=seen)
    except InvalidInput as error:
        page = {"tabs": tabs, "card": card_of(desk, found, mine), "problems": say_problems(error), "typed": asked, "back": back}
        return show(request, desk, "plan", "plan/work_task.html", page, status=422, partial="problems")
    except Refused as error:
        if error.code.startswith("PLAN-"):
            notice(request, error.message, error.fix, look="warn")
            return redirect(back)
        return both_shown(request, desk, error, here="work", back=back)
    say_kept(request, desk, changed)
    return redirect(back)


def _wanted(asked: QueryDict) -> dict[str, Any]:
    """What the form says; skills only where it had boxes for them, so that none ticked is "anybody"."""
    wanted: dict[str, Any] = {field: asked.get(field, "") for field in FIELDS if field in asked and field != "skills"}
    if "has_skills" in asked:
        wanted["skills"] = asked.getlist("skills")
    return wanted


def _fields(asked: QueryDict) -> tuple[tuple[str, str], ...]:
    """The same as hidden fields."""
    return tuple((name, value) for name in (*FIELDS, "has_skills") for value in asked.getlist(name))


def _found(desk: Desk, ref: str) -> tuple[WorkNow, WorkTask]:
    try:
        return look_at_task(desk, ref)
    except Refused as error:
        if error.code == NO_TASK:
            raise Http404 from error
        raise
