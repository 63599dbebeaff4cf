"""A day as people type it: year first, with dots, or with its month in words; what could be two days is not guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from quarterdeck.report.workbook.unclear import Unclear, say_cell

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00)?)?")
_NUMBERED = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}([./-])(?:\d{1,2}|[^\W\d]+)\1\d{2}")
_WEEKDAY = re.compile(r"^[^\W\d]{2,12}\.?,?\s+(?=\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:de\s+)?([^\W\d]+)\.?,?(?:\s+de)?[\s-]+(\d{4})")
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_LANGUAGES = ("en_GB", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "uk")
_FIX = "Type year-month-day: 2027-03-28, in a cell that is formatted as a date."
_FIRST_SERIAL, _LAST_SERIAL, _DAY_ZERO = 36526, 73050, date(1899, 12, 30)
"""Numbers that spreadsheets show as days of 2000 to 2099."""


def read_day(cell: Any, locale: str) -> Any:
    """The day, or Unclear where there are two readings or none."""
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time(0) else Unclear(say_cell(cell), "a day without a time", "Type the day alone: 2027-03-28.")
    if isinstance(cell, date):
        return cell
    text = " ".join(str(cell).split()) if isinstance(cell, str) else ""
    found = _typed(text, locale)
    return found if found is not None else _unclear(cell, text)


def _unclear(cell: Any, text: str) -> Unclear:
    """Why it is not certain, with what may have been meant."""
    numbered = _NUMBERED.fullmatch(text)
    readings = [] if numbered is None else [_made(numbered[4], numbered[a], numbered[b]) for a, b in ((3, 1), (1, 3))]
    if len(readings) == 2 and all(readings):
        fix = f"Day and month could be meant either way round. Type year-month-day: {readings[0]} or {readings[1]}."
        return Unclear(say_cell(cell), "a day that can be read in one way", fix)
    if _SHORT_YEAR.fullmatch(text):
        return Unclear(say_cell(cell), "a day with its year in four digits", _FIX)
    serial = cell if isinstance(cell, int | float) and not isinstance(cell, bool) else int(text) if re.fullmatch(r"\d{5}", text) else 0
    if _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        meant = _DAY_ZERO + timedelta(days=int(serial))
        return Unclear(say_cell(cell), "a day", f"The cell lost its format. Type year-month-day; the number may stand for {meant}.")
    return Unclear(say_cell(cell), "a day", _FIX)


def _typed(text: str, locale: str) -> date | None:
    """The day, where its writing leaves no doubt: year first, dots, a month in words, or a number that no month has."""
    iso, numbered = _ISO.fullmatch(text), _NUMBERED.fullmatch(text)
    if iso:
        return _made(iso[1], iso[3], iso[4])
    if numbered:
        first, sign, second, year = numbered.groups()
        if sign == "." or int(first) > 12 or first == second:
            return _made(year, second, first)
        return _made(year, first, second) if int(second) > 12 else None
    bare = _WEEKDAY.sub("", text)
    day_first, month_first = _DAY_FIRST.fullmatch(bare), _MONTH_FIRST.fullmatch(text)
    if day_first:
        return _made(day_first[3], _month(day_first[2], locale), day_first[1])
    return _made(month_first[3], _month(month_first[1], locale), month_first[2]) if month_first else None


def _made(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month(word: str, locale: str) -> str:
    """Its number; 0 for a word that is no month, or another one in another language."""
    return str(_months(locale).get(word.casefold()) or _all_months().get(word.casefold(), 0))


@cache
def _months(locale: str) -> dict[str, int]:
    """Names of months, long and short, in one language."""
    from babel.dates import get_month_names

    return {
        name.casefold().rstrip("."): number
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, locale).items()
    }


@cache
def _all_months() -> dict[str, int]:
    """The same in several languages, without words that mean two months."""
    found: dict[str, set[int]] = {}
    for locale in _LANGUAGES:
        for name, number in _months(locale).items():
            found.setdefault(name, set()).add(number)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}
