"""propose_test: the one change of spend in the weeks ahead from which most would be learned for what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.curves.steady import steady_marginal
from quarterdeck.response.fitting.numerics import normal_mass
from quarterdeck.response.learning.designs import WINDOW_WEEKS, Design, designs_for, spend_of
from quarterdeck.response.series.series import FloatArray

USUAL_WEEKS = 4
WEEKS_DECIDED, SHARE_MOVED = 13, 0.5
"""What is decided afterwards: a quarter's money of each channel, of which half may move (decision 0008)."""
LEAST_DOUBT = 0.05
"""A channel of which less than this is belief needs no test."""
LEAST_LEARNED = 0.1
"""A test that takes away less of the doubt about its channel is not proposed."""
NEARLY = 0.8
"""Of the most that any test of the channel takes away."""
_TAIL_WEEKS = 8
_MOST_DRAWS = 400
_ALIKE = "cannot_tell_apart"


@dataclass(frozen=True)
class NextTest:
    """A test and what it is expected to teach.

    `starts`: first day of the first week. `doubt_before`, `doubt_after`, `doubt_anyway`: how much of the answer about the channel is belief: now, after
    the test, and after as many weeks without it (variance of its return as a share of the prior's). `narrows`: share of all doubt about the channels'
    returns, weighed by their money, that it removes beyond what the same weeks remove without it. `loses`: units of the metric expected to be lost;
    `saves`: money less spent (below 0: more). `worth` and `costs`: both in money when a unit's value is known, else in units of the metric.
    """

    design: Design
    starts: date
    doubt_before: float
    doubt_after: float
    doubt_anyway: float
    narrows: float
    loses: float
    saves: float
    worth: float
    costs: float

    @property
    def takes_away(self) -> float:
        """Share of the doubt about the channel that the test removes beyond what the same weeks remove without it."""
        return (self.doubt_anyway - self.doubt_after) / self.doubt_before if self.doubt_before > 0 else 0.0

    @property
    def is_worth_it(self) -> bool:
        """Whether knowing more is expected to earn more than the test costs."""
        return self.worth > self.costs

    @property
    def money_at_risk(self) -> float:
        """What can go wrong, in the unit of `costs`: what is lost at most, without what is saved."""
        return max(self.costs, 0.0)


def propose_test(fit: ResponseFit, *, value: float | None = None, limits: Mapping[str, float] | None = None) -> NextTest | None:
    """Of each channel's tests those that teach nearly most about it, and of these, over all channels, the one with the largest worth less cost.

    Channels that figures have already settled are passed over. None when no test takes away at least a tenth of the doubt about its channel. Arguments as in `weigh_tests`.
    """
    found = weigh_tests(fit, value=value, limits=limits)
    most: dict[str, float] = {}
    for test in found:
        most[test.design.channel] = max(most.get(test.design.channel, 0.0), test.takes_away)
    doubted = [test for test in found if test.doubt_before >= LEAST_DOUBT]
    strong = [test for test in doubted if test.takes_away >= max(LEAST_LEARNED, NEARLY * most[test.design.channel])]
    return max(strong, key=lambda test: (test.worth - max(test.costs, 0.0), -test.costs), default=None)


def weigh_tests(fit: ResponseFit, *, value: float | None = None, limits: Mapping[str, float] | None = None) -> list[NextTest]:
    """Every design with what it would teach and cost, spend otherwise going on as in the last four weeks.

    What a design would show is the outcome of eight weeks, as the draws foresee it under its spend, with noise and the drift of the level. The
    variance of returns that is left then is that of the best linear forecast from those weeks: draws of returns and outcomes are moment-matched.
    Worth: a channel's money may move by half after the test, up where a unit more of it earns more than it costs, down where less; the expected gain
    of deciding by the test's answer rather than without it. `value`: money that one unit of the metric earns; where it is not known, the mean return
    of the next unit of money over channels is what money must bring.
    Sources: Strong, Oakley, Brennan & Breeze 2015, "Estimating the expected value of sample information using the probabilistic sensitivity
    analysis sample" (regression on draws); Raiffa & Schlaifer 1961, section 5.3 (linear loss); the idea of maximally separating spend is that of
    Dew, Padilla & Shchetkina 2024, "Your MMM is broken".
    """
    setting = _Setting.of(fit, value)
    if not (setting.a_week > 0).any():
        return []
    alike = tuple((each.channel, each.other) for each in fit.diagnostics.findings if each.code == _ALIKE and each.channel and each.other)
    anyway = setting.left_after(setting.usual)
    return [_weighed(setting, design, anyway) for design in designs_for(fit.channels, setting.a_week, alike, limits or {})]


