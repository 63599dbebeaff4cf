"""plan_trial: how much to try an unknown channel with, for how long, and when to stop: whatever is worth most before anything is spent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import log

import numpy as np
import numpy.typing as npt

from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.curves.steady import steady_outcome
from quarterdeck.response.priors.published import ATTRIBUTED_COUNTS, DISCOUNT_SD
from quarterdeck.response.series.series import FloatArray

WEEKS = (2, 3, 4, 6, 8)
SHARES = (0.15, 0.25, 0.5, 1.0)
"""Money a week of a trial, as a share of what would be spent if the channel worked."""
_FUTURES = 8000


@dataclass(frozen=True)
class Stakes:
    """What the decision is about.

    `value`: money that one unit of the metric earns before marketing. `a_week`: money on the channel if it works. `weeks_after`: weeks that the decision
    is made for, those of the trial among them. `most`: the most that the trial may cost in all. `grain`: how much of the metric one result counts (1 for counts, a usual order for money).
    `tracked`: results that tracking credits to the channel for each that it brings (platforms claim more), `tracked_sd`: sd of its logarithm.
    `noise_sd`: where results cannot be tracked to the channel, the sd of the whole metric of a week that nothing explains, from `weeks_known` weeks.
    """

    value: float
    a_week: float
    most: float
    weeks_after: int = 13
    grain: float = 1.0
    tracked: float = 1.0 / ATTRIBUTED_COUNTS
    tracked_sd: float = DISCOUNT_SD
    noise_sd: float | None = None
    weeks_known: int = 0


@dataclass(frozen=True)
class Trial:
    """A trial and its rule: `a_week` for `weeks`, then stop unless at least `go_on_from` (units of the metric) came.

    What is counted came by tracking (`is_tracked`), or is the rise of the whole metric. `pays_before`: the chance that the channel pays, before; `pays_if_fewer`
    and `pays_if_more`: after the trial said stop or go on; `chance_to_stop`. `worth`: money that deciding after the trial is expected
    to earn beyond deciding the same weeks blindly; `costs`: money that the weeks of the trial are expected to earn less than without it.
    """

    channel: str
    a_week: float
    weeks: int
    go_on_from: float
    is_tracked: bool
    pays_before: float
    pays_if_fewer: float
    pays_if_more: float
    chance_to_stop: float
    worth: float
    costs: float

    @property
    def money(self) -> float:
        """What the trial costs at most."""
        return self.a_week * self.weeks

    @property
    def is_worth_it(self) -> bool:
        """Whether the decision is expected to be better by more than the trial loses."""
        return self.worth > self.costs


def plan_trial(curves: ResponseCurves, stakes: Stakes, *, seed: int) -> Trial | None:
    """The trial of the one channel of `curves` (weekly, nothing carried in) with the largest expected gain; None when `most` pays for none at all.

    For each trial the figures that it may show are drawn from what is believed; the rule that would decide best after each of them is a least count,
    and the best one is found by going through all counts. Worth: expected gain of deciding by that rule less that of deciding beforehand.
    Source: preposterior analysis and expected net gain of sampling, Raiffa & Schlaifer 1961, "Applied statistical decision theory", chapters 4 and 5.
    """
    drawn = curves.picked(np.arange(_FUTURES) % curves.draws)
    a_week = stakes.value * steady_outcome(drawn, drawn.channels[0], [stakes.a_week])[:, 0] - stakes.a_week
    tracked = np.exp(np.random.default_rng(seed).normal(log(stakes.tracked), stakes.tracked_sd, _FUTURES))
    futures = _Futures(drawn, a_week, tracked, seed)
    found = [_tried(futures, stakes, weeks, money) for weeks, money in _affordable(stakes)]
    return max(found, key=lambda trial: (trial.worth - trial.costs, -trial.money)) if found else None


def capped(stakes: Stakes, *limits: float | None) -> Stakes:
    """The same with `most` no larger than any of `limits` that is given."""
    return replace(stakes, most=max(0.0, min([stakes.most, *(limit for limit in limits if limit is not None)])))


@dataclass(frozen=True, eq=False)
class _Futures:
    """What may be true: curves, money earned a week if the channel goes on, and results tracked for each that it brings, all `[future]`."""

    curves: ResponseCurves
    earned: FloatArray
    tracked: FloatArray
    seed: int


def _affordable(stakes: Stakes) -> Iterator[tuple[int, float]]:
    """Weeks and money a week of each trial that `most` pays for; where it pays for none of the shares, what it pays for four weeks."""
    weeks_open = [weeks for weeks in WEEKS if weeks < stakes.weeks_after]
    options = [(weeks, share * stakes.a_week) for weeks in weeks_open for share in SHARES if share * stakes.a_week * weeks <= stakes.most]
    if not options and stakes.most > 0:
        options = [(4, stakes.most / 4)]
    yield from options


def _tried(futures: _Futures, stakes: Stakes, weeks: int, a_week: float) -> Trial:
    """One trial of `weeks` of the `weeks_after`, judged by its best rule."""
    drawn = futures.curves
    brought = drawn.contribution(np.full((weeks, 1), a_week))[:, :, 0].sum(axis=1)
    seen = _seen(brought, futures, stakes, weeks)
    after = (stakes.weeks_after - weeks) * futures.earned
    least, gain = _best_rule(seen, after)
    stop, pays = seen < least, futures.earned > 0
    usual = max(float(futures.earned.mean()), 0.0)
    meanwhile = float((stakes.value * steady_outcome(drawn, drawn.channels[0], [a_week])[:, 0] - a_week).mean())
    return Trial(
        channel=drawn.channels[0],
        a_week=a_week,
        weeks=weeks,
        go_on_from=least,
        is_tracked=stakes.noise_sd is None,
        pays_before=float(pays.mean()),
        pays_if_fewer=_share(pays[stop]),
        pays_if_more=_share(pays[~stop]),
        chance_to_stop=float(stop.mean()),
        worth=gain - max(float(after.mean()), 0.0),
        costs=weeks * (usual - meanwhile),
    )


def _seen(brought: FloatArray, futures: _Futures, stakes: Stakes, weeks: int) -> FloatArray:
    """What the trial would show in each future: results tracked to the channel, or the rise of the whole metric over what was to be expected.

    Tracking credits more or less than was brought; counts are Poisson. A rise is read against the weeks before, whose mean is known no better than
    they are many."""
    rng = np.random.default_rng([futures.seed, weeks])
    if stakes.noise_sd is None:
        return np.asarray(rng.poisson(np.minimum(brought * futures.tracked / stakes.grain, 1e9)) * stakes.grain, dtype=np.float64)
    sd = stakes.noise_sd * (weeks + weeks**2 / max(stakes.weeks_known, 1)) ** 0.5
    return np.asarray(brought + rng.normal(0.0, sd, len(brought)))


def _best_rule(seen: FloatArray, after: FloatArray) -> tuple[float, float]:
    """The least count to go on from, and what that rule is expected to earn. Never going on earns nothing."""
    order = np.argsort(-seen, kind="stable")
    counts, earned = seen[order], np.cumsum(after[order]) / len(after)
    last = np.append(counts[1:] != counts[:-1], True)  # a rule cannot part futures that look the same
    best = int(np.argmax(np.where(last, earned, -np.inf)))
    if earned[best] <= 0:
        return float(counts[0]) + 1.0, 0.0
    return float(counts[best]), float(earned[best])


def _share(pays: npt.NDArray[np.bool_]) -> float:
    """Share of futures, with half a future of doubt. Source: Jeffreys 1946."""
    return (float(pays.sum()) + 0.5) / (len(pays) + 1.0)
