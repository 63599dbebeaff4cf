"""PlanInputs: everything that a quarter's plan is made from, in one frozen value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from quarterdeck.kernel.periods import Quarter
from quarterdeck.plan.quarter_plan import Assumption, BudgetLine, CalendarEntry, Collision, WorkPlan
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.forecasts.backtest import Backtest
from quarterdeck.response.forecasts.forecast import BoolArray, Forecast
from quarterdeck.response.series.series import FloatArray
from quarterdeck.strategy.document import Strategy


@dataclass(frozen=True, eq=False)
class Ahead:
    """What a forecast takes for granted: `context` and `exposures` [week, name] for the weeks from the one after the fit's last to the
    quarter's last, and the same as `assumptions` to be shown. `assumed` [week, name and exposure]: false where it is on record already."""

    context: FloatArray
    exposures: FloatArray
    assumptions: tuple[Assumption, ...] = ()
    assumed: BoolArray | None = None
    """None: all of it is known."""
    said: str | None = None
    """What a reader should hear of it: holidays that fall otherwise than a year before."""


@dataclass(frozen=True, eq=False)
class Level:
    """What a metric's own past says of the weeks to the quarter's end, whatever is spent: for metrics without curves that may be used.

    `forecast` starts with the week after the last one that facts reach; `weeks` were counted; `record`: how such forecasts turned out before.
    """

    forecast: Forecast
    weeks: int
    record: Backtest | None = None


@dataclass(frozen=True, eq=False)
class PlanInputs:
    """What `build_quarter_plan` needs. Money is in the company's currency; the hashes go into the plan's provenance."""

    strategy: Strategy
    strategy_hash: str
    quarter: Quarter
    as_of: date
    """The last complete day of facts."""
    first_open_week: date
    """Monday of the first week about which anything can still be decided; may lie before the quarter (all of it is open) or after it."""
    seed: int
    version: str
    snapshot_hash: str
    curves_hash: str | None
    work_log_hash: str
    answers_hash: str
    aim: str
    """The metric that money is placed for."""
    fits: Mapping[str, ResponseFit]
    """By metric. May lack the aim: then last quarter's split is kept."""
    ahead: Mapping[str, Ahead]
    """By metric, one for each of `fits`."""
    work: WorkPlan
    backtests: Mapping[str, Backtest] = field(default_factory=dict)
    """By metric: how forecasts like its fit's turned out on the company's own past. Missing: what is known of other companies counts alone."""
    levels: Mapping[str, Level] = field(default_factory=dict)
    """By metric without a fit that may be used: what its own past says."""
    refused: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By metric: why its fit cannot be trusted, in clauses such as "it missed the held-out weeks"."""
    overruled: Mapping[str, str] = field(default_factory=dict)
    """By metric: a person's reason for using a refused fit all the same."""
    spent: Sequence[BudgetLine] = ()
    """What was spent in weeks before `first_open_week` (`is_spent`). Lines before the quarter only tell the forecast what happened
    between the fit's last week and the quarter."""
    committed: Mapping[str, Decimal] = field(default_factory=dict)
    """By channel: money of the open weeks that is promised to others already."""
    last_quarter_spend: Mapping[str, Decimal] = field(default_factory=dict)
    """By channel; a channel that is missing is not known."""
    last_quarter_weeks: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """By channel: spend of each week of last quarter that is known; their mean is "spending as last quarter"."""
    so_far: Mapping[str, Decimal] = field(default_factory=dict)
    """By metric: counted from the quarter's first day to the end of its fit's last week. Missing: the fit's own rows are added up."""
    calendar: Sequence[CalendarEntry] = ()
    collisions: Sequence[Collision] = ()
    """Collisions of work, content and campaigns; those of money are found here."""
    done: Mapping[str, date] = field(default_factory=dict)
    """By task: the day it was done. What it cost belongs to the quarter of that day."""
    step: Decimal = Decimal(1)
    """Smallest amount that is worth planning."""

    @property
    def open_weeks(self) -> tuple[date, ...]:
        """Mondays of the quarter that can still be decided."""
        return tuple(week for week in self.quarter.weeks if week >= self.first_open_week)

    @property
    def spent_in_quarter(self) -> tuple[BudgetLine, ...]:
        """Lines of past weeks of this quarter."""
        return tuple(line for line in self.spent if line.week in self.quarter.weeks)

    def is_trusted(self, metric: str) -> bool:
        """True when there is a fit of `metric` and nothing, or a person's overrule, speaks for using it."""
        return metric in self.fits and (not self.refused.get(metric) or metric in self.overruled)

    def usual_week(self, channel: str) -> float:
        """Money that last quarter spent on the channel in a week, on average; 0 when it did not use the channel."""
        weeks = self.last_quarter_weeks.get(channel, ())
        if len(weeks):
            return float(sum(weeks)) / len(weeks)
        return float(self.last_quarter_spend.get(channel, Decimal(0))) / len(self.quarter.weeks)
