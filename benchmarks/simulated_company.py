"""A company in a simulated market with two years of history: its series, fit and plan, and a quarter that then happens to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

import numpy as np

from quarterdeck.kernel.periods import Quarter
from quarterdeck.market.market import Market, build_market
from quarterdeck.market.shocks import Shock
from quarterdeck.market.spend import DailySpend, spread_weeks
from quarterdeck.plan.build import build_quarter_plan
from quarterdeck.plan.plan_inputs import Ahead, PlanInputs
from quarterdeck.plan.quarter_plan import Assumption, QuarterPlan, WorkPlan
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.forecasts.assumed import assume_ahead
from quarterdeck.response.forecasts.forecast import weeks_ahead
from quarterdeck.response.series.series import FloatArray, ResponseSeries
from quarterdeck.review.review import Comparison, ReviewFacts, compare_plan_with_facts
from quarterdeck.strategy.document import Strategy

HISTORY_WEEKS = 104
NO_WORK = WorkPlan(assignments=(), unassignable=(), overloads=(), weighted_lateness=0, bound=None, method="rule")
QUARTER = Quarter(date(2027, 1, 4))
FIRST_DAY = QUARTER.first_day - timedelta(weeks=HISTORY_WEEKS)


@dataclass(frozen=True)
class SimulatedCompany:
    """One preset and seed. Nothing that plans sees the market: only its records."""

    preset: str
    seed: int

    @cached_property
    def market(self) -> Market:
        return build_market(self.preset, seed=self.seed, first_day=FIRST_DAY)

    @cached_property
    def history(self) -> DailySpend:
        usual = self.market.usual_spend(QUARTER.first_day - timedelta(days=1))
        return DailySpend(usual.first_day, usual.lines, np.round(usual.amount, 2))

    @cached_property
    def series(self) -> ResponseSeries:
        return self.series_of(self.history, ())

    @cached_property
    def fit(self) -> ResponseFit:
        return fit_response(self.series, seed=1)

    @property
    def budget(self) -> float:
        """What the same quarter a year before cost."""
        return float(self.last_year.sum())

    @property
    def last_year(self) -> FloatArray:
        """Spend of the same 13 weeks a year before [week, channel]."""
        return self.series.spend[-52:-39]

    def series_of(self, spend: DailySpend, shocks: tuple[Shock, ...]) -> ResponseSeries:
        days = self.market.run(spend, shocks=shocks)
        weeks = len(days.days) // 7
        names = tuple(name for name in days.context if np.ptp(_weekly(days.context[name], weeks)) > 0)
        return ResponseSeries(
            metric=self.market.aim,
            starts=tuple(FIRST_DAY + timedelta(weeks=n) for n in range(weeks)),
            channels=self.market.channels,
            spend=_weekly(spend.channel_totals(self.market.channels), weeks),
            outcome=_weekly(days.outcomes[self.market.aim], weeks),
            context_names=names,
            context=np.column_stack([_weekly(days.context[name], weeks) / 7.0 for name in names]),
        )

    @cached_property
    def inputs(self) -> PlanInputs:
        weeks = weeks_ahead(self.fit, 13)
        context, exposures, _ = assume_ahead(self.fit.series, weeks)
        shown = tuple(
            Assumption(name=name, kind="context", values=tuple(float(v) for v in context[:, i]), origin="year_before")
            for i, name in enumerate(self.fit.series.context_names)
        )
        usual = self.series.spend[-13:]
        return PlanInputs(
            strategy=self._strategy(),
            strategy_hash="",
            quarter=QUARTER,
            as_of=QUARTER.first_day - timedelta(days=1),
            first_open_week=QUARTER.first_day,
            seed=1,
            version="",
            snapshot_hash="",
            curves_hash="",
            work_log_hash="",
            answers_hash="",
            aim=self.market.aim,
            fits={self.market.aim: self.fit},
            ahead={self.market.aim: Ahead(context, exposures, shown)},
            work=NO_WORK,
            last_quarter_spend={name: Decimal(f"{usual[:, i].sum():.2f}") for i, name in enumerate(self.market.channels)},
            last_quarter_weeks={name: list(usual[:, i]) for i, name in enumerate(self.market.channels)},
        )

    @cached_property
    def plan(self) -> QuarterPlan:
        return build_quarter_plan(self.inputs)

    @cached_property
    def planned(self) -> FloatArray:
        """The plan's money [week, channel]."""
        table = np.zeros((13, len(self.market.channels)))
        for line in self.plan.budget.lines:
            table[QUARTER.weeks.index(line.week), self.market.channels.index(line.channel)] += float(line.amount)
        return table

    @cached_property
    def foreseen_plan(self) -> QuarterPlan:
        """The same plan with the context that really comes (without any shock) as its assumption: nothing but what is planted differs."""
        after = self.history.then(spread_weeks(self.planned, QUARTER.first_day, self.market.channels))
        series = self.series_of(after, ())
        rows = slice(HISTORY_WEEKS, HISTORY_WEEKS + 13)
        real = tuple(
            Assumption(
                name=name, kind="context", values=tuple(float(v) for v in series.context[rows, series.context_names.index(name)]), origin="given"
            )
            for name in self.fit.series.context_names
        )
        return self.plan.model_copy(update={"assumptions": real})

    def happen(
        self,
        spend: FloatArray,
        shocks: tuple[Shock, ...] = (),
        *,
        held_up: FloatArray | None = None,
        weeks: int = 13,
        recorded: FloatArray | None = None,
        foreseen: bool = False,
    ) -> tuple[ReviewFacts, Comparison]:
        """The quarter as it comes, with `spend` [week, channel] and `shocks`, and the review's comparison with the plan."""
        after = self.history.then(spread_weeks(spend[:weeks], QUARTER.first_day, self.market.channels))
        series = self.series_of(after, shocks)
        rows = slice(HISTORY_WEEKS, HISTORY_WEEKS + weeks)
        context = np.column_stack([series.context[rows, series.context_names.index(name)] for name in self.fit.series.context_names])
        facts = ReviewFacts(
            weeks=QUARTER.weeks[:weeks],
            spend=series.spend[rows],
            held_up=np.zeros((weeks, spend.shape[1])) if held_up is None else held_up[:weeks],
            context=context,
            exposures=np.zeros((weeks, 0)),
            recorded=np.ones(weeks) if recorded is None else recorded[:weeks],
            counted=series.outcome[rows],
            snapshot="",
        )
        return facts, compare_plan_with_facts(self.foreseen_plan if foreseen else self.plan, self.fit, facts, seed=1)

    def _strategy(self) -> Strategy:
        channels = [{"id": name, "kind": "other", "ownership": "paid"} for name in self.market.channels]
        return Strategy.model_validate(
            {
                "company": {"name": self.market.preset.name, "currency": "GBP"},
                "goals": [{"id": "grow", "statement": "Grow", "metric": self.market.aim, "target": 1, "due_on": "2027-12-31"}],
                "objectives": [{"id": "more", "goal": "grow", "statement": "More", "metric": self.market.aim, "target": 1, "due_on": "2027-04-04"}],
                "channels": channels,
                "management": {"budget": {"quarter": f"{self.budget:.0f}"}},
            }
        )


def _weekly(daily: FloatArray, weeks: int) -> FloatArray:
    total: FloatArray = np.asarray(daily, dtype=np.float64)[: weeks * 7].reshape(weeks, 7, *np.shape(daily)[1:]).sum(axis=1)
    return total
