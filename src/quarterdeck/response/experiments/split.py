"""Hold-outs and A/B tests: people (or places) who got it against those who got nothing, also where only a few things happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.curves.summary import Summary
from quarterdeck.response.experiments.evidence import Evidence, SpendRange
from quarterdeck.response.experiments.spoken import Doubt
from quarterdeck.response.series.series import FloatArray

_VERSIONS = 200
_HALVINGS = 44
_P10_TO_P90 = 2.5631031310892007
_FEW = 10
_SPLIT_OFF = 1e-3


@dataclass(frozen=True)
class Counted:
    """`events` (orders, sign-ups) among `people`. `is_once`: each can do it once, so that there are at most as many events as people."""

    people: int
    events: int
    is_once: bool = True


@dataclass(frozen=True)
class Measured:
    """The mean and the standard deviation of a figure (money spent, visits) over `people`, or over places where places were split."""

    people: int
    mean: float
    sd: float


Group = Counted | Measured


@dataclass(frozen=True, eq=False)
class SplitReading:
    """What a split says. `effect`: what the treated group brought beyond what it would have (units of the metric, all its people together); `effect_sd`: sd of
    the normal that is as wide; `lift`: the same as a share of what it would have brought, None where the control group had nothing; `returns`: effect for each
    unit of money of `cost`, None without cost.
    """

    effect: Summary
    effect_sd: float
    lift: Summary | None
    returns: Summary | None
    cost: float
    doubts: tuple[Doubt, ...]

    def evidence(
        self, *, name: str, channel: str, metric: str, first_day: date, last_day: date, spend: SpendRange | None = None, how: str = "hold-out"
    ) -> Evidence | None:
        """What it lets a fit believe about `channel`; None without cost. A normal as wide as the answer stands for it, also where that is skewed."""
        if self.returns is None:
            return None
        texts = tuple(doubt.text for doubt in self.doubts if doubt.is_serious)
        return Evidence(name, channel, metric, self.returns.mean, self.effect_sd / abs(self.cost), first_day, last_day, spend, how, texts)


def read_split(treated: Group, control: Group, *, cost: float = 0.0, planned_share: float | None = None) -> SplitReading:
    """The effect of what `treated` got and `control` did not. `cost`: money that the treated group had beyond its share of the control group's (below 0: saved).
    `planned_share`: the share of people that was to be treated.

    Counted once: Beta posteriors of both rates under Jeffreys' prior, their difference exactly (Brown & Li 2005, "Confidence intervals for two sample
    binomial distribution"). Counted more than once: Gamma posteriors of Poisson rates (Jeffreys). Measured: the difference of two means with unequal variances,
    t distributions of each (Behrens-Fisher; Box & Tiao 1973, section 2.5). Nothing is assumed to be large.
    Raises InvalidInput (RESPONSE-066).
    """
    problems = [*_problems("treated", treated), *_problems("control", control)]
    if type(treated) is not type(control):
        problems.append(_problem("groups", "one counted, one measured", "both counted or both measured"))
    if planned_share is not None and not 0.0 < planned_share < 1.0:
        problems.append(_problem("planned share", str(planned_share), "a share between 0 and 1"))
    if not np.isfinite(cost):
        problems.append(_problem("cost", str(cost), "an amount of money"))
    if problems:
        raise InvalidInput(problems, state="Nothing was read.")
    below, versions = _below(treated), _versions(control)
    people, (near, far) = treated.people, _reach(treated, control)
    found = _summary(lambda value: float(below(versions + value / people).mean()), near * people, far * people)
    mean = people * (_mean(treated) - _mean(control))
    effect = Summary(mean, found.p05, found.p10, found.p50, found.p90, found.p95)
    lift = _lift(below, versions, treated, control)
    returns = None if cost == 0.0 else _over(effect, cost)
    sd = (effect.p90 - effect.p10) / _P10_TO_P90
    return SplitReading(effect, sd, lift, returns, cost, tuple(_doubts(treated, control, cost, planned_share)))


def _mean(group: Group) -> float:
    return group.mean if isinstance(group, Measured) else group.events / group.people


def _below(group: Group) -> Callable[[FloatArray], FloatArray]:
    """The chance that the group's true rate or mean is below given values."""
    from scipy.special import betainc, gammainc, stdtr

    if isinstance(group, Measured):
        scale = max(group.sd, 1e-12) / np.sqrt(group.people)
        return lambda value: np.asarray(stdtr(group.people - 1, (value - group.mean) / scale))
    if group.is_once:
        return lambda value: np.asarray(betainc(group.events + 0.5, group.people - group.events + 0.5, np.clip(value, 0.0, 1.0)))
    return lambda value: np.asarray(gammainc(group.events + 0.5, np.maximum(value, 0.0) * group.people))


