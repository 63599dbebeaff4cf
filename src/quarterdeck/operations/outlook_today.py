"""outlook_today: how the aim stands on the last whole week, from what was counted and what the plan's own curves expect of the rest."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import numpy as np

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.lake.fit_file import FitFileDamaged
from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.operations.context import Context
from quarterdeck.operations.fit_response import fit_of_plan
from quarterdeck.operations.gather_inputs import last_whole_week_end
from quarterdeck.operations.read_series import read_outcome
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.report.say_answer import Today
from quarterdeck.review.standing import stand_today


def outlook_today(context: Context, plan: QuarterPlan) -> Today | None:
    """The first objective's outlook with the weeks counted since the plan was made; None when no week of it has been counted yet."""
    objective = next((outlook for outlook in plan.outlook if outlook.metric == plan.budget.aim), None)
    with open_snapshot(context.lake_dir, snapshot_of(context.workspace).loads) as lake:
        as_of = last_whole_week_end(lake, context.today)
        weeks = [week for week in plan.period.weeks if week >= plan.first_open_week and week + timedelta(days=6) <= as_of]
        if objective is None or not weeks or not METRICS[objective.metric].adds_up:
            return None
        counted = read_outcome(lake, objective.metric, weeks)
    if np.isnan(counted).any():
        return None
    try:
        found = fit_of_plan(context, plan)
    except FitFileDamaged:  # what was counted can still be said
        found = None
    if found is None:
        return Today(as_of=as_of, weeks=len(weeks), counted=float(counted.sum()), planned=None, outlook=objective)
    before = float(objective.so_far or Decimal(0))
    outlook, planned = stand_today(plan, objective, found.fit, counted=counted, before=before)
    return Today(as_of=as_of, weeks=len(weeks), counted=float(counted.sum()), planned=planned, outlook=outlook)
