"""From the series of geos to a fit: check, sample until converged, and give back draws in the outcome's own units for every geo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from quarterdeck.response.fitting.diagnostics import FitDiagnostics
from quarterdeck.response.geo.checks import check_geos
from quarterdeck.response.geo.converged import has_converged, run_until_converged, seek_curves
from quarterdeck.response.geo.drawn import Picked, fit_of_geo
from quarterdeck.response.geo.findings import find_about_geos
from quarterdeck.response.geo.fitted import GeoFit
from quarterdeck.response.geo.series import GeoSeries
from quarterdeck.response.geo.setting import Setting
from quarterdeck.response.geo.state import Chains
from quarterdeck.response.priors.priors import ReturnPrior, prior_sds


def fit_geo(
    series: GeoSeries, *, seed: int, priors: Mapping[str, ReturnPrior] | None = None, forms: Literal["auto", "one"] = "auto", draws: int = 400
) -> GeoFit:
    """A fit of all geos of `series` together with `draws` draws, the same for the same input and seed.

    Each geo has a baseline and noise of its own; carry-over and saturation (half in money per head) of a channel are the same in all geos; what a
    channel brings per head lies around a level that all geos share, so that a geo with few facts is drawn to the others. Shocks that move all geos in
    the same week are part of the model. `priors` are about the return of a channel in all geos together. `forms`: "auto" weighs several forms of
    curves, "one" takes geometric carry-over with logistic saturation, which is faster.
    Raises: InvalidInput as `fit_response` for the sum of all geos, and for a geo whose outcome never changes (RESPONSE-036) or that has no size
    (RESPONSE-037).
    """
    check_geos(series, priors or {})
    rng = np.random.default_rng(seed)
    setting, state = seek_curves(series, priors or {}, one_form=forms == "one", rng=rng)
    chains, checked = run_until_converged(setting, state, rng)
    return _fitted(setting, chains, checked, draws=draws, seed=seed, rng=rng)


def _fitted(setting: Setting, chains: Chains, checked: tuple[float, float], *, draws: int, seed: int, rng: np.random.Generator) -> GeoFit:
    picked, series = Picked.of(chains, draws), setting.series
    converged = has_converged(*checked), *checked
    fits = tuple(fit_of_geo(setting, picked, number, converged, seed=seed, rng=rng) for number in range(len(series.geos)))
    brought = np.sum([fit.returns * fit.spend.sum(axis=0) for fit in fits], axis=0)
    money = series.spend.sum(axis=(0, 1))
    level = np.einsum("gdc,g->dc", picked.coefficient, setting.heads / setting.heads.sum()) / setting.money
    returns = np.where(money > 0, brought / np.where(money > 0, money, 1.0), level)
    found = find_about_geos(series, returns)
    gain = float(sum(fit.diagnostics.media_gain for fit in fits))
    sd = picked.shock_sd * setting.scale if setting.view.problem.shocks else np.zeros(draws)
    shocks = picked.shock[:, setting.view.problem.week] * setting.scale if setting.view.problem.shocks else np.zeros((draws, len(series)))
    diagnostics = FitDiagnostics(*converged, gain, found)
    return GeoFit(series, fits, returns, sd, shocks, setting.beliefs.stated, prior_sds(setting.beliefs, returns), diagnostics, seed)
