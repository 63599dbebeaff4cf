"""page_number: the page that an address asks for."""

from __future__ import annotations


def page_number(text: str | None) -> int:
    """From 1; odd values are the first."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 7 else 1
