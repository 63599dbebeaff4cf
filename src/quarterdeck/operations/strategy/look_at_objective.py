"""look_at_objective: a metric quarter by quarter as the company counted it, and what the open corrections would do for an objective."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import Quarter
from quarterdeck.operations.context import Context
from quarterdeck.operations.facts.weeks_known import WeeksKnown, weeks_known
from quarterdeck.operations.plan.read_plan import review_of
from quarterdeck.review.record import CorrectionDraft

MOST_QUARTERS = 8


@dataclass(frozen=True)
class PastQuarters:
    """A metric by quarter, oldest first, up to the one before `quarter`; None where a week was not counted. `reason` says why there is nothing."""

    metric: str
    quarter: Quarter
    totals: tuple[float | None, ...]
    reason: str = ""


def past_quarters(context: Context, metric: str, quarter: Quarter) -> PastQuarters:
    """Up to eight quarters before `quarter`, from the first that was counted whole."""
    context.require("see")
    return count_quarters(weeks_known(context), metric, quarter)


def count_quarters(weeks: WeeksKnown, metric: str, quarter: Quarter) -> PastQuarters:
    """The same from weeks that were read already."""
    known = METRICS.get(metric)
    if known is None or not known.adds_up:
        return PastQuarters(metric, quarter, (), "Weeks of this figure cannot be added up to a quarter.")
    totals = [_total(weeks.outcomes, metric, each) for each in _before(quarter)]
    while totals and totals[0] is None:
        totals.pop(0)
    return PastQuarters(metric, quarter, tuple(totals), "" if totals else "No whole quarter of it has been counted yet.")


def open_corrections(context: Context, quarter: Quarter) -> tuple[CorrectionDraft, ...]:
    """Corrections of the newest review of the quarter that nobody has decided."""
    context.require("see")
    record = context.workspace.reviews.filter(quarter=quarter.first_day).order_by("-as_of", "-pk").first()
    if record is None:
        return ()
    waiting = set(record.corrections.filter(decision__isnull=True).values_list("key", flat=True))
    return tuple(draft for draft in review_of(record).corrections if draft.key in waiting)


def _before(quarter: Quarter) -> list[Quarter]:
    found = [quarter.previous()]
    while len(found) < MOST_QUARTERS:
        found.append(found[-1].previous())
    return found[::-1]


def _total(outcomes: Mapping[tuple[str, date], float], metric: str, quarter: Quarter) -> float | None:
    """None when a week of it was not counted."""
    weeks = [outcomes.get((metric, week)) for week in quarter.weeks]
    return None if None in weeks else float(sum(week for week in weeks if week is not None))
