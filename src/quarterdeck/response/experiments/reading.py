"""read_geo_test: a geo test read in independent ways, what they agree on, and what it is as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from quarterdeck.response.curves.summary import Summary
from quarterdeck.response.experiments.belief import Belief, believe, pool, ratio
from quarterdeck.response.experiments.doubts import find_doubts
from quarterdeck.response.experiments.evidence import Evidence, SpendRange
from quarterdeck.response.experiments.geo_regression import regress_places
from quarterdeck.response.experiments.geo_test import GeoTest
from quarterdeck.response.experiments.spoken import Doubt
from quarterdeck.response.experiments.synthetic import Synthetic, weigh_controls
from quarterdeck.response.experiments.time_based import TimeBased, regress_on_control

WayName = Literal["time_based_regression", "synthetic_control", "geo_regression"]
DAYS_PER_WEEK = 7.0
_NOTHING = 1e-9


@dataclass(frozen=True, eq=False)
class Way:
    """One way of reading: total effect (units of the metric), and return (units per unit of money), None when no money was moved for sure."""

    name: WayName
    effect: Belief
    returns: Belief | None


@dataclass(frozen=True, eq=False)
class GeoReading:
    """What a geo test says.

    `effect` and `returns` pool time-based regression and synthetic control as equally good; geo regression stands in `ways` as a check. `cost`: money that
    the test added (below 0: saved). `is_agreed`: whether the two tell one story. `lift`: effect as a share of what was expected without the test.
    `spend`: money a week in the treated places without and with the test, None where nothing was usual before it.
    """

    test: GeoTest
    ways: tuple[Way, ...]
    effect: Belief
    cost: Belief
    returns: Belief | None
    lift: Summary | None
    is_agreed: bool
    findings: tuple[Doubt, ...]
    time_based: TimeBased
    synthetic: Synthetic
    spend: SpendRange | None

    def evidence(self, *, name: str, channel: str, metric: str) -> Evidence | None:
        """What it lets a fit believe about `channel`; None without a return."""
        if self.returns is None:
            return None
        doubts = tuple(finding.text for finding in self.findings if finding.is_serious)
        mean = float(self.returns.location.mean())
        days = self.test.days
        return Evidence(name, channel, metric, mean, self.returns.sd, days.test_from, days.last_day, self.spend, HOW, doubts)


HOW = "geo test, time-based regression and synthetic control"


def read_geo_test(test: GeoTest) -> GeoReading:
    """The test read by time-based regression and by synthetic control, with geo regression as a check and everything that speaks against it.

    Raises InvalidInput (RESPONSE-065) when no control place had any outcome before the test.
    """
    by_time = regress_on_control(test.total(test.outcome, treated=True), test.total(test.outcome, treated=False), test.before, test.counted)
    mixed = weigh_controls(test)
    cost = added_cost(test)
    effects: dict[WayName, Belief] = {
        "time_based_regression": believe(by_time.effect, by_time.scale, by_time.freedom),
        "synthetic_control": believe(mixed.effect, mixed.scale, mixed.freedom),
    }
    effect = pool(tuple(effects.values()))
    by_place = regress_places(test)
    ways = [Way(name, found, ratio(found, cost)) for name, found in effects.items()]
    if by_place is not None:
        returns = believe(by_place.returns, by_place.sd, by_place.freedom)
        ways.append(Way("geo_regression", believe(by_place.effect, by_place.sd * abs(by_place.cost), by_place.freedom), returns))
    is_agreed = _is_agreed(by_time, mixed)
    expected = float(0.5 * (by_time.expected + mixed.expected)[test.counted].sum())
    return GeoReading(
        test=test,
        ways=tuple(ways),
        effect=effect,
        cost=cost,
        returns=ratio(effect, cost),
        lift=_lift(effect, expected),
        is_agreed=is_agreed,
        findings=find_doubts(test, by_time, mixed, cost, is_agreed=is_agreed),
        time_based=by_time,
        synthetic=mixed,
        spend=_spend_range(test, cost),
    )


def added_cost(test: GeoTest) -> Belief:
    """The money that the test added to the treated places.

    Where nothing was spent before nor on the control places it is what was spent, and known. Else spend is told from the control places as the outcome is,
    over the rows of the test alone. Source: Kerman, Wang & Vaver 2017, section 4 (fixed and variable cost).
    """
    treated, control = test.total(test.spend, treated=True), test.total(test.spend, treated=False)
    elsewhere = float(treated[test.before].sum() + control[test.before].sum() + control[test.counted].sum())
    if elsewhere <= _NOTHING * max(1.0, float(treated.sum())):
        return believe(float(treated[test.counted].sum()), 0.0, np.inf)
    found = regress_on_control(treated, control, test.before, test.during)
    return believe(found.effect, found.scale, found.freedom)


def _is_agreed(one: TimeBased, other: Synthetic) -> bool:
    """Whether the two differ by no more than the wider of them is unsure of (90 % range)."""
    from scipy.special import stdtrit

    reach = max(float(stdtrit(way.freedom, 0.95)) * way.scale for way in (one, other))
    return abs(one.effect - other.effect) <= reach


def _lift(effect: Belief, expected: float) -> Summary | None:
    if expected <= 0.0:
        return None
    found = effect.summary()
    return Summary(*(value / expected for value in (found.mean, found.p05, found.p10, found.p50, found.p90, found.p95)))


def _spend_range(test: GeoTest, cost: Belief) -> SpendRange | None:
    """Money a week on the treated places without and with the test; None where nothing was usual before."""
    treated = test.total(test.spend, treated=True)
    week = DAYS_PER_WEEK / test.step_days
    usual, during = float(treated[test.before].mean()) * week, float(treated[test.during].mean()) * week
    moved = float(cost.location.mean()) / int(test.during.sum()) * week
    low, high = sorted((max(0.0, during - moved), during))
    return SpendRange(low, high, usual) if usual > 0.0 and low < high else None
