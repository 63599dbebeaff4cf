"""Geo-based regression: places instead of days. A plain check of the other two ways, since it leans on how many places there are.

Source: Vaver & Koehler 2011, "Measuring ad effectiveness using geo experiments" (Google), section 4; weights as in GeoexperimentsResearch 1.0.3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.experiments.geo_test import GeoTest
from quarterdeck.response.series.series import FloatArray

_FEWEST = 4


@dataclass(frozen=True)
class GeoRegression:
    """Return (units of the metric per unit of money) with standard error and degrees of freedom, and the money and outcome that the test added."""

    returns: float
    sd: float
    freedom: int
    cost: float

    @property
    def effect(self) -> float:
        """Outcome that the test added."""
        return self.returns * self.cost


def regress_places(test: GeoTest) -> GeoRegression | None:
    """Outcome of each place over the counted rows, on its outcome before and the spend that the test added there, weighted by 1 / before^2.

    The spend added is what was spent beyond what the control places' own change foretells (beyond what was spent before, where they had none). None where
    fewer than four places had any outcome before, or no spend was added.
    """
    before, counted = test.outcome[test.before].sum(axis=0), test.outcome[test.counted].sum(axis=0)
    added = np.where(test.is_treated, _beyond(test), 0.0)
    usable = before > 0
    if usable.sum() < _FEWEST or np.ptp(added[usable]) == 0 or len(set(test.is_treated[usable])) < 2:
        return None
    root = 1.0 / before[usable]
    design = np.stack([np.ones(int(usable.sum())), before[usable], added[usable]], axis=1) * root[:, None]
    scale = np.sqrt((design**2).sum(axis=0))
    square = np.linalg.inv(np.einsum("gi,gj->ij", design / scale, design / scale))
    aim = counted[usable] * root
    weight = square @ np.einsum("gi,g->i", design / scale, aim)
    freedom = int(usable.sum()) - 3
    variance = float(((aim - np.einsum("gi,i->g", design / scale, weight)) ** 2).sum()) / freedom
    return GeoRegression(float(weight[2] / scale[2]), float(np.sqrt(variance * square[2, 2])) / float(scale[2]), freedom, float(added.sum()))


def _beyond(test: GeoTest) -> FloatArray:
    """Spend of each place over the counted rows less what it would have been [geo]."""
    before, counted = test.spend[test.before].sum(axis=0), test.spend[test.counted].sum(axis=0)
    known = ~test.is_treated & (before > 0)
    if known.sum() < _FEWEST - 1 or np.ptp(before[known]) == 0:
        return np.asarray(counted - before)
    root = 1.0 / before[known]
    line, *_ = np.linalg.lstsq(np.stack([root, np.ones(int(known.sum()))], axis=1), counted[known] * root, rcond=None)
    return np.asarray(counted - (line[0] + line[1] * before))
