"""A judgement of what a channel brings is typed in its form, refused in words when it cannot be one, and taken back by emptying it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from browser_form import forms_of

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

ADDRESS = "/w/harbour/strategy/step/4/channels/print/"
FILLED = {"expects.metric": ["new_customers"], "expects.brings": ["1"], "expects.spend": ["40"]}
EMPTY = {"expects.metric": [""], "expects.brings": [""], "expects.spend": [""]}


def _send(browser: Client, changes: dict[str, list[str]]) -> bytes:
    return browser.post(ADDRESS, forms_of(browser.get(ADDRESS).content)[ADDRESS] | changes).content


def _judged() -> Any:
    from quarterdeck.ledger.models import Revision
    from quarterdeck.operations.strategy.save_strategy import strategy_of

    strategy = strategy_of(Revision.objects.order_by("-number").first())
    return next(channel for channel in strategy.channels if channel.id == "print").expects


def test_a_judgement_is_kept_and_taken_back_by_emptying_its_fields(planned: Site, browser_of: Callable[..., Client]) -> None:
    browser = browser_of("Petra")
    _send(browser, FILLED)
    kept = _judged()
    _send(browser, EMPTY)
    assert (kept.metric, kept.brings, kept.spend) == ("new_customers", 1, 40)
    assert _judged() is None


def test_half_a_judgement_and_one_of_a_rate_are_refused_beside_their_fields(planned: Site, browser_of: Callable[..., Client]) -> None:
    browser = browser_of("Petra")
    half = _send(browser, FILLED | {"expects.spend": [""]})
    rate = _send(browser, FILLED | {"expects.metric": ["nps"]})
    assert _judged() is None
    assert b"aria-invalid" in half
    assert b"a metric whose weeks can be added up" in rate
