"""Answers of the interview as a YAML file: read with every problem at once, and the file of questions to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.strategy.interview.choices import AT_MOST, KNOWN_BY, RHYTHMS, WEEKDAYS, options_of
from quarterdeck.strategy.interview.examples import examples_of
from quarterdeck.strategy.interview.interview import Answer, Answers, Asked, Known, Option, Question, Told
from quarterdeck.strategy.interview.questions import QUESTIONS, hold_interview, words_for
from quarterdeck.strategy.interview.read import read_answer
from quarterdeck.strategy.parts.aims import Company
from quarterdeck.strategy.parts.shape import place_of
from quarterdeck.strategy.parts.validation import validation_problems
from quarterdeck.strategy.yaml.nodes import read_nodes
from quarterdeck.strategy.yaml.tree import Grouping, to_values

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
            is_empty = _says_nothing(typed[question.id])
            hangs_on_what_is_wrong = any(problem.where.partition("[")[0] in question.after for problem in problems)
            problems += [] if is_empty or hangs_on_what_is_wrong else [_not_asked(question)]
            continue
        read = read_answer(asked, _or_nothing(asked, typed[question.id]), told)
        answers[question.id] = read.answer
        problems += read.problems
    known = {question.id for question in QUESTIONS}
    problems += [_unknown(str(key)) for key in typed if key not in known]
    if problems:
        raise InvalidInput(problems, state=NOT_READ)
    return answers


def _or_nothing(asked: Asked, typed: Any) -> Any:
    """None for a group of fields that was left as it is printed: nothing was said, which is no mistake."""
    return None if isinstance(typed, Mapping) and _says_nothing(typed) and not asked.question.none_is_said else typed


def _says_nothing(typed: Any) -> bool:
    return not any(typed.values()) if isinstance(typed, Mapping) else typed in (None, "", [])


def answer_template(quarter: Quarter) -> str:
    """A file with every question as a comment, to be filled in; what is left empty becomes an open question."""
    return "\n".join(_template_lines(quarter)) + "\n"


def _template_lines(quarter: Quarter) -> Iterator[str]:
    yield "# The interview: write an answer after each name. What you leave empty becomes an open question; nothing is made up for you."
    yield "# Then:  quarterdeck strategy interview --answers FILE.yaml --out strategy.yaml"
    yield ""
    yield "company: {name: Your company, currency: GBP, timezone: Europe/London, markets: [GB], languages: [en]}"
    told = Told({}, Known("", "GBP", "UTC"), quarter)
    words = words_for(told)
    for number, question in enumerate((each for each in QUESTIONS if each.id != "place"), start=1):
        yield ""
        yield f"# {number}. {question.text.format_map(words)}"
        for line in (question.hint.format_map(words), f"For instance: {next(iter(examples_of(question.id).values()))}", *_form_of(question, told)):
            if line:
                yield f"#    {line}"
        yield f"{question.id}:"
        if question.id not in _LINES and question.rows is not None:
            yield from (f"  {row.key}:    # {row.label}{_chosen_from(row.options)}" for row in question.rows(told))
        if question.id == "one":
            yield "  left:    # Of each 100 that come in, you keep: in place of the two above, where money is what you count"


_LINES: Mapping[str, tuple[str, ...]] = {
    "needs": (
        "Parents of small children: [Shoes that fit at once, To know the price]",
        "Parents of small children known by: I talked with them about it",
    ),
    "found": ("Parents of small children: [On social networks, In their e-mail]",),
    "promises": ("Shoes that fit at once: What does not fit we change free.", "Shoes that fit at once proof: Of 400 pairs 31 came back."),
    "roles": ("Our website: shows what is new",),
    "in_the_way": ("Our website: We have no good pictures.", "Our website hours: 5", "Leaflets and letters by post hours: 3    (a trial)"),
    "sends": ("Letters by e-mail: What came in this month",),
    "rhythm": (
        f"letter: {'; '.join(RHYTHMS.values())}",
        "letter for: the group, where there are several",
        f"day: {'; '.join(WEEKDAYS.values())}",
        f"at_most: {'; '.join(words for words, _, _ in AT_MOST.values())}    (for letters and text messages)",
    ),
    "money": (
        "Leaflets and letters by post: 250    (at most)",
        "Leaflets and letters by post brings: 12    (or you stop it)",
        "one_day: 15    (all adverts on the internet, at most in one day)",
        "all: 950    (all of it together, at most)",
    ),
}
"""Lines of an answer, where their names hang on earlier answers."""


def _form_of(question: Question, told: Told) -> Iterator[str]:
    """How to write it, where it is more than one text."""
    if question.id in _LINES:
        yield "Write lines such as these, in the words of your earlier answers:"
        yield from (f"  {line}" for line in _LINES[question.id])
    elif question.kind in ("list", "choices") and question.rows is None:
        yield "Write one on each line, after a dash."
    options = options_of(KNOWN_BY) if question.id == "needs" else question.options(told)
    yield _chosen_from(options).strip()


def _chosen_from(options: tuple[Option, ...]) -> str:
    return f" Choose from: {'; '.join(option.words for option in options)}." if options else ""


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
