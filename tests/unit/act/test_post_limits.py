"""How long a post is as its network counts it."""

from __future__ import annotations

import pytest

from quarterdeck.act.post_limits import network_of, post_length, sms_parts


def test_x_counts_every_link_as_23_and_wide_signs_twice():
    assert post_length("Hello https://www.harbour.example/a/very/long/address?utm_source=x", "x").signs == 6 + 23
    assert post_length("日本", "x").signs == 4
    assert post_length("é", "x").signs == 1


def test_a_post_over_the_limit_is_too_long():
    assert post_length("a" * 281, "x").is_too_long
    assert not post_length("a" * 280, "x").is_too_long


@pytest.mark.parametrize(
    ("names", "network"),
    [(("x", "X", None), "x"), (("facebook_page", None), "facebook"), (("shop", "Our LinkedIn"), "linkedin"), (("letters",), None)],
)
def test_the_network_is_known_by_the_names_of_its_channel(names, network):
    assert network_of(*names) == network


@pytest.mark.parametrize(("text", "parts"), [("", 0), ("a" * 160, 1), ("a" * 161, 2), ("€" * 80, 1), ("€" * 81, 2), ("Ж" * 70, 1), ("Ж" * 71, 2)])
def test_text_messages_are_counted_by_their_alphabet(text, parts):
    assert sms_parts(text) == parts
