"""Curves from a model of PyMC-Marketing, as draws.

Its geometric carry-over is cut off after l_max rows, ours is endless: the decay brought in is the one whose money works as late on average.
Sources: PyMC-Marketing 1.3, `mmm.transformers` (logistic_saturation, michaelis_menten, hill_function, tanh_saturation, geometric_adstock).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from quarterdeck.response.curves.curves import HILL, HYPERBOLIC, LOGISTIC, ResponseCurves
from quarterdeck.response.exchange.imported_draws import Group, after_spend, names_in, read_days, read_draws, refuse, step_of
from quarterdeck.response.fitting.one_form_grid import lasting_decay
from quarterdeck.response.series.series import FloatArray

_L_MAX = 8
Parts = tuple[int, FloatArray, FloatArray, FloatArray]
"""Form, half (scaled), ceiling (scaled), steepness."""


def curves_from_pymc(idata: Any, *, metric: str | None = None) -> ResponseCurves:
    """The curves of a fitted MMM: `idata` is its InferenceData or DataTree, or the same read from a file. Units are those of the data it was fitted on.

    Geometric carry-over (or none) before logistic, tanh, Michaelis-Menten or Hill saturation; one market, effects that do not change over time.
    Raises: InvalidInput for any other model (RESPONSE-058).
    """
    posterior, constant = _group(idata, "posterior"), _group(idata, "constant_data")
    told = {str(name): value for name, value in dict(getattr(idata, "attrs", {})).items()}
    _check_kind(told)
    channels = tuple(str(name) for name in np.asarray(constant["channel"].values))
    days = read_days(constant["date"].values)
    channel_scale = np.asarray(constant["channel_scale"].values, dtype=np.float64).reshape(-1)
    target_scale = float(np.asarray(constant["target_scale"].values).reshape(-1)[0])
    form, half, ceiling, steepness = _saturation(posterior, told, len(channels))
    decay, gathered = _adstock(posterior, told, len(channels), len(half))
    curves = ResponseCurves(
        metric or str(told.get("target_column", "outcome")),
        channels,
        days[-1],
        decay,
        half * channel_scale / gathered,
        ceiling * target_scale,
        np.full(half.shape, form, dtype=np.uint8),
        np.zeros(half.shape),
        steepness,
        step_days=step_of(days),
    )
    return after_spend(curves, np.asarray(constant["channel_data"].values, dtype=np.float64))


def _group(idata: Any, name: str) -> Group:
    try:
        found: Group = idata[name]
    except (KeyError, TypeError, AttributeError):
        raise refuse(name, "no such group", f"a group {name}", "Save the model with its `save`, which keeps all groups.") from None
    return found


def _check_kind(told: Mapping[str, Any]) -> None:
    for name, expected in (("adstock_first", "carry-over before saturation"), ("time_varying_media", "effects that do not change over time")):
        if str(told.get(name, "")).lower() == ("false" if name == "adstock_first" else "true"):
            raise refuse(name, str(told[name]), expected, "Such a model has no curve of this kind.")
    if str(told.get("link", "identity")) != "identity":
        raise refuse("link", str(told["link"]), "identity", "A model of the logarithm has no curve of its own for a channel.")


def _part(told: Mapping[str, Any], name: str) -> tuple[str | None, dict[str, Any]]:
    """What the model says of its adstock or saturation: the kind in small letters without its last word, and its settings."""
    text = told.get(name)
    try:
        found = json.loads(text) if isinstance(text, str) else {}
    except ValueError:
        found = {}
    kind = str(found.get("__type__", found.get("lookup_name", ""))).rsplit(".", 1)[-1].lower()
    return kind.removesuffix(name).replace("_", "") or None, found


def _saturation(posterior: Group, told: Mapping[str, Any], count: int) -> Parts:
    names = {name.removeprefix("saturation_") for name in names_in(posterior) if name.startswith("saturation_")}
    kind, _ = _part(told, "saturation")
    for known, needed, read in _SATURATIONS:
        if kind == known or (kind is None and names == needed):
            return read(lambda name: read_draws(posterior, f"saturation_{name}", "channel", count))
    found = kind or ", ".join(sorted(names)) or "none"
    raise refuse("saturation", found, "logistic, tanh, Michaelis-Menten or Hill", "Fit the other model with one of these.")


def _logistic(draws: Callable[[str], FloatArray]) -> Parts:
    lam = draws("lam")
    return LOGISTIC, 2.0 / lam, draws("beta"), np.ones_like(lam)


def _tanh(draws: Callable[[str], FloatArray]) -> Parts:
    top = draws("b")
    return LOGISTIC, top * draws("c"), top, np.ones_like(top)


def _michaelis_menten(draws: Callable[[str], FloatArray]) -> Parts:
    half = draws("lam")
    return HYPERBOLIC, half, draws("alpha"), np.ones_like(half)


def _hill(draws: Callable[[str], FloatArray]) -> Parts:
    return HILL, draws("kappa"), draws("beta"), draws("slope")


_SATURATIONS: tuple[tuple[str, set[str], Callable[[Callable[[str], FloatArray]], Parts]], ...] = (
    ("logistic", {"lam", "beta"}, _logistic),
    ("tanh", {"b", "c"}, _tanh),
    ("michaelismenten", {"alpha", "lam"}, _michaelis_menten),
    ("hill", {"slope", "kappa", "beta"}, _hill),
)


def _adstock(posterior: Group, told: Mapping[str, Any], count: int, draws: int) -> tuple[FloatArray, FloatArray]:
    """Decay [draw, channel], and by how much a steady spend is gathered up (1 where its weights add up to 1)."""
    kind, settings = _part(told, "adstock")
    if kind == "no" or (kind is None and "adstock_alpha" not in names_in(posterior)):
        return np.zeros((draws, count)), np.ones((draws, count))
    if kind not in (None, "geometric") or "adstock_theta" in names_in(posterior):
        raise refuse("adstock", str(kind), "geometric", "Fit the other model with geometric carry-over.")
    if settings.get("mode", "After") not in ("After", "ConvMode.After"):
        raise refuse("adstock.mode", str(settings["mode"]), "After", "Only what follows the money is carried over.")
    alpha, longest = read_draws(posterior, "adstock_alpha", "channel", count), int(settings.get("l_max", _L_MAX))
    gathered = np.ones_like(alpha) if settings.get("normalize", True) else (alpha[:, :, None] ** np.arange(longest)).sum(axis=2)
    return lasting_decay(alpha, longest), gathered
