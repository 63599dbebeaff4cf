"""Half-days of the working week as whole numbers, and the half-days on which a person is free.

Slot 0 is a Monday morning; a week has ten slots, Monday to Friday, so weekends do not exist for work. Nothing here has an end: a slot may lie
as far ahead as dates go.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from quarterdeck.kernel.periods import week_start

Half = Literal["morning", "afternoon"]
SLOTS_PER_WEEK = 10
SLOTS_PER_DAY = 2


def calendar_days(slot: int) -> int:
    """Calendar days from the Monday of slot 0 to the day of `slot`; negative before it."""
    week, rest = divmod(slot, SLOTS_PER_WEEK)
    return week * 7 + rest // SLOTS_PER_DAY


@dataclass(frozen=True, slots=True)
class HalfDayAxis:
    """Counts half-days from a Monday. Raises ValueError when `origin` is not one."""

    origin: date

    def __post_init__(self) -> None:
        if self.origin.weekday() != 0:
            raise ValueError(f"half-days are counted from a Monday; {self.origin.isoformat()} is not one")

    @classmethod
    def around(cls, day: date) -> HalfDayAxis:
        """The axis that starts in the week of `day`."""
        return cls(week_start(day))

    def day(self, slot: int) -> date:
        """The date that `slot` lies on."""
        return self.origin + timedelta(days=calendar_days(slot))

    def half(self, slot: int) -> Half:
        """Which half of that date."""
        return "morning" if slot % SLOTS_PER_DAY == 0 else "afternoon"

    def first_slot(self, day: date, half: Half = "morning") -> int:
        """The first slot at or after `half` of `day`; from a weekend on, Monday morning."""
        week, weekday = divmod((day - self.origin).days, 7)
        if weekday >= 5:
            return (week + 1) * SLOTS_PER_WEEK
        return week * SLOTS_PER_WEEK + weekday * SLOTS_PER_DAY + (half == "afternoon")

    def last_slot(self, day: date) -> int:
        """The last slot that ends on or before `day`; on a weekend, Friday afternoon."""
        return self.first_slot(day + timedelta(days=1)) - 1

    def slots_of(self, first_day: date, last_day: date) -> tuple[int, int]:
        """First slot and the slot after the last one of a span of dates, both dates included; equal when it holds no working day."""
        return self.first_slot(first_day), self.last_slot(last_day) + 1


@dataclass(frozen=True)
class FreeTime:
    """The half-days from `first` on that no block takes, counted 0, 1, 2 ... Work counted on it pauses over blocks and goes on after them."""

    first: int
    blocks: tuple[tuple[int, int], ...]
    """Apart from each other and ascending: first slot and the slot after the last one."""

    @classmethod
    def without(cls, first: int, blocked: Iterable[tuple[int, int]]) -> FreeTime:
        """Free time from `first` on, less spans of slots that may overlap, touch, be empty or lie in the past."""
        merged: list[tuple[int, int]] = []
        for start, end in sorted((max(start, first), end) for start, end in blocked if end > max(start, first)):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return cls(first, tuple(merged))

    @cached_property
    def pauses(self) -> tuple[tuple[int, int], ...]:
        """For each block: the number of the first free half-day after it, and how many slots it takes."""
        result: list[tuple[int, int]] = []
        blocked = 0
        for start, end in self.blocks:
            result.append((start - self.first - blocked, end - start))
            blocked += end - start
        return tuple(result)

    def slot(self, number: int) -> int:
        """The slot of the free half-day `number` (0 or more)."""
        passed = bisect_right(self._numbers, number)
        return self.first + number + self._blocked[passed]

    def number(self, slot: int) -> int:
        """The number of the first free half-day at or after `slot`: how many free half-days lie before it."""
        if slot <= self.first:
            return 0
        passed = bisect_left(self._ends, slot)
        blocked = self._blocked[passed]
        if passed < len(self.blocks):
            blocked += max(0, slot - self.blocks[passed][0])
        return slot - self.first - blocked

    def is_free(self, slot: int) -> bool:
        """Whether work can be done in `slot`."""
        return slot >= self.first and self.slot(self.number(slot)) == slot

    def count(self, start: int, end: int) -> int:
        """Free half-days from slot `start` to the one before `end`."""
        return max(0, self.number(end) - self.number(start))

    @cached_property
    def _numbers(self) -> tuple[int, ...]:
        return tuple(number for number, _ in self.pauses)

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple(end for _, end in self.blocks)

    @cached_property
    def _blocked(self) -> tuple[int, ...]:
        """Slots taken by the first 0, 1, 2 ... blocks."""
        sums = [0]
        for start, end in self.blocks:
            sums.append(sums[-1] + end - start)
        return tuple(sums)
