"""count_holidays: how many public holidays fall into each row of a series, by country."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.series.series import FloatArray

_PART_OF = {"GB": "ENG"}
"""Where holidays differ inside a country: the largest part."""
_LANGUAGE = "en_US"
"""Said, so that names do not depend on the machine's own language."""


def holiday_names(countries: Sequence[str]) -> tuple[str, ...]:
    """The columns of context that the countries become."""
    return tuple(f"holidays {country.upper()}" for country in countries)


def count_holidays(countries: Sequence[str], starts: Sequence[date], step_days: int) -> FloatArray:
    """Public holidays in each row that begins on one of `starts` [row, country]. Source: the `holidays` package; for Great Britain, England's.

    Raises InvalidInput for a country that it does not know.
    """
    years = range(starts[0].year, (starts[-1] + timedelta(days=step_days)).year + 1)
    found, problems = [], []
    for country in countries:
        try:
            found.append(holidays_in(country, years))
        except NotImplementedError:
            problems.append(Problem("RESPONSE-050", "--country", country, "a country such as GB or UA", "Correct it, or leave it out."))
    if problems:
        raise InvalidInput(problems, state="Nothing was done.")
    return count_days(found, starts, step_days)


def holidays_in(country: str, years: Iterable[int]) -> dict[date, str]:
    """Day -> English name (the country's own where nobody translated it) of the public holidays of a country; several on one day are joined.

    Raises NotImplementedError for a country that is not known.
    """
    import holidays

    return dict(holidays.country_holidays(country.upper(), subdiv=_PART_OF.get(country.upper()), years=years, language=_LANGUAGE))


def count_days(countries: Sequence[Collection[date]], starts: Sequence[date], step_days: int) -> FloatArray:
    """How many of each country's days fall into each row that begins on one of `starts` [row, country]."""
    return np.array(
        [[sum(start + timedelta(days=n) in days for n in range(step_days)) for days in countries] for start in starts], dtype=np.float64
    ).reshape(len(starts), len(countries))
