"""The members of a sheet, found in a strategy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quarterdeck.report.strategy.outline import Sheet
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.shape import fields_of
from quarterdeck.strategy.parts.values import Part

PEOPLE = "people"


@dataclass(frozen=True)
class Member:
    """One member of a sheet: `key` is its id or position ("" for a single part), `place` where it stands, `team` that of a person."""

    key: str
    place: str
    part: Part | None
    team: str = ""


def members_of(strategy: Strategy, sheet: Sheet) -> tuple[Member, ...]:
    """Every member, in the order of the document; of a single part the part itself."""
    if sheet.slug == PEOPLE:
        return tuple(
            Member(person.id, f"management.teams[{team.id}].people[{person.id}]", person, team.id)
            for team in strategy.management.teams
            for person in team.people
        )
    held = _held(strategy, sheet)
    if sheet.kind == "single":
        return (Member("", sheet.place, held),)
    keys = [part.id if sheet.kind == "named" else str(index) for index, part in enumerate(held)]
    return tuple(Member(key, f"{sheet.place}[{key}]", part) for key, part in zip(keys, held, strict=True))


def find_member(strategy: Strategy, sheet: Sheet, key: str) -> Member | None:
    """The member of that id or position."""
    if sheet.kind == "named" and sheet.slug != PEOPLE:  # asked for each of many problems: only the one is made
        found = next((part for part in _held(strategy, sheet) if part.id == key), None)
        return None if found is None else Member(key, f"{sheet.place}[{key}]", found)
    return next((member for member in members_of(strategy, sheet) if member.key == key), None)


def _held(strategy: Strategy, sheet: Sheet) -> Any:
    held: Any = strategy
    for word in sheet.words:
        if held is None:
            return None
        part: type[Part] = type(held)
        held = getattr(held, fields_of(part)[word].name)
    return held
