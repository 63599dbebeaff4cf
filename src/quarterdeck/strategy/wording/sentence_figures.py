"""Figures and days that stand in a person's own sentence, to be compared with the fields beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

_MONTHS = (
    ("january", "januar", "janvier"),
    ("february", "februar", "février"),
    ("march", "märz", "mars"),
    ("april", "avril"),
    ("may", "mai"),
    ("june", "juni", "juin"),
    ("july", "juli", "juillet"),
    ("august", "août"),
    ("september", "septembre"),
    ("october", "oktober", "octobre"),
    ("november", "novembre"),
    ("december", "dezember", "décembre"),
)
MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_MONTH = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+)?({_MONTH})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?![.,]\d)", re.IGNORECASE)
_TIMES = {"million": 6, "millionen": 6, "millions": 6, "mio": 6, "m": 6, "billion": 9, "bn": 9, "k": 3, "thousand": 3, "tausend": 3, "mille": 3}
_FIGURE = re.compile(rf"(?<![\w.,:/-])\d[\d.,'\u00a0\u202f]*(?:\s?(?:{'|'.join(sorted(_TIMES, key=len, reverse=True))})\b)?", re.IGNORECASE)
_NOT_A_TARGET = re.compile(
    r"\s*(%|percent|per cent|prozent|pour cent|weeks?|days?|months?|years?|minutes?|wochen|tagen?|monate|jahren?|:\d)", re.IGNORECASE
)
_NEAR, _ROUNDING, _LEAST_SLIP = 5, Decimal("0.005"), 10


def as_listed(word: str) -> str:
    """A word that a pattern found, as the lists of words write it: small, and in plain letters (`APRİL` is april)."""
    return word.casefold().replace("i\u0307", "i").replace("ı", "i")


class DayNamed(NamedTuple):
    """A day and a month that a sentence names; the year is mostly left out."""

    day: int
    month: int


def days_in(sentence: str) -> tuple[DayNamed, ...]:
    """Every day that is named, in the order in which they stand: `between 4 January and 4 April`."""
    found = [(match.start(), DayNamed(int(match[1]), MONTH_NUMBER[as_listed(match[2])])) for match in _DAY_FIRST.finditer(sentence)]
    if not found:
        found = [(match.start(), DayNamed(int(match[2]), MONTH_NUMBER[as_listed(match[1])])) for match in _MONTH_FIRST.finditer(sentence)]
    return tuple(day for _, day in sorted(found))


def other_figure(sentence: str, field: Decimal, *, beside: Iterable[Decimal] = (), slips: bool = False) -> Decimal | None:
    """The figure that stands in the sentence where `field` should: none of its figures is `field`, and this one is near enough to be meant.

    Years, days, percentages and spans of time are passed over, as are the figures in `beside`. Both 1,200 and 1.200 are read as either
    twelve hundred or one and a fifth. With `slips`, ten or a hundred times the field (or a part of it) is meant too, from 10 up. None when the sentence agrees or says no such figure.
    """
    if field <= 0:
        return None
    said = [_readings(text) for text in _figures(sentence)]
    if any(_same(reading, field) for readings in said for reading in readings):
        return None
    known = [each for each in beside if each]
    open_ = [readings for readings in said if not any(_same(reading, each) for reading in readings for each in known)]
    near = [
        reading
        for readings in open_
        for reading in readings
        if field / _NEAR <= reading <= field * _NEAR or (slips and min(field, reading) >= _LEAST_SLIP and _is_slip(reading, field))
    ]
    return near[0] if near else None


def says_figure(sentence: str, field: Decimal) -> bool:
    """Whether the figure stands in the sentence, near enough to be meant."""
    return any(_same(reading, field) for text in _figures(sentence) for reading in _readings(text))


def _is_slip(said: Decimal, field: Decimal) -> bool:
    """Whether one of the two has one or two zeros more than the other."""
    return any(said * slip == field or field * slip == said for slip in (10, 100))


def has_figure(sentence: str) -> bool:
    """Whether any digit stands in it."""
    return any(sign.isdigit() for sign in sentence)


def _figures(sentence: str) -> list[str]:
    bare = _MONTH_FIRST.sub(" ", _DAY_FIRST.sub(" ", sentence))
    found = []
    for match in _FIGURE.finditer(bare):
        text = match.group()
        is_year = re.fullmatch(r"(19|20)\d\d[.,]?", text) is not None
        if not is_year and not _NOT_A_TARGET.match(bare, match.end()):
            found.append(text)
    return found


def _readings(text: str) -> list[Decimal]:
    """What the figure may mean: the point may be a decimal point or stand between thousands."""
    match = re.match(r"([\d.,'\u00a0\u202f]*\d)[.,]?\s?([a-z]*)", text, re.IGNORECASE)
    if match is None:
        return []
    digits = re.sub(r"['\u00a0\u202f]", "", match[1])
    factor = Decimal(10) ** _TIMES.get(match[2].lower(), 0)
    forms = {digits.replace(",", ""), digits.replace(".", "").replace(",", ".")}
    return [Decimal(form) * factor for form in sorted(forms) if re.fullmatch(r"\d+(\.\d+)?", form)]


def _same(said: Decimal, field: Decimal) -> bool:
    return abs(said - field) <= abs(field) * _ROUNDING
