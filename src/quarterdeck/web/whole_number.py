"""whole_number: a page, a row or a revision as a browser names it, in an address or a form; anybody may have typed anything there."""

from __future__ import annotations

_MOST_DIGITS = 9


def whole_number(text: str, otherwise: int = 0) -> int:
    """The number, 0 or more; `otherwise` for what is none, or longer than anything that is numbered here."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else otherwise
