"""replay_rows: the retailer's real weeks as facts; dates shifted by 417 weeks and a day, so that its weeks start on Monday."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from importlib import resources
from typing import Any

from quarterdeck.kernel.money import split_money
from quarterdeck.kernel.periods import DAYS_PER_WEEK

Columns = dict[str, list[Any]]


def replay_rows(*, first_day: date, last_day: date, known_ahead: timedelta, currency: str) -> dict[str, Columns]:
    """Rows of `spend`, `outcomes` and `context` of the weeks from `first_day` to `last_day`; context that is known beforehand reaches `known_ahead` further.

    Weekly totals are shared out evenly over seven days, to the cent and to the whole exposure, because facts are by day.
    """
    mapping, weeks = _mapping(), _weeks()
    rows: dict[str, Columns] = {
        "spend": _empty("day", "channel", "campaign", "geo", "currency", "cost", "impressions"),
        "outcomes": _empty("day", "metric", "geo", "value"),
        "context": _empty("day", "name", "geo", "value"),
    }
    context = _context_columns(mapping)
    for monday, record in weeks:
        is_shown = first_day <= monday and monday + timedelta(days=6) <= last_day
        is_ahead = last_day < monday <= last_day + known_ahead
        if is_shown:
            _add_spend(rows["spend"], monday, record, mapping, currency)
            _add_days(rows["outcomes"], monday, mapping["outcome"]["metric"], _money(record[mapping["outcome"]["column"]]))
        if is_shown or is_ahead:
            for name, column, known in context:
                if is_shown or known:
                    _add_days(rows["context"], monday, name, [Decimal(record[column])] * DAYS_PER_WEEK)
    return rows


def _mapping() -> dict[str, Any]:
    """What each column of the file is, as `columns.yaml` beside it says."""
    from ruamel.yaml import YAML

    loaded: dict[str, Any] = YAML(typ="safe").load(_read("columns.yaml"))
    return loaded


def _weeks() -> list[tuple[date, dict[str, str]]]:
    """Every row of the file with its shifted Monday."""
    first: date = _mapping()["week"]["first_week"]
    records = csv.DictReader(io.StringIO(_read("case_study_data.csv")))
    return [(first + timedelta(weeks=n), record) for n, record in enumerate(records)]


def _read(name: str) -> str:
    return resources.files("quarterdeck").joinpath("samples", "retailer", name).read_text(encoding="utf-8")


def _context_columns(mapping: Mapping[str, Any]) -> list[tuple[str, str, bool]]:
    """Name, column and whether it is known beforehand, of context and holidays."""
    holidays = mapping["holidays"]
    return [
        *[(entry["name"], entry["column"], bool(entry["known_ahead"])) for entry in mapping["context"]],
        *[(name_of_holiday(entry["name"]), entry["column"], bool(holidays["known_ahead"])) for entry in holidays["names"]],
    ]


def name_of_holiday(name: str) -> str:
    """`Mother's Day` as a name of context: `mothers_day`."""
    return name.lower().replace("'", "").replace(" ", "_")


def _add_spend(rows: Columns, monday: date, record: Mapping[str, str], mapping: Mapping[str, Any], currency: str) -> None:
    paid = [(entry["channel"], _money(record[entry["money"]]), int(float(record[entry["impressions"]]))) for entry in mapping["spend"]["channels"]]
    unpaid = [
        (entry["channel"], [Decimal("0.00")] * DAYS_PER_WEEK, int(float(record[entry["column"]]))) for entry in mapping["exposures"]["channels"]
    ]
    for channel, costs, impressions in (*paid, *unpaid):
        shown = split_money(Decimal(impressions), [1] * DAYS_PER_WEEK, step=Decimal(1))
        for n in range(DAYS_PER_WEEK):
            if costs[n] > 0 or shown[n] > 0:
                for column, value in zip(
                    rows.values(), (monday + timedelta(days=n), channel, "", "", currency, costs[n], int(shown[n])), strict=True
                ):
                    column.append(value)


def _add_days(rows: Columns, monday: date, name: str, values: Sequence[Decimal]) -> None:
    for n, value in enumerate(values):
        for column, cell in zip(rows.values(), (monday + timedelta(days=n), name, "", value), strict=True):
            column.append(cell)


def _money(weekly: str) -> Sequence[Decimal]:
    """A week's amount in seven parts that add up to the cent."""
    return split_money(Decimal(weekly), [1] * DAYS_PER_WEEK)


def _empty(*names: str) -> Columns:
    return {name: [] for name in names}
