"""The budget: the plan's money, what if, what is proposed, and the plans of the quarter side by side."""

from __future__ import annotations

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.act.hand_offs import escape_cell
from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.operations.plan.look_at_budget import NoBudget, look_at_budget, plan_numbered
from quarterdeck.operations.plan.propose_budget import propose_budget
from quarterdeck.operations.plan.try_budget import Standing, plan_to_try, stand, try_budget
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.web.notices import Undo, notice, plan_again
from quarterdeck.web.pages import company_page
from quarterdeck.web.plan.budget_shown import budget_shown
from quarterdeck.web.plan.compare_shown import compare_shown, money_table
from quarterdeck.web.plan.no_budget_shown import no_budget_shown
from quarterdeck.web.plan.tabs import plan_tabs
from quarterdeck.web.plan.try_form import read_asked
from quarterdeck.web.plan.try_shown import TrialShown, trial_shown
from quarterdeck.web.shell import show

_PARTS = {"answer": "answered", "whatif": "asked_anew"}
"""Which part of the page htmx asks for, by the element that it replaces."""


@company_page()
def budget(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The budget page; for htmx the part of the trial that it asked for."""
    target = str(getattr(getattr(request, "htmx", None), "target", None) or "")
    if target in _PARTS:
        return _part(request, desk, _PARTS[target])
    found = look_at_budget(desk.context, desk.day)
    tabs = plan_tabs(desk, "budget")
    if isinstance(found, NoBudget):
        return show(request, desk, "plan", "plan/no_budget.html", {"tabs": tabs, "page": no_budget_shown(found, desk)})
    trial = _trial(request, desk, found.standing)
    shown = {"tabs": tabs, "page": budget_shown(found, desk), "trial": trial, "parent": _revision(desk), "period": found.plan.period.label}
    return show(request, desk, "plan", "plan/budget.html", shown)


@company_page(None, act="save_strategy")
def propose(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The trial as a change of the strategy, with Undo; then the budget, where the plan is stale and can be made again."""
    record = plan_to_try(desk.context)
    standing = stand(desk.context, record)
    back = f"/w/{desk.slug}/plan/"
    if standing is None:
        notice(request, "Nothing can be tried on this plan.", "Nothing was changed.", look="warn")
        return redirect(back)
    asked = read_asked(request.POST, standing)
    again = f"{back}?{_query(request)}#whatif"
    try:
        _, changed = propose_budget(desk.context, record, asked.ask, parent=request.POST.get("parent") or None)
    except InvalidInput as error:
        notice(request, *[f"{problem.where}: found {problem.found}, expected {problem.expected}." for problem in error.problems[:4]], look="warn")
        return redirect(again)
    except Refused as error:
        notice(request, error.message, error.fix, error.state, look="warn")
        return redirect(again)
    undo = Undo(f"/w/{desk.slug}/strategy/undo/", {"revision": str(changed.revision)})
    notice(
        request,
        *changed.sentences,
        "The plan does not know this yet: plan again, then approve.",
        undo=undo,
        also=plan_again(desk.slug, may=desk.may("plan_quarter")),
    )
    return redirect(back)


@company_page("export")
def budget_csv(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The split as a spreadsheet: figures bare, and no cell that a spreadsheet would take for a formula."""
    row, plan = plan_numbered(desk.context, _whole(request.GET.get("plan")))
    text = io.StringIO()
    writer = csv.writer(text)
    for cells in money_table(plan, desk.words):
        writer.writerow([escape_cell(cell) for cell in cells])
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="budget-{plan.quarter.isoformat()}-plan-{row.number}.csv"'
    return answer


@company_page()
def compare(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """An earlier plan of the quarter beside the newest."""
    newest = plan_to_try(desk.context)
    shown = {
        "tabs": plan_tabs(desk, "budget"),
        "page": compare_shown(plan_numbered(desk.context, number), plan_numbered(desk.context, newest.number), desk.words),
    }
    return show(request, desk, "plan", "plan/compare.html", shown)


def _part(request: HttpRequest, desk: Desk, partial: str) -> HttpResponse:
    trial = _trial(request, desk, stand(desk.context, plan_to_try(desk.context)))
    if trial is None:
        return HttpResponse("<p>The plan changed meanwhile. Load the page again.</p>")
    return show(request, desk, "plan", "plan/budget_try.html", {"trial": trial, "parent": _revision(desk)}, partial=partial)


def _trial(request: HttpRequest, desk: Desk, standing: Standing | None) -> TrialShown | None:
    if standing is None:
        return None
    asked = read_asked(request.GET, standing)
    tried = try_budget(desk.context, plan_to_try(desk.context), asked.ask)
    return None if tried is None else trial_shown(tried, asked, desk)


def _revision(desk: Desk) -> str:
    return str(current_strategy(desk.context).revision.hash)


def _query(request: HttpRequest) -> str:
    kept = request.POST.copy()
    for name in ("csrfmiddlewaretoken", "parent"):
        kept.pop(name, None)
    return str(kept.urlencode())


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
