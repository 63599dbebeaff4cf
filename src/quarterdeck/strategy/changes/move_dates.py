"""A strategy's text for another quarter: every date in it moved by the same whole weeks."""

from __future__ import annotations

import re
from datetime import date

from quarterdeck.kernel.periods import Quarter

_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_YEAR_END = (12, 31)
_LAST_WEEK_OF_FIRST_HALF = 7


def move_dates(text: str, *, written_for: Quarter, to: Quarter) -> str:
    """The text with its dates moved from one quarter to another, so that weekdays stay what they were.

    The last day of a year becomes the last day of the year in which the new quarter ends: goals are for the year. What has the form of a date and
    is none stays as it is.
    """
    shift = to.first_day - written_for.first_day

    def moved(found: re.Match[str]) -> str:
        try:
            day = date.fromisoformat(found.group())
        except ValueError:
            return found.group()
        if (day.month, day.day) == _YEAR_END:
            return date(to.last_day.year, *_YEAR_END).isoformat()
        return (day + shift).isoformat()

    return _DAY.sub(moved, text)


def quarter_to_begin(day: date, *, anchor: date) -> Quarter:
    """The quarter that a strategy written on `day` is for: the running one or, from its eighth week on, the next."""
    running = Quarter.holding(day, anchor=anchor)
    return running.next() if (running.week_number(day) or 1) > _LAST_WEEK_OF_FIRST_HALF else running
