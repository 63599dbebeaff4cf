"""The rows ahead of several geos as arrays: money and context as a person gives them, by name, for a geo or for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.forecasts.assumed import assume_ahead
from quarterdeck.response.forecasts.forecast import BoolArray
from quarterdeck.response.geo.series import GeoSeries
from quarterdeck.response.series.series import FloatArray

SPLIT_ROWS = 13
"""Money ahead that is given in total is split over geos as in so many of the last rows."""
ByGeo = Sequence[float] | Mapping[str, Sequence[float]]
"""Values by row: for all geos, or for the geos that are named."""
Ahead = FloatArray | Mapping[str, ByGeo]
STATE = "Nothing was forecast."
_Value = TypeVar("_Value")


def spend_by_geo(series: GeoSeries, ahead: Ahead | None, rows: int | None) -> FloatArray:
    """Money [geo, row, channel] of the rows that follow `series`.

    ahead: `[geo, row, channel]`; `[row, channel]` of all geos together, split as in the last 13 rows; by channel, the amounts of all geos together
    (split alike) or of geos by name, where a channel or geo that is left out gets nothing; None: the mean of those rows in each of `rows` rows (13 when
    not given). Raises: InvalidInput for shapes (RESPONSE-034), names (RESPONSE-052) and amounts (RESPONSE-053) that do not fit.
    """
    if ahead is None:
        return np.repeat(series.spend[:, -SPLIT_ROWS:].mean(axis=1)[:, None], rows or SPLIT_ROWS, axis=1)
    if isinstance(ahead, Mapping):
        return _named_spend(series, ahead, rows)
    spend, geos, channels = np.asarray(ahead, dtype=np.float64), len(series.geos), len(series.channels)
    if spend.ndim == 3 and spend.shape == (geos, spend.shape[1], channels):
        return spend
    if spend.ndim != 2 or spend.shape[1] != channels:
        raise _wrong_shape("spend_ahead", spend.shape, f"rows by {channels} channels, or {geos} geos by rows by channels")
    return spend * split_shares(series)[:, None]


def context_by_geo(series: GeoSeries, ahead: Ahead | None, rows: int, assumed: BoolArray | None) -> tuple[FloatArray | None, BoolArray | None]:
    """Context [geo, row, name] of the `rows` rows that follow `series`, and where it is not known but assumed [geo, row, name]; None: nowhere.

    ahead: `[geo, row, name]`; `[row, name]`, the same in every geo; by name, the values of all geos or of geos by name, where what is left out is
    assumed as in the same week a year before; None: the mean of each geo's fitted rows. Raises: as `spend_by_geo`.
    """
    shape = len(series.geos), rows, len(series.context_names)
    if assumed is not None and np.shape(assumed) != shape:
        raise _wrong_shape("assumed", np.shape(assumed), _by(shape))
    if ahead is None:
        return None, assumed
    if isinstance(ahead, Mapping):
        context, known = _named_context(series, ahead, rows)
        return context, ~known if assumed is None else assumed | ~known
    context = np.asarray(ahead, dtype=np.float64)
    if context.shape == shape[1:]:
        context = np.repeat(context[None], shape[0], axis=0)
    if context.shape != shape:
        raise _wrong_shape("context_ahead", context.shape, f"{_by(shape)}, or without geos where it is the same in all of them")
    return context, assumed


def split_shares(series: GeoSeries) -> FloatArray:
    """Each geo's share of a channel's money in the last 13 rows [geo, channel]; where it had none then, of all rows, else of all heads."""
    last, whole = series.spend[:, -SPLIT_ROWS:].sum(axis=1), series.spend.sum(axis=1)
    money = np.where(last.sum(axis=0) > 0, last, whole)
    money = np.where(money.sum(axis=0) > 0, money, series.heads[:, None])
    shares: FloatArray = money / money.sum(axis=0)
    return shares


def _named_spend(series: GeoSeries, ahead: Mapping[str, ByGeo], rows: int | None) -> FloatArray:
    given = [values for plan in ahead.values() for values in (plan.values() if isinstance(plan, Mapping) else [plan])]
    count = rows or (len(given[0]) if given else SPLIT_ROWS)
    spend, shares, problems = np.zeros((len(series.geos), count, len(series.channels))), split_shares(series), list[Problem]()
    for name, plan, number in _found(ahead, series.channels, "spend_ahead", "channels", problems):
        if isinstance(plan, Mapping):
            for geo, values, place in _found(plan, series.geos, f"spend_ahead of {name}", "geos", problems):
                spend[place, :, number] = _amounts(values, count, f"spend_ahead of {name} in {geo}", problems, least=0.0)
        else:
            spend[:, :, number] = shares[:, number, None] * _amounts(plan, count, f"spend_ahead of {name}", problems, least=0.0)
    _raise(problems)
    return spend


def _named_context(series: GeoSeries, ahead: Mapping[str, ByGeo], rows: int) -> tuple[FloatArray, BoolArray]:
    parts = [series.of_geo(number) for number in range(len(series.geos))]
    days = tuple(series.starts[-1] + number * parts[0].step for number in range(1, rows + 1))
    context = np.stack([assume_ahead(part, days)[0] for part in parts])
    known, problems = np.zeros(context.shape, dtype=np.bool_), list[Problem]()
    for name, told, number in _found(ahead, series.context_names, "context_ahead", "context", problems):
        if isinstance(told, Mapping):
            for geo, values, place in _found(told, series.geos, f"context_ahead of {name}", "geos", problems):
                context[place, :, number] = _amounts(values, rows, f"context_ahead of {name} in {geo}", problems, least=-np.inf)
                known[place, :, number] = True
        else:
            context[:, :, number] = _amounts(told, rows, f"context_ahead of {name}", problems, least=-np.inf)
            known[:, :, number] = True
    _raise(problems)
    return context, known


def _found(given: Mapping[str, _Value], names: tuple[str, ...], where: str, what: str, problems: list[Problem]) -> list[tuple[str, _Value, int]]:
    """What is `given` under one of `names`, with its place among them; other names are problems."""
    expected = f"one of the {what} of the fit: {', '.join(names) or 'none'}"
    problems += [Problem("RESPONSE-052", where, name, expected, "Correct the name.") for name in given if name not in names]
    return [(name, value, names.index(name)) for name, value in given.items() if name in names]


def _amounts(values: Sequence[float], rows: int, where: str, problems: list[Problem], *, least: float) -> FloatArray:
    read = np.asarray(values, dtype=np.float64)
    if read.shape != (rows,):
        problems.append(Problem("RESPONSE-053", where, f"{read.size} amounts", f"{rows} amounts, one a row", "Give one amount for each row ahead."))
        return np.zeros(rows)
    if not (np.isfinite(read) & (read >= least)).all():
        expected = "numbers" if np.isinf(least) else "amounts of 0 or more"
        problems.append(Problem("RESPONSE-053", where, "a value that is none of them", expected, "Correct it."))
    return read


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise InvalidInput(problems, state=STATE)


def _by(shape: tuple[int, int, int]) -> str:
    return f"{shape[0]} geos by {shape[1]} rows by {shape[2]} columns"


def _wrong_shape(where: str, found: tuple[int, ...], expected: str) -> InvalidInput:
    problem = Problem("RESPONSE-034", where, f"an array of shape {found}", expected, "Give the geos and channels in the order of the fit.")
    return InvalidInput([problem], state=STATE)
