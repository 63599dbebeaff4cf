"""Numbers as the company's people write them, and back: nothing is guessed that could be read in two ways."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

_NOISE = re.compile(r"[\s\u00a0\u202f\u2009'’£$€%]")
_MINUS = "\N{MINUS SIGN}"


def say_figure(number: Decimal | int, locale: str) -> str:
    """Every digit, grouped as the locale groups: `4,500`, `0.35`."""
    from babel.numbers import format_decimal

    text: str = format_decimal(Decimal(number), locale=locale, decimal_quantization=False)
    return text.replace(_MINUS, "-")


def read_figure(text: str, locale: str) -> str:
    """The number as plain digits with a point; what is not surely a number comes back as it was typed, for the checks to refuse."""
    typed = _NOISE.sub("", text).replace(_MINUS, "-").replace("\N{EN DASH}", "-")
    found = _form_of(locale).fullmatch(typed)
    if found is None:
        return text.strip() if not re.fullmatch(r"[+-]?\d*\.?\d+", typed) else typed
    sign, whole, part = found.groups()
    return f"{sign}{re.sub('[^0-9]', '', whole)}{'.' + part if part else ''}"


def decimal_sign(locale: str) -> str:
    """What stands before decimals: `.` or `,`."""
    from babel.numbers import get_decimal_symbol

    sign: str = get_decimal_symbol(locale)
    return sign


def say_percent(share: Decimal, locale: str) -> str:
    """A share as a percentage: 0.35 is `35`."""
    return say_figure((share * 100).normalize() + 0, locale)


def read_percent(text: str, locale: str) -> str:
    """A percentage as a share: `35` is 0.35."""
    digits = read_figure(text, locale)
    return f"{Decimal(digits) / 100:f}" if re.fullmatch(r"[+-]?[0-9]*\.?[0-9]+", digits) else digits


@cache
def _form_of(locale: str) -> re.Pattern[str]:
    """Digits in one run or in proper groups, then decimals: the locale's own signs, never two readings of one text."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    point, comma = re.escape(get_decimal_symbol(locale)), re.escape(get_group_symbol(locale))
    grouped = rf"[0-9]{{1,3}}(?:{comma}[0-9]{{2,3}})*{comma}[0-9]{{3}}" if get_group_symbol(locale).strip() not in ("", "’", "'") else "[0-9]+"
    return re.compile(rf"([+-]?)([0-9]+|{grouped})(?:{point}([0-9]+))?")
