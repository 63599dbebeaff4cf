"""Context that the calendar fixes years ahead: public holidays. When a series asks for such a column, and by which names they go."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from quarterdeck.response.baseline.block import build_baseline, choose_ridge, evidence_of, raw_columns
from quarterdeck.response.fitting.numerics import matmul_in_rows
from quarterdeck.response.model.cells import plain_features
from quarterdeck.response.series.rhythm import left_of
from quarterdeck.response.series.series import FloatArray, ResponseSeries

LEAST_WEEKS = 104
"""Below two years each holiday was seen once, and what it did cannot be told from its season."""
ASKED_FOR = 3.0
"""How much likelier (a logarithm: 20 times) a column must make the outcome. Source: Kass & Raftery 1995, "Bayes factors", section 3.2 ("strong")."""
_SAID_ALREADY = 0.5
"""The share of a column that other context may leave unexplained at least, before it says the same again."""
_TRIED = "tried"
_OF_CALENDAR = re.compile(r"holidays [A-Z]{2}(\+[A-Z]{2})*")


def is_of_calendar(name: str) -> bool:
    """Whether a name of context is a count of public holidays (`holidays GB`, `holidays GB+IE`), which is known for any day to come."""
    return _OF_CALENDAR.fullmatch(name) is not None


def asks_for(series: ResponseSeries, column: FloatArray) -> bool:
    """Whether `column` [row] makes the outcome of `series` much likelier than it is without. False for a column that never varies or that the context of
    the series says already, and for a series of less than two years."""
    if series.weeks_long < LEAST_WEEKS or np.ptp(series.outcome) == 0 or np.ptp(column) == 0 or _is_said(series, column):
        return False
    return _evidence(with_context(series, _TRIED, column)) - _evidence(series) > ASKED_FOR


def with_context(series: ResponseSeries, name: str, column: FloatArray) -> ResponseSeries:
    """`series` with one more column of context [row], the last."""
    return replace(series, context_names=(*series.context_names, name), context=np.column_stack([series.context, column]))


def _is_said(series: ResponseSeries, column: FloatArray) -> bool:
    varied = series.context[:, np.ptp(series.context, axis=0) > 0]
    return bool(float(left_of(column, varied).var()) < _SAID_ALREADY * float(column.var()))


def _evidence(series: ResponseSeries) -> float:
    """How likely trend, season, context and a usual curve of each channel make the outcome, with widths chosen as a fit chooses them."""
    outcome = (series.outcome - series.outcome.mean()) / series.outcome.std()
    media = plain_features(series.spend, series.step_days)
    layout = choose_ridge(build_baseline(series), series, outcome, media)
    raw = np.concatenate([raw_columns(layout, series), media], axis=1)
    return evidence_of(layout, matmul_in_rows(raw.T, raw), outcome @ raw, float(outcome @ outcome), len(outcome))
