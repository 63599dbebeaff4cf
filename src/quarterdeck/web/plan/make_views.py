"""Making the plan in the background, and putting it in force."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.jobs.jobs import start_job
from quarterdeck.operations.plan.approve_newest import approve_newest_plan
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page

_STALE = "PLAN-902"


@company_page(None, act="plan_quarter")
def make_plan(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The job that makes the plan, or the one that is under way; then its progress page."""
    reason = request.POST.get("overrule", "").strip()
    job = start_job(desk.context, "plan", {"overrule": reason} if reason else {})
    return redirect(f"/w/{desk.slug}/jobs/{job.id}/")


@company_page(None, act="approve_plan")
def approve_plan(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The newest plan in force, if it is still the one that was looked at."""
    try:
        done = approve_newest_plan(desk.context, seen=request.POST.get("plan") or None)
    except Refused as error:
        fix = "Plan again, then approve that." if error.code == _STALE else error.fix
        notice(request, error.message, fix, error.state, look="warn")
    else:
        if done.sentences:
            notice(request, *done.sentences, "Nothing goes out and no money is spent before somebody approves each action under Do.")
        else:
            notice(request, f"Plan {done.number} is in force already.", look="info")
    return redirect(f"/w/{desk.slug}/plan/")
