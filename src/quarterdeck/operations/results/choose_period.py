"""choose_period: the whole weeks that a page of results speaks of, as they were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from quarterdeck.kernel.periods import DAYS_PER_WEEK, Quarter, week_start, weeks_between

PeriodKind = Literal["quarter", "last_quarter", "weeks", "own"]
CHOICES = ("quarter", "last_quarter", "weeks-4", "weeks-8", "weeks-26", "year")
"""What a chooser offers; any number of weeks up to `MOST_WEEKS` is understood, and any two dates."""
WEEKS_OF_YEAR = 52
MOST_WEEKS = 156
YEAR = timedelta(weeks=WEEKS_OF_YEAR)
"""The same week a year before: the same weekdays."""


@dataclass(frozen=True)
class Period:
    """Whole weeks, by their Mondays. `key` asks for the same again; `wrong` says what was asked for and not understood."""

    key: str
    kind: PeriodKind
    weeks: tuple[date, ...]
    quarter: Quarter | None = None
    wrong: str | None = None

    @property
    def first_day(self) -> date:
        """Its first Monday."""
        return self.weeks[0]

    @property
    def last_day(self) -> date:
        """Its last Sunday."""
        return self.weeks[-1] + timedelta(days=DAYS_PER_WEEK - 1)


def choose_period(asked: Mapping[str, str], day: date, quarter: Quarter, *, last_fact: date | None) -> Period:
    """The period asked for with `period`, or with `from` and `to` when `period` is "own"; else the quarter that runs, or the one before it as long
    as no whole week of the quarter has facts. Dates are widened to whole weeks; nothing later than the week of `day` can be asked for."""
    key = asked.get("period", "").strip()
    found = _own(asked, day) if key == "own" else _named(key, day, quarter)
    if found is not None:
        return found
    usual = _usual(quarter, last_fact)
    if key in ("", "usual"):
        return usual
    said = f"{asked.get('from', '')} to {asked.get('to', '')}" if key == "own" else key
    return Period(usual.key, usual.kind, usual.weeks, usual.quarter, wrong=said[:60])


def _usual(quarter: Quarter, last_fact: date | None) -> Period:
    begun = last_fact is None or last_fact >= quarter.first_day + timedelta(days=DAYS_PER_WEEK - 1)
    return _of_quarter("quarter", quarter) if begun else _of_quarter("last_quarter", quarter.previous())


def _named(key: str, day: date, quarter: Quarter) -> Period | None:
    if key == "quarter":
        return _of_quarter("quarter", quarter)
    if key == "last_quarter":
        return _of_quarter("last_quarter", quarter.previous())
    if key == "year":
        return Period("year", "weeks", _last_weeks(WEEKS_OF_YEAR, day))
    head, _, number = key.partition("-")
    if head == "weeks" and number.isascii() and number.isdigit() and len(number) <= 3 and 1 <= int(number) <= MOST_WEEKS:
        return Period(f"weeks-{int(number)}", "weeks", _last_weeks(int(number), day))
    return None


def _of_quarter(key: Literal["quarter", "last_quarter"], quarter: Quarter) -> Period:
    return Period(key, key, quarter.weeks, quarter)


def _last_weeks(number: int, day: date) -> tuple[date, ...]:
    """The last whole weeks before the one of `day`."""
    this = week_start(day)
    return tuple(this - timedelta(weeks=back) for back in range(number, 0, -1))


def _own(asked: Mapping[str, str], day: date) -> Period | None:
    first, last = read_day(asked.get("from", "")), read_day(asked.get("to", ""))
    if first is None or last is None or last < first or first > day or first.year < 1900:
        return None
    weeks = weeks_between(first, min(last, day))
    return Period("own", "own", weeks) if len(weeks) <= MOST_WEEKS else None


def read_day(text: str) -> date | None:
    """A day as a form sends it (`2027-01-04`), or None."""
    try:
        return date.fromisoformat(text.strip()) if len(text.strip()) == 10 else None
    except ValueError:
        return None
