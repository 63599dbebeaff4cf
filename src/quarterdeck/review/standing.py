"""stand_today: a quarter's outlook between two plans: what was counted, and what the plan's own forecast says of the weeks to come."""

from __future__ import annotations

import numpy as np

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.plan.quarter_plan import ObjectiveOutlook, QuarterPlan, Range
from quarterdeck.response.fitted import ResponseFit
from quarterdeck.response.forecast import predict_outcome, weeks_ahead
from quarterdeck.response.series import FloatArray
from quarterdeck.review.review import assumed_ahead, planned_spend


def stand_today(
    plan: QuarterPlan, objective: ObjectiveOutlook, fit: ResponseFit, *, counted: FloatArray, before: float, missing: float = 0.0
) -> tuple[ObjectiveOutlook, float]:
    """The outlook with `counted` [week since the plan's first open one] in place of their forecast, and what the plan expected of those weeks.

    `before` was counted in the quarter before the plan was made. The level that the counted weeks show is carried on: half of their surprise, as a
    forecast's own error is half lasting and half passing. `missing` happened in these weeks and was not recorded: it is no count, but no surprise either.
    """
    weeks = weeks_ahead(fit, max(0, (plan.period.weeks[-1] - fit.weeks[-1]).days // 7))
    context, exposures = assumed_ahead(plan, fit, len(weeks))
    outcome = predict_outcome(
        fit, spend_ahead=planned_spend(plan, fit, weeks), context_ahead=context, exposures_ahead=exposures, seed=plan.provenance.seed
    ).outcome
    first = next((i for i, week in enumerate(weeks) if week >= max(plan.first_open_week, plan.period.first_day)), len(weeks))
    passed, rest = outcome[:, first : first + len(counted)], outcome[:, first + len(counted) :]
    planned = float(passed.sum(axis=1).mean())
    so_far = before + float(counted.sum())
    lasting = 0.5 * ((float(counted.sum()) + missing) / planned - 1.0) if planned > 0 else 0.0
    draws = so_far + rest.sum(axis=1) * (1.0 + lasting)
    low, high = (so_far, so_far) if not rest.shape[1] else np.quantile(draws, [0.1, 0.9])
    wanted = float(objective.target)
    reached = draws >= wanted if METRICS[objective.metric].direction == "increase" else draws <= wanted
    chance = float(reached.mean()) if not rest.shape[1] else (float(reached.sum()) + 0.5) / (len(draws) + 1.0)
    return objective.model_copy(
        update={
            "expected": Range(low=float(low), expected=float(draws.mean()), high=float(high)),
            "chance": chance,
            "chance_unchanged": None,
            "why_unknown": None,
        }
    ), planned
