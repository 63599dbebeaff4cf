"""Taking back a change of the strategy, from wherever it was made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

BUDGET = "management.budget.quarter"


def _changed(site: Site, amount: str) -> int:
    from datetime import UTC, datetime

    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    return change_strategy(open_context(site, "harbour", "Olena", now=datetime(2026, 11, 23, 9, tzinfo=UTC)), {BUDGET: amount}).revision


def _document() -> dict[str, object]:
    from quarterdeck.ledger.models import Revision

    newest = Revision.objects.order_by("-number").first()
    assert newest is not None
    return dict(newest.document)


def test_undo_brings_the_revision_before_back_and_returns_to_the_page_it_was_pressed_on(planned: Site, browser_of: Callable[..., Client]) -> None:
    before = _document()
    number = _changed(planned, "1234")

    answer = browser_of("Petra").post(
        "/w/harbour/strategy/undo/", {"revision": str(number)}, headers={"referer": "http://testserver/w/harbour/plan/work/"}
    )

    assert (answer.status_code, answer["Location"]) == (302, "http://testserver/w/harbour/plan/work/")
    assert _document() == before


def test_undo_never_returns_to_another_site(planned: Site, browser_of: Callable[..., Client]) -> None:
    number = _changed(planned, "1234")

    answer = browser_of("Petra").post("/w/harbour/strategy/undo/", {"revision": str(number)}, headers={"referer": "https://evil.example/"})

    assert answer["Location"] == "/w/harbour/strategy/"


def test_a_change_with_another_one_after_it_is_not_taken_back(planned: Site, browser_of: Callable[..., Client]) -> None:
    first = _changed(planned, "1234")
    _changed(planned, "1235")
    before = _document()
    browser = browser_of("Petra")

    for revision in (str(first), "", "999", "-1", "²", "x"):
        answer = browser.post("/w/harbour/strategy/undo/", {"revision": revision})
        assert answer.status_code == 302

    assert _document() == before
    assert "cannot be taken back" in str(browser.session["notices"])


def test_a_viewer_takes_nothing_back(planned: Site, browser_of: Callable[..., Client]) -> None:
    number = _changed(planned, "1234")

    answer = browser_of("Vera").post("/w/harbour/strategy/undo/", {"revision": str(number)})

    assert answer.status_code == 403
    assert _document()["management"]["budget"]["quarter"] == "1234"  # type: ignore[index]  # plain JSON
