"""Plants for step 1: the company, its goals and its objectives. Each does one thing and gives the places where a person would look."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal

from planted.soil import Barren, Member, Soil, objective_for, words_of


def company_without_market(s: Soil) -> str:
    s.doc["company"].pop("markets", None)
    return "company.markets"


def market_without_language(s: Soil) -> str:
    if any(item.get("language", "en").startswith("de") for item in s.members("content.items")) or "DE" in s.doc["company"].get("markets", []):
        raise Barren
    s.doc["company"].setdefault("markets", []).append("DE")
    return "company.markets company.languages content"


def no_vision(s: Soil) -> str:
    s.doc.pop("vision")
    return "vision"


def vision_is_an_essay(s: Soil) -> str:
    s.doc["vision"] = " ".join([s.doc["vision"]] * 12)
    return "vision"


def no_goals(s: Soil) -> str:
    s.clear("goals")
    return "goals"


def no_objectives(s: Soil) -> str:
    s.clear("objectives")
    return "objectives"


def goal_without_objective(s: Soil) -> str:
    last = s.day(360)
    s.members("goals").append(
        {"id": "planted", "statement": "Have 5,000 bookings this year.", "metric": "bookings", "baseline": 4000, "target": 5000, "due_on": last}
    )
    return "goals[planted]"


def goal_runs_backwards(s: Soil) -> str:
    goal = s.first("goals", lambda g: g["metric"] != "cost_per_customer")
    goal["baseline"] = goal["target"] * 2
    return f"goals[{goal['id']}]"


def goal_without_baseline(s: Soil) -> str:
    goal = s.first("goals", lambda g: g.get("baseline") is not None)
    del goal["baseline"]
    return f"goals[{goal['id']}].baseline"


def goal_is_over(s: Soil) -> str:
    goal = s.first("goals")
    goal["due_on"] = s.day(-40)
    return f"goals[{goal['id']}].due_on"


def goal_says_other_number(s: Soil) -> str:
    goal = s.first("goals")
    goal["statement"] = f"Come to {int(goal['target'] * 2):,} by the end of the year."
    return f"goals[{goal['id']}]"


def quarter_above_year(s: Soil) -> str:
    objective = s.first("objectives", lambda o: _goal(s, o)["metric"] == o["metric"])
    goal = _goal(s, objective)
    goal["target"], goal["baseline"] = objective["target"] * Decimal("0.8"), objective["target"] * Decimal("0.7")
    goal["statement"] = "Grow in this year."
    return f"objectives[{objective['id']}].target goals[{goal['id']}].target"


def objective_unknown_goal(s: Soil) -> str:
    objective = s.first("objectives")
    objective["goal"] = "no_such_goal"
    return f"objectives[{objective['id']}].goal"


def objective_vague(s: Soil) -> str:
    objective = s.first("objectives")
    objective["statement"] = "Do better marketing."
    return f"objectives[{objective['id']}].statement"


def objective_says_other_number(s: Soil) -> str:
    objective = s.first("objectives", lambda o: f"{int(o['target']):,}" in o["statement"])
    objective["statement"] = objective["statement"].replace(f"{int(objective['target']):,}", f"{int(objective['target'] * Decimal('1.3')) + 7:,}")
    return f"objectives[{objective['id']}]"


def objective_says_other_day(s: Soil) -> str:
    objective = s.first("objectives", lambda o: words_of(o["due_on"]) in o["statement"])
    other = words_of(objective["due_on"] + timedelta(days=75))
    objective["statement"] = re.sub(words_of(objective["due_on"]), other, objective["statement"])
    return f"objectives[{objective['id']}]"


def objective_says_other_metric(s: Soil) -> str:
    objective = s.first("objectives", lambda o: o["metric"] in ("revenue", "orders", "new_customers", "leads", "signups", "donations", "bookings"))
    objective["statement"] = f"Bring {int(objective['target']):,} visits to the site by {words_of(objective['due_on'])}."
    return f"objectives[{objective['id']}]"


def objective_without_audience(s: Soil) -> str:
    if len(s.members("audiences")) < 2:
        raise Barren
    objective = s.first("objectives", lambda o: o.get("audience"))
    del objective["audience"]
    return f"objectives[{objective['id']}].audience"


def objective_unknown_audience(s: Soil) -> str:
    objective = s.first("objectives")
    objective["audience"] = "no_such_people"
    return f"objectives[{objective['id']}].audience"


def objective_without_baseline(s: Soil) -> str:
    objective = s.first("objectives", lambda o: o.get("baseline") is not None)
    del objective["baseline"]
    return f"objectives[{objective['id']}].baseline"


def objective_stands_still(s: Soil) -> str:
    objective = s.first("objectives")
    objective["baseline"] = objective["target"]
    return f"objectives[{objective['id']}].target"


def objective_cannot_be_counted(s: Soil) -> str:
    for tool in s.members("tools"):
        if tool["kind"] in ("analytics", "crm", "erp"):
            tool["use"] = "available"
    new = objective_for(s, "visits", baseline=20_000, target=22_000)
    return f"objectives[{new['id']}] tools"


def objective_twice(s: Soil) -> str:
    first = s.first("objectives")
    second = deepcopy(first) | {"id": "planted", "target": first["target"] + 7}
    second["statement"] = first["statement"].replace(f"{int(first['target']):,}", f"{int(first['target']) + 7:,}")
    s.members("objectives").append(second)
    for channel in s.members("channels"):
        if first["id"] in channel.get("objectives", []):
            channel["objectives"].append("planted")
    return "objectives[planted]"


def objective_tenfold(s: Soil) -> str:
    objective = s.first("objectives", lambda o: o["target"] > (o.get("baseline") or 0))
    objective["baseline"] = objective["target"] / 10
    return f"objectives[{objective['id']}].target"


def objective_without_owner(s: Soil) -> str:
    objective = s.first("objectives", lambda o: o.get("owner"))
    del objective["owner"]
    return f"objectives[{objective['id']}].owner"


def objective_owner_stranger(s: Soil) -> str:
    objective = s.first("objectives")
    objective["owner"] = "zacharias"
    return f"objectives[{objective['id']}].owner"


def objective_owner_away(s: Soil) -> str:
    people = {person["id"]: person for person in s.members("management.people")}
    objective = s.first("objectives", lambda o: o.get("owner") in people)
    people[objective["owner"]]["away"] = [{"first_day": s.day(0), "last_day": s.quarter.last_day}]
    return f"objectives[{objective['id']}].owner management.people[{objective['owner']}] management.teams"


def objective_due_after_quarter(s: Soil) -> str:
    objective = s.first("objectives")
    objective["due_on"] = s.day(125)
    return f"objectives[{objective['id']}].due_on"


def objective_due_before_quarter(s: Soil) -> str:
    objective = s.first("objectives")
    objective["due_on"] = s.day(-14)
    objective.pop("milestones", None)
    return f"objectives[{objective['id']}].due_on"


def objective_due_after_goal(s: Soil) -> str:
    objective = s.first("objectives")
    goal = _goal(s, objective)
    goal["due_on"] = objective["due_on"] - timedelta(days=20)
    return f"objectives[{objective['id']}].due_on goals[{goal['id']}].due_on"


def objective_without_milestones(s: Soil) -> str:
    objective = s.first("objectives", lambda o: o.get("milestones"))
    del objective["milestones"]
    return f"objectives[{objective['id']}].milestones"


def milestone_above_target(s: Soil) -> str:
    objective = s.first("objectives", lambda o: o.get("milestones"))
    objective["milestones"][-1]["value"] = objective["target"] * Decimal("1.2")
    return f"objectives[{objective['id']}].milestones"


def milestone_after_due(s: Soil) -> str:
    objective = s.first("objectives", lambda o: o.get("milestones"))
    objective["milestones"][-1]["on"] = objective["due_on"] + timedelta(days=14)
    return f"objectives[{objective['id']}].milestones"


def milestones_fall(s: Soil) -> str:
    objective = s.first("objectives", lambda o: len(o.get("milestones", [])) > 1)
    first, second = objective["milestones"][:2]
    first["value"], second["value"] = second["value"], first["value"]
    return f"objectives[{objective['id']}].milestones"


def milestone_before_quarter(s: Soil) -> str:
    objective = s.first("objectives", lambda o: o.get("milestones"))
    objective["milestones"][0]["on"] = s.day(-20)
    return f"objectives[{objective['id']}].milestones"


def too_many_objectives(s: Soil) -> str:
    used = {objective["metric"] for objective in s.members("objectives")}
    free = ["leads", "signups", "bookings", "visits", "direct_visits", "brand_searches", "repeat_orders", "margin", "qualified_leads", "orders"]
    for metric in [*free, "returning_customers", "revenue", "new_customers", "email_subscribers"]:
        if metric not in used and len(s.members("objectives")) < 12:
            objective_for(s, metric, name=f"planted_{metric}")
    return "objectives"


def objective_without_channel(s: Soil) -> str:
    objective = s.first("objectives", lambda o: any(campaign["objective"] == o["id"] for campaign in s.members("campaigns")))
    for channel in s.members("channels"):
        channel["objectives"] = [each for each in channel.get("objectives", []) if each != objective["id"]]
    return f"objectives[{objective['id']}] channels"


def objective_without_campaign(s: Soil) -> str:
    objectives = s.members("objectives")
    if len(objectives) < 2:
        raise Barren
    for holder in s.members("channels"):
        holder["objectives"] = [each for each in holder.get("objectives", []) if each != objectives[1]["id"]]
    for campaign in s.members("campaigns"):
        campaign["objective"] = objectives[0]["id"]
    return f"objectives[{objectives[1]['id']}]"


def objective_without_kpi(s: Soil) -> str:
    kpis = s.members("management.kpis")
    objective = s.first("objectives", lambda o: any(kpi["metric"] == o["metric"] for kpi in kpis) and any(k["metric"] != o["metric"] for k in kpis))
    kpis[:] = [kpi for kpi in kpis if kpi["metric"] != objective["metric"]]
    return f"objectives[{objective['id']}] management.kpis"


def objective_without_evaluation(s: Soil) -> str:
    rules = s.members("evaluation")
    kept = {rule.get("metric") for rule in rules if rule["step"] == "overall"}
    objective = s.first("objectives", lambda o: o["metric"] not in kept and any(rule.get("metric") == o["metric"] for rule in rules))
    rules[:] = [rule for rule in rules if rule.get("metric") != objective["metric"]]
    return f"objectives[{objective['id']}] evaluation"


def _goal(s: Soil, objective: Member) -> Member:
    return s.by_id("goals", objective["goal"])
