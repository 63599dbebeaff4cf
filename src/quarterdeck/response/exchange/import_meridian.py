"""Curves from a model of Meridian, as draws.

Meridian keeps returns and shapes in its posterior, but not the media that they are relative to: spend (and, where it was fitted on impressions, those) come with
the model object, or are given. Money is taken to buy impressions at its average cost. Its carry-over is cut off after `max_lag` rows, ours is endless:
the decay brought in is the one whose money works as late on average, and the ceiling is such that each draw brings what its return says.
Sources: Meridian 2.1, `model.adstock_hill` (adstock, then Hill, ec and slope) and `model.transformers.MediaTransformer` (scaled by the median above 0).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from quarterdeck.response.curves.curves import HILL, ResponseCurves
from quarterdeck.response.exchange.imported_draws import Group, after_spend, names_in, read_days, read_draws, refuse, step_of
from quarterdeck.response.fitting.one_form_grid import lasting_decay
from quarterdeck.response.series.series import FloatArray

MAX_LAG = 8


@dataclass(frozen=True, eq=False)
class MeridianRows:
    """What a national model was fitted on: `days [row]`, `spend [row, channel]` (money), `media [row, channel]` (impressions; None: spend itself)."""

    days: tuple[date, ...]
    spend: FloatArray
    media: FloatArray | None = None


def curves_from_meridian(inference_data: Any, rows: MeridianRows, *, metric: str = "outcome", max_lag: int = MAX_LAG) -> ResponseCurves:
    """The curves of paid media (reach and frequency aside) of a national model; `inference_data` is what Meridian sampled, or the same read from a file.

    `rows.spend` has a column for each of `channels_of_meridian`, in that order. The metric is what its returns are in: revenue, where it knows revenue.
    Raises: InvalidInput for a model without returns or of several geos, or rows that do not fit (RESPONSE-058).
    """
    posterior: Group = inference_data["posterior"]
    channels = channels_of_meridian(inference_data)
    money, cost = _money(rows, channels)
    count = len(channels)
    alpha, half, steepness, returns = (read_draws(posterior, name, "media_channel", count) for name in ("alpha_m", "ec_m", "slope_m", "roi_m"))
    curves = ResponseCurves(
        metric,
        channels,
        rows.days[-1],
        lasting_decay(alpha, max_lag + 1),
        half * _usual(money / cost) * cost,
        np.ones_like(alpha),
        np.full(alpha.shape, HILL, dtype=np.uint8),
        np.zeros(alpha.shape),
        np.array(steepness),
        step_days=step_of(rows.days),
    )
    return after_spend(_scaled_to(curves, returns * rows.spend.sum(axis=0), money), money)


def curves_from_meridian_model(mmm: Any, *, metric: str = "outcome") -> ResponseCurves:
    """The same from a fitted `Meridian` object in memory. Raises: as `curves_from_meridian`."""
    data = mmm.input_data
    if len(np.asarray(data.geo.values)) > 1:
        raise refuse("geos", f"{len(np.asarray(data.geo.values))} geos", "a national model", "Models of several geos cannot be brought in.")
    decay = str(getattr(mmm.model_spec, "adstock_decay_spec", "geometric"))
    if decay != "geometric" or getattr(mmm.model_spec, "hill_before_adstock", False):
        raise refuse("adstock", decay, "geometric carry-over, then saturation", "Fit the other model with geometric carry-over.")
    spend, media = np.asarray(data.media_spend.values, dtype=np.float64), np.asarray(data.media.values, dtype=np.float64)[0]
    days = read_days(data.media_time.values)
    if spend.ndim == 1 or spend.shape[-2] != len(days):  # known in total, or for fewer rows than media
        total = spend.reshape(-1, spend.shape[-1]).sum(axis=0)
        spend = media * total / media.sum(axis=0)
    rows = MeridianRows(days, spend.reshape(len(days), -1), media)
    return curves_from_meridian(mmm.inference_data, rows, metric=metric, max_lag=int(mmm.model_spec.max_lag))


def channels_of_meridian(inference_data: Any) -> tuple[str, ...]:
    """The paid channels of the model, in its order. Raises InvalidInput when it has none (RESPONSE-058)."""
    try:
        posterior: Group = inference_data["posterior"]
        return tuple(str(name) for name in np.asarray(posterior["media_channel"].values))
    except (KeyError, TypeError, AttributeError):
        raise refuse(
            "posterior", "no media channels", "a posterior that Meridian sampled", "Save `inference_data` after `sample_posterior`."
        ) from None


def left_out_of_meridian(inference_data: Any) -> Sequence[str]:
    """Channels of reach and frequency, which are not brought in."""
    posterior: Group = inference_data["posterior"]
    return [str(name) for name in np.asarray(posterior["rf_channel"].values)] if "rf_channel" in names_in(posterior) else []


def _money(rows: MeridianRows, channels: tuple[str, ...]) -> tuple[FloatArray, FloatArray]:
    """What the media would have cost at their average cost [row, channel], and that cost [channel]."""
    media = rows.spend if rows.media is None else rows.media
    for name, values in (("spend", rows.spend), ("media", media)):
        if values.shape != (len(rows.days), len(channels)):
            found = f"{values.shape[0]} rows of {values.shape[-1]} channels"
            raise refuse(name, found, f"{len(rows.days)} rows of {', '.join(channels)}", "Give one column for each channel of the model.")
        if (values.sum(axis=0) <= 0).any():
            raise refuse(name, "a channel without any", "some in every channel", "Leave the channel out of the other model.")
    cost = rows.spend.sum(axis=0) / media.sum(axis=0)
    return np.asarray(media * cost), np.asarray(cost)


def _usual(media: FloatArray) -> FloatArray:
    """The median of what is above 0, by channel."""
    return np.array([float(np.median(column[column > 0])) for column in media.T])


def _scaled_to(curves: ResponseCurves, brought: FloatArray, money: FloatArray) -> ResponseCurves:
    """Curves whose contributions to `money` [row, channel] add up to `brought` [draw, channel]."""
    shape = curves.started(np.zeros(len(curves.channels))).contribution(money).sum(axis=1)
    ceiling = np.where(shape > 0, brought / np.where(shape > 0, shape, 1.0), 0.0)
    return replace(curves, ceiling=ceiling)
