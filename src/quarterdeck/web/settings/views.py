"""Settings: the company, its people, what was done, backup."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.problems import QuarterdeckError
from quarterdeck.operations.company.add_member import add_member
from quarterdeck.operations.company.change_company import change_company, remove_member
from quarterdeck.operations.company.export import part_of_company, parts_there
from quarterdeck.operations.company.look_at_settings import look_at_audit, look_at_people
from quarterdeck.operations.company.manage_members import WHAT_THEY_DO, set_member
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.notices import Undo, notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.plain_words import for_browser
from quarterdeck.web.settings.tabs import settings_tabs
from quarterdeck.web.shell import show
from quarterdeck.web.whole_number import whole_number

LINES_A_PAGE = 50
PARTS = {
    "workspace": (
        "zip",
        "application/zip",
        "Everything: strategy, plans, decisions, facts",
        "Restore it in any Quarterdeck, or keep it as a backup.",
    ),
    "strategy": ("yaml", "application/yaml", "The strategy as YAML", "With its comments, as it was saved last."),
    "facts": ("zip", "application/zip", "The facts as CSV files", "One file for each table that has rows."),
    "plan": ("json", "application/json", "The newest plan as JSON", "Every week, channel, task and collision."),
    "review": ("json", "application/json", "The newest review as JSON", "The gap, its causes, verdicts and corrections."),
}


@company_page("see", act="change_workspace")
def company(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Name and time zone."""
    typed, wrong = {"name": desk.context.workspace.name, "timezone": desk.context.workspace.timezone}, ""
    if request.method == "POST":
        typed = {"name": request.POST.get("name", ""), "timezone": request.POST.get("timezone", "")}
        try:
            notice(request, *change_company(desk.context, **typed).sentences)
            return redirect(f"/w/{desk.slug}/settings/")
        except QuarterdeckError as error:
            wrong = for_browser(str(error))
    shown = {"tabs": settings_tabs(desk, ""), "typed": typed, "wrong": wrong, "may_change": desk.may("change_workspace"), "zones": zones()}
    return show(request, desk, "settings", "settings/company.html", shown, status=422 if wrong else 200)


@company_page("see", act="set_role")
def people(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who belongs to the company; a POST adds somebody, and shows a new password this once."""
    shown = {
        "tabs": settings_tabs(desk, "people/"),
        "may_change": desk.may("set_role"),
        "roles": WHAT_THEY_DO.items(),
        "added": None,
        "wrong": "",
        "typed": {},
    }
    if request.method == "POST":
        person, role = request.POST.get("person", "").strip(), request.POST.get("role", "viewer")
        try:
            shown["added"] = add_member(desk.context, person, role)
        except QuarterdeckError as error:
            shown |= {"wrong": for_browser(str(error)), "typed": {"person": person, "role": role}}
    shown["people"] = look_at_people(desk.context)
    return show(request, desk, "settings", "settings/people.html", shown, status=422 if shown["wrong"] else 200)


@company_page(None, act="set_role")
def change_role(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Another role for a member."""
    person = request.POST.get("person", "")
    before = {each.person: each.role for each in look_at_people(desk.context)}.get(person)
    if before is None:
        notice(request, "Nobody of that name belongs to this company.", look="warn")
    else:
        told = set_member(desk.context, person, request.POST.get("role", ""))
        notice(request, *told.sentences, undo=Undo(f"/w/{desk.slug}/settings/people/role/", {"person": person, "role": before}))
    return redirect(f"/w/{desk.slug}/settings/people/")


@company_page(None, act="set_role")
def remove(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A member leaves."""
    told = remove_member(desk.context, request.POST.get("person", ""))
    back = Undo(f"/w/{desk.slug}/settings/people/", {"person": told.facts["person"], "role": told.facts["role"]})
    notice(request, *told.sentences, undo=back)
    return redirect("/companies/" if told.facts["person"] == request.user.get_username() else f"/w/{desk.slug}/settings/people/")


@company_page()
def audit(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who did what and when."""
    asked, page = request.GET.get("q", "").strip()[:100], _page(request)
    found = look_at_audit(desk.context, asked=asked, first=(page - 1) * LINES_A_PAGE, most=LINES_A_PAGE)
    shown = {"tabs": settings_tabs(desk, "audit/"), "audit": found, "asked": asked, "page": page, "pages": max(1, -(-found.total // LINES_A_PAGE))}
    return show(request, desk, "settings", "settings/audit.html", shown)


@company_page()
def backup(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What can be taken away as a file."""
    there = parts_there(desk.context)
    parts = [(part, *words[2:]) for part, words in PARTS.items() if part in there]
    return show(request, desk, "settings", "settings/backup.html", {"tabs": settings_tabs(desk, "backup/"), "parts": parts})


@company_page("export")
def download(request: HttpRequest, desk: Desk, part: str) -> HttpResponse:
    """A part of the company as a file."""
    content = part_of_company(desk.context, part)
    ending, kind, *_ = PARTS[part]
    name = f"{desk.slug}.quarterdeck.zip" if part == "workspace" else f"{desk.slug}-{part}.{ending}"
    return HttpResponse(content, headers={"Content-Type": kind, "Content-Disposition": f'attachment; filename="{name}"'})


def zones() -> list[str]:
    """Every time zone that is named after a city."""
    from zoneinfo import available_timezones

    return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, whole_number(asked, 1))
