"""What a cell says: numbers, days and times as people type them, in the company's own way of writing; nothing is guessed that could be read in two ways."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

from quarterdeck.report.strategy.figures import read_figure
from quarterdeck.report.workbook.days_in import read_day
from quarterdeck.report.workbook.layout import Column
from quarterdeck.report.workbook.unclear import Unclear, say_cell
from quarterdeck.report.workbook.values_out import lines_of
from quarterdeck.strategy.wording.suggestions import nearest

_YES = {"yes": True, "true": True, "x": True, "1": True, "no": False, "false": False, "0": False}
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_PLAIN = re.compile(r"[+-]?(\d+|\d*\.\d+)")
_LONGEST_AMOUNT = 100
"""Signs; what is longer is no amount, and looking for a sign of money in it takes long."""
_MONEY_SIGN = re.compile(r"^\s*([^\d\s.,+-][^\d]*?)\s*(?=[+-]?\d)|(?<=\d)\s*([^\d\s.,][^\d]*?)\s*$")


def read_value(column: Column, cell: Any, locale: str, currency: str = "") -> Any:
    """The value in the document's own form, Unclear where there are two readings or none. `cell` is not empty.

    Money may carry the sign or the letters of `currency`; those of another one are refused.
    """
    if column.kind in ("number", "money") and isinstance(cell, str):
        return _amount(cell, locale, currency)
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
        return Unclear(say_cell(cell), "a number", "Type the number, and format the cell as a number.")
    if isinstance(cell, int | float):
        return Decimal(f"{cell:.15g}") if isinstance(cell, float) else Decimal(cell)
    digits = read_figure(str(cell), locale)
    if _PLAIN.fullmatch(digits) and "%" not in str(cell):
        return Decimal(digits)
    return Unclear(say_cell(cell), "a number", "Type the number alone, as 1200 or 12.5, or leave the cell empty.")


def _amount(cell: str, locale: str, currency: str) -> Any:
    """A number that may stand with the sign of the company's own money."""
    found = _MONEY_SIGN.search(cell) if currency and len(cell) <= _LONGEST_AMOUNT else None
    if found is None:
        return _number(cell, locale)
    sign = str(found[1] or found[2]).strip().casefold()
    if sign in signs_of(currency, locale):
        return _number(cell[: found.start()] + cell[found.end() :], locale)
    if sign in _all_signs(locale):
        return Unclear(say_cell(cell), f"an amount in {currency}", f"Type it in {currency}, the number alone.")
    return _number(cell, locale)


@cache
def signs_of(currency: str, locale: str) -> frozenset[str]:
    """`£`, `gbp`: how that money is written, in small letters."""
    from babel.numbers import get_currency_symbol

    found = {currency, *(get_currency_symbol(currency, each) for each in (locale, "en_GB", "en_US"))}
    if any("$" in sign for sign in found):
        found.add("$")
    return frozenset(sign.casefold() for sign in found)


@cache
def _all_signs(locale: str) -> frozenset[str]:
    from babel import Locale

    known = Locale.parse("en_GB").currency_symbols
    return frozenset(
        {*(str(code).casefold() for code in Locale.parse("en_GB").currencies), *(str(sign).casefold() for sign in known.values()), "$", "£", "€"}
    )


def _percent(cell: Any, locale: str) -> Any:
    if isinstance(cell, str) and cell.strip().endswith("%"):
        share = _number(cell.strip().removesuffix("%"), locale)
        return share if isinstance(share, Unclear) else share / 100
    if isinstance(cell, str) and not re.fullmatch(r"0?[.,]\d+|0|1", cell.strip()):
        return Unclear(say_cell(cell), "a share in percent", "Type it with the percent sign: 20%.")
    return _number(cell, locale)


def _time(cell: Any, _locale: str) -> Any:
    if isinstance(cell, datetime) and cell.date() <= date(1900, 1, 1):
        cell = cell.time()
    if isinstance(cell, time) and not cell.second and not cell.microsecond:
        return f"{cell:%H:%M}"
    found = _CLOCK.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return f"{int(found[1]):02}:{found[2]}"
    return Unclear(say_cell(cell), "a time from 00:00 to 23:59", "Type hours and minutes: 09:00.")


def _yes(cell: Any, _locale: str) -> Any:
    known = cell if isinstance(cell, bool) else _YES.get(_plain(cell).casefold())
    return Unclear(say_cell(cell), "yes or no", "Type yes or no.") if known is None else known


_READERS: dict[str, Callable[[Any, str], Any]] = {
    "number": _number,
    "money": _number,
    "whole": _number,
    "percent": _percent,
    "date": read_day,
    "time": _time,
    "yes": _yes,
}


def _text(cell: Any) -> Any:
    if isinstance(cell, bool | date | time):
        return Unclear(say_cell(cell), "text", "The spreadsheet made something else of what was typed. Format the cell as text and type it again.")
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
    return Unclear(say_cell(text), f"one of: {'; '.join(column.choices.values())}", fix)


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
