"""check_and_fit: what a child process is asked to do with one series. It imports no ledger, because a child has none open."""

from __future__ import annotations

from quarterdeck.response.fit import fit_response
from quarterdeck.response.fitted import ResponseFit
from quarterdeck.response.holdout import HoldoutCheck, check_fit
from quarterdeck.response.series import WeeklySeries


def check_and_fit(series: WeeklySeries, *, holdout: int, seed: int) -> tuple[HoldoutCheck, ResponseFit]:
    """The check on hidden weeks and the fit of all. Raises InvalidInput when the series cannot be fitted."""
    return check_fit(series, holdout=holdout, seed=seed), fit_response(series, seed=seed)
