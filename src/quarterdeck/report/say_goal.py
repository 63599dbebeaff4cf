"""An objective letter by letter (SMART): specific, measurable, achievable, relevant, timely; each with a state and a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import Problem
from quarterdeck.report.say_quarter import Look, Part, tight
from quarterdeck.report.words import Words, how_many
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aims import Objective
from quarterdeck.strategy.questions.of_checks import is_asked
from quarterdeck.strategy.wording.reach import LIKELY, SAFE, STRETCH

_CODES: Mapping[str, tuple[str, ...]] = {
    "S": ("STRATEGY-105",),
    "M": ("STRATEGY-106", "STRATEGY-107"),
    "A": ("STRATEGY-108", "STRATEGY-112", "STRATEGY-115"),
    "R": ("STRATEGY-109", "STRATEGY-110"),
    "T": ("STRATEGY-111", "STRATEGY-113"),
}
_NAMES = {"S": "Specific", "M": "Measurable", "A": "Achievable", "R": "Relevant", "T": "Timely"}
_LETTER = re.compile(r" \([SMART], [^)]*\)")
_COUNTING = ("analytics", "crm", "erp")


@dataclass(frozen=True)
class Letter:
    """One letter: whether it passes (None: nobody knows), its state in a word or two, and why in sentences."""

    letter: str
    name: str
    passes: bool | None
    word: str
    look: Look
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """An objective, the strategy and the quarter that it stands in, and its chance, 0 to 1; where that is None, `unknown` says why."""

    objective: Objective
    strategy: Strategy
    quarter: Quarter
    chance: float | None
    unknown: str


def say_letters(case: Case, problems: Sequence[Problem], words: Words) -> tuple[Letter, ...]:
    """The five letters. `problems` are those of the whole strategy."""
    objective, strategy = case.objective, case.strategy
    own = [problem for problem in problems if problem.where.startswith(f"objectives[{objective.id}]")]
    passing = {
        "S": _specific(objective, strategy),
        "M": _measurable(objective, strategy, words),
        "R": _relevant(objective, strategy),
        "T": _timely(objective, strategy, case.quarter, words),
    }
    letters = []
    for letter, codes in _CODES.items():
        found = [problem for problem in own if problem.code in codes]
        if letter == "A":
            letters.append(_achievable(found, case.chance, case.unknown))
        elif found:
            letters.append(_found_wanting(letter, found))
        else:
            letters.append(Letter(letter, _NAMES[letter], True, "passes", "good", (passing[letter],)))
    return tuple(letters)


def _found_wanting(letter: str, found: Sequence[Problem]) -> Letter:
    """A letter that a check speaks of; while somebody finds out, nobody knows whether it passes."""
    is_hint = all(problem.severity == "hint" for problem in found)
    look: Look = "accent" if is_hint else "warn"
    word = "somebody was asked" if all(is_asked(problem) for problem in found) else "could be sharper" if is_hint else "not yet"
    passes = None if word == "somebody was asked" else is_hint
    return Letter(letter, _NAMES[letter], passes, word, look, tuple(say_problem(problem) for problem in found))


def say_checks(letters: Sequence[Letter]) -> str:
    """ "Four of five checks pass"."""
    passed = sum(letter.passes is True for letter in letters)
    return (
        "All five checks pass"
        if passed == len(letters)
        else f"{('No', 'One', 'Two', 'Three', 'Four')[passed]} of five checks pass{'es' if passed == 1 else ''}"
    )


def say_objective(letters: Sequence[Letter], chance: float | None, words: Words) -> tuple[Part, ...]:
    """The headline in pieces: what is well, what is not, and the chance."""
    by_letter = {letter.letter: letter for letter in letters}
    failing = [by_letter[letter] for letter in "SMRT" if by_letter[letter].passes is False]
    said = _said_of(failing)
    figure = tight(f"{words.chance(chance)} chance")
    if chance is None:
        return (Part(f"{said}; how likely it is, nobody has computed yet."),)
    lead, look = _say_reach(chance)
    if by_letter["A"].word == "not yet":
        return (Part(f"{said}, {'and' if failing else 'but'} its target needs another look: "), Part(figure, "warn"), Part("."))
    joint = ", and" if (chance >= LIKELY) != bool(failing) else ", but"
    return (Part(f"{said}{joint} {lead}: "), Part(figure, look), Part("."))


def say_problem(problem: Problem) -> str:
    """A problem as a sentence for people who fill in a form: what was found, what should be there, and the way out."""
    if problem.code == "STRATEGY-114":
        return tight(f"{problem.found[:1].upper()}{problem.found[1:]}. {problem.fix}")
    found, expected = problem.found.replace("`", ""), _LETTER.sub("", problem.expected.replace("`", ""))
    return tight(f"Found {found.rstrip('.')}. Expected {expected.rstrip('.')}. {problem.fix.replace('`', '')}".strip())


def _say_reach(chance: float) -> tuple[str, Look]:
    if chance < STRETCH:
        return "it is too high for the money behind it", "bad"
    if chance < LIKELY:
        return "it asks much of the money behind it", "warn"
    return ("it is within reach", "good") if chance < SAFE else ("it is nearly safe", "good")


def _said_of(failing: Sequence[Letter]) -> str:
    names = {"S": "clear", "M": "counted", "R": "served by any work", "T": "set for this quarter"}
    if not failing:
        return "This objective is clear and can be counted"
    listed = [names[letter.letter] for letter in failing]
    joined = listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}"
    return f"This objective is not yet {joined}"


def _achievable(found: Sequence[Problem], chance: float | None, unknown: str) -> Letter:
    reasons = tuple(say_problem(problem) for problem in found if problem.code != "STRATEGY-115")
    if chance is None:
        return Letter("A", _NAMES["A"], None, "not known", "", (unknown, *reasons))
    easy = tuple(say_problem(problem) for problem in found if problem.code == "STRATEGY-115")
    if any(problem.severity != "hint" for problem in found):
        return Letter("A", _NAMES["A"], False, "not yet", "warn", reasons)
    if chance < STRETCH:
        return Letter("A", _NAMES["A"], False, "out of reach", "bad", reasons)
    if chance < LIKELY:
        return Letter("A", _NAMES["A"], False, "a stretch", "warn", reasons)
    return Letter("A", _NAMES["A"], True, "too easy" if easy else "passes", "accent" if easy else "good", (*easy, *reasons))


def _specific(objective: Objective, strategy: Strategy) -> str:
    if objective.audience is not None:
        return "One figure, one group of people, one direction."
    return "One figure and one direction." if strategy.audiences else "One figure and one direction; there is no audience to choose from yet."


def _measurable(objective: Objective, strategy: Strategy, words: Words) -> str:
    tool = next((tool.name for tool in strategy.tools if tool.use == "in_use" and tool.kind in _COUNTING), None)
    by = f"Counted with {tool}" if tool else "Counted by a conversion group"
    return f"{by}; it stood at {words.amount(objective.baseline, objective.metric)} before." if objective.baseline is not None else f"{by}."


def _relevant(objective: Objective, strategy: Strategy) -> str:
    goal = next((goal.statement.rstrip(".") for goal in strategy.goals if goal.id == objective.goal), objective.goal)
    channels = sum(objective.id in channel.objectives for channel in strategy.channels)
    campaigns = sum(campaign.objective == objective.id for campaign in strategy.campaigns)
    work = [how_many(number, one) for number, one in ((channels, "channel"), (campaigns, "campaign")) if number]
    return f"Serves “{goal}”; {' and '.join(work) or 'nothing'} {'works' if channels + campaigns == 1 else 'work'} for it."


def _timely(objective: Objective, strategy: Strategy, quarter: Quarter, words: Words) -> str:
    day = "the last day of this quarter" if objective.due_on == quarter.last_day else f"{words.day(objective.due_on)}, within this quarter"
    days = strategy.review.check_in_days
    every = f"every {strategy.review.weekday.capitalize()}" if days == 7 else "every day" if days == 1 else f"every {days} days"
    return f"Ends on {day}, with a check {every}."


def say_rise(objective: Objective, words: Words) -> str:
    """ "5,200 is 28 % more than the 4,060 it was."; that nobody knows what it was, without a baseline."""
    if objective.baseline is None:
        return "What it was in a quarter like this one is not known; leave “From” empty until it is."
    if objective.baseline <= 0:
        return ""
    change = float(objective.target / objective.baseline) - 1.0
    target, before = words.amount(objective.target, objective.metric), words.amount(objective.baseline, objective.metric)
    if abs(change) < 0.005:
        return f"{target} is as much as it was."
    return tight(f"{target} is {abs(change) * 100:.0f} % {'more' if change > 0 else 'less'} than the {before} it was.")


def unit_of(metric: str, currency: str) -> str:
    """What stands behind the figure of a metric: the currency, or what is counted."""
    known = METRICS.get(metric)
    return currency if known is not None and known.unit in ("money", "money_per_count") else ""
