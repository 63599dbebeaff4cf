"""An address that belongs to a button says so to whoever opens it by itself."""

from __future__ import annotations

import pytest

ADDRESSES = ("/w/north-bakery/strategy/undo/", "/w/north-bakery/strategy/close-question/", "/companies/new/", "/sign-out/", "/account/theme/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_for_a_button_says_what_it_is_when_it_is_opened(empty, browser_of, address):
    answer = browser_of().get(address)

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "It belongs to a button." in answer.content.decode()


def test_it_leads_back_to_where_the_button_stands(empty, browser_of):
    strategy, undo = (f"http://testserver/w/north-bakery/strategy/{name}" for name in ("", "undo/"))

    came = browser_of().get(undo, headers={"referer": strategy}).content.decode()
    again = browser_of().get(undo, headers={"referer": undo}).content.decode()

    assert f'href="{strategy}"' in came
    assert f'href="{undo}"' not in again


def test_what_is_sent_to_a_page_that_is_only_read_is_answered_in_words(empty, browser_of):
    answer = browser_of().post("/w/north-bakery/strategy/papers/")

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "Nothing can be sent to this address." in answer.content.decode()
