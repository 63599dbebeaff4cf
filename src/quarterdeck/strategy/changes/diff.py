"""What changed between two strategies, part by part, each change with its place and a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quarterdeck.strategy.changes.diff_sentences import say_added, say_changed, say_removed
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.shape import FieldShape, fields_of, to_json
from quarterdeck.strategy.parts.values import NamedPart, Part
from quarterdeck.strategy.wording.wording import name_of


@dataclass(frozen=True, slots=True)
class Change:
    """`before` and `after` as JSON would hold them (numbers and dates as text); None is "not there". `sentence` is for people."""

    place: str
    before: Any
    after: Any
    sentence: str


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the walk is: the nearest member of a list (None at the top), and the words that lead on from it."""

    place: str
    owner: Part | None
    path: tuple[str, ...]

    def under(self, key: str) -> _Spot:
        return _Spot(f"{self.place}.{key}" if self.place else key, self.owner, (*self.path, key))


def diff_strategies(old: Strategy, new: Strategy) -> tuple[Change, ...]:
    """Every change, in the order of the document; nothing when both say the same.

    Members with ids are matched by id, so a moved member is no change. Members without ids are compared one by one while the list
    still holds the same ones (by date, text or name) in the same order; otherwise the list is one value. `apply_changes` with
    `{change.place: change.after}` turns `old` into `new`, up to the order within lists with ids.
    """
    return tuple(_diff_parts(old, new, _Spot("", None, ()), (old, new)))


def _diff_parts(old: Part, new: Part, spot: _Spot, whole: tuple[Strategy, Strategy]) -> Iterator[Change]:
    for key, shape in fields_of(type(new)).items():
        before, after = getattr(old, shape.name), getattr(new, shape.name)
        if before != after:
            yield from _diff_field(shape, before, after, spot.under(key), whole)


def _diff_field(shape: FieldShape, before: Any, after: Any, spot: _Spot, whole: tuple[Strategy, Strategy]) -> Iterator[Change]:
    if shape.kind == "named":
        yield from _diff_members(before, after, spot, whole)
    elif shape.kind == "parts" and _are_the_same_ones(before, after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _diff_parts(one, other, _Spot(f"{spot.place}[{index}]", other, ()), whole)
    elif shape.kind == "part" and before is not None and after is not None:
        yield from _diff_parts(before, after, spot, whole)
    else:
        sentence = say_changed(before, after, owner=spot.owner, path=spot.path, whole=whole)
        yield Change(spot.place, to_json(before), to_json(after), sentence)


def _diff_members(before: Sequence[NamedPart], after: Sequence[NamedPart], spot: _Spot, whole: tuple[Strategy, Strategy]) -> Iterator[Change]:
    old, new = _by_id(before), _by_id(after)
    for part_id, part in new.items():
        place = f"{spot.place}[{part_id}]"
        if part_id not in old:
            yield Change(place, None, to_json(part), say_added(part, whole[1]))
        elif part != old[part_id]:
            yield from _diff_parts(old[part_id], part, _Spot(place, part, ()), whole)
    for part_id, part in old.items():
        if part_id not in new:
            yield Change(f"{spot.place}[{part_id}]", to_json(part), None, say_removed(part, whole[0]))


def _are_the_same_ones(before: Sequence[Part], after: Sequence[Part]) -> bool:
    """True when members without ids can be told apart and stand where they stood: then each is compared with itself."""
    names = [name_of(part) for part in before]
    return len(set(names)) == len(names) and names == [name_of(part) for part in after]


def _by_id(parts: Sequence[NamedPart]) -> Mapping[str, NamedPart]:
    return {part.id: part for part in parts}
