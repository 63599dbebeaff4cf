"""What a .qdc may hold: a fit of one series, a fit of geos, or curves alone; as tables and back."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response import tables as one_series
from quarterdeck.response.curves import ResponseCurves
from quarterdeck.response.fitted import ResponseFit
from quarterdeck.response.geo import tables as several_geos
from quarterdeck.response.geo.fitted import GeoFit
from quarterdeck.response.tables import Tables

Kept = ResponseFit | GeoFit | ResponseCurves
_CURVES, _VERSION = "curves", 1
_SHAPES = ("decay", "half", "ceiling", "form", "carry", "steepness", "delay")


def kept_to_tables(kept: Kept) -> tuple[dict[str, Any], Tables]:
    """`(meta, tables)` for a .qdc; `meta["kind"]` is "fit", "geo" or "curves"."""
    if isinstance(kept, GeoFit):
        return several_geos.to_tables(kept)
    if isinstance(kept, ResponseFit):
        meta, tables = one_series.to_tables(kept)
        return {"kind": "fit"} | meta, tables
    meta = {
        "kind": _CURVES,
        "curves_version": _VERSION,
        "metric": kept.metric,
        "channels": list(kept.channels),
        "last_week": kept.last_week.isoformat(),
        "step_days": kept.step_days,
    }
    columns = {name: getattr(kept, name).ravel() for name in _SHAPES}
    waiting = {f"waiting_{stage + 1}": kept.waiting[:, :, stage].ravel() for stage in range(2)}
    return meta, {"curves": {name: np.ascontiguousarray(values) for name, values in (columns | waiting).items()}}


def kept_from_tables(meta: dict[str, Any], tables: Tables) -> Kept:
    """What `kept_to_tables` was given; a meta without a kind is a fit. Raises InvalidInput for another kind or version."""
    kind = meta.get("kind", "fit")
    if kind == "geo":
        return several_geos.from_tables(meta, tables)
    if kind == "fit":
        return one_series.from_tables(meta, tables)
    if kind != _CURVES or meta.get("curves_version") != _VERSION:
        found = f"{kind}, version {meta.get('curves_version')}"
        problem = Problem(
            "RESPONSE-020",
            "saved curves",
            found,
            f"curves, version {_VERSION}",
            "Bring the curves in again, or read them with the version of Quarterdeck that wrote them.",
        )
        raise InvalidInput([problem], state="Nothing was read.")
    channels = tuple(meta["channels"])
    flat = {name: np.asarray(values).reshape(-1, len(channels)) for name, values in tables["curves"].items()}
    return ResponseCurves(
        meta["metric"],
        channels,
        date.fromisoformat(meta["last_week"]),
        flat["decay"],
        flat["half"],
        flat["ceiling"],
        flat["form"].astype(np.uint8),
        flat["carry"],
        flat["steepness"],
        flat["delay"],
        np.stack([flat["waiting_1"], flat["waiting_2"]], axis=2),
        meta["step_days"],
    )
