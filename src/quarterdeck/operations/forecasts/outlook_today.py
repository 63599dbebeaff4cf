"""outlooks_today: how each objective stands on the last whole week, from what was counted and what the plan's own curves expect of the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.lake.fit_file import FitFileDamaged
from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.models import Fit
from quarterdeck.operations.context import Context
from quarterdeck.operations.facts.audit_tracking import audit_tracking, missing_between
from quarterdeck.operations.facts.weeks_known import WeeksKnown
from quarterdeck.operations.forecasts.read_level import forecast_levels
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.response.fit_response import fit_records_of_plan, load_fit
from quarterdeck.plan.outlook import outlook_by_level, settled
from quarterdeck.plan.quarter_plan import ObjectiveOutlook, QuarterPlan
from quarterdeck.report.say_answer import Today
from quarterdeck.review.standing import stand_today


def outlooks_today(context: Context, plan: QuarterPlan, plan_id: str, known: WeeksKnown) -> dict[str, Today]:
    """By objective, its outlook with the weeks counted since the plan was made; objectives without a counted week, or whose weeks do not add up,
    are left out. `plan_id` names the plan without hashing it again."""
    as_of = known.last_whole_week_end(context.today)
    weeks = tuple(week for week in plan.period.weeks if week >= plan.first_open_week and week + timedelta(days=6) <= as_of)
    if not weeks:
        return {}
    records = fit_records_of_plan(context, plan)
    audits = audit_tracking(context)
    found: dict[str, Today] = {}
    for objective in plan.outlook:
        counted = known.counted(objective.metric, weeks)
        if METRICS[objective.metric].adds_up and len(counted) == len(weeks):
            faults = audits[objective.metric].faults if objective.metric in audits else ()
            missing = missing_between(faults, weeks[0], as_of)
            found[objective.objective] = _stand(context, plan, plan_id, objective, records.get(objective.metric), counted, missing, as_of)
    return found


def _stand(
    context: Context,
    plan: QuarterPlan,
    plan_id: str,
    objective: ObjectiveOutlook,
    record: Fit | None,
    counted: tuple[float, ...],
    missing: float,
    as_of: date,
) -> Today:
    """Remembered by everything that it is made from; a fit that cannot be read is asked for again the next time."""
    untold = Today(as_of=as_of, weeks=len(counted), counted=sum(counted), planned=None, outlook=objective)
    if objective.by_level is not None:
        return _stand_by_level(context, plan, untold)
    is_aim = objective.metric == plan.budget.aim
    if record is None or objective.due_on < plan.period.last_day or (objective.chance is None and not is_aim):
        return untold  # no curves, none that the plan trusts, or a date before the quarter's end
    try:
        found = load_fit(context, record)
        fit, tested = found.fit, found.backtest
    except FitFileDamaged:  # what was counted can still be said
        return untold
    if not is_aim and fit.weeks[-1] + timedelta(days=7) != plan.first_open_week:  # what the plan assumes of the weeks ahead starts elsewhere
        return untold

    def stand() -> Today:
        before = float(objective.so_far or Decimal(0))
        outlook, planned = stand_today(plan, objective, fit, counted=np.array(counted), before=before, missing=missing, record=tested)
        return Today(as_of=as_of, weeks=len(counted), counted=sum(counted), planned=planned, outlook=outlook)

    return remembered("today", (plan_id, objective.objective, record.hash, counted, missing, as_of), stand)


def _stand_by_level(context: Context, plan: QuarterPlan, untold: Today) -> Today:
    """The outlook from the metric's own past up to today; the plan's where that says nothing. No curves are needed, and none is used."""
    snapshot, metric = snapshot_of(context.workspace), untold.outlook.metric

    def stand() -> Today:
        with open_snapshot(context.lake_dir, snapshot.loads) as lake:
            levels, so_far = forecast_levels(lake, (metric,), plan.period, as_of=untold.as_of, seed=plan.provenance.seed)
        seen = untold.outlook.model_copy(update={"so_far": so_far.get(metric, untold.outlook.so_far)})
        if metric not in levels:
            return replace(untold, outlook=settled(seen)) if untold.as_of >= plan.period.last_day and metric in so_far else untold
        return replace(untold, outlook=outlook_by_level(seen, levels[metric], plan.period))

    return remembered("today by level", (context.workspace.slug, snapshot.hash, untold, plan.quarter, plan.provenance.seed), stand)
