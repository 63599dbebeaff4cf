"""rest_after: what weeks that were counted since say of the weeks still to come, by the forecast's own draws.

In the draws, quarters that begin low go on low as far as level, context and curves last, and no further. The regression of what comes on what has passed is
how much of a surprise lasts; each draw is moved by its share of it. Source: Evensen 1994, "Sequential data assimilation with a nonlinear
quasi-geostrophic model using Monte Carlo methods" (the ensemble Kalman update, without error of measurement); Huber 1964, "Robust estimation of a
location parameter" (a week that is odd beyond 2.5 of its standard deviations, as when tracking fails, says no more about the weeks ahead than one that is just so).
"""

from __future__ import annotations

import numpy as np

from quarterdeck.response.series.series import FloatArray

ODDEST = 2.5
LATEST = 4
"""The last four counted weeks count beside the total: they know best where the level stands."""


def rest_after(passed: FloatArray, rest: FloatArray, counted: FloatArray) -> FloatArray:
    """The total of the weeks to come [draw], given what was counted in those that passed.

    `passed [draw, week]`, `counted [week]` of the same weeks; `rest [draw]`: the total before anything was counted. Without a passed week, or where
    draws do not differ, the rest stays as it is.
    """
    if not passed.shape[1] or len(passed) < 2:
        return rest
    middle, sd = passed.mean(axis=0), passed.std(axis=0)
    drawn, came = _seen(passed), _seen(np.clip(counted, middle - ODDEST * sd, middle + ODDEST * sd)[None])[0]
    away = drawn - drawn.mean(axis=0)
    spread = away.T @ away
    size = float(np.trace(spread))
    if size <= 0.0:
        return rest
    gain = np.linalg.solve(spread + 1e-9 * size * np.eye(len(spread)), away.T @ (rest - rest.mean()))
    return np.asarray(rest + (came - drawn) @ gain)


def _seen(weeks: FloatArray) -> FloatArray:
    """The total and that of the latest weeks [draw, 1 or 2]."""
    total = weeks.sum(axis=1, keepdims=True)
    return total if weeks.shape[1] <= LATEST else np.concatenate([total, weeks[:, -LATEST:].sum(axis=1, keepdims=True)], axis=1)
