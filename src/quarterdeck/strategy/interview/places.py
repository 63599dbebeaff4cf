"""Countries and languages by their English names, for owners who do not know the codes. Two letters are taken as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

_COUNTRIES = """AR Argentina|AT Austria|AU Australia|BE Belgium|BG Bulgaria|BR Brazil|CA Canada|CH Switzerland|CL Chile|CN China|CZ Czechia|DE Germany|
DK Denmark|EE Estonia|EG Egypt|ES Spain|FI Finland|FR France|GB United Kingdom|GB Great Britain|GB England|GB Scotland|GB Wales|GB UK|GE Georgia|GH Ghana|
GR Greece|HR Croatia|HU Hungary|ID Indonesia|IE Ireland|IL Israel|IN India|IS Iceland|IT Italy|JP Japan|KE Kenya|KR South Korea|LT Lithuania|LU Luxembourg|
LV Latvia|MA Morocco|MD Moldova|MX Mexico|MY Malaysia|NG Nigeria|NL Netherlands|NO Norway|NZ New Zealand|PH Philippines|PL Poland|PT Portugal|RO Romania|
RS Serbia|SE Sweden|SG Singapore|SI Slovenia|SK Slovakia|TH Thailand|TR Turkey|UA Ukraine|US United States|US USA|US America|VN Vietnam|ZA South Africa"""
_LANGUAGES = """ar Arabic|bg Bulgarian|cs Czech|da Danish|de German|el Greek|en English|es Spanish|et Estonian|fi Finnish|fr French|he Hebrew|hi Hindi|
hr Croatian|hu Hungarian|id Indonesian|is Icelandic|it Italian|ja Japanese|ko Korean|lt Lithuanian|lv Latvian|nl Dutch|nb Norwegian|pl Polish|
pt Portuguese|ro Romanian|sk Slovak|sl Slovenian|sr Serbian|sv Swedish|th Thai|tr Turkish|uk Ukrainian|vi Vietnamese|zh Chinese"""


def _named(table: str) -> Mapping[str, str]:
    return {name.strip().casefold(): code for code, _, name in (line.strip().partition(" ") for line in table.split("|"))}


COUNTRIES, LANGUAGES = _named(_COUNTRIES), _named(_LANGUAGES)


def read_codes(text: str, *, names: Mapping[str, str]) -> tuple[str, ...] | None:
    """The codes behind `Austria and Germany` or `AT, DE`; None when one of the words is neither."""
    words = [word.strip() for word in re.split(r",|;|/|\n|\band\b|\bund\b", text) if word.strip()]
    codes = [names.get(word.casefold()) or _as_code(word, names) for word in words]
    return tuple(dict.fromkeys(code for code in codes if code)) if words and all(codes) else None


def _as_code(word: str, names: Mapping[str, str]) -> str | None:
    is_country = names is COUNTRIES
    code = word.upper() if is_country else word.lower()
    return code if re.fullmatch(r"[A-Za-z]{2}", word) else None
