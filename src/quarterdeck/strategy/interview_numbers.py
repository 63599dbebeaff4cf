"""Figures as people write or dictate them: `£1,200`, `1.200,50 €`, `about 40`."""

from __future__ import annotations

import re
from decimal import Decimal

_AROUND = re.compile(
    r"^(about|around|roughly|some|circa|ca\.?|etwa|rund|~)\s*|[£$€%]|\b(gbp|eur|usd|pounds?|euros?|dollars?|hours?|h|per cent|percent)\b\.?", re.I
)
_FIGURE = re.compile(r"\d+|\d{1,3}(?:[., '’]\d{3})+")
_LONGEST = 18


def read_number(text: str) -> Decimal | None:
    """The figure, never below 0; None for what is not surely one. A point or comma before three digits parts thousands, else it is the decimal sign."""
    bare = _AROUND.sub("", " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split()).strip()).strip()
    whole, part = _split(bare)
    if not _FIGURE.fullmatch(whole) or not (part.isascii() and (part.isdigit() or not part)) or len(bare) > _LONGEST or not bare.isascii():
        return None
    digits = re.sub(r"\D", "", whole)
    return Decimal(f"{digits}.{part}" if part else digits)


def _split(bare: str) -> tuple[str, str]:
    """Whole and decimals; `1,200` has no decimals, `12,50` has."""
    found = re.fullmatch(r"(.*\d)[.,](\d{1,2})", bare)
    return (found.group(1), found.group(2)) if found else (bare, "")
