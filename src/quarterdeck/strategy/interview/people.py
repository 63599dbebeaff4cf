"""Who does the work, as people write it on one line: `Ann 6`, `Ben: 2,5`, `Cleo, about 4 hours a week`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.strategy.wording.typed_numbers import read_number

LEAST_HOURS, MOST_HOURS = Decimal("0.25"), Decimal(80)
_LINE = re.compile(
    r"(?P<name>.*?\D)[\s:,;(\N{EN DASH}\N{EM DASH}-]+(?P<hours>(?:about |around |roughly |ca\.? |~)?\d[\d.,]*)\s*"
    r"(?:h|hrs?|hours?|Stunden|Std)?\.?(?:\s*(?:a|per|each|/|pro|in der)\s*(?:week|w|Woche))?\s*[).]*",
    re.IGNORECASE,
)
_LONGEST = 200
"""Signs of a line; what is longer is not read."""
_ANY_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Person:
    """A name, and the hours a week; None where they were not said. `is_clear` is false where a figure stands there that cannot be read as hours."""

    name: str
    hours: Decimal | None = None
    is_clear: bool = True


def read_person(line: str, *, decimal: str = "") -> Person:
    """The person of one line; the hours stand last."""
    text = " ".join(line.split())
    found = _LINE.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return Person(text, is_clear=_ANY_DIGIT.search(text) is None)
    hours, name = read_number(found["hours"], decimal=decimal), found["name"].strip(" :,;(-\N{EN DASH}\N{EM DASH}")
    if not name or hours is None or not LEAST_HOURS <= hours <= MOST_HOURS:
        return Person(name or text, is_clear=False)
    return Person(name, hours)
