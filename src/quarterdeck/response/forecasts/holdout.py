"""Does a fit foretell rows that it has not seen: the check that decides whether it may be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.fitting.diagnostics import FitDiagnostics
from quarterdeck.response.fitting.fit import LEAST_WEEKS, check_series, fit_response
from quarterdeck.response.forecasts.forecast import predict_outcome
from quarterdeck.response.priors.priors import ReturnPrior
from quarterdeck.response.series.series import WEEK, FloatArray, ResponseSeries

YEAR = 52
LONG_ENOUGH = 26
WORST_RATIO = 1.25
LEAST_COVERAGE = 0.35
LEAST_GAIN = 2.0
_LEAST_HOLDOUT = 4


@dataclass(frozen=True)
class HoldoutCheck:
    """How well the last `holdout` rows (weeks, or days) were foretold from the rows before them, spend and context as they were.

    `mape` and the two naive ones are fractions (0.1 is 10 %), over rows whose outcome is not 0; None where there is no such row or no year before.
    `crps`: units of the metric. `coverage80`: share of rows inside their 80 % interval.
    `mape_plain`: the mean of the last rows seen, as a forecast.
    `is_trusted` is False when any of `reasons` stands against the fit; `notes` are worth knowing and do not.
    """

    holdout: int
    mape: float | None
    crps: float
    coverage80: float
    mape_seasonal_naive: float | None
    mape_last_year_scaled: float | None
    mape_plain: float | None
    is_trusted: bool
    reasons: tuple[str, ...]
    notes: tuple[str, ...]


def check_fit(series: ResponseSeries, *, holdout: int = 13, seed: int, priors: Mapping[str, ReturnPrior] | None = None) -> HoldoutCheck:
    """The check of a fit of `series` without its last `holdout` weeks (fewer, at least 4, when less than 26 weeks are known); of days, the days of them.

    A fit is refused when the chains did not converge, when its error a row is more than 1.25 times that of the better naive forecast, when fewer
    than 35 % of rows fall in their 80 % interval, or when, with 26 weeks or more, spend and outcome do not move together at all.
    Raises: InvalidInput as `fit_response`, also when fewer than 8 weeks would be left.
    """
    rows_a_week = WEEK // series.step_days
    held = weeks_to_hold(len(series) // rows_a_week, holdout) * rows_a_week
    known = series.rows(0, len(series) - held)
    check_series(known, priors or {})
    return judge_fit(fit_response(known, seed=seed, priors=priors), series, wanted=holdout * rows_a_week, seed=seed)


def judge_fit(fit: ResponseFit, series: ResponseSeries, *, wanted: int | None = None, seed: int) -> HoldoutCheck:
    """The check of `fit`, made from the first rows of `series`, against the rows after them; `wanted` is how many rows were asked to be hidden."""
    ahead = series.rows(len(fit.weeks), len(series))
    draws = predict_outcome(fit, spend_ahead=ahead.spend, context_ahead=ahead.context, exposures_ahead=ahead.exposures, seed=seed).outcome
    return judge_draws(draws, fit.diagnostics, series, wanted=wanted)


def judge_draws(draws: FloatArray, diagnostics: FitDiagnostics, series: ResponseSeries, *, wanted: int | None = None) -> HoldoutCheck:
    """The check of a forecast `draws [draw, row]` of the last rows of `series`, by a fit with these `diagnostics` of the rows before them."""
    held = draws.shape[1]
    known, outcome = series.rows(0, len(series) - held), series.outcome[-held:]
    low, high = np.quantile(draws, (0.1, 0.9), axis=0)
    coverage = float(((low <= outcome) & (outcome <= high)).mean())
    error = _mape(draws.mean(axis=0), outcome)
    naive = _naive_errors(series, held)
    reasons = (*_unsettled(diagnostics, int(known.weeks_long)), *_missed(error, naive, coverage, held, word=series.row_word))
    notes = _notes(held, held if wanted is None else wanted, naive, series)
    return HoldoutCheck(held, error, _crps(draws, outcome), coverage, *naive, not reasons, reasons, notes)


def weeks_to_hold(weeks: int, wanted: int) -> int:
    """How many of `weeks` a check hides: `wanted`, or fewer (at least 4) of a short series."""
    if weeks - wanted >= LONG_ENOUGH:
        return wanted
    return max(_LEAST_HOLDOUT, min(wanted, weeks // 4, weeks - LEAST_WEEKS))


def _naive_errors(series: ResponseSeries, held: int) -> tuple[float | None, float | None, float | None]:
    """MAPE of: the same rows a year before, those scaled by growth, the mean of the last rows seen."""
    outcome, known = series.outcome[-held:], series.outcome[:-held]
    return (
        _mape(_year_before(series, held), outcome),
        _mape(_year_before_scaled(series, held), outcome),
        _mape(np.full(held, known[-held:].mean()), outcome),
    )


def _unsettled(diagnostics: FitDiagnostics, weeks: int) -> list[str]:
    reasons = []
    if not diagnostics.ok:
        reasons.append(f"The fit did not settle: R-hat {diagnostics.rhat_max:.2f}, {diagnostics.ess_min:.0f} independent draws.")
    if weeks >= LONG_ENOUGH and diagnostics.media_gain < LEAST_GAIN:
        reasons.append(f"Over {weeks} weeks spend and outcome do not move together: what media bring cannot be told from nothing.")
    return reasons


def _missed(error: float | None, naive: tuple[float | None, ...], coverage: float, held: int, *, word: str) -> list[str]:
    reasons = []
    by_year = [each for each in naive[:2] if each is not None] or [each for each in naive[2:] if each is not None]
    if error is not None and by_year and error > WORST_RATIO * min(by_year):
        simple = "repeating last year" if naive[0] is not None else f"repeating the mean of the last {word}s"
        reasons.append(
            f"It missed the last {held} {word}s by {100 * error:.0f} % a {word} on average, "
            f"while {simple} would have missed by {100 * min(by_year):.0f} %."
        )
    if coverage < LEAST_COVERAGE:
        reasons.append(f"It was too sure of itself: {100 * coverage:.0f} % of the last {held} {word}s fell where 80 % should have.")
    return reasons


def _notes(held: int, wanted: int, naive: tuple[float | None, ...], series: ResponseSeries) -> tuple[str, ...]:
    notes, word = [], series.row_word
    if held < wanted:
        notes.append(f"With {len(series)} {word}s in all, only {held} were held out instead of {wanted}: the check is a weak one.")
    if naive[0] is None:
        notes.append(f"There is no year before to compare with, so it was held against the mean of the last {word}s.")
    return tuple(notes)


def _rows_a_year(series: ResponseSeries) -> int:
    return YEAR * WEEK // series.step_days


def _year_before(series: ResponseSeries, held: int) -> FloatArray | None:
    year = _rows_a_year(series)
    first = len(series) - held - year
    return series.outcome[first : first + held] if first >= 0 and held <= year else None


def _year_before_scaled(series: ResponseSeries, held: int) -> FloatArray | None:
    """The same rows a year before, times how the latest `held` known rows compare with the same rows of the year before that."""
    same, known, year = _year_before(series, held), len(series) - held, _rows_a_year(series)
    if same is None or known - held - year < 0:
        return None
    before = float(series.outcome[known - held - year : known - year].sum())
    return same * (float(series.outcome[known - held : known].sum()) / before) if before > 0 else None


def _mape(forecast: FloatArray | None, outcome: FloatArray) -> float | None:
    seen = outcome != 0
    return None if forecast is None or not seen.any() else float(np.abs((forecast[seen] - outcome[seen]) / outcome[seen]).mean())


def _crps(draws: FloatArray, outcome: FloatArray) -> float:
    """Continuous ranked probability score, mean over rows. Source: Gneiting & Raftery 2007, section 4.2 (from draws, by their order)."""
    count = len(draws)
    ordered = np.sort(draws, axis=0)
    weight = (2.0 * np.arange(1, count + 1) - count - 1.0) / count**2
    return float((np.abs(draws - outcome).mean(axis=0) - (weight[:, None] * ordered).sum(axis=0)).mean())
