"""Countries and languages that facts name: of people where they are told, else of orders, else of totals and spend."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from quarterdeck.operations.first_strategy.count_channels import readable
from quarterdeck.strategy.from_facts.counted import CountedPlace, Table, Whence

if TYPE_CHECKING:
    from quarterdeck.operations.first_strategy.count_facts import Asking

COUNTRY_ATTRIBUTES = ("country", "country_code", "land", "pays", "market")
LANGUAGE_ATTRIBUTES = ("language", "lang", "locale", "sprache", "langue")
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"})
_ALSO = {"UK": "GB", "EL": "GR"}
MOST_PLACES = 40


def count_countries(asking: Asking) -> tuple[CountedPlace, ...]:
    """The first of people, orders, totals and spend that tells a place."""
    asked: tuple[tuple[Table, str, str, str], ...] = (
        ("people", "value", "NULL", f"attribute IN {COUNTRY_ATTRIBUTES}"),
        ("orders", "geo", 'CAST("at" AS DATE)', "geo <> ''"),
        ("outcomes", "geo", "day", "geo <> ''"),
        ("spend", "geo", "day", "geo <> ''"),
    )
    for table, column, day, where in asked:
        found = _places(asking, table, column, day, where, country_code)
        if found:
            return found
    return ()


def count_languages(asking: Asking) -> tuple[CountedPlace, ...]:
    """Of people, where an attribute tells it."""
    return _places(asking, "people", "value", "NULL", f"attribute IN {LANGUAGE_ATTRIBUTES}", language_code)


def country_code(said: str) -> str | None:
    """GB for GB, uk, United Kingdom and GB-ENG; None for what is no country."""
    text = said.strip()
    code = text.replace("_", "-").split("-")[0].upper()
    code = _ALSO.get(code, code)
    return code if code in _countries() else _countries_by_name().get(text.casefold())


def language_code(said: str) -> str | None:
    """en for en, EN and en_GB; None for what is no language."""
    code = said.strip().replace("_", "-").split("-")[0].lower()
    return code if code in _languages() else _languages_by_name().get(said.strip().casefold())


def _places(asking: Asking, table: Table, column: str, day: str, where: str, code_of: Callable[[str], str | None]) -> tuple[CountedPlace, ...]:
    until = "" if day == "NULL" else f" AND {day} <= $as_of"
    rows = asking.lake.query(
        f"""SELECT {column} AS said, count(*) AS rows, CAST(min({day}) AS DATE) AS first, CAST(max({day}) AS DATE) AS last,
                   list(DISTINCT load_id) AS loads FROM {table} WHERE {where}{until} GROUP BY {column} ORDER BY rows DESC, said LIMIT {MOST_PLACES}""",
        {"as_of": asking.as_of} if until else {},
    )
    total = sum(rows["rows"])
    return tuple(
        CountedPlace(readable(said), code_of(said), count, count / total, _whence(asking, table, count, first, last, loads))
        for said, count, first, last, loads in zip(*rows.values(), strict=True)
    )


def _whence(asking: Asking, table: Table, count: int, first: date | None, last: date | None, loads: list[str]) -> Whence:
    """What is told of people has no day: it is dated by the last day that may be seen."""
    return Whence(table, count, first or asking.as_of, last or asking.as_of, asking.sources_of(table, sorted(loads)))


@cache
def _countries() -> frozenset[str]:
    from babel import Locale

    return frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()) - _NO_COUNTRIES


@cache
def _countries_by_name() -> dict[str, str]:
    from babel import Locale

    return {str(name).casefold(): str(code) for code, name in Locale("en").territories.items() if code in _countries()}


@cache
def _languages() -> frozenset[str]:
    from babel import Locale

    return frozenset(code for code in map(str, Locale("en").languages) if len(code) == 2)


@cache
def _languages_by_name() -> dict[str, str]:
    from babel import Locale

    return {str(name).casefold(): str(code) for code, name in Locale("en").languages.items() if code in _languages()}
