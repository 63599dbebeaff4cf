"""look_at_strategy: the strategy as it stands, what the checks say of it, how complete each step is, and what the newest forecast says of each objective."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from statistics import NormalDist

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import Problem
from quarterdeck.ledger.models import Revision
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.quarter.answer import Standing as Stands
from quarterdeck.operations.quarter.answer import standing_of
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.strategy.look_at_revisions import find_revision
from quarterdeck.operations.strategy.save_strategy import current_strategy, strategy_of
from quarterdeck.plan.quarter_plan import ObjectiveOutlook
from quarterdeck.report.say_answer import is_reviewed, knows_more
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.checks.checking import Evidence, Step
from quarterdeck.strategy.checks.maturity import missing_from, step_maturity
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aims import Objective

_CASES_OF_10 = NormalDist().inv_cdf(0.9) - NormalDist().inv_cdf(0.1)
"""Standard deviations between the ends of a range that holds 8 cases of 10."""
_SURE = 0.995


@dataclass(frozen=True)
class Standing:
    """The newest forecast of an objective, as `source` made it from the facts up to `as_of`."""

    outlook: ObjectiveOutlook
    source: str
    as_of: date

    def fits(self, objective: Objective) -> bool:
        """Whether it speaks of this objective: the same metric by the same day."""
        return (self.outlook.metric, self.outlook.due_on) == (objective.metric, objective.due_on)

    def is_exact(self, objective: Objective) -> bool:
        """Whether the chance was computed for this very target."""
        return self.fits(objective) and self.outlook.target == objective.target


@dataclass(frozen=True)
class Look:
    """A strategy and everything that is said about it. `number` 0 is one that is not saved."""

    strategy: Strategy
    number: int
    hash: str
    author: str
    made_at: datetime | None
    note: str
    problems: tuple[Problem, ...]
    maturity: Mapping[Step, float]
    missing: Mapping[Step, tuple[str, ...]]
    standings: Mapping[str, tuple[Standing, ...]]

    @property
    def complete(self) -> float:
        """Share of the whole, 0 to 1: every step weighs the same."""
        return sum(self.maturity.values()) / len(self.maturity)


def look_at_strategy(context: Context, *, quarter: Quarter, day: date, number: int | None = None) -> Look:
    """The newest revision, or revision `number`. Raises Refused when there is none."""
    context.require("see")
    revision = current_strategy(context).revision if number is None else find_revision(context, number)
    return _looked_at(revision, newest_standings(context), quarter, day)


def look_at_draft(
    context: Context, draft: Strategy, *, quarter: Quarter, day: date, standings: Mapping[str, tuple[Standing, ...]] | None = None
) -> Look:
    """What would be said of a strategy that is not saved. `standings` are the newest ones, of who has just read them."""
    context.require("check_strategy")
    return _look(draft, newest_standings(context) if standings is None else standings, quarter, day)


def newest_standings(context: Context) -> Mapping[str, tuple[Standing, ...]]:
    """By objective id, what is known of its chance, the newest first: today's facts, the review, the plan; then a plan that waits for approval."""
    stands = standing_of(context, only_forecasts=True)
    now, record = stands.situation, stands.plan
    found: dict[str, tuple[Standing, ...]] = {}
    if now.plan is not None and record is not None:
        for outlook in now.plan.outlook:
            found[outlook.objective] = (_newest(stands, outlook, f"plan {record.number}", now.plan.provenance.as_of),)
    waiting = stands.waiting_plan
    if waiting is not None and (record is None or waiting.plan_id != record.plan_id):
        plan = plan_of(waiting)
        for outlook in plan.outlook:
            made = Standing(outlook, f"plan {waiting.number}, which waits for approval", plan.provenance.as_of)
            found[outlook.objective] = (*found.get(outlook.objective, ()), made)
    return found


def standing_for(objective: Objective, known: Sequence[Standing]) -> Standing | None:
    """The one that speaks of the objective: exactly, if there is one, else of its metric and day with another target."""
    return next((each for each in known if each.is_exact(objective)), None) or next((each for each in known if each.fits(objective)), None)


