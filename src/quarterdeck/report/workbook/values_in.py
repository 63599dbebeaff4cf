"""What a cell says: numbers, days and times as people type them, in the company's own way of writing; nothing is guessed that could be read in two ways."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

from quarterdeck.report.strategy.figures import read_figure
from quarterdeck.report.workbook.layout import Column
from quarterdeck.report.workbook.values_out import lines_of
from quarterdeck.strategy.suggestions import nearest
from quarterdeck.strategy.validation import describe_value

_YES = {"yes": True, "true": True, "x": True, "1": True, "no": False, "false": False, "0": False}
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_PLAIN = re.compile(r"[+-]?(\d+|\d*\.\d+)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_NUMBERED = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_NAMED = re.compile(r"(\d{1,2})\.?\s+([^\W\d]+)\.?,?\s+(\d{4})")


@dataclass(frozen=True)
class Unclear:
    """A cell that says nothing certain: what would be, and what to do."""

    found: str
    expected: str
    fix: str


def read_value(column: Column, cell: Any, locale: str) -> Any:
    """The value in the document's own form, Unclear where there are two readings or none. `cell` is not empty."""
    if column.kind in _READERS:
        return _READERS[column.kind](cell, locale)
    text = _text(cell)
    if isinstance(text, Unclear) or column.kind == "text":
        return text
    if column.kind == "choice":
        return _choice(column, text)
    return _codes(column, lines_of(text)) if column.is_list else text.strip()


def _number(cell: Any, locale: str) -> Any:
    if isinstance(cell, bool | date | time):
        return Unclear(_said(cell), "a number", "Type the number, and format the cell as a number.")
    if isinstance(cell, int | float):
        return Decimal(f"{cell:.15g}") if isinstance(cell, float) else Decimal(cell)
    digits = read_figure(str(cell), locale)
    if _PLAIN.fullmatch(digits) and "%" not in str(cell):
        return Decimal(digits)
    return Unclear(_said(cell), "a number", "Type the number alone, as 1200 or 12.5, in a cell that is formatted as a number.")


def _percent(cell: Any, locale: str) -> Any:
    if isinstance(cell, str) and cell.strip().endswith("%"):
        share = _number(cell.strip().removesuffix("%"), locale)
        return share if isinstance(share, Unclear) else share / 100
    if isinstance(cell, str) and not re.fullmatch(r"0?[.,]\d+|0|1", cell.strip()):
        return Unclear(_said(cell), "a share in percent", "Type it with the percent sign: 20%.")
    return _number(cell, locale)


def _day(cell: Any, locale: str) -> Any:
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time(0) else Unclear(_said(cell), "a day without a time", "Type the day alone: 2027-03-28.")
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str):
        found = _typed_day(cell.strip(), locale)
        if found is not None:
            return found
        if _NUMBERED.fullmatch(cell.strip()):
            return Unclear(
                _said(cell), "a day that can be read in one way", "Day and month could be meant either way round. Type year-month-day: 2027-03-28."
            )
    return Unclear(_said(cell), "a day", "Type year-month-day: 2027-03-28, in a cell that is formatted as a date.")


def _typed_day(text: str, locale: str) -> date | None:
    """The day, where its writing leaves no doubt: year first, dots, a month in words, or a number that no month has."""
    iso, numbered, named = _ISO.fullmatch(text), _NUMBERED.fullmatch(text), _NAMED.fullmatch(text)
    if iso:
        return _made(iso[1], iso[2], iso[3])
    if numbered:
        first, sign, second, year = numbered.groups()
        if sign == "." or int(first) > 12 or first == second:
            return _made(year, second, first)
        return _made(year, first, second) if int(second) > 12 else None
    return _made(named[3], str(_months(locale).get(named[2].casefold(), 0)), named[1]) if named else None


def _made(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@cache
def _months(locale: str) -> dict[str, int]:
    """Names of months, long and short, in the company's language and in English."""
    from babel.dates import get_month_names

    return {
        name.casefold().rstrip("."): number
        for each in dict.fromkeys((locale, "en_GB"))
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, each).items()
    }


def _time(cell: Any, _locale: str) -> Any:
    if isinstance(cell, datetime) and cell.date() <= date(1900, 1, 1):
        cell = cell.time()
    if isinstance(cell, time) and not cell.second and not cell.microsecond:
        return f"{cell:%H:%M}"
    found = _CLOCK.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return f"{int(found[1]):02}:{found[2]}"
    return Unclear(_said(cell), "a time from 00:00 to 23:59", "Type hours and minutes: 09:00.")


def _yes(cell: Any, _locale: str) -> Any:
    known = cell if isinstance(cell, bool) else _YES.get(_plain(cell).casefold())
    return Unclear(_said(cell), "yes or no", "Type yes or no.") if known is None else known


_READERS: dict[str, Callable[[Any, str], Any]] = {
    "number": _number,
    "money": _number,
    "whole": _number,
    "percent": _percent,
    "date": _day,
    "time": _time,
    "yes": _yes,
}


def _text(cell: Any) -> Any:
    if isinstance(cell, bool | date | time):
        return Unclear(_said(cell), "text", "The spreadsheet made something else of what was typed. Format the cell as text and type it again.")
    return _plain(cell)


def _choice(column: Column, text: str) -> Any:
    """The document's word, whichever of its names was given."""
    by_name = {name.casefold(): word for word, name in column.choices.items()} | {word.casefold(): word for word in column.choices}
    typed = " ".join(text.split()).casefold()
    if typed in by_name:
        word = by_name[typed]
        return int(word) if column.shape.plain_type is int else word
    close = nearest(text, [*column.choices.values()])
    fix = f'Did you mean "{close}"?' if close else "Choose one from the list of the cell."
    return Unclear(_said(text), f"one of: {'; '.join(column.choices.values())}", fix)


def _codes(column: Column, lines: list[str]) -> list[str]:
    """Short words may also stand behind one another, with commas between."""
    if column.shape.key not in ("markets", "languages", "skills"):
        return lines
    words = [word.strip() for line in lines for word in re.split(r"[,;]", line) if word.strip()]
    if column.shape.key == "markets":
        return [word.upper() for word in words]
    return ["_".join(word.lower().split()) for word in words] if column.shape.key == "skills" else words


def _plain(cell: Any) -> str:
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def _said(cell: Any) -> str:
    """A cell as a person sees it there."""
    if isinstance(cell, bool):
        return f'"{str(cell).upper()}"'
    return describe_value(cell)
