"""How much neighbouring rows hang together, and how much less sure that makes their total than that of independent rows."""

from __future__ import annotations

import numpy as np

from quarterdeck.response.fitting.numerics import normal_quantile
from quarterdeck.response.series.series import FloatArray

_MOST = 0.9
_VERSIONS = 21


def hanging_together(residual: FloatArray) -> float:
    """Correlation of neighbouring residuals [row] of a fit, at least 0 and at most 0.9; 0 when nothing is left over.

    First-order correlation r plus (1 + 3 r) / n, which it falls short by when a mean was fitted. Source: Kendall 1954, "Note on bias in the estimation of
    autocorrelation".
    """
    power = float((residual**2).sum())
    if power <= 0.0:
        return 0.0
    found = float((residual[1:] * residual[:-1]).sum()) / power
    return float(np.clip(found + (1.0 + 3.0 * found) / len(residual), 0.0, _MOST))


def variance_of_total(residual: FloatArray) -> float:
    """By what the variance of a total of independent rows is multiplied for rows that hang together as `residual` [row] does; 1 or more.

    (1 + rho) / (1 - rho), the mean over what rho may be: normal around the estimate with variance (1 - rho^2) / n, cut to [0, 0.9].
    Source: Bartlett 1935 for the factor, 1946 for the variance of rho.
    """
    rho = hanging_together(residual)
    chance = (np.arange(_VERSIONS) + 0.5) / _VERSIONS
    versions = np.clip(rho + normal_quantile(chance) * np.sqrt((1.0 - rho**2) / len(residual)), 0.0, _MOST)
    return float(((1.0 + versions) / (1.0 - versions)).mean())
