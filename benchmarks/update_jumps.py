"""How near a weekly update comes to a fit of all weeks, and how far plain refits jump: python benchmarks/update_jumps.py [WORLDS [SEED]]

Facts without their last eight weeks are fitted; then one, four and eight weeks are added. WORLDS holds pairs as response_truth.py reads them.
Distances are between mean returns, in standard deviations of the fit of all weeks; processor time in seconds.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
from response_truth import read_world
from simulated_company import SimulatedCompany

from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.learning.update import MOST_ROWS, Update, reweigh_fit
from quarterdeck.response.series.series import FloatArray, ResponseSeries

PRESETS = ("shop", "small_shop", "saas", "b2b", "local_trade")
KINDS = ("clean", "synergy", "breakout_heterogeneous", "confounding_controlled", "time_varying_beta", "heavy_tailed_noise")
STEPS = (1, 4, 8)


def main(folder: Path | None, seed: int) -> None:
    """A row for each number of weeks added."""
    table: dict[int, dict[str, list[float]]] = {rows: defaultdict(list) for rows in STEPS}
    for name, series in _cases(folder, seed):
        before = fit_response(series.rows(0, len(series) - MOST_ROWS), seed=1)
        for rows in STEPS:
            _compare(table[rows], before, series.rows(0, len(series) - MOST_ROWS + rows))
        print(f"{name}: {[len(table[rows]['asked']) for rows in STEPS]}", file=sys.stderr, flush=True)
    print(
        "| weeks added | cases | asks for a refit | update against refit: mean, 95th | widths: 5th, 95th | refit with another seed: mean, 95th "
        "| moved by update | moved by refit with another seed | update s | refit s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for rows, found in table.items():
        far, other, width = (np.array(found[part]) for part in ("far", "other", "width"))
        print(
            f"| {rows} | {len(found['asked'])} | {sum(found['asked']):.0f} | {far.mean():.2f}, {np.quantile(far, 0.95):.2f} | "
            f"{np.quantile(width, 0.05):.2f}, {np.quantile(width, 0.95):.2f} | {other.mean():.2f}, {np.quantile(other, 0.95):.2f} | "
            f"{np.mean(found['moved']):.2f} | {np.mean(found['jumped']):.2f} | {np.mean(found['update_s']):.2f} | {np.mean(found['refit_s']):.2f} |"
        )


def _compare(found: dict[str, list[float]], before: ResponseFit, series: ResponseSeries) -> None:
    began = time.process_time()
    updated = reweigh_fit(before, series, seed=1)
    found["update_s"].append(time.process_time() - began)
    found["asked"].append(float(not isinstance(updated, Update)))
    began = time.process_time()
    whole, other = fit_response(series, seed=1), fit_response(series, seed=2)
    found["refit_s"].append((time.process_time() - began) / 2)
    found["other"] += list(_apart(whole, other, whole))
    found["jumped"] += list(_apart(before, other, whole))
    if isinstance(updated, Update):
        found["far"] += list(_apart(updated.fit, whole, whole))
        found["width"] += list(updated.fit.returns.std(axis=0) / whole.returns.std(axis=0))
        found["moved"] += list(_apart(before, updated.fit, whole))


def _apart(one: ResponseFit, other: ResponseFit, unit: ResponseFit) -> FloatArray:
    """[channel]"""
    return np.asarray(np.abs(one.returns.mean(axis=0) - other.returns.mean(axis=0)) / unit.returns.std(axis=0))


def _cases(folder: Path | None, seed: int) -> list[tuple[str, ResponseSeries]]:
    companies = [(f"{preset} {seed}", SimulatedCompany(preset, seed).series) for preset in PRESETS]
    return companies + [(f"{kind} {seed}", read_world(folder / f"{kind}_{seed}.csv")[0]) for kind in KINDS if folder is not None]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
