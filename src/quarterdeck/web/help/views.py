"""Help: what each page answers, every word explained, keys; and search through everything of the company."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from quarterdeck.kernel.glossary import GLOSSARY
from quarterdeck.operations.company.search_company import search_company
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show

PAGES = (
    ("", "This quarter", "How is your digital marketing going, and what should you do next?"),
    ("strategy/", "Strategy", "What do you want, for whom, by which means, and how will you judge it?"),
    ("plan/", "Plan", "Where does the money go, who does what when, and what trips over what?"),
    ("do/", "Do", "What wants to leave, what was done, and which files does somebody need?"),
    ("results/", "Results", "What happened against plan and last year, and can the figures be trusted?"),
    ("review/", "Review", "Why did it go otherwise, and what should change?"),
)
KEYS = (
    ("/", "search"),
    ("g q", "this quarter"),
    ("g s", "strategy"),
    ("g p", "plan"),
    ("g d", "do"),
    ("g r", "results"),
    ("g v", "review"),
    ("Esc", "close a menu"),
)


@company_page()
def help_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Words and help."""
    words = [(word, word.replace(" ", "-"), meaning) for word, meaning in sorted(GLOSSARY.items())]
    return show(request, desk, "help", "help/help.html", {"pages": PAGES, "words": words, "keys": KEYS})


@company_page()
def search(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What was found; asks first when nothing was asked."""
    asked = request.GET.get("q", "").strip()[:100]
    return show(request, desk, "search", "help/search.html", {"asked": asked, "hits": search_company(desk, asked)}, partial="found")
