"""try_budget: what the plan's money would bring if some of it were moved, or if there were more or less of it; nothing is changed.

Every figure is computed in full, with all draws of the curves and the plan's seed, for the plan and for the trial alike: the difference between the
two is what the money does, never noise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from quarterdeck.kernel.money import split_money
from quarterdeck.kernel.problems import Refused
from quarterdeck.lake.fit_file import FitFileDamaged
from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.loads import Snapshot, snapshot_of
from quarterdeck.ledger.models import Action, Plan
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.gather_inputs import gather_inputs
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.response.fit_response import FittedMetric, fit_records_of_plan, load_fit, metrics_to_fit
from quarterdeck.operations.strategy.save_strategy import Current, current_strategy
from quarterdeck.plan.expected import range_of
from quarterdeck.plan.money_left import NOTHING, money_left, open_limits
from quarterdeck.plan.outlook import expect_outcomes, objective_outlooks
from quarterdeck.plan.plan_inputs import PlanInputs
from quarterdeck.plan.quarter_plan import ObjectiveOutlook, QuarterPlan, Range
from quarterdeck.plan.trial import Amounts, Ask, Breach, breaches, changes_for, free_a_week, least_budget_change, placed_anew, with_budget, with_move
from quarterdeck.response.curves.steady import steady_marginal
from quarterdeck.response.series.series import FloatArray

_CARRIED_OUT = ("claimed", "done", "unknown")


@dataclass(frozen=True, eq=False)
class Standing:
    """The plan's open weeks as they stand: what they cost and should bring, by everything that is known now."""

    inputs: PlanInputs
    amounts: Amounts
    outlooks: tuple[ObjectiveOutlook, ...]
    as_of: date
    """The last day that the curves have learned from."""
    is_current: bool
    """Whether the curves know every week that was counted."""
    over_last_split: Range
    """Units of the aim that the open weeks bring beyond the same money in last quarter's proportions."""
    anew: Amounts
    """What a plan made now would place."""
    over_plan: Range
    """Units of the aim that `anew` would bring beyond `amounts`."""
    draws: FloatArray
    """The aim's outcome of the weeks ahead with `amounts` [draw]."""
    next_units: Mapping[str, float]
    """By channel with a curve: units of the aim that one more unit of money a week brings, at what it costs a week now."""
    full: frozenset[str]
    """Channels at the strategy's cap."""

    def placed(self, amounts: Amounts | None = None) -> Decimal:
        """Money of all channels and open weeks."""
        return sum((sum(row, NOTHING) for row in (self.amounts if amounts is None else amounts).values()), NOTHING)


@dataclass(frozen=True, eq=False)
class Tried:
    """The answer to a trial; `ask` as it was taken, within what is free."""

    standing: Standing
    ask: Ask
    booked: Amounts
    before_the_move: Amounts
    """With the other budget, if one was asked for."""
    amounts: Amounts
    outlooks: tuple[ObjectiveOutlook, ...]
    gain: Range
    """Units of the aim more (or less) than with the plan as it stands."""
    breaches: tuple[Breach, ...]
    changes: Mapping[str, str]
    """What the strategy would have to say: place -> new value."""

    @property
    def free(self) -> dict[str, Decimal]:
        """By channel: what can be moved away from it in each open week."""
        return free_a_week(self.before_the_move, self.booked, self.standing.inputs.step)

    def next_unit(self, channel: str) -> float:
        """Units of the aim that one more unit of money a week on the channel would bring after the trial. Raises ValueError without a curve."""
        return next_unit(self.standing.inputs, channel, self.amounts[channel])

    def limit_a_week(self, channel: str) -> Decimal | None:
        """What the strategy's limit leaves for each open week; None without one."""
        inputs = self.standing.inputs
        cap = next((limit.cap for limit in open_limits(inputs, money_left(inputs)) if limit.channel == channel), None)
        return None if cap is None else cap / len(inputs.open_weeks)

    @property
    def least_budget_change(self) -> Decimal:
        """The largest cut that is still possible, as a negative amount."""
        return least_budget_change(self.standing.inputs, self.standing.amounts, self.booked)


