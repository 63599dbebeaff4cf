"""A data set of geos as every tool of `peers_geo.py` reads it. Needs numpy alone: each tool's own Python reads it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

WAVES = 2
"""Yearly waves (sine and cosine each) in every tool that has them."""
LONGEST_CARRY = 8
"""Weeks that carry-over lasts at most, as in the generator."""
CHAINS, WARM_UP, KEPT = 2, 750, 500
"""Of each tool that samples with gradients: chains, draws thrown away and draws kept of each chain."""


@dataclass(frozen=True)
class GeoRows:
    """Line by line, geo after geo: `geos`, `dates` (ISO) `[line]`, `spend [line, channel]`, `controls [line, control]` (each divided by its largest
    size), `outcome [line]`."""

    channels: tuple[str, ...]
    control_names: tuple[str, ...]
    geos: tuple[str, ...]
    dates: tuple[str, ...]
    spend: Any
    controls: Any
    outcome: Any


def read_geo_rows(path: Path) -> GeoRows:
    """The lines of a data set of the generator: date, geo, x* money, c* context, y; columns c*_effect hold truth and are left out."""
    with path.open(newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: (row["geo"], row["date"]))
    channels = tuple(name for name in rows[0] if name.startswith("x"))
    controls = tuple(name for name in rows[0] if name.startswith("c") and not name.endswith("_effect"))

    def columns(names: tuple[str, ...]) -> Any:
        return np.array([[float(row[name]) for name in names] for row in rows])

    outside = columns(controls)
    return GeoRows(
        channels,
        controls,
        tuple(row["geo"] for row in rows),
        tuple(row["date"] for row in rows),
        columns(channels),
        outside / np.abs(outside).max(axis=0),
        columns(("y",))[:, 0],
    )


def frame_of(rows: GeoRows, money: Any, time: str) -> Any:
    """A pandas table of the lines with `money` [line, channel] for spend, the date in a column called `time`, and `outcome`."""
    import pandas as pd

    frame = pd.DataFrame(np.concatenate([money, rows.controls], axis=1), columns=[*rows.channels, *rows.control_names])
    frame.insert(0, "geo", list(rows.geos))
    frame.insert(0, time, list(rows.dates))
    frame["outcome"] = rows.outcome
    return frame
