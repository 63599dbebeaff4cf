"""One field of a form and its text: which input it gets, how a value is written into it and read out of it again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.shape import FieldShape
from quarterdeck.strategy.values import Part
from quarterdeck.web.strategy.around import Around, Pairs
from quarterdeck.web.strategy.choices import CHOICES, choice_word
from quarterdeck.web.strategy.field_words import FieldWords, InputKind
from quarterdeck.web.strategy.figures import read_figure, read_percent, say_figure, say_percent
from quarterdeck.web.strategy.words_aims import AIMS
from quarterdeck.web.strategy.words_management import EVERY_PART, MANAGEMENT
from quarterdeck.web.strategy.words_means import MEANS

FIELD_WORDS = {**AIMS, **MEANS, **MANAGEMENT}
_TEXTUAL = ("text", "textarea", "lines", "codes", "number", "money", "percent", "date", "time", "suggest")


@dataclass(frozen=True)
class Leaf:
    """A field that holds a value: its words, its kind of input, and what may be chosen (in groups) or is suggested."""

    words: FieldWords
    kind: InputKind
    groups: tuple[tuple[str, Pairs], ...] = ()
    suggested: Pairs = ()

    @property
    def is_textual(self) -> bool:
        """Whether a person types into it."""
        return self.kind in _TEXTUAL


def words_of(part: type[Part], key: str) -> FieldWords:
    """The words of a field. Raises KeyError for a field that nobody named yet."""
    return FIELD_WORDS.get(f"{part.__name__}.{key}") or EVERY_PART[key]


def leaf_of(part: type[Part], shape: FieldShape, source: str, around: Around) -> Leaf:
    """The input of a field that is no group and no list of groups. `source` is its place, written as in the table of references."""
    words, field = words_of(part, shape.key), f"{part.__name__}.{shape.key}"
    if shape.key == "id":
        return Leaf(words, "fixed")
    if around.refers_to(source):
        return Leaf(words, "checks" if shape.is_list else "select", around.members(source))
    suggested = around.suggested(words.suggest) if words.suggest else ()
    if words.kind is not None:
        return Leaf(words, words.kind, suggested=suggested)
    if field in CHOICES:
        return Leaf(words, "select", (("", tuple(CHOICES[field].items())),))
    if get_origin(shape.plain_type) is Literal:
        return Leaf(words, "select", (("", tuple((str(word), choice_word(field, word)) for word in get_args(shape.plain_type))),))
    if shape.key == "metric":
        return Leaf(words, "select", (("", tuple((metric.id, metric.name) for metric in METRICS.values())),))
    return Leaf(words, _kind_of(shape), suggested=suggested)


def write_leaf(leaf: Leaf, value: Any, around: Around) -> list[str]:
    """The texts that stand in the input; hidden empty ones say that nothing is ticked."""
    if leaf.kind == "check":
        return ["", "on"] if value else [""]
    if leaf.kind == "checks":
        return ["", *(value or ())]
    if value is None:
        return [""]
    if leaf.kind == "lines":
        return ["\n".join(value)]
    if leaf.kind == "codes":
        return [", ".join(value)]
    if leaf.kind == "percent":
        return [say_percent(value, around.words.locale)]
    if isinstance(value, Decimal | int) and leaf.kind in ("number", "money"):
        return [say_figure(value, around.words.locale)]
    if isinstance(value, date):
        return [value.isoformat()]
    return [dict(leaf.suggested).get(str(value), str(value))]


def read_leaf(leaf: Leaf, key: str, texts: Sequence[str], around: Around) -> Any:
    """What was typed as plain data; None when nothing was. What cannot be read is handed on as it is, so that validation names it."""
    text = (texts[0] if texts else "").replace("\r\n", "\n")
    if leaf.kind == "check":
        return "on" in texts
    if leaf.kind == "checks":
        return [_by_name(leaf, text.strip()) for text in texts if text.strip()] or None
    if not text.strip():
        return None
    if leaf.kind == "lines":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if leaf.kind == "codes":
        return [_code(key, word) for word in re.split(r"[,;\n]" if key == "skills" else r"[,;\s]", text) if word.strip()]
    if leaf.kind in ("number", "money"):
        return read_figure(text, around.words.locale)
    if leaf.kind == "percent":
        return read_percent(text, around.words.locale)
    if leaf.kind == "suggest":
        return {name.casefold(): value for value, name in leaf.suggested}.get(text.strip().casefold(), text)
    return text


def chosen_first(leaf: Leaf, chosen: Sequence[str]) -> Leaf:
    """The leaf with those of its choices that are chosen but not there any more, so that nothing disappears from a form."""
    known = {value for _, pairs in leaf.groups for value, _ in pairs}
    lost = tuple((value, value) for value in dict.fromkeys(chosen) if value and value not in known)
    return replace(leaf, groups=(*leaf.groups, ("Not in the strategy", lost))) if lost else leaf


def _kind_of(shape: FieldShape) -> InputKind:
    if shape.is_list:
        return "lines"
    if shape.plain_type is bool:
        return "check"
    if shape.plain_type is date:
        return "date"
    return "number" if shape.plain_type in (int, Decimal) else "text"


def _by_name(leaf: Leaf, text: str) -> str:
    """The id that was ticked, or whose name was typed."""
    pairs = [pair for _, members in leaf.groups for pair in members]
    if any(value == text for value, _ in pairs):
        return text
    named = [value for value, name in pairs if name.casefold() == text.casefold()]
    return named[0] if len(named) == 1 else text


def _code(key: str, word: str) -> str:
    word = word.strip()
    if key == "markets":
        return word.upper()
    return "_".join(word.lower().split()) if key == "skills" else word
