"""Is "realistic" true? Targets called safe, likely, stretch and out of reach, and how often each was reached, on series that nothing was chosen on.

    OPENBLAS_NUM_THREADS=1 python benchmarks/realism.py DATA --worlds WORLDS [--preset-seed 31] [--preset-runs 4] [--origins 4] [--out docs/proof/realism.md]

A pair is one metric of one company and one quarter: the forecast is made on its first day from the weeks before alone, the target is set as people set
them (so much of the same weeks a year before), the word is the one that the page shows, and what came decides. DATA: the published sets; of them only the
half that docs/proof/chances.md reports on is used. WORLDS: simulated worlds KIND_SEED.csv; one of each kind is taken.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np
from chance_scores import Judged, calibrated, chance_of
from chance_series import PRESETS, Source, read_all, read_source, simulate
from chances import judge_curves, judge_level

from quarterdeck.response.forecasts.calibration import OTHERS
from quarterdeck.response.series.series import FloatArray, ResponseSeries
from quarterdeck.strategy.wording.reach import Reach, reach_of

ASKED = (0.85, 0.95, 1.0, 1.05, 1.1, 1.2, 1.35)
"""Targets as shares of the same weeks a year before."""
WORDS: tuple[Reach, ...] = ("safe", "likely", "stretch", "out of reach")
REPEATS, _STREAM = 2000, 41
"""How often the series are drawn anew, and the stream of chance that they are drawn from."""


@dataclass(frozen=True)
class Called:
    """One target: the chance that was said, and whether it was reached. `pair` names series and quarter."""

    series: str
    pair: str
    kind: str
    chance: float
    reached: bool

    @property
    def word(self) -> Reach:
        """What the page calls it."""
        return reach_of(self.chance)


def main() -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--worlds", type=Path, required=True)
    parser.add_argument("--preset-seed", type=int, default=31)
    parser.add_argument("--preset-runs", type=int, default=4)
    parser.add_argument("--origins", type=int, default=4)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    began, called, names = time.process_time(), [], []
    for name, series in _series(arguments.data, arguments.worlds, arguments.preset_seed, arguments.preset_runs):
        names.append(name)
        for kind, judge in (("curves", judge_curves), ("level", judge_level)):
            for case in judge(name, series, arguments.origins):
                called += _call(kind, case)
        print(f"{name}: {time.process_time() - began:.0f} s of processor time so far", file=sys.stderr, flush=True)
    text = _page(names, called, arguments, time.process_time() - began)
    print(text)
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")
    return 0


def _series(data: Path, worlds: Path, first_seed: int, runs: int) -> Iterator[tuple[str, ResponseSeries]]:
    yield from ((name, series) for name, is_fixing, series in read_all(data, worlds=None, preset_seeds=0) if not is_fixing)
    kinds: dict[str, list[Path]] = {}
    for path in sorted(worlds.glob("*.csv")):
        kinds.setdefault(path.stem.rsplit("_", 1)[0], []).append(path)
    for number, paths in enumerate(kinds.values()):
        path = paths[number % len(paths)]
        yield from read_source(path.parent, Source(f"world_{path.stem}", path.name, "week", "y", ("spend_",), ("ctrl_",)))
    for number, preset in enumerate(PRESETS):  # companies of one seed share the demand of their market, so each has a seed of its own
        for seed in range(first_seed + number * runs, first_seed + (number + 1) * runs):
            yield f"preset_{preset}_{seed}", simulate(preset, seed)


def _call(kind: str, case: Judged) -> Iterator[Called]:
    totals = calibrated(case, OTHERS["curves" if kind == "curves" else "level"])
    for share in ASKED:
        target = share * case.naive
        yield Called(case.series, f"{case.series} {case.origin.first_day}", kind, chance_of(totals, target), case.origin.outcome >= target)


def _page(names: list[str], called: list[Called], arguments: argparse.Namespace, seconds: float) -> str:
    packages = ", ".join(f"{package} {version(package)}" for package in ("quarterdeck", "numpy", "scipy"))
    command = f"OPENBLAS_NUM_THREADS=1 python benchmarks/realism.py DATA --worlds WORLDS --preset-seed {arguments.preset_seed} --preset-runs {arguments.preset_runs} --origins {arguments.origins}"
    lines = [
        "# What is called realistic, held against what came",
        "",
        f"{len(names)} series on which nothing of the model, its calibration or these words was chosen, {len({each.pair for each in called})} pairs of a metric and a "
        f"quarter. Targets: {', '.join(f'{share:g}' for share in ASKED)} times the same weeks a year before.",
        "",
        *_section("With curves of spend", [each for each in called if each.kind == "curves"]),
        *_section("From the metric's own past alone", [each for each in called if each.kind == "level"]),
        f"Series: {', '.join(names)}.",
        "",
        f"Made with `{command}` on {date.today().isoformat()}, Python {platform.python_version()}, {packages}; {seconds:.0f} s of processor time.",  # noqa: DTZ011, TID251
        "",
    ]
    return "\n".join(lines)


def _section(title: str, called: list[Called]) -> list[str]:
    lines = [
        f"## {title}",
        "",
        "| called | targets | pairs | chance said, mean | reached | difference, points | standard error | in 90 of 100 draws of series |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for word in WORDS:
        own = [each for each in called if each.word == word]
        if own:
            said, reached = float(np.mean([each.chance for each in own])), float(np.mean([each.reached for each in own]))
            again = 100 * redrawn_differences(own, sorted({each.series for each in called}))
            low, high = np.quantile(again, (0.05, 0.95))
            lines.append(
                f"| {word} | {len(own)} | {len({each.pair for each in own})} | {said:.0%} | {reached:.0%} | {100 * (reached - said):+.0f} "
                f"| {again.std():.1f} | {low:+.0f} to {high:+.0f} |"
            )
    return [*lines, ""]


def redrawn_differences(own: list[Called], names: list[str]) -> FloatArray:
    """Reached less said, as shares [repeat], with the series `names` drawn anew, whole and with replacement; draws without a target are left out.

    Source: the bootstrap of clusters, Davison & Hinkley 1997, "Bootstrap methods and their application", section 3.8.
    """
    place = {name: number for number, name in enumerate(names)}
    apart, count = np.zeros(len(names)), np.zeros(len(names))
    for each in own:
        apart[place[each.series]] += each.reached - each.chance
        count[place[each.series]] += 1
    drawn = np.random.default_rng(_STREAM).integers(len(names), size=(REPEATS, len(names)))
    targets = count[drawn].sum(axis=1)
    return np.asarray(apart[drawn].sum(axis=1)[targets > 0] / targets[targets > 0])


if __name__ == "__main__":
    raise SystemExit(main())
