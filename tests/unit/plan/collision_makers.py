"""Strategies in which things collide, what is found in them, and whether a fix helps: used by the tests of collisions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from work_makers import EVE, QUARTER, campaign, company, item

from quarterdeck.plan.calendar import place_content
from quarterdeck.plan.collisions import find_collisions
from quarterdeck.plan.quarter_plan import Collision, WorkPlan
from quarterdeck.plan.schedule import schedule_by_rule
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.document import Strategy

HOLIDAYS = {date(2027, 3, 26): "Good Friday", date(2027, 3, 29): "Easter Monday"}
TWO_A_WEEK = {"at_most": [{"channels": ["news", "texts"], "times": 2, "days": 7}]}
MONDAY = date(2027, 2, 8)
RULES = {
    "quiet_hours": {"first": "21:00", "last": "08:00"},
    "blackouts": [{"first_day": MONDAY, "last_day": date(2027, 2, 9), "reason": "stocktaking"}],
}


def work_of(strategy: Strategy, **asked: Any) -> WorkPlan:
    return schedule_by_rule(strategy, QUARTER, **{"as_of": EVE, "log": [], **asked})


def collisions(strategy: Strategy, work: WorkPlan | None = None, **asked: Any) -> tuple[Collision, ...]:
    work = work or work_of(strategy)
    return find_collisions(strategy, QUARTER, place_content(strategy, QUARTER, work), work, **{"holidays": HOLIDAYS, **asked})


def only(strategy: Strategy, code: str, **asked: Any) -> Collision:
    found = collisions(strategy, **asked)
    assert [each.code for each in found] == [code]
    return found[0]


def keys(found: tuple[Collision, ...]) -> set[tuple[str, tuple[str, ...]]]:
    return {(each.code, each.items) for each in found}


def assert_first_fix_helps(strategy: Strategy, work: WorkPlan | None = None, **asked: Any) -> None:
    """Every collision's first change removes it and brings no other."""
    before = collisions(strategy, work, **asked)
    assert before
    for each in before:
        change = next(fix.change for fix in each.fixes if fix.change)
        after = collisions(apply_changes(strategy, change), work, **asked)
        assert keys(after) < keys(before)
        assert (each.code, each.items) not in keys(after)


def without_item(strategy: Strategy, name: str) -> Strategy:
    return apply_changes(strategy, {f"content.items[{name}]": None})


def without_campaign(strategy: Strategy, name: str) -> Strategy:
    return apply_changes(strategy, {f"campaigns[{name}]": None})


def busy(*days: int, rules: dict[str, Any] = TWO_A_WEEK, channel: str = "news") -> Strategy:
    return company(items=[item(f"m{n}", MONDAY + timedelta(days=day), channel=(channel, "texts")[n % 2]) for n, day in enumerate(days)], rules=rules)


OFFERS = [{"id": "tenth", "text": "10 % off", "excludes": ["gift"]}, {"id": "gift", "text": "A gift"}]


def clash(
    first: tuple[date, date],
    second: tuple[date, date],
    one: tuple[str, ...] = ("gardeners",),
    other: tuple[str, ...] = ("gardeners",),
    items: tuple[dict[str, Any], ...] = (),
) -> Strategy:
    campaigns = [campaign("spring", *first, offer="tenth", audiences=list(one)), campaign("easter", *second, offer="gift", audiences=list(other))]
    return company(campaigns=campaigns, offers=OFFERS, items=items)


FEBRUARY, MARCH = (date(2027, 2, 1), date(2027, 3, 7)), (date(2027, 3, 1), date(2027, 3, 31))
