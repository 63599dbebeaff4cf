"""The interview: plain questions whose answers write a first strategy. What a question is, what has been said so far, and what is asked next.

Answers are kept as they were typed, so that nothing is lost by going back: a text, a list of texts, or for a question about each of several things a
mapping from the thing to its answer. None is "I don't know". A question without an entry has not been asked yet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from quarterdeck.kernel.periods import Quarter
from quarterdeck.strategy.checks.checking import Step
from quarterdeck.strategy.wording.typed_numbers import read_number

_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff\ufffe\uffff]")

Kind = Literal["text", "list", "choice", "choices", "money", "number"]
Business = Literal["shop", "firms", "software", "trade", "charity"]
Typed = str | list[str]
Answer = Typed | dict[str, Typed] | None
Answers = Mapping[str, Answer]

BUSINESSES: Mapping[Business, str] = {
    "shop": "A shop",
    "firms": "A service for firms",
    "software": "Software",
    "trade": "A local trade",
    "charity": "A charity",
}
"""The kinds of business that each question has an example for."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the company without asking; markets and languages are asked for where they are empty."""

    name: str
    currency: str
    timezone: str
    markets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    decimal: str = ""
    """The sign before decimals in the company's own way of writing; empty where that is not known yet."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that may be chosen."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a question that has several: its key in the answer, its label, and what it may hold where that differs from the question.

    Fields `of` the same thing stand together under its name. `asks` is the question that stays open when this field alone is left empty, ""
    where the label in brackets says it, and `step` its step; `is_extra` where an empty field says nothing and leaves nothing open.
    """

    key: str
    label: str
    options: tuple[Option, ...] = ()
    unit: str = ""
    kind: Kind | None = None
    of: str = ""
    asks: str = ""
    most_value: Decimal | None = None
    is_extra: bool = False
    is_whole: bool = False
    step: Step | None = None


@dataclass(frozen=True)
class Told:
    """What has been said so far, and what is known without asking; gives answers in the form in which they are used."""

    answers: Answers
    company: Known
    quarter: Quarter

    @property
    def year(self) -> int:
        """The year that most of the quarter lies in; the last quarter of a year ends in the days after it."""
        weeks = self.quarter.weeks
        return weeks[len(weeks) // 2].year

    def has(self, question: str) -> bool:
        """Whether it was asked and answered, be it with "I don't know"."""
        return question in self.answers

    def text(self, question: str, row: str | None = None) -> str:
        """The text, on one line or more; empty when there is none."""
        found = self._typed(question, row)
        return tidy(found) if isinstance(found, str) else ""

    def lines(self, question: str, row: str | None = None) -> tuple[str, ...]:
        """The texts of a list or the values that were ticked."""
        found = self._typed(question, row)
        lines = found.split("\n") if isinstance(found, str) else found or ()
        return tuple(dict.fromkeys(text for line in lines if (text := tidy(line).replace("\n", " "))))

    def number(self, question: str, row: str | None = None) -> Decimal | None:
        """The figure; None is "not known"."""
        return read_number(self.text(question, row), decimal=self.company.decimal)

    def rows(self, question: str) -> dict[str, str]:
        """The rows that hold a text, by their keys."""
        found = self.answers.get(question)
        return {key: tidy(text) for key, text in found.items() if isinstance(text, str) and tidy(text)} if isinstance(found, dict) else {}

    def _typed(self, question: str, row: str | None) -> Typed | None:
        found = self.answers.get(question)
        if isinstance(found, dict):
            return found.get(row or "")
        return found if row is None else None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `text` and `blocks` may hold the words of earlier answers in braces; `rows` makes one field of each of several things.

    `after` names the questions whose answers decide whether (`applies`) and about what (`rows`) it is asked.
    `none_is_said` is true where an empty answer says "nothing" and leaves nothing open. `days` is how soon an open question about it is due.
    """

    id: str
    step: Step
    text: str
    why: str
    kind: Kind
    blocks: str
    hint: str = ""
    after: tuple[str, ...] = ()
    applies: Callable[[Told], bool] = lambda told: True
    rows: Callable[[Told], tuple[Row, ...]] | None = None
    options: Callable[[Told], tuple[Option, ...]] = lambda told: ()
    most: int = 1
    least_value: Decimal = Decimal(0)
    most_value: Decimal = Decimal(10) ** 12
    none_is_said: bool = False
    skip_words: str = "I don’t know yet"
    days: int = 10
    minutes: float = 1.5


@dataclass(frozen=True)
class Asked:
    """A question as it is put to this company now: its words filled in, its rows and options made from the answers before it."""

    question: Question
    text: str
    hint: str
    rows: tuple[Row, ...]
    options: tuple[Option, ...]
    answer: Answer
    is_answered: bool

    @property
    def id(self) -> str:
        """Short name of the question."""
        return self.question.id

    @property
    def has_rows(self) -> bool:
        """Whether there is one field for each of several things."""
        return self.question.rows is not None

    @property
    def minutes(self) -> float:
        """About how long it takes."""
        return self.question.minutes if len(self.rows) < 2 else 0.4 * self.question.minutes + 0.4 * len(self.rows)

    def options_of(self, row: Row) -> tuple[Option, ...]:
        """What may be chosen in that row."""
        return row.options or self.options

    def kind_of(self, row: Row | None) -> Kind:
        """What the field of that row holds, or the only field."""
        return row.kind if row is not None and row.kind is not None else self.question.kind


@dataclass(frozen=True)
class Progress:
    """How far the interview is: of all questions that apply as far as is known now."""

    done: int
    of: int
    minutes_left: int


def tidy(text: str) -> str:
    """The text without spaces around it, with lines that end in one way and without signs that nobody can see."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def put_question(question: Question, told: Told, words: Mapping[str, str]) -> Asked:
    """The question as it stands after the answers so far."""
    rows = question.rows(told) if question.rows is not None else ()
    answer = told.answers.get(question.id)
    return Asked(
        question,
        question.text.format_map(words),
        question.hint.format_map(words),
        rows,
        question.options(told),
        answer,
        _is_answered(question, told, rows),
    )


def applies_now(question: Question, told: Told, still_to_come: Collection[str]) -> bool:
    """Whether it is asked; one whose earlier questions are still to come is expected to be."""
    if any(each in still_to_come for each in question.after):
        return True
    return question.applies(told) and (question.rows is None or bool(question.rows(told)))


def progress_of(asked: tuple[Asked, ...]) -> Progress:
    """How many are answered, and about how many minutes the others take."""
    left = [each for each in asked if not each.is_answered]
    return Progress(len(asked) - len(left), len(asked), max(1, round(sum(each.minutes for each in left))) if left else 0)


def next_to_ask(asked: tuple[Asked, ...], after: str | None = None) -> str | None:
    """The first question without an answer that follows `after`, else the first of all; None when every one has been answered."""
    ids = [each.id for each in asked]
    start = ids.index(after) + 1 if after in ids else 0
    return next((each.id for each in (*asked[start:], *asked[:start]) if not each.is_answered), None)


def _is_answered(question: Question, told: Told, rows: tuple[Row, ...]) -> bool:
    if question.id not in told.answers:
        return False
    answer = told.answers[question.id]
    return not isinstance(answer, dict) or all(row.key in answer for row in rows)
