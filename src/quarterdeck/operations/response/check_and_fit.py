"""check_series, backtest_series, fit_series: what is asked of a process for one series. No ledger is imported here, because a child process has none open."""

from __future__ import annotations

from collections.abc import Mapping

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.forecasts.backtest import Backtest, backtest
from quarterdeck.response.forecasts.holdout import HoldoutCheck, check_fit
from quarterdeck.response.priors.priors import ReturnPrior
from quarterdeck.response.series.series import ResponseSeries


def check_series(series: ResponseSeries, *, holdout: int, seed: int, priors: Mapping[str, ReturnPrior]) -> HoldoutCheck:
    """The check on hidden weeks, from beliefs that know none of them. Raises InvalidInput when too little would be left."""
    return check_fit(series, holdout=holdout, seed=seed, priors=priors)


def backtest_series(series: ResponseSeries, *, origins: int, seed: int) -> Backtest | None:
    """How forecasts from up to `origins` earlier days turned out, from default beliefs alone: nobody knows which of today's were held on those days.

    None for a series too short to look back from.
    """
    try:
        return backtest(series, origins=origins, seed=seed)
    except InvalidInput:
        return None


def fit_series(series: ResponseSeries, *, seed: int, priors: Mapping[str, ReturnPrior]) -> ResponseFit:
    """The fit of all weeks. Raises InvalidInput when the series cannot be fitted."""
    return fit_response(series, seed=seed, priors=priors)
