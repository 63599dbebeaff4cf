"""Papers of the strategy: one page, the full report, a brief for an agency; read here, or taken away as PDF or Markdown."""

from __future__ import annotations

from typing import Any, get_args

from django.http import Http404, HttpRequest, HttpResponse

from quarterdeck.operations.papers.print_paper import print_pdf
from quarterdeck.operations.papers.write_paper import KINDS, Kind, write_paper
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.report.papers.agency_brief import Scope
from quarterdeck.report.papers.markdown import to_markdown
from quarterdeck.report.papers.paper import Block, Paper
from quarterdeck.report.strategy.around import Around
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.frame import file_name, root_of, strategy_tabs
from quarterdeck.web.strategy.share_views import may_share, shown_links
from quarterdeck.web.strategy.start_views import start_page

_SAYS: dict[Kind, str] = {
    "one-page": "Goals, people, reasons, ways, work and rules on one sheet: what a board reads in two minutes.",
    "report": "Every step with all that stands in it, and what the checks still want.",
    "brief": "What an agency or a consultant must know to do their part. Margins, costs of hours and chances are left out.",
}


@company_page()
def papers(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The papers that there are, and what a brief should be about."""
    if desk.strategy is None:
        return start_page(request, desk)
    around = Around(desk.strategy, desk.words)
    choices = {
        "team": around.named("management.teams"),
        "campaign": around.named("campaigns"),
        "channel": around.named("channels"),
    }
    shown = {
        "tabs": strategy_tabs(desk, "papers"),
        "root": root_of(desk),
        "papers": [(kind, name, _SAYS[kind]) for kind, name in KINDS.items()],
        "choices": choices,
        **shown_links(request, desk),
    }
    return show(request, desk, "strategy", "strategy/papers.html", shown)


@company_page()
def paper_page(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """A paper as a page."""
    if desk.strategy is None:
        return start_page(request, desk)
    paper = _paper(request, desk, kind)
    asked = request.GET.urlencode()
    shown = {
        **shown_paper(paper),
        "tabs": strategy_tabs(desk, "papers"),
        "root": root_of(desk),
        "kind": kind,
        "asked": f"?{asked}" if asked else "",
        "may_share": may_share(desk),
        "kinds": [(each, name, each == kind) for each, name in KINDS.items()],
    }
    return show(request, desk, "strategy", "strategy/paper.html", shown)


@company_page()
def paper_pdf(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """A paper as PDF."""
    return _file(desk, kind, print_pdf(_paper(request, desk, kind)), "application/pdf", "pdf")


@company_page()
def paper_markdown(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """A paper as Markdown."""
    return _file(desk, kind, to_markdown(_paper(request, desk, kind)).encode(), "text/markdown; charset=utf-8", "md")


def shown_paper(paper: Paper) -> dict[str, Any]:
    """A paper for its template: each block with the word for what it is."""
    sections = [(section, [(_word(block), block) for block in section.blocks]) for section in paper.sections]
    return {
        "paper": paper,
        "wide": [each for each in sections if each[0].width == "wide"],
        "halves": [each for each in sections if each[0].width == "half"],
    }


def _word(block: Block) -> str:
    return type(block).__name__.lower()


def _paper(request: HttpRequest, desk: Desk, kind: str) -> Paper:
    if kind not in get_args(Kind):
        raise Http404
    chosen = {name: tuple(value for value in request.GET.getlist(name) if value) for name in ("campaign", "channel", "team")}
    scope = Scope(chosen["campaign"], chosen["channel"], chosen["team"][0] if chosen["team"] else None)
    return write_paper(desk.context, kind, quarter=desk.quarter, day=desk.day, scope=scope)  # type: ignore[arg-type]  # one of the kinds


def _file(desk: Desk, kind: str, body: bytes, content_type: str, ending: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(desk, f"{kind}.{ending}")}"'
    return response
