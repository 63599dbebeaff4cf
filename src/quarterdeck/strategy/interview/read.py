"""Answers as they were typed, made tidy, with everything that is wrong with them: by field, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from quarterdeck.kernel.problems import Problem
from quarterdeck.strategy.interview.interview import Answer, Asked, Row, Told, Typed, tidy
from quarterdeck.strategy.interview.people import LEAST_HOURS, MOST_HOURS, read_person
from quarterdeck.strategy.interview.places import COUNTRIES, LANGUAGES, read_codes
from quarterdeck.strategy.wording.typed_numbers import has_two_readings, read_number
from quarterdeck.strategy.wording.wording import say_number

LONGEST, LONGEST_LINE = 2000, 200
_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Read:
    """An answer made tidy, and what is wrong with it; the whole of what was typed is in it all the same."""

    answer: Answer
    problems: tuple[Problem, ...]


def read_answer(asked: Asked, typed: Any, told: Told) -> Read:
    """The answer to one question as it is kept. A field of a group that was left empty says "not known" and is no problem, one answer that is empty is."""
    if typed is None:
        return Read(None, ())
    if not asked.has_rows:
        return _single(asked, typed, told)
    given = typed if isinstance(typed, Mapping) else {}
    problems = (
        []
        if isinstance(typed, Mapping)
        else [Problem("STRATEGY-930", _at(asked, None), _shown(typed), "one answer for each of the fields", _fields(asked))]
    )
    named = {name: row.key for row in reversed(asked.rows) for name in _names_of(row)}
    strange = [str(key) for key, value in given.items() if _plain(str(key)) not in named and value not in (None, "", [])]
    given = {named[_plain(str(key))]: value for key, value in given.items() if _plain(str(key)) in named}
    problems += [Problem("STRATEGY-931", _at(asked, None), f"“{key}”", "one of the fields of this question", _fields(asked)) for key in strange]
    found: dict[str, Typed] = {}
    for row in asked.rows:
        found[row.key], wrong = _read_field(asked, row, given.get(row.key), told)
        problems += wrong
    if not problems and not any(found.values()) and not asked.question.none_is_said:
        problems.append(_empty(asked))
    return Read(found, (*problems, *_together(asked, found, told)))


def _names_of(row: Row) -> tuple[str, ...]:
    """What a file may call the field: by its short name, or in the words of what it is about."""
    behind = row.key.partition(" ")[2]
    return tuple(_plain(name) for name in (f"{row.of} {behind}" if row.of else row.label, row.key))


def _plain(text: str) -> str:
    return _WORD.sub(" ", text.casefold()).strip()


def _single(asked: Asked, typed: Any, told: Told) -> Read:
    answer, problems = _read_field(asked, None, typed, told)
    if not problems and not answer and not asked.question.none_is_said:
        problems = [_empty(asked)]
    return Read(answer, tuple(problems))


def _read_field(asked: Asked, row: Row | None, typed: Any, told: Told) -> tuple[Typed, list[Problem]]:
    """The field made tidy, and what is wrong with it."""
    kind = asked.kind_of(row)
    if kind in ("list", "choices"):
        lines = _lines(typed)
        return (lines, _list_problems(asked, row, lines, told)) if kind == "list" else _ticked(asked, row, lines)
    if isinstance(typed, list | tuple | Mapping):
        return "", [Problem("STRATEGY-930", _at(asked, row), _shown(typed), "one answer", "Write it as one text.")]
    text = tidy("" if typed is None else str(typed))
    if not text:
        return "", []
    if kind == "choice":
        value = _chosen(asked, row, text)
        return (value, []) if value is not None else (text, [_not_offered(asked, row, text)])
    return text, _text_problems(asked, row, text) if kind == "text" else _number_problems(asked, row, text, told.company.decimal)


def _ticked(asked: Asked, row: Row | None, lines: list[str]) -> tuple[Typed, list[Problem]]:
    chosen = [(line, _chosen(asked, row, line)) for line in lines]
    return [value or line for line, value in chosen], [_not_offered(asked, row, line) for line, value in chosen if value is None]


def _text_problems(asked: Asked, row: Row | None, text: str) -> list[Problem]:
    if len(text) > LONGEST:
        return [
            Problem("STRATEGY-934", _at(asked, row), f"{say_number(len(text))} letters", f"at most {say_number(LONGEST)}", "Keep what matters most.")
        ]
    names = {"country": COUNTRIES, "language": LANGUAGES}.get(row.key if row is not None and asked.id == "place" else "")
    if names is not None and read_codes(text, names=names) is None:
        example = "Austria, or AT" if names is COUNTRIES else "German, or de"
        return [Problem("STRATEGY-932", _at(asked, row), f"“{text}”", "a name that is known here, or two letters", f"Write it like this: {example}.")]
    return []


def _number_problems(asked: Asked, row: Row | None, text: str, decimal: str) -> list[Problem]:
    number, question = read_number(text, decimal=decimal), asked.question
    if number is None:
        expected, fix = "a number in digits, such as 40 or 12.50", "Write the number alone, or leave it empty."
        if has_two_readings(text, decimal=decimal):
            expected, fix = "a number that can be read in one way", f"Write {re.sub(r'[^0-9]', '', text)} without a sign in it, or fewer decimals."
        return [Problem("STRATEGY-932", _at(asked, row), f"“{text[:60]}”", expected, fix)]
    if row is not None and row.is_whole and number != number.to_integral_value():
        return [Problem("STRATEGY-932", _at(asked, row), f"“{text}”", "a whole number", "Leave out what stands behind the comma or point.")]
    most = question.most_value if row is None or row.most_value is None else row.most_value
    if not question.least_value <= number <= most:
        bounds = f"a number from {say_number(question.least_value)} to {say_number(most)}"
        return [Problem("STRATEGY-932", _at(asked, row), f"“{text}”", bounds, "Look at the number once more.")]
    return []


def _list_problems(asked: Asked, row: Row | None, lines: list[str], told: Told) -> list[Problem]:
    most, problems = asked.question.most, _people_problems(lines, told.company.decimal) if asked.id == "people" else []
    if len(lines) > most:
        problems.append(
            Problem("STRATEGY-933", _at(asked, row), f"{len(lines)} lines", f"at most {most}", f"Keep the {most} that matter most, one on each line.")
        )
    long = [line for line in lines if len(line) > LONGEST_LINE]
    problems += [
        Problem(
            "STRATEGY-934", _at(asked, row), f"“{line[:40]}…” with {len(line)} letters", f"at most {LONGEST_LINE} on a line", "Say it in fewer words."
        )
        for line in long
    ]
    return problems


def _people_problems(lines: list[str], decimal: str) -> list[Problem]:
    hours = f"a name with hours a week from {say_number(LEAST_HOURS)} to {say_number(MOST_HOURS)}"
    unclear = [line for line in lines if not read_person(line, decimal=decimal).is_clear]
    return [Problem("STRATEGY-932", "people", f"“{line[:60]}”", hours, "Write the hours last: “Ann 6”.") for line in unclear]


def _together(asked: Asked, found: Mapping[str, Typed], told: Told) -> Iterable[Problem]:
    """What is wrong between two fields of one question: who wants more of something wants more than there was."""
    if asked.id != "numbers":
        return
    for before, wanted in (("before", "quarter"), ("year_before", "year")):
        was, want = (read_number(str(found.get(key, "")), decimal=told.company.decimal) for key in (before, wanted))
        if was is not None and want is not None and want < was:
            row = next(row for row in asked.rows if row.key == wanted)
            more = f"{say_number(was)} or more, as there should be more and {say_number(was)} is what there was"
            fix = "Change one of the two numbers. Must it be less? Then leave empty what there was."
            yield Problem("STRATEGY-932", _at(asked, row), f"“{say_number(want)}”", more, fix)


def _chosen(asked: Asked, row: Row | None, text: str) -> str | None:
    """The value of an option that was named by its value or its words; None when there is no such one."""
    options = asked.options_of(row) if row is not None else asked.options
    return next((o.value for o in options if text == o.value or _plain(text) in (_plain(o.value), _plain(o.words))), None)


def _not_offered(asked: Asked, row: Row | None, text: str) -> Problem:
    options = asked.options_of(row) if row is not None else asked.options
    return Problem(
        "STRATEGY-931", _at(asked, row), f"“{text[:60]}”", "one of the answers offered", f"Choose from: {'; '.join(o.words for o in options)}."
    )


def _empty(asked: Asked) -> Problem:
    skip = asked.question.skip_words
    return Problem("STRATEGY-935", _at(asked, None), "nothing", "an answer", f"Write one, or choose “{skip}”: then it becomes a question for later.")


def _at(asked: Asked, row: Row | None) -> str:
    """Where it stands: the question, or its field."""
    return asked.id if row is None else f"{asked.id}[{row.key}]"


def _fields(asked: Asked) -> str:
    return f"The fields are: {'; '.join(row.key for row in asked.rows) or 'none'}."


def _lines(typed: Any) -> list[str]:
    parts = typed.splitlines() if isinstance(typed, str) else typed if isinstance(typed, list | tuple) else [] if typed is None else [typed]
    return list(dict.fromkeys(text for text in (tidy(str(part)).replace("\n", " ").lstrip("-•* ").strip() for part in parts) if text))


def _shown(typed: Any) -> str:
    return f"“{str(typed)[:60]}”"
