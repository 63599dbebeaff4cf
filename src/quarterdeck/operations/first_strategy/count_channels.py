"""Channels and campaigns of the facts: their money by week, what they showed, and the visits that came from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from quarterdeck.kernel.periods import DAYS_PER_WEEK, WEEKS_PER_QUARTER, week_start, weeks_between
from quarterdeck.strategy.from_facts.counted import CountedCampaign, CountedChannel, Whence

if TYPE_CHECKING:
    from quarterdeck.operations.first_strategy.count_facts import Asking

_HAPPENED = "day <= $as_of AND (cost > 0 OR impressions > 0 OR clicks > 0)"
MOST_MEDIA = 5


def whole_weeks_of_spend(asking: Asking) -> tuple[date, ...]:
    """Mondays of every week that lies whole between the first and the last day of spend."""
    ends = asking.lake.query("SELECT min(day) AS first, max(day) AS last FROM spend WHERE day <= $as_of", {"as_of": asking.as_of})
    return whole_weeks(ends["first"][0], ends["last"][0])


def whole_weeks(first: date | None, last: date | None) -> tuple[date, ...]:
    """Mondays of the weeks that lie whole between two days; empty where there are none."""
    if first is None or last is None:
        return ()
    begin, end = week_start(first + timedelta(days=DAYS_PER_WEEK - 1)), week_start(last - timedelta(days=DAYS_PER_WEEK - 1))
    return weeks_between(begin, end)


def count_channels(asking: Asking, weeks: Sequence[date]) -> tuple[CountedChannel, ...]:
    """One for each name that spend knows, and one for each that visits know; what never cost nor showed anything is left out."""
    return (*_channels_of_spend(asking, weeks), *_channels_of_touches(asking))


def count_campaigns(asking: Asking, weeks: Sequence[date]) -> tuple[CountedCampaign, ...]:
    """Campaigns by channel with the money of the last 13 of `weeks`."""
    since = weeks[-WEEKS_PER_QUARTER:][0] if weeks else asking.as_of
    until = weeks[-1] + timedelta(days=6) if weeks else asking.as_of
    rows = asking.lake.query(
        f"""SELECT channel, campaign, coalesce(sum(cost) FILTER (currency = $currency AND day BETWEEN $since AND $until), 0) AS cost,
                   min(day) AS first, max(day) AS last
            FROM spend WHERE campaign <> '' AND {_HAPPENED} GROUP BY channel, campaign ORDER BY channel, campaign""",
        {"currency": asking.currency, "since": since, "until": until, "as_of": asking.as_of},
    )
    return tuple(
        CountedCampaign(readable(channel), readable(name), Decimal(cost), first, last)
        for channel, name, cost, first, last in zip(*rows.values(), strict=True)
    )


def readable(text: str) -> str:
    """The text without signs that nobody can read and no document may hold: each is a question mark."""
    return text if text.isprintable() else "".join(sign if sign.isprintable() else "?" for sign in text)


def by_key(rows: dict[str, list[Any]]) -> dict[str, list[tuple[Any, ...]]]:
    """First column -> the other columns, row by row."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for key, *others in zip(*rows.values(), strict=True):
        found.setdefault(key, []).append(tuple(others))
    return found


def _channels_of_spend(asking: Asking, weeks: Sequence[date]) -> list[CountedChannel]:
    told = {"as_of": asking.as_of, "currency": asking.currency}
    rows = asking.lake.query(
        f"""SELECT channel, count(*) AS rows, min(day) AS first, max(day) AS last, count(DISTINCT day) AS days,
                   coalesce(sum(cost) FILTER (currency = $currency), 0) AS cost, CAST(sum(impressions) AS BIGINT) AS shown, list(DISTINCT load_id) AS loads
            FROM spend WHERE {_HAPPENED} GROUP BY channel ORDER BY channel""",
        told,
    )
    weekly = by_key(
        asking.lake.query(
            """SELECT channel, CAST(date_trunc('week', day) AS DATE) AS week, sum(cost) AS cost FROM spend
               WHERE cost > 0 AND currency = $currency AND day <= $as_of GROUP BY ALL ORDER BY ALL""",
            told,
        )
    )
    other = by_key(
        asking.lake.query(
            """SELECT channel, currency, sum(cost) AS cost FROM spend WHERE cost > 0 AND currency <> $currency AND day <= $as_of
               GROUP BY ALL ORDER BY ALL""",
            told,
        )
    )
    whole = frozenset(weeks)
    return [
        CountedChannel(
            name=readable(name),
            whence=Whence("spend", count, first, last, asking.sources_of("spend", sorted(loads))),
            days=days,
            weeks=tuple((week, Decimal(money)) for week, money in weekly.get(name, []) if week in whole),
            cost_ever=Decimal(cost),
            other_money=tuple((currency, Decimal(money)) for currency, money in other.get(name, [])),
            exposures=shown,
        )
        for name, count, first, last, days, cost, shown, loads in zip(*rows.values(), strict=True)
    ]


def _channels_of_touches(asking: Asking) -> list[CountedChannel]:
    """By visits of people; machines are left out."""
    people = 'CAST("at" AS DATE) <= $as_of AND NOT coalesce(machine, FALSE)'
    rows = asking.lake.query(
        f"""SELECT channel, count(*) AS rows, CAST(min("at") AS DATE) AS first, CAST(max("at") AS DATE) AS last,
                   count(DISTINCT CAST("at" AS DATE)) AS days, list(DISTINCT load_id) AS loads
            FROM touches WHERE {people} GROUP BY channel ORDER BY channel""",
        {"as_of": asking.as_of},
    )
    media = by_key(
        asking.lake.query(
            f"""SELECT channel, source, medium, count(*) AS visits FROM touches WHERE {people} AND (source <> '' OR medium <> '')
                GROUP BY ALL ORDER BY channel, visits DESC, source, medium""",
            {"as_of": asking.as_of},
        )
    )
    return [
        CountedChannel(
            name=readable(name),
            whence=Whence("touches", count, first, last, asking.sources_of("touches", sorted(loads))),
            days=days,
            visits=count,
            media=tuple((readable(source), readable(medium)) for source, medium, _ in media.get(name, [])[:MOST_MEDIA]),
        )
        for name, count, first, last, days, loads in zip(*rows.values(), strict=True)
    ]
