"""count_facts: everything that a first strategy can be drafted from, counted once a snapshot by SQL on the facts that count now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from quarterdeck.kernel.periods import Quarter
from quarterdeck.lake.snapshot import Lake, open_snapshot
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.gateway.plans import latest_plan
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.models import Load
from quarterdeck.operations.context import Context
from quarterdeck.operations.first_strategy.count_buyers import count_conversions, count_customers_by_channel, count_groups, count_orders
from quarterdeck.operations.first_strategy.count_channels import count_campaigns, count_channels, readable, whole_weeks_of_spend
from quarterdeck.operations.first_strategy.count_metrics import count_metrics, machines_are_unknown, names_without_metric
from quarterdeck.operations.first_strategy.count_places import count_countries, count_languages
from quarterdeck.operations.forecasts.forecast_unchanged import curves_unchanged, forecast_unchanged
from quarterdeck.operations.plan.gather_inputs import quarter_for
from quarterdeck.operations.quarter.open_desk import day_of_company
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.strategy.changes.move_dates import quarter_to_begin
from quarterdeck.strategy.from_facts.counted import Counted, CountedLoad

if TYPE_CHECKING:
    from quarterdeck.response.series.series import FloatArray

_ANCHOR = date(2027, 1, 4)


@dataclass(frozen=True, eq=False)
class FactsCounted:
    """What was counted, and by metric the draws of the coming quarter's total (or mean) when nothing changes."""

    counted: Counted
    draws: Mapping[str, FloatArray]


@dataclass(frozen=True)
class Asking:
    """What the counting of every table needs: the lake, the last day that may be seen, the money, and where each load came from."""

    lake: Lake
    as_of: date
    currency: str
    sources: Mapping[tuple[str, str], str]

    def sources_of(self, table: str, loads: list[str]) -> tuple[str, ...]:
        """Where these loads of a table came from, each once."""
        return tuple(dict.fromkeys(self.sources[table, load] for load in loads if (table, load) in self.sources))


def count_facts(context: Context) -> FactsCounted:
    """The facts of this company up to yesterday (in a rehearsal, up to their end), counted for the quarter that begins."""
    context.require("see")
    snapshot, day, company = snapshot_of(context.workspace), day_of_company(context), context.workspace
    quarter = coming_quarter(context, day)
    plan = latest_plan(company, quarter.first_day)
    key = (
        None if plan is None else plan.plan_id,
        company.slug,
        company.name,
        company.currency,
        company.timezone,
        snapshot.hash,
        day,
        quarter,
        context.member.person,
    )

    def count() -> FactsCounted:
        with open_snapshot(context.lake_dir, snapshot.loads) as lake:
            return _count(context, lake, day, quarter)

    return remembered("facts counted", key, count, most=8)


def coming_quarter(context: Context, day: date) -> Quarter:
    """The quarter that a strategy drafted on `day` is for: the running one of this company or, from its eighth week on, the next."""
    revision = latest_revision(context.workspace)
    anchor = _ANCHOR if revision is None else quarter_for(strategy_of(revision), day).first_day
    return quarter_to_begin(day, anchor=anchor)


def _count(context: Context, lake: Lake, day: date, quarter: Quarter) -> FactsCounted:
    company, as_of = context.workspace, day - timedelta(days=1)
    loads = tuple(Load.objects.filter(workspace=company, dropped_at__isnull=True).order_by("sequence"))
    asking = Asking(lake, as_of, company.currency, {(load.table, load.load_id): readable(load.source) for load in loads})
    weeks = whole_weeks_of_spend(asking)
    by_curves = {} if latest_revision(company) is None else curves_unchanged(replace(context, draft=None), lake, quarter)
    metrics, draws = forecast_unchanged(asking, count_metrics(asking), quarter, by_curves=by_curves)
    orders, first_orders = count_orders(asking)
    buyers, groups = count_groups(asking)
    counted = Counted(
        company=company.name,
        currency=company.currency,
        timezone=company.timezone,
        person=context.member.person,
        today=day,
        quarter=quarter,
        channels=count_channels(asking, weeks),
        campaigns=count_campaigns(asking, weeks),
        metrics=metrics,
        unknown_metrics=names_without_metric(asking),
        conversions=count_conversions(asking),
        orders=orders,
        first_orders=first_orders,
        buyers=buyers,
        groups=groups,
        countries=count_countries(asking),
        languages=count_languages(asking),
        customers_by_channel=count_customers_by_channel(asking, weeks),
        loads=tuple(CountedLoad(readable(load.source), load.table, load.last_day) for load in loads),
        spend_weeks=weeks,
        machines_unknown=machines_are_unknown(asking),
    )
    return FactsCounted(counted, draws)
