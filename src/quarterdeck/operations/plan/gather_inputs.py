"""gather_inputs: everything that a plan is made from, read from ledger and lake into one frozen value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from quarterdeck import __version__
from quarterdeck.kernel.identity import content_hash
from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import WEEKS_PER_QUARTER, Quarter, week_start
from quarterdeck.kernel.problems import Refused
from quarterdeck.lake.snapshot import Lake
from quarterdeck.ledger.gateway.fits import overrule_of
from quarterdeck.ledger.gateway.loads import Snapshot
from quarterdeck.ledger.gateway.plans import current_plan, work_log_of
from quarterdeck.ledger.models import Workspace
from quarterdeck.operations.context import Context
from quarterdeck.operations.forecasts.read_level import forecast_levels
from quarterdeck.operations.holidays.moved_holidays import say_moved_holidays
from quarterdeck.operations.holidays.public_holidays import public_holidays
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.response.fit_response import FittedMetric, hash_of_fits
from quarterdeck.operations.response.read_series import last_fact_day, read_context, read_outcome, read_spend
from quarterdeck.operations.strategy.save_strategy import Current
from quarterdeck.plan.plan_inputs import Ahead, PlanInputs
from quarterdeck.plan.quarter_plan import Assumption, BudgetLine, QuarterPlan
from quarterdeck.plan.schedule import schedule_by_rule
from quarterdeck.plan.work_log import WorkLogEntry
from quarterdeck.strategy.changes.move_dates import quarter_to_begin
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aim import aim_of

if TYPE_CHECKING:
    from quarterdeck.response.curves.fitted import ResponseFit

_ANCHOR = date(2027, 1, 4)


def quarter_for(strategy: Strategy, day: date) -> Quarter:
    """The quarter that `day` lies in, counted from the one that the first objective ends with."""
    due = strategy.objectives[0].due_on if strategy.objectives else None
    anchor = _ANCHOR if due is None else week_start(due) - timedelta(weeks=WEEKS_PER_QUARTER - 1)
    return Quarter.holding(day, anchor=anchor)


def quarter_at_hand(workspace: Workspace, strategy: Strategy, day: date) -> Quarter:
    """The quarter that `day` lies in. Late in one that nothing was planned for, the next, when that is the one that the strategy begins with."""
    running = quarter_for(strategy, day)
    begins = quarter_to_begin(day, anchor=running.first_day)
    if begins == running or not strategy.objectives or begins.week_number(strategy.objectives[0].due_on) is None:
        return running
    return running if workspace.plans.filter(quarter=running.first_day).exists() else begins


def gather_inputs(
    context: Context, current: Current, snapshot: Snapshot, fits: Mapping[str, FittedMetric], lake: Lake, *, quarter: date | None, seed: int
) -> PlanInputs:
    """The inputs of the plan of the quarter that holds `quarter` (default: the first open week). Work is shared out by the rule; calendar and
    collisions are left to the caller. Raises Refused when no objective says what the money is for."""
    strategy = current.strategy
    aim = aim_of(strategy)
    if aim is None:
        raise Refused(
            "The strategy has no objective, so nobody can say what the money is for.", fix="Add an objective under step 1.", code="PLAN-901"
        )
    as_of = last_whole_week_end(lake, context.today)
    first_open_week = as_of + timedelta(days=1)
    period = quarter_for(strategy, quarter) if quarter else quarter_at_hand(context.workspace, strategy, first_open_week)
    log = work_log_until(context, as_of)
    in_force = current_plan(context.workspace, period.first_day)
    refused = {metric: tuple(found.holdout["reasons"]) for metric, found in fits.items() if not found.is_trusted}
    overruled = {metric: word.reason for metric, found in fits.items() if metric in refused and (word := overrule_of(found.record))}
    of_curves = {metric for metric in fits if metric not in refused or metric in overruled}
    others = [objective.metric for objective in strategy.objectives if objective.metric not in of_curves]
    levels, counted = forecast_levels(lake, dict.fromkeys(others), period, as_of=as_of, seed=seed)
    return PlanInputs(
        strategy=strategy,
        strategy_hash=current.revision.hash,
        quarter=period,
        as_of=as_of,
        first_open_week=first_open_week,
        seed=seed,
        version=__version__,
        snapshot_hash=snapshot.hash,
        curves_hash=hash_of_fits({metric: found.record for metric, found in fits.items()}),
        work_log_hash=content_hash([_entry(entry) for entry in log]),
        answers_hash=content_hash({"overruled": overruled, "previous": in_force.plan_id if in_force else None}),
        aim=aim,
        fits={metric: found.fit for metric, found in fits.items()},
        ahead={metric: ahead_of(found.fit, period, lake) for metric, found in fits.items()},
        so_far={metric: so_far for metric, found in fits.items() if (so_far := _counted(lake, found.fit, period)) is not None} | counted,
        backtests={metric: record for metric, found in fits.items() if (record := found.backtest) is not None},
        levels=levels,
        refused=refused,
        overruled=overruled,
        spent=spent_lines(lake, first_day=min(period.first_day, first_open_week), until=as_of),
        last_quarter_spend=_last_quarter(lake, strategy, period),
        last_quarter_weeks=_last_quarter_weeks(lake, strategy, period, as_of),
        done={entry.ref: entry.on for entry in log if entry.kind == "task" and entry.event == "done" and entry.on <= as_of},
        work=schedule_by_rule(strategy, period, as_of=as_of, log=log, company_holidays=tuple(public_holidays(strategy, period))),
    )


def plan_in_force(context: Context, period: Quarter) -> QuarterPlan | None:
    """The approved plan of the quarter, or None."""
    record = current_plan(context.workspace, period.first_day)
    return plan_of(record) if record else None


def last_whole_week_end(lake: Lake, today: date) -> date:
    """The Sunday of the last week that facts cover whole; without facts, of the last week that has passed."""
    last_day = last_fact_day(lake) or today - timedelta(days=1)
    return week_start(last_day - timedelta(days=6)) + timedelta(days=6)


def work_log_until(context: Context, as_of: date) -> tuple[WorkLogEntry, ...]:
    """The work log up to a day, in the order of what was said when."""
    return tuple(entry for entry in work_log_of(context.workspace) if entry.on <= as_of)


def spent_lines(lake: Lake, *, first_day: date, until: date) -> tuple[BudgetLine, ...]:
    """Money on record by channel, campaign and week, as budget lines about which nothing can be decided."""
    rows = lake.query(
        "SELECT date_trunc('week', day)::DATE AS week, channel, campaign, sum(cost) AS cost FROM spend WHERE day >= $first AND day <= $until "
        "GROUP BY ALL HAVING sum(cost) > 0 ORDER BY ALL",
        {"first": first_day, "until": until},
    )
    return tuple(
        BudgetLine(channel=channel, campaign=campaign or None, week=week, amount=Decimal(cost), is_spent=True)
        for week, channel, campaign, cost in zip(rows["week"], rows["channel"], rows["campaign"], rows["cost"], strict=True)
    )


def ahead_of(fit: ResponseFit, period: Quarter, lake: Lake) -> Ahead:
    """What is taken for granted from the week after the fit's last to the quarter's last: what is on record already, else as `assume_ahead` says."""
    import numpy as np

    from quarterdeck.response.forecasts.assumed import assume_ahead
    from quarterdeck.response.forecasts.forecast import weeks_ahead

    weeks = weeks_ahead(fit, max(0, (period.weeks[-1] - fit.weeks[-1]).days // 7))
    context, exposures, origins = assume_ahead(fit.series, weeks)
    given = read_context(lake, fit.series.context_names, weeks)
    context = np.where(np.isnan(given), context, given)
    known = {name for i, name in enumerate(fit.series.context_names) if not np.isnan(given[:, i]).any()}
    names = len(fit.series.context_names)
    shown = [
        Assumption(name=name, kind="context", values=_digits(context[:, i]), origin="given" if name in known else origins[i])
        for i, name in enumerate(fit.series.context_names)
    ]
    shown += [
        Assumption(name=name, kind="exposure", values=_digits(exposures[:, i]), origin=origins[names + i])
        for i, name in enumerate(fit.series.exposure_names)
    ]
    open_figures = np.concatenate([np.isnan(given), np.ones(exposures.shape, dtype=np.bool_)], axis=1)
    said = say_moved_holidays(fit, [week for week in weeks if week >= period.first_day])
    return Ahead(context, exposures, tuple(shown), open_figures, said)


def _counted(lake: Lake, fit: ResponseFit, period: Quarter) -> Decimal | None:
    """What was recorded in the quarter's weeks that the fit has seen (it learned from what was lost, too); None where that does not add up."""
    weeks = [week for week in fit.weeks if week >= period.first_day]
    if not weeks or not METRICS[fit.metric].adds_up:
        return None
    return Decimal(f"{float(read_outcome(lake, fit.metric, weeks).sum()):.10g}")


def _digits(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(float(f"{value:.10g}") for value in values)


def _last_quarter(lake: Lake, strategy: Strategy, period: Quarter) -> dict[str, Decimal]:
    before = period.previous()
    rows = lake.query(
        "SELECT channel, sum(cost) AS cost, min(day) AS first FROM spend WHERE day BETWEEN $first AND $last GROUP BY channel ORDER BY channel",
        {"first": before.first_day, "last": before.last_day},
    )
    known = dict(zip(rows["channel"], rows["cost"], strict=True))
    return {channel.id: Decimal(known[channel.id]) for channel in strategy.paid_channels if channel.id in known}


def _last_quarter_weeks(lake: Lake, strategy: Strategy, period: Quarter, as_of: date) -> dict[str, list[float]]:
    weeks = [week for week in period.previous().weeks if week + timedelta(days=6) <= as_of]
    channels = [channel.id for channel in strategy.paid_channels]
    spend = read_spend(lake, channels, weeks)
    return {channel: [float(value) for value in spend[:, i]] for i, channel in enumerate(channels)} if weeks else {}


def _entry(entry: WorkLogEntry) -> list[Any]:
    return [entry.ref, entry.kind, entry.event, entry.on, entry.by, entry.hours, entry.link]
