"""What an operation says of commands, said of pages."""

from __future__ import annotations

import pytest

from quarterdeck.web.plain_words import for_browser


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "Start with `quarterdeck strategy start > strategy.yaml`, then `quarterdeck strategy save strategy.yaml`.",
            "Start with the page “Strategy”.",
        ),
        ("`quarterdeck plan`, then `quarterdeck approve --all`.", "The page “Plan”, then the page “Do”."),
        ("Ask the server's owner for `quarterdeck account add`.", "Ask the server's owner for `quarterdeck account add`."),
    ],
)
def test_commands_become_pages_and_nobody_is_sent_from_a_page_to_itself(said: str, shown: str) -> None:
    assert for_browser(said) == shown
