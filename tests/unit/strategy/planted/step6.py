"""Plants for step 6: money, people and tasks."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from decimal import Decimal

from planted.soil import Barren, Member, Soil


def no_budget(s: Soil) -> str:
    _paying(s)
    del s.doc["management"]["budget"]
    return "management.budget"


def floors_above_budget(s: Soil) -> str:
    channel, budget = _paying(s), _budget(s)
    channel["spend"] = {"floor": budget["quarter"] * 2, "cap": budget["quarter"] * 3}
    return "management.budget channels"


def caps_below_budget(s: Soil) -> str:
    budget = _budget(s)
    paid = [channel for channel in s.members("channels") if channel["ownership"] == "paid"]
    for channel in paid:
        share = budget["quarter"] / 2 / len(paid)
        channel["spend"] = {"floor": min(channel.get("spend", {}).get("floor", Decimal(0)), share), "cap": round(share, 2)}
        channel["spend"]["floor"] = round(channel["spend"]["floor"] / 2, 2)
    if not paid:
        raise Barren
    return "management.budget channels"


def reserve_above_budget(s: Soil) -> str:
    budget = _budget(s)
    budget["reserve"] = budget["quarter"] * 2
    return "management.budget"


def budget_without_reserve(s: Soil) -> str:
    budget = _budget(s)
    if not budget.get("reserve"):
        raise Barren
    budget["reserve"] = Decimal(0)
    for task in s.members("management.tasks"):
        task.pop("budget", None)
    return "management.budget.reserve"


def task_money_above_budget(s: Soil) -> str:
    s.first("management.tasks")["budget"] = _budget(s)["quarter"] * 2
    return "management.tasks management.budget"


def agency_above_budget(s: Soil) -> str:
    """Sixty hours at a price that the budget cannot pay."""
    price = round(_budget(s)["quarter"] / 30, 2)
    people = [{"id": "planted_person", "name": "Kit", "skills": ["glassblowing"], "hours_per_week": Decimal(20)}]
    s.members("management.teams").append({"id": "planted", "name": "The film people", "external": True, "rate": price, "people": people})
    task = {
        "id": "planted_task",
        "title": "Make a film",
        "serves": s.first("objectives")["id"],
        "effort_hours": Decimal(60),
        "skills": ["glassblowing"],
    }
    s.members("management.tasks").append(task | {"due_on": s.day(80)})
    return "management.teams[planted] management.teams management.budget management.tasks"


def agency_without_rate(s: Soil) -> str:
    people = [{"id": "planted_person", "name": "Kit", "skills": ["glassblowing"], "hours_per_week": Decimal(20)}]
    s.members("management.teams").append({"id": "planted", "name": "The film people", "external": True, "people": people})
    return "management.teams[planted]"


def nobody_works(s: Soil) -> str:
    s.clear("management.teams")
    return "management.teams"


def no_tasks(s: Soil) -> str:
    s.clear("management.tasks")
    return "management.tasks"


def skill_nobody_has(s: Soil) -> str:
    task = s.first("management.tasks")
    task["skills"] = ["glassblowing"]
    return f"management.tasks[{task['id']}].skills"


def person_without_skill(s: Soil) -> str:
    people = s.first("management.teams", lambda t: t.get("people"))["people"]
    people.append({"id": "planted", "name": "Kit", "hours_per_week": Decimal(5)})
    return "management.people[planted] management.teams"


def person_away_always(s: Soil) -> str:
    """A task of half an hour with a skill of its own, so that nothing else waits."""
    people = s.first("management.teams", lambda t: t.get("people"))["people"]
    away = [{"first_day": s.day(-3), "last_day": s.day(45)}]
    people.append({"id": "planted_person", "name": "Kit", "skills": ["glassblowing"], "hours_per_week": Decimal(20), "away": away})
    task = {
        "id": "planted",
        "title": "Cut the film",
        "serves": s.first("objectives")["id"],
        "effort_hours": Decimal("0.5"),
        "skills": ["glassblowing"],
    }
    s.members("management.tasks").append(task | {"due_on": s.day(30)})
    return "management.tasks[planted] management.teams management.people[planted_person]"


def hours_above_people(s: Soil) -> str:
    hours = sum(person["hours_per_week"] for person in s.members("management.people")) * 13
    for number in range(int(hours * 2 / 40) + 1):
        task = {"id": f"planted_{number}", "title": f"Phone shop number {number}", "serves": s.first("objectives")["id"], "importance": 2}
        s.members("management.tasks").append(task | {"effort_hours": Decimal(40), "due_on": s.quarter.last_day})
    return "management.tasks management.teams"


def task_too_long(s: Soil) -> str:
    people = s.first("management.teams", lambda t: t.get("people"))["people"]
    people.append({"id": "planted_person", "name": "Kit", "skills": ["glassblowing"], "hours_per_week": Decimal(40)})
    task = {"id": "planted", "title": "Make a film", "serves": s.first("objectives")["id"], "effort_hours": Decimal(400), "skills": ["glassblowing"]}
    s.members("management.tasks").append(task | {"due_on": s.day(13)})
    return "management.tasks[planted]"


def tasks_in_a_circle(s: Soil) -> str:
    tasks = s.members("management.tasks")
    if len(tasks) < 2:
        raise Barren
    first, second = tasks[0], tasks[1]
    first["due_on"] = second["due_on"] = max(first.get("due_on") or s.day(9), second.get("due_on") or s.day(9))
    first.setdefault("after", []).append(second["id"])
    second.setdefault("after", []).append(first["id"])
    return f"management.tasks[{first['id']}] management.tasks[{second['id']}]"


def task_before_its_forerunner(s: Soil) -> str:
    later = s.first("management.tasks", lambda t: t.get("due_on") and t["due_on"] > s.day(20))
    _task(s, after=[later["id"]], due_on=later["due_on"] - timedelta(days=10))
    return "management.tasks[planted]"


def task_without_due(s: Soil) -> str:
    _task(s, importance=5)
    return "management.tasks[planted].due_on"


def task_after_quarter(s: Soil) -> str:
    _task(s, due_on=s.day(270))
    return "management.tasks[planted].due_on"


def task_serves_ghost(s: Soil) -> str:
    task = s.first("management.tasks")
    task["serves"] = "no_such_thing"
    return f"management.tasks[{task['id']}].serves"


def task_twice(s: Soil) -> str:
    task = deepcopy(s.first("management.tasks", lambda t: t["effort_hours"] <= 4)) | {"id": "planted"}
    s.members("management.tasks").append(task)
    return "management.tasks[planted]"


def everything_is_important(s: Soil) -> str:
    if len(s.members("management.tasks")) < 5:
        raise Barren
    for task in s.members("management.tasks"):
        task["importance"] = 5
    return "management.tasks"


def _task(s: Soil, **fields: object) -> None:
    model = s.first("management.tasks")
    task = {"id": "planted", "title": "Ring ten customers", "serves": s.first("objectives")["id"], "effort_hours": Decimal(1)}
    s.members("management.tasks").append(task | {"skills": model.get("skills", [])} | fields)


def _budget(s: Soil) -> Member:
    budget = s.part("management").get("budget")
    if not budget or not budget["quarter"]:
        raise Barren
    found: Member = budget
    return found


def _paying(s: Soil) -> Member:
    return s.first("channels", lambda c: c["ownership"] == "paid" and c.get("use", "in_use") == "in_use")
