"""Days, weeks and quarters: a week starts on Monday, a quarter is 13 whole weeks from a Monday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WEEKS_PER_QUARTER = 13
DAYS_PER_WEEK = 7


def week_start(day: date) -> date:
    """The Monday of the week that `day` lies in."""
    return day - timedelta(days=day.weekday())


def weeks_between(first: date, last: date) -> tuple[date, ...]:
    """The Mondays of every week from the one of `first` to the one of `last`, both included; empty if `last` is earlier."""
    start, end = week_start(first), week_start(last)
    return tuple(start + timedelta(weeks=n) for n in range((end - start).days // DAYS_PER_WEEK + 1))


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Every day from `first` to `last`, both included; empty if `last` is earlier."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """Thirteen whole weeks. Raises ValueError when `first_day` is not a Monday."""

    first_day: date

    def __post_init__(self) -> None:
        if self.first_day.weekday() != 0:
            raise ValueError(
                f"a quarter starts on a Monday; {self.first_day.isoformat()} is not one "
                f"(the nearest before it is {week_start(self.first_day).isoformat()})"
            )

    @classmethod
    def holding(cls, day: date, *, anchor: date) -> Quarter:
        """The quarter that `day` lies in, counted in thirteens of weeks from the Monday of `anchor`."""
        origin = week_start(anchor)
        steps = (week_start(day) - origin).days // DAYS_PER_WEEK // WEEKS_PER_QUARTER
        return cls(origin + timedelta(weeks=steps * WEEKS_PER_QUARTER))

    @property
    def last_day(self) -> date:
        """The Sunday that closes it."""
        return self.first_day + timedelta(days=WEEKS_PER_QUARTER * DAYS_PER_WEEK - 1)

    @property
    def weeks(self) -> tuple[date, ...]:
        """Its thirteen Mondays."""
        return tuple(self.first_day + timedelta(weeks=n) for n in range(WEEKS_PER_QUARTER))

    @property
    def label(self) -> str:
        """`Q1 2027`: named after the calendar quarter and year in which its middle day lies."""
        middle = self.first_day + timedelta(days=45)
        return f"Q{(middle.month - 1) // 3 + 1} {middle.year}"

    def week_number(self, day: date) -> int | None:
        """1 to 13, or None outside the quarter."""
        if not self.first_day <= day <= self.last_day:
            return None
        return (day - self.first_day).days // DAYS_PER_WEEK + 1

    def next(self) -> Quarter:
        """The thirteen weeks that follow."""
        return Quarter(self.last_day + timedelta(days=1))

    def previous(self) -> Quarter:
        """The thirteen weeks before."""
        return Quarter(self.first_day - timedelta(weeks=WEEKS_PER_QUARTER))
