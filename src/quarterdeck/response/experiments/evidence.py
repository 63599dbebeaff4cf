"""Evidence: what one test found about the return of one channel, and how far that speaks of the channel's average return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from quarterdeck.response.model.cells import BENDS
from quarterdeck.response.priors.beliefs import DRIFT_A_YEAR
from quarterdeck.response.series.series import FloatArray

DAYS_PER_YEAR = 365.25
UNKNOWN_RANGE = 0.25
"""What is added (sd, as a share of the return) when nobody knows at which spend the test was made. A judgement: about what moving half of the usual
money makes of a curve that bends moderately."""
_CURVES, _MOST = 0.75, 3.0


@dataclass(frozen=True)
class SpendRange:
    """Between which amounts of money a week the test moved the channel (`low` to `high`), and what is `usual`, all in the places of the test.

    Raises ValueError unless 0 <= `low` < `high` and `usual` is above 0.
    """

    low: float
    high: float
    usual: float

    def __post_init__(self) -> None:
        if not (0.0 <= self.low < self.high and self.usual > 0.0 and np.isfinite(self.high + self.usual)):
            raise ValueError(f"a range of spend needs 0 <= low < high and usual above 0, found {self.low}, {self.high}, {self.usual}")


@dataclass(frozen=True)
class Evidence:
    """What a test found: each unit of money added brought `mean` units of `metric`, with standard error `sd`.

    `spend`: where on the curve the money was moved, None when nobody knows. `how`: the method in words. `doubts`: sentences of what speaks against it.
    Raises ValueError when `sd` is not above 0, a figure is not finite or the days are the wrong way round.
    """

    name: str
    channel: str
    metric: str
    mean: float
    sd: float
    first_day: date
    last_day: date
    spend: SpendRange | None = None
    how: str = ""
    doubts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (np.isfinite(self.mean) and np.isfinite(self.sd) and self.sd > 0):
            raise ValueError(f"evidence needs a finite mean and an sd above 0, found mean {self.mean} and sd {self.sd}")
        if self.last_day < self.first_day:
            raise ValueError(f"the test ends {self.last_day}, before it begins {self.first_day}")

    def years_old(self, as_of: date) -> float:
        """Years from its last day to `as_of`; 0 when it is still running then."""
        return max(0.0, (as_of - self.last_day).days / DAYS_PER_YEAR)

    def off_average(self) -> float:
        """How far the average return may lie from the return of the money moved, as a share of that (sd); 0 when all money was switched on or off.

        What three of four curves that a fit thinks possible stay within, at most 3. It is large for money that was added: where saturation begins is what a
        test of added money cannot tell (Dew, Padilla & Shchetkina 2024, arXiv 2408.07678).
        """
        return UNKNOWN_RANGE if self.spend is None else min(_MOST, float(np.quantile(np.abs(average_over_moved(self.spend) - 1.0), _CURVES)))

    def sd_carried(self, size: float, as_of: date) -> float:
        """Its sd as evidence on the average return at `as_of`, widened for age and for the level of spend; `size` is about how large the return is.

        A return wanders by `DRIFT_A_YEAR` (a share of it, a judgement), as a random walk: the variance grows with the years.
        """
        return float(np.sqrt(self.sd**2 + (size * self.off_average()) ** 2 + (size * DRIFT_A_YEAR) ** 2 * self.years_old(as_of)))


def average_over_moved(spend: SpendRange) -> FloatArray:
    """Average return at the usual spend over the return of the money moved, for each curve that a fit thinks possible [curve].

    1 when the test switched off or on all usual money; above 1 when it added to what was spent. Carry-over is left out: steady spend.
    Source: the curves of `quarterdeck.response.curves.curves`, their bends as in `cells.BENDS`, both forms.
    """
    low, high = spend.low / spend.usual, spend.high / spend.usual
    hyperbolic = [_share(1.0, bend, 0) * (high - low) / (_share(high, bend, 0) - _share(low, bend, 0)) for bend in BENDS]
    exponential = [_share(1.0, bend, 1) * (high - low) / max(_share(high, bend, 1) - _share(low, bend, 1), 1e-12) for bend in BENDS]
    return np.array([*hyperbolic, *exponential])


def _share(level: float, bend: float, form: int) -> float:
    return float(level / (level + bend) if form == 0 else -np.expm1(-level / bend))
