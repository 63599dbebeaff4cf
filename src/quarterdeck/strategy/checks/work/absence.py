"""Working days on which a person is away."""

from __future__ import annotations

from datetime import date

from quarterdeck.kernel.periods import days_between
from quarterdeck.strategy.parts.management import Person

WORKDAYS = 5
"""Of a week, from Monday on."""


def days_off(person: Person, first: date, last: date) -> int:
    """Working days from `first` to `last`, both included, on which the person is away; a day in two absences counts once."""
    off = {day for away in person.away for day in days_between(max(away.first_day, first), min(away.last_day, last))}
    return sum(day.weekday() < WORKDAYS for day in off)
