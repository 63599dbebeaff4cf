"""Was it measured? Days on which an outcome was recorded far below what its own pattern says, and that came back afterwards."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from quarterdeck.facts.day_words import say_day, say_days
from quarterdeck.facts.tracking_scan import MIN_DAYS, Dip, find_dips
from quarterdeck.kernel.problems import NotEnoughData

FloatArray = npt.NDArray[np.float64]
FaultKind = Literal["nothing_recorded", "partly_recorded", "not_over"]
_YEAR = timedelta(weeks=52)
FEWEST_DAYS_BACK = 3
BACK_SHARE = 0.7
"""So many days after a dip at this share of the usual, or more, say that it is over."""


@dataclass(frozen=True, slots=True)
class TrackingFault:
    """A run of days on which too little was recorded.

    `kind`: "not_over" while it has not come back for three days, so that a fault and a real fall cannot be told apart yet.
    `recorded_share`: recorded ÷ usual for these days (0 to 1). `missing_estimate`: usual less recorded, in units of the outcome.
    `score`: how often chance alone would show a run like this somewhere in a series of this length (0.01: once in a hundred such series).
    """

    first_day: date
    last_day: date
    kind: FaultKind
    recorded_share: float
    missing_estimate: float
    score: float

    @property
    def days(self) -> int:
        """How many days it lasted."""
        return (self.last_day - self.first_day).days + 1

    @property
    def sentence(self) -> str:
        """What was seen and what to do, for people."""
        if self.kind == "not_over":
            return (
                f"Since {say_day(self.first_day)} only {self.recorded_share:.0%} of the usual was recorded, and it has not come back: "
                "either the measuring broke or customers stayed away. Check the tags before judging these days."
            )
        share = "Nothing" if self.kind == "nothing_recorded" else f"Only {self.recorded_share:.0%} of the usual"
        return (
            f"{share} was recorded on {say_days(self.first_day, self.last_day)}, and afterwards it was as before: the measuring was probably broken. "
            f"About {self.missing_estimate:,.0f} are missing."
        )


def find_lost_days(
    days: Sequence[date],
    values: Sequence[float] | FloatArray,
    *,
    expected: Sequence[float] | FloatArray | None = None,
    known_low: Collection[date] = (),
) -> tuple[TrackingFault, ...] | NotEnoughData:
    """Runs of 1 to 21 days recorded far below the outcome's own level and weekday pattern, in order of days.

    Shapes: `days [day]` consecutive, `values [day]` (NaN: no record; such days are neither faults nor evidence). `expected [day]` is what a model
    with seasons or promotions says was to be expected; only the pattern of values ÷ expected is then judged. `known_low` are days that are low for a
    known reason (holidays): a run that lies among them is no fault unless nothing at all was recorded.
    A fall that does not recover is no fault, except at the end of the series ("not_over"); a dip that was there 52 weeks before or after is a season.
    Needs 56 days with values, else NotEnoughData. Raises ValueError when shapes disagree, days are not consecutive, or a value is below zero.
    """
    recorded, usual_shape = _checked(days, values, expected)
    known = int(np.isfinite(recorded).sum())
    if known < MIN_DAYS:
        return NotEnoughData(f"only {known} days have a value, too few to know the usual pattern", f"{MIN_DAYS} days")
    low = np.array([day in set(known_low) for day in days])
    dips = [dip for dip in find_dips(recorded, usual_shape) if not _is_explained(dip, recorded, low) and not _is_season(dip, usual_shape, recorded)]
    return tuple(_to_fault(dip, days, recorded) for dip in sorted(dips, key=lambda dip: dip.first))


def _checked(
    days: Sequence[date], values: Sequence[float] | FloatArray, expected: Sequence[float] | FloatArray | None
) -> tuple[FloatArray, FloatArray]:
    recorded = np.asarray(values, dtype=np.float64)
    shape = np.ones(len(days)) if expected is None else np.asarray(expected, dtype=np.float64)
    if recorded.shape != (len(days),) or shape.shape != (len(days),):
        raise ValueError(f"{len(days)} days, {recorded.shape} values and {shape.shape} expected values do not match")
    if any(later - earlier != timedelta(days=1) for earlier, later in pairwise(days)):
        raise ValueError("days must be consecutive; give NaN for days without a record")
    if (recorded[np.isfinite(recorded)] < 0).any():
        raise ValueError("a recorded value is below zero; audit counts or gross revenue, not net figures")
    if not (np.isfinite(shape) & (shape >= 0)).all():
        raise ValueError("expected values must be numbers from zero up")
    return recorded, shape


def _is_explained(dip: Dip, recorded: FloatArray, low: npt.NDArray[np.bool_]) -> bool:
    inside = slice(dip.first, dip.last + 1)
    return bool(low[inside].mean() > 0.5 and np.nansum(recorded[inside]) > 0)


def _is_season(dip: Dip, shape: FloatArray, recorded: FloatArray) -> bool:
    """Whether the same days 52 weeks before or after were low too, by half of this dip or more, against the four weeks on both sides."""
    if dip.recorded == 0:
        return False
    for shift in (-_YEAR.days, _YEAR.days):
        first, last = dip.first + shift, dip.last + shift
        if first < 28 or last + 28 >= len(recorded):
            continue
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(shape > 0, recorded / shape, np.nan)
        around = np.concatenate([ratio[first - 28 : first], ratio[last + 1 : last + 29]])
        inside = ratio[first : last + 1]
        if np.isfinite(inside).any() and np.isfinite(around).sum() >= 28:
            share = float(np.nanmean(inside) / max(float(np.nanmean(around)), 1e-12))
            if share < 1 - (1 - dip.share) / 2:
                return True
    return False


def _to_fault(dip: Dip, days: Sequence[date], recorded: FloatArray) -> TrackingFault:
    is_open = dip.is_open and not _came_back(dip, recorded)
    kind: FaultKind = "not_over" if is_open else "nothing_recorded" if dip.recorded == 0 else "partly_recorded"
    return TrackingFault(days[dip.first], days[dip.last], kind, dip.share, max(dip.usual - dip.recorded, 0.0), dip.score)


def _came_back(dip: Dip, recorded: FloatArray) -> bool:
    """Whether the few days after a late dip, too few to know a level from, already stand near what was usual in it."""
    after = recorded[dip.last + 1 : dip.last + 8]
    known = after[np.isfinite(after)]
    usual_day = dip.usual / (dip.last - dip.first + 1)
    return bool(len(known) >= FEWEST_DAYS_BACK and known.mean() >= BACK_SHARE * usual_day)
