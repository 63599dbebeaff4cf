"""draw_objectives: what was counted of each objective's metric, quarter by quarter, as charts for a paper."""

from __future__ import annotations

from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.operations.context import Context
from quarterdeck.operations.facts.weeks_known import WeeksKnown, weeks_known
from quarterdeck.operations.plan.gather_inputs import quarter_for
from quarterdeck.operations.strategy.look_at_objective import count_quarters
from quarterdeck.operations.strategy.look_at_strategy import Look, Standing, standing_for
from quarterdeck.report.charts.chart import Chart
from quarterdeck.report.charts.history_chart import History, history_chart
from quarterdeck.report.words import Words
from quarterdeck.strategy.parts.aims import Objective

MOST = 6
"""Objectives that get a picture; more would be a book."""


def draw_objectives(context: Context, look: Look) -> tuple[Chart, ...]:
    """A chart for each of the first objectives, in their order; none for those whose metric has no whole quarter counted yet."""
    context.require("see")
    words, weeks = Words.of(look.strategy), weeks_known(context)
    found = (_history(weeks, look, each, standing_for(each, look.standings.get(each.id, ()))) for each in look.strategy.objectives[:MOST])
    return tuple(history_chart(history, words, name=f"history-{number}") for number, history in enumerate(found, start=1) if history is not None)


def _history(weeks: WeeksKnown, look: Look, objective: Objective, standing: Standing | None) -> History | None:
    quarter = quarter_for(look.strategy, objective.due_on)
    past = count_quarters(weeks, objective.metric, quarter)
    if past.reason:
        return None
    is_whole = (quarter.last_day - objective.due_on).days < DAYS_PER_WEEK
    return History(
        metric=objective.metric,
        quarter=quarter,
        past=past.totals,
        target=float(objective.target) if is_whole else None,
        expected=standing.outlook.expected if standing is not None and is_whole else None,
    )