def stand(context: Context, record: Plan) -> Standing | None:
    """How the plan stands by what is known now; None without curves that can be used, or when no week is open any more. Raises nothing."""
    context.require("see")
    plan, current, snapshot = plan_of(record), current_strategy(context), snapshot_of(context.workspace)
    try:
        fits, is_current = _fits(context, current, plan, snapshot)
    except FitFileDamaged:
        return None
    log = context.workspace.work_log.count()
    made_from = tuple(found.record.hash for found in fits.values())
    key = (context.workspace.slug, record.plan_id, snapshot.hash, current.revision.hash, made_from, log, context.today)
    return remembered("standing", key, lambda: _stand(context, plan, current, snapshot, fits, is_current=is_current), most=12)


def try_budget(context: Context, record: Plan, ask: Ask) -> Tried | None:
    """The answer to `ask`; None when nothing can be tried. More than is free to move, or to cut, is taken as all that is free."""
    standing = stand(context, record)
    if standing is None:
        return None
    booked = _booked(context, standing)
    least = least_budget_change(standing.inputs, standing.amounts, booked)
    known = standing.amounts
    ask = replace(
        ask, budget=max(ask.budget, least), source=ask.source if ask.source in known else None, target=ask.target if ask.target in known else None
    )
    funded = with_budget(standing.inputs, known, booked, ask.budget, now=standing.anew)
    amounts, a_week = with_move(funded, booked, ask, standing.inputs.step)
    ask = replace(ask, a_week=a_week)
    expected = expect_outcomes(standing.inputs, amounts)
    draws = expected[standing.inputs.aim].planned.total_draws
    return Tried(
        standing=standing,
        ask=ask,
        booked=booked,
        before_the_move=funded,
        amounts=amounts,
        outlooks=objective_outlooks(standing.inputs, expected),
        gain=range_of(draws - standing.draws),
        breaches=breaches(standing.inputs, known, amounts, ask),
        changes=changes_for(standing.inputs, known, amounts, ask),
    )


def plan_to_try(context: Context, number: int | None = None) -> Plan:
    """The newest plan, or the one of that number of its quarter. Raises Refused when there is none."""
    context.require("see")
    newest: Plan | None = context.workspace.plans.order_by("-made_at", "-pk").first()
    found = newest if newest is None or number is None else context.workspace.plans.filter(quarter=newest.quarter, number=number).first()
    if found is None:
        raise Refused("There is no such plan.", fix="Open the budget: it lists the plans of the quarter.", code="PLAN-900")
    return found


def _fits(context: Context, current: Current, plan: QuarterPlan, snapshot: Snapshot) -> tuple[dict[str, FittedMetric], bool]:
    """Curves learned from the facts that count now, or else those of the plan; nothing is fitted."""
    wanted = metrics_to_fit(current.strategy)
    newest: dict[str, FittedMetric] = {}
    for record in context.workspace.fits.filter(snapshot=snapshot.hash, seed=plan.provenance.seed, metric__in=wanted).order_by("made_at", "pk"):
        newest[record.metric] = load_fit(context, record)
    if plan.budget.aim in newest:
        return {metric: newest[metric] for metric in wanted if metric in newest}, True
    return {metric: load_fit(context, record) for metric, record in fit_records_of_plan(context, plan).items()}, False


