"""Conversions and orders with what one is worth, groups of buyers, and the channels that new customers last came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from quarterdeck.kernel.periods import WEEKS_PER_QUARTER
from quarterdeck.operations.first_strategy.count_channels import readable
from quarterdeck.strategy.from_facts.counted import CountedConversion, CountedGroup, Table, Whence
from quarterdeck.strategy.from_facts.figures import metric_of_event
from quarterdeck.strategy.from_facts.people import RECENT_WEEKS

if TYPE_CHECKING:
    from quarterdeck.operations.first_strategy.count_facts import Asking

_WORTH = """count(*) FILTER ({event}) AS events, median(value) FILTER ({own} AND value > 0) AS value,
            count(*) FILTER ({own} AND value > 0) AS values, median(margin) FILTER ({own} AND margin > 0) AS margin,
            count(*) FILTER ({own} AND margin > 0) AS margins, count(*) FILTER (value <= 0) AS refunds,
            count(*) FILTER (value > 0 AND currency <> $currency) AS others, CAST(min("at") AS DATE) AS first, CAST(max("at") AS DATE) AS last,
            count(*) AS rows, list(DISTINCT load_id) AS loads"""


_WITH_ORDERS = """SELECT c.conversion, c."at", c.load_id, coalesce(c.value, o.value) AS value, coalesce(c.margin, o.margin) AS margin,
                         CASE WHEN c.value IS NULL THEN o.currency ELSE c.currency END AS currency
                  FROM conversions AS c LEFT JOIN orders AS o ON c."order" <> '' AND c."order" = o."order\""""
"""Events with what they say they brought or, where they say nothing, what their order did."""


def count_conversions(asking: Asking) -> tuple[CountedConversion, ...]:
    """Events by name, the most frequent first. What has no currency is taken for the company's own."""
    worth = _WORTH.format(own="coalesce(currency, $currency) = $currency", event="coalesce(value, 1) > 0")
    rows = asking.lake.query(
        f"""SELECT conversion AS name, {worth} FROM ({_WITH_ORDERS}) WHERE CAST("at" AS DATE) <= $as_of
            GROUP BY conversion ORDER BY rows DESC, name""",
        {"currency": asking.currency, "as_of": asking.as_of},
    )
    return tuple(_worth(asking, "conversions", row) for row in zip(*rows.values(), strict=True))


def count_orders(asking: Asking) -> tuple[CountedConversion | None, CountedConversion | None]:
    """All orders, and first orders where it is told of each; None without one."""
    return _orders(asking, "order", "TRUE"), _orders(asking, "first_order", "is_first")


def count_groups(asking: Asking) -> tuple[Whence | None, tuple[CountedGroup, ...]]:
    """Buyers who can be told apart: once, again, lapsed; empty where orders name nobody."""
    heads = asking.lake.query(
        """SELECT count(*) AS rows, CAST(min("at") AS DATE) AS first, CAST(max("at") AS DATE) AS last, list(DISTINCT load_id) AS loads
           FROM orders WHERE person <> '' AND value > 0 AND CAST("at" AS DATE) <= $as_of""",
        {"as_of": asking.as_of},
    )
    if not heads["rows"][0]:
        return None, ()
    whence = Whence("orders", heads["rows"][0], heads["first"][0], heads["last"][0], asking.sources_of("orders", sorted(heads["loads"][0])))
    recent = whence.last_day - timedelta(weeks=RECENT_WEEKS)
    rows = asking.lake.query(
        """WITH buyers AS (SELECT person, count(*) AS orders, CAST(max("at") AS DATE) AS last, bool_or(is_first = FALSE) AS before,
                                  coalesce(sum(value) FILTER (CAST("at" AS DATE) > $recent AND currency = $currency), 0) AS spent
                           FROM orders WHERE person <> '' AND value > 0 AND CAST("at" AS DATE) <= $as_of GROUP BY person)
           SELECT CASE WHEN last <= $recent THEN 'lapsed' WHEN orders > 1 OR before THEN 'back' ELSE 'first' END AS kind, count(*) AS people,
                  sum(spent) AS spent FROM buyers GROUP BY ALL""",
        {"recent": recent, "currency": asking.currency, "as_of": asking.as_of},
    )
    known = {kind: CountedGroup(kind, people, Decimal(spent)) for kind, people, spent in zip(*rows.values(), strict=True)}
    return whence, tuple(known[kind] for kind in ("first", "back", "lapsed") if kind in known)


def count_customers_by_channel(asking: Asking, weeks: Sequence[date]) -> tuple[tuple[str, int], ...]:
    """New customers of the last 13 of `weeks` by the channel of their last visit before, machines left out; empty where nobody can be followed."""
    events = asking.lake.query("SELECT DISTINCT conversion FROM conversions ORDER BY conversion")["conversion"]
    named = [name for name in events if metric_of_event(name) == "new_customers"]
    if not weeks:
        return ()
    source = (
        'SELECT person, "at" FROM conversions WHERE list_contains($named, conversion)'
        if named
        else 'SELECT person, "at" FROM orders WHERE is_first AND value > 0'
    )
    told: dict[str, Any] = {"first": weeks[-WEEKS_PER_QUARTER:][0], "last": weeks[-1] + timedelta(days=6)} | ({"named": named} if named else {})
    rows = asking.lake.query(
        f"""WITH gained AS (SELECT person, min("at") AS "at" FROM ({source}) WHERE person <> '' GROUP BY person),
                 seen AS (SELECT person, "at", min(channel) AS channel FROM touches WHERE person <> '' AND NOT coalesce(machine, FALSE) GROUP BY person, "at")
            SELECT seen.channel AS channel, count(*) AS customers FROM gained ASOF JOIN seen ON gained.person = seen.person AND gained."at" >= seen."at"
            WHERE CAST(gained."at" AS DATE) BETWEEN $first AND $last GROUP BY seen.channel ORDER BY channel""",
        told,
    )
    return tuple(zip(map(readable, rows["channel"]), rows["customers"], strict=True))


def _orders(asking: Asking, name: str, where: str) -> CountedConversion | None:
    worth = _WORTH.format(own="currency = $currency", event="value > 0")
    rows = asking.lake.query(
        f'SELECT $name AS name, {worth} FROM orders WHERE ({where}) AND CAST("at" AS DATE) <= $as_of',
        {"name": name, "currency": asking.currency, "as_of": asking.as_of},
    )
    row = next(zip(*rows.values(), strict=True))
    return _worth(asking, "orders", row) if row[1] else None


def _worth(asking: Asking, table: Table, row: tuple[Any, ...]) -> CountedConversion:
    name, events, value, values, margin, margins, refunds, others, first, last, count, loads = row
    return CountedConversion(
        name=readable(name),
        whence=Whence(table, count, first, last, asking.sources_of(table, sorted(loads))),
        count=events,
        value=None if value is None else Decimal(str(value)),
        value_known=values / events if events else 0.0,
        margin=None if margin is None else Decimal(str(margin)),
        margin_known=margins / events if events else 0.0,
        refunds=refunds,
        other_money=others,
    )