def chance_of(objective: Objective, standing: Standing | None) -> float | None:
    """Chance of the objective's target, 0 to 1. The forecast's own for its own target; for another one read off the forecast's range, taken as
    normal through the chance that is known. None when the forecast speaks of something else."""
    return None if standing is None or not standing.fits(objective) else _moved(objective, standing, standing.outlook.chance)


def target_of_chance(chance: float, standing: Standing) -> float | None:
    """The target that has this chance, by the same reckoning. None without a range."""
    expected = standing.outlook.expected
    if expected is None or expected.high <= expected.low:
        return None
    width = (expected.high - expected.low) / _CASES_OF_10
    sign = 1.0 if METRICS[standing.outlook.metric].direction == "increase" else -1.0
    known = standing.outlook.chance
    if known is None or not 1 - _SURE < known < _SURE:
        return expected.expected - sign * width * NormalDist().inv_cdf(chance)
    return float(standing.outlook.target) + sign * width * (NormalDist().inv_cdf(known) - NormalDist().inv_cdf(chance))


def evidence_of(strategy: Strategy, standings: Mapping[str, Sequence[Standing]]) -> dict[str, Evidence]:
    """What the checks are told about each objective that the forecast speaks of."""
    told = {}
    for objective in strategy.objectives:
        standing = standing_for(objective, standings.get(objective.id, ()))
        if standing is None or standing.outlook.expected is None:
            continue
        expected = standing.outlook.expected
        told[objective.id] = Evidence(
            chance=_moved(objective, standing, standing.outlook.chance),
            chance_unchanged=_moved(objective, standing, standing.outlook.chance_unchanged),
            low=expected.low,
            mean=expected.expected,
            high=expected.high,
            source=standing.source,
        )
    return told


def _newest(stands: Stands, planned: ObjectiveOutlook, plan: str, as_of: date) -> Standing:
    """As the first page says it: from facts that no review knows yet, else from a review that knows more than the plan, else from the plan."""
    now, today = stands.situation, stands.today.get(planned.objective)
    if today is not None and (today.planned is not None or today.outlook.by_level is not None) and not is_reviewed(now):
        return Standing(today.outlook, "today's facts", today.as_of)
    if now.review is not None and now.plan is not None and knows_more(now.review, now.plan):
        reviewed = next((each for each in now.review.outlook if each.objective == planned.objective), None)
        if reviewed is not None:
            return Standing(reviewed, "the review", now.review.as_of)
    return Standing(planned, plan, as_of)


def _moved(objective: Objective, standing: Standing, known: float | None) -> float | None:
    """`known` is the chance of the forecast's target; what it is for the objective's."""
    outlook = standing.outlook
    if known is None or outlook.target == objective.target:
        return known
    expected = outlook.expected
    if expected is None or expected.high <= expected.low:
        return None
    width, sign = (expected.high - expected.low) / _CASES_OF_10, 1.0 if METRICS[outlook.metric].direction == "increase" else -1.0
    if 1 - _SURE < known < _SURE:
        return NormalDist().cdf(NormalDist().inv_cdf(known) + sign * float(outlook.target - objective.target) / width)
    return NormalDist().cdf(sign * (expected.expected - float(objective.target)) / width)


def _looked_at(revision: Revision, standings: Mapping[str, tuple[Standing, ...]], quarter: Quarter, day: date) -> Look:
    key = (revision.hash, quarter, day, _key_of(standings))
    look: Look = remembered("look", key, lambda: _look(strategy_of(revision), standings, quarter, day))
    return replace(look, number=revision.number, hash=revision.hash, author=revision.author, made_at=revision.made_at, note=revision.note)


def _key_of(standings: Mapping[str, tuple[Standing, ...]]) -> tuple[object, ...]:
    return tuple((each.source, each.as_of, each.outlook.model_dump_json()) for known in standings.values() for each in known)


def _look(strategy: Strategy, standings: Mapping[str, tuple[Standing, ...]], quarter: Quarter, day: date) -> Look:
    problems = check_strategy(strategy, as_of=day, quarter=quarter, evidence=evidence_of(strategy, standings))
    missing: dict[Step, tuple[str, ...]] = {step: missing_from(strategy, step) for step in step_maturity(strategy, ())}
    return Look(strategy, 0, "", "", None, "", problems, step_maturity(strategy, problems), missing, standings)
