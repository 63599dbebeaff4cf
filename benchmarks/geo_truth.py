"""How near the contributions of a fit of geos are to the truth: python benchmarks/geo_truth.py FOLDER [--forms one] [--only NAME]

FOLDER holds pairs NAME.csv (date, geo, x* money, c* context, y) and NAME_true_contribution.csv (date, geo, contribution_x*), as written by the
generator pymc-labs/mmm-param-recovery. Columns c*_effect hold truth and are left out.
Prints one row a data set: how many of the channels' 90 % intervals of the total hold the truth, their mean width as a share of the truth, median
|error| of the posterior mean, CRPS as a share of the truth, the share of geo and channel intervals that hold it, R-hat, ESS, processor seconds, memory.
"""

from __future__ import annotations

import argparse
import csv
import resource
import time
from datetime import date
from pathlib import Path

import numpy as np

from quarterdeck.response.geo.fit import fit_geo
from quarterdeck.response.geo.fitted import GeoFit
from quarterdeck.response.geo.series import GeoSeries, build_geo_series
from quarterdeck.response.series.series import FloatArray


def read_geos(path: Path) -> tuple[GeoSeries, FloatArray]:
    """The series of a data set and the true contribution [geo, channel] over all rows."""
    rows, true = _rows(path), _rows(path.with_name(f"{path.stem}_true_contribution.csv"))
    spend = [name for name in rows[0] if name.startswith("x")]
    context = [name for name in rows[0] if name.startswith("c") and not name.endswith("_effect")]
    table = {name: [float(row[name]) for row in rows] for name in (*spend, *context, "y")}
    series = build_geo_series(
        "revenue",
        [row["geo"] for row in rows],
        [date.fromisoformat(row["date"]) for row in rows],
        {name: table[name] for name in spend},
        table["y"],
        context={name: table[name] for name in context},
    )
    truth = np.zeros((len(series.geos), len(spend)))
    for row in true:
        truth[series.geos.index(row["geo"])] += [float(row[f"contribution_{name}"]) for name in spend]
    return series, truth


def crps(draws: FloatArray, truth: FloatArray) -> FloatArray:
    """Continuous ranked probability score of `draws` [draw, n] for `truth` [n]. Source: Gneiting & Raftery 2007, section 4.2."""
    count, ordered = len(draws), np.sort(draws, axis=0)
    weight = (2.0 * np.arange(1, count + 1) - count - 1.0) / count**2
    return np.asarray(np.abs(draws - truth).mean(axis=0) - (weight[:, None] * ordered).sum(axis=0))


def report(name: str, fit: GeoFit, truth: FloatArray, seconds: float) -> tuple[list[bool], list[float]]:
    """Prints the row of one data set; gives back what held and the errors."""
    by_geo = fit.contributions()
    total, true = by_geo.sum(axis=1), truth.sum(axis=0)
    low, high = np.quantile(total, (0.05, 0.95), axis=0)
    held, error = (low <= true) & (true <= high), np.abs(total.mean(axis=0) - true) / true
    geo_low, geo_high = np.quantile(by_geo, (0.05, 0.95), axis=0)
    in_geo = ((geo_low <= truth) & (truth <= geo_high)).mean()
    score = crps(total, true) / true
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{name:24}{len(fit.geos):5}{len(true):5}{held.sum():6}{np.mean((high - low) / true):8.0%}{np.median(error):8.1%}{score.mean():8.1%}{in_geo:8.0%}"
        f"{fit.diagnostics.rhat_max:8.3f}{fit.diagnostics.ess_min:7.0f}{seconds:8.1f}{memory:7.2f}",
        flush=True,
    )
    return held.tolist(), error.tolist()


def main() -> None:
    """The table, then the totals over all channels."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--forms", choices=("auto", "one"), default="auto")
    parser.add_argument("--only", default="")
    parser.add_argument("--show", action="store_true", help="each channel's interval and truth, too")
    chosen = parser.parse_args()
    names = [path for path in sorted(chosen.folder.glob("*.csv")) if "_true_" not in path.name and path.name.startswith(chosen.only)]
    print(
        f"{'data set':24}{'geos':>5}{'ch.':>5}{'held':>6}{'width':>8}{'error':>8}{'CRPS':>8}{'by geo':>8}{'R-hat':>8}{'ESS':>7}{'cpu s':>8}{'GB':>7}"
    )
    held: list[bool] = []
    errors: list[float] = []
    for path in names:
        series, truth = read_geos(path)
        began = time.process_time()
        fit = fit_geo(series, seed=1, forms=chosen.forms)
        inside, error = report(path.stem, fit, truth, time.process_time() - began)
        held, errors = held + inside, errors + error
        if chosen.show:
            for (channel, effect), true in zip(fit.channel_effects().items(), truth.sum(axis=0), strict=True):
                print(f"  {channel:24}{true:14,.0f} in [{effect.brought.p05:,.0f}, {effect.brought.p95:,.0f}], {effect.prior_share:.0%} prior")
    print(
        f"\n{len(names)} data sets, {len(held)} channels: 90 % intervals hold the truth in {np.mean(held):.0%}, median |error| {np.median(errors):.1%}"
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines))


if __name__ == "__main__":
    main()
