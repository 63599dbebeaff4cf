"""Evidence: the label on a number that says where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from quarterdeck.facts.day_words import say_days

MachineRemoved = Literal["yes", "no", "unknown"]
_MACHINE = {"yes": "machine traffic removed", "no": "machine traffic still in it", "unknown": "whether machine traffic is in it is not known"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a number comes from. `rows` is how many rows it rests on; days are None where rows have no day.

    Raises ValueError when the days are turned round or `rows` is below zero.
    """

    source: str
    first_day: date | None
    last_day: date | None
    rows: int
    machine_removed: MachineRemoved = "unknown"

    def __post_init__(self) -> None:
        if self.rows < 0:
            raise ValueError(f"evidence cannot rest on {self.rows} rows")
        if (self.first_day is None) != (self.last_day is None):
            raise ValueError("evidence has both days or none")
        if self.first_day is not None and self.last_day is not None and self.last_day < self.first_day:
            raise ValueError(f"evidence ends on {self.last_day}, before it starts on {self.first_day}")

    @property
    def sentence(self) -> str:
        """The label as one sentence: source, days, size, machines."""
        if self.rows == 0:
            return f"No facts yet from {self.source}."
        days = "" if self.first_day is None or self.last_day is None else f", {say_days(self.first_day, self.last_day)}"
        return f"From {self.source}{days}, {self.rows:,} row{'' if self.rows == 1 else 's'}; {_MACHINE[self.machine_removed]}."

    def joined(self, other: Evidence) -> Evidence:
        """The label of a number that rests on both."""
        days = [day for day in (self.first_day, self.last_day, other.first_day, other.last_day) if day is not None]
        sources = list(dict.fromkeys([*self.source.split(" and "), *other.source.split(" and ")]))
        verdict: MachineRemoved = self.machine_removed if self.machine_removed == other.machine_removed else "unknown"
        if "no" in (self.machine_removed, other.machine_removed):
            verdict = "no"
        return Evidence(" and ".join(sources), min(days, default=None), max(days, default=None), self.rows + other.rows, verdict)
