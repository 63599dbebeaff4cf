"""Findings about geos: those of all geos together, and what concerns a few of them, which are named."""

from __future__ import annotations

import numpy as np

from quarterdeck.response.findings.findings import find_about_data, find_about_fit
from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.geo.series import GeoSeries
from quarterdeck.response.series.series import FloatArray

_NAMED = 5
_BY_GEO = {
    "never_spent": "No money went to {channel} in {geos}: what it would bring there is taken from the other geos.",
    "spend_outlier": "One week of {channel} stands far above all others in {geos}: a slip of the decimal point, or a real burst?",
}


def find_about_geos(series: GeoSeries, returns: FloatArray) -> tuple[Finding, ...]:
    """What a person should know. returns [draw, channel] of all geos together."""
    total = series.in_total()
    about = find_about_data(total)
    alike = find_about_fit(total, returns, np.zeros((1, len(series))))
    return (*about, *alike, *_by_geo(series, {(each.code, each.channel) for each in about}))


def _by_geo(series: GeoSeries, known: set[tuple[str, str | None]]) -> list[Finding]:
    """One finding for a code and channel, with the geos that it concerns; what holds for all geos together is said there."""
    there: dict[tuple[str, str], list[str]] = {}
    for number, geo in enumerate(series.geos):
        for each in find_about_data(series.of_geo(number)):
            if each.channel is not None and each.code in _BY_GEO and (each.code, each.channel) not in known:
                there.setdefault((each.code, each.channel), []).append(geo)
    return [Finding(code, channel, _BY_GEO[code].format(channel=channel, geos=_named(geos))) for (code, channel), geos in sorted(there.items())]


def _named(geos: list[str]) -> str:
    return ", ".join(geos[:_NAMED]) + (f" and {len(geos) - _NAMED} more" if len(geos) > _NAMED else "")