@dataclass(frozen=True, eq=False)
class _Setting:
    """Draws that every design is judged with. `a_week`, `weight` [channel]; `asked` [draw, 2 * channel]: return, and marginal return less what money must
    bring; `media` [draw, week of window and tail, channel] and `usual` [draw, week of window]: what channels bring and the outcome with spend as usual;
    `noise` [week, week]: covariance of what no draw foresees; `price`: money per unit of the metric, or 1."""

    fit: ResponseFit
    a_week: FloatArray
    asked: FloatArray
    media: FloatArray
    usual: FloatArray
    noise: FloatArray
    price: float
    must_bring: float

    @classmethod
    def of(cls, fit: ResponseFit, value: float | None) -> _Setting:
        rows = 7 // fit.series.step_days
        a_week = fit.spend[-USUAL_WEEKS * rows :].mean(axis=0) * rows
        pick = np.linspace(0, fit.draws - 1, min(fit.draws, _MOST_DRAWS)).round().astype(int)
        marginal = np.column_stack([steady_marginal(fit.curves, name, [a_week[i] / rows])[pick, 0] for i, name in enumerate(fit.channels)])
        must_bring = 1.0 / value if value else float(np.average(marginal.mean(axis=0), weights=np.maximum(a_week, 1e-12)))
        asked = np.concatenate([fit.returns[pick], marginal - must_bring], axis=1)
        starts = tuple(fit.weeks[-1] + fit.series.step * number for number in range(1, WINDOW_WEEKS * rows + 1))
        context, exposures = (np.tile(each.mean(axis=0), (len(starts), 1)) for each in (fit.series.context, fit.series.exposures))
        ahead = fit.baseline.at(starts, fit.weeks[-1], context, exposures)[pick]
        weekly = ahead.reshape(len(pick), WINDOW_WEEKS, rows).sum(axis=2)
        spend = np.tile(a_week, (WINDOW_WEEKS + _TAIL_WEEKS, 1))
        media = _brought(fit.curves.thinned(_MOST_DRAWS), spend, rows)
        usual = weekly + media[:, :WINDOW_WEEKS].sum(axis=2)
        return cls(fit, a_week, asked, media, usual, _noise(fit, rows), value or 1.0, must_bring)

    def changed_by(self, design: Design) -> FloatArray:
        """How far a design moves the outcome of each week [draw, week of window and tail]."""
        rows, names = 7 // self.fit.series.step_days, self.fit.channels
        numbers = [names.index(name) for name in (design.channel, design.other) if name is not None]
        spend = spend_of(design, names, self.a_week, _TAIL_WEEKS)[:, numbers]
        moved = _brought(self.fit.curves.thinned(_MOST_DRAWS).of_channels(numbers), spend, rows) - self.media[:, :, numbers]
        return np.asarray(moved.sum(axis=2))

    def left_after(self, seen: FloatArray) -> FloatArray:
        """Variance of `asked` that is left once outcomes foreseen as `seen` [draw, week] are known [2 * channel]."""
        asked, off = self.asked - self.asked.mean(axis=0), seen - seen.mean(axis=0)
        together = np.einsum("di,dj->ij", off, off) / len(off) + self.noise
        cross = np.einsum("di,dk->ik", off, asked) / len(off)
        explained = np.einsum("ik,ik->k", cross, np.linalg.solve(together, cross))
        return np.asarray(np.maximum((asked**2).mean(axis=0) - explained, 0.0))


def _brought(curves: ResponseCurves, spend: FloatArray, rows: int) -> FloatArray:
    """What channels bring in weeks of `spend` [week, channel] -> [draw, week, channel]."""
    by_row = np.repeat(spend / rows, rows, axis=0)
    brought: FloatArray = curves.contribution(by_row).reshape(curves.draws, len(spend), rows, -1).sum(axis=2)
    return brought


def _noise(fit: ResponseFit, rows: int) -> FloatArray:
    """Covariance of weekly outcomes that the baseline's drift and the noise leave open [week, week]."""
    factor = float(np.mean(fit.noise_shape.at(np.full(1, fit.series.outcome[-USUAL_WEEKS * rows :].mean()))))
    week = np.arange(1, WINDOW_WEEKS + 1)
    drift = float((fit.baseline.step**2).mean()) * rows**3 * np.minimum(week[:, None], week)
    return np.asarray(drift + np.eye(WINDOW_WEEKS) * float((fit.sigma**2).mean()) * factor**2 * rows)


def _weighed(setting: _Setting, design: Design, anyway: FloatArray) -> NextTest:
    fit, channels = setting.fit, len(setting.fit.channels)
    moved = setting.changed_by(design)
    left = setting.left_after(setting.usual + moved[:, :WINDOW_WEEKS])
    now = setting.asked.var(axis=0)
    number = fit.channels.index(design.channel)
    before = min(1.0, float(now[number] / fit.prior_sds[number] ** 2))
    without, after = (before * float(each[number] / max(now[number], 1e-300)) for each in (anyway, left))
    weight = setting.a_week**2
    narrows = float((weight * (anyway - left)[:channels]).sum() / max(float((weight * now[:channels]).sum()), 1e-300))
    loses = -float(moved.sum(axis=1).mean())
    saves = float((setting.a_week - spend_of(design, fit.channels, setting.a_week)).sum())
    worth = (_value_of_knowing(setting, now, left) - _value_of_knowing(setting, now, anyway)) * setting.price
    costs = (loses - saves * setting.must_bring) * setting.price
    return NextTest(design, fit.weeks[-1] + fit.series.step, before, after, without, narrows, loses, saves, worth, costs)


def _value_of_knowing(setting: _Setting, now: FloatArray, left: FloatArray) -> float:
    """Units of the metric that deciding with what is learned earns beyond deciding without it, over all channels. Source: Raiffa & Schlaifer 1961,
    section 5.3.2: sd * unit normal loss, the sd that of the answer foreseen."""
    channels = len(setting.a_week)
    mean = setting.asked[:, channels:].mean(axis=0)
    spread = np.sqrt(np.maximum(now - left, 0.0)[channels:])
    ratio = np.abs(mean) / np.maximum(spread, 1e-300)
    loss = np.exp(-0.5 * np.minimum(ratio, 1e3) ** 2) / np.sqrt(2.0 * np.pi) - ratio * normal_mass(-ratio)
    return float((WEEKS_DECIDED * SHARE_MOVED * setting.a_week * 2.0 * spread * np.maximum(loss, 0.0)).sum())
