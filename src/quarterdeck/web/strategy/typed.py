"""What stands in a form as plain texts by input name: made from a part of the strategy, or sent by a browser, and read back into plain data.

A field whose text is what the strategy would write there keeps its value as it is, so that opening and saving a form changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quarterdeck.report.strategy.around import Around
from quarterdeck.strategy.parts.shape import FieldShape, fields_of, to_json
from quarterdeck.strategy.parts.values import Part
from quarterdeck.web.strategy.leaves import leaf_of, read_leaf, write_leaf
from quarterdeck.web.whole_number import whole_number

Typed = dict[str, list[str]]
Texts = Mapping[str, Sequence[str]]
Shapes = Mapping[str, FieldShape]
MOST_ROWS = 200
"""Of one repeated group in a form."""


@dataclass(frozen=True)
class Spot:
    """Where a part stands: `source` in the document, as the table of references writes it, and `prefix` before the names of its inputs."""

    around: Around
    source: str
    prefix: str = ""

    def place(self, key: str) -> str:
        """Where the field stands in the document."""
        return f"{self.source}.{key}" if self.source else key

    def group(self, key: str) -> Spot:
        """The spot of a group of fields."""
        return Spot(self.around, self.place(key), f"{self.prefix}{key}.")

    def row(self, key: str, index: int) -> Spot:
        """The spot of one row of a repeated group."""
        return Spot(self.around, f"{self.place(key)}[]", f"{self.prefix}{key}.{index}.")


def shown_fields(part: type[Part], only: Sequence[str] | None, left_out: Sequence[str] = ()) -> dict[str, FieldShape]:
    """The fields of a part that a form shows."""
    return {key: shape for key, shape in fields_of(part).items() if (only is None or key in only) and key not in left_out}


def typed_of(part: type[Part], value: Part | None, at: Spot, *, shapes: Shapes | None = None, with_defaults: bool = False) -> Typed:
    """The texts of a form that shows `value`; of an empty form when it is None (`with_defaults`: what is usual stands there already)."""
    typed: Typed = {}
    for key, shape in (shapes or fields_of(part)).items():
        name = at.prefix + key
        held = getattr(value, shape.name) if value is not None else shape.default if with_defaults else None
        if shape.kind == "part" and shape.part is not None:
            typed |= typed_of(shape.part, held, at.group(key), with_defaults=with_defaults and not _may_be_missing(shape))
        elif shape.part is not None:
            typed[f"{name}.rows"] = [str(len(held or ()))]
            for index, member in enumerate(held or ()):
                typed[f"{name}.{index}.was"] = [str(index)]
                typed |= typed_of(shape.part, member, at.row(key, index))
        else:
            leaf = leaf_of(part, shape, at.place(key), at.around)
            typed[name] = write_leaf(leaf, shape.default if value is None and leaf.kind == "select" else held, at.around)
    return typed


def without_empty_rows(part: type[Part], texts: Texts, at: Spot, shapes: Shapes) -> Typed:
    """The texts with rows taken out that are empty or were struck out, and the others numbered anew."""
    kept: Typed = {name: [text.replace("\r\n", "\n") for text in each] for name, each in texts.items()}
    for key, shape in shapes.items():
        if shape.kind == "part" and shape.part is not None:
            kept = _renumbered(kept, at.group(key), fields_of(shape.part))
    return _renumbered(kept, at, shapes)


def read_typed(part: type[Part], texts: Texts, current: Part | None, at: Spot, *, shapes: Shapes | None = None) -> dict[str, Any]:
    """Plain data of a part, as JSON would hold it. A field that the form did not send keeps what it is; so does one that was not touched."""
    as_it_was = typed_of(part, current, at, shapes=shapes) if current is not None else {}
    held: dict[str, Any] = to_json(current) if current is not None else {}
    plain = {key: value for key, value in held.items() if shapes is not None and key not in shapes}
    for key, shape in (shapes or fields_of(part)).items():
        name = at.prefix + key
        now = getattr(current, shape.name) if current is not None else None
        value: Any
        if shape.kind == "part":
            value = _read_group(shape, texts, now, at.group(key))
        elif shape.part is not None:
            value = _read_rows(shape, texts, now or (), at) if f"{name}.rows" in texts else held.get(key)
        elif name not in texts or list(texts[name]) == as_it_was.get(name):
            value = held.get(key)
        else:
            value = _read_value(part, shape, texts[name], now, at)
        if value is not None and (value is not False or key in held):
            plain[key] = value
    return plain


def row_count(texts: Texts, name: str) -> int:
    """How many rows of a repeated group the form holds."""
    said = (texts.get(f"{name}.rows") or [""])[0]
    return min(whole_number(said), MOST_ROWS)


def _read_value(part: type[Part], shape: FieldShape, texts: Sequence[str], now: Any, at: Spot) -> Any:
    leaf = leaf_of(part, shape, at.place(shape.key), at.around)
    value = read_leaf(leaf, shape.key, texts, at.around)
    return _in_the_old_order(value, now) if leaf.kind == "checks" and value and now else value


def _read_group(shape: FieldShape, texts: Texts, now: Part | None, at: Spot) -> dict[str, Any] | None:
    """A group whose inputs are all empty is not there, where it may be missing."""
    assert shape.part is not None
    was_sent = any(name.startswith(at.prefix) for name in texts)
    if _may_be_missing(shape) and was_sent and _is_empty(shape.part, texts, at):
        return None
    plain = read_typed(shape.part, texts, now, at)
    return plain if plain or now is not None or shape.info.is_required() else None


def _read_rows(shape: FieldShape, texts: Texts, now: Sequence[Part], at: Spot) -> list[dict[str, Any]] | None:
    assert shape.part is not None
    rows = []
    for index in range(row_count(texts, at.prefix + shape.key)):
        spot = at.row(shape.key, index)
        was = (texts.get(f"{spot.prefix}was") or [""])[0]
        before = now[position] if 0 <= (position := whole_number(was, -1)) < len(now) else None
        rows.append(read_typed(shape.part, texts, before, spot))
    return rows or None


def _renumbered(texts: Typed, at: Spot, shapes: Shapes) -> Typed:
    for key, shape in shapes.items():
        name = at.prefix + key
        if shape.kind not in ("parts", "named") or shape.part is None or f"{name}.rows" not in texts:
            continue
        spots = [at.row(key, index) for index in range(row_count(texts, name))]
        kept = [spot for spot in spots if f"{spot.prefix}out" not in texts and not _is_empty(shape.part, texts, spot)]
        others = {other: each for other, each in texts.items() if not other.startswith(f"{name}.")}
        for new, spot in enumerate(kept):
            others |= {f"{name}.{new}.{other[len(spot.prefix) :]}": each for other, each in texts.items() if other.startswith(spot.prefix)}
        texts = {**others, f"{name}.rows": [str(len(kept))]}
    return texts


def _is_empty(part: type[Part], texts: Texts, at: Spot) -> bool:
    """Whether nothing was typed or ticked; what a select shows by itself says nothing."""
    for key, shape in fields_of(part).items():
        if shape.kind == "part" and shape.part is not None:
            if not _is_empty(shape.part, texts, at.group(key)):
                return False
        elif shape.part is None and any(text.strip() for text in texts.get(at.prefix + key, ())):
            leaf = leaf_of(part, shape, at.place(key), at.around)
            if leaf.kind != "select" or shape.default is None or texts[at.prefix + key][0] != str(shape.default):
                return False
    return True


def _may_be_missing(shape: FieldShape) -> bool:
    """A group that is there or not, such as the limits of a channel."""
    return shape.default is None and not shape.info.is_required()


def _in_the_old_order(value: list[str], now: Sequence[str]) -> list[str]:
    """Members that stay keep their order, new ones follow: ticking boxes says nothing about order."""
    return [*(member for member in now if member in value), *(member for member in value if member not in now)]
