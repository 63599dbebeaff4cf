"""Problems with where they lead: the place as words, the address of its field, and the form's own names for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from quarterdeck.kernel.problems import Problem
from quarterdeck.report.say_goal import say_problem
from quarterdeck.report.strategy.outline import sheet_at
from quarterdeck.report.strategy.places import where_in_words
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.questions.asks import ASKS
from quarterdeck.strategy.questions.of_checks import is_asked, open_question_about

_SEVERITY = {
    "error": ("octagon-alert", "must be settled", "bad"),
    "warning": ("triangle-alert", "should be settled", "warn"),
    "hint": ("lightbulb", "a hint", "info"),
}


@dataclass(frozen=True)
class SaidProblem:
    """A problem for people: how bad, where it stands and leads, what is wrong, and the way out."""

    icon: str
    severity: str
    look: str
    where: str
    href: str
    sentence: str
    code: str
    ask: str = ""
    """Where somebody can be asked for what is missing, when nobody was yet."""
    question: str = ""
    """Where the question stands that somebody was asked."""


def said_problems(problems: Iterable[Problem], strategy: Strategy, root: str) -> tuple[SaidProblem, ...]:
    """Problems of the checks, each with its link. `root` is the address of the strategy."""
    return tuple(_said(problem, strategy, root) for problem in problems)


def _said(problem: Problem, strategy: Strategy, root: str) -> SaidProblem:
    where, href, sentence = where_in_words(problem.where, strategy), address_of(problem.where, root), say_problem(problem)
    if is_asked(problem):
        question = open_question_about(strategy, problem.code, problem.where)
        leads_to = f"{root}step/8/questions/{question.id}/" if question is not None else ""
        look = "bad" if problem.severity == "error" else "info"
        return SaidProblem("message-circle-question-mark", "somebody was asked", look, where, href, sentence, problem.code, question=leads_to)
    ask = f"{root}ask/?code={problem.code}&place={quote(problem.where)}" if problem.code in ASKS else ""
    return SaidProblem(*_SEVERITY[problem.severity], where, href, sentence, problem.code, ask=ask)


def address_of(place: str, root: str) -> str:
    """The form (and its field) in which a place is edited."""
    step, sheet, member, field = sheet_at(place)
    anchor = f"#f-{input_name(field).replace('.', '-')}" if field and field != place.split("[", maxsplit=1)[0] else ""
    if sheet.kind == "single":
        return f"{root}step/{step.number}/{sheet.slug}/{anchor}"
    return f"{root}step/{step.number}/{sheet.slug}/{member}/{anchor}" if member else f"{root}step/{step.number}/#{sheet.slug}"


def input_name(field: str) -> str:
    """`milestones[0].value` as the form calls it: `milestones.0.value`."""
    return re.sub(r"\[([^\]]*)\]", r".\1", field)


def by_input(problems: Sequence[Problem], place: str, names: Iterable[str]) -> tuple[Mapping[str, list[str]], list[str]]:
    """Input name -> what is wrong there; and what stands outside of the form, or belongs to no input of it."""
    known, found, others = _with_groups(names), {}, []  # type: set[str], dict[str, list[str]], list[str]
    for problem in problems:
        inside = problem.where == place or (problem.where.startswith(place) and problem.where[len(place) :][:1] in ("", ".", "[")) or not place
        name = input_name(problem.where[len(place) :].removeprefix(".")) if inside else ""
        asked, name = name, _nearest(name, known)
        if inside and name:
            row = re.fullmatch(r"\.(\d+)", asked.removeprefix(name))
            found.setdefault(name, []).append(f"Number {int(row.group(1)) + 1}: {say_wrong(problem)}" if row else say_wrong(problem))
        elif problem.where == place or inside:
            others.append(say_wrong(problem))
        else:
            others.append(f"{problem.where}: {say_wrong(problem)}")
    return found, others


def say_wrong(problem: Problem) -> str:
    """A refusal in a few words, beside its field."""
    if problem.code == "STRATEGY-011":
        return "This is needed."
    if problem.code == "STRATEGY-021":
        return f"There is no {problem.found.split(',')[0]} in the strategy. {problem.fix}".replace("`", "")
    if problem.expected in ("a number", "a whole number"):
        return f"Expected {problem.expected} such as {'12' if 'whole' in problem.expected else '1200 or 12.5'}, found {problem.found}."
    expected = problem.expected.replace("`", "")
    return f"Expected {expected}, found {problem.found}. {problem.fix}".replace("`", "")


def _with_groups(names: Iterable[str]) -> set[str]:
    """The inputs, and the groups that they stand in."""
    known = set(names)
    for name in tuple(known):
        words = name.split(".")
        known |= {".".join(words[:n]) for n in range(1, len(words)) if not words[n - 1].isdigit()}
    return known


def _nearest(name: str, known: set[str]) -> str:
    """The input of that name, or the group around it; a list of texts is one input whatever its member."""
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name
