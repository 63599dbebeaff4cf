"""QuarterPlan: thirteen weeks as one frozen value, with what it was made from and what is expected of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

from quarterdeck.kernel.identity import content_hash, render_canonical
from quarterdeck.kernel.periods import Quarter


class Record(BaseModel):
    """A frozen, closed piece of a plan."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Range(Record):
    """A figure about the future: in 8 cases of 10 it lies between `low` and `high`; `expected` is the mean. Units of its metric."""

    low: float
    expected: float
    high: float


class Provenance(Record):
    """What the plan is a function of: the same eight inputs give the same plan, byte for byte."""

    strategy: str
    """Content hash of the strategy revision."""
    facts: str
    """Content hash of the snapshot (its sorted load ids)."""
    curves: str | None
    """Content hash of the fit that was used, or None when no fit could be trusted."""
    work_log: str
    """Content hash of the work log."""
    answers: str
    """Content hash of decisions that bind the plan: overrules with their reasons."""
    as_of: date
    seed: int
    version: str


class BudgetLine(Record):
    """Money allowed for a channel (and campaign) in one week, in the company's currency."""

    channel: str
    campaign: str | None
    week: date
    amount: Decimal
    is_spent: bool = False
    """True for a past week: the amount is what was spent, and nothing can be decided about it."""

    @property
    def key(self) -> str:
        """What names it in every re-plan: `search/spring/2027-01-04`."""
        return f"{self.channel}/{self.campaign or 'always-on'}/{self.week.isoformat()}"


class ChannelMoney(Record):
    """One channel's quarter: money, what it should bring, and what the next unit of money would."""

    channel: str
    last_quarter: Decimal | None
    planned: Decimal
    floor: Decimal
    cap: Decimal | None
    brings: Range | None
    """Units of the aim's metric that its spend in the open weeks should add by the quarter's end; None without trusted curves."""
    next_unit: float | None
    """Units of the aim's metric that one more unit of money would bring."""
    why: str
    """One sentence: why this amount."""


class BudgetPlan(Record):
    """The money of the quarter, and how far it can be from the best possible."""

    currency: str
    budget: Decimal
    reserve: Decimal
    for_tasks: Decimal = Decimal(0)
    """Money kept for what tasks cost by themselves (`task.budget`); lines + for_tasks + held_back + reserve are the budget."""
    held_back: Decimal
    """Money that the plan leaves unspent because it would not pay for itself, or because caps are reached."""
    last_money: str | None = None
    """One sentence about the money at the margin: what it brings (or would bring, where it is held back), and at what price."""
    method: Literal["best_known", "as_last_quarter"]
    """`as_last_quarter`: no fit could be trusted, so last quarter's split is kept."""
    aim: str
    """The metric that the money is placed for."""
    value_per_unit: Decimal | None
    """Profit before marketing of one unit of the aim's metric; None when the strategy does not say."""
    lines: tuple[BudgetLine, ...]
    channels: tuple[ChannelMoney, ...]
    worth: float | None
    """Expected units of the aim of this split under the curves used; profit, when money that does not pay is held back."""
    bound: float | None
    """No split within the limits, each channel the same every week, can be worth more than this, under the same curves."""

    @property
    def gap_share(self) -> float | None:
        """How far `worth` can be from the best possible, as a share of `bound`; None without curves."""
        if self.worth is None or self.bound is None or self.bound <= 0:
            return None
        return max(0.0, (self.bound - self.worth) / self.bound)


