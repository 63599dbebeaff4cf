"""One line on top of a strategy that is taken out as YAML: the revision that it says, so that it can be merged when it comes back."""

from __future__ import annotations

import re

_MARK = re.compile(r"^# Taken out at revision (\d{1,9}) \(([0-9a-f]{64})\)\.[^\n]*\n?", re.MULTILINE)
_COMMENT = re.compile(r"(?:^|\s)#.*$", re.MULTILINE)


def mark_text(text: str, number: int, revision_hash: str) -> str:
    """The text with its mark above it; without one where it is JSON, which has no comments. `unmark_text` gives it back letter by letter."""
    if text.lstrip().startswith(("{", "[")):
        return text
    return f"# Taken out at revision {number} ({revision_hash}). Leave this line: it keeps what others change meanwhile.\n{text}"


def unmark_text(text: str) -> tuple[str, str]:
    """The text without its mark, and the hash of the revision that it was taken out of; "" where there is no mark."""
    found = _MARK.search(text)
    return (text, "") if found is None else (text[: found.start()] + text[found.end() :], found[2])


def comments_of(text: str) -> list[str]:
    """What looks like a comment, line by line."""
    return [found.strip() for found in _COMMENT.findall(unmark_text(text)[0])]
