"""Numbers as people and programs write them. The decimal mark is the file's, never guessed cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.facts.parsed_table import DecimalMark

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_MARK = r"[^\W\d_]{2,3}\$|[^\W\d_]{1,4}\.?|[^\w\s.,()'’%+−-]{1,2}"
_CELL = re.compile(
    r"(?P<open>\()?\s*(?P<minus>[-−+])?\s*(?P<before>" + _MARK + r")?\s*(?P<minus2>[-−])?\s*"
    r"(?P<body>[0-9][0-9.,'’ \u00a0\u202f\u2009]*|[.,][0-9]+)(?P<exponent>[eE][+-]?[0-9]{1,3})?"
    r"(?P<minus3>[-−])?\s*(?P<percent>%)?\s*(?P<after>" + _MARK + r")?\s*(?P<close>\))?"
)
_SPACED = re.compile(r"[0-9]{1,3}(?:['’ \u00a0\u202f\u2009][0-9]{3})+(?:[.,][0-9]+)?")
_BLANKS = re.compile(r"['’ \u00a0\u202f\u2009]")
_AS_POINT = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?|[0-9]+\.?[0-9]*|\.[0-9]+")
_AS_COMMA = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]*)?|[0-9]+,?[0-9]*|,[0-9]+")
_READ_EITHER_WAY = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as written: its value (percent already divided by 100), the currency mark beside it, and what kind it is."""

    value: Decimal
    mark: str | None = None
    is_percent: bool = False
    has_exponent: bool = False


@dataclass(frozen=True, slots=True)
class MarkFound:
    """Which decimal mark a file uses. None: no cell needs to know, or (`open_cell` set) nothing in the file decides."""

    mark: DecimalMark | None
    open_cell: str | None = None


def find_decimal_mark(cells: Iterable[str], counts: Iterable[str] = ()) -> MarkFound:
    """The decimal mark of a file, from numbers that have one reading only; the more frequent one where both occur.

    `cells` may have fractions, `counts` may not: 1,234 people is a thousand and more, so that there the comma is no decimal mark.
    """
    votes = {"point": 0, "comma": 0}
    unclear: str | None = None
    for cell in cells:
        reading = _reading(cell)
        if reading == "either":
            unclear = unclear or cell
        elif reading is not None:
            votes[reading] += 1
    if not any(votes.values()):
        for cell in counts:
            reading = _reading(cell)
            if reading is not None:
                votes[_thousands_vote(cell) if reading == "either" else reading] += 1
    if any(votes.values()):
        return MarkFound("comma" if votes["comma"] > votes["point"] else "point")
    return MarkFound(None, open_cell=unclear)


def parse_amount(text: str, mark: DecimalMark | None) -> Amount | None:
    """The number that `text` states with `mark` as its decimal mark (None: a point); None when it states none."""
    if _PLAIN.fullmatch(text) and (mark != "comma" or "." not in text):
        return Amount(Decimal(text))
    match = _CELL.fullmatch(text.strip())
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    body = _body(match["body"])
    if body is None or (match["before"] and match["after"] and match["before"] != match["after"]):
        return None
    if not (_AS_COMMA if mark == "comma" else _AS_POINT).fullmatch(body):
        return None
    digits = body.replace(".", "").replace(",", ".") if mark == "comma" else body.replace(",", "")
    value = Decimal(digits + (match["exponent"] or ""))
    minuses = [match[name] for name in ("open", "minus", "minus2", "minus3") if match[name] and match[name] != "+"]
    if len(minuses) > 1:
        return None
    value = -value if minuses and value else value
    return Amount(value / 100 if match["percent"] else value, match["before"] or match["after"], bool(match["percent"]), bool(match["exponent"]))


def reads_with_other_mark(text: str, mark: DecimalMark | None) -> bool:
    """Whether `text` is no number as it stands, but would be one with the other decimal mark."""
    other: DecimalMark = "point" if mark == "comma" else "comma"
    return parse_amount(text, mark) is None and parse_amount(text, other) is not None


def _body(text: str) -> str | None:
    body = text.strip()
    if _BLANKS.search(body):
        return _BLANKS.sub("", body) if _SPACED.fullmatch(body) else None
    return body


def _reading(cell: str) -> str | None:
    """ "point", "comma" or "either" as decimal mark of one cell; None when it has no mark, or is no number."""
    if "," not in cell and "." not in cell:
        return None
    match = _CELL.fullmatch(cell.strip())
    body = _body(match["body"]) if match else None
    if body is None or ("," not in body and "." not in body):
        return None
    if _READ_EITHER_WAY.fullmatch(body) and not (match and match["exponent"]) and not _SPACED.fullmatch(match["body"].strip() if match else ""):
        return "either"
    as_point, as_comma = bool(_AS_POINT.fullmatch(body)), bool(_AS_COMMA.fullmatch(body))
    if as_point == as_comma:
        return None
    return "point" if as_point else "comma"


def _thousands_vote(cell: str) -> str:
    return "point" if "," in cell else "comma"
