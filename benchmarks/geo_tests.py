"""Geo tests: Google's sample beside its published figures, and how often ranges hold a known truth.

    OPENBLAS_NUM_THREADS=1 python benchmarks/geo_tests.py FOLDER [--tests 300] [--out FILE]

FOLDER holds salesandcost.csv and geoassignment.csv of google/matched_markets. Prints Markdown tables; processor time, not wall time.
"""

from __future__ import annotations

import argparse
import csv
import platform
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np
from geo_test_worlds import WORLDS, GeoWorld, simulate
from split_worlds import carried_table, split_table

from quarterdeck.response.experiments.belief import Belief, believe
from quarterdeck.response.experiments.geo_regression import regress_places
from quarterdeck.response.experiments.geo_test import GeoDays, GeoTest, build_geo_test
from quarterdeck.response.experiments.reading import GeoReading, read_geo_test
from quarterdeck.response.experiments.time_based import regress_on_control

LIFT = 0.05
TEST_OF_MATCHED_MARKETS = "matched_markets, tests/test_tbr_iroas.py"
OUTPUT_OF_R = "GeoexperimentsResearch 1.0.3, printed by B. Hasz, 2019-10-31"


def main() -> None:
    """Measure, print and, where asked, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tests", type=int, default=300)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    parts = [published_table(arguments.folder), coverage_table(arguments.tests), doubts_table(arguments.tests), split_table(2 * arguments.tests)]
    text = "\n\n".join([*parts, carried_table(10 * arguments.tests), _made_with(arguments.tests)]) + "\n"
    print(text)
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")


def read_sample(folder: Path, days: GeoDays) -> GeoTest:
    """Google's sample: 100 places, 93 days; group 2 was treated."""
    with (folder / "geoassignment.csv").open() as lines:
        treated = {row["geo"]: row["geo.group"] == "2" for row in csv.DictReader(lines)}
    with (folder / "salesandcost.csv").open() as lines:
        rows = [(row["geo"], date.fromisoformat(row["date"]), float(row["sales"]), float(row["cost"])) for row in csv.DictReader(lines)]
    return build_geo_test(rows, treated, days)


def published_table(folder: Path) -> str:
    """Ours beside what was published, to the digits that were printed."""
    first, start = date(2015, 1, 5), date(2015, 2, 16)
    whole = read_sample(folder, GeoDays(first, start, date(2015, 3, 15)))
    waited = read_sample(folder, GeoDays(first, start, date(2015, 3, 14), date(2015, 4, 7)))
    rows = [
        "| test | way | return published | ours | half of its range published | ours | where |",
        "|---|---|---|---|---|---|---|",
        _line("to 15 March", "time-based regression", (2.946742, 0.120548), _by_time(whole), TEST_OF_MATCHED_MARKETS + ", one-sided 90 %"),
        _line(
            "to 15 March",
            "time-based regression",
            (2.947012, 0.1557932),
            _by_time(whole, 0.95),
            TEST_OF_MATCHED_MARKETS + ", two-sided 90 %, simulated",
        ),
        _line("to 14 March, effects to 7 April", "time-based regression", (2.860572, 0.2269749), _by_time(waited), OUTPUT_OF_R + ", one-sided 90 %"),
        _line("to 14 March, effects to 7 April", "geo regression", (3.64077, 0.605604), _by_place(waited), OUTPUT_OF_R + ", one-sided 90 %"),
    ]
    own = [
        "| test | way | return, 5 % to 95 % |",
        "|---|---|---|",
        *[
            row
            for name, test in (("to 15 March", whole), ("to 14 March, effects to 7 April", waited))
            for row in _own_rows(name, read_geo_test(test))
        ],
    ]
    return "\n".join(["# Geo tests against Google's published figures", "", *rows, "", "What `experiment read` says of the same tests:", "", *own])


def _line(test: str, way: str, published: tuple[float, float], ours: tuple[float, float], where: str) -> str:
    return f"| {test} | {way} | {published[0]:.6f} | {ours[0]:.6f} | {published[1]:.6f} | {ours[1]:.6f} | {where} |"


def _by_time(test: GeoTest, chance: float = 0.9) -> tuple[float, float]:
    found = regress_on_control(test.total(test.outcome, treated=True), test.total(test.outcome, treated=False), test.before, test.counted)
    cost = float(test.total(test.spend, treated=True)[test.counted].sum())
    return found.effect / cost, (believe(0.0, found.scale_published, found.freedom).quantile(chance)) / cost


def _by_place(test: GeoTest) -> tuple[float, float]:
    found = regress_places(test)
    assert found is not None
    return found.returns, believe(0.0, found.sd, found.freedom).quantile(0.9)


