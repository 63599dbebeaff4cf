"""Unpaid exposures go on working for as long as the outcome says, in the fit, in forecasts and in what is kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shops import simulate_shop

from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.exchange.tables import from_tables, to_tables
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.fitting.setting import prepare
from quarterdeck.response.forecasts.forecast import predict_outcome
from quarterdeck.response.learning.update import update_fit
from quarterdeck.response.model.organic import CarryOver
from quarterdeck.response.series.series import FloatArray, ResponseSeries

WEEKS, A_WEEK = 130, 150.0


def with_newsletter(seed: int, *, hold: float, sent: float = 0.25) -> tuple[ResponseSeries, FloatArray]:
    """A shop with a newsletter that brings 150 a week, and what it brought in each week. Its effect holds on by `hold`.

    It goes out in the weeks before much is spent on channel_1, which is where its later effect may be credited to."""
    shop, rng = simulate_shop(seed, weeks=WEEKS, noise=40.0), np.random.default_rng([seed, 5])
    spent_next = np.roll(shop.series.spend[:, 1], -1)
    mails = np.where(spent_next > np.quantile(spent_next, 1.0 - sent), rng.uniform(2000, 10000, WEEKS), 0.0)[:, None]
    level = CarryOver(np.array([hold]), np.zeros(1), np.zeros(1), mails).at(mails, 0)[:, 0]
    brought = level / level.mean() * A_WEEK
    series = replace(shop.series, outcome=shop.series.outcome + brought, exposure_names=("newsletter",), exposures=mails)
    return series, brought


def of_newsletter(fit: ResponseFit) -> FloatArray:
    """What the newsletter brought in each week, by the fit [draw, week]."""
    none = np.zeros_like(fit.series.exposures)
    silent = replace(fit.baseline, organic=replace(fit.baseline.organic, before=np.zeros(1)))
    return fit.baseline_fitted() - silent.at(fit.weeks, fit.weeks[-1], fit.series.context, none)


@pytest.fixture(scope="module")
def lasting() -> tuple[ResponseFit, FloatArray]:
    series, brought = with_newsletter(1, hold=0.75)
    return fit_response(series, seed=1), brought


def test_a_newsletter_that_works_for_weeks_gets_what_it_brought_and_channels_do_not(lasting, monkeypatch):
    fit, brought = lasting
    monkeypatch.setattr("quarterdeck.response.model.organic.choose_carry_over", lambda series, *_: CarryOver(*np.zeros((3, 1)), series.exposures))
    plain = fit_response(fit.series, seed=1)
    truth = simulate_shop(1, weeks=WEEKS, noise=40.0).brought

    off, off_plain = (abs(of_newsletter(each).sum(axis=1).mean() / brought.sum() - 1) for each in (fit, plain))
    assert off < 0.15
    assert off_plain > 0.5
    taken, taken_plain = (sum(effect.brought.mean for effect in each.channel_effects().values()) / truth.sum() for each in (fit, plain))
    assert abs(taken - 1.0) < 0.25
    assert abs(taken - 1.0) < abs(taken_plain - 1.0)
    assert np.corrcoef(of_newsletter(fit).mean(axis=0), brought)[0, 1] > 0.98


def test_what_works_at_once_is_left_as_it_came():
    for hold, exposed in ((0.0, True), (0.75, False)):
        series, _ = with_newsletter(2, hold=hold)
        series = series if exposed else replace(series, exposures=np.random.default_rng(4).uniform(0, 9, (WEEKS, 1)))
        assert prepare(series, {}).organic.is_plain


def test_a_forecast_goes_on_with_what_was_sent_before_the_first_week_ahead():
    series, brought = with_newsletter(3, hold=0.75)
    last = int(np.flatnonzero(series.exposures[:-14, 0])[-1]) + 1
    fit = fit_response(series.rows(0, last), seed=1)
    ahead = {"spend_ahead": np.full((6, 2), 100.0), "context_ahead": None, "seed": 2}
    quiet = predict_outcome(fit, **ahead, exposures_ahead=np.zeros((6, 1))).baseline.mean(axis=0)
    forgotten = replace(fit, baseline=replace(fit.baseline, organic=fit.baseline.organic.over(np.zeros((last, 1)))))
    silent = predict_outcome(forgotten, **ahead, exposures_ahead=np.zeros((6, 1))).baseline.mean(axis=0)
    echo = brought[last - 1] * 0.75 ** np.arange(1, 7)
    assert quiet - silent == pytest.approx(echo, rel=0.35)


def test_a_forecast_in_one_go_or_seen_from_later_counts_an_exposure_alike(lasting):
    fit, _ = lasting
    fitted, part = fit.baseline_fitted(), slice(40, 60)
    seen = fit.baseline.at(fit.weeks[part], fit.weeks[-1], fit.series.context[part], fit.series.exposures[part])
    assert seen == pytest.approx(fitted[:, part], rel=1e-9)


def test_exposures_that_are_assumed_leave_the_mean_and_widen_the_range(lasting):
    fit, _ = lasting
    ahead = {"spend_ahead": np.full((8, 2), 100.0), "context_ahead": None, "exposures_ahead": fit.series.exposures[:8], "seed": 2}
    known, assumed = (predict_outcome(fit, **ahead, assumed=each).baseline for each in (None, np.ones((8, 1), dtype=bool)))
    assert assumed.mean(axis=0) == pytest.approx(known.mean(axis=0))
    assert (assumed.std(axis=0)[2:] > known.std(axis=0)[2:]).all()


def test_a_kept_fit_and_an_updated_one_go_on_alike(lasting):
    fit, _ = lasting
    back = from_tables(*to_tables(fit))
    assert not back.baseline.organic.is_plain
    assert np.array_equal(back.baseline_fitted(), fit.baseline_fitted())
    early = fit_response(fit.series.rows(0, WEEKS - 1), seed=1)
    updated = update_fit(early, fit.series, seed=1).fit
    assert np.array_equal(updated.baseline.organic.past, fit.series.exposures)
    assert len(updated.weeks) == WEEKS
