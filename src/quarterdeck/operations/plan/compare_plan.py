"""compare_plan: the strategy as it stands now beside the newest plan of a quarter: what the plan says, and what has changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from quarterdeck.kernel.identity import content_hash
from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.ledger.gateway.plans import latest_plan
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.models import Plan
from quarterdeck.operations.holidays.public_holidays import public_holidays
from quarterdeck.operations.plan.gather_inputs import work_log_until
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.plan.calendar import place_content, place_item
from quarterdeck.plan.collision_scene import Finding
from quarterdeck.plan.collisions import find_findings
from quarterdeck.plan.quarter_plan import CalendarEntry, QuarterPlan, WorkPlan
from quarterdeck.plan.schedule import schedule_by_rule
from quarterdeck.plan.work_log import WorkLogEntry
from quarterdeck.strategy.document import Strategy

_NO_WORK = WorkPlan(assignments=(), unassignable=(), overloads=(), weighted_lateness=0, bound=None, method="rule")


@dataclass(frozen=True, eq=False)
class PlanNow:
    """One quarter: the strategy as saved last, the newest plan made of it (or of an earlier revision), and where time stands."""

    strategy: Strategy
    revision: int
    revision_hash: str
    period: Quarter
    plan: QuarterPlan | None
    plan_id: str
    """Its content hash; "" without a plan."""
    number: int | None
    """Of the plan within its quarter."""
    is_in_force: bool
    settled: date
    """Nothing on or before this day can still be changed: it has passed, or facts were counted for it."""
    holidays: Mapping[date, str]
    log: tuple[WorkLogEntry, ...]
    """What people said of the work up to that day."""

    @property
    def is_stale(self) -> bool:
        """Whether the strategy was changed after the plan was made."""
        return self.plan is not None and self.plan.provenance.strategy != self.revision_hash

    @cached_property
    def name(self) -> tuple[str, str, str, date, str]:
        """Everything that work and findings are a function of, in short."""
        log = content_hash([[e.ref, e.kind, e.event, e.on, e.by, e.hours] for e in self.log])
        return self.revision_hash, self.plan_id, self.period.first_day.isoformat(), self.settled, log


def compare_plan(desk: Desk, period: Quarter | None = None) -> PlanNow:
    """The quarter named; without one the desk's, or the next when only that one is planned. Raises Refused without a strategy."""
    desk.context.require("see")
    revision = latest_revision(desk.context.workspace)
    if revision is None:
        raise Refused("There is no strategy yet.", fix="Write one first: the plan is made from it.", code="STRATEGY-900")
    strategy = strategy_of(revision)
    record = _record(desk, period)
    quarter = period or (Quarter(record.quarter) if record else desk.quarter)
    plan = plan_of(record) if record else None
    settled = max(plan.provenance.as_of, desk.day - timedelta(days=1)) if plan else desk.day - timedelta(days=1)
    holidays = remembered("holidays", (strategy.company.markets, quarter.first_day), lambda: public_holidays(strategy, quarter))
    return PlanNow(
        strategy=strategy,
        revision=revision.number,
        revision_hash=revision.hash,
        period=quarter,
        plan=plan,
        plan_id=record.plan_id if record else "",
        number=record.number if record else None,
        is_in_force=record is not None and record.approved_at is not None and record.superseded_at is None,
        settled=settled,
        holidays=holidays,
        log=work_log_until(desk.context, settled),
    )


def work_now(now: PlanNow) -> WorkPlan:
    """The open work shared out again by rule, keeping to the plan where that still holds: who is short of time as things stand today."""
    return remembered("work now", now.name, lambda: share_out(now, now.strategy))


def share_out(now: PlanNow, strategy: Strategy) -> WorkPlan:
    """The same for another version of the strategy; in a fraction of a second."""
    return schedule_by_rule(
        strategy,
        now.period,
        as_of=now.settled,
        log=now.log,
        company_holidays=tuple(now.holidays),
        previous=now.plan.work if now.plan else None,
    )


def entries_of(strategy: Strategy, revision_hash: str) -> tuple[CalendarEntry, ...]:
    """Everything that the strategy wants to go out, ever, by instant."""

    def place() -> tuple[CalendarEntry, ...]:
        placed = [place_item(item, strategy.company.timezone, None) for item in strategy.content.items]
        return tuple(sorted(placed, key=lambda entry: (entry.at, entry.item)))

    return remembered("entries", revision_hash, place)


def findings_now(now: PlanNow) -> tuple[Finding, ...]:
    """What collides as the strategy stands now, with the work as planned."""
    return remembered("findings", now.name, lambda: findings_of(now, now.strategy))


def findings_today(now: PlanNow) -> tuple[Finding, ...]:
    """The same with the work shared out again by rule, as `work_now` has it."""
    return remembered("findings today", now.name, lambda: findings_of(now, now.strategy, work_now(now)))


def findings_of(now: PlanNow, strategy: Strategy, work: WorkPlan | None = None) -> tuple[Finding, ...]:
    """The same for another version of the strategy; `work` is the plan's unless another is named."""
    try:
        return _find(now, strategy, work or (now.plan.work if now.plan else work_now(now)))
    except InvalidInput:  # tasks that wait for each other: nobody can share them out, but dates and rules can still be looked at
        return _find(now, strategy, _NO_WORK)


def _find(now: PlanNow, strategy: Strategy, work: WorkPlan) -> tuple[Finding, ...]:
    calendar = place_content(strategy, now.period, work)
    return find_findings(strategy, now.period, calendar, work, holidays=now.holidays, as_of=now.settled)


def compare_findings(old: Sequence[Finding], new: Sequence[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What comes up and what goes away. The same things in another order, or on other days, are the same collision."""
    before, after = {_pair(each) for each in old}, {_pair(each) for each in new}
    return tuple(each for each in new if _pair(each) not in before), tuple(each for each in old if _pair(each) not in after)


def _pair(finding: Finding) -> tuple[str, frozenset[str]]:
    return finding.code, frozenset(finding.items)


def _record(desk: Desk, period: Quarter | None) -> Plan | None:
    workspace = desk.context.workspace
    if period is not None:
        return latest_plan(workspace, period.first_day)
    return latest_plan(workspace, desk.quarter.first_day) or latest_plan(workspace, desk.quarter.next().first_day)
