"""Effects that change over time are found, averaged with constant ones, and reckoned with as they are at the end."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from shops import simulate_shop

from quarterdeck.response.baseline.block import STEPS
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.exchange.tables import from_tables, to_tables
from quarterdeck.response.fitting import fit as fitting
from quarterdeck.response.fitting.fit import fit_response, prepare
from quarterdeck.response.fitting.whitened import Whitened
from quarterdeck.response.learning.untried import with_channel
from quarterdeck.response.learning.update import Update, reweigh_fit
from quarterdeck.response.model.cells import carry_before, carry_over
from quarterdeck.response.model.drift import MOST, times_usual
from quarterdeck.response.series.series import FloatArray, ResponseSeries

WEEKS = 130
SEEDS = (1, 2, 3)


def brought_by_first(series: ResponseSeries, total: float) -> FloatArray:
    """What the first channel of a simulated shop brings in each row, `total` in all, were its effect constant."""
    level = carry_over(series.spend[:, :1], carry_before(series.spend)[:1], np.array([0.3]))[0, 0]
    shape = level / (level + 120.0)
    return np.asarray(shape * total / shape.sum())


@cache
def halved(seed: int) -> tuple[ResponseSeries, float]:
    """A shop whose first channel halves its effect midway, and what that channel brings in its last 13 weeks."""
    shop = simulate_shop(seed, weeks=WEEKS, returns=(4.0, 1.0))
    first = brought_by_first(shop.series, float(shop.brought[0]))
    lost = 0.5 * first * (np.arange(WEEKS) >= WEEKS // 2)
    return replace(shop.series, outcome=shop.series.outcome - lost), float((first - lost)[-13:].sum())


@cache
def fit_of_halved(seed: int) -> ResponseFit:
    return fit_response(halved(seed)[0], seed=1)


def last_quarter(fit: ResponseFit) -> float:
    """What the curves ahead say of the first channel under the spend of the last 13 weeks."""
    return float(fit.curves.started(fit.carry_in).contribution(fit.spend)[:, -13:, 0].sum(axis=1).mean())


def codes(fit: ResponseFit) -> list[tuple[str, str | None]]:
    return [(each.code, each.channel) for each in fit.diagnostics.findings]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_channel_that_halves_its_effect_is_found_and_no_other(seed: int):
    fit = fit_of_halved(seed)
    assert [channel for code, channel in codes(fit) if code == "effect_changed"] == ["channel_0"]
    assert fit.diagnostics.ok


def test_curves_ahead_are_nearer_the_truth_than_constant_effects_would_be(monkeypatch: pytest.MonkeyPatch):
    varying = [abs(last_quarter(fit_of_halved(seed)) / halved(seed)[1] - 1.0) for seed in SEEDS]
    monkeypatch.setattr(fitting, "let_effects_vary", lambda *_: None)
    constant = [abs(last_quarter(fit_response(halved(seed)[0], seed=1)) / halved(seed)[1] - 1.0) for seed in SEEDS]
    assert np.mean(varying) < 0.6 * np.mean(constant)


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5, 6])
def test_constant_effects_raise_no_finding(seed: int):
    fit = fit_response(simulate_shop(seed, weeks=WEEKS, returns=(4.0, 1.0)).series, seed=1)
    assert "effect_changed" not in dict(codes(fit))


def test_short_histories_are_never_thought_to_change():
    series = halved(1)[0]
    assert fit_response(series.rows(40, 115), seed=1).drift is None
    assert fit_response(series, seed=1, is_brief=True).drift is None


@pytest.mark.parametrize("seed", SEEDS)
def test_parts_add_up_to_what_was_fitted(seed: int):
    fit, series = fit_of_halved(seed), halved(seed)[0]
    media = fit.media_fitted()
    left = series.outcome - (fit.baseline_fitted() + media.sum(axis=2)).mean(axis=0)
    assert 0.7 < left.std() / fit.sigma.mean() < 1.1
    assert np.allclose(media.sum(axis=1), fit.returns * series.spend.sum(axis=0))


def test_the_same_series_and_seed_give_the_same_bytes():
    again = fit_response(halved(1)[0], seed=1)
    fit = fit_of_halved(1)
    assert again.drift is not None and fit.drift is not None
    assert again.drift.change.tobytes() == fit.drift.change.tobytes()
    assert again.curves.ceiling.tobytes() == fit.curves.ceiling.tobytes()
    assert again.baseline.level.tobytes() == fit.baseline.level.tobytes()


def test_a_fit_survives_its_tables_and_older_tables_know_of_no_change():
    fit = fit_of_halved(1)
    meta, tables = to_tables(fit)
    back = from_tables(meta, tables)
    assert back.media_fitted().tobytes() == fit.media_fitted().tobytes()
    assert from_tables(meta, {name: table for name, table in tables.items() if not name.startswith("drift")}).drift is None


def test_new_weeks_go_on_from_the_effect_at_the_end():
    series = halved(2)[0]
    fit = fit_response(series.rows(0, WEEKS - 2), seed=1)
    update = reweigh_fit(fit, series, seed=1)
    assert isinstance(update, Update)
    updated = update.fit
    media = updated.media_fitted()
    assert media.shape == (fit.draws, WEEKS, 2)
    assert np.allclose(media.sum(axis=1), updated.returns * series.spend.sum(axis=0))
    assert ("effect_changed", "channel_0") in codes(updated)


def test_a_channel_that_was_never_tried_can_stand_beside_changing_ones():
    fit = fit_of_halved(1)
    joined = with_channel(fit, "new", a_row=100.0, seed=1)
    assert np.allclose(joined.media_fitted()[:, :, :2], fit.media_fitted())
    assert not joined.media_fitted()[:, :, 2].any()


def test_the_effect_at_the_end_is_never_below_none_nor_far_above_the_usual():
    change, brings = np.array([-3.0, -0.5, 0.0, 9.0, 5.0]), np.array([1.0, 1.0, 1.0, 1.0, 0.0])
    assert times_usual(change, brings).tolist() == [0.0, 0.5, 1.0, MOST, 1.0]


def test_adding_blocks_is_the_same_as_building_all_of_them_at_once():
    whitened = prepare(halved(1)[0], {}).whitened
    problem = whitened.problem
    extra = np.random.default_rng(1).standard_normal((WEEKS, 3))
    wide = replace(
        problem.blocks[1],
        columns=np.concatenate([problem.blocks[1].columns, extra], axis=1),
        prior_sd=np.append(problem.blocks[1].prior_sd, np.ones(3)),
    )
    added = whitened.with_blocks((wide,), np.log([0.1]))
    anew = Whitened(added.problem)
    assert len(added.problem.blocks) == len(STEPS) + 1
    for part in ("half_log_det", "seen", "strength", "outcome", "root", "inverse"):
        assert np.allclose(np.asarray(getattr(added, part)), np.asarray(getattr(anew, part)), atol=1e-9)
