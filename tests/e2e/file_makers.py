"""CSV files of simulated shops whose truth is known, as other people's tools write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

FIRST = date(2023, 1, 1)  # a Sunday: weeks begin on any weekday


def shop(rows: int, *, seed: int = 3, step_days: int = 7, size: float = 1.0) -> dict[str, list[object]]:
    """Columns of a shop: two channels that work, one of context, one of words, and the outcome."""
    rng = np.random.default_rng(seed)
    time = np.arange(rows)
    year = 365.25 / step_days
    tv, search = rng.gamma(2.0, 100.0, rows), rng.gamma(2.0, 60.0, rows)
    tv[rng.random(rows) < 0.3] = 0.0
    price = 10.0 + rng.normal(0, 0.5, rows)
    event = np.where(time % 26 == 9, "sale", "")
    carried = np.zeros(rows)
    for row in range(rows):
        carried[row] = 0.5 * tv[row] + 0.5 * (carried[row - 1] if row else tv[0])
    brought = 900 * carried / (carried + 300) + 500 * search / (search + 150)
    season = 150 * np.sin(2 * np.pi * time / year)
    outcome = size * (1500 + season - 40 * (price - 10) + 300 * (event == "sale") + brought + rng.normal(0, 40, rows))
    starts = [FIRST + timedelta(days=step_days * int(n)) for n in time]
    return {
        "Week of": [day.isoformat() for day in starts],
        "TV": [round(float(size * x), 2) for x in tv],
        "Paid Search": [round(float(size * x), 2) for x in search],
        "price": [round(float(x), 3) for x in price],
        "event": list(event),
        "sales": [round(float(x), 2) for x in outcome],
    }


def write(place: Path, columns: dict[str, Sequence[object]], *, separator: str = ",") -> Path:
    """The file, once it is written."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    place.write_text(text.getvalue(), encoding="utf-8")
    return place


def by_geo(geos: Sequence[str], rows: int) -> dict[str, list[object]]:
    """The same by place, the rows of each below those of the one before."""
    parts = [(geo, shop(rows, seed=number + 1, size=1.0 + number)) for number, geo in enumerate(geos)]
    columns: dict[str, list[object]] = {name: [cell for _, part in parts for cell in part[name]] for name in parts[0][1]}
    columns["place"] = [geo for geo, _ in parts for _ in range(rows)]
    columns["people"] = [1000 * (1 + number) for number in range(len(geos)) for _ in range(rows)]
    return columns


def dirty(columns: dict[str, list[object]]) -> bytes:
    """The same facts as a spreadsheet of another country writes them: BOM, ";", decimal commas, spaces, any order, a line of totals, odd case."""
    rows = list(zip(*columns.values(), strict=True))
    np.random.default_rng(1).shuffle(rows)  # type: ignore[arg-type]
    lines = ["Report of sales;;;;;", ";".join(f" {name.upper()} " for name in columns)]
    for day, *cells in rows:
        year, month, date_ = str(day).split("-")
        lines.append(";".join([f"{date_}.{month}.{year}", *(f" {cell} ".replace(".", ",") for cell in cells)]))
    return ("\ufeff" + "\r\n".join([*lines, "Total;1;2;3;;4"]) + "\r\n").encode()
