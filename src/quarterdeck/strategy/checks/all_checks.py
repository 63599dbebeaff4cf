"""All checks of a strategy, in the order of the eight steps; each answers with the place, the reason and the way out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import Problem
from quarterdeck.strategy.checks.aims.goals import GOAL_CHECKS
from quarterdeck.strategy.checks.aims.realism import REALISM_CHECKS
from quarterdeck.strategy.checks.aims.side_by_side import AIM_CHECKS
from quarterdeck.strategy.checks.checking import Check, Evidence, Situation
from quarterdeck.strategy.checks.customers.audience import AUDIENCE_CHECKS
from quarterdeck.strategy.checks.customers.evidence import EVIDENCE_CHECKS
from quarterdeck.strategy.checks.customers.knowledge import KNOWLEDGE_CHECKS
from quarterdeck.strategy.checks.customers.proposition import PROPOSITION_CHECKS
from quarterdeck.strategy.checks.figures.currency import CURRENCY_CHECKS
from quarterdeck.strategy.checks.figures.first_steps import FIRST_STEP_CHECKS
from quarterdeck.strategy.checks.figures.fit import FIT_CHECKS
from quarterdeck.strategy.checks.figures.money import MONEY_CHECKS
from quarterdeck.strategy.checks.figures.out_of_reach import REACH_CHECKS
from quarterdeck.strategy.checks.judging.review import REVIEW_CHECKS
from quarterdeck.strategy.checks.judging.rules import JUDGING_CHECKS
from quarterdeck.strategy.checks.means.calendar import CALENDAR_CHECKS
from quarterdeck.strategy.checks.means.campaigns import CAMPAIGN_CHECKS, CONTENT_CHECKS
from quarterdeck.strategy.checks.means.channels import CHANNEL_CHECKS
from quarterdeck.strategy.checks.means.coherence import COHERENCE_CHECKS
from quarterdeck.strategy.checks.means.copied import COPIED_CHECKS
from quarterdeck.strategy.checks.means.tools import TOOL_CHECKS
from quarterdeck.strategy.checks.means.trials_and_limits import MEANS_CHECKS
from quarterdeck.strategy.checks.words.feasts import FEAST_CHECKS
from quarterdeck.strategy.checks.words.languages import READING_CHECKS
from quarterdeck.strategy.checks.words.seasons import SEASON_CHECKS
from quarterdeck.strategy.checks.words.slips import WORD_CHECKS
from quarterdeck.strategy.checks.words.statements import STATEMENT_CHECKS
from quarterdeck.strategy.checks.work.budget_and_tasks import WORK_CHECKS
from quarterdeck.strategy.checks.work.load import LOAD_CHECKS
from quarterdeck.strategy.checks.work.people import PEOPLE_CHECKS
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.references import reference_problems
from quarterdeck.strategy.parts.shape import place_of, to_plain
from quarterdeck.strategy.questions.of_checks import with_questions

__all__ = ["CHECKS", "Check", "Evidence", "Situation", "check_strategy", "errors_of"]

_BY_TOPIC: tuple[Check, ...] = (
    *GOAL_CHECKS,
    *REALISM_CHECKS,
    *AUDIENCE_CHECKS,
    *PROPOSITION_CHECKS,
    *CHANNEL_CHECKS,
    *CAMPAIGN_CHECKS,
    *CONTENT_CHECKS,
    *WORK_CHECKS,
    *REVIEW_CHECKS,
    *AIM_CHECKS,
    *STATEMENT_CHECKS,
    *COHERENCE_CHECKS,
    *KNOWLEDGE_CHECKS,
    *TOOL_CHECKS,
    *MONEY_CHECKS,
    *CALENDAR_CHECKS,
    *PEOPLE_CHECKS,
    *JUDGING_CHECKS,
    *CURRENCY_CHECKS,
    *EVIDENCE_CHECKS,
    *FIT_CHECKS,
    *FIRST_STEP_CHECKS,
    *LOAD_CHECKS,
    *MEANS_CHECKS,
    *READING_CHECKS,
    *FEAST_CHECKS,
    *SEASON_CHECKS,
    *WORD_CHECKS,
    *COPIED_CHECKS,
    *REACH_CHECKS,
)
CHECKS: tuple[Check, ...] = tuple(sorted(_BY_TOPIC, key=lambda check: check.step))
"""In the order of the steps; within a step, those of the step's own module first."""
_SOMETIMES_ERRORS = frozenset({"STRATEGY-601"})
"""Checks of a lower severity that find an error all the same in some strategies."""
_ERROR_CHECKS = tuple(check for check in CHECKS if check.severity == "error" or check.code in _SOMETIMES_ERRORS)


def check_strategy(
    strategy: Strategy, *, as_of: date | None = None, quarter: Quarter | None = None, evidence: Mapping[str, Evidence] | None = None
) -> tuple[Problem, ...]:
    """Everything that is wrong or weak, step by step; broken references come first. Empty means that every check is content.

    `as_of` is the last complete day: without it nothing is overdue. `quarter` is the one that is planned: without it no date lies
    outside. `evidence` holds by objective id what the company's own figures say; an objective without it gets the hint "no evidence yet".
    What an open question is about, with somebody who finds out and a day to come, is a hint that says so.
    """
    situation = Situation(strategy, as_of, quarter, dict(evidence or {}))
    plain = to_plain(strategy)
    broken = reference_problems(plain, lambda loc: place_of(loc, plain))
    return (*broken, *with_questions(strategy, [problem for check in CHECKS for problem in check.problems(situation)], as_of=as_of))


def errors_of(strategy: Strategy) -> tuple[Problem, ...]:
    """The errors among what `check_strategy` says of the document alone, without a day, a quarter and evidence; in a tenth of its time."""
    situation = Situation(strategy)
    plain = to_plain(strategy)
    broken = reference_problems(plain, lambda loc: place_of(loc, plain))
    found = (problem for check in _ERROR_CHECKS for problem in check.problems(situation))
    return (*broken, *(problem for problem in found if problem.severity == "error"))
