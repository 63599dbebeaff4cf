"""Time-based regression: the treated group's series told from the control group's, and what is left over in the test is the effect.

Source: Kerman, Wang & Vaver 2017, "Estimating ad effectiveness using geo experiments in a time-based regression framework" (Google).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quarterdeck.response.experiments.hanging import hanging_together, variance_of_total
from quarterdeck.response.series.series import FloatArray


@dataclass(frozen=True, eq=False)
class TimeBased:
    """What the regression makes of one series.

    `effect` and `scale`: location and scale of the t distribution (`freedom` degrees) of the total effect over the counted rows.
    `expected [row]`: the series without the test, as foreseen from the control group; `residual [row]`: observed less expected, all rows.
    `slope`: units of the treated group for each unit of the control group; `sigma`: sd of a row. `rho`: how much neighbouring rows of the time before
    hang together (correlation of the residuals); `scale_published` takes them as independent, as the paper does, `scale` does not.
    """

    effect: float
    scale: float
    scale_published: float
    freedom: int
    expected: FloatArray
    residual: FloatArray
    slope: float
    sigma: float
    rho: float


def regress_on_control(treated: FloatArray, control: FloatArray, before: npt.NDArray[np.bool_], counted: npt.NDArray[np.bool_]) -> TimeBased:
    """Least squares of `treated` [row] on `control` [row] and a constant over the rows `before`, carried on over the rows `counted`.

    The total effect has a t distribution: the error of the line (its covariance at the mean of the counted rows, times their number squared) and of the
    rows themselves (their number times sigma^2); flat prior on the line and on log sigma. Source: Kerman et al. 2017, section 3, equation 5.
    Rows that hang together make a total less sure than independent ones: both parts are multiplied by `variance_of_total` of the residuals.
    A control group that never changes leaves the constant alone.
    """
    design = np.stack([np.ones(len(control)), control], axis=1)
    if np.ptp(control[before]) <= 1e-9 * max(1.0, float(np.abs(control).max())):
        design = design[:, :1]
    past, width = design[before], design.shape[1]
    middle, size = past.mean(axis=0), np.where(past.std(axis=0) > 0, past.std(axis=0), 1.0)
    centred = np.where(np.arange(width) == 0, past, (past - middle) / size)
    square = np.linalg.inv(np.einsum("ti,tj->ij", centred, centred))
    weight = square @ np.einsum("ti,t->i", centred, treated[before])
    everything = np.where(np.arange(width) == 0, design, (design - middle) / size)
    expected = np.einsum("ti,i->t", everything, weight)
    residual = treated - expected
    freedom, rows = int(before.sum()) - width, int(counted.sum())
    variance = float((residual[before] ** 2).sum()) / freedom
    mean_row = everything[counted].mean(axis=0)
    total = variance * (rows + rows**2 * float(mean_row @ square @ mean_row))
    return TimeBased(
        effect=float(residual[counted].sum()),
        scale=float(np.sqrt(total * variance_of_total(residual[before]))),
        scale_published=float(np.sqrt(total)),
        freedom=freedom,
        expected=expected,
        residual=residual,
        slope=float(weight[1] / size[1]) if width == 2 else 0.0,
        sigma=float(np.sqrt(variance)),
        rho=hanging_together(residual[before]),
    )
