"""The grid of curves of geos: coarse at first, then finer where the outcome says that a channel's curve lies, for each channel its own.

Several geos tell curves apart that one series cannot: between the cells of one fixed grid most of their knowledge would be lost. Cells keep the share of
the prior that the part of the grid has for which they stand. Source: adaptive quadrature; Genz & Kass 1997, "Subregion-adaptive integration of functions
having a dominant peak".
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from quarterdeck.response.curves.curves import EXPONENTIAL, HILL, LOGISTIC
from quarterdeck.response.fitting.numerics import IntArray
from quarterdeck.response.model.cells import DECAYS, DELAY_WEIGHT, DELAYS
from quarterdeck.response.series.series import FloatArray

BENDS = (0.2, 0.4, 0.8, 1.6, 3.2, 8.0)
STEEPNESS = (0.6, 1.0, 1.5, 2.2, 3.2)
STEEPNESS_WEIGHTS = (0.12, 0.28, 0.15, 0.1, 0.05)
FORM_WEIGHTS = {EXPONENTIAL: 0.3, LOGISTIC: 1.0}
PARTS = 3
_KEPT_MASS, _MANY, _WIDE, _LEAST = 0.998, 24, 6, -1e30
Place = tuple[int, int, int, int, int]


@dataclass(frozen=True, eq=False)
class GeoGrid:
    """What a cell is, for each channel: `place [channel, cell, 5]`: form, manner (1: delayed; 2 more: half goes by each geo's own usual level instead of
    being the same money per head in all geos), and where it stands on the axes of carry-over, bend (half as
    a multiple of the usual level) and steepness, in `1 / parts` steps of the coarse grid; `log_prior [channel, cell]`."""

    place: IntArray
    log_prior: FloatArray
    step_days: int
    parts: int = 1

    @property
    def counts(self) -> list[int]:
        """How many cells each channel has; what follows them only fills the array."""
        found: list[int] = (self.log_prior > _LEAST).sum(axis=1).tolist()
        return found

    @property
    def form(self) -> npt.NDArray[np.uint8]:
        """See `saturation` [channel, cell]."""
        return self.place[:, :, 0].astype(np.uint8)

    @property
    def decay(self) -> FloatArray:
        """Share held back from row to row [channel, cell]."""
        return np.where(self.place[:, :, 1] % 2 == 1, self._along(2, DELAYS[self.step_days]), self._along(2, DECAYS[self.step_days]))

    @property
    def delay(self) -> FloatArray:
        """The same for the two later stages; 0: no delay [channel, cell]."""
        return np.where(self.place[:, :, 1] % 2 == 1, self.decay, 0.0)

    @property
    def is_own(self) -> npt.NDArray[np.bool_]:
        """Whether half is a multiple of each geo's own usual level [channel, cell]."""
        return np.asarray(self.place[:, :, 1] >= 2)

    @property
    def bend(self) -> FloatArray:
        """Half as a multiple of the usual level [channel, cell]."""
        return np.asarray(np.exp(self._along(3, tuple(np.log(BENDS)))))

    @property
    def steepness(self) -> FloatArray:
        """Of Hill's form; 1 elsewhere [channel, cell]."""
        return np.where(self.form == HILL, np.exp(self._along(4, tuple(np.log(STEEPNESS)))), 1.0)

    def _along(self, axis: int, values: tuple[float, ...]) -> FloatArray:
        return np.asarray(np.interp(self.place[:, :, axis] / self.parts, np.arange(len(values)), values))


def build_coarse(channels: int, step_days: int, *, one_form: bool, several: bool) -> GeoGrid:
    """The same cells for every channel: Hill's form (1 is hyperbolic) and the exponential, or the logistic alone without delay. Longer carry-over is
    believed less; bends are equally likely before the outcome is seen, and with `several` geos so is whether they share half in money per head."""
    decays, delays = DECAYS[step_days], DELAYS[step_days]
    late = 0.0 if one_form else DELAY_WEIGHT
    carries = [(0, at, (1.0 - late) * (1.0 - decay) / sum(1.0 - each for each in decays)) for at, decay in enumerate(decays)]
    carries += [(1, at, late / len(delays)) for at in range(len(delays)) if late]
    shapes = [(LOGISTIC, 0, FORM_WEIGHTS[LOGISTIC])] if one_form else [(EXPONENTIAL, 0, FORM_WEIGHTS[EXPONENTIAL])]
    shapes += [] if one_form else [(HILL, at, weight) for at, weight in enumerate(STEEPNESS_WEIGHTS)]
    rows = [
        ((form, late, at, bend, steep), carried * shaped)
        for late, at, carried in carries
        for form, steep, shaped in shapes
        for bend in range(len(BENDS))
    ]
    if several:
        rows += [((form, late + 2, at, bend, steep), weight) for (form, late, at, bend, steep), weight in rows]
    place, weight = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    log_prior = np.log(weight / weight.sum())
    return GeoGrid(np.tile(place, (channels, 1, 1)), np.tile(log_prior, (channels, 1)), step_days)


