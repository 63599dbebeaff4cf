"""What the document is made of, field by field: for walking it, for plain data, and for naming places in it.

A place is written as people read it: `objectives[more-customers].target`, `management.teams[studio].people[ann].skills`; members of
lists without ids are counted from 0: `evaluation[0].threshold`.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from quarterdeck.strategy.parts.values import NamedPart, Part

Loc = tuple[str | int, ...]
"""Keys and positions from the top of the document, as pydantic counts them."""
Kind = Literal["value", "part", "values", "parts", "named"]


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field: `name` in Python, `key` in the document; `named` is a list whose members have ids, `values` one of plain values."""

    name: str
    key: str
    kind: Kind
    part: type[Part] | None
    plain_type: Any
    info: FieldInfo

    @property
    def is_list(self) -> bool:
        """True for every kind of list."""
        return self.kind in ("values", "parts", "named")

    @property
    def default(self) -> Any:
        """Its value when the document is silent; None for a required field."""
        return None if self.info.is_required() else self.info.get_default(call_default_factory=True, validated_data={})


@cache
def fields_of(part: type[Part]) -> Mapping[str, FieldShape]:
    """The fields of a part by their word in the document, in reading order: the id first, the note last."""
    shapes = [_field_shape(name, info) for name, info in part.model_fields.items()]
    shapes.sort(key=lambda shape: (shape.key == "note", shape.key != "id"))
    return types.MappingProxyType({shape.key: shape for shape in shapes})


def to_plain(value: Any) -> Any:
    """Mappings, lists, text, whole numbers, Decimals and dates; fields that hold their default are left out. Not a copy of anything mutable."""
    if isinstance(value, Part):
        return {key: to_plain(member) for key, member in _said(value)}
    return [to_plain(member) for member in value] if isinstance(value, tuple) else value


def to_json(value: Any) -> Any:
    """The same as `to_plain`, with Decimals and dates as text: what a change carries."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Part):
        return {key: to_json(member) for key, member in _said(value)}
    if isinstance(value, dict):
        return {key: to_json(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(member) for member in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def _said(part: Part) -> Iterator[tuple[str, Any]]:
    """The fields of a part that hold more than their default."""
    for key, name, is_required, default in _written(type(part)):
        member = getattr(part, name)
        if is_required or member != default:
            yield key, member


@cache
def _written(part: type[Part]) -> tuple[tuple[str, str, bool, Any], ...]:
    """Key, name, whether it is required, and default of each field: asked for thousands of times in a long document."""
    return tuple((key, shape.name, shape.info.is_required(), shape.default) for key, shape in fields_of(part).items())


def place_of(loc: Loc, plain: Any) -> str:
    """`loc` as people write it; members of lists are named by their id where `plain` has one. The whole document is "the document"."""
    words = ""
    for step in loc:
        member = _step_into(plain, step)
        if isinstance(step, str):
            words += f".{step}" if words else step
        else:
            own_id = member.get("id") if isinstance(member, Mapping) else None
            words += f"[{own_id if isinstance(own_id, str) and own_id else step}]"
        plain = member
    return words or "the document"


def _step_into(plain: Any, step: str | int) -> Any:
    if isinstance(step, str):
        return plain.get(step) if isinstance(plain, Mapping) else None
    is_member = isinstance(plain, Sequence) and not isinstance(plain, str) and step < len(plain)
    return plain[step] if is_member else None


def _field_shape(name: str, info: FieldInfo) -> FieldShape:
    inner = _without_none(info.annotation)
    is_list = get_origin(inner) is tuple
    member = _bare(get_args(inner)[0]) if is_list else _bare(inner)
    part = member if isinstance(member, type) and issubclass(member, Part) else None
    return FieldShape(name, info.alias or name, _kind(part, is_list), part, member, info)


def _kind(part: type[Part] | None, is_list: bool) -> Kind:
    if part is None:
        return "values" if is_list else "value"
    if not is_list:
        return "part"
    return "named" if issubclass(part, NamedPart) else "parts"


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, types.UnionType):
        return next(choice for choice in get_args(annotation) if choice is not type(None))
    return annotation


def _bare(annotation: Any) -> Any:
    """The type itself, without the constraints that Annotated wraps round it."""
    return get_args(annotation)[0] if hasattr(annotation, "__metadata__") else annotation
