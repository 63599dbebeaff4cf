"""Places of the document in people's words: `channels[print].spend` is “Print”: limits of its money."""

from __future__ import annotations

import re

from quarterdeck.report.strategy.all_words import FIELD_WORDS
from quarterdeck.report.strategy.around import called
from quarterdeck.report.strategy.members import find_member
from quarterdeck.report.strategy.outline import part_of, sheet_at
from quarterdeck.strategy.document import Strategy

_PLAIN = {"baseline": "where it stands now", "target": "its target", "due_on": "its day"}


def where_in_words(place: str, strategy: Strategy) -> str:
    """`“Print”: limits of its money`; the name of the whole list where the place is no member of it."""
    _, sheet, key, field = sheet_at(place)
    member = find_member(strategy, sheet, key) if key else None
    name = f"“{called(member.part, longest=50)}”" if member is not None and member.part is not None else sheet.many
    first = re.split(r"[.[]", field)[0] if field else ""
    words = FIELD_WORDS.get(f"{part_of(sheet).__name__}.{first}") if field else None
    if words is None:
        return name
    label = _PLAIN.get(first) if words.label in ("From", "To", "By") else words.label.rstrip("?.")
    return f"{name}: {label}"
