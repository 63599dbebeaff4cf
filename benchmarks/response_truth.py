"""How near the fitted contributions are to the truth in simulated worlds: python benchmarks/response_truth.py DATA_DIR

DATA_DIR holds pairs NAME.csv (week, spend_*, ctrl_*, y) and NAME.truth.json ({"true_contribution": {channel: total}}).
Prints one row a world: channels, how many of the 90 % intervals hold the truth, median |error| of the posterior mean, seconds.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np

from quarterdeck.kernel.periods import week_start
from quarterdeck.response.fit import fit_response
from quarterdeck.response.series import ResponseSeries


def read_world(path: Path) -> tuple[ResponseSeries, dict[str, float]]:
    """A world's series and the true total contribution of each channel."""
    with path.open() as lines:
        rows = list(csv.DictReader(lines))
    spend = [name for name in rows[0] if name.startswith("spend_")]
    context = [name for name in rows[0] if name.startswith("ctrl_")]
    columns = {name: np.array([float(row[name]) for row in rows]) for name in (*spend, *context, "y")}
    weeks = tuple(week_start(date.fromisoformat(row["week"])) for row in rows)
    series = ResponseSeries(
        "revenue",
        weeks,
        tuple(name.removeprefix("spend_") for name in spend),
        np.stack([columns[name] for name in spend], axis=1),
        columns["y"],
        context_names=tuple(context),
        context=np.stack([columns[name] for name in context], axis=1),
    )
    truth = json.loads(path.with_name(f"{path.stem}.truth.json").read_text())["true_contribution"]
    return series, truth


def main(folder: Path) -> None:
    """The table, then the totals over all channels of all worlds."""
    held, errors, names = [], [], sorted(folder.glob("*.csv"))
    print(f"{'world':32}{'channels':>9}{'held':>6}{'error':>8}{'R-hat':>8}{'ESS':>8}{'s':>7}  findings")
    for path in names:
        series, truth = read_world(path)
        began = time.perf_counter()
        fit = fit_response(series, seed=1)
        seconds = time.perf_counter() - began
        effects = fit.channel_effects()
        inside = [effects[c].brought.p05 <= truth[c] <= effects[c].brought.p95 for c in series.channels]
        error = [abs(effects[c].brought.mean - truth[c]) / abs(truth[c]) for c in series.channels]
        held, errors = held + inside, errors + error
        codes = ", ".join(sorted({finding.code for finding in fit.diagnostics.findings}))
        print(
            f"{path.stem:32}{len(inside):9}{sum(inside):6}{np.median(error):8.0%}{fit.diagnostics.rhat_max:8.3f}"
            f"{fit.diagnostics.ess_min:8.0f}{seconds:7.2f}  {codes}"
        )
    print(
        f"\n{len(names)} worlds, {len(held)} channels: 90 % intervals hold the truth in {np.mean(held):.0%}, median |error| {np.median(errors):.0%}"
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
