"""read_series_file: a CSV file that a person names as the series that a response is learned from. No site is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from quarterdeck.facts.parsed_table import DateFormat
from quarterdeck.facts.series_file import SeriesFile, SeriesOptions, SeriesRoles, parse_series
from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.series import FloatArray, ResponseSeries

DATE_FORMATS: dict[str, DateFormat] = {"iso": "YYYY-MM-DD", "dmy": "DD/MM/YYYY", "mdy": "MM/DD/YYYY"}


@dataclass(frozen=True, eq=False)
class SeriesRead:
    """A file as numbers. `panel`: column -> [row, geo]; `population [geo]` None where none was named; `total`: the geos added up."""

    file: SeriesFile
    roles: SeriesRoles
    panel: Mapping[str, FloatArray]
    population: FloatArray | None
    total: ResponseSeries
    context_columns: tuple[str, ...] = field(default_factory=tuple)

    @property
    def is_by_geo(self) -> bool:
        """Whether there is more than one geo."""
        return len(self.file.geos) > 1


def read_series_file(path: Path, roles: SeriesRoles, options: SeriesOptions) -> SeriesRead:
    """The series in `path`. Raises InvalidInput with everything that is wrong with the file."""
    if roles.outcome is None:
        raise ValueError("a series needs an outcome")
    found = parse_series(read_bytes(path), roles, file_name=path.name, options=options)
    panel = {name: np.array(rows, dtype=np.float64) for name, rows in found.numbers.items()}
    context = found.context_names(roles.context)
    population = panel[roles.population].mean(axis=0) if roles.population else None
    total = ResponseSeries(
        roles.outcome,
        found.days,
        roles.spend,
        _stacked(panel, roles.spend, len(found.days)).sum(axis=1),
        panel[roles.outcome].sum(axis=1),
        roles.organic,
        _stacked(panel, roles.organic, len(found.days)).sum(axis=1),
        context,
        _weighed(_stacked(panel, context, len(found.days)), population),
        found.step_days,
    )
    return SeriesRead(found, roles, panel, population, total, context)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that a person named. Raises InvalidInput when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        problem = Problem("FILE-001", str(path), f"nothing that can be read ({error.strerror})", "a file", "Correct the path.")
        raise InvalidInput([problem], state="Nothing was read.") from error


def _stacked(panel: Mapping[str, FloatArray], names: tuple[str, ...], rows: int) -> FloatArray:
    """[row, geo, name]."""
    geos = next(iter(panel.values())).shape[1]
    return np.stack([panel[name] for name in names], axis=2) if names else np.zeros((rows, geos, 0))


def _weighed(context: FloatArray, population: FloatArray | None) -> FloatArray:
    """The context of all geos together [row, name]: their mean, weighed by population where it is known. context [row, geo, name]."""
    weight = np.ones(context.shape[1]) if population is None else population
    return np.asarray(np.einsum("tgk,g->tk", context, weight / weight.sum()))