def build_plain(channels: int, step_days: int) -> GeoGrid:
    """One cell for every channel that stands for a usual curve."""
    coarse = build_coarse(1, step_days, one_form=False, several=False)
    off = np.abs(coarse.decay[0] - DECAYS[step_days][2]) + coarse.delay[0] + np.abs(coarse.bend[0] - 0.8) + np.abs(coarse.steepness[0] - 1.0)
    usual = int(np.argmin(off + 0.1 * (coarse.form[0] == EXPONENTIAL)))
    return GeoGrid(np.tile(coarse.place[:, [usual]], (channels, 1, 1)), np.zeros((channels, 1)), step_days)


def refined(grid: GeoGrid, weight: FloatArray) -> GeoGrid:
    """Cells in thirds of the coarse steps around those that hold the posterior. weight [channel, cell]: how likely each was; a channel whose posterior
    spreads over many cells keeps the coarse ones."""
    rows = []
    for channel, priors in enumerate(grid.log_prior):
        places = [_as_place(each) for each in grid.place[channel]]
        coarse = dict(zip(places, priors.tolist(), strict=True))
        kept = [places[each] for each in _holding(weight[channel])]
        reach = 0 if len(kept) > _MANY else 1 if len(kept) > _WIDE else 2
        rows.append(_around(kept, coarse, reach))
    return _stacked(rows, grid.step_days, grid.parts * PARTS)


def pruned(grid: GeoGrid, weight: FloatArray) -> GeoGrid:
    """The cells alone that hold the posterior."""
    rows = []
    for channel, priors in enumerate(grid.log_prior):
        rows.append({_as_place(grid.place[channel, each]): float(priors[each]) for each in _holding(weight[channel])})
    return _stacked(rows, grid.step_days, grid.parts)


def moved(before: GeoGrid, after: GeoGrid, cell: IntArray, rng: np.random.Generator) -> IntArray:
    """The numbers in `after` of cells [chain, channel] of `before`: the nearest, or any when the form is not there."""
    result = np.empty_like(cell)
    ratio = after.parts // before.parts
    for channel in range(cell.shape[1]):
        there = after.log_prior[channel] > _LEAST
        wanted = before.place[channel, cell[:, channel]] * np.array([1, 1, ratio, ratio, ratio])
        off = wanted[:, None] - after.place[channel]
        distance = np.abs(off[:, :, 2:]).sum(axis=2) + 1000 * np.abs(off[:, :, :2]).sum(axis=2) + 10**6 * ~there
        nearest = distance.argmin(axis=1)
        any_cell = rng.integers(int(there.sum()), size=len(cell))
        result[:, channel] = np.where(distance.min(axis=1) < 1000, nearest, any_cell)
    return result


def _holding(weight: FloatArray) -> list[int]:
    """The likeliest cells that together hold nearly all of the posterior, in their order."""
    order = np.argsort(-weight, kind="stable")
    reached = np.cumsum(weight[order]) / weight.sum()
    return sorted(order[: int(np.searchsorted(reached, _KEPT_MASS)) + 1].tolist())


def _around(kept: list[Place], coarse: dict[Place, float], reach: int) -> dict[Place, float]:
    """Finer places around `kept`, each with its share of the prior of the coarse cell that it lies in."""
    found: dict[Place, float] = {}
    for form, late, *at in kept:
        steps = [range(-reach, reach + 1)] * (3 if form == HILL else 2) + ([] if form == HILL else [range(1)])
        for step in product(*steps):
            fine = [PARTS * here + off for here, off in zip(at, step, strict=True)]
            nearest = tuple((each + PARTS // 2) // PARTS for each in fine)
            prior = coarse.get((form, late, nearest[0], nearest[1], nearest[2]))
            if prior is not None and min(fine) >= 0 and _inside(form, late, fine, coarse):
                found[form, late, fine[0], fine[1], fine[2]] = prior
    return found


def _inside(form: int, late: int, fine: list[int], coarse: dict[Place, float]) -> bool:
    """Whether the coarse grid reaches as far as `fine` on every axis."""
    beyond = tuple(-(-each // PARTS) for each in fine)
    return (form, late, beyond[0], beyond[1], beyond[2]) in coarse


def _stacked(rows: list[dict[Place, float]], step_days: int, parts: int) -> GeoGrid:
    """Rows of equal length: the missing places are filled with a cell that cannot be chosen."""
    length = max(len(row) for row in rows)
    place, prior = np.empty((len(rows), length, 5), np.int64), np.full((len(rows), length), 2 * _LEAST)
    for channel, row in enumerate(rows):
        cells = sorted(row)
        place[channel] = cells[0]
        place[channel, : len(cells)] = cells
        prior[channel, : len(cells)] = [row[each] for each in cells]
    return GeoGrid(place, prior, step_days, parts)


def _as_place(place: IntArray) -> Place:
    form, late, carry, bend, steep = place.tolist()
    return form, late, carry, bend, steep
