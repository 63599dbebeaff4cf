"""A fit of geos as tables and back, bit for bit: the tables of each geo's fit one below the other, told apart by a column `geo`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.exchange import tables as one_geo
from quarterdeck.response.exchange.tables import Column, Tables
from quarterdeck.response.geo.fitted import GeoFit
from quarterdeck.response.geo.series import GeoSeries
from quarterdeck.response.priors.priors import ReturnPrior

KIND, VERSION = "geo", 1


def is_geo(meta: dict[str, Any]) -> bool:
    """Whether tables with this meta are a fit of geos, to be read by `from_tables` of this module."""
    return meta.get("kind") == KIND


def to_tables(fit: GeoFit) -> tuple[dict[str, Any], Tables]:
    """`(meta, tables)`: meta fits JSON, `meta["kind"]` is "geo". Tables as in `response.exchange.tables` with one more column `geo` (its number), and: geos
    (row a geo), common (row a draw: sd of the common shock, returns in total, shocks by row), priors (row a channel)."""
    meta: dict[str, Any] = {
        "kind": KIND,
        "geo_version": VERSION,
        "metric": fit.metric,
        "channels": list(fit.channels),
        "geos": list(fit.geos),
        "has_population": fit.series.population is not None,
        "seed": fit.seed,
        "priors": [asdict(prior) for prior in fit.priors],
        "diagnostics": one_geo.keep_diagnostics(fit.diagnostics),
        "fits": [],
    }
    parts: dict[str, list[dict[str, Column]]] = {}
    for number, one in enumerate(fit.fits):
        head, tables = one_geo.to_tables(one)
        meta["fits"].append(head)
        for name, table in tables.items():
            rows = len(next(iter(table.values()))) if table else 0
            parts.setdefault(name, []).append({"geo": np.full(rows, number), **table})
    whole = {name: {column: np.concatenate([part[column] for part in each]) for column in each[0]} for name, each in parts.items()}
    whole["geos"] = {"heads": fit.series.heads}
    whole["common"] = {"shock": fit.shock, **_columns("return", fit.returns.T), **_columns("shock_of_row", fit.shocks.T)}
    whole["priors"] = {"prior_sd": fit.prior_sds}
    return meta, whole


def from_tables(meta: dict[str, Any], tables: Tables) -> GeoFit:
    """The fit that `to_tables` was given. Raises: InvalidInput for another kind or version of the format (RESPONSE-035)."""
    if meta.get("kind") != KIND or meta.get("geo_version") != VERSION:
        found = f"kind {meta.get('kind')}, version {meta.get('geo_version')}"
        problem = Problem(
            "RESPONSE-035",
            "saved fit of geos",
            found,
            f"kind {KIND}, version {VERSION}",
            "Fit again, or read it with the version of Quarterdeck that wrote it.",
        )
        raise InvalidInput([problem], state="Nothing was read.")
    own = ("geos", "common", "priors")
    fits = []
    for number, head in enumerate(meta["fits"]):
        part = {name: _of_geo(table, number) for name, table in tables.items() if name not in own}
        fits.append(one_geo.from_tables(head, part))
    first = fits[0].series
    series = GeoSeries(
        meta["metric"],
        tuple(meta["geos"]),
        first.starts,
        first.channels,
        np.stack([fit.series.spend for fit in fits]),
        np.stack([fit.series.outcome for fit in fits]),
        tables["geos"]["heads"] if meta["has_population"] else None,
        first.context_names,
        np.stack([fit.series.context for fit in fits]),
        first.step_days,
    )
    common = tables["common"]
    return GeoFit(
        series,
        tuple(fits),
        _matrix("return", common),
        common["shock"],
        _matrix("shock_of_row", common),
        tuple(ReturnPrior(**prior) for prior in meta["priors"]),
        tables["priors"]["prior_sd"],
        one_geo.read_diagnostics(meta["diagnostics"]),
        meta["seed"],
    )


def _of_geo(table: dict[str, Column], number: int) -> dict[str, Column]:
    there = np.asarray(table["geo"]) == number
    return {name: np.asarray(values)[there] for name, values in table.items() if name != "geo"}


def _columns(name: str, rows: Column) -> dict[str, Column]:
    return {f"{name}_{number:04d}": np.ascontiguousarray(row) for number, row in enumerate(rows)}


def _matrix(name: str, table: dict[str, Column]) -> Column:
    found = one_geo.numbered_columns(name, table)
    return np.stack(found, axis=1) if found else np.zeros((len(table["shock"]), 0))
