"""Pages of a draft speak of the draft, one that was closed offers nothing to change, and names in any letters name drafts of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

LIVE = "/w/north-bakery/strategy/"
DRAFT = f"{LIVE}drafts/bold/"
LATE = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)


@pytest.fixture
def olena(empty: Site, browser_of: Callable[..., Client]) -> Client:
    """An owner whose company has a strategy and a draft of it, changed once."""
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.drafts.open_draft import begin_draft, in_draft
    from quarterdeck.operations.first_strategy.start_strategy import start_strategy
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    context = open_context(empty, None, "Olena", now=datetime(2026, 11, 23, 9, tzinfo=UTC))
    start_strategy(context, "first")
    begin_draft(context, "Bold")
    change_strategy(in_draft(context, "bold"), {"vision": "Bread for everybody."})
    return browser_of("Olena")


def _after(client: Client, address: str, sent: dict[str, str]) -> str:
    return str(client.post(address, sent, follow=True).content.decode())


def test_what_is_restored_in_a_draft_is_the_draft(olena: Client) -> None:
    history = olena.get(f"{DRAFT}history/").content.decode()
    restored = _after(olena, f"{DRAFT}history/", {"revision": "1"})
    undone = _after(olena, f"{DRAFT}undo/", {"revision": "3"})

    assert "The draft was saved 2 times" in history and "the draft now" in history and "the strategy now" not in history
    assert "Revision 1 is the draft again, as revision 3" in restored
    assert "The draft is as it was before." in undone and "You are in the draft" in undone
    assert "Make it the draft again" in olena.get(f"{DRAFT}revisions/1/").content.decode()


def test_what_is_restored_in_the_strategy_is_the_strategy(olena: Client) -> None:
    assert "The strategy was saved once" in olena.get(f"{LIVE}history/").content.decode()


@pytest.mark.parametrize("path", ["", "step/1/", "step/1/vision/", "step/1/objectives/", "step/1/add/objectives/", "history/", "revisions/1/"])
def test_a_closed_draft_offers_nothing_to_change(olena: Client, path: str) -> None:
    olena.post(f"{DRAFT}lay-aside/")
    page = olena.get(f"{DRAFT}{path}").content.decode()
    main = page[page.index("<main") : page.index("</main>")]

    posts = re.findall(r'<form(?=[^>]*method="post")(?![^>]*examples/)[^>]*>.*?</form>', main, re.DOTALL)
    assert [form[:90] for form in posts if "<button" in form] == []
    assert f"{DRAFT}step/1/add/" not in main.replace(f'action="{DRAFT}step/1/add/', "")
    assert "Your role may read this" not in main


def test_a_closed_draft_is_not_planned(olena: Client) -> None:
    from quarterdeck.ledger.models import Job

    olena.post(f"{DRAFT}lay-aside/")
    answer = olena.post(f"{DRAFT}plan/")

    assert (answer.status_code, Job.objects.count()) == (409, 0)
    assert "was closed" in answer.content.decode()


def test_names_without_latin_letters_are_drafts_of_their_own(olena: Client) -> None:
    names = ("Без радіо", "Χωρίς ραδιόφωνο", "ラジオなし")

    statuses = [olena.post(f"{LIVE}drafts/", {"name": name}).status_code for name in (*names, names[0])]

    assert statuses == [302, 302, 302, 409]
    assert all(name in olena.get(f"{LIVE}drafts/").content.decode() for name in names)


def test_a_name_with_signs_that_cannot_be_seen_is_refused(olena: Client) -> None:
    assert olena.post(f"{LIVE}drafts/", {"name": "Bold\u202e"}).status_code == 422


def test_a_draft_that_was_begun_late_in_the_evening_is_of_the_companys_day(empty: Site, olena: Client) -> None:
    from quarterdeck.ledger.models import Workspace
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.drafts.open_draft import begin_draft

    Workspace.objects.update(timezone="Asia/Tokyo")
    begin_draft(open_context(empty, None, "Olena", now=LATE), "Late")

    assert "24 November 2026" in olena.get(f"{LIVE}drafts/").content.decode()


@pytest.mark.parametrize("path", ["papers/one-page.md", "strategy.yaml", "revisions/1.yaml"])
def test_a_file_of_a_draft_is_called_after_it(olena: Client, path: str) -> None:
    live, draft = (olena.get(root + path)["Content-Disposition"] for root in (LIVE, DRAFT))

    assert "north-bakery-bold-" in draft
    assert "bold" not in live


def test_a_reason_that_is_a_document_is_refused_with_its_length(empty: Site, olena: Client) -> None:
    from quarterdeck.kernel.problems import InvalidInput
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.drafts.open_draft import begin_draft

    with pytest.raises(InvalidInput, match=r"why: .*501 letters"):
        begin_draft(open_context(empty, None, "Olena", now=LATE), "Long", why="w" * 501)
