"""Collisions as cards: what trips over what, the ways out with their price, and what became of those that are no longer open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.operations.plan.apply_fix import fix_id
from quarterdeck.operations.plan.compare_plan import PlanNow
from quarterdeck.operations.plan.look_at_conflicts import MONEY, Conflict, Conflicts, worked_out
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.plan.quarter_plan import Fix
from quarterdeck.plan.wording import say_count, say_day, say_weekday, sentence_case
from quarterdeck.strategy.document import Strategy
from quarterdeck.web.plan.plan_bar import PlanBar, plan_bar

A_PAGE = 10
"""Cards on one page: working out ways out takes a moment each."""
_WHAT = {
    "PLAN-101": "the same people hear from you too often",
    "PLAN-102": "two offers meet that must not",
    "PLAN-103": "two campaigns bid on the same words",
    "PLAN-104": "something goes out when nothing should",
    "PLAN-105": "somebody is needed in two places at once",
    "PLAN-106": "the money does not reach",
    "PLAN-107": "work comes too late",
    "PLAN-108": "something goes out outside its campaign",
}


@dataclass(frozen=True)
class ShownFix:
    """A way out: its words and price, and the form's value, or the page where a person can carry it out."""

    text: str
    price: str
    value: str
    href: str
    is_cheapest: bool


@dataclass(frozen=True)
class ShownConflict:
    """A card."""

    key: str
    code: str
    what: str
    when: str
    sentence: str
    things: tuple[tuple[str, str], ...]
    """Name and address of each thing in it."""
    fixes: tuple[ShownFix, ...]
    state: str
    """open, left or settled."""
    note: str
    left: str


@dataclass(frozen=True)
class ShownConflicts:
    """The page."""

    before: str
    count: str
    after: str
    more: str
    bar: PlanBar | None
    cards: tuple[ShownConflict, ...]
    rest: tuple[ShownConflict, ...]
    revision: str
    pages: tuple[tuple[int, bool], ...]
    may_act: bool
    is_empty: bool


