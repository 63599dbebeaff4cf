"""Figures as people write or dictate them, in the interview and beside facts: `£1,200`, `1.200,50 €`, `about 40`."""

from __future__ import annotations

import re
from decimal import Decimal

_AROUND = re.compile(
    r"^(about|around|roughly|some|circa|ca\.?|etwa|rund|~)\s*|[£$€%]|\b(gbp|eur|usd|pounds?|euros?|dollars?|hours?|h|per cent|percent)\b\.?", re.I
)
_FIGURE = re.compile(r"\d+|[1-9]\d{0,2}(?:[., '’]\d{3})+")
_TWO_READINGS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")
_LONGEST = 18


def read_number(text: str, *, decimal: str = "") -> Decimal | None:
    """The figure, never below 0; None for what is not surely one. A point or comma before three digits parts thousands, else it is the decimal sign.

    `decimal` is the sign that the company's people write before decimals, "" where nobody knows: one of it before three digits could mean either
    (a German 1,200 is 1.2 or 1200), so it is not read.
    """
    bare = _bare(text)
    whole, part = _split(bare)
    if not _FIGURE.fullmatch(whole) or not (part.isascii() and (part.isdigit() or not part)) or len(bare) > _LONGEST or not bare.isascii():
        return None
    if has_two_readings(text, decimal=decimal):
        return None
    digits = re.sub(r"\D", "", whole)
    return Decimal(f"{digits}.{part}" if part else digits)


def has_two_readings(text: str, *, decimal: str) -> bool:
    """Whether it is one figure to somebody who writes decimals with that sign, and a thousand times as much to somebody who does not."""
    found = _TWO_READINGS.fullmatch(_bare(text))
    return found is not None and found.group(1) == decimal


def _bare(text: str) -> str:
    """Without signs of money, units and words around it."""
    spaced = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    return _AROUND.sub("", " ".join(spaced.split()).strip()).strip()


def _split(bare: str) -> tuple[str, str]:
    """Whole and decimals; `1,200` has no decimals, `12,50` and `0.125` have."""
    found = re.fullmatch(r"(.*\d)[.,](\d{1,2})", bare) or re.fullmatch(r"(0)[.,](\d+)", bare)
    return (found.group(1), found.group(2)) if found else (bare, "")
