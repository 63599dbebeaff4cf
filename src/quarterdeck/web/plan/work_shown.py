"""Work in strings: the matrix, the board, and what all three views share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from quarterdeck.operations.plan.look_at_work import SOON_DAYS, WorkNow, WorkTask
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.plan.quarter_plan import Overload
from quarterdeck.plan.ways_to_fit import WayToFit, ways_to_fit
from quarterdeck.plan.wording import say_day
from quarterdeck.report.words import how_many
from quarterdeck.web.plan.plan_bar import PlanBar, plan_bar
from quarterdeck.web.plan.work_words import STATES, say_counts, say_work

View = Literal["matrix", "board", "timeline"]
VIEWS: tuple[View, ...] = ("matrix", "board", "timeline")
FIRST = 8
"""Tasks shown of a quadrant or column; the rest are one press away."""
A_PAGE = 200


@dataclass(frozen=True)
class TaskChip:
    """A task in a quadrant or column."""

    id: str
    href: str
    title: str
    who: str
    due: str
    hours: str
    state: str
    icon: str
    look: str
    late: str
    importance: int
    moves: bool


@dataclass(frozen=True)
class Group:
    """A quadrant or column: what to do with what lies in it, and what dropping something there fills in or opens."""

    key: str
    name: str
    advice: str
    count: str
    chips: tuple[TaskChip, ...]
    more: int
    more_href: str
    sets: str
    goes: str


@dataclass(frozen=True)
class ShownOverload:
    """More work than hours: the sentence, and the ways out with their price."""

    sentence: str
    ways: tuple[tuple[str, str, str], ...]
    """Text, price, address."""


@dataclass(frozen=True)
class ShownWork:
    """What every view of Work shows."""

    before: str
    standout: str
    after: str
    more: str
    bar: PlanBar | None
    view: View
    views: tuple[tuple[str, str, bool], ...]
    overloads: tuple[ShownOverload, ...]
    groups: tuple[Group, ...]
    is_all: str
    revision: str
    may_move: bool
    is_empty: bool
    edit: str


def shown_work(desk: Desk, work: WorkNow, view: View, everything: str) -> ShownWork:
    """The page; `everything` names the quadrant or column that is shown whole."""
    before, standout, after = say_work(work)
    root = f"/w/{desk.slug}/plan/work/"
    names = names_of(work)
    groups = matrix_of(desk, work, names) if view == "matrix" else board_of(desk, work, names) if view == "board" else ()
    return ShownWork(
        before=before,
        standout=standout,
        after=after,
        more=say_counts(work) if work.tasks else "",
        bar=plan_bar(desk, work.now),
        view=view,
        views=tuple((each.capitalize(), f"{root}?view={each}", each == view) for each in VIEWS),
        overloads=tuple(_overload(desk, work, each) for each in work.overloads[:4]),
        groups=tuple(_cut(group, root, view, everything) for group in groups if not everything or group.key == everything),
        is_all=everything,
        revision=work.now.revision_hash,
        may_move=desk.may("save_strategy"),
        is_empty=not work.now.strategy.management.tasks,
        edit=f"/w/{desk.slug}/strategy/step/6/tasks/" if desk.may("save_strategy") else "",
    )


def names_of(work: WorkNow) -> dict[str, str]:
    """People by id."""
    return {person.id: person.name or person.id.capitalize() for person in work.now.strategy.management.people}


def matrix_of(desk: Desk, work: WorkNow, names: Mapping[str, str]) -> tuple[Group, ...]:
    """Urgent by important: do now, plan, hand over, leave; most pressing first in each."""
    soon, later = desk.day + timedelta(days=SOON_DAYS), desk.day + timedelta(days=2 * SOON_DAYS)
    kinds = (
        ("now", "Do now", f"Important, and due by {say_day(soon)}. Clear the way for these first.", True, True, f"importance=4&due_on={soon}"),
        (
            "plan",
            "Plan",
            "Important, and there is time. Keep their days free, so that they never become urgent.",
            False,
            True,
            f"importance=4&due_on={later}",
        ),
        (
            "hand-over",
            "Hand over",
            f"Due by {say_day(soon)}, but less important. Give these to somebody who has hours.",
            True,
            False,
            f"importance=3&due_on={soon}",
        ),
        ("leave", "Leave", "Neither. Do these last, put them off, or take them out.", False, False, f"importance=3&due_on={later}"),
    )
    found = []
    for key, name, advice, urgent, important, sets in kinds:
        mine = [task for task in work.open_tasks if task.is_urgent == urgent and task.is_important == important]
        mine.sort(key=lambda task: (task.due_on or date.max, -task.task.importance, task.task.id))
        found.append(_group(desk, mine, names, key=key, name=name, advice=advice, sets=sets))
    return tuple(found)


def board_of(desk: Desk, work: WorkNow, names: Mapping[str, str]) -> tuple[Group, ...]:
    """To approve, planned, started or late, done."""
    kinds: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
        ("approve", "To approve", "Waits for a yes before anybody starts.", ("to approve", "not planned", "stuck"), ""),
        ("planned", "Planned", "Approved; its days are set.", ("planned",), f"/w/{desk.slug}/do/"),
        ("started", "Started or late", "Under way, or past its day.", ("started", "late"), ""),
        ("done", "Done", "Somebody said that it was done.", ("done",), f"/w/{desk.slug}/do/done/?key=task/{{ref}}"),
    )
    found = []
    for key, name, advice, states, goes in kinds:
        mine = [task for task in work.tasks if task.state in states]
        if key == "done":
            mine.sort(key=lambda task: (task.done_on or date.min, task.task.id), reverse=True)
        else:
            mine.sort(key=lambda task: (task.planned.starts_on if task.planned else date.max, task.task.id))
        found.append(_group(desk, mine, names, key=key, name=name, advice=advice, goes=goes))
    return tuple(found)


def chip_of(desk: Desk, task: WorkTask, names: Mapping[str, str]) -> TaskChip:
    """One task."""
    word, icon, look = STATES[task.state]
    due = f"done {_short(task.done_on)}" if task.done_on else f"due {_short(task.due_on)}" if task.due_on else "no date"
    return TaskChip(
        id=task.task.id,
        href=f"/w/{desk.slug}/plan/work/{task.task.id}/",
        title=task.task.title,
        who=names.get(task.planned.person or "", "nobody") if task.planned else "nobody yet",
        due=due,
        hours=f"{task.task.effort_hours.normalize():f} h",
        state=word,
        icon=icon,
        look=look,
        late=f"{how_many(task.late_days, 'day')} late" if task.late_days and task.is_open else "",
        importance=task.task.importance,
        moves=desk.may("save_strategy") and task.is_open,
    )


def _group(
    desk: Desk, tasks: Iterable[WorkTask], names: Mapping[str, str], *, key: str, name: str, advice: str, sets: str = "", goes: str = ""
) -> Group:
    mine = list(tasks)
    hours = sum((task.task.effort_hours for task in mine), 0)
    count = f"{how_many(len(mine), 'task')}, {hours:,.0f} hours" if mine else "nothing"
    return Group(key, name, advice, count, tuple(chip_of(desk, task, names) for task in mine[:A_PAGE]), max(0, len(mine) - A_PAGE), "", sets, goes)


def _cut(group: Group, root: str, view: View, everything: str) -> Group:
    """Only the first tasks, unless this group is shown whole."""
    if everything or len(group.chips) <= FIRST + 1:
        return group
    hidden = len(group.chips) - FIRST + group.more
    return Group(
        group.key, group.name, group.advice, group.count, group.chips[:FIRST], hidden, f"{root}?view={view}&all={group.key}", group.sets, group.goes
    )


def _overload(desk: Desk, work: WorkNow, overload: Overload) -> ShownOverload:
    open_tasks = {task.task.id for task in work.open_tasks}
    return ShownOverload(overload.sentence, tuple(_way(desk, way) for way in ways_to_fit(work.now.strategy, overload, open_tasks)))


def _way(desk: Desk, way: WayToFit) -> tuple[str, str, str]:
    price = [f"{way.cost_hours.normalize():f} hours" if way.cost_hours != 1 else "1 hour"] if way.cost_hours else []
    price += [desk.words.money(way.cost_money)] if way.cost_money else []
    price += ["a price to ask for"] if way.cost_money is None else []
    href = f"/w/{desk.slug}/plan/work/{way.tasks[0]}/" if way.tasks else f"/w/{desk.slug}/strategy/step/6/"
    return way.text, " and ".join(price) or "costs nothing", href


def _short(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"
