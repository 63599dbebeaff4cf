"""How near fitted contributions are to the truth of three series that others published: python benchmarks/response_published.py DATA_DIR

DATA_DIR holds mmm_param_recovery/small_business*.csv (pymc-labs), pymc_mmm_example/mmm_example.csv and pymc_mmm_roas/mmm_roas_data.csv (pymc-marketing).
Prints one row a channel: the 90 % interval and mean of its share of the outcome, the truth, and processor seconds of the fit.
"""

from __future__ import annotations

import csv
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
from response_truth import grade_channel

from quarterdeck.kernel.periods import week_start
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.series.series import ResponseSeries

EXAMPLE_SHARES = {"x1": 0.295, "x2": 0.0696}
"""Of the outcome over the first 166 weeks, from the notebook that published the example."""
EXAMPLE_ROWS = 166


def columns_of(path: Path) -> dict[str, list[str]]:
    """The file by column, as text."""
    with path.open() as lines:
        rows = list(csv.DictReader(lines))
    return {name: [row[name] for row in rows] for name in rows[0]}


def series_of(table: dict[str, list[str]], time_column: str, spend: dict[str, str], context: tuple[str, ...]) -> ResponseSeries:
    """Spend maps a channel to its column."""
    return ResponseSeries(
        "revenue",
        tuple(week_start(date.fromisoformat(day)) for day in table[time_column]),
        tuple(spend),
        np.column_stack([np.array(table[name], dtype=np.float64) for name in spend.values()]),
        np.array(table["y"], dtype=np.float64),
        context_names=context,
        context=np.column_stack([np.array(table[name], dtype=np.float64) for name in context]),
    )


def small_business(folder: Path) -> tuple[ResponseSeries, dict[str, float]]:
    """One region, 104 weeks, four channels."""
    table = columns_of(folder / "mmm_param_recovery" / "small_business.csv")
    truth = columns_of(folder / "mmm_param_recovery" / "small_business_true_contribution.csv")
    names = [name for name in table if name.startswith("x")]
    series = series_of(table, "date", {name: name for name in names}, ("c1", "c2"))
    return series, {name: float(np.array(truth[f"contribution_{name}"], dtype=np.float64).sum()) for name in names}


def example(folder: Path) -> tuple[ResponseSeries, dict[str, float]]:
    """The example of pymc-marketing."""
    table = columns_of(folder / "pymc_mmm_example" / "mmm_example.csv")
    series = series_of(table, "date_week", {"x1": "x1", "x2": "x2"}, ("event_1", "event_2")).rows(0, EXAMPLE_ROWS)
    return series, {name: share * float(series.outcome.sum()) for name, share in EXAMPLE_SHARES.items()}


def roas(folder: Path) -> tuple[ResponseSeries, dict[str, float]]:
    """The series with a confounder, which is given as context."""
    table = columns_of(folder / "pymc_mmm_roas" / "mmm_roas_data.csv")
    series = series_of(table, "date", {"x1": "x1", "x2": "x2"}, ("z",))
    return series, {name: 100.0 * float(np.array(table[f"{name}_effect"], dtype=np.float64).sum()) for name in ("x1", "x2")}


def main(folder: Path) -> None:
    """The table."""
    print(f"{'series':16}{'channel':18}{'p05':>8}{'mean':>8}{'p95':>8}{'truth':>8}{'crps':>7}{'cpu s':>7}")
    for read in (small_business, example, roas):
        series, truth = read(folder)
        began = time.process_time()
        fit = fit_response(series, seed=1)
        seconds, whole = time.process_time() - began, float(series.outcome.sum())
        for name, effect in fit.channel_effects().items():
            brought, crps = effect.brought, grade_channel(effect.contribution, truth[name]).crps
            figures = "".join(f"{value / whole:8.4f}" for value in (brought.p05, brought.mean, brought.p95, truth[name]))
            print(f"{read.__name__:16}{name:18}{figures}{crps:7.3f}{seconds:7.2f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
