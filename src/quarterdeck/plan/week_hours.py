"""Hours of each person by week: what the plan asks of them, and what they have, absences and holidays left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from quarterdeck.kernel.periods import Quarter
from quarterdeck.plan.half_days import SLOTS_PER_WEEK, FreeTime, HalfDayAxis
from quarterdeck.plan.quarter_plan import Assignment
from quarterdeck.strategy.parts.management import Person


@dataclass(frozen=True, slots=True)
class WeekHours:
    """One week of one person. `away_days` are working days lost to absences and holidays."""

    monday: date
    needed: Fraction
    available: Fraction
    away_days: Fraction

    @property
    def share(self) -> float | None:
        """Needed of available, 1 is full; None when nobody is there, and so nothing can be asked."""
        return float(self.needed / self.available) if self.available else None


def week_hours(person: Person, assignments: Sequence[Assignment], quarter: Quarter, holidays: Collection[date]) -> tuple[WeekHours, ...]:
    """Thirteen weeks. An assignment's half-days lie in the person's free ones from its start on; a half-day is a tenth of the week's hours."""
    axis = HalfDayAxis(quarter.first_day)
    end = SLOTS_PER_WEEK * len(quarter.weeks)
    away = [(max(each.first_day, quarter.first_day), min(each.last_day, quarter.last_day)) for each in person.away]
    blocked = [axis.slots_of(first, last) for first, last in away if first <= last]
    blocked += [axis.slots_of(day, day) for day in holidays if quarter.first_day <= day <= quarter.last_day]
    free = FreeTime.without(0, blocked)
    taken = [0] * len(quarter.weeks)
    for each in assignments:
        start = axis.first_slot(each.starts_on, each.start_half)
        number = free.number(max(start, 0))
        for n in range(number, number + each.half_days):
            slot = free.slot(n)
            if slot >= end or slot > axis.first_slot(each.ends_on, each.end_half):
                break
            taken[slot // SLOTS_PER_WEEK] += 1
    half_day = Fraction(person.hours_per_week) / SLOTS_PER_WEEK
    weeks = []
    for n, monday in enumerate(quarter.weeks):
        there = free.count(n * SLOTS_PER_WEEK, (n + 1) * SLOTS_PER_WEEK)
        weeks.append(WeekHours(monday, taken[n] * half_day, there * half_day, Fraction(SLOTS_PER_WEEK - there, 2)))
    return tuple(weeks)
