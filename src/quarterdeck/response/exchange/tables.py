"""A fit as tables and back, bit for bit: what is kept in the lake and the ledger."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from math import isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.baseline.block import Scaling
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.curves.fitted import BaselineDraws, ResponseFit
from quarterdeck.response.fitting.diagnostics import Finding, FitDiagnostics
from quarterdeck.response.model.drift import Drift
from quarterdeck.response.model.noise import NoiseShape
from quarterdeck.response.model.organic import CarryOver
from quarterdeck.response.priors.priors import ReturnPrior
from quarterdeck.response.series.series import FloatArray, ResponseSeries

VERSION = 2
_ORGANIC = ("decay", "bend", "before")
_SHAPES = ("decay", "half", "ceiling", "form", "carry", "steepness", "delay")
_BASELINE_PARTS = ("level", "wave", "week", "context", "exposures", "weekday")
Column = npt.NDArray[Any]
Tables = dict[str, dict[str, Column]]


def to_tables(fit: ResponseFit) -> tuple[dict[str, Any], Tables]:
    """`(meta, tables)`: meta fits JSON; every table is columns of one length. Tables: weeks (row a week), curves (row a draw and channel,
    draw first), draws (row a draw), knots, channels, context, exposures (row a column that was scaled); where effects may have changed also
    drift (row a draw, channel and knot), drift_knots, drift_rows (row a fitted row) and drift_ceiling (row a draw and channel)."""
    series, baseline = fit.series, fit.baseline
    meta = {
        "version": VERSION,
        "metric": fit.metric,
        "channels": list(fit.channels),
        "context": list(series.context_names),
        "exposures": list(series.exposure_names),
        "step_days": series.step_days,
        "seed": fit.seed,
        "events_that_last": [bool(lasts) for lasts in fit.baseline.event_lasts],
        "noise_shape": asdict(fit.noise_shape),
        "priors": [asdict(prior) for prior in fit.priors],
        "diagnostics": keep_diagnostics(fit.diagnostics),
    }
    weeks = {
        "week": np.array([start.isoformat() for start in series.starts]),
        "outcome": series.outcome,
        **_columns("spend", series.spend),
        **_columns("context", series.context),
        **_columns("exposure", series.exposures),
    }
    draws = {"sigma": fit.sigma, "slope": baseline.slope, "step": baseline.step}
    weeks |= _columns("event", baseline.events) if baseline.event.size else {}
    for name in (*_BASELINE_PARTS, "event"):
        draws |= _columns(name, getattr(baseline, name))
    tables = {
        "weeks": weeks,
        "curves": curve_columns(fit.curves) | {"return": fit.returns.ravel()},
        "draws": draws,
        "knots": {"at": baseline.knots},
        "channels": {"carry_in": fit.carry_in, "prior_sd": fit.prior_sds},
        "context": _scaling_columns(baseline.context_scaling),
        "exposures": _scaling_columns(baseline.exposure_scaling) | _organic_columns(baseline.organic),
    }
    return meta, tables | ({} if fit.drift is None else _drift_tables(fit.drift))


def from_tables(meta: dict[str, Any], tables: Tables) -> ResponseFit:
    """The fit that `to_tables` was given. Raises: InvalidInput for another version of the format."""
    if meta.get("version") != VERSION:
        raise InvalidInput(
            [
                Problem(
                    "RESPONSE-020",
                    "saved fit",
                    f"format version {meta.get('version')}",
                    f"version {VERSION}",
                    "Fit again, or read it with the version of Quarterdeck that wrote it.",
                )
            ],
            state="Nothing was read.",
        )
    weeks, draws = tables["weeks"], tables["draws"]
    names = {part: tuple(meta[part]) for part in ("channels", "context", "exposures")}
    starts = tuple(date.fromisoformat(str(week)) for week in weeks["week"])
    series = ResponseSeries(
        meta["metric"],
        starts,
        names["channels"],
        _matrix("spend", weeks, len(starts)),
        weeks["outcome"],
        names["exposures"],
        _matrix("exposure", weeks, len(starts)),
        names["context"],
        _matrix("context", weeks, len(starts)),
        meta["step_days"],
    )
    count = len(draws["sigma"])
    returns = np.asarray(tables["curves"]["return"]).reshape(count, len(names["channels"]))
    return ResponseFit(
        series,
        curves_of(tables["curves"], meta["metric"], names["channels"], starts[-1], meta["step_days"]),
        returns,
        tables["channels"]["carry_in"],
        _read_baseline(tables, meta, series.exposures),
        draws["sigma"],
        NoiseShape(**meta["noise_shape"]),
        tuple(ReturnPrior(**prior) for prior in meta["priors"]),
        tables["channels"]["prior_sd"],
        read_diagnostics(meta["diagnostics"]),
        meta["seed"],
        _read_drift(tables, len(names["channels"])),
    )


def curve_columns(curves: ResponseCurves) -> dict[str, Column]:
    """The curves as columns, row a draw and channel, draw first."""
    columns = {name: getattr(curves, name).ravel() for name in _SHAPES}
    waiting = {f"waiting_{stage + 1}": curves.waiting[:, :, stage].ravel() for stage in range(2)}
    return {name: np.ascontiguousarray(values) for name, values in (columns | waiting).items()}


def curves_of(columns: dict[str, Column], metric: str, channels: tuple[str, ...], last: date, step_days: int) -> ResponseCurves:
    """The curves that `curve_columns` was given. `last`: the first day of the last row that they know."""
    flat = {name: np.asarray(values).reshape(-1, len(channels)) for name, values in columns.items()}
    shapes = {name: flat[name] for name in _SHAPES} | {"form": flat["form"].astype(np.uint8)}
    waiting = np.stack([flat["waiting_1"], flat["waiting_2"]], axis=2)
    return ResponseCurves(metric, channels, last, **shapes, waiting=waiting, step_days=step_days)


def numbered_columns(name: str, table: dict[str, Column]) -> list[Column]:
    """The columns `name_000`, `name_001`, ... of a table, by their number."""
    numbers = {int(tail): column for column in table if (tail := column.removeprefix(f"{name}_")) != column and tail.isdigit()}
    return [table[numbers[number]] for number in sorted(numbers)]


def read_diagnostics(kept: dict[str, Any]) -> FitDiagnostics:
    """The diagnostics as they were kept in JSON; a figure that is null was endless."""
    figures: dict[str, Any] = {name: float("inf") if value is None else value for name, value in kept.items()}
    return FitDiagnostics(**figures | {"findings": tuple(Finding(**finding) for finding in kept["findings"])})


def keep_diagnostics(diagnostics: FitDiagnostics) -> dict[str, Any]:
    """The diagnostics as JSON can hold them: a figure that is endless is null."""
    figures = {name: None if isinstance(value, float) and not isfinite(value) else value for name, value in asdict(diagnostics).items()}
    return figures | {"findings": [asdict(finding) for finding in diagnostics.findings]}


def _read_baseline(tables: Tables, meta: dict[str, Any], sent: FloatArray) -> BaselineDraws:
    draws = tables["draws"]
    level, wave, week, context, exposures, weekday = (_matrix(name, draws, len(draws["sigma"])) for name in _BASELINE_PARTS)
    scaled = [Scaling(tables[name]["centre"], tables[name]["scale"]) for name in ("context", "exposures")]
    parts = (tables["knots"]["at"], level, draws["slope"], wave, week, context, exposures, draws["step"], scaled[0], scaled[1], weekday)
    event, events = _matrix("event", draws, len(draws["sigma"])), _matrix("event", tables["weeks"], len(tables["weeks"]["outcome"]))
    kept = tables["exposures"]
    organic = CarryOver(kept["decay"], kept["bend"], kept["before"], sent) if "decay" in kept else CarryOver()
    return BaselineDraws(*parts, meta["step_days"], event, events, np.array(meta.get("events_that_last", []), dtype=bool), organic)


def _drift_tables(drift: Drift) -> Tables:
    return {
        "drift": {"change": drift.change.ravel()},
        "drift_knots": {"at": drift.knots},
        "drift_rows": _columns("feature", drift.feature),
        "drift_ceiling": {"ceiling": drift.ceiling.ravel()},
    }


def _read_drift(tables: Tables, channels: int) -> Drift | None:
    """None where nothing was kept of it."""
    if "drift" not in tables:
        return None
    knots, rows = tables["drift_knots"]["at"], tables["drift_rows"]
    change = np.asarray(tables["drift"]["change"]).reshape(-1, channels, len(knots))
    return Drift(knots, change, _matrix("feature", rows, 0), np.asarray(tables["drift_ceiling"]["ceiling"]).reshape(-1, channels))


def _columns(name: str, matrix: FloatArray) -> dict[str, Column]:
    """One column a table column: name_000, name_001, ..."""
    return {f"{name}_{number:03d}": np.ascontiguousarray(column) for number, column in enumerate(matrix.T)}


def _matrix(name: str, table: dict[str, Column], rows: int) -> FloatArray:
    found = numbered_columns(name, table)
    return np.stack(found, axis=1).astype(np.float64) if found else np.zeros((rows, 0))


def _scaling_columns(scaling: Scaling) -> dict[str, Column]:
    return {"centre": scaling.centre, "scale": scaling.scale}


def _organic_columns(organic: CarryOver) -> dict[str, Column]:
    return {name: getattr(organic, name) for name in _ORGANIC} if organic.decay.size else {}
