"""One field of a form and its text: which input it gets, how a value is written into it and read out of it again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.report.strategy.all_words import words_of
from quarterdeck.report.strategy.around import Around, Pairs
from quarterdeck.report.strategy.choices import CHOICES, choice_word
from quarterdeck.report.strategy.field_words import FieldWords, InputKind
from quarterdeck.report.strategy.figures import read_figure, read_percent, say_figure, say_percent
from quarterdeck.strategy.parts.shape import FieldShape
from quarterdeck.strategy.parts.values import Part

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


def leaf_of(part: type[Part], shape: FieldShape, source: str, around: Around) -> Leaf:
    """The input of a field that is no group and no list of groups. `source` is its place, written as in the table of references."""
    words = words_of(part, shape.key)
    if shape.key == "id":
        return Leaf(words, "fixed")
    if around.refers_to(source):
        return Leaf(words, "checks" if shape.is_list else "select", around.members(source))
    if words.kind is None:
        pairs = _pairs_of(part, shape)
        return Leaf(words, "select", (("", pairs),)) if pairs else Leaf(words, _kind_of(shape))
    return Leaf(words, words.kind, suggested=around.suggested(words.suggest) if words.suggest else ())


def write_leaf(leaf: Leaf, value: Any, around: Around) -> list[str]:
    """The texts that stand in the input; hidden empty ones say that nothing is ticked."""
    if leaf.kind == "check":
        return ["", "on"] if value else [""]
    if leaf.kind == "checks":
        return ["", *(value or ())]
    return [""] if value is None else [_written(leaf, value, around)]


def read_leaf(leaf: Leaf, key: str, texts: Sequence[str], around: Around) -> Any:
    """What was typed as plain data; None when nothing was. What cannot be read is handed on as it is, so that validation names it."""
    if leaf.kind == "check":
        return "on" in texts
    if leaf.kind == "checks":
        return [_by_name(leaf, text.strip()) for text in texts if text.strip()] or None
    text = (texts[0] if texts else "").replace("\r\n", "\n")
    return _read(leaf, key, text, around) if text.strip() else None


def chosen_first(leaf: Leaf, chosen: Sequence[str]) -> Leaf:
    """The leaf with those of its choices that are chosen but not there any more, so that nothing disappears from a form."""
    known = {value for _, pairs in leaf.groups for value, _ in pairs}
    lost = tuple((value, value) for value in dict.fromkeys(chosen) if value and value not in known)
    return replace(leaf, groups=(*leaf.groups, ("Not in the strategy", lost))) if lost else leaf


def _written(leaf: Leaf, value: Any, around: Around) -> str:
    if leaf.kind in ("lines", "codes"):
        return ("\n" if leaf.kind == "lines" else ", ").join(value)
    if leaf.kind == "percent":
        return say_percent(value, around.words.locale)
    if isinstance(value, Decimal | int) and leaf.kind in ("number", "money"):
        return say_figure(value, around.words.locale)
    if isinstance(value, date):
        return value.isoformat()
    return dict(leaf.suggested).get(str(value), str(value))


def _read(leaf: Leaf, key: str, text: str, around: Around) -> Any:
    locale = around.words.locale
    readers: dict[str, Callable[[], Any]] = {
        "lines": lambda: [line.strip() for line in text.split("\n") if line.strip()],
        "codes": lambda: [_code(key, word) for word in re.split(r"[,;\n]" if key == "skills" else r"[,;\s]", text) if word.strip()],
        "number": lambda: read_figure(text, locale),
        "money": lambda: read_figure(text, locale),
        "percent": lambda: read_percent(text, locale),
        "suggest": lambda: {name.casefold(): value for value, name in leaf.suggested}.get(text.strip().casefold(), text),
    }
    return readers.get(leaf.kind, lambda: text)()


def _pairs_of(part: type[Part], shape: FieldShape) -> Pairs:
    """What may be chosen, for a field of a few words."""
    field = f"{part.__name__}.{shape.key}"
    if field in CHOICES:
        return tuple(CHOICES[field].items())
    if get_origin(shape.plain_type) is Literal:
        return tuple((str(word), choice_word(field, word)) for word in get_args(shape.plain_type))
    return tuple((metric.id, metric.name) for metric in METRICS.values()) if shape.key == "metric" else ()


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
