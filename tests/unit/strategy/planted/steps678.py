"""Plants for the rest of step 6 (KPIs, contact rules, guardrails) and for steps 7 and 8: how it is judged and looked back on."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from decimal import Decimal

from planted.soil import Barren, Member, Soil


def no_kpis(s: Soil) -> str:
    s.members("management.kpis").clear()
    return "management.kpis"


def kpi_unknown_metric(s: Soil) -> str:
    return _kpi(s, metric="awareness")


def kpi_without_target(s: Soil) -> str:
    return _kpi(s, target=None)


def kpi_without_owner(s: Soil) -> str:
    return _kpi(s, owner=None)


def kpi_runs_backwards(s: Soil) -> str:
    return _kpi(s, metric="response_time", baseline=Decimal(10), target=Decimal(20))


def kpi_twice(s: Soil) -> str:
    kpi = s.first("management.kpis", lambda k: k.get("target"))
    s.members("management.kpis").append(deepcopy(kpi) | {"target": kpi["target"] * 2})
    return "management.kpis"


def kpi_below_objective(s: Soil) -> str:
    weekly = {objective["metric"]: objective["target"] / 13 for objective in s.members("objectives")}
    kpi = s.first(
        "management.kpis",
        lambda k: k["metric"] in weekly and not k.get("channel") and not k.get("team") and not k.get("task") and k.get("cadence", "week") == "week",
    )
    kpi["target"] = round(weekly[kpi["metric"]] / 2)
    kpi.pop("baseline", None)
    return f"management.kpis[{s.number_of('management.kpis', kpi)}]"


def kpi_of_ghost(s: Soil) -> str:
    return _kpi(s, channel="no_such_channel")


def no_contact_rule(s: Soil) -> str:
    s.first("channels", lambda c: c["kind"] in ("email", "sms") and c.get("use", "in_use") == "in_use")
    s.part("management.contact_rules").pop("at_most", None)
    return "management.contact_rules"


def no_quiet_hours(s: Soil) -> str:
    s.first("content.items", lambda i: s.kind(i["channel"]) == "sms")
    s.part("management.contact_rules").pop("quiet_hours", None)
    return "management.contact_rules"


def blackout_covers_campaign(s: Soil) -> str:
    """A short campaign of its own; what it says is a page, so that no message falls on the days."""
    campaign = s.first("campaigns")
    blackout = {"first_day": campaign["starts_on"], "last_day": campaign["ends_on"], "reason": "The shop is rebuilt."}
    s.part("management.contact_rules").setdefault("blackouts", []).append(blackout)
    return f"management.contact_rules.blackouts campaigns[{campaign['id']}] content.items"


def guardrail_below_floors(s: Soil) -> str:
    floors = sum(channel.get("spend", {}).get("floor", 0) for channel in s.members("channels") if channel["ownership"] == "paid")
    if not floors:
        raise Barren
    s.part("ads.guardrails")["max_daily_spend"] = round(Decimal(floors) / 91 / 10, 2)
    return "ads.guardrails channels"


def no_evaluation(s: Soil) -> str:
    s.members("evaluation").clear()
    return "evaluation"


def no_overall_rule(s: Soil) -> str:
    rules = s.members("evaluation")
    rules[:] = [rule for rule in rules if rule["step"] != "overall"]
    return "evaluation"


def overall_without_number(s: Soil) -> str:
    rule = _overall(s)
    rule.pop("threshold", None)
    rule["question"] = "Were we happy with it?"
    return _at(s, rule)


def overall_met_by_doing_nothing(s: Soil) -> str:
    """The objective has the same metric; its statement and target stay."""
    objective = s.first("objectives", lambda o: o.get("baseline") and o["target"] > o["baseline"])
    rule = _overall(s)
    rule |= {"metric": objective["metric"], "threshold": round(objective["baseline"] * Decimal("0.9"))}
    rule["question"] = f"The quarter was good if we came to {rule['threshold']:,}."
    return _at(s, rule)


def overall_below_objective(s: Soil) -> str:
    objective = s.first("objectives", lambda o: o.get("baseline") and o["target"] > o["baseline"])
    rule = _overall(s)
    rule |= {"metric": objective["metric"], "threshold": round(objective["baseline"] + (objective["target"] - objective["baseline"]) / 2)}
    rule["question"] = f"The quarter was good if we came to {rule['threshold']:,}."
    return _at(s, rule)


def rule_unknown_metric(s: Soil) -> str:
    rule = s.first("evaluation", lambda e: e["step"] not in ("overall", 4))
    rule["metric"] = "buzz"
    return _at(s, rule)


def rule_without_day(s: Soil) -> str:
    rule = s.first("evaluation", lambda e: e.get("on"))
    del rule["on"]
    return _at(s, rule)


def rule_long_after_quarter(s: Soil) -> str:
    rule = _overall(s)
    rule["on"] = s.day(270)
    return _at(s, rule)


def rule_before_anything_ran(s: Soil) -> str:
    rule = _overall(s)
    rule["on"] = s.day(0)
    return _at(s, rule)


def rule_of_ghost(s: Soil) -> str:
    s.members("evaluation").append(
        {"step": 4, "question": "Did it bring 10 orders?", "channel": "no_such_channel", "metric": "orders", "threshold": 10, "on": s.day(80)}
    )
    return f"evaluation[{len(s.members('evaluation')) - 1}]"


def rule_says_other_number(s: Soil) -> str:
    rule = s.first("evaluation", lambda e: (e.get("threshold") or 0) >= 10 and f"{e['threshold']:,}" in e["question"])
    rule["question"] = rule["question"].replace(f"{rule['threshold']:,}", f"{rule['threshold'] * 2 + 3:,}")
    return _at(s, rule)


def rule_dearer_than_margin(s: Soil) -> str:
    margin = s.first("conversions", lambda c: c.get("metric") == "new_customers" and c.get("margin"))["margin"]
    channel = s.first("channels", lambda c: c["ownership"] == "paid")
    rules = s.members("evaluation")
    rules[:] = [rule for rule in rules if rule.get("channel") != channel["id"]]
    words = f"Keep it if a new customer costs {margin * 3} or less."
    rules.append({"step": 4, "question": words, "channel": channel["id"], "metric": "cost_per_customer", "threshold": margin * 3, "on": s.day(70)})
    return f"evaluation[{len(rules) - 1}]"


def paid_channel_unjudged(s: Soil) -> str:
    paid = {channel["id"] for channel in s.members("channels") if channel["ownership"] == "paid"}
    rules = s.members("evaluation")
    judged = [rule.get("channel") for rule in rules if rule.get("channel") in paid]
    if len(set(judged)) < 2:
        raise Barren
    rules[:] = [rule for rule in rules if rule.get("channel") != judged[0]]
    return f"channels[{judged[0]}] evaluation"


def check_in_too_late(s: Soil) -> str:
    s.part("review")["check_in_days"] = 100
    return "review.check_in_days"


def review_once_a_year(s: Soil) -> str:
    s.part("review")["every_weeks"] = 52
    return "review.every_weeks"


def question_without_owner(s: Soil) -> str:
    return _question(s, owner=None)


def question_without_day(s: Soil) -> str:
    return _question(s, due_on=None)


def question_overdue(s: Soil) -> str:
    return _question(s, due_on=s.as_of - timedelta(days=21))


def question_owner_stranger(s: Soil) -> str:
    return _question(s, owner="zacharias")


def question_twice(s: Soil) -> str:
    question = deepcopy(s.first("questions")) | {"id": "planted"}
    s.members("questions").append(question)
    return "questions[planted]"


def idea_without_worth(s: Soil) -> str:
    s.members("opportunities").append({"id": "planted", "text": "A stall at the market."})
    return "opportunities[planted]"


def _kpi(s: Soil, **fields: object) -> str:
    kpi = {"metric": "direct_visits", "target": Decimal(200), "cadence": "week", "owner": s.first("management.people")["id"]} | fields
    s.members("management.kpis").append({key: value for key, value in kpi.items() if value is not None})
    return f"management.kpis[{len(s.members('management.kpis')) - 1}]"


def _question(s: Soil, **fields: object) -> str:
    asked = {"id": "planted", "step": 2, "text": "How many of them have a van?", "owner": s.first("management.people")["id"], "due_on": s.day(30)}
    s.members("questions").append({key: value for key, value in (asked | fields).items() if value is not None})
    return "questions[planted]"


def _overall(s: Soil) -> Member:
    return s.first("evaluation", lambda e: e["step"] == "overall")


def _at(s: Soil, rule: Member) -> str:
    return f"evaluation[{s.number_of('evaluation', rule)}]"
