"""The two published series that Quarterdeck is timed on beside others, less their last 13 weeks. Needs numpy alone: each tool's own Python reads it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

HELD_OUT = 13
WAVES = 2
"""Yearly waves (sine and cosine each) in every tool that has them."""
LONGEST_CARRY = 8
"""Weeks that carry-over lasts at most: `l_max` of pymc-marketing's example."""


@dataclass(frozen=True)
class PublishedSeries:
    """Weeks of one series: `spend [week, channel]`, `controls [week, control]` (each divided by its largest size), `outcome [week]`."""

    name: str
    weeks: tuple[date, ...]
    channels: tuple[str, ...]
    spend: Any
    control_names: tuple[str, ...]
    controls: Any
    outcome: Any


_SOURCES = {
    "mmm_example": ("pymc_mmm_example/mmm_example.csv", "date_week", "y", ("x1", "x2"), ("event_1", "event_2", "t")),
    "robyn_weekly": (
        "robyn_weekly/dt_simulated_weekly.csv",
        "DATE",
        "revenue",
        ("tv_S", "ooh_S", "print_S", "facebook_S", "search_S"),
        ("competitor_sales_B", "newsletter"),
    ),
}
NAMES = tuple(_SOURCES)


def read_published(folder: Path, name: str) -> PublishedSeries:
    """The series called `name` out of the folder of published data sets, without its last `HELD_OUT` weeks."""
    path, time, outcome, channels, controls = _SOURCES[name]
    with (folder / path).open(newline="") as lines:
        rows = list(csv.DictReader(lines))[:-HELD_OUT]

    def columns(names: tuple[str, ...]) -> Any:
        return np.array([[float(row[each]) for each in names] for row in rows])

    outside = columns(controls)
    return PublishedSeries(
        name,
        tuple(date.fromisoformat(row[time]) for row in rows),
        channels,
        columns(channels),
        controls,
        outside / np.abs(outside).max(axis=0),
        columns((outcome,))[:, 0],
    )
