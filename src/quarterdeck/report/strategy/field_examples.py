"""What an example strategy wrote into each field of a form, as people read it: examples are taken from it and never written twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_origin

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.report.strategy.all_words import words_of
from quarterdeck.report.strategy.around import Around, called
from quarterdeck.report.strategy.choices import CHOICES, choice_word
from quarterdeck.report.strategy.figures import say_figure, say_percent
from quarterdeck.report.strategy.members import members_of
from quarterdeck.report.strategy.outline import Sheet, part_of
from quarterdeck.report.strategy.singles import sentences_of
from quarterdeck.strategy.parts.shape import FieldShape, fields_of
from quarterdeck.strategy.parts.values import Part

_OF_THE_WHOLE = ("id", "note")
"""Of a member of a list and not of the groups in it."""
_METRIC_FIGURES = ("baseline", "target", "value", "threshold")
_LONGEST = 220
_TELLING = ("role", "proof", "claims", "needs", "expected")
"""What says most of a member beside its name."""


@dataclass(frozen=True)
class FieldExample:
    """`key` is the field as the form calls it (`spend.cap`), `text` what stands there; `kind` whose it is when another kind of business lent it."""

    key: str
    label: str
    text: str
    kind: str = ""


@dataclass(frozen=True)
class Lender:
    """An example strategy, what kind of business it is, and how its figures are said."""

    kind: str
    around: Around


def examples_of_form(sheet: Sheet, wanted: Lender, others: Sequence[Lender]) -> tuple[FieldExample, ...]:
    """An example of each field of the form, in the order of the document: of the kind that is wanted where it has one, else of another."""
    lent = {lender.kind: dict(_written(sheet, lender)) for lender in (wanted, *others)}
    found = []
    for key, label in _fields(part_of(sheet), sheet):
        kind = next((lender.kind for lender in (wanted, *others) if key in lent[lender.kind]), None)
        text = words_of_key(sheet, key).example if kind is None else lent[kind][key]
        if text:
            found.append(FieldExample(key, label, text, "" if kind in (None, wanted.kind) else str(kind)))
    return tuple(found)


def examples_of_step(sheets: Sequence[Sheet], lender: Lender) -> tuple[FieldExample, ...]:
    """One answer to each form of a step: what the first member of a list is called, or the first sentence of a single part."""
    found = []
    for sheet in sheets:
        if sheet.kind == "single":
            texts = [str(text) for text in sentences_of(sheet.slug, lender.around.strategy, lender.around.words)[:1]]
        else:
            texts = [_answer(member.part) for member in members_of(lender.around.strategy, sheet)[:1] if member.part is not None]
        found += [FieldExample(sheet.slug, sheet.many, text) for text in texts]
    return tuple(found)


def _answer(part: Part) -> str:
    """What a member is called, and what is most worth knowing of it: `Search adverts: be there when a parent asks about size.`"""
    values = dict(part)
    more = next((values[key] for key in _TELLING if values.get(key)), None)
    told = "; ".join(map(str, more)) if isinstance(more, tuple) else more
    return _shortened(f"{called(part, longest=_LONGEST).rstrip('.')}: {told}" if told else called(part, longest=_LONGEST))


def words_of_key(sheet: Sheet, key: str) -> Any:
    """The words of a field such as `spend.cap`."""
    part, words = part_of(sheet), None
    for word in key.split("."):
        words, part = words_of(part, word), fields_of(part)[word].part or part
    return words


def _fields(part: type[Part], sheet: Sheet | None, prefix: str = "", above: str = "") -> list[tuple[str, str]]:
    """Every field that holds a value, with its label: those of groups and of repeated groups among them."""
    found: list[tuple[str, str]] = []
    for key, shape in fields_of(part).items():
        if (prefix and key in _OF_THE_WHOLE) or (
            sheet is not None and (key in sheet.left_out or (sheet.fields is not None and key not in sheet.fields))
        ):
            continue
        label = words_of(part, key).label
        if shape.part is not None:
            found += _fields(shape.part, None, f"{prefix}{key}.", label)
        else:
            found.append((f"{prefix}{key}", f"{above.rstrip('?')}: {label[:1].lower()}{label[1:]}" if above else label))
    return found


def _written(sheet: Sheet, lender: Lender) -> Mapping[str, str]:
    """What the member that says most wrote, field by field; what it left empty is taken from the others, but no day, which would not fit its own."""
    parts = [member.part for member in members_of(lender.around.strategy, sheet) if member.part is not None]
    source = sheet.place + ("" if sheet.kind == "single" else "[]")
    told = sorted((dict(_said(part, source, lender.around)) for part in parts), key=len, reverse=True)
    days = {key for key, _ in _fields(part_of(sheet), sheet) if _is_day(sheet, key)}
    return {key: text for each in reversed(told) for key, text in each.items() if key not in days or each is told[0]}


def _is_day(sheet: Sheet, key: str) -> bool:
    part, plain_type = part_of(sheet), None
    for word in key.split("."):
        shape = fields_of(part)[word]
        part, plain_type = shape.part or part, shape.plain_type
    return plain_type is date and "." not in key


def _said(part: Part, source: str, around: Around, prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, shape in fields_of(type(part)).items():
        value, place = getattr(part, shape.name), f"{source}.{key}" if source else key
        if (prefix and key in _OF_THE_WHOLE) or value in (None, "", ()):
            continue
        if isinstance(value, Part):
            found += _said(value, place, around, f"{prefix}{key}.")
        elif shape.part is not None:
            found += _said(max(value, key=lambda row: len(row.model_fields_set)), f"{place}[]", around, f"{prefix}{key}.")
        else:
            found.append((f"{prefix}{key}", _shortened(_say(part, shape, value, place, around))))
    return found


def _say(part: Part, shape: FieldShape, value: Any, place: str, around: Around) -> str:
    if isinstance(value, tuple):
        joint = ", " if words_of(type(part), shape.key).kind == "codes" or around.refers_to(place) else "; "
        return joint.join(_say_one(part, shape, each, place, around) for each in value)
    return _say_one(part, shape, value, place, around)


def _say_one(part: Part, shape: FieldShape, value: Any, place: str, around: Around) -> str:
    field = f"{type(part).__name__}.{shape.key}"
    if around.refers_to(place):
        return dict(pair for _, pairs in around.members(place) for pair in pairs).get(value, str(value))
    if isinstance(value, date):
        return around.words.day(value)
    if isinstance(value, Decimal | int) and not isinstance(value, bool) and field not in CHOICES:
        return _say_figure(part, shape, Decimal(value), around)
    return _say_word(part, shape, value, around)


def _say_word(part: Part, shape: FieldShape, value: Any, around: Around) -> str:
    field = f"{type(part).__name__}.{shape.key}"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if shape.key == "metric":
        return METRICS[value].name if value in METRICS else str(value)
    if words_of(type(part), shape.key).suggest == "people":
        return dict(around.suggested("people")).get(value, str(value))
    if field == "Question.blocks":
        return next((name for place, _ in around.strategy.named_lists() for own_id, name in around.named(place) if own_id == value), str(value))
    return choice_word(field, value) if field in CHOICES or get_origin(shape.plain_type) is Literal else str(value)


def _say_figure(part: Part, shape: FieldShape, value: Decimal, around: Around) -> str:
    words, metric = words_of(type(part), shape.key), dict(part).get("metric")
    if words.kind == "money":
        return around.words.money(value)
    if words.kind == "percent":
        return f"{say_percent(value, around.words.locale)} %"
    if metric in METRICS and shape.key in _METRIC_FIGURES:
        return around.words.amount(value, metric)
    return f"{say_figure(value, around.words.locale)}{f' {words.unit}' if words.unit else ''}"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
