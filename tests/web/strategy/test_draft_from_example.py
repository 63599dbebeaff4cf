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

    answer = begun.post(f"{BAKERY}start/", {"draft": "shop"})

    assert answer["Location"] == f"{BAKERY}drafts/example-an-online-shop/"
    draft = begun.get(f"{answer['Location']}strategy.yaml").content.decode()
    assert "Have 1,620 families buy their first pair" in draft
    assert "name: North Bakery" in draft
    assert begun.get(f"{BAKERY}strategy.yaml").content == before


def test_a_second_draft_from_the_same_example_is_refused_and_nothing_is_half_begun(begun: Client) -> None:
    begun.post(f"{BAKERY}start/", {"draft": "saas"})

    again = begun.post(f"{BAKERY}start/", {"draft": "saas"})

    assert again.status_code == 409
    assert begun.get(f"{BAKERY}drafts/").content.decode().count("Example: software paid by the month</a>") == 1


def test_what_is_no_example_begins_no_draft(begun: Client) -> None:
    assert begun.post(f"{BAKERY}start/", {"draft": "../../etc"}).status_code == 409
    assert "There is no draft yet" in begun.get(f"{BAKERY}drafts/").content.decode()


def test_who_may_only_look_is_offered_no_draft_and_cannot_begin_one(begun: Client, browser_of: Browser) -> None:
    viewer = browser_of("Vera")
    assert "Draft from it" not in viewer.get(f"{BAKERY}start/").content.decode()
    assert viewer.post(f"{BAKERY}start/", {"draft": "shop"}).status_code == 403


def test_a_button_of_an_empty_company_that_is_pressed_twice_begins_no_draft(begun: Client) -> None:
    again = begun.post(f"{BAKERY}start/", {"from": "local_trade"})

    assert again.status_code == 409 and "has a strategy already" in again.content.decode()
    assert "There is no draft yet" in begun.get(f"{BAKERY}drafts/").content.decode()


def test_the_button_of_a_draft_says_that_it_begins_one(begun: Client) -> None:
    for page in ("start/", "start/shop/"):
        assert '<button class="btn" name="draft" value="shop">Draft from' in begun.get(f"{BAKERY}{page}").content.decode()
