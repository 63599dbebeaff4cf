"""Course: how a quarter's outcome adds up week by week: counted, planned, and what is expected from today; as running totals with their ranges.

A weekly range says nothing about how the errors of weeks hang together. Weeks are taken to have one correlation r between any two, so that half
the width of a total is sqrt(r (sum w)^2 + (1 - r) sum w^2), each side by itself. Where the range of the end is known, r is chosen so that the
course ends there, and the weeks are scaled so that its middle does too; else r is `SHARED`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.plan.quarter_plan import QuarterPlan, Range

SHARED = 0.25
"""The correlation of two weeks' errors where no end tells it; 0.16 to 0.31 for the four metrics of the sample shop."""


@dataclass(frozen=True)
class Course:
    """What the course chart shows. All by week, not added up; ranges hold 8 cases of 10.

    `planned` and `forecast` have one entry a week, None where nothing is known; `counted` has the weeks that are over. `planned_end` and
    `forecast_end` are totals at the end of the last week, as in the headline; without them the sums of the weeks stand.
    `counted` starts with the first of `weeks`; a plan that began later starts from what was counted until then.
    """

    metric: str
    weeks: tuple[date, ...]
    planned: tuple[Range | None, ...]
    counted: tuple[float, ...]
    forecast: tuple[Range | None, ...]
    target: float | None
    today: date
    planned_end: Range | None = None
    forecast_end: Range | None = None
    evidence: str | None = None
    strength: int = 2

    @property
    def ends_on(self) -> date:
        """The last day."""
        return self.weeks[-1] + timedelta(days=DAYS_PER_WEEK - 1)

    @property
    def counted_totals(self) -> tuple[float, ...]:
        """Counted after each week that is over."""
        totals, total = [], 0.0
        for value in self.counted:
            total += value
            totals.append(total)
        return tuple(totals)

    @property
    def planned_totals(self) -> tuple[Range | None, ...]:
        """Planned after each week; None for weeks before the first that the plan knows. It starts from what was counted before that."""
        first = next((number for number, week in enumerate(self.planned) if week is not None), len(self.planned))
        if first > len(self.counted):
            return (None,) * len(self.weeks)
        start = sum(self.counted[:first])
        known = _known(self.planned[first:])
        is_whole = first + len(known) == len(self.weeks)
        totals = running_totals(known, start=start, end=self.planned_end if is_whole else None)
        return (None,) * first + totals + (None,) * (len(self.weeks) - first - len(known))

    @property
    def forecast_totals(self) -> tuple[Range | None, ...]:
        """Expected after each week still open; None for weeks that are over, and for all without a forecast."""
        over = len(self.counted)
        ahead = self.forecast[over:]
        if not ahead or any(week is None for week in ahead):
            return (None,) * len(self.weeks)
        return (None,) * over + running_totals(_known(ahead), start=sum(self.counted), end=self.forecast_end)


def course_of(
    plan: QuarterPlan, *, counted: Sequence[float], today: date, forecast_end: Range | None = None, forecast: Sequence[Range | None] | None = None
) -> Course:
    """The course of the plan's aim. `counted`: the quarter's whole weeks so far. `forecast`: by week, from today's knowledge; without it the plan's
    own weeks stand for what is still open. `forecast_end`: the total expected today."""
    metric = plan.budget.aim
    known = {week.week: week.outcome for week in plan.forecast if week.metric == metric}
    aim = next((outlook for outlook in plan.outlook if outlook.metric == metric), None)
    planned = tuple(known.get(week) for week in plan.period.weeks)
    return Course(
        metric=metric,
        weeks=plan.period.weeks,
        planned=planned,
        counted=tuple(counted),
        forecast=planned if forecast is None else tuple(forecast),
        target=None if aim is None else float(aim.target),
        today=today,
        planned_end=None if aim is None else aim.expected,
        forecast_end=forecast_end,
    )


def running_totals(weeks: Sequence[Range], *, start: float, end: Range | None) -> tuple[Range, ...]:
    """The total after each of `weeks`, from `start`; the last one is `end` where that is given. See the head of this module."""
    if not weeks:
        return ()
    plain = sum(week.expected for week in weeks)
    scale = (end.expected - start) / plain if end is not None and plain > 0 else 1.0
    middles, total = [], start
    for week in weeks:
        total += week.expected * scale
        middles.append(total)
    below = _widths([week.expected - week.low for week in weeks], None if end is None else end.expected - end.low)
    above = _widths([week.high - week.expected for week in weeks], None if end is None else end.high - end.expected)
    return tuple(Range(low=m - b, expected=m, high=m + a) for m, b, a in zip(middles, below, above, strict=True))


def _widths(weekly: Sequence[float], end: float | None) -> list[float]:
    """Half the width of the total after each week, on one side."""
    sums, squares, linear, square = [], [], 0.0, 0.0
    for width in weekly:
        linear, square = linear + max(0.0, width), square + width**2
        sums.append(linear)
        squares.append(square)
    spread = sums[-1] ** 2 - squares[-1]
    shared = SHARED if end is None or spread <= 0 else min(1.0, max(0.0, (end**2 - squares[-1]) / spread))
    widths = [sqrt(shared * s**2 + (1 - shared) * q) for s, q in zip(sums, squares, strict=True)]
    if end is None or widths[-1] <= 0:
        return widths
    return [width * end / widths[-1] for width in widths]


def _known(weeks: Sequence[Range | None]) -> list[Range]:
    """The weeks up to the first that is not known."""
    found: list[Range] = []
    for week in weeks:
        if week is None:
            break
        found.append(week)
    return found
