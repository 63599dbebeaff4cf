"""Files: what people need who carry a week out. Looking records nothing; taking a file is recorded."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.act.choose_actions import plans_in_force
from quarterdeck.operations.act.hand_over import hand_over_files, look_at_files
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.do.asked import read_week
from quarterdeck.web.do.files_shown import NAMES, FilesShown, show_files, weeks_to_choose
from quarterdeck.web.do.saying import Part, live_chip
from quarterdeck.web.do.tabs import tabs_of_do
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show

_TYPES = {"csv": "text/csv; charset=utf-8", "txt": "text/plain; charset=utf-8", "zip": "application/zip"}


@company_page()
def files(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The files of a week, as they would be handed over now."""
    week = read_week(request.GET.get("week"))
    try:
        shown = show_files(look_at_files(desk.context, week=week), desk)
    except Refused as error:
        shown = _refused(desk, error, week.isoformat() if week else "")
    page = {"tabs": tabs_of_do(desk, "files"), "files": shown, "live": live_chip(desk)}
    return show(request, desk, "do", "do/files.html", page)


@company_page(None, act="hand_over")
def take(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One file, or all of the week in a zip; its actions get the receipt that they were handed over."""
    week, name = read_week(request.POST.get("week")), request.POST.get("file", "")
    back = f"/w/{desk.slug}/do/files/" + (f"?week={week.isoformat()}" if week else "")
    if week is None or (name and name not in NAMES):
        notice(request, "There is no such file.", look="warn")
        return HttpResponseRedirect(back)
    try:
        file_name, content = hand_over_files(desk.context, week=week, names=(name,) if name else ())
    except Refused as error:
        notice(request, error.message, "No file was handed over.", look="warn")
        return HttpResponseRedirect(back)
    response = HttpResponse(content, content_type=_TYPES[file_name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["Cache-Control"] = "no-store"
    return response


def _refused(desk: Desk, error: Refused, week: str) -> FilesShown:
    """Why there is none, and what to do about it here."""
    plans = plans_in_force(desk.context)
    changed = error.code == "EXPORT-007"
    said = "No file can be handed over for this week: something was changed after it was approved." if changed else error.message
    fix = (
        "A file must carry exactly what was approved. Plan again, approve what changed, then come back."
        if changed
        else "Files are there for the weeks of a plan that is in force."
    )
    here = read_week(week)
    return FilesShown(
        finding=(Part(said),),
        week=week,
        weeks=weeks_to_choose(plans[0].period.weeks, here, desk) if plans else (),
        files=(),
        may_take=False,
        refused=error.message if changed else "",
        refused_fix=fix,
        may_plan=desk.may("plan_quarter"),
    )
