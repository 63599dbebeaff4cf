"""write_paper: one page, the full report or a brief for an agency, of the strategy as it was saved, as data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Literal

from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.drafts import newest_draft_plan
from quarterdeck.ledger.gateway.plans import current_plan, latest_plan
from quarterdeck.operations.context import Context
from quarterdeck.operations.drafts.plan_draft import draft_plan_of
from quarterdeck.operations.papers.draw_objectives import draw_objectives
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.strategy.look_at_strategy import Look, Standing, chance_of, look_at_strategy, standing_for
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.report.charts.chart import Chart
from quarterdeck.report.papers.agency_brief import Scope, agency_brief
from quarterdeck.report.papers.full_report import full_report
from quarterdeck.report.papers.one_page import one_page
from quarterdeck.report.papers.paper import Paper
from quarterdeck.report.papers.subject import Planned, Subject

Kind = Literal["one-page", "report", "brief"]
KINDS: dict[Kind, str] = {"one-page": "The strategy on one page", "report": "The full report", "brief": "A brief for an agency"}


def write_paper(context: Context, kind: Kind, *, quarter: Quarter, day: date, number: int | None = None, scope: Scope | None = None) -> Paper:
    """The paper of the newest revision, or of revision `number`. Raises Refused when there is none, or the scope names what is not there."""
    look = look_at_strategy(context, quarter=quarter, day=day, number=number)
    subject = subject_of(context, look, quarter, charts=draw_objectives(context, look) if kind == "report" else ())
    if kind == "brief":
        return agency_brief(subject, _known(look, scope or Scope()))
    make: Callable[[Subject], Paper] = one_page if kind == "one-page" else full_report
    return make(subject)


def subject_of(context: Context, look: Look, quarter: Quarter, *, charts: tuple[Chart, ...] = ()) -> Subject:
    """The strategy with its chances, its money and its charts. Of a draft that is planned, its own plan says what there will be."""
    own = _own_plan(context, look, quarter)
    standings = {each.id: standing_for(each, (*_of_plan(own, each.id), *look.standings.get(each.id, ()))) for each in look.strategy.objectives}
    sources = dict.fromkeys(standing.source for standing in standings.values() if standing is not None)
    return Subject(
        strategy=look.strategy,
        quarter=quarter,
        revision=look.number,
        author=look.author,
        saved_on=None if look.made_at is None else context.local(look.made_at).date(),
        draft=context.draft.name if context.draft is not None else "",
        problems=look.problems,
        chances={each.id: chance_of(each, standings[each.id]) for each in look.strategy.objectives},
        chances_from=" and ".join(sources),
        planned=_planned(context, quarter) if context.draft is None else None if own is None else Planned(None, _money(own), is_in_force=False),
        charts=charts,
    )


def _planned(context: Context, quarter: Quarter) -> Planned | None:
    """Money of the plan in force, else of the newest one that waits."""
    in_force = current_plan(context.workspace, quarter.first_day)
    record = in_force or latest_plan(context.workspace, quarter.first_day)
    if record is None:
        return None
    return Planned(record.number, _money(plan_of(record)), in_force is not None)


def _money(plan: QuarterPlan) -> dict[str, Decimal]:
    return {each.channel: each.planned for each in plan.budget.channels}


def _own_plan(context: Context, look: Look, quarter: Quarter) -> QuarterPlan | None:
    """The plan of the draft that the person is in, as long as it is of what the paper shows."""
    record = None if context.draft is None else newest_draft_plan(context.draft)
    plan = None if record is None else draft_plan_of(record)
    return plan if plan is not None and plan.quarter == quarter.first_day and plan.provenance.strategy == look.hash else None


def _of_plan(plan: QuarterPlan | None, objective: str) -> tuple[Standing, ...]:
    """What the plan of the draft says of an objective, as the newest that is known of it."""
    found = [] if plan is None else [each for each in plan.outlook if each.objective == objective]
    return tuple(Standing(each, "the plan of the draft", plan.provenance.as_of) for each in found if plan is not None)


def _known(look: Look, scope: Scope) -> Scope:
    strategy = look.strategy
    there = {
        "campaign": {each.id for each in strategy.campaigns},
        "channel": {each.id for each in strategy.channels},
        "team": {each.id for each in strategy.management.teams},
    }
    asked = {"campaign": scope.campaigns, "channel": scope.channels, "team": (scope.team,) if scope.team else ()}
    unknown = [f"{kind} “{name}”" for kind, names in asked.items() for name in names if name not in there[kind]]
    if unknown:
        raise Refused(f"The strategy has no {', no '.join(unknown)}.", fix="Choose from those that stand in it.", code="PAPER-902")
    return scope
