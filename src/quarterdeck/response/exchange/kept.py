"""What a .qdc may hold: a fit of one series, a fit of geos, or curves alone; as tables and back."""

from __future__ import annotations

from datetime import date
from typing import Any

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.exchange import tables as one_series
from quarterdeck.response.exchange.tables import Tables
from quarterdeck.response.geo import tables as several_geos
from quarterdeck.response.geo.fitted import GeoFit

Kept = ResponseFit | GeoFit | ResponseCurves
_CURVES, _VERSION = "curves", 1


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
    return meta, {"curves": one_series.curve_columns(kept)}


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
    last = date.fromisoformat(meta["last_week"])
    return one_series.curves_of(tables["curves"], meta["metric"], tuple(meta["channels"]), last, meta["step_days"])
