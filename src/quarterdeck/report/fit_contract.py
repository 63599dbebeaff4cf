"""Fits and forecasts as the JSON that programs read: keys and meanings stay the same from version to version (docs/reference/fit-and-forecast.md)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.curves.summary import Summary, summarise
from quarterdeck.response.fitting.diagnostics import Finding, FitDiagnostics
from quarterdeck.response.forecasts.forecast import Forecast, chance_of_total
from quarterdeck.response.geo.fitted import GeoFit
from quarterdeck.response.series.series import FloatArray


@dataclass(frozen=True)
class HeldOut:
    """How the periods held out were forecast: `mape` a fraction, `crps` in units of the outcome, `coverage80` a share."""

    mape: float | None
    crps: float
    coverage80: float


@dataclass(frozen=True, eq=False)
class ChannelDraws:
    """What one channel brought over the rows fitted, as draws, and the money it was given; `prior_share` as in `ChannelEffect`."""

    id: str
    contribution: FloatArray
    spend: float
    prior_share: float


def channels_of(fit: ResponseFit | GeoFit) -> list[ChannelDraws]:
    """The channels of a fit, in its order; geos added up."""
    money = fit.series.spend.reshape(-1, len(fit.channels)).sum(axis=0)
    effects = fit.channel_effects()
    return [
        ChannelDraws(name, effects[name].contribution, float(money[number]), effects[name].prior_share) for number, name in enumerate(fit.channels)
    ]


def mape_of(expected: FloatArray, outcome: FloatArray) -> float | None:
    """Mean absolute error as a fraction of the outcome, over rows whose outcome is not 0; None when there is none."""
    seen = outcome != 0
    return float(np.abs((expected[seen] - outcome[seen]) / outcome[seen]).mean()) if seen.any() else None


def fit_json(
    channels: Sequence[ChannelDraws],
    diagnostics: FitDiagnostics,
    *,
    mape_in: float | None,
    held_out: HeldOut | None,
    is_ok: bool,
    findings: Iterable[Finding],
    seconds: float,
) -> dict[str, Any]:
    """`quarterdeck fit ... --json`. Figures that do not exist are null: the return of a channel without spend, `*_out` without a hold-out."""
    return {
        "channels": [_channel(channel) for channel in channels],
        "fit": {
            "mape_in": _figure(mape_in),
            "mape_out": _figure(held_out.mape) if held_out else None,
            "crps_out": _figure(held_out.crps) if held_out else None,
            "coverage80_out": _figure(held_out.coverage80) if held_out else None,
        },
        "diagnostics": {
            "ok": is_ok,
            "rhat_max": _figure(diagnostics.rhat_max),
            "ess_min": _figure(diagnostics.ess_min),
            "findings": [{"code": finding.code, "channel": finding.channel, "text": finding.text} for finding in findings],
        },
        "seconds": round(seconds, 3),
    }


def forecast_json(forecasts: Iterable[Forecast], target: float | None) -> dict[str, Any]:
    """`quarterdeck forecast ... --json`: one entry a plan, in the order given; `chance` is null without a target."""
    return {"plans": [_plan(forecast.in_weeks(), target) for forecast in forecasts]}


def figures_of(summary: Summary) -> dict[str, float | None]:
    """The six figures of a distribution."""
    return {name: _figure(getattr(summary, name)) for name in ("mean", "p05", "p10", "p50", "p90", "p95")}


def _channel(channel: ChannelDraws) -> dict[str, Any]:
    return {
        "id": channel.id,
        "contribution": figures_of(summarise(channel.contribution)),
        "roi": figures_of(summarise(channel.contribution / channel.spend)) if channel.spend > 0 else None,
        "prior_share": _figure(channel.prior_share),
    }


def _plan(forecast: Forecast, target: float | None) -> dict[str, Any]:
    return {
        "total": figures_of(forecast.total()),
        "weekly": [figures_of(week) for week in forecast.by_week()],
        "chance": None if target is None else _figure(chance_of_total(forecast, target)),
    }


def _figure(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)
