"""Small teams, tasks and campaigns, and a checker of work plans that shares no code with what makes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any

from quarterdeck.kernel.periods import Quarter
from quarterdeck.plan.quarter_plan import Assignment, WorkPlan
from quarterdeck.plan.work_log import WorkLogEntry
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.management import Person

QUARTER = Quarter(date(2027, 1, 4))
EVE = date(2027, 1, 3)
"""The Sunday before the quarter: everything is still open."""


def person(name: str, *skills: str, hours: str = "40", away: Sequence[tuple[date, date]] = ()) -> dict[str, Any]:
    return {
        "id": name,
        "name": name.capitalize(),
        "skills": list(skills),
        "hours_per_week": hours,
        "away": [{"first_day": first, "last_day": last} for first, last in away],
    }


def task(
    name: str,
    hours: str,
    *,
    skills: Sequence[str] = (),
    after: Sequence[str] = (),
    not_before: date | None = None,
    due: date | None = None,
    importance: int = 1,
    title: str | None = None,
) -> dict[str, Any]:
    return {
        "id": name,
        "title": title or name.capitalize(),
        "serves": "growth",
        "importance": importance,
        "effort_hours": hours,
        "skills": list(skills),
        "after": list(after),
        **({"not_before": not_before} if not_before else {}),
        **({"due_on": due} if due else {}),
    }


def item(
    name: str,
    on: date,
    *,
    at: str = "10:00",
    zone: str | None = None,
    channel: str = "news",
    audience: str = "gardeners",
    campaign: str | None = None,
    needs: Sequence[str] = (),
) -> dict[str, Any]:
    deliver = {"on": on, "at": at, **({"zone": zone} if zone else {})}
    return {
        "id": name,
        "title": name.capitalize(),
        "audience": audience,
        "channel": channel,
        "format": "text",
        "deliver": deliver,
        "needs": list(needs),
        **({"campaign": campaign} if campaign else {}),
    }


def campaign(name: str, starts_on: date, ends_on: date, **fields: Any) -> dict[str, Any]:
    return {"id": name, "name": name.capitalize(), "objective": "growth", "starts_on": starts_on, "ends_on": ends_on, **fields}


def company(
    people: Sequence[Mapping[str, Any]] = (),
    tasks: Sequence[Mapping[str, Any]] = (),
    *,
    items: Sequence[Mapping[str, Any]] = (),
    campaigns: Sequence[Mapping[str, Any]] = (),
    offers: Sequence[Mapping[str, Any]] = (),
    rules: Mapping[str, Any] | None = None,
    zone: str = "Europe/London",
) -> Strategy:
    return Strategy.model_validate(
        {
            "company": {"name": "Harbour", "currency": "GBP", "timezone": zone},
            "goals": [{"id": "grow", "statement": "Grow", "metric": "orders", "target": "100", "due_on": date(2027, 12, 31)}],
            "objectives": [
                {"id": "growth", "goal": "grow", "statement": "More orders", "metric": "orders", "target": "100", "due_on": date(2027, 4, 4)}
            ],
            "audiences": [
                {"id": "gardeners", "rank": "primary", "who": "gardeners", "found_on": ["news", "texts", "wall", "site"]},
                {"id": "families", "rank": "secondary", "who": "families", "found_on": ["news", "wall"]},
            ],
            "channels": [
                {"id": "news", "name": "Newsletter", "kind": "email", "ownership": "owned"},
                {"id": "texts", "name": "Text messages", "kind": "sms", "ownership": "owned"},
                {"id": "wall", "name": "Facebook page", "kind": "social", "ownership": "owned"},
                {"id": "site", "name": "Website", "kind": "website", "ownership": "owned"},
                {"id": "search", "name": "Google Ads", "kind": "search_ads", "ownership": "paid"},
                {"id": "posters", "name": "Display", "kind": "display_ads", "ownership": "paid"},
            ],
            "campaigns": list(campaigns),
            "offers": list(offers),
            "content": {"items": list(items)},
            "management": {
                "teams": [{"id": "house", "people": list(people)}] if people else [],
                "tasks": list(tasks),
                "contact_rules": dict(rules or {}),
            },
        }
    )


def started(name: str, on: date, by: str | None = None, hours: str | None = None) -> WorkLogEntry:
    return WorkLogEntry(name, "task", "started", on, by, Decimal(hours) if hours else None)


def done(name: str, on: date) -> WorkLogEntry:
    return WorkLogEntry(name, "task", "done", on)


def place(work: WorkPlan, name: str) -> Assignment:
    return next(each for each in work.assignments if each.task == name)


def where(work: WorkPlan) -> dict[str, tuple[str | None, date, str]]:
    return {each.task: (each.person, each.starts_on, each.start_half) for each in work.assignments}


def faults(
    strategy: Strategy, quarter: Quarter, work: WorkPlan, *, as_of: date, holidays: Collection[date] = (), finished: Collection[str] = ()
) -> list[str]:
    """Everything that is wrong with the planned (not started) part of a work plan, half-day by half-day; empty when it holds."""
    tasks = {each.id: each for each in strategy.management.tasks}
    people = {each.id: each for each in strategy.management.people}
    found: list[str] = []
    taken: dict[tuple[str, date, str], str] = {}
    planned = [each for each in work.assignments if each.state == "planned"]
    by_task = {each.task: each for each in work.assignments}
    for each in planned:
        wanted, who = tasks[each.task], people[each.person or ""]
        slots = _worked(each, who, holidays)
        needed = (wanted.effort_hours / (who.hours_per_week / 10)).to_integral_value(rounding=ROUND_CEILING)
        if not set(wanted.skills) <= set(who.skills):
            found.append(f"{who.id} has not the skills for {each.task}")
        if (each.starts_on, each.start_half) not in slots or (each.ends_on, each.end_half) not in slots:
            found.append(f"{each.task} starts or ends on a day without work")
        if not len(slots) == each.half_days == needed:
            found.append(f"{each.task} takes {needed} half-days, not {each.half_days} or {len(slots)}")
        if each.starts_on <= as_of:
            found.append(f"{each.task} starts in the past")
        if wanted.not_before is not None and each.starts_on < wanted.not_before:
            found.append(f"{each.task} starts before {wanted.not_before}")
        for slot in slots:
            other = taken.setdefault((who.id, *slot), each.task)
            if other != each.task:
                found.append(f"{who.id} does {other} and {each.task} at once on {slot}")
        for before in wanted.after:
            if before in by_task and _moment(each.starts_on, each.start_half) <= _moment(by_task[before].ends_on, by_task[before].end_half):
                found.append(f"{each.task} starts before {before} ends")
            if before not in by_task and before not in finished:
                found.append(f"{each.task} waits for {before}, which is not planned")
        if each.in_quarter != (each.ends_on <= quarter.last_day):
            found.append(f"{each.task} is on the wrong side of the quarter")
    for each in work.assignments:
        late = max(0, (each.ends_on - each.due_on).days) if each.due_on else 0
        if each.late_days != late:
            found.append(f"{each.task} is {late} days late, not {each.late_days}")
    if work.weighted_lateness != sum(each.late_days * tasks[each.task].importance for each in work.assignments):
        found.append("the weighted lateness does not add up")
    if work.bound is not None and work.bound > work.weighted_lateness:
        found.append("the bound is above the plan")
    return found


def _worked(assignment: Assignment, who: Person, holidays: Collection[date]) -> list[tuple[date, str]]:
    slots = []
    day = assignment.starts_on
    while day <= assignment.ends_on:
        is_away = any(away.first_day <= day <= away.last_day for away in who.away)
        if day.weekday() < 5 and day not in holidays and not is_away:
            slots += [
                (day, half)
                for half in ("morning", "afternoon")
                if _moment(assignment.starts_on, assignment.start_half) <= _moment(day, half) <= _moment(assignment.ends_on, assignment.end_half)
            ]
        day += timedelta(days=1)
    return slots


def _moment(day: date, half: str) -> tuple[date, bool]:
    return day, half == "afternoon"
