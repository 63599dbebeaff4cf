"""What a form edits, and a form's plain data as changes of the strategy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quarterdeck.report.strategy.around import called
from quarterdeck.report.strategy.members import PEOPLE, Member, members_of
from quarterdeck.report.strategy.outline import Sheet, part_of
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.references import places_naming
from quarterdeck.strategy.parts.shape import FieldShape
from quarterdeck.strategy.parts.values import Part
from quarterdeck.web.strategy.typed import shown_fields


@dataclass(frozen=True)
class Target:
    """What a form edits. `member` is None for a new one."""

    sheet: Sheet
    member: Member | None

    @property
    def part(self) -> type[Part]:
        """The type of the part."""
        return part_of(self.sheet)

    @property
    def source(self) -> str:
        """Its place as the table of references writes it."""
        return self.sheet.place + ("" if self.sheet.kind == "single" else "[]")

    @property
    def shapes(self) -> Mapping[str, FieldShape]:
        """The fields that its form shows."""
        return shown_fields(self.part, self.sheet.fields, self.sheet.left_out)

    @property
    def value(self) -> Part | None:
        """The part as it stands."""
        return None if self.member is None else self.member.part


def with_plain(strategy: Strategy, target: Target, plain: Mapping[str, Any], *, team: str = "") -> Strategy:
    """The strategy with the form's data in it. Raises InvalidInput with every problem."""
    return apply_changes(strategy, changes_of(strategy, target, plain, team=team))


def changes_of(strategy: Strategy, target: Target, plain: Mapping[str, Any], *, team: str = "") -> dict[str, Any]:
    """Place -> new value, as `apply_changes` takes it."""
    sheet, member = target.sheet, target.member
    if sheet.kind == "single":
        dot = f"{sheet.place}." if sheet.place else ""
        return {f"{dot}{key}": plain.get(key) for key in target.shapes}
    if member is None:
        return {place_of_new(strategy, target, plain, team=team): dict(plain)}
    if sheet.slug == PEOPLE and team and team != member.team:
        return {member.place: None, f"management.teams[{team}].people[{member.key}]": dict(plain)}
    return {member.place: dict(plain)}


def place_of_new(strategy: Strategy, target: Target, plain: Mapping[str, Any], *, team: str = "") -> str:
    """Where a new member goes: under its own id, at the end of a list without ids, or into a team."""
    sheet = target.sheet
    if sheet.kind == "rows":
        return f"{sheet.place}[{len(members_of(strategy, sheet))}]"
    if sheet.slug == PEOPLE:
        return f"management.teams[{team}].people[{plain['id']}]"
    return f"{sheet.place}[{plain['id']}]"


def new_id(strategy: Strategy, sheet: Sheet, plain: Mapping[str, Any]) -> str:
    """A short name that no other member has, made of what the member is called."""
    known = {member.key for member in members_of(strategy, sheet)}
    words = next((str(plain[key]) for key in ("name", "title", "who", "group", "text", "statement") if plain.get(key)), "")
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    stem = "_".join(re.findall(r"[a-z0-9]+", letters)[:4])[:40] or sheet.slug.rstrip("s")
    return next(name for name in (stem, *(f"{stem}_{n}" for n in range(2, len(known) + 3))) if name not in known)


def named_by(strategy: Strategy, target: Target) -> tuple[str, ...]:
    """Places that refer to the member: what must change before it can go."""
    if target.member is None or target.sheet.kind != "named" or target.sheet.slug == PEOPLE:
        return ()
    return places_naming(strategy, target.sheet.place, target.member.key)


def name_of_member(target: Target) -> str:
    """What the member is called, in a heading."""
    return "" if target.value is None else called(target.value)
