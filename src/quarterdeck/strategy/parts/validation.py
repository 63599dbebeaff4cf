"""What pydantic refuses, said in plain words: where, what was found, what was expected, and the way out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from quarterdeck.kernel.problems import Problem
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.shape import FieldShape, Loc, fields_of
from quarterdeck.strategy.parts.values import CLOCK_PATTERN, ID_PATTERN, Part
from quarterdeck.strategy.wording.suggestions import did_you_mean

Where = Callable[[Loc], str]

_PATTERNS = {
    ID_PATTERN: ("a short name of lower-case letters, digits, - and _ (60 at most)", 'Write it like this: "spring-sale".'),
    CLOCK_PATTERN: ("a time from 00:00 to 23:59", 'Write hours and minutes in quotes: "09:00".'),
    r"^[A-Z]{3}$": ("a currency of three capital letters", "Write it like this: GBP, EUR, USD."),
    r"^[a-z]{2}(-[A-Z]{2})?$": ("a language code", "Write it like this: en, uk, en-GB."),
    r"^[A-Z]{2}$": ("a country code of two capital letters", "Write it like this: GB, US, UA."),
}
_NUMBER_ERRORS = ("decimal_parsing", "decimal_type", "finite_number", "int_parsing", "int_type", "int_from_float", "float_parsing")
_SIZE_ERRORS = ("decimal_max_digits", "decimal_max_places", "decimal_whole_digits", "int_parsing_size")
_DAY_ERRORS = ("date_parsing", "date_type", "date_from_datetime_parsing", "date_from_datetime_inexact")
_BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}
_THE_ONLY_ONES = (
    "strategy",
    "company",
    "proposition",
    "content",
    "management",
    "budget",
    "ads rules",
    "contact rules",
    "guardrails",
    "review rhythm",
)


def validation_problems(error: ValidationError, where: Where) -> list[Problem]:
    """Every complaint of `error` as a Problem; `where` turns a location into a place that a person can find."""
    return [_problem(detail, where) for detail in error.errors(include_url=False)]


def _problem(detail: ErrorDetails, where: Where) -> Problem:
    code, found, expected, fix = _sentence(detail)
    return Problem(code, where(detail["loc"]), found, expected, fix)


def _sentence(detail: ErrorDetails) -> tuple[str, str, str, str]:
    """Code, found, expected and fix. The last line serves kinds of error that no field can raise today."""
    kind, given, context = detail["type"], detail.get("input"), detail.get("ctx", {})
    found = describe_value(given)
    if kind == "missing":
        found = "nothing"
    elif kind == "extra_forbidden":
        found = f'"{detail["loc"][-1]}"'
    families = (_field_sentence(detail), _kind_sentence(kind, given, detail["loc"]), _limit_sentence(kind, context), _form_sentence(detail))
    for family in families:
        if family is not None:
            return family[0], found, *family[1:]
    if kind == "contradiction":
        return "STRATEGY-016", str(context["found"]), str(context["expected"]), str(context["fix"])
    return "STRATEGY-012", found, detail["msg"], "Compare it with the example of this part."


def _field_sentence(detail: ErrorDetails) -> tuple[str, str, str] | None:
    """A field too many or too few."""
    if detail["type"] not in ("extra_forbidden", "missing"):
        return None
    owner, key = _part_at(detail["loc"][:-1]), str(detail["loc"][-1])
    known = fields_of(owner)
    if detail["type"] == "missing":
        return "STRATEGY-011", _meaning(known.get(key), key), f"Add `{key}:` with its value."
    fix = did_you_mean(key, known, otherwise=f"Delete it, or move it to `note`. Known here: {', '.join(known)}.")
    return "STRATEGY-010", f"a field of {_name_of(owner)}", fix


def _kind_sentence(kind: str, given: Any, loc: Loc) -> tuple[str, str, str] | None:
    """A value of another kind than the field holds."""
    expected = fix = None
    if kind in _NUMBER_ERRORS:
        expected, fix = "a whole number" if kind.startswith("int") else "a number", _number_fix(given)
    elif kind in _DAY_ERRORS:
        expected, fix = "a date", "Write year-month-day: 2027-03-28."
    elif kind.startswith("bool"):
        expected, fix = "true or false", "Write true or false."
    elif kind in ("string_type", "string_unicode"):
        expected, fix = "text", "Write one text; put quotes around it if it begins with [ or {."
    elif kind == "tuple_type":
        expected, fix = "a list", "Write a list: [one, two], or one member a line after a dash."
    elif kind in ("model_type", "model_attributes_type"):
        part = _part_at(loc)
        expected, fix = f"fields of {_name_of(part)}", f"Write its fields, indented: {', '.join(fields_of(part))}."
    return None if expected is None or fix is None else ("STRATEGY-012", expected, fix)


def _limit_sentence(kind: str, context: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """A value of the right kind and the wrong size."""
    if kind in _SIZE_ERRORS:
        return "STRATEGY-013", "a number of at most 20 digits, 6 of them after the point", "Check the number; round it if need be."
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        return "STRATEGY-013", f"{words} {context[key]}", f"Change it to {words} {context[key]}."
    if kind == "string_too_short":
        return "STRATEGY-013", "text that is not empty", "Write it, or leave the field out if it may be missing."
    if kind == "string_too_long":
        return "STRATEGY-013", f"at most {context['max_length']:,} characters", "Shorten it, or link to the long text."
    return None


def _form_sentence(detail: ErrorDetails) -> tuple[str, str, str] | None:
    """Text that must follow a form, or be one of a few words."""
    context = detail.get("ctx", {})
    if detail["type"] == "string_pattern_mismatch":
        return "STRATEGY-015", *_PATTERNS.get(context["pattern"], (f"text of the form {context['pattern']}", "Compare it with the example."))
    if detail["type"] == "literal_error":
        words = [word or digit for word, digit in re.findall(r"'([^']+)'|(\d+)", str(context["expected"]))]
        return "STRATEGY-014", f"one of {', '.join(words)}", did_you_mean(str(detail["input"]), words, otherwise="Choose one of them.")
    return None


def describe_value(value: Any) -> str:
    """What stands there, in a few words: a person must recognise it, and it may be huge."""
    if value is None:
        return "nothing"
    if isinstance(value, Mapping | Part):
        return "a group of fields"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    text = str(value)
    shown = text if len(text) <= 60 else f"{text[:57]}..."
    return '"' + "".join(sign if sign.isprintable() else " " for sign in shown) + '"'


def _number_fix(given: Any) -> str:
    bare = re.sub(r"[\s,'_£$€]", "", given) if isinstance(given, str) else ""
    if re.fullmatch(r"-?\d+(\.\d+)?", bare):
        return f"Write it without currency signs, spaces and thousands separators: {bare}."
    return "Write digits alone, with a point before decimals: 1200 or 12.5."


def _part_at(loc: Loc) -> type[Part]:
    """The part that `loc` stands in, as far as it can be followed."""
    part: type[Part] = Strategy
    for step in _words(loc):
        shape = fields_of(part).get(step) or next((shape for shape in fields_of(part).values() if shape.name == step), None)
        if shape is None or shape.part is None:
            break
        part = shape.part
    return part


def _words(loc: Loc) -> Iterator[str]:
    return (step for step in loc if isinstance(step, str))


def _meaning(shape: FieldShape | None, key: str) -> str:
    described = shape.info.description if shape is not None else None
    return f"`{key}`" if not described else f"`{key}` ({described.split('. ')[0].rstrip('.')})"


def _name_of(part: type[Part]) -> str:
    """`the company`, `an objective`, `a content item`: the type's name as words."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", part.__name__).lower()
    if words in _THE_ONLY_ONES:
        return f"the {words}"
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
