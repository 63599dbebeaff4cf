"""Where each value of a draft comes from: an answer, a setting of the company, the quarter's own days, or the few fixed words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

from interview_owners import QUARTER, STARTED_BY, TODAY, Owner, leaves

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import days_between
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.interview.choices import AT_MOST, CHECK_INS, COUNTED, KNOWN_BY, PLACES, WAYS
from quarterdeck.strategy.interview.people import Person, read_person
from quarterdeck.strategy.interview.places import COUNTRIES, LANGUAGES, read_codes
from quarterdeck.strategy.interview.questions import hold_interview
from quarterdeck.strategy.interview.said import SAID
from quarterdeck.strategy.parts.shape import to_plain
from quarterdeck.strategy.parts.value_at import part_at
from quarterdeck.strategy.wording.typed_numbers import read_number
from quarterdeck.strategy.wording.wording import say_day, say_money, say_number

_ID_PLACES = re.compile(r"(^|\.|\])(id|goal|audience|channel|serves|task|goals\[\]|objectives\[\]|found_on\[\]|channels\[\])$")
_FIXED = {each for way in WAYS.values() for each in (way.words, way.kind, way.ownership, way.sends)} | {
    *(words for words, _ in PLACES.values()),
    *KNOWN_BY,
    *COUNTED,
    *(each.group for each in COUNTED.values()),
    *(METRICS[metric].meaning for metric in COUNTED),
    *("wanted", "other", "internal", "quarter", "overall", "primary", "secondary", "us"),
}
"""Words of lists that people choose from, and of the document itself."""


def untraced(strategy: Strategy, owner: Owner) -> list[tuple[str, Any]]:
    """Values that nobody said, with their places. Fields at the document's defaults are not written and so not looked at."""
    plain = to_plain(strategy)
    ids = {value for place, value in leaves(plain) if place.endswith(("[].id", "people[].id"))}
    texts, numbers, days = _texts(owner), _numbers(owner), _days()
    unknown = [(place, value) for place, value in leaves(plain) if not _is_known(place, value, ids, texts, numbers, days)]
    return [(place, value) for place, value in unknown if not (place == "questions[].about" and part_at(strategy, value) is not None)]


def _is_known(place: str, value: Any, ids: set[str], texts: set[str], numbers: set[Decimal], days: set[date]) -> bool:
    if place.endswith("due_on") and place.startswith("questions"):
        return TODAY < value <= TODAY + timedelta(days=15) and value.weekday() < 5
    if isinstance(value, date):
        return value in days
    if isinstance(value, Decimal | int):
        return Decimal(value) in numbers or (place.endswith("step") and 1 <= int(value) <= 8)
    if _ID_PLACES.search(place) and value in ids:
        return True
    return value in texts or _is_joined(value, texts) or any(_fits(value, frame, texts) for frame in SAID.values())


def _fits(text: str, frame: str, texts: set[str]) -> bool:
    """Whether the text is the frame with known texts in its braces."""
    parts = [re.escape(part) for part in frame.split("{}")]
    found = [re.fullmatch(gap.join(parts), text, re.DOTALL) for gap in ("(.+?)", "(.+)")]
    return any(each is not None and all(group in texts or _is_joined(group, texts) or group.isdigit() for group in each.groups()) for each in found)


def _is_joined(text: str, texts: set[str]) -> bool:
    return all(part in texts for part in text.split("; "))


def _texts(owner: Owner) -> set[str]:
    said = set(_said(owner))
    said |= {part.strip() for text in said for part in text.split(":")} | {person.name for person in _people(owner)}
    company = owner.company
    own = {
        *(read_codes(owner.told.text("place", "country"), names=COUNTRIES) or ()),
        *(read_codes(owner.told.text("place", "language"), names=LANGUAGES) or ()),
    }
    own |= {company.name, company.name.casefold(), company.currency, company.timezone, *company.markets, *company.languages, STARTED_BY}
    asked = hold_interview(owner.told)
    questions = {each.text for each in asked} | {each.question.blocks for each in asked}
    questions |= {text for each in asked for row in each.rows for text in (row.label, row.asks)}
    framed = {SAID["deal"].format(text) for text in said} | {SAID["try"].format(way.words) for way in WAYS.values()}
    return said | own | questions | framed | _FIXED | _figures(owner) | {str(QUARTER.last_day.year)}


def _figures(owner: Owner) -> set[str]:
    """Figures that were typed, as sentences say them, with what is counted; and the ends of the quarter."""
    figures = [number for text in _said(owner) if (number := read_number(text)) is not None]
    said = {say_number(each) for each in figures} | {say_money(each, owner.company.currency) for each in figures}
    words = [word for each in COUNTED.values() for word in (each.noun, each.money_in) if word]
    return {f"{figure} {word}" for figure, word in product(said, words)} | {say_day(QUARTER.first_day), say_day(QUARTER.last_day)}


def _numbers(owner: Owner) -> set[Decimal]:
    numbers = {number for text in _said(owner) if (number := read_number(text)) is not None}
    chosen = {str(text) for text in _said(owner)}
    numbers |= {number / 100 for number in numbers} | {person.hours for person in _people(owner) if person.hours is not None}
    numbers |= {Decimal(each) for key, (_, *both) in AT_MOST.items() if key in chosen for each in both}
    numbers |= {Decimal(number) for key, (_, number) in CHECK_INS.items() if key in chosen}
    return numbers if any(WAYS[way].ownership == "paid" for way in chosen if way in WAYS) else numbers | {Decimal(0)}


def _people(owner: Owner) -> list[Person]:
    return [read_person(line) for line in owner.told.lines("people")]


def _days() -> set[date]:
    return {*days_between(QUARTER.first_day, QUARTER.last_day), date(QUARTER.last_day.year, 12, 31)}


def _said(owner: Owner) -> Iterator[str]:
    for _, text in leaves(dict(owner.answers)):
        if text is not None:
            yield text
            yield " ".join(text.split())
