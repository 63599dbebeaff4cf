"""What is not known opens a question, and what is written answers it: places of findings and the questions that are open about them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from quarterdeck.kernel.problems import Problem
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aims import Goal, Objective
from quarterdeck.strategy.parts.management import Question
from quarterdeck.strategy.parts.steps import step_of
from quarterdeck.strategy.parts.value_at import part_at, value_at
from quarterdeck.strategy.parts.values import Part
from quarterdeck.strategy.questions.asks import ASKS
from quarterdeck.strategy.wording.wording import name_of, say_amount, say_day, say_number

ASKED = "Asked: "
"""How the way out of a finding begins when somebody was asked."""
_FRIDAY, _WEEK, _SOONEST = 4, 7, 3
_POSITION = re.compile(r"\[\d+\]")
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that a finding makes: `about` is the place that its answer fills, or the place of the finding where it fills more than one field."""

    step: int
    text: str
    blocks: str
    about: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An open question, and in words what stands now at the place that it is about."""

    question: Question
    answer: str


def draft_question(strategy: Strategy, code: str, place: str) -> Draft | None:
    """The question that a finding makes. None when the check asks for nothing that somebody could find out, or the place is not there."""
    ask, part = ASKS.get(code), part_at(strategy, place)
    if ask is None or part is None:
        return None
    name = _name(part, strategy)
    return Draft(step_of(place), ask.text.format(name=name), ask.blocks.format(name=name), _filled_at(strategy, place, code))


def open_question_about(strategy: Strategy, code: str, place: str) -> Question | None:
    """The open question about what a check finds missing at this place."""
    return _known_about(_questions_by_place(strategy), code, place)


def with_questions(strategy: Strategy, problems: Sequence[Problem], *, as_of: date | None) -> tuple[Problem, ...]:
    """The problems, those that somebody is asked about as hints that say who finds out and by when; an error stays one.

    A question without somebody or without a day changes nothing, and from its day on the finding speaks again as before.
    """
    if not any(question.about for question in strategy.questions):
        return tuple(problems)
    known = _questions_by_place(strategy)
    return tuple(_with_question(strategy, problem, _known_about(known, problem.code, problem.where), as_of) for problem in problems)


def is_asked(problem: Problem) -> bool:
    """Whether somebody was asked about it and still has time."""
    return problem.fix.startswith(ASKED)


def answered_questions(strategy: Strategy, problems: Sequence[Problem]) -> tuple[Answered, ...]:
    """Open questions whose place is filled by now so that no check asks for it any more, each with what stands there."""
    asked = {problem.where for problem in problems if problem.code in ASKS}
    found = []
    for about, question in _questions_by_place(strategy).items():
        value = value_at(strategy, about)
        if about not in asked and value not in (None, "", ()) and not isinstance(value, Part):
            found.append(Answered(question, say_at(strategy, about)))
    return tuple(found)


def say_at(strategy: Strategy, place: str) -> str:
    """What stands at a place, in words: `£4,060`, `4 April 2027`, `Know the price; Know the hour`; empty when nothing does."""
    return _say(value_at(strategy, place), part_at(strategy, place), strategy)


def next_friday(today: date) -> date:
    """The Friday by which somebody could find out: at least three days ahead."""
    soonest = today + timedelta(days=_SOONEST)
    return soonest + timedelta(days=(_FRIDAY - soonest.weekday()) % _WEEK)


def name_of_owner(strategy: Strategy, owner: str) -> str:
    """What people call the person of that id, or the owner as written."""
    person = next((person for person in strategy.management.people if person.id.casefold() == owner.casefold()), None)
    return person.name if person is not None and person.name else owner


def new_question_id(strategy: Strategy, place: str) -> str:
    """A short name for a question about a place, which no other question has."""
    stem = "_".join(["ask", *re.findall(r"[a-z0-9]+", place.lower())[-3:]])[:50]
    known = {question.id for question in strategy.questions}
    return next(name for name in (stem, *(f"{stem}_{number}" for number in range(2, len(known) + 3))) if name not in known)


def _known_about(known: Mapping[str, Question], code: str, place: str) -> Question | None:
    return next((known[each] for each in _places(place, code) if each in known), None) if code in ASKS else None


def _with_question(strategy: Strategy, problem: Problem, question: Question | None, as_of: date | None) -> Problem:
    if question is None or not question.owner or question.due_on is None or (as_of is not None and question.due_on <= as_of):
        return problem
    said = f"{ASKED}{name_of_owner(strategy, question.owner)} finds out by {say_day(question.due_on)}."
    return replace(problem, fix=said, severity="error" if problem.severity == "error" else "hint")


def _questions_by_place(strategy: Strategy) -> Mapping[str, Question]:
    """By place the open question about it. A place that is counted (`claims[0]`) counts only while the question still names what stands there."""
    found: dict[str, Question] = {}
    for question in strategy.questions:
        if question.about and not question.answer and _is_still_about(strategy, question, question.about):
            found.setdefault(question.about, question)
    return found


def _is_still_about(strategy: Strategy, question: Question, about: str) -> bool:
    if not _POSITION.search(about):
        return True
    part = part_at(strategy, about)
    return part is not None and _name(part, strategy) in question.text


def _places(place: str, code: str) -> list[str]:
    """Where the answer may go: the fields that the finding asks for, and its own place."""
    fills = ASKS[code].fills if code in ASKS else ()
    return [*(f"{place}.{field}" for field in fills if field), place]


def _filled_at(strategy: Strategy, place: str, code: str) -> str:
    return next((each for each in _places(place, code) if value_at(strategy, each) in (None, "", ())), place)


def _name(part: Part, strategy: Strategy) -> str:
    """What people call the part, in curly quotes where it is their own words."""
    if isinstance(part, Strategy):
        return ""
    if isinstance(part, Goal | Objective):
        return f"“{short_line(part.statement)}”" if name_of(part, strategy).endswith(")") else _in_a_sentence(name_of(part, strategy))
    values = dict(part)
    words = next((values[key] for key in ("name", "title", "text", "who", "group", "question", "metric") if values.get(key)), None)
    if words is None:
        return str(values.get("id", ""))
    return short_line(str(words)) if "name" in values else f"“{short_line(str(words))}”"


def _in_a_sentence(name: str) -> str:
    """`New customers` as `new customers`; NPS stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def short_line(text: str) -> str:
    """The text as a question names it: on one line, without the dot at its end, and not longer than a line."""
    line = " ".join(text.split()).rstrip(".")
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _say(value: Any, owner: Part | None, strategy: Strategy) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        metric = dict(owner).get("metric") if owner is not None else None
        return say_amount(value, metric, strategy.company.currency) if metric else say_number(value)
    if isinstance(value, date):
        return say_day(value)
    if isinstance(value, tuple):
        return "; ".join(_say(member, owner, strategy) for member in value)
    return _name(value, strategy) if isinstance(value, Part) else str(value)
