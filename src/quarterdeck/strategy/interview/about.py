"""Where in the draft the answer of a question belongs, so that the finding about it waits and the answer is offered there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.interview import rows
from quarterdeck.strategy.interview.interview import Told
from quarterdeck.strategy.parts.value_at import value_at
from quarterdeck.strategy.questions.of_checks import short_line

_WHOLE: Mapping[str, str] = {
    "wish": "vision",
    "counted": "goals",
    "numbers": "objectives",
    "who": "audiences",
    "promises": "proposition.claims",
    "voice": "content.voice",
    "uses": "channels",
    "tools": "tools",
    "sends": "content.items",
    "rhythm": "content.items",
    "people": "management.teams",
}
"""A question that was skipped as a whole."""
_NAMED_FIELDS: Mapping[tuple[str, str], str] = {
    ("place", "country"): "company.markets",
    ("why_us", "why"): "proposition.statement",
    ("why_us", "rivals"): "proposition.competitors",
    ("money", rows.ALL_MONEY): "management.budget.quarter",
    ("money", rows.ONE_DAY): "ads.guardrails.max_daily_spend",
    ("success", "success"): "evaluation",
}
_STAYS_OPEN = ("evaluation", "insights")
"""What may stand there while something is missing: other rules than the one for the whole, beliefs that nothing shows."""


def place_of_answer(strategy: Strategy, told: Told, question: str, field: str | None = None) -> str | None:
    """The place that the answer to a question, or to one of its fields, fills. None when there is no such place yet, or something stands there."""
    place = _WHOLE.get(question) if field is None else _place_of_field(strategy, told, question, field)
    return place if place is not None and _is_empty(strategy, place) else None


def _place_of_field(strategy: Strategy, told: Told, question: str, field: str) -> str | None:
    finder = _FIELDS.get(question)
    return _NAMED_FIELDS.get((question, field)) or (None if finder is None else finder(strategy, told, field))


def _is_empty(strategy: Strategy, place: str) -> bool:
    return place.endswith(_STAYS_OPEN) or value_at(strategy, place) in (None, "", ())


_Finder = Callable[[Strategy, Told, str], str | None]


def _of_numbers(strategy: Strategy, told: Told, field: str) -> str | None:
    if field == "before":
        return f"objectives[{strategy.objectives[0].id}].baseline" if strategy.objectives else None
    return f"goals[{strategy.goals[0].id}].baseline" if strategy.goals and field == "year_before" else None


def _of_one(strategy: Strategy, told: Told, field: str) -> str | None:
    key = {"value": "value", "margin": "margin", "left": "margin"}.get(field)
    return f"conversions[{strategy.conversions[0].id}].{key}" if strategy.conversions and key else None


def _of_needs(strategy: Strategy, told: Told, field: str) -> str | None:
    group = field.removesuffix(f" {rows.KNOWN}")
    return _of_group(strategy, group, "insights" if group != field else "needs")


def _of_found(strategy: Strategy, told: Told, field: str) -> str | None:
    return _of_group(strategy, field, "found_on")


def _of_group(strategy: Strategy, group: str, key: str) -> str | None:
    found = next((each for each in strategy.audiences if each.who == group), None)
    return None if found is None else f"audiences[{found.id}].{key}"


def _of_promises(strategy: Strategy, told: Told, field: str) -> str | None:
    """The proof of what was promised; a promise that was not made has no place."""
    need = field.removesuffix(f" {rows.PROOF}")
    said = short_line(told.text("promises", need))
    if need == field or not said:
        return None
    return next((f"proposition.claims[{n}].proof" for n, claim in enumerate(strategy.proposition.claims) if short_line(claim.text) == said), None)


def _of_roles(strategy: Strategy, told: Told, field: str) -> str | None:
    return f"channels[{field}].role" if _has_channel(strategy, field) else None


def _of_trouble(strategy: Strategy, told: Told, field: str) -> str | None:
    way = field.removesuffix(f" {rows.HOURS}")
    found = next((each for each in strategy.channels if each.id == way), None)
    return f"channels[{way}].challenges[0].task" if found is not None and found.challenges else None


def _of_money(strategy: Strategy, told: Told, field: str) -> str | None:
    return f"channels[{field}].spend.cap" if _has_channel(strategy, field) else None


def _has_channel(strategy: Strategy, channel: str) -> bool:
    return any(each.id == channel for each in strategy.channels)


_FIELDS: Mapping[str, _Finder] = {
    "numbers": _of_numbers,
    "one": _of_one,
    "needs": _of_needs,
    "found": _of_found,
    "promises": _of_promises,
    "roles": _of_roles,
    "in_the_way": _of_trouble,
    "money": _of_money,
}
