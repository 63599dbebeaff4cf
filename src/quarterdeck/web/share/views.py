"""A shared paper for somebody who does not sign in: read, taken away, commented on and agreed to. Nothing else of the company is on these pages."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render

from quarterdeck.kernel.problems import InvalidInput, QuarterdeckError, Refused
from quarterdeck.operations.papers.read_share import LONGEST_NAME, LONGEST_TEXT, OpenLink, Said, agree, comment, open_share, print_share
from quarterdeck.report.papers.markdown import to_markdown
from quarterdeck.report.say_shares import say_agreed
from quarterdeck.web.pages import now, open_page, site
from quarterdeck.web.strategy.paper_views import shown_paper
from quarterdeck.web.whole_number import whole_number

WRONG, TOO_MANY, GONE, NOT_NOW = 422, 429, 410, 503
TRAP = "website"
"""A field that people do not see: what fills it in is a program, whose words are dropped."""
_THANKS = {"comment": "Thank you. Your comment is kept, and will be read.", "agreed": "Thank you. Your agreement is recorded below."}
Shown = Callable[[HttpRequest, OpenLink], HttpResponse]


def link_page(*methods: str) -> Callable[[Shown], Callable[..., HttpResponse]]:
    """A page of a link: for everybody who has it while it is open. 404 for a token that is none, 410 for a link that shows nothing any more."""

    def guard(view: Shown) -> Callable[..., HttpResponse]:
        @open_page
        @functools.wraps(view)
        def answer(request: HttpRequest, token: str) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            link = open_share(site(), token, now=now())
            if link is None:
                return _private(render(request, "share/unknown.html", status=404))
            if not isinstance(link, OpenLink):
                return _private(render(request, "share/shut.html", {"link": link}, status=GONE))
            return _private(view(request, link))

        return answer

    return guard


@link_page("GET", "HEAD", "POST")
def shared_page(request: HttpRequest, link: OpenLink) -> HttpResponse:
    """The paper with what was said of it; a POST says something."""
    response = _say(request, link) if request.method == "POST" else _show(request, link)
    # Without a referrer a browser sends "Origin: null" with a form, which the check against forged forms refuses. Other sites get none either way.
    response["Referrer-Policy"] = "same-origin"
    return response


@link_page("GET", "HEAD")
def shared_pdf(request: HttpRequest, link: OpenLink) -> HttpResponse:
    """The paper as PDF."""
    try:
        return _file(link, print_share(link), "application/pdf", "pdf")
    except Refused:
        return render(request, "share/no_pdf.html", status=NOT_NOW)


@link_page("GET", "HEAD")
def shared_markdown(request: HttpRequest, link: OpenLink) -> HttpResponse:
    """The paper as Markdown."""
    del request
    return _file(link, to_markdown(link.paper).encode(), "text/markdown; charset=utf-8", "md")


def _say(request: HttpRequest, link: OpenLink) -> HttpResponse:
    sent, what = request.POST, "agreed" if request.POST.get("do") == "agree" else "comment"
    place = "agree" if what == "agreed" else f"on-{_part(sent.get('part', ''), link)}"
    if not sent.get(TRAP):
        try:
            if what == "agreed":
                agree(link, name=sent.get("name", ""), now=now())
            else:
                comment(link, about=_title(place, link), name=sent.get("name", ""), text=sent.get("text", ""), now=now())
        except QuarterdeckError as error:
            return _show(request, link, {"place": place, "name": sent.get("name", ""), "text": sent.get("text", ""), **_wrong(error)})
    return redirect(f"{request.path}?said={what}#said")


def _show(request: HttpRequest, link: OpenLink, typed: dict[str, Any] | None = None) -> HttpResponse:
    parts = [_shown_part(number, section, blocks, link) for number, (section, blocks) in enumerate(_sections(link), start=1)]
    shown = {
        "link": link,
        "paper": link.paper,
        "parts": parts,
        "whole": _shown_said([each for each in link.comments if each.about not in {section.title for section in link.paper.sections}], link),
        "agreed": [say_agreed(link.words, each.name, each.on, link.revision) for each in link.agreed],
        "made_on": link.words.day(link.made_on),
        "until": link.words.day(link.until),
        "what": "brief" if link.paper.kind == "brief" else "strategy",
        "typed": typed or {},
        "thanks": None if typed else _THANKS.get(request.GET.get("said", "")),
        "longest_name": LONGEST_NAME,
        "longest_text": LONGEST_TEXT,
        "trap": TRAP,
    }
    return render(request, "share/paper.html", shown, status=(typed or {}).get("status", 200))


def _sections(link: OpenLink) -> list[tuple[Any, Any]]:
    shown = shown_paper(link.paper)
    return [*shown["wide"], *shown["halves"]]


def _shown_part(number: int, section: Any, blocks: Any, link: OpenLink) -> dict[str, Any]:
    said = _shown_said([each for each in link.comments if each.about == section.title], link)
    return {"place": f"on-{number}", "section": section, "blocks": blocks, "said": said}


def _shown_said(said: list[Said], link: OpenLink) -> list[dict[str, Any]]:
    return [{"name": each.name, "text": each.text, "when": link.words.day(each.on), "is_settled": each.is_settled} for each in said]


def _part(sent: str, link: OpenLink) -> int:
    """Number of the section that a form is about; 0 is the whole."""
    number = whole_number(sent)
    return number if number <= len(link.paper.sections) else 0


def _title(place: str, link: OpenLink) -> str:
    number = int(place.removeprefix("on-"))
    return str(_sections(link)[number - 1][0].title) if number else ""


def _wrong(error: QuarterdeckError) -> dict[str, Any]:
    if isinstance(error, InvalidInput):
        return {"wrong": {each.where: f"Expected {each.expected}, found {each.found}. {each.fix}" for each in error.problems}, "status": WRONG}
    said = f"{error.message} {error.fix} {error.state}" if isinstance(error, Refused) else str(error)
    return {"wrong": {"all": said}, "status": TOO_MANY if error.code == "STRATEGY-944" else GONE}


def _file(link: OpenLink, body: bytes, content_type: str, ending: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{link.paper.kind}-revision-{link.revision}.{ending}"'
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """The answer with headers that keep the address to those who have it."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Cache-Control"] = "private, no-store"
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    return response
