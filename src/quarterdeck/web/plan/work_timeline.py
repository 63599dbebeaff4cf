"""The timeline: a row a person with the load of each week and a bar for each task, thirteen weeks wide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from quarterdeck.kernel.periods import week_start
from quarterdeck.operations.plan.look_at_work import WorkNow, WorkTask
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.plan.half_days import SLOTS_PER_WEEK, HalfDayAxis
from quarterdeck.plan.week_hours import WeekHours, week_hours
from quarterdeck.plan.wording import say_day
from quarterdeck.report.words import how_many
from quarterdeck.strategy.parts.management import Person
from quarterdeck.web.plan.short_of_time import short_of_time
from quarterdeck.web.plan.work_words import STATES, say_days

FULL_SHARE = 0.9
"""From here on a week is as good as full."""
PEOPLE_A_PAGE = 15


@dataclass(frozen=True)
class LoadCell:
    """One week of a person: hours asked of hours there, drawn as a bar of `height` in 0 to 100."""

    label: str
    needed: str
    height: int
    look: str
    away: str
    title: str
    sets: str
    monday: str


@dataclass(frozen=True)
class TaskBar:
    """A task on the thirteen weeks; `first` (0 on) and `length` in half-days, for the classes that place it."""

    id: str
    href: str
    title: str
    hint: str
    first: int
    length: int
    look: str
    moves: bool


@dataclass(frozen=True)
class TaskRow:
    """A task in the table below the bars: what a keyboard and a small screen use."""

    id: str
    href: str
    title: str
    days: str
    due: str
    hours: str
    state: str
    monday: str
    moves: bool


@dataclass(frozen=True)
class PersonRow:
    """A person."""

    name: str
    team: str
    hours: str
    finding: str
    look: str
    cells: tuple[LoadCell, ...]
    bars: tuple[TaskBar, ...]
    rows: tuple[TaskRow, ...]
    """The same as a table."""


@dataclass(frozen=True)
class ShownTimeline:
    """Week heads (number, day, whether it is now), public holidays in words, and a row a person."""

    weeks: tuple[tuple[int, str, str], ...]
    holidays: str
    people: tuple[PersonRow, ...]
    pages: tuple[tuple[int, bool], ...]


def shown_timeline(desk: Desk, work: WorkNow, page: int) -> ShownTimeline:
    """Everybody who has work or could have some, team by team."""
    period = work.now.period
    people = [(team, person) for team in work.now.strategy.management.teams for person in team.people]
    pages = max(1, -(-len(people) // PEOPLE_A_PAGE))
    page = min(max(1, page), pages)
    mine: dict[str, list[WorkTask]] = {}
    for task in work.tasks:
        if task.planned and task.planned.person:
            mine.setdefault(task.planned.person, []).append(task)
    short = short_of_time(work)
    rows = [
        _person(desk, work, person, mine.get(person.id, []), team=team.name or team.id, short=short.get(person.id, ()))
        for team, person in people[(page - 1) * PEOPLE_A_PAGE : page * PEOPLE_A_PAGE]
    ]
    inside = {day: name for day, name in work.now.holidays.items() if period.first_day <= day <= period.last_day and day.weekday() < 5}
    return ShownTimeline(
        weeks=tuple((n, _day(monday), "now" if period.week_number(desk.day) == n else "") for n, monday in enumerate(period.weeks, 1)),
        holidays=", ".join(f"{name} on {say_day(day)}" for day, name in inside.items()),
        people=tuple(rows),
        pages=tuple((n, n == page) for n in range(1, pages + 1)) if pages > 1 else (),
    )


def _person(desk: Desk, work: WorkNow, person: Person, tasks: list[WorkTask], *, team: str, short: tuple[date, ...]) -> PersonRow:
    weeks = week_hours(person, [task.planned for task in tasks if task.planned], work.now.period, tuple(work.now.holidays))
    cells = tuple(_cell(week, n, week.monday in short, desk.day) for n, week in enumerate(weeks, 1))
    finding, look = _finding(weeks, bool(short), desk.day)
    ordered = sorted(tasks, key=lambda task: (task.planned.starts_on if task.planned else date.max, task.task.id))
    return PersonRow(
        name=person.name or person.id.capitalize(),
        team=team,
        hours=f"{person.hours_per_week.normalize():f} h a week",
        finding=finding,
        look=look,
        cells=cells,
        bars=tuple(_bar(desk, work, task) for task in ordered if _is_in_sight(work, task)),
        rows=tuple(_row(desk, task) for task in ordered),
    )


def _cell(week: WeekHours, number: int, is_short: bool, today: date) -> LoadCell:
    share = week.share
    is_over = (share is None and week.needed > 0) or (share is not None and share > 1.001)
    is_past = week.monday + timedelta(days=6) < today
    look = (
        "short"
        if is_over or (is_short and not is_past)
        else "past"
        if is_past
        else "full"
        if share and share >= FULL_SHARE
        else "some"
        if share
        else "none"
    )
    needed, available = float(week.needed), float(week.available)
    away = (
        f"{float(week.away_days):g} days away"
        if week.away_days > 1
        else "1 day away"
        if week.away_days == 1
        else "half a day away"
        if week.away_days
        else ""
    )
    title = f"Week {number}: {needed:g} of {available:g} hours" + (f", {away}" if away else "") + (", more work than time" if look == "short" else "")
    friday = week.monday + timedelta(days=4)
    sets = f"not_before={week.monday}&due_on={friday}" if friday >= today else ""
    return LoadCell(
        f"{needed:.0f}/{available:.0f}",
        f"{needed:.0f}",
        min(100, round(100 * (share if share is not None else 1.0 * bool(needed)))),
        look,
        away,
        title,
        sets,
        week.monday.isoformat(),
    )


def _finding(weeks: tuple[WeekHours, ...], is_short: bool, today: date) -> tuple[str, str]:
    ahead = [(n, week) for n, week in enumerate(weeks, 1) if week.monday + timedelta(days=6) >= today]
    if is_short:
        return "more work than time", "bad"
    busiest = max(ahead, key=lambda each: (each[1].share or 0, -each[0]), default=None)
    if busiest is None or not busiest[1].needed:
        return "nothing planned ahead", ""
    return f"fullest in week {busiest[0]}: {float(busiest[1].needed):g} of {float(busiest[1].available):g} hours", ""


def _is_in_sight(work: WorkNow, task: WorkTask) -> bool:
    planned = task.planned
    return planned is not None and planned.ends_on >= work.now.period.first_day and planned.starts_on <= work.now.period.last_day


def _bar(desk: Desk, work: WorkNow, task: WorkTask) -> TaskBar:
    planned = task.planned
    assert planned is not None  # only planned tasks come here
    axis = HalfDayAxis(work.now.period.first_day)
    most = SLOTS_PER_WEEK * len(work.now.period.weeks)
    first = max(0, axis.first_slot(planned.starts_on, planned.start_half))
    last = min(most - 1, axis.first_slot(planned.ends_on, planned.end_half))
    late = f", {how_many(task.late_days, 'day')} late" if task.late_days and task.is_open else ""
    look = (
        "done"
        if not task.is_open
        else "late"
        if task.late_days or task.state == "late"
        else "started"
        if task.state == "started"
        else "plan"
        if task.state == "planned"
        else "draft"
    )
    return TaskBar(
        id=task.task.id,
        href=f"/w/{desk.slug}/plan/work/{task.task.id}/",
        title=task.task.title,
        hint=f"{task.task.title}: {say_days(planned)}{late}, {STATES[task.state][0]}",
        first=first,
        length=max(1, last - first + 1),
        look=look,
        moves=desk.may("save_strategy") and task.is_open,
    )


def _row(desk: Desk, task: WorkTask) -> TaskRow:
    planned = task.planned
    assert planned is not None  # only planned tasks come here
    return TaskRow(
        id=task.task.id,
        href=f"/w/{desk.slug}/plan/work/{task.task.id}/",
        title=task.task.title,
        days=say_days(planned),
        due=say_day(task.due_on) if task.due_on else "no date",
        hours=f"{task.task.effort_hours.normalize():f}",
        state=STATES[task.state][0] + (f", {how_many(task.late_days, 'day')} late" if task.late_days and task.is_open else ""),
        monday=week_start(planned.starts_on).isoformat(),
        moves=desk.may("save_strategy") and task.is_open,
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
