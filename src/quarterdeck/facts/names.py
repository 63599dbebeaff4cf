"""How text is tidied, so that one thing is never known under two spellings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from quarterdeck.facts.columns import SpelledAs

_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")


def tidy_text(text: str) -> str:
    """`text` without marks that nobody sees and spaces around it; composed letters (NFC), single spaces within."""
    if text.isascii() and text.isalnum():
        return text
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_UNSEEN)).strip()


def to_name(text: str) -> str:
    """`text` as an id: lower case, _ for spaces. "Google  Ads" -> "google_ads"; anything that is an id already stays as it is."""
    return tidy_text(text).casefold().replace(" ", "_")


def spell(text: str, spelled_as: SpelledAs) -> str:
    """`text` in the spelling that its column keeps."""
    if spelled_as == "name":
        return to_name(text)
    return tidy_text(text).upper() if spelled_as == "code" else tidy_text(text)


@lru_cache(maxsize=4096)
def header_form(text: str) -> str:
    """`text` with letters and digits only, without case: "Date_Day", "date day" and "DATE-DAY" are one header."""
    return _NOT_WORD.sub("", tidy_text(text).casefold())
