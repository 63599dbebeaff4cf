"""What would teach most: the one test among the channels that have money, the trial of one that never had any, and how judgements fared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import DAYS_PER_WEEK, WEEKS_PER_QUARTER
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.response.load_fit import FittedMetric
from quarterdeck.operations.response.read_beliefs import judgements_of, published_for
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aim import value_of_unit
from quarterdeck.strategy.parts.means import Channel

if TYPE_CHECKING:
    from quarterdeck.response.curves.curves import ResponseCurves
    from quarterdeck.response.curves.fitted import ResponseFit
    from quarterdeck.response.learning.next_test import NextTest
    from quarterdeck.response.learning.trial import Stakes, Trial
    from quarterdeck.response.priors.judged import Score
    from quarterdeck.response.priors.priors import ReturnPrior

SEED = 1
MOST_OF_BUDGET = 0.05
"""No trial may cost more than this share of the quarter's budget, whatever a channel's own limit says."""
USUAL_SHARE = 0.1
"""What would be spent on a channel that works, as a share of the budget, where neither a limit nor other channels say."""
TOLD_BY_PEOPLE = ("tv", "radio", "audio_ads", "print", "video_ads", "other", "events")
"""Kinds that no click traces: what they brought is known from a code, or because people are asked where they heard of the company."""
SAY_SO, SAY_SO_SD = 0.5, 0.8
"""How many of those who came through such a channel say so, and the sd of its logarithm: an assumption, 8 of 10 between a sixth and all and more."""
GRAIN_OF_MONEY = 0.005
"""Where money is counted, one result is taken to be this share of a week's."""


@dataclass(frozen=True)
class TrialFound:
    """A trial, the belief that it begins with, and that belief as curves of the one channel; `a_week`: money a week if it works."""

    trial: Trial
    prior: ReturnPrior
    curves: ResponseCurves
    a_week: float


def next_test_of(strategy: Strategy | None, fitted: FittedMetric) -> NextTest | None:
    """The test from which most would be learned about the channels of a fit; None when there is none worth naming."""
    from quarterdeck.response.learning.next_test import propose_test

    value = _value(strategy, fitted.fit.metric)
    limits = _weekly_limits(strategy)
    key = (fitted.record.hash, value, tuple(sorted(limits.items())))
    return remembered("next_test", key, lambda: propose_test(fitted.fit, value=value, limits=limits))


def trial_of(strategy: Strategy, channel: Channel, metric: str, fitted: FittedMetric | None) -> TrialFound | None:
    """The trial of a paid channel without a curve; None where nothing is believed of it, no budget pays for one, or nobody says what a result is worth
    and no other channel says what money must bring."""
    prior = _prior(strategy, channel, metric, fitted.fit if fitted else None)
    stakes = _stakes(strategy, channel, metric, fitted.fit if fitted else None)
    if prior is None or stakes is None:
        return None
    key = (fitted.record.hash if fitted else None, channel.id, metric, prior, stakes)
    return remembered("trial", key, lambda: _planned(channel.id, prior, stakes, metric))


def scores_of(strategy: Strategy | None, fitted: FittedMetric) -> dict[str, Score]:
    """By channel with a judgement in the strategy: how it compares with what the fit found."""
    from quarterdeck.response.priors.judged import score_judgements

    return score_judgements(fitted.fit, judgements_of(strategy, fitted.fit.metric)) if strategy else {}


def _planned(channel: str, prior: ReturnPrior, stakes: Stakes, metric: str) -> TrialFound | None:
    from datetime import date

    import numpy as np

    from quarterdeck.response.learning.trial import plan_trial
    from quarterdeck.response.learning.untried import DRAWS, believed_curves, believed_returns

    rng = np.random.default_rng(SEED)
    returns = believed_returns(prior, DRAWS, rng)
    curves = believed_curves(channel, returns, stakes.a_week, metric=metric, last_week=date.min, rng=rng)
    trial = plan_trial(curves, stakes, seed=SEED)
    return None if trial is None else TrialFound(trial, prior, curves, stakes.a_week)


def _prior(strategy: Strategy, channel: Channel, metric: str, fit: ResponseFit | None) -> ReturnPrior | None:
    """What is believed of a channel that never had money: judgement, published figures, and what the others return."""
    import numpy as np

    from quarterdeck.response.learning.untried import pooled_returns
    from quarterdeck.response.priors.beliefs import Told, as_told, combine_told, default_log_sd, judged

    told = [judged(judgements_of(strategy, metric)[channel.id])] if channel.id in judgements_of(strategy, metric) else []
    told += [as_told(each) for each in published_for(strategy, metric, [channel]).values()]
    if fit is not None:
        middle = float(np.median(pooled_returns(fit, np.random.default_rng(SEED))))
        told += [Told("default", middle, default_log_sd())] if middle > 0 else []
    return combine_told(told) if told else None


def _stakes(strategy: Strategy, channel: Channel, metric: str, fit: ResponseFit | None) -> Stakes | None:
    """What the decision about the channel is about, within the owner's limits."""
    from quarterdeck.response.learning.trial import Stakes, capped

    budget = strategy.management.budget
    quarter = float(budget.quarter) if budget and budget.quarter else None
    value = _value(strategy, metric) or _as_good_as_the_rest(fit)
    limit = float(channel.spend.cap) if channel.spend and channel.spend.cap is not None else None
    a_week = limit / WEEKS_PER_QUARTER if limit else _usual_week(fit, quarter)
    if value is None or not a_week or (limit is None and quarter is None):
        return None
    most = min(each for each in (limit, quarter and MOST_OF_BUDGET * quarter) if each is not None)
    is_money = metric in METRICS and METRICS[metric].unit == "money"
    grain = GRAIN_OF_MONEY * float(fit.series.outcome.mean()) if fit is not None and is_money else 1.0
    stakes = Stakes(value, a_week, most, grain=grain)
    if channel.kind in TOLD_BY_PEOPLE:
        stakes = replace(stakes, tracked=SAY_SO, tracked_sd=SAY_SO_SD)
    daily = strategy.ads.guardrails.max_daily_spend
    return capped(stakes, float(daily) * DAYS_PER_WEEK * WEEKS_PER_QUARTER if daily else None)


def _usual_week(fit: ResponseFit | None, quarter: float | None) -> float | None:
    """Money a week of a usual channel of the company."""
    if fit is not None and fit.spend[-WEEKS_PER_QUARTER:].sum() > 0:
        return float(fit.spend[-WEEKS_PER_QUARTER:].sum()) / min(len(fit.spend), WEEKS_PER_QUARTER) / len(fit.channels)
    return USUAL_SHARE * quarter / WEEKS_PER_QUARTER if quarter else None


def _as_good_as_the_rest(fit: ResponseFit | None) -> float | None:
    """What a unit of the metric must be worth for the company's money to be well spent as it is: where no value is named, a new channel has to bring at
    least what the others do."""
    spent = float(fit.spend.sum()) if fit is not None else 0.0
    brought = float((fit.returns.mean(axis=0) * fit.spend.sum(axis=0)).sum()) if fit is not None else 0.0
    return spent / brought if brought > 0 else None


def _value(strategy: Strategy | None, metric: str) -> float | None:
    value = value_of_unit(strategy, metric) if strategy else None
    return float(value) if value else None


def _weekly_limits(strategy: Strategy | None) -> dict[str, float]:
    """Money a week that each channel's limit of the quarter allows."""
    channels = strategy.paid_channels if strategy else ()
    return {each.id: float(each.spend.cap) / WEEKS_PER_QUARTER for each in channels if each.spend and each.spend.cap is not None}
