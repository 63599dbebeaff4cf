"""What stands at a place of the strategy, such as `objectives[x].baseline`."""

from __future__ import annotations

import re
from typing import Any

from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.shape import fields_of
from quarterdeck.strategy.parts.values import NamedPart, Part

_WORD = re.compile(r"([a-z_]+)((?:\[[^\]]*\])*)")
_POSITION = re.compile(r"[0-9]{1,6}")
_MEMBER = re.compile(r"\[([^\]]*)\]")


def value_at(strategy: Strategy, place: str) -> Any:
    """The value, a part or a list of them. None when nothing is written there, or there is no such place."""
    value: Any = strategy
    for found in _WORD.finditer(place):
        value = _field(value, found.group(1))
        for member in _MEMBER.findall(found.group(2)):
            value = _member(value, member)
    return value


def part_at(strategy: Strategy, place: str) -> Part | None:
    """The nearest part that the place stands in, or is: the objective of its target. None when that is not there."""
    while place:
        value = value_at(strategy, place)
        if isinstance(value, Part):
            return value
        place = place[: max(place.rfind("."), place.rfind("["), 0)]
    return strategy


def _field(value: Any, key: str) -> Any:
    if not isinstance(value, Part):
        return None
    shape = fields_of(type(value)).get(key)
    return getattr(value, shape.name if shape is not None else key, None)


def _member(value: Any, member: str) -> Any:
    """The member of that id, or at that position counted from 0."""
    if not isinstance(value, tuple):
        return None
    named = next((each for each in value if isinstance(each, NamedPart) and each.id == member), None)
    if named is not None:
        return named
    return value[int(member)] if _POSITION.fullmatch(member) and int(member) < len(value) and not isinstance(value[int(member)], NamedPart) else None
