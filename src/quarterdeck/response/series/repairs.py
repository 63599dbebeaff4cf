"""Repairs: amounts of spend that were plainly recorded wrong are replaced before curves are fitted, and each replacement is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.fitting.likelihood import Likelihood
from quarterdeck.response.model.opening import likelihood_of_spend
from quarterdeck.response.series.series import FloatArray, ResponseSeries

FAR, PLAIN = 2.5, 8.0
"""How many times every other amount of its channel makes an amount suspect, and how many make it an error unless the outcome says otherwise."""
_NEVER_LOW = 0.25
_LEAST_ROWS = 26
_AROUND = 3


@dataclass(frozen=True)
class Repair:
    """One amount that was replaced: `row`, `channel` (number), what was `recorded` and what is `used` instead."""

    row: int
    channel: int
    recorded: float
    used: float


def repair_spend(series: ResponseSeries, likelihood: Likelihood) -> tuple[ResponseSeries, tuple[Repair, ...]]:
    """The series with suspect amounts replaced where the outcome is likelier so, and what was replaced.

    Suspect are an amount more than 2.5 times every other of its channel, and a row without money in a channel that is otherwise never low. A slip of
    the decimal point is taken back; anything else becomes the mean of the rows around it. An amount of 8 times every other and more is an error unless
    the outcome speaks for it, a smaller one only if the outcome speaks against it. Source: Bayes factor, as for `opening.choose_carry_in`.
    """
    taken: list[Repair] = []
    for suspect in _suspects(series):
        trial = replaced(series, [suspect])
        gain = likelihood_of_spend(trial, likelihood) - likelihood_of_spend(series, likelihood)
        if gain + np.log(_odds(series, suspect)) > 0:
            taken.append(suspect)
            series = trial
    return series, tuple(taken)


def replaced(series: ResponseSeries, repairs: Sequence[Repair]) -> ResponseSeries:
    """The series with the amounts of `repairs` in place of what was recorded."""
    spend = series.spend.copy()
    for repair in repairs:
        spend[repair.row, repair.channel] = repair.used
    return replace(series, spend=spend)


def say_repairs(series: ResponseSeries, repairs: Sequence[Repair]) -> tuple[Finding, ...]:
    """One finding for each amount that was replaced."""
    return tuple(
        Finding(
            "spend_replaced",
            series.channels[each.channel],
            f"{series.channels[each.channel]} is recorded with {each.recorded:,.6g} in the {series.row_word} of {series.starts[each.row].isoformat()}, which "
            f"neither its other amounts nor the outcome bear out: the fit reads it as {each.used:,.6g}. Correct the import, or leave it if it is right.",
        )
        for each in repairs
    )


def _suspects(series: ResponseSeries) -> list[Repair]:
    if len(series) < _LEAST_ROWS:
        return []
    found = []
    for channel, spend in enumerate(series.spend.T):
        order = np.argsort(spend, kind="stable")
        top, next_to, median = int(order[-1]), float(spend[order[-2]]), float(np.median(spend))
        if spend[top] > FAR * next_to > 0:
            found.append(Repair(top, channel, float(spend[top]), _instead(spend, top, next_to)))
        empty = np.flatnonzero(spend == 0)
        if 0 < len(empty) <= 2 and float(np.delete(spend, empty).min()) > _NEVER_LOW * median:
            found += [Repair(int(row), channel, 0.0, _around(spend, int(row))) for row in empty]
    return found


def _instead(spend: FloatArray, row: int, largest: float) -> float:
    """A tenth, hundredth or thousandth of what was recorded if that is a usual amount, else the mean around it."""
    around = _around(spend, row)
    for slip in (10.0, 100.0, 1000.0):
        if 0.5 * around <= spend[row] / slip <= largest:
            return float(spend[row] / slip)
    return around


def _around(spend: FloatArray, row: int) -> float:
    near = [other for other in range(max(0, row - _AROUND), min(len(spend), row + _AROUND + 1)) if other != row]
    return float(spend[near].mean())


def _odds(series: ResponseSeries, suspect: Repair) -> float:
    """How likely an error is, against a true amount, before the outcome is looked at."""
    if suspect.recorded == 0.0:
        return 1.0
    others = float(np.delete(series.spend[:, suspect.channel], suspect.row).max())
    return 20.0 if suspect.recorded >= PLAIN * others else 0.5
