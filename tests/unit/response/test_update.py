"""A fit learns from new weeks without jumping, and is made again where it must be."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from shops import simulate_shop

from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.exchange.tables import from_tables, to_tables
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.forecasts.forecast import predict_outcome
from quarterdeck.response.learning.update import MOST_ROWS, NeedsRefit, reweigh_fit, rows_since_refit, update_fit
from quarterdeck.response.series.series import ResponseSeries

WEEKS = 90


@cache
def shop(seed: int, rows: int = MOST_ROWS + 1) -> ResponseSeries:
    """A shop of two channels whose base wanders."""
    return simulate_shop(seed, weeks=WEEKS + rows, wander=8.0).series


@cache
def first_fit(seed: int) -> ResponseFit:
    return fit_response(shop(seed).rows(0, WEEKS), seed=1)


def until(seed: int, rows: int) -> ResponseSeries:
    return shop(seed).rows(0, WEEKS + rows)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_adding_four_weeks_agrees_with_a_fit_of_all_of_them(seed: int):
    updated = update_fit(first_fit(seed), until(seed, 4), seed=1)
    whole = fit_response(until(seed, 4), seed=1)
    off = (updated.fit.returns.mean(axis=0) - whole.returns.mean(axis=0)) / whole.returns.std(axis=0)
    width = updated.fit.returns.std(axis=0) / whole.returns.std(axis=0)
    assert np.abs(off).max() < 0.35
    assert np.abs(width - 1.0).max() < 0.2
    assert not updated.was_refitted


@pytest.mark.parametrize("seed", [1, 2])
def test_two_weeks_one_after_the_other_are_as_good_as_both_at_once(seed: int):
    once = update_fit(first_fit(seed), until(seed, 2), seed=1).fit
    twice = update_fit(update_fit(first_fit(seed), until(seed, 1), seed=1).fit, until(seed, 2), seed=1).fit
    off = (once.returns.mean(axis=0) - twice.returns.mean(axis=0)) / once.returns.std(axis=0)
    assert np.abs(off).max() < 0.15
    assert rows_since_refit(once) == rows_since_refit(twice) == 2
    assert twice.weeks == until(seed, 2).starts


def test_weeks_as_foretold_change_nothing_on_average_and_no_more_than_they_teach():
    # given: thirty weeks, each drawn from what the fit itself foretells
    fit, known = first_fit(1), until(1, 0)
    spend = shop(1).spend[[WEEKS]]
    ahead = predict_outcome(fit, spend_ahead=spend, context_ahead=None, exposures_ahead=None, seed=5).outcome[:, 0]
    means, variances = [], []
    for value in ahead[:: len(ahead) // 30][:30]:
        series = replace(
            known, starts=shop(1).starts[: WEEKS + 1], spend=np.concatenate([known.spend, spend]), outcome=np.append(known.outcome, value),
            context=np.zeros((WEEKS + 1, 0)), exposures=np.zeros((WEEKS + 1, 0)),
        )  # fmt: skip
        found = reweigh_fit(fit, series, seed=1)
        if not isinstance(found, NeedsRefit):
            means.append(found.fit.curves.ceiling.mean(axis=0))
            variances.append(found.fit.curves.ceiling.var(axis=0))
    # then: the law of total variance, within Monte-Carlo noise
    before = fit.curves.ceiling
    moved = (np.array(means) - before.mean(axis=0)) / before.std(axis=0)
    learned = 1.0 - np.mean(variances, axis=0) / before.var(axis=0)
    assert len(means) >= 27
    assert np.abs(moved.mean(axis=0)).max() < 0.1
    assert (moved**2).mean(axis=0).max() < max(float(learned.max()), 0.0) + 0.05


def test_the_answer_is_the_same_each_time_and_may_be_kept_and_read_again():
    one, again = (update_fit(first_fit(2), until(2, 3), seed=7).fit for _ in range(2))
    kept = from_tables(*to_tables(one))
    assert np.array_equal(one.returns, again.returns)
    assert np.array_equal(kept.baseline.level, one.baseline.level)
    assert rows_since_refit(kept) == 3
    assert update_fit(kept, until(2, 4), seed=7).fit.draws == one.draws


def test_without_a_new_week_nothing_changes():
    updated = update_fit(first_fit(1), until(1, 0), seed=3)
    assert updated.fit is first_fit(1)
    assert all(not change.is_beyond_noise and change.moved == 0.0 for change in updated.changes)


def test_the_longer_series_is_explained_by_the_same_draws():
    updated = update_fit(first_fit(3), until(3, 4), seed=1).fit
    explained = (updated.baseline_fitted() + updated.media_fitted().sum(axis=2)).mean(axis=0)
    left = until(3, 4).outcome - explained
    assert left[-4:].std() < 2.5 * updated.sigma.mean()
    contribution = updated.media_fitted().sum(axis=1)
    assert contribution == pytest.approx(updated.returns * updated.spend.sum(axis=0), rel=0.02, abs=1.0)
    ahead = predict_outcome(updated, spend_ahead=shop(3).spend[[-1]], context_ahead=None, exposures_ahead=None, seed=1)
    assert ahead.weeks[0] == updated.weeks[-1] + updated.series.step


def test_a_shocked_week_asks_for_a_new_fit():
    series = until(1, 1)
    shocked = replace(series, outcome=np.append(series.outcome[:-1], series.outcome[-1] + 20.0 * float(first_fit(1).sigma.mean())))
    found = reweigh_fit(first_fit(1), shocked, seed=1)
    assert isinstance(found, NeedsRefit)
    assert "too far from what was expected" in found.why


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(lambda s: replace(s, channels=("channel_0", "new")), "channels are not what they were", id="a new channel"),
        pytest.param(lambda s: replace(s, context_names=("price",), context=np.ones((len(s), 1))), "context are not", id="new context"),
        pytest.param(lambda s: replace(s, outcome=s.outcome * np.where(np.arange(len(s)) == 5, 4.0, 1.0)), "corrected figures were too far", id="a large correction"),
        pytest.param(lambda s: s.rows(1, len(s)), "do not follow", id="other weeks"),
        pytest.param(lambda _: shop(1), f"More than {MOST_ROWS} weeks", id="too many weeks"),
    ],
)  # fmt: skip
def test_what_weights_cannot_do_is_said(change, said: str):
    found = reweigh_fit(first_fit(1), change(until(1, 2)), seed=1)
    assert isinstance(found, NeedsRefit)
    assert said in found.why


def test_a_fit_made_again_says_why():
    found = update_fit(first_fit(1), shop(1), seed=1)
    assert found.was_refitted
    assert found.why_refitted is not None
    assert rows_since_refit(found.fit) == 0
    assert found.fit.weeks == shop(1).starts


def test_corrections_of_known_weeks_are_taken_up_as_a_new_fit_would():
    # given: three weeks whose sales and one whose spend were corrected, and a new week
    series = until(2, 1)
    outcome, spend = series.outcome.copy(), series.spend.copy()
    outcome[[70, 80, 85]] += [60.0, -50.0, 80.0]
    spend[75, 0] *= 1.3
    series = replace(series, outcome=outcome, spend=spend)
    # when
    updated, whole = reweigh_fit(first_fit(2), series, seed=1), fit_response(series, seed=1)
    # then
    assert not isinstance(updated, NeedsRefit)
    off = (updated.fit.returns.mean(axis=0) - whole.returns.mean(axis=0)) / whole.returns.std(axis=0)
    assert np.abs(off).max() < 0.35
    assert np.array_equal(updated.fit.series.spend, spend)
    assert updated.fit.media_fitted().sum(axis=1) == pytest.approx(updated.fit.returns * spend.sum(axis=0), rel=0.02, abs=1.0)
