"""What a place of the strategy is called, and its value in words: for the "was" and "becomes" of a correction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy

_PLACE = re.compile(r"(?P<list>[a-z_.]+)\[(?P<id>[A-Za-z0-9_-]+)\](?:\.(?P<field>.+))?")
_FIELDS = {
    "spend.cap": "most for the quarter",
    "spend.floor": "least for the quarter",
    "ends_on": "runs until",
    "starts_on": "begins on",
    "due_on": "due on",
    "target": "target",
    "baseline": "where it starts from",
    "effort_hours": "hours of work",
}
_MONEY = ("spend.cap", "spend.floor", "budget")
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
NONE = "nothing said"


def name_place(place: str, strategy: Strategy, words: Words) -> str:
    """`Newspaper inserts, most for the quarter`."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return place.replace("_", " ").replace(".", ", ").capitalize()
    field = found["field"]
    owner = _owner(found["list"], found["id"], strategy, words)
    return owner if not field else f"{owner}, {_FIELDS.get(field, field.replace('.', ' ').replace('_', ' '))}"


def say_place_value(place: str, value: object, strategy: Strategy, words: Words) -> str:
    """`£7,400`, `4 July 2027`, `4,500 new customers`."""
    if value is None or value == "":
        return NONE
    found = _PLACE.fullmatch(place)
    field = (found["field"] if found else None) or place
    day, number = _day(value), _number(value)
    if day is not None:
        return words.day(day)
    if number is None:
        return str(value).replace("_", " ")
    metric = _metric(found, strategy)
    if field in _MONEY:
        return words.money(number)
    return words.with_unit(number, metric) if metric and field in ("target", "baseline") else words.count(float(number))


def say_target(place: str, value: object, strategy: Strategy, words: Words) -> str:
    """The bare figure of an objective's target: `5,830`, `£1,660,000`."""
    metric, number = _metric(_PLACE.fullmatch(place), strategy), _number(value)
    return words.amount(number, metric) if metric and number is not None else str(value)


def is_new_part(place: str, value: object) -> bool:
    """Whether a change adds a whole part, such as a task."""
    return place.endswith("]") and isinstance(value, Mapping)


def with_days(text: str, words: Words) -> str:
    """The text with dates as people write them, in place of 2027-01-03."""

    def said(found: re.Match[str]) -> str:
        day = _day(found.group(0))
        return words.day(day) if day else found.group(0)

    return _DAY.sub(said, text)


def _owner(kind: str, ref: str, strategy: Strategy, words: Words) -> str:
    if kind == "objectives":
        metric = next((objective.metric for objective in strategy.objectives if objective.id == ref), None)
        return METRICS[metric].name if metric in METRICS else words.name(ref).capitalize()
    name = words.name(ref)
    return name[:1].upper() + name[1:]


def _metric(found: re.Match[str] | None, strategy: Strategy) -> str | None:
    if found is None or found["list"] != "objectives":
        return None
    return next((objective.metric for objective in strategy.objectives if objective.id == found["id"]), None)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
