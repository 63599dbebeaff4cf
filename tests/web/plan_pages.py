"""What the tests of calendar, conflicts and work share: the newest revision, somebody else's change, and what a page says without its tags."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from quarterdeck.operations.site import Site

HARBOUR = "/w/harbour"


@pytest.fixture
def strategy_of() -> Callable[[], Any]:
    """Reads the newest revision of Harbour: its number, hash and document."""

    def read() -> Any:
        from quarterdeck.ledger.gateway.revisions import latest_revision
        from quarterdeck.ledger.models import Workspace

        return latest_revision(Workspace.objects.get(slug="harbour"))

    return read


@pytest.fixture
def change() -> Callable[..., Any]:
    """Saves single changes of Harbour's strategy, as somebody else would meanwhile."""

    def save(site: Site, changes: dict[str, object], person: str = "Petra") -> Any:
        from django.conf import settings

        from quarterdeck.operations.change_strategy import change_strategy
        from quarterdeck.operations.context import open_context

        return change_strategy(open_context(site, "harbour", person, now=settings.QUARTERDECK_CLOCK()), changes)

    return save


def item_of(revision: Any, item_id: str) -> dict[str, Any]:
    """A content item of the document."""
    return next(item for item in revision.document["content"]["items"] if item["id"] == item_id)


def text_of(response: Any) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&#x27;", "'").split())
