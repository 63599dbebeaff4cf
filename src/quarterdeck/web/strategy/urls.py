"""Addresses of this area, below a company's own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from quarterdeck.web.strategy.ask_views import ask_page, close_page
from quarterdeck.web.strategy.draft_views import adopt_draft, beside, drafts, lay_draft_aside, plan_draft, reopen_draft
from quarterdeck.web.strategy.example_views import example_page
from quarterdeck.web.strategy.form_views import add_page, check_page, member_page, sheet_page, take_out_page
from quarterdeck.web.strategy.from_facts_views import from_facts, target_chance
from quarterdeck.web.strategy.history_views import compare, history, revision, revision_text
from quarterdeck.web.strategy.import_views import import_page
from quarterdeck.web.strategy.interview_views import URLS as INTERVIEW
from quarterdeck.web.strategy.paper_views import paper_markdown, paper_page, paper_pdf, papers
from quarterdeck.web.strategy.share_views import close_link, settle_reply, share_page, shared_link
from quarterdeck.web.strategy.shown_examples import choose_kind
from quarterdeck.web.strategy.spreadsheet_views import empty_sheets, sheets
from quarterdeck.web.strategy.start_views import start
from quarterdeck.web.strategy.step_views import step_page, whole
from quarterdeck.web.strategy.undo import undo

_DOCUMENT: list[URLPattern] = [
    path("", whole),
    path("undo/", undo),
    path("ask/", ask_page),
    path("examples/", choose_kind),
    path("close-question/", close_page),
    path("import/", import_page),
    path("strategy.yaml", revision_text),
    path("strategy.xlsx", sheets),
    path("history/", history),
    path("compare/", compare),
    path("revisions/<int:number>/", revision),
    path("revisions/<int:number>.yaml", revision_text),
    path("papers/", papers),
    path("papers/<slug:kind>/", paper_page),
    path("papers/<slug:kind>.pdf", paper_pdf),
    path("papers/<slug:kind>.md", paper_markdown),
    path("step/<int:number>/", step_page),
    path("step/<int:number>/add/<slug:name>/", add_page),
    path("step/<int:number>/add/<slug:name>/check/", check_page),
    path("step/<int:number>/<slug:name>/", sheet_page),
    path("step/<int:number>/<slug:name>/_check/", check_page),
    path("step/<int:number>/<slug:name>/<slug:key>/", member_page),
    path("step/<int:number>/<slug:name>/<slug:key>/check/", check_page),
    path("step/<int:number>/<slug:name>/<slug:key>/take-out/", take_out_page),
]
"""Of the strategy, and of a draft alike."""

_DRAFT: list[URLPattern] = [
    path("beside/", beside),
    path("plan/", plan_draft),
    path("adopt/", adopt_draft),
    path("lay-aside/", lay_draft_aside),
    path("reopen/", reopen_draft),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *_DOCUMENT,
    path("papers/shared/<int:share>/", shared_link),
    path("papers/shared/<int:share>/close/", close_link),
    path("papers/shared/<int:share>/settle/", settle_reply),
    path("papers/<slug:kind>/share/", share_page),
    path("interview/", include(INTERVIEW)),
    path("from-facts/", from_facts),
    path("from-facts/chance/<slug:metric>/", target_chance),
    path("template.xlsx", empty_sheets),
    path("start/", start),
    path("start/<slug:name>/", example_page),
    path("drafts/", drafts),
    path("drafts/<slug:draft>/", include([*_DOCUMENT, *_DRAFT])),
]
