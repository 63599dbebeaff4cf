"""Gone out: what was done and handed over, when, how and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from quarterdeck.operations.act.look_at_gone import HOW, Gone, GonePage, look_at_gone, table_of_gone
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.do.action_shown import safe_link
from quarterdeck.web.do.asked import MOST_SIGNS
from quarterdeck.web.do.page_number import page_number
from quarterdeck.web.do.saying import Part, day_of_month, live_chip, moment, say_title, short_day, things
from quarterdeck.web.do.tabs import tabs_of_do
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show

_KINDS = {"budget_line": "banknote", "task": "list-checks", "item": "send", "file": "file"}


@dataclass(frozen=True)
class GoneRow:
    """One receipt, as it is shown."""

    icon: str
    title: str
    href: str
    on: str
    how: str
    by: str
    link: str
    note: str
    recorded: str


@company_page()
def gone(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The receipts, newest first."""
    text, how = _asked(request)
    found = look_at_gone(desk.context, text=text, how=how or None, page=page_number(request.GET.get("page")))
    query = {name: value for name, value in (("q", text), ("how", how)) if value}
    shown = {
        "tabs": tabs_of_do(desk, "gone"),
        "finding": _finding(found, desk, is_searched=bool(query)),
        "rows": [_row(row, desk) for row in found.rows],
        "found": found,
        "text": text,
        "hows": [(name, said, name == how) for name, said in HOW.items()],
        "earlier": "?" + urlencode({**query, "page": found.number - 1}) if found.number > 1 else "",
        "later": "?" + urlencode({**query, "page": found.number + 1}) if found.number < found.pages else "",
        "csv": f"gone-out.csv?{urlencode(query)}",
        "is_searched": bool(query),
        "live": live_chip(desk),
    }
    return show(request, desk, "do", "do/gone.html", shown, partial="rows")


@company_page("export")
def table(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The same as a file."""
    text, how = _asked(request)
    response = HttpResponse(table_of_gone(desk.context, text=text, how=how or None), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{desk.slug}-gone-out.csv"'
    return response


def _asked(request: HttpRequest) -> tuple[str, str]:
    text, how = request.GET.get("q", "").replace("\x00", "").strip()[:MOST_SIGNS], request.GET.get("how", "")
    return text, how if how in HOW else ""


def _finding(found: GonePage, desk: Desk, *, is_searched: bool) -> tuple[Part, ...]:
    words = desk.words
    if found.everything == 0:
        return (Part("Nothing has gone out yet."),)
    if is_searched:
        return (Part(f"{things(found.found, words, 'receipt')} of {words.count(found.everything)} match." if found.found else "No receipt matches."),)
    newest = found.rows[0]
    have = "thing has" if found.everything == 1 else "things have"
    return (Part(f"{words.count(found.everything)} {have} gone out, each with its receipt; the last on {day_of_month(newest.on, words)}."),)


def _row(row: Gone, desk: Desk) -> GoneRow:
    return GoneRow(
        icon=_KINDS.get(row.kind, "circle-dot"),
        title=say_title(row.title, desk.words),
        href=f"/w/{desk.slug}/do/action/?{urlencode({'key': row.key})}",
        on=short_day(row.on, desk.words),
        how=HOW.get(row.how, row.how),
        by=dict(desk.words.names).get(row.by, row.by),
        link=safe_link(row.link),
        note=row.note,
        recorded=moment(row.recorded_at, desk),
    )
