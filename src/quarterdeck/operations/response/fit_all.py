"""fit_all: check, backtest and fit of several series, shared between this process and the child."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.operations.jobs.child_process import ChildLost, result_of, submit_to_child
from quarterdeck.operations.response.check_and_fit import backtest_series, check_series, fit_series
from quarterdeck.operations.told import Tell, count

if TYPE_CHECKING:
    from quarterdeck.response.curves.fitted import ResponseFit
    from quarterdeck.response.forecasts.backtest import Backtest
    from quarterdeck.response.forecasts.holdout import HoldoutCheck
    from quarterdeck.response.priors.priors import ReturnPrior
    from quarterdeck.response.series.series import ResponseSeries

    Done = tuple[HoldoutCheck, Backtest | None, ResponseFit]

P = ParamSpec("P")
T = TypeVar("T")

ORIGINS_OF_FIRST, ORIGINS = 6, 3
"""Earlier days that are looked back from, for the first metric and for each other: about half a second of processor time each."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A series to learn from, what is believed beforehand, and what may be believed in the check, which knows nothing of the weeks hidden from it."""

    series: ResponseSeries
    priors: Mapping[str, ReturnPrior]
    priors_of_check: Mapping[str, ReturnPrior]


def fit_all(wanted: list[Asked], *, first: list[str], holdout: int, seed: int, tell: Tell) -> list[Done | None]:
    """Check, backtest and fit of each series, the first two in the child while the fits are made here; None where a metric other than `first` cannot be
    fitted. Backtests that the child has not begun when the fits are done are made here, from the last one on: neither waits for the other."""
    checks = [submit_to_child(check_series, each.series, holdout=holdout, seed=seed, priors=each.priors_of_check) for each in wanted]
    looks = [ORIGINS_OF_FIRST, *[ORIGINS] * len(wanted)][: len(wanted)]
    records = [submit_to_child(backtest_series, each.series, origins=origins, seed=seed) for each, origins in zip(wanted, looks, strict=True)]
    fits = [_fit(each, first=first, seed=seed, tell=tell) for each in wanted]
    for number in reversed(range(len(wanted))):
        if fits[number] is not None and records[number].cancel():
            records[number] = _found_here(backtest_series(wanted[number].series, origins=looks[number], seed=seed))
    done: list[Done | None] = []
    for each, fit, check, record, origins in zip(wanted, fits, checks, records, looks, strict=True):
        if fit is None:
            done.append(None)
            continue
        try:
            checked = _from_child(check, check_series, each.series, holdout=holdout, seed=seed, priors=each.priors_of_check)
        except InvalidInput:
            if each.series.metric in first:
                raise
            done.append(None)
            continue
        done.append((checked, _from_child(record, backtest_series, each.series, origins=origins, seed=seed), fit))
    return done


def _fit(asked: Asked, *, first: list[str], seed: int, tell: Tell) -> ResponseFit | None:
    series = asked.series
    tell(f"Learning what brings {series.metric.replace('_', ' ')} from {count(len(series), 'week')} and {count(len(series.channels), 'channel')}")
    try:
        return fit_series(series, seed=seed, priors=asked.priors)
    except InvalidInput:
        if series.metric in first:
            raise
        return None


def _found_here(found: T) -> Future[T]:
    """`found` as if the child had brought it."""
    coming: Future[T] = Future()
    coming.set_result(found)
    return coming


def _from_child(coming: Future[T], function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the child found; found here, where the child is lost."""
    try:
        return result_of(coming)
    except ChildLost:
        return function(*args, **kwargs)
