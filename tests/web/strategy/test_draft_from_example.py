"""A company that has a strategy tries an example beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from quarterdeck.operations.site import Site

BAKERY = "/w/north-bakery/strategy/"
Browser = Callable[..., Client]


@pytest.fixture
def begun(empty: Site, browser_of: Browser) -> Client:
    """A planner's browser; the company began from the example of a local trade."""
    browser = browser_of("Petra")
    browser.post(f"{BAKERY}start/", {"from": "local_trade"})
    return browser


def test_an_example_becomes_a_draft_and_the_strategy_stays_as_it_is(begun: Client) -> None:
    before = begun.get(f"{BAKERY}strategy.yaml").content
    assert "Draft from it" in begun.get(f"{BAKERY}start/").content.decode()

    answer = begun.post(f"{BAKERY}start/", {"from": "shop"})

    assert answer["Location"] == f"{BAKERY}drafts/example-an-online-shop/"
    draft = begun.get(f"{answer['Location']}strategy.yaml").content.decode()
    assert "Have 1,620 families buy their first pair" in draft
    assert "name: North Bakery" in draft
    assert begun.get(f"{BAKERY}strategy.yaml").content == before


def test_a_second_draft_from_the_same_example_is_refused_and_nothing_is_half_begun(begun: Client) -> None:
    begun.post(f"{BAKERY}start/", {"from": "saas"})

    again = begun.post(f"{BAKERY}start/", {"from": "saas"})

    assert again.status_code == 409
    assert begun.get(f"{BAKERY}drafts/").content.decode().count("Example: software paid by the month</a>") == 1


def test_what_is_no_example_begins_no_draft(begun: Client) -> None:
    assert begun.post(f"{BAKERY}start/", {"from": "../../etc"}).status_code == 409
    assert "There is no draft yet" in begun.get(f"{BAKERY}drafts/").content.decode()


def test_who_may_only_look_is_offered_no_draft_and_cannot_begin_one(begun: Client, browser_of: Browser) -> None:
    viewer = browser_of("Vera")
    assert "Draft from it" not in viewer.get(f"{BAKERY}start/").content.decode()
    assert viewer.post(f"{BAKERY}start/", {"from": "shop"}).status_code == 403
