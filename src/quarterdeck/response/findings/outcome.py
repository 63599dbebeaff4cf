"""Findings about the outcome: gaps, stretches that never change, breaks of level, weeks that nothing explains, and a series that is too short."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from quarterdeck.response.baseline.block import harmonics_for, waves
from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.series.rhythm import left_of
from quarterdeck.response.series.series import WEEK, FloatArray, ResponseSeries

SHORT_WEEKS = 52
_FAR_OUT = 5.0
_NAMED = 5
_FEW_ZEROS, _ZERO_SHARE, _NEVER_LOW = 2, 0.05, 0.4
_FLAT, _LARGE = 4, 20.0
_SIDE, _BREAK, _CLEAR = 8, 4.0, 5.5
_MONEY_AGAINST_MONEY = 3.0


def find_about_outcome(series: ResponseSeries) -> list[Finding]:
    """What the outcome alone shows: too short, rows without anything, a stretch of equal figures."""
    found = []
    if series.weeks_long < SHORT_WEEKS:
        text = (
            f"Only {series.weeks_long:.0f} weeks: the season of a whole year cannot be seen, and much of the answer is what was believed beforehand."
        )
        found.append(Finding("too_short", None, text))
    return [*found, *_gaps(series), *_flat(series), *_dearer_than_sales(series)]


def unexplained(series: ResponseSeries, noise: FloatArray) -> list[Finding]:
    """One finding for all rows whose outcome neither media nor baseline come near to. noise [row]."""
    spread = 1.4826 * float(np.median(np.abs(noise - np.median(noise))))
    far = [int(row) for row in np.argsort(-np.abs(noise), kind="stable") if abs(noise[row]) > _FAR_OUT * spread]
    if not far:
        return []
    named = _dates(series, sorted(far[:_NAMED]))
    more = f" and {len(far) - _NAMED} more" if len(far) > _NAMED else ""
    text = f"The outcome cannot be explained in the {series.row_word} of {named}{more}: check the import, or add what happened as context."
    return [Finding("outlier", None, text)]


def broken_level(series: ResponseSeries, without_media: FloatArray) -> list[Finding]:
    """The week in which the outcome less media steps up or down and stays there, the largest one. without_media [row], units of the outcome.

    A straight line over the eight weeks before and the eight after, with a step between them: the step must be 5.5 of its standard errors
    and four times the usual noise of a week. Source: Chow 1960, "Tests of equality between sets of coefficients", with a common slope.
    """
    rows = WEEK // series.step_days
    count = len(series) // rows
    if count < 3 * _SIDE:
        return []
    level = without_media[: count * rows].reshape(count, rows).sum(axis=1)
    starts = series.starts[: count * rows : rows]
    context = series.context[: count * rows].reshape(count, rows, -1).mean(axis=1)
    season = np.concatenate([waves(starts, min(2, harmonics_for(count))), context], axis=1)
    if season.shape[1] < count / 4:
        level = left_of(level, np.column_stack([season, np.arange(count)])) + level.mean()
    usual = 1.4826 * float(np.median(np.abs(np.diff(level)))) / 2.0**0.5
    steps = [_step(level[week - _SIDE : week + _SIDE]) for week in range(_SIDE, count - _SIDE + 1)]
    clear = [place for place, (size, error) in enumerate(steps) if abs(size) > max(_CLEAR * error, _BREAK * usual)]
    if not clear:
        return []
    best = max(clear, key=lambda place: abs(steps[place][0]) / steps[place][1])
    size = steps[best][0]
    usual_level = float(np.abs(series.outcome[: count * rows].reshape(count, rows).sum(axis=1)).mean())
    text = (
        f"From the week of {starts[best + _SIDE].isoformat()} on the outcome lies about {abs(size) / max(usual_level, 1e-300):.0%} "
        f"{'higher' if size > 0 else 'lower'} than before, and media do not explain it: did counting change, or the business? Spend that changed "
        "at the same time gets credit or blame for it. Add a column that is 0 before and 1 after."
    )
    return [Finding("level_break", None, text)]


def _step(level: FloatArray) -> tuple[float, float]:
    """Size of a step in the middle of `level` [2 * side], and its standard error, one slope on both sides."""
    time = np.arange(len(level)) - 0.5 * (len(level) - 1)
    after = (time > 0).astype(np.float64) - 0.5
    slanted = after - time * float(after @ time) / float(time @ time)
    left = level - level.mean() - time * float(level @ time) / float(time @ time)
    size = float(slanted @ left) / float(slanted @ slanted)
    noise = left - size * slanted
    return size, float(np.sqrt(noise @ noise / (len(level) - 3) / (slanted @ slanted))) + 1e-300


def _gaps(series: ResponseSeries) -> list[Finding]:
    outcome = series.outcome
    empty, usual = np.flatnonzero(outcome == 0), outcome[outcome != 0]
    if not 0 < len(empty) <= max(_FEW_ZEROS, _ZERO_SHARE * len(outcome)) or len(usual) < 8:
        return []
    if usual.min() < 0 or float(np.quantile(usual, 0.05)) < _NEVER_LOW * float(np.median(usual)):
        return []
    more = f" and {len(empty) - _NAMED} more" if len(empty) > _NAMED else ""
    text = (
        f"{series.metric} is 0 in the {series.row_word} of {_dates(series, empty[:_NAMED])}{more}, and never near 0 otherwise: is a load missing, or was "
        "counting off? A zero that was none bends every curve: import it again, or say that you were closed."
    )
    return [Finding("outcome_gap", None, text)]


def _flat(series: ResponseSeries) -> list[Finding]:
    """The longest stretch of exactly equal figures, where figures are too large for that to be chance."""
    outcome = series.outcome
    if len(outcome) < 3 * _FLAT or float(np.median(np.abs(outcome))) < _LARGE:
        return []
    longest, run, end = 1, 1, 0
    for row in range(1, len(outcome)):
        run = run + 1 if outcome[row] == outcome[row - 1] and outcome[row] != 0 else 1
        if run > longest:
            longest, end = run, row
    if longest < _FLAT:
        return []
    text = (
        f"{series.metric} is exactly {outcome[end]:,.6g} in {longest} {series.row_word}s in a row to {series.starts[end].isoformat()}: a total spread over "
        "them, or a figure carried on? What media brought in them cannot be seen. Import the real figures."
    )
    return [Finding("outcome_flat", None, text)]


def _dearer_than_sales(series: ResponseSeries) -> list[Finding]:
    """Spend far above revenue: one of the two is in another unit."""
    if series.metric not in ("revenue", "margin") or series.outcome.sum() <= 0:
        return []
    times = float(series.spend.sum() / series.outcome.sum())
    if times < _MONEY_AGAINST_MONEY:
        return []
    text = f"All spend together is {times:,.0f} times {series.metric}: one of the two is in another unit or currency. Import both in the same one."
    return [Finding("spend_above_sales", None, text)]


def _dates(series: ResponseSeries, rows: Iterable[int]) -> str:
    return ", ".join(series.starts[int(row)].isoformat() for row in rows)