def shown_conflicts(desk: Desk, found: Conflicts, page: int) -> ShownConflicts:
    """The page of that number: open ones by date; below them, on the last page, what was left or settled."""
    pages = max(1, -(-len(found.open) // A_PAGE))
    page = min(max(page, 1), pages)
    links = links_of(desk, found.now.strategy)
    cards = [shown_conflict(desk, found.now, each, links) for each in found.open[(page - 1) * A_PAGE : page * A_PAGE]]
    rest = [shown_conflict(desk, found.now, each, links, with_fixes=False) for each in found.conflicts if not each.is_open] if page == pages else []
    before, count, after = _say(found)
    return ShownConflicts(
        before=before,
        count=count,
        after=after,
        more=_more(found),
        bar=plan_bar(desk, found.now),
        cards=tuple(cards),
        rest=tuple(rest[:50]),
        revision=found.now.revision_hash,
        pages=tuple((n, n == page) for n in range(1, pages + 1)) if pages > 1 else (),
        may_act=desk.may("save_strategy"),
        is_empty=not found.conflicts,
    )


def shown_conflict(desk: Desk, now: PlanNow, conflict: Conflict, links: Mapping[str, tuple[str, str]], *, with_fixes: bool = True) -> ShownConflict:
    """One card; without fixes it is quick."""
    each = conflict.collision
    fixes = worked_out(now, each).fixes if with_fixes and conflict.is_open else ()
    left = conflict.left
    state = "settled" if conflict.is_settled else "left" if left else "open"
    return ShownConflict(
        key=conflict.key,
        code=each.code,
        what=sentence_case(what_collides(each.code)),
        when=say_weekday(each.first_day) if each.first_day == each.last_day else f"{say_day(each.first_day)} to {say_day(each.last_day)}",
        sentence=sentence_case(each.sentence),
        things=tuple(links[item] for item in each.items if item in links),
        fixes=tuple(_fix(desk, fix, n, each.items, links) for n, fix in enumerate(fixes)),
        state=state,
        note=_note(conflict, now),
        left=f"Left by {left.by} on {desk.words.day(left.at.date())}: “{left.reason}”" if left else "",
    )


def what_collides(code: str) -> str:
    """The kind of collision as a clause."""
    return _WHAT.get(code, "two things of the plan collide")


def links_of(desk: Desk, strategy: Strategy) -> dict[str, tuple[str, str]]:
    """By id: the name of an item, campaign, task, channel or person, and the page that shows it."""
    root = f"/w/{desk.slug}"
    found = {channel.id: (channel.name or channel.id, f"{root}/strategy/step/4/") for channel in strategy.channels}
    found |= {person.id: (person.name or person.id.capitalize(), f"{root}/plan/work/?view=timeline") for person in strategy.management.people}
    found |= {each.id: (each.name or each.id, f"{root}/plan/calendar/?view=list&campaign={each.id}") for each in strategy.campaigns}
    found |= {task.id: (task.title, f"{root}/plan/work/{task.id}/") for task in strategy.management.tasks}
    return found | {item.id: (item.title, f"{root}/plan/calendar/item/{item.id}/") for item in strategy.content.items}


def price_of(desk: Desk, fix: Fix) -> str:
    """`half an hour`, `2 hours and £1,200`, `costs nothing`."""
    parts = [_hours(fix.cost_hours)] if fix.cost_hours else []
    parts += [desk.words.money(fix.cost_money)] if fix.cost_money else []
    return " and ".join(parts) or "costs nothing"


def _hours(hours: Decimal) -> str:
    if hours == Decimal("0.25"):
        return "a quarter of an hour"
    if hours == Decimal("0.5"):
        return "half an hour"
    return "1 hour" if hours == 1 else f"{hours.normalize():f} hours"


def _fix(desk: Desk, fix: Fix, n: int, items: tuple[str, ...], links: Mapping[str, tuple[str, str]]) -> ShownFix:
    named = next((links[item][1] for item in reversed(items) if item in links), f"/w/{desk.slug}/strategy/")
    return ShownFix(fix.text, price_of(desk, fix), fix_id(fix) if fix.change else "", "" if fix.change else named, n == 0 and bool(fix.change))


def _note(conflict: Conflict, now: PlanNow) -> str:
    if conflict.is_settled:
        return "A later change of the strategy settled this. Plan again to confirm it."
    if conflict.collision.code == MONEY and now.is_stale:
        return "Found when the plan was made. Whether it still holds shows once you plan again."
    return "New since the plan was made." if conflict.is_new and conflict.left is None else ""


def _say(found: Conflicts) -> tuple[str, str, str]:
    period, waiting = found.now.period.label, found.open
    if not waiting:
        return ("Nothing trips over anything else in ", "", f"{period}.")
    first = waiting[0].collision
    when = (
        f"on {say_weekday(first.first_day)}" if first.first_day == first.last_day else f"from {say_day(first.first_day)} to {say_day(first.last_day)}"
    )
    count = say_count(len(waiting), "collision", "collisions")
    if len(waiting) == 1:
        return (f"{period} has ", count, f": {when}, {what_collides(first.code)}.")
    return (f"{period} has ", count, f". The first comes {when}: {what_collides(first.code)}.")


def _more(found: Conflicts) -> str:
    left = sum(each.left is not None and not each.is_settled for each in found.conflicts)
    settled = sum(each.is_settled for each in found.conflicts)
    said = [sentence_case(say_count(settled, "collision was", "collisions were")) + " settled by later changes."] if settled else []
    said += (
        [sentence_case(say_count(left, "is", "are")) + " left as they are, with a reason." if left > 1 else "One is left as it is, with a reason."]
        if left
        else []
    )
    if found.open:
        said.insert(0, "Each comes with its ways out, cheapest first. A way out that changes a date or a figure is one press, and can be taken back.")
    elif not found.conflicts:
        said.insert(
            0,
            "All of these were looked at, and they hold: contact rules, offers, keywords, holidays, people’s time, deadlines and the dates of campaigns.",
        )
    return " ".join(said)
