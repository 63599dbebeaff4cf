"""How near fitted contributions are to the truth in simulated worlds: python benchmarks/response_truth.py DATA_DIR [KIND ...]

DATA_DIR holds pairs NAME_SEED.csv (week, spend_*, ctrl_*, y) and NAME_SEED.truth.json ({"true_contribution": {channel: total}} and, where the world can
be run again, "last13_plans": other spend in the last 13 weeks with its true outcome). Prints one row for each kind of world, with all its seeds:
how many 90 % intervals hold the truth, how wide they are and their CRPS as shares of |truth| (medians over channels), median |error| of the posterior
mean, what the plan that the fit prefers truly gains over the plan as it was (per cent of the outcome; the best of those listed beside it), processor
seconds a fit, and the findings that spoke.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from quarterdeck.kernel.periods import week_start
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.series.series import ResponseSeries

PLAN_WEEKS = 13


@dataclass(frozen=True)
class Graded:
    """One fitted channel against its truth; all but `holds` as shares of |truth|."""

    holds: bool
    width: float
    crps: float
    error: float


@dataclass(frozen=True)
class World:
    """One fitted world. `gain` and `best_gain`: per cent of the outcome that the preferred plan and the best plan truly add; None where not known."""

    kind: str
    channels: tuple[Graded, ...]
    gain: float | None
    best_gain: float | None
    seconds: float
    has_converged: bool
    found: tuple[str, ...]


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
        context=np.stack([columns[name] for name in context], axis=1) if context else np.zeros((len(rows), 0)),
    )
    return series, read_truth(path)["true_contribution"]


def read_truth(path: Path) -> dict[str, Any]:
    """The whole truth of the world in `path`."""
    truth: dict[str, Any] = json.loads(path.with_name(f"{path.stem}.truth.json").read_text())
    return truth


def grade_channel(draws: np.ndarray, truth: float) -> Graded:
    """The draws of a contribution against what it truly was. Source of CRPS from draws: Gneiting & Raftery 2007, equation 21."""
    low, high = np.quantile(draws, (0.05, 0.95))
    ordered, size = np.sort(draws), len(draws)
    apart = 2.0 * float(((2 * np.arange(size) - size + 1) * ordered).sum()) / size**2
    crps = float(np.abs(draws - truth).mean()) - 0.5 * apart
    share = abs(truth)
    return Graded(bool(low <= truth <= high), float(high - low) / share, crps / share, abs(float(draws.mean()) - truth) / share)


def grade_plans(fit: ResponseFit, plans: dict[str, Any]) -> tuple[float, float]:
    """Per cent of the outcome that the plan with the highest fitted mean truly adds, and that the best plan adds."""
    order = [plans["channels"].index(name) for name in fit.channels]
    curves = fit.curves.started(fit.carry_in)
    expected, true = [], []
    for *multipliers, outcome in plans["plans"]:
        spend = fit.spend.copy()
        spend[-PLAN_WEEKS:] *= np.array(multipliers)[order]
        expected.append(float(curves.contribution(spend)[:, -PLAN_WEEKS:].sum(axis=(1, 2)).mean()))
        true.append(float(outcome))
    base = float(plans["base"])
    return 100.0 * (true[int(np.argmax(expected))] / base - 1.0), 100.0 * (max(true) / base - 1.0)


def grade_world(path: Path) -> World:
    """The world in `path`, fitted and graded."""
    series, contribution = read_world(path)
    began = time.process_time()
    fit = fit_response(series, seed=1)
    seconds = time.process_time() - began
    effects, truth = fit.channel_effects(), read_truth(path)
    graded = tuple(grade_channel(effects[name].contribution, contribution[name]) for name in series.channels)
    gain, best = grade_plans(fit, truth["last13_plans"]) if "last13_plans" in truth else (None, None)
    codes = tuple(sorted({finding.code for finding in fit.diagnostics.findings}))
    return World(kind_of(path), graded, gain, best, seconds, fit.diagnostics.ok, codes)


def kind_of(path: Path) -> str:
    """NAME of NAME_SEED."""
    return path.stem.rsplit("_", 1)[0]


def row_of(name: str, worlds: list[World]) -> str:
    """The figures of `worlds` together as one line of the table."""
    channels = [channel for world in worlds for channel in world.channels]
    gains = [(world.gain, world.best_gain) for world in worlds if world.gain is not None and world.best_gain is not None]
    plan = "{:+7.2f}{:+7.2f}".format(*np.mean(gains, axis=0)) if gains else f"{'':14}"
    found = Counter(code for world in worlds for code in world.found)
    said = ", ".join(f"{code} {count}" for code, count in sorted(found.items()))
    return (
        f"{name:26}{len(worlds):4}{len(channels):5}{np.mean([each.holds for each in channels]):6.2f}{np.median([each.width for each in channels]):7.2f}"
        f"{np.mean([each.crps for each in channels]):7.3f}{np.median([each.error for each in channels]):6.0%}{plan}"
        f"{np.mean([world.seconds for world in worlds]):6.2f}{sum(not world.has_converged for world in worlds):4}  {said}"
    )


HEAD = f"{'kind':26}{'n':>4}{'ch':>5}{'holds':>6}{'width':>7}{'crps':>7}{'err':>6}{'gain':>7}{'best':>7}{'cpu s':>6}{'bad':>4}  findings"


def main(folder: Path, kinds: list[str]) -> None:
    """The table by kind, then all worlds together."""
    paths = [path for path in sorted(folder.glob("*.csv")) if not kinds or kind_of(path) in kinds]
    worlds: dict[str, list[World]] = {}
    print(HEAD)
    for place, path in enumerate(paths):
        worlds.setdefault(kind_of(path), []).append(grade_world(path))
        if place + 1 == len(paths) or kind_of(paths[place + 1]) != kind_of(path):
            print(row_of(kind_of(path), worlds[kind_of(path)]), flush=True)
    print(row_of("all", [world for each in worlds.values() for world in each]).split("  never")[0])


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
