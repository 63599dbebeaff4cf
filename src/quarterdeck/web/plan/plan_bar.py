"""What Work, Calendar and Conflicts say about the plan they show: that there is none, or that the strategy has changed since."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.operations.plan.compare_plan import PlanNow
from quarterdeck.operations.quarter.open_desk import Desk


@dataclass(frozen=True)
class PlanBar:
    """A sentence about the plan, and the address that makes it anew; "" for people who may not."""

    sentence: str
    makes: str
    button: str


def plan_bar(desk: Desk, now: PlanNow) -> PlanBar | None:
    """None while the plan is fresh: then there is nothing to say."""
    makes = f"/w/{desk.slug}/plan/make/" if desk.may("plan_quarter") else ""
    if now.plan is None and now.period != desk.quarter:
        return PlanBar(f"{now.period.label} has no plan yet. Dates and rules are checked all the same; who has the time only roughly.", "", "")
    if now.plan is None:
        sentence = f"{now.period.label} has no plan yet. What you see follows from the strategy alone, with the work shared out by a simple rule."
        return PlanBar(sentence, makes, "Make the plan")
    if now.is_stale:
        sentence = f"The strategy was changed after plan {now.number} was made. Plan again, so that money, work and approvals follow."
        return PlanBar(sentence, makes, "Plan again")
    return None


def no_strategy(desk: Desk) -> dict[str, str]:
    """What a page says to a company without a strategy."""
    may = desk.may("save_strategy")
    return {
        "start": f"/w/{desk.slug}/strategy/" if may else "",
        "ask": "" if may else "Somebody who may write the strategy has to begin: an owner or a planner.",
    }
