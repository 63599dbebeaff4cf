"""Weekly rows become days: what adds up is shared out exactly, what is a level is repeated, what cannot be known stays unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from quarterdeck.facts.columns import ColumnSchema, TableSchema, Value
from quarterdeck.kernel.metrics import find_metric
from quarterdeck.kernel.money import minor_digits, split_money
from quarterdeck.kernel.periods import DAYS_PER_WEEK

_EVEN = (Decimal(1),) * DAYS_PER_WEEK


def spread_weeks(schema: TableSchema, columns: dict[str, list[Value]], *, currency: str | None) -> dict[str, list[Value]]:
    """Seven rows for each row of `columns`, whose day is the first of its week.

    Money and counts are shared out evenly in whole coins and whole counts, so that the seven add up exactly (the first days take what is left over);
    outcomes that do not add up (a rate, a score) and context are repeated; reach is None, for one person may be reached on several days.
    """
    coin = Decimal(1).scaleb(-minor_digits(currency or "EUR"))
    metrics = columns.get("metric", [])
    spread: dict[str, list[Value]] = {}
    for column in schema.columns:
        values = columns[column.name]
        if column.name == "day":
            spread["day"] = [day + timedelta(days=n) for day in values if isinstance(day, date) for n in range(DAYS_PER_WEEK)]
        else:
            spread[column.name] = _spread_column(column, values, metrics, coin)
    return spread


def has_sum(metric_id: Value) -> bool:
    """Whether days of this metric may be summed; a metric that Quarterdeck does not know is taken as one that may."""
    metric = find_metric(str(metric_id))
    return metric is None or metric.adds_up


def _spread_column(column: ColumnSchema, values: Sequence[Value], metrics: Sequence[Value], coin: Decimal) -> list[Value]:
    if column.in_week == "not_known":
        return [None] * (len(values) * DAYS_PER_WEEK)
    if column.in_week == "repeat":
        return [value for value in values for _ in range(DAYS_PER_WEEK)]
    share = _once(lambda value, metric: _shares(value, column, metric, coin))
    parts: list[Value] = []
    for row, value in enumerate(values):
        parts.extend(share(value, metrics[row] if metrics else None))
    return parts


def _once(share: Callable[[Value, Value], tuple[Value, ...]]) -> Callable[[Value, Value], tuple[Value, ...]]:
    known: dict[tuple[Value, Value, type], tuple[Value, ...]] = {}

    def shares(value: Value, metric: Value) -> tuple[Value, ...]:
        key = (value, metric, type(value))
        if key not in known:
            known[key] = share(value, metric)
        return known[key]

    return shares


def _shares(value: Value, column: ColumnSchema, metric: Value, coin: Decimal) -> tuple[Value, ...]:
    if value is None or (column.in_week == "by_metric" and not has_sum(metric)):
        return (value,) * DAYS_PER_WEEK
    if isinstance(value, int):
        return tuple(int(part) for part in split_money(Decimal(value), _EVEN, step=Decimal(1)))
    if not isinstance(value, Decimal):
        raise TypeError(f"{column.name} cannot be shared out: {value!r}")
    return split_money(value, _EVEN, step=_finest_step(value, column, metric, coin))


def _finest_step(value: Decimal, column: ColumnSchema, metric: Value, coin: Decimal) -> Decimal:
    """A coin for money; a whole one for a whole count; else the last digit that the figure is written with."""
    known = find_metric(str(metric))
    if column.type == "money" or (known is not None and known.unit == "money"):
        return coin
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(exponent if isinstance(exponent, int) else 0, 0))
