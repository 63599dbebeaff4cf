"""What stands in a form as plain texts by input name: made from a part of the strategy, or sent by a browser, and read back into plain data.

A field whose text is what the strategy would write there keeps its value as it is, so that opening and saving a form changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quarterdeck.strategy.shape import FieldShape, fields_of, to_json
from quarterdeck.strategy.values import Part
from quarterdeck.web.strategy.around import Around
from quarterdeck.web.strategy.leaves import leaf_of, read_leaf, write_leaf

Typed = dict[str, list[str]]
MOST_ROWS = 200
"""Of one repeated group in a form."""


def shown_fields(part: type[Part], only: Sequence[str] | None, left_out: Sequence[str] = ()) -> dict[str, FieldShape]:
    """The fields of a part that a form shows."""
    return {key: shape for key, shape in fields_of(part).items() if (only is None or key in only) and key not in left_out}


def typed_of(
    part: type[Part],
    value: Part | None,
    around: Around,
    source: str,
    *,
    prefix: str = "",
    shapes: Mapping[str, FieldShape] | None = None,
    with_defaults: bool = False,
) -> Typed:
    """The texts of a form that shows `value`; of an empty form when it is None (`with_defaults`: what is usual is chosen already)."""
    typed: Typed = {}
    for key, shape in (shapes or fields_of(part)).items():
        name, place = prefix + key, f"{source}.{key}" if source else key
        held = getattr(value, shape.name) if value is not None else shape.default if with_defaults else None
        if shape.kind == "part" and shape.part is not None:
            usual = with_defaults and not _may_be_missing(shape)
            typed |= typed_of(shape.part, held, around, place, prefix=f"{name}.", with_defaults=usual)
        elif shape.kind in ("parts", "named") and shape.part is not None:
            rows = held or ()
            typed[f"{name}.rows"] = [str(len(rows))]
            for index, member in enumerate(rows):
                typed[f"{name}.{index}.was"] = [str(index)]
                typed |= typed_of(shape.part, member, around, f"{place}[]", prefix=f"{name}.{index}.")
        else:
            leaf = leaf_of(part, shape, place, around)
            typed[name] = write_leaf(leaf, shape.default if value is None and leaf.kind == "select" else held, around)
    return typed


def without_empty_rows(part: type[Part], typed: Mapping[str, Sequence[str]], around: Around, source: str, shapes: Mapping[str, FieldShape]) -> Typed:
    """The texts with rows taken out that are empty or were struck out, and the others numbered anew."""
    kept: Typed = {name: [text.replace("\r\n", "\n") for text in texts] for name, texts in typed.items()}
    for key, shape in shapes.items():
        if shape.kind == "part" and shape.part is not None:
            place = f"{source}.{key}" if source else key
            kept = _renumbered(shape.part, kept, around, place, f"{key}.", fields_of(shape.part))
    return _renumbered(part, kept, around, source, "", shapes)


def read_typed(
    part: type[Part],
    typed: Mapping[str, Sequence[str]],
    current: Part | None,
    around: Around,
    source: str,
    *,
    prefix: str = "",
    shapes: Mapping[str, FieldShape] | None = None,
) -> dict[str, Any]:
    """Plain data of a part, as JSON would hold it. A field that the form did not send keeps what it is; so does one that was not touched."""
    as_it_was = typed_of(part, current, around, source, prefix=prefix, shapes=shapes)
    held: dict[str, Any] = to_json(current) if current is not None else {}
    plain = {key: value for key, value in held.items() if shapes is not None and key not in shapes}
    for key, shape in (shapes or fields_of(part)).items():
        name, place = prefix + key, f"{source}.{key}" if source else key
        now = getattr(current, shape.name) if current is not None else None
        if shape.kind == "part" and shape.part is not None:
            value = _read_group(shape, typed, now, around, place, f"{name}.")
        elif shape.kind in ("parts", "named") and shape.part is not None:
            value = _read_rows(shape.part, typed, now or (), around, f"{place}[]", name) if f"{name}.rows" in typed else held.get(key)
        elif name not in typed or (current is not None and list(typed[name]) == as_it_was[name]):
            value = held.get(key)
        else:
            leaf = leaf_of(part, shape, place, around)
            value = read_leaf(leaf, key, typed[name], around)
            if leaf.kind == "checks" and value and now:
                value = _in_the_old_order(value, now)
            if value is False and key not in held:
                value = None
        if value is not None:
            plain[key] = value
    return plain


def _read_group(shape: FieldShape, typed: Mapping[str, Sequence[str]], now: Part | None, around: Around, place: str, prefix: str) -> Any:
    """A group whose inputs are all empty is not there, where it may be missing."""
    assert shape.part is not None
    was_sent = any(name.startswith(prefix) for name in typed)
    if _may_be_missing(shape) and was_sent and _is_empty(shape.part, typed, around, place, prefix, fields_of(shape.part)):
        return None
    plain = read_typed(shape.part, typed, now, around, place, prefix=prefix)
    return plain if plain or now is not None or shape.info.is_required() else None


def _read_rows(
    part: type[Part], typed: Mapping[str, Sequence[str]], now: Sequence[Part], around: Around, source: str, name: str
) -> list[dict[str, Any]] | None:
    rows = []
    for index in range(row_count(typed, name)):
        was = (typed.get(f"{name}.{index}.was") or [""])[0]
        before = now[int(was)] if was.isascii() and was.isdigit() and int(was) < len(now) else None
        rows.append(read_typed(part, typed, before, around, source, prefix=f"{name}.{index}."))
    return rows or None


def row_count(typed: Mapping[str, Sequence[str]], name: str) -> int:
    """How many rows of a repeated group the form holds."""
    said = (typed.get(f"{name}.rows") or [""])[0]
    return min(int(said), MOST_ROWS) if said.isascii() and said.isdigit() and len(said) < 6 else 0


def _renumbered(part: type[Part], typed: Typed, around: Around, source: str, prefix: str, shapes: Mapping[str, FieldShape]) -> Typed:
    for key, shape in shapes.items():
        name = prefix + key
        if shape.kind not in ("parts", "named") or shape.part is None or f"{name}.rows" not in typed:
            continue
        place = f"{source}.{key}[]" if source else f"{key}[]"
        rows = [
            index
            for index in range(row_count(typed, name))
            if f"{name}.{index}.out" not in typed and not _is_empty(shape.part, typed, around, place, f"{name}.{index}.", fields_of(shape.part))
        ]
        others = {other: texts for other, texts in typed.items() if not other.startswith(f"{name}.")}
        for new, old in enumerate(rows):
            others |= {
                f"{name}.{new}.{other.removeprefix(f'{name}.{old}.')}": texts for other, texts in typed.items() if other.startswith(f"{name}.{old}.")
            }
        typed = {**others, f"{name}.rows": [str(len(rows))]}
    return typed


def _is_empty(
    part: type[Part], typed: Mapping[str, Sequence[str]], around: Around, source: str, prefix: str, shapes: Mapping[str, FieldShape]
) -> bool:
    """Whether nothing was typed or ticked; what a select shows by itself says nothing."""
    for key, shape in shapes.items():
        texts = typed.get(prefix + key, ())
        if shape.kind == "part" and shape.part is not None:
            if not _is_empty(shape.part, typed, around, f"{source}.{key}", f"{prefix}{key}.", fields_of(shape.part)):
                return False
        elif shape.kind in ("value", "values") and any(text.strip() for text in texts):
            leaf = leaf_of(part, shape, f"{source}.{key}", around)
            if leaf.kind != "select" or shape.default is None or texts[0] != str(shape.default):
                return False
    return True


def _may_be_missing(shape: FieldShape) -> bool:
    """A group that is there or not, such as the limits of a channel."""
    return shape.default is None and not shape.info.is_required()


def _in_the_old_order(value: list[str], now: Sequence[str]) -> list[str]:
    """Members that stay keep their order, new ones follow: ticking boxes says nothing about order."""
    return [*(member for member in now if member in value), *(member for member in value if member not in now)]
