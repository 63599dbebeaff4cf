"""read_series_file: a CSV file that a person names as the series that a response is learned from. No site is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from quarterdeck.facts.parsed_table import DateFormat
from quarterdeck.facts.series_file import SeriesFile, SeriesOptions, SeriesRoles, parse_series
from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.operations.holidays.count_holidays import count_holidays, holiday_names
from quarterdeck.response.series.exposure_money import effective_spend, reach_spend
from quarterdeck.response.series.series import FloatArray, ResponseSeries

if TYPE_CHECKING:
    from quarterdeck.response.geo.series import GeoSeries

DATE_FORMATS: dict[str, DateFormat] = {"iso": "YYYY-MM-DD", "dmy": "DD/MM/YYYY", "mdy": "MM/DD/YYYY"}


@dataclass(frozen=True, eq=False)
class SeriesRead:
    """A file as numbers: `total` is the geos added up; `geos` None where there is one place only."""

    file: SeriesFile
    roles: SeriesRoles
    countries: tuple[str, ...]
    total: ResponseSeries
    geos: GeoSeries | None


def read_series_file(path: Path, roles: SeriesRoles, options: SeriesOptions, countries: tuple[str, ...] = ()) -> SeriesRead:
    """The series in `path`, with the public holidays of `countries` as context. Raises InvalidInput with everything that is wrong."""
    if roles.outcome is None:
        raise ValueError("a series needs an outcome")
    file = parse_series(read_bytes(path), roles, file_name=path.name, options=options)
    panel = {name: np.array(rows, dtype=np.float64) for name, rows in file.numbers.items()}
    names = file.context_names(roles.context)
    population = panel[roles.population].mean(axis=0) if roles.population else None
    spend, organic, context = (_stacked(panel, each, file) for each in (roles.spend, roles.organic, names))
    file = replace(file, notes=(*file.notes, *_count_by_what_was_bought(spend, panel, roles)))
    if countries:
        days = count_holidays(countries, file.days, file.step_days)
        context = np.concatenate([context, np.repeat(days[None], len(file.geos), axis=0)], axis=2)
    total = ResponseSeries(
        roles.outcome,
        file.days,
        roles.spend,
        spend.sum(axis=0),
        panel[roles.outcome].sum(axis=1),
        roles.organic,
        organic.sum(axis=0),
        (*names, *holiday_names(countries)),
        _weighed(context, population),
        file.step_days,
    )
    geos = _geo_series(total, file, spend, panel[roles.outcome].T, population, np.concatenate([context, organic], axis=2))
    return SeriesRead(file, roles, countries, total, geos)


def read_series_csv(
    path: str | Path,
    *,
    time: str,
    outcome: str,
    spend: Sequence[str],
    context: Sequence[str] = (),
    organic: Sequence[str] = (),
    geo: str | None = None,
    population: str | None = None,
    country: Sequence[str] = (),
    options: SeriesOptions | None = None,
) -> ResponseSeries | GeoSeries:
    """The columns of a CSV file as a series for `fit_response`; with `geo` and more than one of them, for `fit_geo`.

    Raises InvalidInput with everything that is wrong with the file.
    """
    roles = SeriesRoles(time, outcome, tuple(spend), tuple(organic), tuple(context), geo, population)
    read = read_series_file(Path(path), roles, options or SeriesOptions(), tuple(country))
    return read.total if read.geos is None else read.geos


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that a person named. Raises InvalidInput when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        problem = Problem("FILE-001", str(path), f"nothing that can be read ({error.strerror})", "a file", "Correct the path.")
        raise InvalidInput([problem], state="Nothing was read.") from error


def _count_by_what_was_bought(spend: FloatArray, panel: Mapping[str, FloatArray], roles: SeriesRoles) -> list[str]:
    """`spend` [geo, row, channel] changed in place to money that worked, and a sentence for each channel of which that is known."""
    contacts, people, times = dict(roles.exposure), dict(roles.reach), dict(roles.frequency)
    said = []
    for number, name in enumerate(roles.spend):
        money = spend[:, :, number]
        if name in times:
            often = panel[times[name]].T
            reached = panel[people[name]].T if name in people else _people(panel[contacts[name]].T, often)
            spend[:, :, number] = [reach_spend(*rows) for rows in zip(money, reached, often, strict=True)]
            said.append(f"{name} is read by reach and frequency ({people.get(name, contacts.get(name))}, {times[name]}).")
        elif name in contacts:
            spend[:, :, number] = [effective_spend(*rows) for rows in zip(money, panel[contacts[name]].T, strict=True)]
            said.append(f"{name} is read by what its money bought ({contacts[name]}).")
    return said


def _people(contacts: FloatArray, frequency: FloatArray) -> FloatArray:
    """How many people were reached, from contacts and contacts a person; nobody where there were none."""
    return np.asarray(np.where(frequency > 0, contacts / np.where(frequency > 0, frequency, 1.0), 0.0))


def _stacked(panel: Mapping[str, FloatArray], names: tuple[str, ...], file: SeriesFile) -> FloatArray:
    """[geo, row, name]."""
    return np.stack([panel[name].T for name in names], axis=2) if names else np.zeros((len(file.geos), len(file.days), 0))


def _weighed(context: FloatArray, population: FloatArray | None) -> FloatArray:
    """The context of all geos together [row, name]: their mean, weighed by population where it is known. context [geo, row, name]."""
    weight = np.ones(context.shape[0]) if population is None else population
    return np.asarray(np.einsum("gtk,g->tk", context, weight / weight.sum()))


def _geo_series(
    total: ResponseSeries, file: SeriesFile, spend: FloatArray, outcome: FloatArray, population: FloatArray | None, context: FloatArray
) -> GeoSeries | None:
    """The geos side by side; what was sent for nothing is context there. None where there is one place only."""
    if len(file.geos) < 2:
        return None
    from quarterdeck.response.geo.series import GeoSeries

    names = (*total.context_names, *total.exposure_names)
    return GeoSeries(total.metric, file.geos, file.days, total.channels, spend, outcome, population, names, context, file.step_days)
