"""What makes a series of geos impossible to fit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.fitting.fit import check_series
from quarterdeck.response.geo.series import GeoSeries
from quarterdeck.response.priors.priors import ReturnPrior


def check_geos(series: GeoSeries, priors: Mapping[str, ReturnPrior]) -> None:
    """Raises InvalidInput with everything that makes `series` impossible to fit."""
    problems: list[Problem] = []
    try:
        check_series(series.in_total(), priors)
    except InvalidInput as found:
        problems += found.problems
    for number, geo in enumerate(series.geos):
        if len(series) and np.ptp(series.outcome[number]) == 0:
            fix = "Check the import, or leave the geo out."
            problems.append(Problem("RESPONSE-036", f"outcome of {geo}", "the same in every row", "an outcome that changes", fix))
        elif series.population is None and not series.outcome[number].mean() > 0:
            fix = "Give the population of every geo, or leave the geo out."
            problems.append(Problem("RESPONSE-037", f"size of {geo}", "a mean outcome that is not above 0", "a geo of some size", fix))
        if series.population is not None and not (np.isfinite(series.population[number]) and series.population[number] > 0):
            problems.append(Problem("RESPONSE-033", "population", f"{series.population[number]:g} in {geo}", "a number above 0", "Correct it."))
    if problems:
        raise InvalidInput(problems, state="Nothing was fitted.")
