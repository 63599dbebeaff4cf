"""Questions and what answers them, as the pages offer it: a question to close with what was filled in, an answer to fill in where it belongs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import quote

from quarterdeck.kernel.problems import Problem
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.report.strategy.outline import part_of, sheet_at
from quarterdeck.report.strategy.places import where_in_words
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.management import Question
from quarterdeck.strategy.parts.references import REFERENCES
from quarterdeck.strategy.parts.shape import FieldShape, fields_of
from quarterdeck.strategy.parts.steps import step_of
from quarterdeck.strategy.parts.value_at import value_at
from quarterdeck.strategy.parts.values import Part
from quarterdeck.strategy.questions.of_checks import answered_questions
from quarterdeck.web.strategy.frame import root_of
from quarterdeck.web.strategy.said import address_of, input_name

_FIGURE = re.compile(r"[-−]?\d(?:[\d.,'  ]*\d)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAMED = {rule.source.removesuffix("[]") for rule in REFERENCES}
_QUESTIONS = 8


@dataclass(frozen=True)
class ToClose:
    """A question whose place is filled: what stands there, and in words where."""

    question: str
    text: str
    answer: str
    where: str


@dataclass(frozen=True)
class FillIn:
    """Where an answer belongs: in words, and the form with the answer typed into it (not saved)."""

    href: str
    where: str
    is_typed: bool


def to_close(strategy: Strategy, problems: Sequence[Problem], *, step: int, place: str = "") -> tuple[ToClose, ...]:
    """Questions that were answered meanwhile by something on the page of this step; all of them on the page of questions.

    With a `place` (of a form) only what stands there, or the question that is there.
    """
    return tuple(
        ToClose(each.question.id, each.question.text, each.answer.rstrip("."), where_in_words(each.question.about or "", strategy))
        for each in answered_questions(strategy, problems)
        if step in (_QUESTIONS, step_of(each.question.about or "")) and _stands_at(each.question, place)
    )


def _stands_at(question: Question, place: str) -> bool:
    about = question.about or ""
    return not place or place in (f"questions[{question.id}]", about) or about.startswith((f"{place}.", f"{place}["))


def fill_in(desk: Desk, part: Part | None) -> FillIn | None:
    """Where the answer of a question belongs. None for another part, without an answer, or when something stands there already."""
    strategy = desk.strategy
    if not isinstance(part, Question) or not part.about or not part.answer or strategy is None:
        return None
    if value_at(strategy, part.about) not in (None, "", ()):
        return None
    _, sheet, _, field = sheet_at(part.about)
    typed = _typed(_shape_at(part_of(sheet), field), field, part)
    address, _, anchor = address_of(part.about, root_of(desk)).partition("#")
    tried = f"?try.{quote(input_name(field))}={quote(typed)}" if typed else ""
    return FillIn(f"{address}{tried}{f'#{anchor}' if anchor else ''}", where_in_words(part.about, strategy), bool(typed))


def _typed(shape: FieldShape | None, field: str, question: Question) -> str:
    """The answer as the field would take it; empty where a person must choose."""
    place = re.sub(r"\[[^\]]*\]", "[]", question.about or "")
    if shape is None or shape.is_list or shape.part is not None or place in _NAMED or shape.plain_type not in (str, Decimal, int, date):
        return ""
    answer = " ".join((question.answer or "").split())
    if shape.plain_type is str:
        return (question.answer or "").strip() if field != "metric" else ""
    found = (_DAY if shape.plain_type is date else _FIGURE).search(answer)
    return found.group() if found else ""


def _shape_at(part: type[Part], field: str) -> FieldShape | None:
    """The shape of a field such as `spend.cap`."""
    shape = None
    for word in re.sub(r"\[[^\]]*\]", "", field).split("."):
        shape = fields_of(part).get(word)
        if shape is None:
            return None
        part = shape.part or part
    return shape
