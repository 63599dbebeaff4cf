"""with_holidays: the public holidays of a company's markets as context of its own series, where the series asks for them; they are known for any week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.operations.holidays.count_holidays import count_days, holidays_in
from quarterdeck.response.series.calendar_context import asks_for, is_of_calendar, with_context
from quarterdeck.response.series.series import FloatArray, ResponseSeries

MOST_MARKETS = 3
"""Holidays of the markets that a strategy names first are averaged over them; nobody says how much is sold in each."""
_HOLIDAYS = "holidays "


def with_holidays(series: ResponseSeries, markets: Sequence[str]) -> ResponseSeries:
    """`series`, with one more column of context where the public holidays of the first markets make its outcome much likelier (`asks_for`)."""
    name = column_of(markets)
    if name is None or name in series.context_names:
        return series
    column = _column(name, series.starts)
    return with_context(series, name, column) if asks_for(series, column) else series


def with_holidays_of(series: ResponseSeries, context_names: Sequence[str]) -> ResponseSeries:
    """`series` with the columns of holidays that stand among `context_names`, and no others: as a fit of fewer weeks had them."""
    wanted = [name for name in context_names if is_of_calendar(name)]
    kept = [number for number, name in enumerate(series.context_names) if not is_of_calendar(name) or name in wanted]
    found = replace(series, context_names=tuple(series.context_names[number] for number in kept), context=series.context[:, kept])
    for name in wanted:
        if name not in found.context_names:
            found = with_context(found, name, _column(name, series.starts))
    return found


def put_holidays(names: Sequence[str], weeks: Sequence[date], values: FloatArray) -> FloatArray:
    """`values` [week, name] with the columns of holidays that hold nothing (NaN throughout) as the calendar has them."""
    filled = values.copy()
    for number, name in enumerate(names):
        if is_of_calendar(name) and np.isnan(values[:, number]).all():
            filled[:, number] = _column(name, weeks)
    return filled


def column_of(markets: Sequence[str]) -> str | None:
    """The name of the column that holds the holidays of the first markets: `holidays GB`, `holidays GB+IE`; None where the calendar knows none of them."""
    import holidays

    known = holidays.list_supported_countries()
    found = [market for market in dict.fromkeys(each.upper() for each in markets) if market in known][:MOST_MARKETS]
    return _HOLIDAYS + "+".join(found) if found else None


def days_of(name: str, years: Iterable[int]) -> dict[date, tuple[str, ...]]:
    """Day -> names of the holidays that a column counts, in the first of its markets."""
    return {day: tuple(told.split("; ")) for day, told in sorted(holidays_in(_countries(name)[0], years).items())}


def _column(name: str, weeks: Sequence[date]) -> FloatArray:
    """Public holidays in each of `weeks` [week]: the mean over the markets of the column."""
    if not weeks:
        return np.zeros(0)
    years = range(weeks[0].year, weeks[-1].year + 2)
    return np.asarray(count_days([holidays_in(country, years) for country in _countries(name)], weeks, DAYS_PER_WEEK).mean(axis=1))


def _countries(name: str) -> list[str]:
    return name.removeprefix(_HOLIDAYS).split("+")