def _versions(group: Group) -> FloatArray:
    """Equally likely values of the group's true rate or mean [version]."""
    from scipy.special import betaincinv, gammaincinv, stdtrit

    chance = (np.arange(_VERSIONS) + 0.5) / _VERSIONS
    if isinstance(group, Measured):
        return np.asarray(group.mean + stdtrit(group.people - 1, chance) * max(group.sd, 1e-12) / np.sqrt(group.people))
    if group.is_once:
        return np.asarray(betaincinv(group.events + 0.5, group.people - group.events + 0.5, chance))
    return np.asarray(gammaincinv(group.events + 0.5, chance) / group.people)


def _reach(treated: Group, control: Group) -> tuple[float, float]:
    """Differences that are surely too low and too high."""
    one, other = _versions(treated), _versions(control)
    room = 10.0 * (np.ptp(one) + np.ptp(other))
    return float(one[0] - other[-1] - room), float(one[-1] - other[0] + room)


def _summary(below: Callable[[float], float], low: float, high: float) -> Summary:
    """Percentiles of what `below` is the distribution of; its median stands for the mean."""
    found = [_quantile(below, chance, low, high) for chance in (0.05, 0.1, 0.5, 0.9, 0.95)]
    return Summary(found[2], *found)


def _quantile(below: Callable[[float], float], chance: float, low: float, high: float) -> float:
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if below(middle) < chance else (low, middle)
    return 0.5 * (low + high)


def _lift(below: Callable[[FloatArray], FloatArray], versions: FloatArray, treated: Group, control: Group) -> Summary | None:
    """As a share of what the control group brings; None where that may be nothing."""
    if _mean(control) <= 0.0 or versions[0] <= 0.0:
        return None
    most = float(_versions(treated)[-1] / versions[0]) * 10.0
    found = _summary(lambda share: float(below(versions * (1.0 + share)).mean()), -1.0 - most, most)
    return Summary(_mean(treated) / _mean(control) - 1.0, found.p05, found.p10, found.p50, found.p90, found.p95)


def _over(effect: Summary, cost: float) -> Summary:
    """For each unit of money; money that was saved turns the ends round."""
    ends = (effect.p05, effect.p10, effect.p50, effect.p90, effect.p95)
    return Summary(effect.mean / cost, *(value / cost for value in (ends if cost > 0 else ends[::-1])))


def _doubts(treated: Group, control: Group, cost: float, planned_share: float | None) -> list[Doubt]:
    found = []
    if isinstance(treated, Counted) and isinstance(control, Counted) and min(treated.events, control.events) < _FEW:
        found.append(
            Doubt(
                "few_events",
                f"Only {treated.events} and {control.events} events: the range is exact and wide, and one event more or less moves the answer.",
                is_serious=True,
            )
        )
    if isinstance(treated, Counted) and not treated.is_once:
        found.append(
            Doubt("bought_again", "Events of one person count as if they were of different people; regular buyers make the range too narrow.")
        )
    if planned_share is not None and _chance_of_split(treated.people, control.people, planned_share) < _SPLIT_OFF:
        share = treated.people / (treated.people + control.people)
        found.append(
            Doubt(
                "split_off",
                f"{share:.1%} of the people were treated where {planned_share:.1%} were planned; that is no accident. Somebody went missing from one "
                "group, and the groups may not be alike.",
                is_serious=True,
            )
        )
    if cost == 0.0:
        found.append(Doubt("no_cost", "Without the money that it cost there is an effect and no return.", is_serious=True))
    return found


def _chance_of_split(treated: int, control: int, share: float) -> float:
    """Chance of a split at least as far off. Source: the sample ratio mismatch test, Fabijan et al. 2019; Pearson's chi-squared, 1 degree."""
    from scipy.special import erfc

    everybody = treated + control
    square = (treated - share * everybody) ** 2 / (everybody * share * (1.0 - share))
    return float(erfc(np.sqrt(0.5 * square)))


def _problems(where: str, group: Group) -> list[Problem]:
    found = []
    if group.people < 2:
        found.append(_problem(f"{where} people", str(group.people), "2 or more"))
    if isinstance(group, Measured):
        if not (np.isfinite(group.mean) and np.isfinite(group.sd) and group.sd >= 0):
            found.append(_problem(f"{where} mean and sd", f"{group.mean} and {group.sd}", "finite figures, sd not below 0"))
    elif group.events < 0 or (group.is_once and group.events > group.people):
        found.append(_problem(f"{where} events", str(group.events), f"0 to {group.people}" if group.is_once else "0 or more"))
    return found


def _problem(where: str, found: str, expected: str) -> Problem:
    return Problem("RESPONSE-066", where, found, expected, "Correct the figures.")
