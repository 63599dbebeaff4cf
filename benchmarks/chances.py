"""Are chances honest? Forecasts of the past over many series, held against what came; what is fixed is fixed on one half of the series and reported on the other.

    OPENBLAS_NUM_THREADS=1 python benchmarks/chances.py DATA [--worlds WORLDS] [--preset-seeds 4] [--origins 10] [--out docs/proof/chances.md]

DATA holds the published data sets, each in a folder of its own; what is missing is left out and the count says so. WORLDS holds simulated worlds, KIND_SEED.csv
each; one seed of every kind goes to each half. Nothing is kept between runs.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np
from chance_scores import Judged, brier, calibrated, chance_of, fix_spread, reliability_error, reliability_rows, score_ranges
from chance_series import read_all

from quarterdeck.response.baseline.forecaster import CountedSeries, forecast_level
from quarterdeck.response.forecasts.backtest import LEAST_KNOWN_WEEKS, Backtest, Kind, fit_as_of, forecast_on, hold_against, origins_of
from quarterdeck.response.forecasts.calibration import OTHERS, SpreadBelief
from quarterdeck.response.series.series import FloatArray, ResponseSeries

HORIZON = 13


@dataclass(frozen=True, eq=False)
class Half:
    """The forecasts of one kind on one half of the series."""

    cases: list[Judged]
    backtests: list[Backtest]


def main() -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--worlds", type=Path)
    parser.add_argument("--preset-seeds", type=int, default=4)
    parser.add_argument("--origins", type=int, default=10)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    began, halves, names = time.process_time(), _empty(), []
    every = read_all(arguments.data, worlds=arguments.worlds, preset_seeds=arguments.preset_seeds)
    for name, is_fixing, series in every:
        names.append((name, is_fixing))
        for kind, judge in (("curves", judge_curves), ("level", judge_level)):
            cases = judge(name, series, arguments.origins)
            halves[kind, is_fixing].cases.extend(cases)
            halves[kind, is_fixing].backtests.append(Backtest(series.metric, cases[0].kind, tuple(case.origin for case in cases)))
        print(f"{name}: {len(cases)} forecasts, {time.process_time() - began:.0f} s so far", file=sys.stderr, flush=True)
    text = "\n".join([_head(names, halves), *(_section(kind, halves) for kind in ("curves", "level"))])
    text += _made_with(arguments.preset_seeds, arguments.origins, time.process_time() - began)
    print(text)
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")
    return 0


def _empty() -> dict[tuple[str, bool], Half]:
    return {(kind, is_fixing): Half([], []) for kind in ("curves", "level") for is_fixing in (True, False)}


def judge_curves(name: str, series: ResponseSeries, origins: int) -> list[Judged]:
    def totals_at(known: int) -> tuple[FloatArray, ...]:
        fit = fit_as_of(series, known, seed=1)
        return tuple(forecast_on(fit, series, horizon=HORIZON, seed=1, context=context).total_draws for context in ("assumed", "sure", "known"))

    return _judged(name, "curves", series, origins, totals_at)


def judge_level(name: str, series: ResponseSeries, origins: int) -> list[Judged]:
    counted = _counted(series)

    def totals_at(known: int) -> tuple[FloatArray, ...]:
        return (forecast_level(counted.until(known), HORIZON, seed=1, draws=200).sum(axis=1),) * 3

    return _judged(name, "level", series, origins, totals_at)


def _counted(series: ResponseSeries) -> CountedSeries:
    return CountedSeries(series.metric, series.starts, series.outcome)


def _judged(name: str, kind: Kind, series: ResponseSeries, origins: int, totals_at: Callable[[int], tuple[FloatArray, ...]]) -> list[Judged]:
    """Each forecast with the record that the company had on its day: forecasts whose weeks were over by then."""
    counted, cases = _counted(series), []
    places = origins_of(len(series), horizon=HORIZON, origins=origins, least=LEAST_KNOWN_WEEKS)
    draws = {known: totals_at(known) for known in places}
    held = {known: hold_against(draws[known][0], counted, known, HORIZON) for known in places}
    for known in places:
        over = tuple(origin for place, origin in held.items() if place + HORIZON <= known)
        before = np.array([series.outcome[row : row + HORIZON].sum() for row in range(known - HORIZON + 1)])
        totals, sure, known_context = draws[known]
        cases.append(Judged(name, kind, held[known], totals, sure, known_context, before, Backtest(series.metric, kind, over) if over else None))
    return cases


def _head(names: list[tuple[str, bool]], halves: dict[tuple[str, bool], Half]) -> str:
    fixing = [name for name, is_fixing in names if is_fixing]
    reported = [name for name, is_fixing in names if not is_fixing]
    return "\n".join(
        [
            "# Chances held against what came",
            "",
            f"{len(names)} weekly series, {sum(len(half.cases) for (kind, _), half in halves.items() if kind == 'curves')} forecasts of the total of {HORIZON} weeks, "
            "each from a model fitted on the weeks before it alone. Spend is as it really was (it counts as the plan); context is assumed as it would have been: "
            "halfway between the same weeks a year before (else the mean) and where its own past leads. Targets: nine places of each forecast (its 10 to 90 % "
            "quantiles) and 0.9 to 1.1 times the same weeks a year before.",
            "",
            f"Everything that is fixed was fixed on {len(fixing)} series; every figure below is of the other {len(reported)}. Own record: forecasts of the same series whose "
            "weeks were over on that day.",
            "",
            f"Fixed on: {', '.join(fixing)}.",
            "",
            f"Reported on: {', '.join(reported)}.",
            "",
        ]
    )


_TITLES = {"curves": "Forecasts with curves of spend", "level": "The light forecaster, which knows the outcome alone"}


def _section(kind: str, halves: dict[tuple[str, bool], Half]) -> str:
    others = fix_spread(halves[kind, True].backtests)
    shipped, cases = OTHERS["curves" if kind == "curves" else "level"], halves[kind, False].cases
    ways: dict[str, Callable[[Judged], FloatArray]] = {
        "as the model says": lambda case: case.totals,
        "by other series alone": lambda case: calibrated(case, others, with_own=False),
        "by other series and the own record (what is shown)": lambda case: calibrated(case, others),
    }
    if kind == "curves":
        ways["as if the assumed context were sure (as it was before)"] = lambda case: case.sure
        ways["with the context that came, which nobody knew"] = lambda case: case.known_context
    chances = {way: _chances(cases, totals_of) for way, totals_of in ways.items()}
    chances["climatology: how often 13 weeks of the past reached it"] = _chances(cases, lambda case: case.before)
    reached = np.array([float(case.origin.outcome >= target) for case in cases for target in case.targets()])
    shown = list(chances.values())[2]
    lines = [f"## {_TITLES[kind]}", "", _say_spread(others, shipped), "", "| chance said | said on average | reached | cases |", "|---|---|---|---|"]
    lines += [*reliability_rows(shown, reached), "", "| chances | Brier score | said less reached, mean over bins |", "|---|---|---|"]
    lines += [f"| {way} | {brier(each, reached):.4f} | {reliability_error(each, reached):.1%} |" for way, each in chances.items()]
    lines += ["", "| ranges of the total | inside 80 % | inside 90 % | mean width of 90 % / what came | CRPS / what came |", "|---|---|---|---|---|"]
    for way, totals_of in ways.items():
        score = score_ranges(cases, totals_of)
        lines.append(f"| {way} | {score.inside80:.2f} | {score.inside90:.2f} | {score.width90:.1%} | {score.crps:.2%} |")
    naive = float(np.mean([abs(case.naive - case.origin.outcome) / abs(case.origin.outcome) for case in cases]))
    lines += [f"| the same weeks a year before, as a point | | | | {naive:.2%} |", ""]
    return "\n".join(lines)


def _chances(cases: list[Judged], totals_of: Callable[[Judged], FloatArray]) -> FloatArray:
    found = []
    for case in cases:
        totals = totals_of(case)
        found += [chance_of(totals, target) for target in case.targets()]
    return np.array(found)


def _say_spread(fixed: SpreadBelief, shipped: SpreadBelief) -> str:
    typical, widest = np.exp(fixed.location), np.exp(fixed.location + 1.645 * fixed.scale)
    return (
        f"What came lies {typical:.2f} times as far from the mean as such forecasts say in the middle series of the fixing half, {widest:.2f} times in one of twenty "
        f"(log location {fixed.location:+.2f}, scale {fixed.scale:.2f}; the program holds {shipped.location:+.2f} and {shipped.scale:.2f})."
    )


def _made_with(seeds: int, origins: int, seconds: float) -> str:
    packages = ", ".join(f"{package} {version(package)}" for package in ("quarterdeck", "numpy", "scipy"))
    return (
        f"\nMade with `OPENBLAS_NUM_THREADS=1 python benchmarks/chances.py DATA --worlds WORLDS --preset-seeds {seeds} --origins {origins}` on "
        f"{date.today().isoformat()}, Python {platform.python_version()}, {packages}; {seconds:.0f} s of processor time.\n"  # noqa: DTZ011, TID251
    )


if __name__ == "__main__":
    raise SystemExit(main())
