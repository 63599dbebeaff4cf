"""quarter_money: what of the quarter's money is gone, booked and free, channel by channel, against the plan's own weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from quarterdeck.kernel.periods import DAYS_PER_WEEK, Quarter
from quarterdeck.ledger.models import Action
from quarterdeck.operations.context import Context
from quarterdeck.operations.facts.weeks_known import WeeksKnown
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.strategy.document import Strategy

NOTHING = Decimal(0)


@dataclass(frozen=True)
class ChannelPace:
    """One channel's money in the quarter. `spent` and `pace` are None where no fact reaches into the quarter, `budget` where the plan has none."""

    channel: str
    kind: str
    spent: Decimal | None
    booked: Decimal
    """Approved for weeks that have no facts yet."""
    budget: Decimal | None
    planned_to_date: Decimal
    """What the plan's weeks meant to be gone by the last day of the facts."""

    @property
    def pace(self) -> float | None:
        """Spent as a share of what was planned to date; 1 is exactly as planned. None where nothing was planned or nothing is known."""
        return None if self.spent is None or not self.planned_to_date else float(self.spent / self.planned_to_date)

    @property
    def free(self) -> Decimal:
        """Neither spent nor booked."""
        return max(NOTHING, (self.budget or NOTHING) - (self.spent or NOTHING) - self.booked)


@dataclass(frozen=True)
class QuarterMoney:
    """Every channel with money, and the whole; channels + tasks + held back + reserve of the plan are the budget."""

    rows: tuple[ChannelPace, ...]
    total: ChannelPace
    until: date | None
    """The last day of the quarter that spend is known for."""
    is_approved: bool
    whole: Decimal
    reserve: Decimal
    for_tasks: Decimal
    held_back: Decimal


def quarter_money(context: Context, strategy: Strategy, plan: QuarterPlan, known: WeeksKnown, *, is_approved: bool) -> QuarterMoney:
    """The money of the plan's quarter, held against that plan's own weeks."""
    period = plan.period
    until = None if known.spend_until is None or known.spend_until < period.first_day else min(known.spend_until, period.last_day)
    spent, booked = known.spent(period), _booked(context, period, until)
    budget = {channel.channel: channel.planned for channel in plan.budget.channels}
    to_date = _planned_to_date(plan, until)
    kinds = {channel.id: channel.kind for channel in strategy.channels}
    names = [*budget, *(name for name in (*spent, *booked) if name not in budget)]
    rows = tuple(
        ChannelPace(
            channel=name,
            kind=kinds.get(name, "other"),
            spent=None if until is None else spent.get(name, NOTHING),
            booked=booked.get(name, NOTHING),
            budget=budget.get(name),
            planned_to_date=to_date.get(name, NOTHING),
        )
        for name in dict.fromkeys(names)
    )
    return QuarterMoney(
        rows=rows,
        total=_total(rows),
        until=until,
        is_approved=is_approved,
        whole=plan.budget.budget,
        reserve=plan.budget.reserve,
        for_tasks=plan.budget.for_tasks,
        held_back=plan.budget.held_back,
    )


def _booked(context: Context, period: Quarter, until: date | None) -> dict[str, Decimal]:
    """Approved lines of weeks that begin after the last day of spend, by channel."""
    first = period.first_day if until is None else until + timedelta(days=1)
    lines = Action.objects.filter(workspace=context.workspace, kind=Action.Kind.BUDGET_LINE, state="approved", due_on__range=(first, period.last_day))
    found: dict[str, Decimal] = {}
    for ref, cost in lines.values_list("ref", "cost"):
        channel = ref.split("/")[0]
        found[channel] = found.get(channel, NOTHING) + cost
    return found


def _planned_to_date(plan: QuarterPlan, until: date | None) -> dict[str, Decimal]:
    """By channel, the plan's weeks up to `until`; a week that is not over counts by its days."""
    found: dict[str, Decimal] = {}
    for line in plan.budget.lines if until is not None else ():
        days = min(DAYS_PER_WEEK, max(0, (until - line.week).days + 1)) if until is not None else 0
        if days:
            found[line.channel] = found.get(line.channel, NOTHING) + line.amount * days / DAYS_PER_WEEK
    return found


def _total(rows: tuple[ChannelPace, ...]) -> ChannelPace:
    known = [row.spent for row in rows if row.spent is not None]
    return ChannelPace(
        channel="",
        kind="",
        spent=sum(known, NOTHING) if known else None,
        booked=sum((row.booked for row in rows), NOTHING),
        budget=sum((row.budget or NOTHING for row in rows), NOTHING),
        planned_to_date=sum((row.planned_to_date for row in rows), NOTHING),
    )
