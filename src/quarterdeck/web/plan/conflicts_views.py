"""Conflicts: everything that trips over something else, with its ways out; taken, or left with a reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.operations.plan.apply_fix import apply_fix, leave_collision, take_up_collision
from quarterdeck.operations.plan.look_at_conflicts import look_at_conflicts
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.notices import Undo, notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.plan.conflicts_shown import shown_conflicts
from quarterdeck.web.plan.kept import back_to, say_kept
from quarterdeck.web.plan.meanwhile import both_shown, say_problems
from quarterdeck.web.plan.plan_bar import no_strategy
from quarterdeck.web.plan.tabs import plan_tabs
from quarterdeck.web.shell import show
from quarterdeck.web.whole_number import whole_number


@company_page()
def conflicts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The list, ten at a time."""
    tabs = plan_tabs(desk, "conflicts")
    if desk.strategy is None:
        return show(request, desk, "plan", "plan/work_empty.html", {"tabs": tabs, "title": "Conflicts", **no_strategy(desk)})
    page = request.GET.get("page", "1")
    shown = shown_conflicts(desk, look_at_conflicts(desk), whole_number(page, 1))
    return show(request, desk, "plan", "plan/conflicts.html", {"tabs": tabs, "shown": shown, "back": request.get_full_path()})


@company_page(None, act="save_strategy")
def fix(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One way out taken: a revision that can be taken back."""
    back = back_to(request, f"/w/{desk.slug}/plan/conflicts/")
    try:
        changed = apply_fix(desk, request.POST.get("key", ""), request.POST.get("fix", ""), parent=request.POST.get("revision", ""))
    except Refused as error:
        if error.code.startswith("PLAN-"):
            notice(request, error.message, error.fix, look="warn")
            return redirect(back)
        return both_shown(request, desk, error, here="conflicts", back=back)
    say_kept(request, desk, changed)
    return redirect(back)


@company_page(None, act="save_strategy")
def leave(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A collision left as it is; the reason is kept."""
    back = back_to(request, f"/w/{desk.slug}/plan/conflicts/")
    key = request.POST.get("key", "")
    try:
        sentence = leave_collision(desk, key, request.POST.get("reason", ""))
    except (InvalidInput, Refused) as error:
        notice(request, *say_problems(error), look="warn")
        return redirect(back)
    undo = Undo(f"/w/{desk.slug}/plan/conflicts/take-up/", {"key": key, "back": back}, "Take it up again")
    notice(request, "Left as it is; your reason is kept in the audit log.", sentence, undo=undo)
    return redirect(back)


@company_page(None, act="save_strategy")
def take_up(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A collision that was left counts again."""
    if take_up_collision(desk, request.POST.get("key", "")):
        notice(request, "It counts as a collision again.")
    else:
        notice(request, "This one is not left any more; nothing was changed.", look="info")
    return redirect(back_to(request, f"/w/{desk.slug}/plan/conflicts/"))
