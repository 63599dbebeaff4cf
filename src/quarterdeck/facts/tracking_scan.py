"""The search for dips in a daily series: runs that lie below both the level before and the level after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

MIN_DAYS = 56
LONGEST_RUN = 21
ALARM_LEVEL = 0.03
_WEEKS_BESIDE = 4
_FEWEST_WEEKS = 2
_HIGHEST_SHARE = 0.7
_HIGHEST_OPEN_SHARE = 0.5
_MOST_DIPS = 40


@dataclass(frozen=True, slots=True)
class Dip:
    """Days `first` to `last` (places in the series): what was recorded, what is usual, and the chance of it anywhere in the series."""

    first: int
    last: int
    recorded: float
    usual: float
    score: float
    is_open: bool

    @property
    def share(self) -> float:
        """Recorded ÷ usual."""
        return min(self.recorded / self.usual, 1.0) if self.usual > 0 else 1.0


def find_dips(recorded: FloatArray, shape: FloatArray) -> list[Dip]:
    """Dips of 1 to 21 days, the surest first, none of them overlapping.

    The usual of a day is its weekday's share (and `shape`) times a level. A run is judged against the lower of the levels of four weeks before and
    four weeks after, so that neither a step nor a slope nor the end of a peak counts as a dip. Its chance is the lower tail of a negative
    binomial distribution as wide as runs of that length are in this series; the chance is multiplied by the number of runs looked at that do not
    overlap. What lies before the first known level is not judged (a start is no dip); a run with nothing after it must be lower still.
    Source: over-dispersed counts, McCullagh & Nelder 1989, ch. 6.2; the bound for many looks is Bonferroni's.
    """
    usable = np.isfinite(recorded) & (shape > 0)
    found: list[Dip] = []
    for _ in range(_MOST_DIPS):
        dip = _surest_dip(recorded, shape, usable)
        if dip is None:
            break
        found.append(dip)
        usable[dip.first : dip.last + 1] = False
    return found


def _surest_dip(recorded: FloatArray, shape: FloatArray, usable: npt.NDArray[np.bool_]) -> Dip | None:
    weekday = _weekday_shares(recorded, shape, usable)
    usual = np.where(usable, weekday * shape, 0.0)
    seen = np.where(usable, recorded, 0.0)
    levels = _levels(seen, usual, usable)
    sums = (np.concatenate([[0.0], np.cumsum(seen)]), np.concatenate([[0.0], np.cumsum(usual)]))
    runs = [_runs_of(length, sums, levels) for length in range(1, LONGEST_RUN + 1)]
    counted = bool((recorded[usable] == np.round(recorded[usable])).all())
    tests = float(sum(run.judged.sum() / length for length, run in enumerate(runs, start=1)))
    best: Dip | None = None
    spread = 0.0
    for length, run in enumerate(runs, start=1):
        spread = max(spread, _spread(run.seen, run.usual * run.middle))
        chance = _lower_tail(run, spread, counted=counted)
        start = int(np.argmin(chance))
        score = min(float(chance[start]) * tests, 1.0)
        if score < ALARM_LEVEL and (best is None or score < best.score):
            last = start + length - 1
            usual_there = float(run.usual[start] * run.beside[start])
            best = Dip(start, last, float(run.seen[start]), usual_there, score, is_open=bool(run.is_open[start]))
    return best


def _lower_tail(run: _Runs, spread: float, *, counted: bool) -> FloatArray:
    """Chance of each run to be as low as it is, or lower; 1 where it cannot be judged or is not low enough to matter.

    Negative binomial with mean the lower level and variance `spread` times the mean. Money, which is no count, is taken in steps of half the spread.
    """
    from scipy.special import betainc

    step = 1.0 if counted else spread / 2
    relative_spread = max(spread / step, 1.01) if step > 0 else np.inf
    with np.errstate(invalid="ignore"):
        mean = run.usual * run.level / step if np.isfinite(step) and step > 0 else np.zeros_like(run.usual)
        is_judged = run.judged & (run.seen <= np.where(run.is_open, _HIGHEST_OPEN_SHARE, _HIGHEST_SHARE) * run.usual * run.beside)
    if not np.isfinite(relative_spread):
        return np.ones_like(mean)
    size = np.where(is_judged, mean, 1.0) / (relative_spread - 1)
    return np.where(is_judged, betainc(size, np.floor(np.where(is_judged, run.seen, 0.0) / (step or 1.0)) + 1, 1 / relative_spread), 1.0)


@dataclass(frozen=True, slots=True)
class _Levels:
    """Levels by day: of four weeks before it, of four weeks after it, and of both together; NaN where too little is known."""

    before: FloatArray
    after: FloatArray
    middle: FloatArray


@dataclass(frozen=True, slots=True)
class _Runs:
    """All runs of one length, by first day: what was seen, the weekday shares in them, and the levels beside them.

    `level` is the lower of both sides, `beside` their mean, `middle` the level around the run's middle day; `is_open` when nothing follows the run.
    """

    seen: FloatArray
    usual: FloatArray
    level: FloatArray
    beside: FloatArray
    middle: FloatArray
    is_open: npt.NDArray[np.bool_]

    @property
    def judged(self) -> npt.NDArray[np.bool_]:
        """Runs that something usual is known of."""
        return np.asarray(np.isfinite(self.level) & (self.level > 0) & (self.usual > 0))


def _runs_of(length: int, sums: tuple[FloatArray, FloatArray], levels: _Levels) -> _Runs:
    seen, usual = sums
    count = len(seen) - length
    before, after = levels.before[:count], levels.after[length - 1 :]
    return _Runs(
        seen[length:] - seen[:-length],
        usual[length:] - usual[:-length],
        np.where(np.isfinite(after), np.minimum(before, after), before),
        np.where(np.isfinite(after), (before + after) / 2, before),
        levels.middle[length // 2 : length // 2 + count],
        ~np.isfinite(after),
    )


def _weekday_shares(recorded: FloatArray, shape: FloatArray, usable: npt.NDArray[np.bool_]) -> FloatArray:
    """For each day the typical ratio of its weekday to the mean of its own seven days; 1 on average."""
    places = np.arange(len(recorded))
    ratio = np.where(usable, recorded / np.where(shape > 0, shape, 1.0), np.nan)
    padded = np.concatenate([np.full(3, np.nan), ratio, np.full(3, np.nan)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, 7)
    whole = np.isfinite(windows).all(axis=1)
    middle = np.where(whole, np.where(whole[:, None], windows, 0.0).mean(axis=1), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(middle > 0, ratio / middle, np.nan)
    shares = np.ones(7)
    for weekday in range(7):
        own = relative[places % 7 == weekday]
        own = np.sort(own[np.isfinite(own)])
        if len(own) >= 3:
            cut = len(own) // 5
            shares[weekday] = own[cut : len(own) - cut].mean()
    total = shares.sum()
    return np.asarray(shares[places % 7] * (7 / total if total > 0 else 1.0))


def _levels(seen: FloatArray, usual: FloatArray, usable: npt.NDArray[np.bool_]) -> _Levels:
    """The level is the median of weekly ratios of seen to usual, so that a bad week does not move it far; two weeks of a side must be known."""
    before = np.stack([_window_ratio(seen, usual, usable, -7 * week) for week in range(1, _WEEKS_BESIDE + 1)])
    after = np.stack([_window_ratio(seen, usual, usable, 7 * week + 1) for week in range(_WEEKS_BESIDE)])
    return _Levels(_median(before), _median(after), _median(np.concatenate([before, after])))


def _median(ratios: FloatArray) -> FloatArray:
    enough = np.isfinite(ratios).sum(axis=0) >= _FEWEST_WEEKS
    return np.asarray(np.where(enough, np.nanmedian(np.where(enough, ratios, 0.0), axis=0), np.nan))


def _window_ratio(seen: FloatArray, usual: FloatArray, usable: npt.NDArray[np.bool_], offset: int) -> FloatArray:
    """For each day seen ÷ usual of the seven days from `offset` days after it; NaN where fewer than four are usable."""
    n = len(seen)
    totals = [np.concatenate([[0.0], np.cumsum(values)]) for values in (seen, usual, usable.astype(np.float64))]
    first = np.clip(np.arange(n) + offset, 0, n)
    last = np.clip(np.arange(n) + offset + 7, 0, n)
    got, base, known = (total[last] - total[first] for total in totals)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where((known >= 4) & (base > 0), got / base, np.nan))


def _spread(seen: FloatArray, usual: FloatArray) -> float:
    """Variance ÷ mean of runs, robustly: from the middle half of the distances to the usual, and from the upper side, which no fault widens."""
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = (seen - usual) / np.sqrt(usual)
    distance = distance[np.isfinite(distance)]
    if len(distance) < MIN_DAYS // 2:
        return float("inf")
    quarter, half, three_quarters, nine_tenths = np.quantile(distance, [0.25, 0.5, 0.75, 0.9])
    return float(max((three_quarters - quarter) / 1.349, (nine_tenths - half) / 1.2816) ** 2)
