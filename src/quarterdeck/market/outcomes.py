"""Metrics from what demand and media bring: as expected, or counted with chance, and recorded as far as tracking works."""

from __future__ import annotations

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.market.carry_over import gather_back, spread_later, waiting
from quarterdeck.market.course import Course
from quarterdeck.market.preset import MetricTruth, Preset, Term, Wait
from quarterdeck.market.streams import FloatArray, stream
from quarterdeck.market.surroundings import YEAR


def expected_metrics(course: Course) -> dict[str, FloatArray]:
    """Every metric as expected, free of chance, `{metric: [day]}`."""
    found: dict[str, FloatArray] = {"response": course.response}
    for metric in course.preset.metrics:
        found[metric.id] = sum((_mean_of(course, term, found[term.of]) for term in metric.terms), np.zeros(len(course.response)))
    del found["response"]
    return found


def counted_metrics(course: Course, seed: int) -> dict[str, FloatArray]:
    """Every metric as it truly happened: counts are whole numbers, money is not yet rounded. `{metric: [day]}`.

    Counts are Poisson around a mean that itself varies from day to day (wider than Poisson); money is gamma around units times price.
    """
    days = course.start + len(course.response)
    luck = np.exp(course.preset.day_noise * stream(seed, "day luck").standard_normal(days)[course.span] - course.preset.day_noise**2 / 2)
    found: dict[str, FloatArray] = {"response": course.response * luck}
    for metric in course.preset.metrics:
        total = np.zeros(len(course.response))
        for n, term in enumerate(metric.terms):
            chance = stream(seed, "count", metric.id, str(n)).random(days)[course.span]
            total = total + _drawn(course, metric, term, found[term.of], chance)
        found[metric.id] = total
    del found["response"]
    return found


def recorded_metrics(course: Course, seed: int, happened: dict[str, FloatArray]) -> dict[str, FloatArray]:
    """What the company's records hold: all of it, less what lost tracking left out; money rounded to cents."""
    share, days, records = course.around.recorded[course.span], course.start + len(course.response), {}
    for metric in course.preset.metrics:
        values = happened[metric.id]
        if metric.money:
            values = np.round(values * share, 2)
        elif (share < 1).any():
            chance = stream(seed, "recorded", metric.id).random(days)[course.span]
            values = np.where(share < 1, _binomial_count(chance, values, share), values)
        records[metric.id] = values
    return records


def aim_worth(course: Course, counted_days: FloatArray) -> FloatArray:
    """What one unit of response on each day is worth in units of the aim that arrive on `counted_days` (1 or 0), `[day]`."""
    metrics = {metric.id: metric for metric in course.preset.metrics}
    worth, of = counted_days, course.preset.aim
    while of != "response":
        (term,) = metrics[of].terms
        worth = term.rate * (gather_back(worth, waiting(term.wait)) if term.wait else worth)
        of = term.of
    return worth


def refuse_unknown_metric(preset: Preset, metric: str) -> None:
    """Nothing for a metric of `preset`; raises InvalidInput for any other."""
    known = [truth.id for truth in preset.metrics]
    if metric not in known:
        raise InvalidInput([Problem("MARKET-023", "metric", metric, f"one of {', '.join(known)}", "Name a metric of this market.")])


def _mean_of(course: Course, term: Term, source: FloatArray) -> FloatArray:
    mean = term.rate * _arrived(course, term, source)
    if term.with_season:
        mean = mean * course.around.season[course.span]
    return mean * course.around.own_price[course.span] if term.with_price else mean


def _drawn(course: Course, metric: MetricTruth, term: Term, source: FloatArray, chance: FloatArray) -> FloatArray:
    from scipy.special import gammaincinv

    mean = _mean_of(course, term, source)
    if term.draw == "exact":
        return mean
    if term.draw == "share":
        return _binomial_count(chance, source, np.full(len(source), term.rate))
    if not metric.money:
        return _poisson_count(chance, mean)
    shape = np.maximum(_arrived(course, term, source), 1e-9) / metric.basket_spread**2
    return np.asarray(mean * gammaincinv(shape, chance) / shape, dtype=np.float64)


def _poisson_count(chance: FloatArray, mean: FloatArray) -> FloatArray:
    """The Poisson count that `chance` in [0, 1) falls on: for one chance, a higher mean never counts less."""
    from scipy.special import pdtr, pdtrik

    some = np.maximum(mean, 1e-12)
    count = np.maximum(np.ceil(pdtrik(chance, some)), 0.0)
    less = np.maximum(count - 1.0, 0.0)
    return np.where(mean > 0, np.where(pdtr(less, some) >= chance, less, count), 0.0)


def _binomial_count(chance: FloatArray, units: FloatArray, share: FloatArray) -> FloatArray:
    """How many of `units` are kept when each is with probability `share`, for `chance` in [0, 1)."""
    from scipy.special import bdtrik, betainc

    some = np.maximum(units, 1.0)
    kept = np.clip(np.nan_to_num(np.ceil(bdtrik(chance, some, share))), 0.0, some)
    less = np.maximum(kept - 1.0, 0.0)
    return np.where(units > 0, np.where(betainc(some - less, less + 1.0, 1.0 - share) >= chance, less, kept), 0.0)


def _arrived(course: Course, term: Term, source: FloatArray) -> FloatArray:
    if term.wait is None:
        return source
    before = _usual_level(course.preset, term.of)
    if term.wait.form == "gamma":
        return spread_later(source, waiting(term.wait), before)
    return _staying(source, term.wait, before, course.preset.years_before * YEAR + course.start)


def _staying(source: FloatArray, wait: Wait, before: float, days_before: float) -> FloatArray:
    from scipy.signal import lfilter

    keep = np.exp(-1.0 / wait.days)
    already = before * -np.expm1(-days_before / wait.days) / (1.0 - keep)
    staying: FloatArray = lfilter([0.0, 1.0], [1.0, -keep], source, zi=[already])[0]
    return staying


def _usual_level(preset: Preset, of: str) -> float:
    if of == "response":
        return preset.level
    metric = next(metric for metric in preset.metrics if metric.id == of)
    return sum(
        term.rate * _usual_level(preset, term.of) * (term.wait.days if term.wait and term.wait.form == "stays" else 1.0) for term in metric.terms
    )
