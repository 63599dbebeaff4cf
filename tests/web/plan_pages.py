"""What the tests of calendar, conflicts and work share: the newest revision, somebody else's change, and what a page says without its tags."""

from __future__ import annotations

import re
from typing import Any

from quarterdeck.operations.site import Site

HARBOUR = "/w/harbour"


def strategy_of() -> Any:
    """The newest revision of Harbour: its number, hash and document."""
    from quarterdeck.ledger.gateway.revisions import latest_revision
    from quarterdeck.ledger.models import Workspace

    return latest_revision(Workspace.objects.get(slug="harbour"))


def change(site: Site, changes: dict[str, object], person: str = "Petra") -> Any:
    """Single changes of Harbour's strategy saved, as somebody else would meanwhile."""
    from django.conf import settings

    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    return change_strategy(open_context(site, "harbour", person, now=settings.QUARTERDECK_CLOCK()), changes)


def item_of(revision: Any, item_id: str) -> dict[str, Any]:
    """A content item of the document."""
    return next(item for item in revision.document["content"]["items"] if item["id"] == item_id)


def text_of(response: Any) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&#x27;", "'").split())
