"""Everything in a quarter's plan that trips over something else, in sentences, with priced ways out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, islice

from quarterdeck.kernel.periods import Quarter
from quarterdeck.plan.collision_scene import Finding, Judge, Scene
from quarterdeck.plan.collisions_contact import find_too_often, is_too_often
from quarterdeck.plan.collisions_days import find_bad_days, find_outside_campaign
from quarterdeck.plan.collisions_offers import find_clashing_offers, find_shared_keywords
from quarterdeck.plan.collisions_work import find_impossible_deadlines, find_not_ready, find_person_twice
from quarterdeck.plan.quarter_plan import BudgetLine, CalendarEntry, Collision, Fix, WorkPlan
from quarterdeck.strategy.document import Strategy

MOST_FIXES = 3


def find_collisions(
    strategy: Strategy,
    quarter: Quarter,
    calendar: Sequence[CalendarEntry],
    work: WorkPlan,
    *,
    holidays: Mapping[date, str],
    budget_lines: Sequence[BudgetLine] = (),
    as_of: date | None = None,
) -> tuple[Collision, ...]:
    """Collisions of calendar, campaigns and work, by first day, code and what collides; none when nothing does.

    Each has two or three fixes of different kinds, least money first, then least hours. A change with a new date is proposed only when what it
    moves collides with nothing there; `strategy.changes.patch.apply_changes` makes it. Nothing on or before `as_of` is complained about or moved; without
    it, nothing before the quarter. `holidays` are public holidays with their names; `budget_lines` tell which campaigns have money where. Money
    that is short (PLAN-106) is found beside the budget.
    """
    found = find_findings(strategy, quarter, calendar, work, holidays=holidays, budget_lines=budget_lines, as_of=as_of)
    return tuple(to_collision(finding) for finding in found)


def find_findings(
    strategy: Strategy,
    quarter: Quarter,
    calendar: Sequence[CalendarEntry],
    work: WorkPlan,
    *,
    holidays: Mapping[date, str],
    budget_lines: Sequence[BudgetLine] = (),
    as_of: date | None = None,
) -> tuple[Finding, ...]:
    """What `find_collisions` finds, in its order, with the ways out still to be worked out: they are what takes long."""
    settled = max(as_of or date.min, quarter.first_day - timedelta(days=1))
    items = {item.id: item for item in strategy.content.items}
    scene = Scene(strategy, quarter, items, {entry.item: entry for entry in calendar if entry.item in items}, work, holidays, budget_lines, settled)
    found = {finding.key: finding for finding in reversed(list(_all(scene, _Judge()))) if as_of is None or finding.last_day > as_of}
    return tuple(sorted(found.values(), key=lambda finding: (finding.first_day, finding.code, finding.items)))


def to_collision(finding: Finding) -> Collision:
    """The finding with its cheapest ways out."""
    fixes: list[Fix] = sorted(finding.ways_out(), key=lambda fix: (fix.cost_money, fix.cost_hours, not fix.change))
    return Collision(
        code=finding.code,
        items=finding.items,
        first_day=finding.first_day,
        last_day=finding.last_day,
        sentence=finding.sentence,
        fixes=tuple(islice(fixes, MOST_FIXES)),
    )


class _Judge:
    """Runs the rules again on a changed scene."""

    def is_clean(self, scene: Scene, item_id: str) -> bool:
        alone = chain(
            find_bad_days(scene, self, item=item_id), find_outside_campaign(scene, self, item=item_id), find_not_ready(scene, self, item=item_id)
        )
        return next(alone, None) is None and not is_too_often(scene, item_id)

    def is_no_worse(self, before: Scene, after: Scene) -> bool:
        known = {finding.key for finding in _without_work(before, self)}
        return all(finding.key in known for finding in _without_work(after, self))


def _all(scene: Scene, judge: Judge) -> Iterator[Finding]:
    yield from _without_work(scene, judge)
    yield from find_person_twice(scene)
    yield from find_impossible_deadlines(scene)


def _without_work(scene: Scene, judge: Judge) -> Iterable[Finding]:
    """What dates of items and campaigns can cause."""
    return chain(
        find_too_often(scene, judge),
        find_clashing_offers(scene, judge),
        find_shared_keywords(scene, judge),
        find_bad_days(scene, judge),
        find_not_ready(scene, judge),
        find_outside_campaign(scene, judge),
    )
