"""How far each of the eight steps is: a share from 0 to 1 of what belongs to it, lowered by errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from quarterdeck.kernel.identity import content_hash
from quarterdeck.kernel.problems import Problem
from quarterdeck.strategy.checks.all_checks import CHECKS, errors_of
from quarterdeck.strategy.checks.checking import Step
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.steps import step_of
from quarterdeck.strategy.parts.values import Part

__all__ = ["CHECKS_VERSION", "EXPECTED", "maturity_of_document", "missing_from", "step_maturity", "step_of"]

P = TypeVar("P", bound=Part)
Answer = Callable[[Strategy], bool]

_ERRORS_TO_NOTHING = 10
"""A fixed number, so that a new check changes no figure that was kept."""

EXPECTED: Mapping[Step, tuple[tuple[str, Answer], ...]] = {
    1: (
        ("a vision", lambda s: bool(s.vision)),
        ("a goal", lambda s: bool(s.goals)),
        ("an objective", lambda s: bool(s.objectives)),
        ("every baseline known", lambda s: _each(s.objectives, lambda o: o.baseline is not None)),
        ("an owner for each objective", lambda s: _each(s.objectives, lambda o: bool(o.owner))),
    ),
    2: (
        ("an audience", lambda s: bool(s.audiences)),
        ("needs of each", lambda s: _each(s.audiences, lambda a: bool(a.needs))),
        ("evidence on each", lambda s: _each(s.audiences, lambda a: any(i.evidence != "judgement" for i in a.insights))),
        ("where each is found", lambda s: _each(s.audiences, lambda a: bool(a.found_on))),
        ("a conversion with a margin", lambda s: any(c.margin is not None for c in s.conversions)),
    ),
    3: (
        ("a statement", lambda s: bool(s.proposition.statement)),
        ("claims", lambda s: bool(s.proposition.claims)),
        ("proof of each claim", lambda s: _each(s.proposition.claims, lambda c: bool(c.proof))),
        ("competitors", lambda s: bool(s.proposition.competitors)),
    ),
    4: (
        ("tools", lambda s: bool(s.tools)),
        ("channels", lambda s: bool(s.channels)),
        ("a role for each channel", lambda s: _each(s.channels, lambda c: bool(c.role))),
        ("an objective for each channel", lambda s: _each(s.channels, lambda c: bool(c.objectives or c.goals))),
        ("a campaign", lambda s: bool(s.campaigns)),
    ),
    5: (
        ("themes", lambda s: bool(s.content.themes)),
        ("a voice", lambda s: bool(s.content.voice)),
        ("items", lambda s: bool(s.content.items)),
        ("items for every campaign", lambda s: _each(s.campaigns, lambda c: any(i.campaign == c.id for i in s.content.items))),
    ),
    6: (
        ("a budget", lambda s: s.management.budget is not None),
        ("people", lambda s: bool(s.management.people)),
        ("tasks", lambda s: bool(s.management.tasks)),
        ("a date for each task", lambda s: _each(s.management.tasks, lambda t: t.due_on is not None)),
        ("KPIs", lambda s: bool(s.management.kpis)),
    ),
    7: (
        ("an overall rule", lambda s: any(e.step == "overall" for e in s.evaluation)),
        ("a threshold for each rule", lambda s: _each(s.evaluation, lambda e: e.threshold is not None)),
        ("rules for half of the steps", lambda s: len({e.step for e in s.evaluation} - {"overall"}) >= 4),
    ),
    8: (
        ("objectives that are reviewed at least every 13 weeks", lambda s: bool(s.objectives) and s.review.every_weeks <= 13),
        ("objectives that are checked at least every two weeks", lambda s: bool(s.objectives) and s.review.check_in_days <= 14),
        (
            "a record of what is not known or not yet done, open questions with an owner and a day",
            lambda s: bool(s.questions or s.opportunities) and all(q.answer or (q.owner and q.due_on) for q in s.questions),
        ),
    ),
}
"""What belongs to each step, in words, and how it is seen. All entries weigh the same."""

CHECKS_VERSION: str = content_hash(
    {
        "checks": [[check.code, check.step, check.severity] for check in CHECKS],
        "expected": {str(step): [words for words, _ in expected] for step, expected in EXPECTED.items()},
    }
)[:12]
"""Another one when a check, or what belongs to a step, comes, goes or changes its weight: figures of two versions are not to be compared."""


def step_maturity(strategy: Strategy, problems: Sequence[Problem]) -> dict[Step, float]:
    """Share of each step that is there, less a tenth of it for each check with an error. 1 is complete and sound.

    `problems` are those of `check_strategy`; broken references, which belong to no step, count for the step of the part they stand in.
    Warnings and hints lower nothing. An empty list of parts has none of what each part should have.
    """
    return {step: _filled(strategy, step) * _sound(step, problems) for step in EXPECTED}


def maturity_of_document(strategy: Strategy) -> dict[Step, float]:
    """Share of each step by the document alone, without evidence, quarter and day: it changes with the document or the checks only."""
    return step_maturity(strategy, errors_of(strategy))


def missing_from(strategy: Strategy, step: Step) -> tuple[str, ...]:
    """What the step still lacks, in words, in the order in which to fill it in."""
    return tuple(words for words, is_there in EXPECTED[step] if not is_there(strategy))


def _filled(strategy: Strategy, step: Step) -> float:
    expected = EXPECTED[step]
    return 1 - len(missing_from(strategy, step)) / len(expected)


def _sound(step: Step, problems: Sequence[Problem]) -> float:
    of_check = {check.code: check.step for check in CHECKS}
    failed = {problem.code for problem in problems if problem.severity == "error" and of_check.get(problem.code, step_of(problem.where)) == step}
    return max(0.0, 1 - len(failed) / _ERRORS_TO_NOTHING)


def _each(parts: Sequence[P], is_so: Callable[[P], bool]) -> bool:
    return bool(parts) and all(is_so(part) for part in parts)
