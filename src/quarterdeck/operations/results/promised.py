"""promised_for: what was promised of each week: by the first approved plan of its quarter that rests on curves, as a review takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.remember import remembered
from quarterdeck.plan.quarter_plan import QuarterPlan

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Promise:
    """Of weeks that had not begun when the plan was made. Empty where nothing was approved."""

    outcome: Mapping[tuple[str, date], float] = field(default_factory=dict)
    """(metric, Monday) -> expected."""
    spend: Mapping[tuple[str, date], Decimal] = field(default_factory=dict)
    """(channel, Monday) -> money allowed; a week that the plan speaks of and a channel that it gives nothing are 0."""
    weeks: frozenset[date] = frozenset()

    def spend_of(self, channel: str, week: date) -> Decimal | None:
        """Money allowed; None in a week that no plan speaks of."""
        return self.spend.get((channel, week), NOTHING) if week in self.weeks else None


def promised_for(context: Context, weeks: Sequence[date]) -> Promise:
    """The promises of every quarter that `weeks` touch."""
    outcome: dict[tuple[str, date], float] = {}
    spend: dict[tuple[str, date], Decimal] = {}
    spoken: set[date] = set()
    for plan_id, plan in _promises(context, weeks):
        promise = remembered("promise", plan_id, lambda plan=plan: _read(plan), most=24)  # type: ignore[misc]  # mypy cannot infer a default
        outcome |= promise.outcome
        spend |= promise.spend
        spoken |= promise.weeks
    return Promise(outcome, spend, frozenset(spoken))


def _promises(context: Context, weeks: Sequence[date]) -> list[tuple[str, QuarterPlan]]:
    rows = context.workspace.plans.filter(approved_at__isnull=False).order_by("quarter", "number")
    by_quarter: dict[date, list[tuple[str, QuarterPlan]]] = {}
    for row in rows.filter(quarter__lte=weeks[-1]) if weeks else ():
        plan = plan_of(row)
        if plan.period.last_day >= weeks[0]:
            by_quarter.setdefault(row.quarter, []).append((row.plan_id, plan))
    return [next((each for each in plans if each[1].provenance.curves is not None), plans[0]) for plans in by_quarter.values()]


def _read(plan: QuarterPlan) -> Promise:
    spend: dict[tuple[str, date], Decimal] = {}
    for line in plan.budget.lines:
        if not line.is_spent:
            spend[line.channel, line.week] = spend.get((line.channel, line.week), NOTHING) + line.amount
    weeks = frozenset(week for week in plan.period.weeks if week >= plan.first_open_week)
    return Promise({(week.metric, week.week): week.outcome.expected for week in plan.forecast}, spend, weeks)
