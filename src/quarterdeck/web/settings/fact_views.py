"""Facts brought in by the browser: looked at first, kept after a yes, taken back at any time."""

from __future__ import annotations

from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.facts.parsed_table import DecimalMark
from quarterdeck.facts.schemas import TABLES
from quarterdeck.kernel.problems import InvalidInput, QuarterdeckError
from quarterdeck.operations.company.look_at_settings import look_at_imports
from quarterdeck.operations.facts.import_file import REPEATED, import_file
from quarterdeck.operations.facts.keep_upload import find_upload, forget_upload, keep_upload
from quarterdeck.operations.facts.manage_loads import drop_import
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.told import Told, tell_nobody
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.plain_words import for_browser
from quarterdeck.web.settings.tabs import settings_tabs
from quarterdeck.web.shell import show

WANTED = ("table", "date_format", "decimal", "repeated", "columns", "weekly", "replace")
MOST_PROBLEMS = 50
_one_at_a_time = Lock()
"""A file of 25 MB takes a gigabyte of memory while it is read; eight of them at once would take the server down."""
_DECIMALS: dict[str, DecimalMark] = {"point": "point", "comma": "comma"}


@company_page("see", act="import_facts")
def imports(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What was brought in; a POST reads a file and says what would happen, and nothing is kept yet."""
    shown: dict[str, Any] = {"typed": {"table": "spend"}}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in WANTED}
        shown = {"typed": typed, **_look(request, desk, typed)}
    return show(request, desk, "settings", "settings/imports.html", _page(desk) | shown, status=422 if shown.get("wrong") else 200)


@company_page(None, act="import_facts")
def confirm(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The file that was looked at becomes facts; what only then turns out to be wrong is said beside the form, with the file still there."""
    token, typed = request.POST.get("token", ""), {name: request.POST.get(name, "") for name in WANTED}
    find_upload(desk.context.site, token)
    try:
        told = _import(desk, token, typed, dry_run=False)
    except InvalidInput as error:
        return show(request, desk, "settings", "settings/imports.html", _page(desk) | {"typed": typed, **_wrong(error, token)}, status=422)
    forget_upload(desk.context.site, token)
    notice(request, *told.sentences)
    return redirect(f"/w/{desk.slug}/settings/imports/")


@company_page(None, act="drop_load")
def drop(request: HttpRequest, desk: Desk) -> HttpResponse:
    """An import does not count any more."""
    notice(request, *drop_import(desk.context, request.POST.get("load", "none")).sentences)
    return redirect(f"/w/{desk.slug}/settings/imports/")


def _look(request: HttpRequest, desk: Desk, typed: dict[str, str]) -> dict[str, Any]:
    """What the file holds, or everything that is wrong with it."""
    try:
        token = request.POST.get("token", "")
        if chosen := request.FILES.get("file"):
            token = keep_upload(desk.context.site, chosen.name or "file.csv", chosen.chunks(), now=desk.context.now)
        if not token:
            return {"wrong": "No file was chosen.", "problems": ()}
        return {"token": token, "look": _import(desk, token, typed, dry_run=True), "file": find_upload(desk.context.site, token).name}
    except InvalidInput as error:
        return _wrong(error, token)
    except QuarterdeckError as error:
        return {"wrong": for_browser(str(error)), "problems": ()}


def _wrong(error: InvalidInput, token: str) -> dict[str, Any]:
    return {"wrong": for_browser(error.state), "problems": error.problems[:MOST_PROBLEMS], "token": token}


def _import(desk: Desk, token: str, typed: dict[str, str], *, dry_run: bool) -> Told:
    file = find_upload(desk.context.site, token)
    with _one_at_a_time:
        return import_file(
            desk.context,
            typed["table"],
            file,
            dry_run=dry_run,
            columns=[line.strip() for line in typed["columns"].splitlines() if line.strip()],
            wide=(),
            date_format=typed["date_format"] or None,
            decimal=_DECIMALS.get(typed["decimal"]),
            weekly=bool(typed["weekly"]),
            repeated=typed["repeated"] or "refuse",
            replace=bool(typed["replace"]),
            source=None,
            tell=tell_nobody,
        )


def _page(desk: Desk) -> dict[str, Any]:
    return {
        "tabs": settings_tabs(desk, "imports/"),
        "imports": look_at_imports(desk.context),
        "tables": [(name, schema.meaning) for name, schema in TABLES.items()],
        "repeated": list(REPEATED),
        "may_import": desk.may("import_facts"),
        "may_drop": desk.may("drop_load"),
    }
