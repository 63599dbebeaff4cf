"""Lists of drafts, links and replies read no documents and no papers, and ask no more for many than for few."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from child_jobs import NOW
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quarterdeck.kernel.periods import Quarter
from quarterdeck.ledger.models import Workspace
from quarterdeck.operations.context import Context
from quarterdeck.operations.drafts.compare_draft import list_drafts
from quarterdeck.operations.drafts.open_draft import begin_draft, in_draft, lay_aside, reopen
from quarterdeck.operations.first_strategy.start_strategy import start_strategy
from quarterdeck.operations.papers.read_share import agree, comment, open_share
from quarterdeck.operations.papers.share_paper import agreements, count_waiting, look_at_shares, share_paper
from quarterdeck.operations.site import Site
from quarterdeck.operations.strategy.change_strategy import change_strategy

DAY = date(2027, 1, 4)


@pytest.fixture
def olena(ledger_site: Site, bakery: Workspace) -> Context:
    """An owner whose company has a strategy."""
    from quarterdeck.ledger.gateway.workspaces import set_role

    context = Context(ledger_site, bakery, set_role(bakery, "Olena", "owner", now=NOW), NOW)
    start_strategy(context, "first")
    return context


def _asked(ask: Any) -> list[str]:
    ask()
    with CaptureQueriesContext(connection) as asked:
        ask()
    return [str(query["sql"]) for query in asked]


def _draft(context: Context, name: str) -> None:
    begin_draft(context, name)
    inside = in_draft(context, name.lower())
    change_strategy(inside, {"vision": f"{name} bread."})


def _link(context: Context, name: str) -> None:
    link = share_paper(context, "one-page", for_whom=name, days=14, quarter=Quarter(DAY), day=DAY)
    opened: Any = open_share(context.site, link.path.removeprefix("/s/").removesuffix("/"), now=NOW)
    comment(opened, about="", name=name, text="Good.", now=NOW)
    agree(opened, name=name, now=NOW)


def test_many_drafts_ask_no_more_than_few(olena: Context) -> None:
    _draft(olena, "One")
    few = _asked(lambda: list_drafts(olena))
    for name in ("Two", "Three", "Four"):
        _draft(olena, name)
    lay_aside(in_draft(olena, "two"))
    reopen(in_draft(olena, "two"))
    many = _asked(lambda: list_drafts(olena))

    assert len(many) <= len(few)
    assert [line.changes for line in list_drafts(olena)] == [1, 1, 1, 1]


def test_lists_read_no_documents_and_no_papers(olena: Context) -> None:
    _draft(olena, "One")
    for name in ("Jane", "Omar"):
        _link(olena, name)
    asked = [sql for ask in (list_drafts, look_at_shares, agreements, count_waiting) for sql in _asked(lambda ask=ask: ask(olena))]

    assert asked
    assert [sql for sql in asked if '"document"' in sql or '"body"' in sql] == []
    assert [link.replies[1].name for link in look_at_shares(olena)] == ["Omar", "Jane"]
    assert [reply.name for reply in agreements(olena)[1]] == ["Jane", "Omar"]