def _own_rows(name: str, reading: GeoReading) -> list[str]:
    told = [(way.name.replace("_", " "), way.returns) for way in reading.ways] + [("**pooled answer**", reading.returns)]
    serious = ", ".join(found.code for found in reading.findings if found.is_serious) or "none"
    rows = [f"| {name} | {way} | {_range(belief)} |" for way, belief in told if belief is not None]
    return [*rows, f"| {name} | serious doubts | {serious} |"]


def _range(belief: Belief) -> str:
    return f"{belief.quantile(0.5):.2f} ({belief.quantile(0.05):.2f} to {belief.quantile(0.95):.2f})"


Read = Callable[[GeoTest, GeoReading], Belief | None]


def _published(test: GeoTest, reading: GeoReading) -> Belief:
    return believe(reading.time_based.effect, reading.time_based.scale_published, reading.time_based.freedom)


READINGS: dict[str, Read] = {
    "time-based regression as published": _published,
    "time-based regression": lambda _, reading: reading.ways[0].effect,
    "synthetic control": lambda _, reading: reading.ways[1].effect,
    "geo regression": lambda _, reading: reading.ways[2].effect,
    "**pooled answer**": lambda _, reading: reading.effect,
}
RETURNS: dict[str, Read] = {
    "return, time-based regression": lambda _, reading: reading.ways[0].returns,
    "return, synthetic control": lambda _, reading: reading.ways[1].returns,
    "return, geo regression": lambda _, reading: reading.ways[2].returns,
    "**return, pooled answer**": lambda _, reading: reading.returns,
}
"""Where money was spent before, what the test added has to be estimated too."""


def coverage_table(tests: int) -> str:
    """How often the 90 % range of the effect (of the return where spend has to be estimated) holds the truth, with and without one; width and error as a return."""
    rows = ["| world | way | holds the truth | with no effect | width | median error |", "|---|---|---|---|---|---|"]
    began = time.process_time()
    for world in WORLDS:
        found = [(simulate(world, seed + (0 if lift else tests), lift=lift), lift) for lift in (LIFT, 0.0) for seed in range(tests)]
        read = [(test, read_geo_test(test), effect, cost, lift) for (test, effect, cost), lift in found]
        ways = RETURNS if world.spend_before else READINGS
        rows += [_coverage_row(world, name, way, read) for name, way in ways.items()]
    seconds = (time.process_time() - began) / (2 * tests * len(WORLDS))
    lead = (
        f"{tests} tests a world with an effect of {LIFT:.0%} of sales (true return about {LIFT / 0.03:.1f}) and {tests} with none; the 90 % range should hold "
        "the truth in 0.90. Width of the range and error are in units of the return; tests without an effect are drawn anew."
    )
    end = f"Simulating and reading a test takes {seconds * 1000:.0f} ms of processor time."
    return "\n".join(["# How often the ranges hold the truth", "", lead, "", *rows, "", end])


def _coverage_row(world: GeoWorld, name: str, way: Read, read: list[tuple[GeoTest, GeoReading, float, float, float]]) -> str:
    held: dict[bool, list[bool]] = {True: [], False: []}
    widths, errors = [], []
    for test, reading, effect, cost, lift in read:
        belief = way(test, reading)
        assert belief is not None
        unit = 1.0 if world.spend_before else cost
        truth = effect / cost * unit
        held[lift > 0].append(0.05 <= belief.below(truth) <= 0.95)
        widths.append((belief.quantile(0.95) - belief.quantile(0.05)) / unit)
        errors.append(abs(belief.quantile(0.5) - truth) / unit)
    return f"| {world.name} | {name} | {np.mean(held[True]):.2f} | {np.mean(held[False]):.2f} | {np.median(widths):.2f} | {np.median(errors):.2f} |"


def doubts_table(tests: int) -> str:
    """How often each doubt speaks in tests in which nothing is wrong but noise."""
    told: Counter[str] = Counter()
    worlds = WORLDS[:2]
    for world in worlds:
        for seed in range(tests):
            told.update(found.code for found in read_geo_test(simulate(world, seed, lift=LIFT)[0]).findings if found.code != "no_cooldown")
    total = tests * len(worlds)
    rows = [f"| {code} | {count / total:.1%} |" for code, count in told.most_common()]
    lead = f"{total} tests of the first two worlds, in which nothing is wrong: how often each doubt spoke all the same."
    return "\n".join(["# Doubts that speak for nothing", "", lead, "", "| doubt | share of tests |", "|---|---|", *rows])


def _made_with(tests: int) -> str:
    packages = ", ".join(f"{package} {version(package)}" for package in ("quarterdeck", "numpy", "scipy"))
    today = date.today().isoformat()  # noqa: DTZ011, TID251
    return f"Made with `python benchmarks/geo_tests.py FOLDER --tests {tests}` on {today}, Python {platform.python_version()}, {packages}."


if __name__ == "__main__":
    sys.exit(main())