def _stand(
    context: Context, plan: QuarterPlan, current: Current, snapshot: Snapshot, fits: Mapping[str, FittedMetric], *, is_current: bool
) -> Standing | None:
    with open_snapshot(context.lake_dir, snapshot.loads) as lake:
        inputs = gather_inputs(context, current, snapshot, fits, lake, quarter=plan.quarter, seed=plan.provenance.seed)
    if not inputs.open_weeks or not inputs.is_trusted(inputs.aim) or inputs.aim != plan.budget.aim:
        return None
    amounts = planned_amounts(inputs, plan)
    expected = expect_outcomes(inputs, amounts)
    anew = placed_anew(inputs)
    draws = expected[inputs.aim].planned.total_draws
    return Standing(
        inputs=inputs,
        amounts=amounts,
        outlooks=objective_outlooks(inputs, expected),
        as_of=inputs.fits[inputs.aim].weeks[-1],
        is_current=is_current,
        over_last_split=range_of(draws - _aim_draws(inputs, _last_split(inputs, amounts))),
        anew=anew,
        over_plan=range_of(_aim_draws(inputs, anew) - draws),
        draws=draws,
        next_units={channel: next_unit(inputs, channel, row) for channel, row in amounts.items() if channel in inputs.fits[inputs.aim].channels},
        full=_full(inputs, amounts),
    )


def next_unit(inputs: PlanInputs, channel: str, row: Sequence[Decimal]) -> float:
    """Units of the aim that one more unit of money brings, when the channel goes on at the mean of these weeks."""
    curves = inputs.fits[inputs.aim].curves
    return float(steady_marginal(curves, channel, [float(sum(row, NOTHING)) / len(row)]).mean())


def _full(inputs: PlanInputs, amounts: Amounts) -> frozenset[str]:
    limits = open_limits(inputs, money_left(inputs))
    return frozenset(limit.channel for limit in limits if limit.cap is not None and sum(amounts[limit.channel], NOTHING) >= limit.cap)


def planned_amounts(inputs: PlanInputs, plan: QuarterPlan) -> dict[str, tuple[Decimal, ...]]:
    """By paid channel of the strategy: the plan's money of each open week; a week that it does not speak of has none."""
    made: dict[tuple[str, date], Decimal] = {}
    for line in plan.budget.lines:
        made[line.channel, line.week] = made.get((line.channel, line.week), NOTHING) + line.amount
    return {channel.id: tuple(made.get((channel.id, week), NOTHING) for week in inputs.open_weeks) for channel in inputs.strategy.paid_channels}


def _last_split(inputs: PlanInputs, amounts: Amounts) -> Amounts:
    """The same money in last quarter's proportions, the same every week; as planned where nothing is known of last quarter."""
    usual = [inputs.usual_week(channel) for channel in amounts]
    if not any(usual):
        return amounts
    weeks = len(inputs.open_weeks)
    total = sum((sum(row, NOTHING) for row in amounts.values()), NOTHING)
    shares = split_money(total, usual, step=inputs.step)
    return {channel: split_money(share, (1,) * weeks, step=inputs.step) for channel, share in zip(amounts, shares, strict=True)}


def _aim_draws(inputs: PlanInputs, amounts: Amounts) -> FloatArray:
    return expect_outcomes(inputs, amounts)[inputs.aim].planned.total_draws


def _booked(context: Context, standing: Standing) -> Amounts:
    """Money of open weeks whose line was carried out, or is being carried out: it cannot be moved any more."""
    weeks = {week.isoformat(): i for i, week in enumerate(standing.inputs.open_weeks)}
    rows: dict[str, list[Decimal]] = {}
    lines = Action.objects.filter(
        workspace=context.workspace,
        kind="budget_line",
        state__in=_CARRIED_OUT,
        due_on__range=(standing.inputs.open_weeks[0], standing.inputs.quarter.last_day),
    )
    for wants, cost in lines.values_list("wants", "cost"):
        week = weeks.get(str(wants.get("week")))
        if week is not None:
            rows.setdefault(str(wants["channel"]), [NOTHING] * len(weeks))[week] += cost
    return {channel: tuple(row) for channel, row in rows.items()}


def money_of(standing: Standing) -> tuple[Decimal, Decimal]:
    """Budget and reserve of the quarter as the strategy says it now."""
    money = money_left(standing.inputs)
    return money.budget, money.reserve
