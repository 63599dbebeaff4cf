"""The nearest known word to one that is not known, as a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_LISTED = 25


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, or None when nothing is near."""
    by_lower = {name.lower(): name for name in sorted(known, reverse=True)}
    matches = get_close_matches(word.lower()[:80], sorted(by_lower), n=1, cutoff=0.6)
    return by_lower[matches[0]] if matches else None


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str | None = None) -> str:
    """The way out of an unknown word: the nearest one, else `otherwise`, else the list of known words while it is short."""
    names = list(known)
    close = nearest(word, names)
    if close is not None:
        return f'Did you mean "{close}"?'
    if otherwise is not None:
        return otherwise
    return f"Choose one of: {', '.join(names)}." if 0 < len(names) <= _LISTED else "Choose one that exists."