class ObjectiveOutlook(Record):
    """How likely an objective is: with the plan, and with last quarter's spending continued."""

    objective: str
    metric: str
    target: Decimal
    due_on: date
    so_far: Decimal | None
    """Counted since the quarter began, or None when nothing was counted."""
    expected: Range | None
    chance: float | None
    """0 to 1; None when there is no trusted forecast."""
    chance_unchanged: float | None
    why_unknown: str | None = None
    by_level: int | None = None
    """Weeks of its own past that the chance rests on alone, whatever is spent; None where it rests on curves of spend."""

    @model_serializer(mode="wrap")
    def _as_ever(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Plans that were made before `by_level` was there keep their bytes, and with them their ids."""
        written: dict[str, Any] = handler(self)
        return written if self.by_level is not None else {name: value for name, value in written.items() if name != "by_level"}


class ForecastWeek(Record):
    """What a week should bring, against which the review holds the facts."""

    metric: str
    week: date
    outcome: Range
    baseline: float
    """Mean without any paid channel: trend, season, context, unpaid exposures."""
    by_channel: dict[str, float]
    """Mean brought by each paid channel in this week, carry-over included."""


class Assumption(Record):
    """What the forecast takes for granted about a context figure or an unpaid exposure, week by week."""

    name: str
    kind: Literal["context", "exposure"]
    values: tuple[float, ...]
    origin: Literal["given", "year_before", "mean", "year_before_and_past", "mean_and_past"]
    """The last two: halfway between that and where the figure's own past leads."""


class Assignment(Record):
    """A task on a person, in half-days; `late_days` counts calendar days after its due date."""

    task: str
    person: str | None
    starts_on: date
    start_half: Literal["morning", "afternoon"]
    ends_on: date
    end_half: Literal["morning", "afternoon"]
    half_days: int
    due_on: date | None
    late_days: int
    state: Literal["planned", "started", "done"] = "planned"
    in_quarter: bool = True
    """False when it can only be finished after the quarter."""


class Overload(Record):
    """More work than hours: of a person, a skill or the whole team. Hours; `weeks` are the Mondays concerned."""

    who: str
    needed_hours: Decimal
    available_hours: Decimal
    weeks: tuple[date, ...]
    tasks: tuple[str, ...]
    sentence: str


class WorkPlan(Record):
    """Who does what when, and where there is more to do than time."""

    assignments: tuple[Assignment, ...]
    unassignable: tuple[str, ...]
    """Tasks that nobody has the skills for."""
    overloads: tuple[Overload, ...]
    weighted_lateness: int
    """Sum over tasks of late days times importance."""
    bound: int | None
    """No schedule can have a smaller sum; None when the solver did not say."""
    method: Literal["rule", "solver"]


class CalendarEntry(Record):
    """Something that goes out, at an exact instant, resolved from the local time that was meant."""

    item: str
    title: str
    channel: str
    audience: str
    campaign: str | None
    at: datetime
    """UTC."""
    local: str
    """What was meant: `2027-02-11 09:00 Europe/London`."""
    ready_on: date | None
    """When the work it needs is planned to be done."""


class Fix(Record):
    """A way out of a collision; `cost_hours` and `cost_money` are what it takes, lower is cheaper."""

    text: str
    change: dict[str, str]
    """What it would change in the strategy: place -> new value; empty when a person must decide how."""
    cost_hours: Decimal = Decimal(0)
    cost_money: Decimal = Decimal(0)


class Collision(Record):
    """Two things of the plan that trip over each other, said in a sentence, with ways out, cheapest first."""

    code: str
    """Stable: PLAN-101 too often, 102 offers, 103 keyword, 104 blackout or holiday, 105 person twice, 106 budget, 107 deadline ..."""
    items: tuple[str, ...]
    first_day: date
    last_day: date
    sentence: str
    fixes: tuple[Fix, ...]


class QuarterPlan(Record):
    """The plan of one quarter of one company."""

    company: str
    quarter: date
    """Its first Monday."""
    provenance: Provenance
    first_open_week: date
    """The first week about which anything can still be decided."""
    budget: BudgetPlan
    outlook: tuple[ObjectiveOutlook, ...]
    forecast: tuple[ForecastWeek, ...]
    assumptions: tuple[Assumption, ...]
    work: WorkPlan
    calendar: tuple[CalendarEntry, ...]
    collisions: tuple[Collision, ...]
    remarks: tuple[str, ...] = ()
    """What a reader must know before trusting it: refused fits, missing facts, judgement used."""

    @property
    def period(self) -> Quarter:
        """The thirteen weeks."""
        return Quarter(self.quarter)

    @property
    def id(self) -> str:
        """Content hash of the whole plan."""
        return content_hash(render_plan(self))


def render_plan(plan: QuarterPlan) -> bytes:
    """The plan as canonical JSON: equal plans give equal bytes."""
    return render_canonical(plan.model_dump(mode="json"))


def parse_plan(text: bytes) -> QuarterPlan:
    """The plan that `render_plan` wrote. Raises pydantic.ValidationError when it is not one."""
    return QuarterPlan.model_validate_json(text)
