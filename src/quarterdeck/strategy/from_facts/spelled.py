"""How names in facts become ids and names of a document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from quarterdeck.strategy.parts.values import ID_PATTERN

_LONGEST = 60
_CAPITALS = frozenset({"tv", "ctv", "sms", "seo", "ppc", "pr", "crm"})


def folded(name: str) -> str:
    """Letters and digits alone, without case: "Google-Ads", "google_ads" and "googleads" are one. The name itself when it has none of these."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold()) or name


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, lower case: "Google-Ads 2026" -> google, ads, 2026."""
    return tuple(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name).casefold()))


def is_id(name: str) -> bool:
    """Whether the name can stand as an id as it is."""
    return re.fullmatch(ID_PATTERN, name) is not None


def id_for(name: str, taken: Collection[str], *, otherwise: str) -> str:
    """The name itself where it is an id, else one made of its letters; numbered where that is taken. `otherwise` where it has no latin letter."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = name if is_id(name) else "_".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST].strip("_") or otherwise
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem[: _LONGEST - 4]}_{number}"
    return found


def title_of(name: str) -> str:
    """`Google ads` for google_ads. Read as a file would write it, it is the same name again (spaces for _), so that later files find the channel."""
    spaced = " ".join(word.upper() if word in _CAPITALS else word for word in name.replace("_", " ").split()) or name
    return spaced[:1].upper() + spaced[1:]
