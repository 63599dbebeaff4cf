"""Days and moments as people and programs write them. The order of day and month is the file's, never guessed cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Literal

from quarterdeck.facts.day_words import MONTHS
from quarterdeck.facts.parsed_table import DateFormat

DateOrder = Literal["DD/MM/YYYY", "MM/DD/YYYY"]
_MIDNIGHT = r"(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?)?"
_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})" + _MIDNIGHT)
_COMPACT = re.compile(r"([12][0-9]{3})([01][0-9])([0-3][0-9])")
_NUMERIC = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})" + _MIDNIGHT)
_DAY_FIRST = re.compile(r"(?:[A-Za-z]+,? )?([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{4}|[0-9]{2})")
_MONTH_FIRST = re.compile(r"(?:[A-Za-z]+,? )?([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_ISO_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{2})")
_TIME = re.compile(
    r"(?P<day>.+?)(?:T|,? )(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?(?: ?(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?"
)
_FIRST_YEAR, _LAST_YEAR = 1970, 2199


@dataclass(frozen=True, slots=True)
class OrderFound:
    """Which of day and month stands first in a file. `order` None: no cell needs it, or (`is_open`) nothing in the file decides.

    `day_first` and `month_first` are cells that can only be read in that way; both set is a contradiction.
    """

    order: DateOrder | None
    is_open: bool = False
    day_first: str | None = None
    month_first: str | None = None
    open_cell: str | None = None


def find_date_order(cells: Iterable[str], *, whole_weeks: bool = False) -> OrderFound:
    """Which order the dates of a file are in, from dates such as 13/02/2027 that have one reading only.

    With `whole_weeks` the weekday helps too: when under one order all cells fall on one weekday and under the other they do not, that one is right.
    """
    numeric = [match for match in map(_NUMERIC.match, (cell.strip() for cell in cells)) if match and match.group(2) != "."]
    day_first = next((match.group(0) for match in numeric if int(match.group(1)) > 12), None)
    month_first = next((match.group(0) for match in numeric if int(match.group(3)) > 12), None)
    if day_first and month_first:
        return OrderFound(None, day_first=day_first, month_first=month_first)
    if day_first or month_first:
        return OrderFound("DD/MM/YYYY" if day_first else "MM/DD/YYYY", day_first=day_first, month_first=month_first)
    unclear = [match.group(0) for match in numeric if match.group(1).zfill(2) != match.group(3).zfill(2)]
    if not unclear:
        return OrderFound("DD/MM/YYYY" if numeric else None)
    if whole_weeks and len(unclear) > 1:
        orders: tuple[DateOrder, ...] = ("DD/MM/YYYY", "MM/DD/YYYY")
        fitting = [order for order in orders if len({day.weekday() if (day := parse_day(match.group(0), order)) else -1 for match in numeric}) == 1]
        if len(fitting) == 1:
            return OrderFound(fitting[0])
    return OrderFound(None, is_open=True, open_cell=unclear[0])


def parse_day(text: str, order: DateFormat | None) -> date | None:
    """The day that `text` states, None when it states none. `order` is for dates such as 01/02/2027; dates with dots are day first."""
    cell = " ".join(text.split())
    if match := _ISO.fullmatch(cell):
        return _day(match.group(1), match.group(3), match.group(4))
    if match := _COMPACT.fullmatch(cell):
        return _day(*match.groups())
    if match := _NUMERIC.fullmatch(cell):
        first, mark, second, year = match.groups()
        month_leads = order == "MM/DD/YYYY" and mark != "."
        return _day(year, first, second) if month_leads else _day(year, second, first)
    return _parse_worded(cell)


def _parse_worded(cell: str) -> date | None:
    if match := _DAY_FIRST.fullmatch(cell):
        return _day(match.group(3), _month_number(match.group(2)), match.group(1))
    if match := _MONTH_FIRST.fullmatch(cell):
        return _day(match.group(3), _month_number(match.group(1)), match.group(2))
    if match := _ISO_WEEK.fullmatch(cell):
        return _iso_week(int(match.group(1)), int(match.group(2)))
    return None


def parse_instant(text: str, order: DateFormat | None, zone: tzinfo | None) -> datetime | None:
    """The moment that `text` states, in UTC; None when it states none. A moment without an offset is in `zone` (None: UTC).

    A clock time that the zone passes twice is the first of the two; a day alone is its midnight.
    """
    cell = " ".join(text.split())
    match = _TIME.fullmatch(cell)
    day = parse_day(match.group("day") if match else cell, order)
    if day is None:
        return None
    if match is None:
        return _in_utc(datetime(day.year, day.month, day.day), zone)  # noqa: DTZ001 the zone is added below
    hour = int(match.group("hour"))
    if half := match.group("half"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in "pP" else 0)
    fraction = int((match.group("fraction") or "0").ljust(6, "0")[:6])
    try:
        naive = datetime(day.year, day.month, day.day, hour, int(match.group("minute")), int(match.group("second") or 0), fraction)  # noqa: DTZ001 as above
    except ValueError:
        return None
    return _in_utc(naive, _offset(match.group("zone")) or zone)


def has_offset(text: str) -> bool:
    """Whether `text` ends in an offset from UTC of its own."""
    match = _TIME.fullmatch(" ".join(text.split()))
    return bool(match and match.group("zone"))


def _in_utc(naive: datetime, zone: tzinfo | None) -> datetime:
    return naive.replace(tzinfo=zone or UTC).astimezone(UTC)


def _offset(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes)) if minutes < 24 * 60 else None


def _month_number(name: str) -> str:
    matches = [n for n, month in enumerate(MONTHS, start=1) if month.casefold().startswith(name.casefold())]
    return str(matches[0]) if len(matches) == 1 else ("9" if name.casefold() == "sept" else "0")


def _day(year: str, month: str, day: str) -> date | None:
    full_year = int(year) + (2000 if len(year) == 2 else 0)
    if not _FIRST_YEAR <= full_year <= _LAST_YEAR:
        return None
    try:
        return date(full_year, int(month), int(day))
    except ValueError:
        return None


def _iso_week(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
