"""Changes applied to a strategy by place; the result is validated as a whole, or nothing changes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.references import reference_problems
from quarterdeck.strategy.parts.shape import FieldShape, Loc, fields_of, place_of, to_json
from quarterdeck.strategy.parts.validation import describe_value, validation_problems
from quarterdeck.strategy.parts.values import Part
from quarterdeck.strategy.wording.suggestions import did_you_mean

_STEP = re.compile(r"([a-z_]+)(?:\[([A-Za-z0-9_-]+)\])?")


@dataclass(frozen=True, slots=True)
class _Step:
    """One word of a place, and the member it picks: an id, or a position counted from 0."""

    name: str
    member: str | None


class _RefusedError(Exception):
    def __init__(self, code: str, found: str, expected: str, fix: str) -> None:
        self.sentence = (code, found, expected, fix)
        super().__init__(code)


def apply_changes(strategy: Strategy, changes: Mapping[str, Any]) -> Strategy:
    """The strategy with every change made, in the order given; no changes give an equal strategy.

    A key is a place: `channels[print].spend.cap`, `content.items[spring-sale].deliver.on`, `management.tasks[mend-tracking]`, and
    `evaluation[0].threshold` (counted from 0) where members have no ids. A value is what JSON would hold, or text (a list or group as
    JSON text). A new id with a group of fields adds a member at the end, a known one is replaced; None takes out. Empty text takes a
    number or date out. Raises InvalidInput with every problem.
    """
    document, problems = to_json(strategy), []
    for place, value in changes.items():
        try:
            _apply(document, _parse_place(place), to_json(value))
        except _RefusedError as refusal:
            problems.append(Problem(refusal.sentence[0], place, *refusal.sentence[1:]))
    return _validated(document, problems)


def _validated(document: dict[str, Any], problems: list[Problem]) -> Strategy:
    def where(loc: Loc) -> str:
        return place_of(loc, document)

    changed: Strategy | None = None
    try:
        changed = Strategy.model_validate(document)
    except ValidationError as error:
        problems += validation_problems(error, where)
    problems += reference_problems(document, where)
    if problems or changed is None:
        raise InvalidInput(problems)
    return changed


def _parse_place(place: str) -> list[_Step]:
    steps = []
    for word in place.split("."):
        match = _STEP.fullmatch(word)
        if match is None:
            raise _RefusedError(
                "STRATEGY-030",
                f'"{word[:60]}"',
                "a place such as channels[print].spend.cap",
                "Join field names with dots; put the id of a member in brackets.",
            )
        steps.append(_Step(match.group(1), match.group(2)))
    return steps


def _apply(document: dict[str, Any], steps: list[_Step], value: Any) -> None:
    """Walks to the last step and changes what stands there."""
    current, part = document, Strategy  # type: dict[str, Any], type[Part]
    for step in steps[:-1]:
        shape = _field(part, step)
        if shape.part is None:
            raise _RefusedError("STRATEGY-030", f"a place below `{shape.key}`", "the field itself", f"End the place at `{shape.key}`.")
        if shape.is_list:
            members = current.get(shape.key, [])
            current = members[_position(shape, members, step)]
        elif shape.key in current or value is not None:
            current = current.setdefault(shape.key, {})
        else:
            return  # nothing is there to take out
        part = shape.part
    _change(current, _field(part, steps[-1]), steps[-1], value)


def _change(current: dict[str, Any], shape: FieldShape, step: _Step, value: Any) -> None:
    if step.member is not None:
        _change_member(current.setdefault(shape.key, []), shape, step, _read_json(shape, value, is_member=True))
        return
    value = _read_json(shape, value, is_member=False)
    if value is None:
        current.pop(shape.key, None)
    else:
        current[shape.key] = value


def _change_member(members: list[Any], shape: FieldShape, step: _Step, value: Any) -> None:
    if value is None:
        del members[_position(shape, members, step)]
        return
    if not isinstance(value, dict):
        raise _RefusedError("STRATEGY-031", describe_value(value), "a group of fields", 'Give its fields: {"title": "...", ...}.')
    if shape.kind == "named":
        if value.get("id", step.member) != step.member:
            raise _RefusedError("STRATEGY-031", f'the id "{value["id"]}"', f'the id of the place, "{step.member}"', "Make the two ids the same.")
        value = {"id": step.member, **value}
        known = [member["id"] for member in members]
        if step.member in known:
            members[known.index(step.member)] = value
        else:
            members.append(value)
    elif step.member == str(len(members)):
        members.append(value)
    else:
        members[_position(shape, members, step)] = value


def _field(part: type[Part], step: _Step) -> FieldShape:
    """The field that a step names, by its word in the document or in Python."""
    fields = fields_of(part)
    shape = fields.get(step.name) or next((shape for shape in fields.values() if shape.name == step.name), None)
    if shape is None:
        raise _RefusedError("STRATEGY-030", f'"{step.name}"', "a field that is there", did_you_mean(step.name, fields))
    if step.member is not None and shape.kind not in ("named", "parts"):
        raise _RefusedError("STRATEGY-030", f"{step.name}[{step.member}]", f"`{step.name}` as a whole", "Give the whole list or value.")
    return shape


def _position(shape: FieldShape, members: list[Any], step: _Step) -> int:
    """Where the member of a list stands that a step picks."""
    known = [member["id"] for member in members] if shape.kind == "named" else [str(index) for index in range(len(members))]
    if step.member is None:
        raise _RefusedError(
            "STRATEGY-030", f"`{step.name}` without a member", "one of its members", f"Put one in brackets: {', '.join(known) or 'it has none yet'}."
        )
    if step.member not in known:
        raise _RefusedError(
            "STRATEGY-030",
            f'"{step.member}", which does not exist',
            f"a member of `{step.name}`",
            did_you_mean(step.member, known, otherwise=f"Add it first, or choose one of: {', '.join(known) or 'it has none yet'}."),
        )
    return known.index(step.member)


def _read_json(shape: FieldShape, value: Any, *, is_member: bool) -> Any:
    """Text is read as JSON where a list or group must stand, and as it is elsewhere."""
    if not isinstance(value, str):
        return value
    if shape.kind == "value":
        return None if not value.strip() and shape.plain_type is not str else value
    try:
        return json.loads(value) if value.strip() else None
    except (ValueError, RecursionError):
        expected = "a group of fields as JSON" if is_member or shape.kind == "part" else "a list as JSON"
        raise _RefusedError("STRATEGY-031", describe_value(value), expected, 'Write it like this: ["one", "two"] or {"name": "value"}.') from None
