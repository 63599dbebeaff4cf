"""One matching form against answers that need no sampler, and as a fit like any other."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from scipy.special import log_ndtr

from quarterdeck.response.fitting.one_form import fit_one_form, media_of, spread_over_cells
from quarterdeck.response.fitting.one_form_draws import convergence, draw_one_form, prepare_one_form
from quarterdeck.response.fitting.one_form_grid import OneFormGrid, lag_weights, lasting_decay, whole_grid
from quarterdeck.response.series.series import FloatArray, ResponseSeries

FIRST_DAY = date(2022, 1, 3)


def simulated(
    seed: int, *, rows: int = 110, channels: int = 2, noise: float = 3.0, step_days: int = 7, contexts: int = 1
) -> tuple[ResponseSeries, FloatArray]:
    """A series made by the form itself, and what each channel truly brought [channel]."""
    rng = np.random.default_rng(seed)
    spend = rng.gamma(1.5, 100.0, size=(rows, channels)) * (rng.random((rows, channels)) < 0.8)
    scaled = spend / spend.max(axis=0)
    level = np.zeros((rows, channels))
    for lag, share in enumerate(lag_weights(np.array(0.4), 8)):
        level[lag:] += share * scaled[: rows - lag]
    media = np.tanh(0.5 * np.linspace(4.0, 2.0, channels) * level) * np.linspace(60.0, 30.0, channels)
    context = rng.standard_normal((rows, contexts))
    outcome = 100.0 + 4.0 * context[:, :1].sum(axis=1) + media.sum(axis=1) + noise * rng.standard_normal(rows)
    starts = tuple(FIRST_DAY + timedelta(days=step_days * row) for row in range(rows))
    names = tuple(f"channel_{number}" for number in range(channels))
    words = tuple(f"context_{number}" for number in range(contexts))
    series = ResponseSeries("revenue", starts, names, spend, outcome, context_names=words, context=context, step_days=step_days)
    return series, media.sum(axis=0)


def exact_posterior(series: ResponseSeries, sds: FloatArray) -> tuple[float, float]:
    """Mean and sd of what one channel brings, as a share of the largest outcome: quadrature over carry-over, steepness and noise, the coefficient and the
    intercept in closed form under the priors as they are stated."""
    model, rows = prepare_one_form(series), len(series)
    grid, moments = whole_grid(1, 60), np.zeros(3)
    feature = grid.features(model.spend, 8)[0]
    logs, means, variances = [], [], []
    for sd in sds:
        inside = np.eye(rows) * sd**2 + 4.0  # noise, and the intercept's Normal(0, 2)
        inverse, log_det = np.linalg.inv(inside), np.linalg.slogdet(inside)[1]
        precision = np.einsum("kt,ts,ks->k", feature, inverse, feature) + 0.25
        middle, spread = feature @ inverse @ model.outcome / precision, precision**-0.5
        at = middle / spread
        logs.append(
            grid.log_prior[0]
            - 0.5 * log_det
            - 0.5 * model.outcome @ inverse @ model.outcome
            + 0.5 * at**2
            + np.log(spread)
            + log_ndtr(at)
            - sd**2 / 8
        )
        hazard = np.exp(-0.5 * at**2 - 0.5 * np.log(2 * np.pi) - log_ndtr(at))
        means.append((middle + spread * hazard) * feature.sum(axis=1))
        variances.append(spread**2 * (1.0 - at * hazard - hazard**2) * feature.sum(axis=1) ** 2)
    weight = np.exp(np.array(logs) - np.max(logs))
    for part, value in enumerate((1.0, np.array(means), np.array(variances) + np.array(means) ** 2)):
        moments[part] = (weight * value).sum()
    mean = moments[1] / moments[0]
    return float(mean), float(np.sqrt(moments[2] / moments[0] - mean**2))


@pytest.mark.parametrize("noise", [1.5, 12.0], ids=["clear", "hidden_in_noise"])
def test_draws_agree_with_quadrature_over_the_model_as_it_is_stated(noise: float):
    # given: less than a year, so that there are no waves
    series, _ = simulated(3, rows=45, channels=1, noise=noise, contexts=0)
    size = float(series.outcome.max())
    mean, sd = exact_posterior(series, np.linspace(0.5, 2.2, 60) * noise / size)
    # when
    drawn = draw_one_form(prepare_one_form(series), np.random.default_rng(1))
    # then
    assert drawn.brought.mean() == pytest.approx(mean, abs=0.08 * sd)
    assert drawn.brought.std() == pytest.approx(sd, rel=0.06)


def test_a_finer_grid_answers_alike():
    series, _ = simulated(5)
    model = prepare_one_form(series)
    coarse, fine = (draw_one_form(model, np.random.default_rng(2), size=size).brought for size in (10, 24))
    for channel in range(2):
        error = 1.25 * fine[..., channel].std() * (1 / 3000 + 1 / 3000) ** 0.5
        assert np.median(coarse[..., channel]) == pytest.approx(np.median(fine[..., channel]), abs=4 * error)
        assert coarse[..., channel].std() == pytest.approx(fine[..., channel].std(), rel=0.08)


def test_four_thousand_draws_are_nearly_independent():
    series, _ = simulated(7, channels=4)
    drawn = draw_one_form(prepare_one_form(series), np.random.default_rng(3))
    rhat_max, ess_min = convergence(drawn)
    assert drawn.sigma.size == 4000
    assert rhat_max <= 1.01
    assert ess_min >= 2000


def test_a_series_made_by_the_form_is_recovered_and_the_same_seed_gives_the_same_bytes():
    # given
    series, truth = simulated(11)
    # when
    fit, again = (fit_one_form(series, seed=4) for _ in range(2))
    # then
    effects = fit.channel_effects()
    for name, brought in zip(series.channels, truth, strict=True):
        low, high = np.quantile(effects[name].contribution, [0.005, 0.995])
        assert low < brought < high
        assert np.median(effects[name].contribution) == pytest.approx(brought, rel=0.2)
    assert fit.returns.tobytes() == again.returns.tobytes()
    assert fit.curves.carry.tobytes() == again.curves.carry.tobytes()
    assert fit.diagnostics.ok
    assert fit.diagnostics.media_gain > 0


def test_its_curves_and_its_baseline_add_up_to_the_outcome():
    series, _ = simulated(13)
    fit = fit_one_form(series, seed=5)
    media = fit.media_fitted()
    assert np.median(media.sum(axis=1), axis=0) == pytest.approx(np.median(fit.returns, axis=0) * series.spend.sum(axis=0), rel=0.01)
    left = series.outcome - media.sum(axis=2).mean(axis=0) - fit.baseline_fitted().mean(axis=0)
    assert left.std() == pytest.approx(3.0, rel=0.3)
    assert abs(left.mean()) < 0.5


def test_the_features_of_the_grid_are_the_media_of_its_cells():
    series, _ = simulated(17, rows=30)
    model, grid = prepare_one_form(series), OneFormGrid(np.array([[0.1, 0.5], [0.3, 2.0]]), np.array([[0.1, 0.5], [0.05, 1.0]]), 3)
    cells = np.stack([grid.carry.T, grid.steepness.T])
    plain = media_of(model, cells[0], cells[1], np.ones((9, 2)))
    assert grid.features(model.spend, 8).transpose(1, 2, 0) == pytest.approx(plain)
    assert (grid.nearest(cells[0], cells[1]) == np.arange(9)[:, None]).all()


def test_draws_spread_over_their_cells_bring_what_they_brought():
    # given
    series, _ = simulated(23)
    model, rng = prepare_one_form(series), np.random.default_rng(8)
    drawn = draw_one_form(model, rng)
    carry, steepness, coefficient = (each.reshape(-1, 2)[::10] for each in (drawn.carry, drawn.steepness, drawn.coefficient))
    # when
    moved = spread_over_cells(model, drawn.spacing, (carry, steepness, coefficient), rng)
    # then
    assert media_of(model, *moved).sum(axis=1) == pytest.approx(media_of(model, carry, steepness, coefficient).sum(axis=1))
    assert (np.abs(moved[0] - carry) <= drawn.spacing[:, 0] / 2 + 1e-12).all()
    assert len(np.unique(moved[1])) > len(np.unique(steepness))


def test_a_cut_off_carry_over_and_the_endless_one_that_stands_for_it_are_late_alike():
    decay = lasting_decay(np.array([0.0, 0.5, 0.9]), 8)
    assert decay[0] == 0.0
    assert decay[1] == pytest.approx(0.5, abs=0.03)  # hardly cut off
    assert decay[2] < 0.8  # cut off while much was still to come


@pytest.mark.parametrize("change", ["never_spent", "constant_context", "few_rows", "days"])
def test_a_series_that_says_little_is_fitted_all_the_same(change: str):
    # given
    rows, step_days = (9, 7) if change == "few_rows" else (120, 1) if change == "days" else (60, 7)
    series, _ = simulated(19, rows=rows, contexts=6 if change == "few_rows" else 1, step_days=step_days)
    if change == "never_spent":
        series.spend[:, 1] = 0.0
    if change == "constant_context":
        series.context[:] = 0.0
    # when
    fit = fit_one_form(series, seed=6)
    # then
    assert np.isfinite(fit.returns).all()
    assert np.isfinite(fit.baseline_fitted()).all()
    if change == "never_spent":
        assert fit.channel_effects()["channel_1"].prior_share > 0.8
        assert (fit.channel_effects()["channel_1"].contribution == 0).all()
