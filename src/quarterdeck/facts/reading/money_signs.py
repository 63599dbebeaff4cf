"""Which currency a sign or code beside an amount can mean."""

from __future__ import annotations

import re

_SIGNS: dict[str, tuple[str, ...]] = {
    "£": ("GBP",),
    "€": ("EUR",),
    "₴": ("UAH",),
    "₹": ("INR",),
    "zł": ("PLN",),
    "kč": ("CZK",),
    "₺": ("TRY",),
    "₪": ("ILS",),
    "₩": ("KRW",),
    "r$": ("BRL",),
    "us$": ("USD",),
    "a$": ("AUD",),
    "c$": ("CAD",),
    "nz$": ("NZD",),
    "ft": ("HUF",),
    "fr.": ("CHF",),
    "грн": ("UAH",),
    "грн.": ("UAH",),
    "$": ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "MXN", "CLP", "COP", "ARS"),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "kr.": ("DKK", "SEK", "NOK", "ISK"),
}
_CODE = re.compile(r"[A-Za-z]{3}")
_IN_BRACKETS = re.compile(r"[(\[]\s*([^)\]]{1,5}?)\s*[)\]]\s*$")


def currencies_of(mark: str) -> tuple[str, ...] | None:
    """The codes that `mark` can stand for, the likeliest first; None when it is no currency."""
    known = _SIGNS.get(mark.casefold())
    if known is not None:
        return known
    return (mark.upper(),) if _CODE.fullmatch(mark) and mark == mark.upper() else None


def split_header_currency(header: str) -> tuple[str, str | None]:
    """The header without a currency in brackets at its end, and that currency's mark: "Cost (GBP)" -> ("Cost", "GBP")."""
    found = _IN_BRACKETS.search(header)
    if found is None or currencies_of(found.group(1)) is None:
        return header, None
    return header[: found.start()].strip(), found.group(1)
