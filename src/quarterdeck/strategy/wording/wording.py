"""How values and parts of the document are called in sentences: amounts, dates, names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aims import Goal, Objective
from quarterdeck.strategy.parts.values import NamedPart, Part

_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_KINDS = {
    "Goal": "goal",
    "Objective": "objective",
    "Audience": "audience",
    "Conversion": "conversion group",
    "Tool": "tool",
    "Channel": "channel",
    "Campaign": "campaign",
    "Offer": "offer",
    "ContentItem": "content item",
    "Team": "team",
    "Person": "person",
    "Task": "task",
    "Opportunity": "opportunity",
    "Question": "question",
    "AtMost": "contact limit for",
    "Away": "absence from",
    "Kpi": "KPI",
    "Blackout": "blackout",
}
_QUOTED = ("title", "text", "statement", "who", "group", "question")
_SHOWN = 70


def say_number(number: Decimal | int) -> str:
    """`5,200`, `0.25`, `-3`."""
    return f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"


def say_money(amount: Decimal, currency: str) -> str:
    """`£1,200`, `£62.50`, `1,200 PLN`."""
    digits = say_number(amount if amount == amount.to_integral_value() else amount.quantize(max(amount, Decimal("0.01"), key=_decimals)))
    sign = _SIGNS.get(currency)
    if sign is None:
        return f"{digits} {currency}"
    return f"-{sign}{digits[1:]}" if digits.startswith("-") else f"{sign}{digits}"


def say_hours(hours: Decimal) -> str:
    """`1 hour`, `7.5 hours`, `1,200 hours`; a tenth is as close as hours are known."""
    rounded = round(hours, 1).normalize() + 0
    return f"{say_number(rounded)} hour{'' if rounded == 1 else 's'}"


def say_day(day: date) -> str:
    """`4 April 2027`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def say_share(share: float) -> str:
    """`64 %`; `under 1 %` and `over 99 %` at the ends, because no forecast is certain."""
    if share < 0.01:
        return "under 1 %"
    return "over 99 %" if share > 0.99 else f"{share * 100:.0f} %"


def say_amount(amount: Decimal, metric: str | None, currency: str) -> str:
    """A figure in the unit of its metric."""
    known = METRICS.get(metric or "")
    return say_money(amount, currency) if known is not None and known.unit in ("money", "money_per_count") else say_number(amount)


def say_list(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`; nothing for none."""
    return "".join(words) if len(words) < 2 else f"{', '.join(words[:-1])} and {words[-1]}"


def quote(text: str) -> str:
    """'text' in single quotes, on one line, shortened when it is long."""
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= _SHOWN else f"'{line[: _SHOWN - 3].rstrip()}...'"


def kind_of(part: Part) -> str:
    """`task`, `content item`: what it is."""
    return _KINDS.get(type(part).__name__, type(part).__name__.lower())


def name_of(part: Part, strategy: Strategy | None = None) -> str:
    """What people call it: its name, its metric (with the id where several goals or objectives share it), its words in quotes, day or id."""
    if isinstance(part, Goal | Objective):
        name = METRICS[part.metric].name
        twins = () if strategy is None else strategy.goals if isinstance(part, Goal) else strategy.objectives
        return f"{name} ({part.id})" if sum(twin.metric == part.metric for twin in twins) > 1 else name
    values = dict(part)
    if values.get("name"):
        return str(values["name"])
    words = next((values[field] for field in _QUOTED if values.get(field)), None)
    if words is not None:
        return quote(words)
    return part.id if isinstance(part, NamedPart) else _without_id(values)


def label_of(part: Part, strategy: Strategy | None = None) -> str:
    """Kind and name: `campaign Spring sale`, `task 'Brief the film'`; of an objective its name alone."""
    name = name_of(part, strategy)
    return name if isinstance(part, Objective) else f"{kind_of(part)} {name}".rstrip()


def say_value(value: Any, *, is_money: bool, currency: str) -> str:
    """Any value of the document in a few words."""
    if isinstance(value, Part):
        said = [f"{key.replace('_', ' ')} {say_value(member, is_money=is_money, currency=currency)}" for key, member in _set_fields(value)]
        return ", ".join(said) or "with nothing in it"
    if isinstance(value, tuple):
        return say_list([say_value(member, is_money=is_money, currency=currency) for member in value]) if value else "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return say_money(value, currency) if is_money else say_number(value)
    if isinstance(value, date):
        return say_day(value)
    return quote(value) if isinstance(value, str) and " " in value else str(value)


def capital(sentence: str) -> str:
    """The sentence with a capital letter at its head."""
    return sentence[:1].upper() + sentence[1:]


def _set_fields(part: Part) -> list[tuple[str, Any]]:
    values: Mapping[str, Any] = dict(part)
    return [(key, value) for key, value in values.items() if value not in (None, ())]


def _without_id(values: Mapping[str, Any]) -> str:
    """Milestones and days off are called by their day, KPIs by their metric, contact rules by their channels; the rest cannot be called."""
    day = values.get("on") or values.get("first_day")
    if isinstance(day, date):
        return say_day(day)
    metric = values.get("metric")
    if metric:
        return " ".join(
            [METRICS[metric].name if metric in METRICS else quote(metric), *(str(values[of]) for of in ("channel", "team", "task") if values.get(of))]
        )
    return say_list(values["channels"]) if values.get("channels") else ""


def _decimals(number: Decimal) -> int:
    return -int(number.as_tuple().exponent)
