"""Do series ask for public holidays when holidays move them, and only then? Simulated companies and worlds without any such effect, and with one planted.

    OPENBLAS_NUM_THREADS=1 python benchmarks/holiday_truth.py [--worlds WORLDS] [--origins 4]

WORLDS holds simulated worlds, KIND_SEED.csv each. Forecasts are told by the half of the seeds that the rule was fixed on, and by the other one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from chance_series import PRESETS, read_all, simulate

from quarterdeck.operations.holidays.market_holidays import put_holidays
from quarterdeck.response.forecasts.backtest import crps_of, fit_as_of, forecast_on, origins_of
from quarterdeck.response.series.calendar_context import LEAST_WEEKS, asks_for, with_context
from quarterdeck.response.series.series import FloatArray, ResponseSeries

COUNTRIES = ("GB", "US", "DE")
A_DAY = (0.0, -0.05, -0.15)
"""What a public holiday does to its week, as a share."""
HORIZON = 13


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worlds", type=Path)
    parser.add_argument(
        "--origins", type=int, default=0, help="hold so many forecasts a company, with and without holidays of the largest effect, against what came"
    )
    arguments = parser.parse_args()
    if arguments.worlds:
        _say_asking(
            "worlds without holidays", [(series, 0.0) for _, _, series in read_all(Path("/nowhere"), worlds=arguments.worlds, preset_seeds=0)]
        )
    for share in A_DAY if not arguments.origins else ():
        _say_asking(f"companies, {share:+.0%} a day", [(simulate(preset, seed), share) for preset in PRESETS for seed in range(1, 5)])
    for seeds in ((2, 4), (1, 3)) if arguments.origins else ():
        cases = [_moved(simulate(preset, seed), "GB", A_DAY[-1]) for preset in PRESETS for seed in seeds]
        _say_forecasts(f"{A_DAY[-1]:+.0%} a day, seeds {seeds}", cases, arguments.origins)
    return 0


def _column(series: ResponseSeries, country: str) -> FloatArray:
    return put_holidays((f"holidays {country}",), series.starts, np.full((len(series), 1), np.nan))[:, 0]


def _moved(series: ResponseSeries, country: str, share: float) -> ResponseSeries:
    return replace(series, outcome=series.outcome * np.maximum(1.0 + share * _column(series, country), 0.0))


def _say_asking(what: str, cases: list[tuple[ResponseSeries, float]]) -> None:
    asked = [
        asks_for(_moved(series, country, share).rows(0, weeks), _column(series, country)[:weeks])
        for series, share in cases
        for country in COUNTRIES
        for weeks in (LEAST_WEEKS, 156)
        if weeks <= len(series)
    ]
    print(f"{what}: {sum(asked)} of {len(asked)} ask for holidays", flush=True)


def _say_forecasts(what: str, cases: list[ResponseSeries], origins: int) -> None:
    scores = np.array([score for series in cases for score in _scores(series, origins)])
    said = [
        f"{name} {before:.4f} -> {after:.4f}"
        for name, (before, after) in zip(("CRPS of the total", "CRPS of a week"), scores.mean(axis=0), strict=True)
    ]
    print(f"{what}: {len(scores)} forecasts; of what came, {', '.join(said)}", flush=True)


def _scores(series: ResponseSeries, origins: int) -> Iterator[list[tuple[float, float]]]:
    """CRPS of the total and of a week, as a share of what came, without holidays and by the rule."""
    column = _column(series, "GB")
    for known in origins_of(len(series), horizon=HORIZON, origins=origins, least=LEAST_WEEKS):
        came, told = series.outcome[known : known + HORIZON], with_context(series, "holidays GB", column)
        without = _crps(series, known, came)
        yield list(zip(without, _crps(told, known, came) if asks_for(series.rows(0, known), column[:known]) else without, strict=True))


def _crps(series: ResponseSeries, known: int, came: FloatArray) -> tuple[float, float]:
    forecast = forecast_on(fit_as_of(series, known, seed=1), series, horizon=HORIZON, seed=1)
    weeks = [crps_of(forecast.outcome[:, week], float(came[week])) for week in range(HORIZON)]
    return crps_of(forecast.total_draws, float(came.sum())) / float(came.sum()), float(np.mean(weeks) / came.mean())


if __name__ == "__main__":
    raise SystemExit(main())
