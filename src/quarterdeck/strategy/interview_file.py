"""Answers of the interview as a YAML file: read with every problem at once, and the file of questions to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.strategy.aims import Company
from quarterdeck.strategy.interview import Answer, Answers, Known, Question, Told
from quarterdeck.strategy.interview_examples import examples_of
from quarterdeck.strategy.interview_questions import QUESTIONS, hold_interview, words_for
from quarterdeck.strategy.interview_read import read_answer
from quarterdeck.strategy.shape import place_of
from quarterdeck.strategy.validation import validation_problems
from quarterdeck.strategy.yaml_nodes import Grouping, read_nodes, to_values

NOT_READ = "No answer was taken."


@dataclass(frozen=True)
class AnswerFile:
    """What stands in a file: answers as they were typed, and the company where it says one."""

    typed: Mapping[str, Any]
    company: Known | None


def parse_answer_file(text: str, *, name: str = "answers.yaml") -> AnswerFile:
    """The file's content. Raises InvalidInput when it is not a list of answers, or its company is none."""
    reading = read_nodes(text, name=name)
    if reading.problems or not isinstance(reading.root, Grouping):
        found = Problem(
            "STRATEGY-939", name, "something else", "answers, each after the name of its question", "Print a file to fill in with --template."
        )
        raise InvalidInput(reading.problems or [found], state=NOT_READ)
    typed = dict(to_values(reading.root))
    return AnswerFile(typed, _company(typed.pop("company", None), name))


def read_answers(typed: Mapping[str, Any], company: Known, quarter: Quarter) -> Answers:
    """The answers made tidy, read in the order of the questions. Raises InvalidInput with everything that is wrong with any of them."""
    problems: list[Problem] = []
    answers: dict[str, Answer] = {}
    for question in QUESTIONS:
        if question.id not in typed:
            continue
        told = Told(answers, company, quarter)
        asked = next((each for each in hold_interview(told) if each.id == question.id), None)
        if asked is None:
            is_empty = typed[question.id] in (None, "", [], {})
            hangs_on_what_is_wrong = any(problem.where.partition("[")[0] in question.after for problem in problems)
            problems += [] if is_empty or hangs_on_what_is_wrong else [_not_asked(question)]
            continue
        read = read_answer(asked, typed[question.id], told)
        answers[question.id] = read.answer
        problems += read.problems
    known = {question.id for question in QUESTIONS}
    problems += [_unknown(str(key)) for key in typed if key not in known]
    if problems:
        raise InvalidInput(problems, state=NOT_READ)
    return answers


def answer_template(quarter: Quarter) -> str:
    """A file with every question as a comment, to be filled in; what is left empty becomes an open question."""
    return "\n".join(_template_lines(quarter)) + "\n"


def _template_lines(quarter: Quarter) -> Iterator[str]:
    yield "# The interview: write an answer after each name. What you leave empty becomes an open question; nothing is made up for you."
    yield "# Then:  quarterdeck strategy interview --answers FILE.yaml --out strategy.yaml"
    yield ""
    yield "company: {name: Your company, currency: GBP, timezone: Europe/London, markets: [GB], languages: [en]}"
    words = words_for(Told({}, Known("", "", ""), quarter))
    for number, question in enumerate((each for each in QUESTIONS if each.id != "place"), start=1):
        yield ""
        yield f"# {number}. {question.text.format_map(words)}"
        for line in (question.hint.format_map(words), f"For instance: {next(iter(examples_of(question.id).values()))}", _form_of(question, quarter)):
            if line:
                yield f"#    {line}"
        yield f"{question.id}:"


_KEYS: Mapping[str, str] = {
    "needs": "each group in your words, and the same words with “known by” behind them",
    "promises": "each need in your words, and the same words with “proof” behind them",
    "found": "each group in your words",
    "roles": "each way that you use or want, in the words above",
    "in_the_way": "each way that you use in the words above, and any way with “hours” behind it",
    "sends": "each way by which you send or show something, in the words above",
    "rhythm": "each of these ways, the same with “for” behind it where there are several groups, day, at_most",
    "money": "all, one_day for adverts on the internet, each paid way in the words above, and the same with “brings” behind it",
}
"""What the lines of an answer are called, where that hangs on earlier answers."""


def _form_of(question: Question, quarter: Quarter) -> str:
    """How to write it, where it is more than one text."""
    options = "; ".join(option.words for option in question.options(_unsaid(quarter)))
    if question.rows is not None:
        fixed = {row.key: row for row in question.rows(_unsaid(quarter))}
        chosen = "".join(f" {key}: {'; '.join(option.words for option in row.options)}." for key, row in fixed.items() if row.options)
        return f"Write one line for each: {_KEYS.get(question.id) or ', '.join(fixed)}.{chosen}" + (f" Choose from: {options}." if options else "")
    if question.kind in ("list", "choices"):
        return "Write one on each line, after a dash." + (f" Choose from: {options}." if options else "")
    return f"Choose from: {options}." if options else ""


def _unsaid(quarter: Quarter) -> Told:
    return Told({}, Known("", "GBP", "UTC"), quarter)


def _company(typed: Any, name: str) -> Known | None:
    if typed is None:
        return None
    try:
        company = Company.model_validate(typed)
    except ValidationError as error:
        raise InvalidInput(
            validation_problems(error, lambda loc: f"{name}, {place_of(('company', *loc), {'company': typed})}"), state=NOT_READ
        ) from error
    says_languages = isinstance(typed, Mapping) and "languages" in typed
    return Known(company.name, company.currency, company.timezone, company.markets, company.languages if says_languages else ())


def _not_asked(question: Question) -> Problem:
    return Problem("STRATEGY-936", question.id, "an answer", "none, because your other answers leave no room for this question", "Take it out.")


def _unknown(key: str) -> Problem:
    return Problem("STRATEGY-936", key, f"“{key}”", "the name of a question", "The file that --template prints has all of them.")
