"""Days in words, the same on every machine (strftime follows the machine's language, so it is not used)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def say_day(day: date) -> str:
    """`1 February 2027`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_days(first: date, last: date) -> str:
    """`1 to 5 February 2027`, leaving out what repeats; one day alone when both are the same."""
    if first == last:
        return say_day(first)
    if first.year != last.year:
        return f"{say_day(first)} to {say_day(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} to {say_day(last)}"
    return f"{first.day} to {say_day(last)}"


def day_runs(days: Iterable[date]) -> tuple[tuple[date, date], ...]:
    """Days as runs of consecutive ones: first and last day of each, in order."""
    runs: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return tuple(runs)
