"""Forms of the strategy as a browser sends them, and what was saved: used by the tests of saving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from browser_form import forms_of, tags_of

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client


ROOT = "/w/harbour/strategy/"
OBJECTIVE = f"{ROOT}step/1/objectives/new_customers/"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
Browser = Callable[..., "Client"]


def newest_revision() -> Any:
    from quarterdeck.ledger.models import Revision

    return Revision.objects.order_by("-number").first()


def newest_strategy() -> Any:
    from quarterdeck.operations.strategy.save_strategy import strategy_of

    return strategy_of(newest_revision())


def form_at(browser: Client, address: str) -> dict[str, list[str]]:
    return forms_of(browser.get(address).content)[address]


def change_as(site: Site, changes: dict[str, object], person: str = "Petra") -> None:
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    change_strategy(open_context(site, "harbour", person, now=NOW), changes)


def notices_in(browser: Client) -> str:
    return " ".join(sentence for each in browser.session.get("notices", []) for sentence in each["sentences"])


def links_in(browser: Client, number: int, slug: str) -> list[tuple[str, dict[str, str | None]]]:
    """The first members of a list; that all of them survive their form is proven without a browser."""
    root = f"{ROOT}step/{number}/{slug}/"
    found = {tag[1].get("href") or "": tag for tag in tags_of(browser.get(root).content) if tag[0] == "a"}
    return [tag for href, tag in found.items() if href.startswith(root) and href != root][:5]


def as_plain(part: Any) -> dict[str, Any]:
    from quarterdeck.strategy.parts.shape import to_json

    return dict(to_json(part))
