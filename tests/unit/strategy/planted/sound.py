"""Variants that are unusual and right: each changes a sound strategy so that it stays sound."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from decimal import Decimal

from planted.soil import Barren, Member, Soil, words_of


def no_paid_channel(s: Soil) -> None:
    """Campaigns that ran on paid channels alone go too, and what is left serves what is left."""
    for channel in [channel for channel in s.members("channels") if channel["ownership"] == "paid"]:
        s.remove("channels", channel["id"])
    if not s.members("channels"):
        raise Barren
    home = s.members("channels")[0]
    home["objectives"] = [objective["id"] for objective in s.members("objectives")]
    told = {item.get("campaign") for item in s.members("content.items")}
    for campaign in list(s.members("campaigns")):
        if not campaign["channels"] or campaign["id"] not in told:
            s.remove("campaigns", campaign["id"])
    for campaign in s.members("campaigns"):
        campaign["keywords"] = []
    _tidy(s)
    s.doc["management"]["budget"] = {"quarter": Decimal(0)}
    for task in s.members("management.tasks"):
        task.pop("budget", None)
    objective = s.first("objectives")
    question = f"Did what we own bring {objective['target']:,}?"
    rule = {"step": 4, "question": question, "metric": objective["metric"], "threshold": objective["target"], "on": objective["due_on"]}
    s.members("evaluation").append(rule)


def one_person(s: Soil) -> None:
    skills = sorted({skill for task in s.members("management.tasks") for skill in task.get("skills", [])})
    hours = sum(task["effort_hours"] for task in s.members("management.tasks"))
    if hours > 80 * 13:
        raise Barren
    s.doc["management"]["teams"] = [{"id": "me", "people": [{"id": "me", "name": "Me", "skills": skills, "hours_per_week": Decimal(80)}]}]
    for owned in (*s.members("objectives"), *s.members("management.kpis"), *s.members("questions")):
        if owned.get("owner") or owned.pop("team", None):
            owned["owner"] = "me"
        owned.pop("team", None)


def objective_that_falls(s: Soil) -> None:
    channel = s.first("channels", lambda c: c["ownership"] != "paid")
    s.first("tools", lambda t: t["kind"] in ("analytics", "crm", "erp") and t.get("use", "in_use") == "in_use")
    objective = {"id": "answers", "goal": s.first("goals")["id"], "metric": "response_time", "baseline": Decimal(19), "target": Decimal(4)}
    objective |= {"statement": f"Answer within 4 hours by {words_of(s.quarter.last_day)}.", "due_on": s.quarter.last_day}
    objective |= {"owner": s.first("objectives")["owner"], "audience": s.first("audiences")["id"]}
    objective["milestones"] = [{"on": s.day(27), "value": Decimal(12)}, {"on": s.day(55), "value": Decimal(8)}]
    s.members("objectives").append(objective)
    channel.setdefault("objectives", []).append("answers")
    rule = {"step": 6, "question": "Do we answer within 4 hours?", "metric": "response_time", "threshold": 4, "on": s.quarter.last_day}
    s.members("evaluation").append(rule)
    s.members("management.kpis").append(
        {"metric": "response_time", "baseline": 19, "target": 4, "owner": objective["owner"], "channel": channel["id"]}
    )


def runs_over_the_start(s: Soil) -> None:
    campaign = min(s.members("campaigns"), key=lambda c: c["starts_on"])
    if campaign.get("keywords") and len(s.members("campaigns")) > 1:
        campaign["keywords"] = [f"{word} now" for word in campaign["keywords"]]
    campaign["starts_on"] = s.day(-25)


def keyword_one_after_the_other(s: Soil) -> None:
    first, second = _searching(s)
    own = [word for word in first["keywords"] if not any(word in c.get("keywords", []) for c in s.members("campaigns") if c is not first)]
    if first["ends_on"] >= second["starts_on"] or not own:
        raise Barren
    second["keywords"].append(own[0])


def keyword_nearly_the_same(s: Soil) -> None:
    first, second = _searching(s)
    second["keywords"].append(f"{first['keywords'][0]} storage racks")


def offers_apart(s: Soil) -> None:
    made = [campaign for campaign in s.members("campaigns") if campaign.get("offer")]
    for first in made:
        for second in made:
            if first["offer"] != second["offer"] and first["ends_on"] < second["starts_on"]:
                offer = s.by_id("offers", first["offer"])
                offer["excludes"] = sorted({*offer.get("excludes", []), second["offer"]})
                return
    raise Barren


def letter_without_campaign(s: Soil) -> None:
    item = s.first("content.items", lambda i: not i.get("campaign"))
    new = deepcopy(item) | {"id": "thanks", "title": "Thank you", "text": "Thank you for a good quarter. See you in the next one.", "needs": []}
    new["deliver"]["on"] = max(i["deliver"]["on"] for i in s.members("content.items")) + timedelta(days=9)
    if new["deliver"]["on"] > s.quarter.last_day:
        raise Barren
    s.members("content.items").append(new)


def question_answered_late(s: Soil) -> None:
    s.members("questions").append({"id": "old", "step": 2, "text": "How many of them have a van?", "due_on": s.day(-60), "answer": "One in nine."})


def item_when_quiet_hours_end(s: Soil) -> None:
    quiet = s.part("management.contact_rules").get("quiet_hours")
    if quiet is None:
        raise Barren
    s.first("content.items", lambda i: s.kind(i["channel"]) == "email")["deliver"]["at"] = quiet.get("last", "08:00")


def two_letters_two_audiences(s: Soil) -> None:
    letters = [item for item in s.members("content.items") if s.kind(item["channel"]) == "email"]
    for first in letters:
        for audience in s.members("audiences"):
            others = [each for each in letters if each["audience"] == audience["id"]]
            near = any(abs((each["deliver"]["on"] - first["deliver"]["on"]).days) < 15 for each in others)
            if audience["id"] != first["audience"] and first["channel"] in audience.get("found_on", []) and not near:
                new = deepcopy(first) | {"id": "thanks", "title": "A word for you", "audience": audience["id"], "text": "This is for you alone."}
                new.pop("campaign", None)
                s.members("content.items").append(new)
                return
    raise Barren


def floors_equal_budget(s: Soil) -> None:
    budget = s.doc["management"].get("budget")
    paid = [c for c in s.members("channels") if c["ownership"] == "paid" and c.get("use", "in_use") == "in_use"]
    if not budget or not paid:
        raise Barren
    money = budget["quarter"] - budget.get("reserve", 0)
    rest = sum((channel.get("spend", {}).get("floor", Decimal(0)) for channel in paid[1:]), Decimal(0))
    paid[0]["spend"] = {"floor": money - rest, "cap": max(money, paid[0].get("spend", {}).get("cap") or money)}
    s.part("ads.guardrails").pop("max_daily_spend", None)
    s.part("ads.guardrails")["max_change_share"] = Decimal("0.5")


def task_for_anybody(s: Soil) -> None:
    s.members("management.tasks").append(
        {"id": "tea", "title": "Ring three customers", "serves": s.first("objectives")["id"], "effort_hours": Decimal(1), "due_on": s.day(40)}
    )


def german_market_in_german(s: Soil) -> None:
    company = s.doc["company"]
    company.setdefault("markets", []).append("AT")
    company["languages"] = [*company.get("languages", ["en"]), "de"]
    item = s.first("content.items", lambda i: s.kind(i["channel"]) not in ("email", "sms", "direct_mail"))
    audience = s.by_id("audiences", item["audience"])
    audience["languages"] = sorted({*audience.get("languages", ["en"]), "de"})
    content = s.part("content")
    content["languages"] = sorted({*content.get("languages", ["en"]), "de"})
    s.members("content.items").append(
        deepcopy(item) | {"id": "auf_deutsch", "title": "Schön, dass Sie da sind", "language": "de", "text": "Wir sind da."}
    )


def season_in_milestones(s: Soil) -> None:
    objective = s.first("objectives", lambda o: len(o.get("milestones", [])) > 1)
    for number, milestone in enumerate(objective["milestones"]):
        milestone["value"] = round(objective["target"] * Decimal(number + 1) / 20)


def number_in_words_of_millions(s: Soil) -> None:
    objective = s.first("objectives", lambda o: o["metric"] == "revenue")
    millions = round(objective["target"] / 1_000_000, 2)
    objective["target"] = millions * 1_000_000
    objective["statement"] = f"Take {millions} million between {words_of(s.day(0))} and {words_of(objective['due_on'])}."
    for rule in s.members("evaluation"):
        if rule["step"] == "overall" and rule.get("metric") == "revenue":
            rule["threshold"] = objective["target"]
            rule["question"] = f"Did we take {millions} million?"


def number_beside_another(s: Soil) -> None:
    objective = s.first("objectives", lambda o: o.get("baseline") and f"{int(o['target']):,}" in o["statement"])
    objective["statement"] = (
        objective["statement"].rstrip(".") + f", {objective['target'] - objective['baseline']:,} more than last year's {objective['baseline']:,}."
    )


def goal_of_two_years(s: Soil) -> None:
    goal = s.first("goals")
    goal["due_on"] = goal["due_on"] + timedelta(days=365)
    goal["statement"] = "Grow, for two years, at the pace of the best in the trade."


def holiday_in_the_quarter(s: Soil) -> None:
    person = max(s.members("management.people"), key=lambda p: p["hours_per_week"])
    person.setdefault("away", []).append({"first_day": s.day(77), "last_day": s.day(83)})


def last_day_on_last_day(s: Soil) -> None:
    campaign = max(s.members("campaigns"), key=lambda c: c["ends_on"])
    s.by_id("objectives", campaign["objective"])["due_on"] = s.quarter.last_day
    objective = s.by_id("objectives", campaign["objective"])
    objective["statement"] = f"Reach {objective['target']:,} by {words_of(s.quarter.last_day)}."
    campaign["ends_on"] = s.quarter.last_day
    model = s.first("management.tasks")
    task = {"id": "tea", "title": "Count the stock", "serves": objective["id"], "effort_hours": Decimal(1), "skills": model.get("skills", [])}
    s.members("management.tasks").append(task | {"due_on": s.quarter.last_day})


def wanted_channel_asleep(s: Soil) -> None:
    channel = {"id": "cinema", "name": "Cinema", "kind": "video_ads", "ownership": "earned", "use": "wanted", "role": "Be seen on a big screen."}
    s.members("channels").append(channel)
    owner = s.first("management.people")["id"]
    s.members("questions").append(
        {"id": "q_cinema", "step": 4, "text": "Would Cinema bring anybody?", "blocks": "cinema", "owner": owner, "due_on": s.day(40)}
    )


def competitor_shares_a_word(s: Soil) -> None:
    word = s.first("proposition.claims")["text"].split()[0]
    s.members("proposition.competitors").append({"name": "The other house", "claims": [f"{word} the cheapest in town, always"]})


def one_audience(s: Soil) -> None:
    kept = s.first("audiences", lambda a: a["rank"] == "primary")
    needs = set(kept["needs"])
    for audience in s.members("audiences"):
        if audience is not kept:
            kept["found_on"] = list(dict.fromkeys([*kept.get("found_on", []), *audience.get("found_on", [])]))
            needs |= set(audience.get("needs", []))
    kept["needs"] = sorted(needs)
    letters: dict[object, Member] = {}
    for holder, field in ((item, "audience") for item in (*s.members("content.items"), *s.members("objectives"), *s.members("conversions"))):
        if field in holder:
            holder[field] = kept["id"]
    for item in list(s.members("content.items")):
        near = [day for day in letters if s.kind(item["channel"]) in ("email", "sms", "direct_mail") and abs((day - item["deliver"]["on"]).days) < 8]  # type: ignore[operator]
        if near:
            raise Barren
        if s.kind(item["channel"]) in ("email", "sms", "direct_mail"):
            letters[item["deliver"]["on"]] = item
    for campaign in s.members("campaigns"):
        campaign["audiences"] = [kept["id"]]
    s.doc["audiences"] = [kept]


def blackout_beside_item(s: Soil) -> None:
    days = {item["deliver"]["on"] for item in s.members("content.items")}
    item = s.first("content.items", lambda i: s.kind(i["channel"]) == "email" and i["deliver"]["on"] - timedelta(days=1) not in days)
    day = item["deliver"]["on"] - timedelta(days=1)
    s.part("management.contact_rules").setdefault("blackouts", []).append({"first_day": day, "last_day": day, "reason": "The shop is counted."})


def _searching(s: Soil) -> tuple[Member, Member]:
    found = [c for c in s.members("campaigns") if c.get("keywords") and any(s.kind(channel) == "search_ads" for channel in c["channels"])]
    found.sort(key=lambda campaign: campaign["starts_on"])
    if len(found) < 2:
        raise Barren
    return found[0], found[-1]


def _tidy(s: Soil) -> None:
    """After channels have gone: tasks, claims, offers, tools, audiences, KPIs and rules about what is left."""
    for audience in list(s.members("audiences")):
        spoken = {c for campaign in s.members("campaigns") if audience["id"] in campaign["audiences"] for c in campaign["channels"]}
        spoken |= {item["channel"] for item in s.members("content.items") if item["audience"] == audience["id"]}
        if not spoken:
            s.remove("audiences", audience["id"])
        else:
            audience["found_on"] = sorted(spoken)
    needs = {need for audience in s.members("audiences") for need in audience.get("needs", [])}
    claims = s.members("proposition.claims")
    claims[:] = [claim for claim in claims if claim.get("answers") in needs]
    uses = {campaign["id"] for campaign in s.members("campaigns")} | {item["id"] for item in s.members("content.items")}
    for claim in claims:
        claim["used_in"] = [own_id for own_id in claim.get("used_in", []) if own_id in uses] or sorted(uses)[:1]
    made = {campaign.get("offer") for campaign in s.members("campaigns")}
    for offer in list(s.members("offers")):
        if offer["id"] not in made:
            s.remove("offers", offer["id"])
    used = {channel.get("tool") for channel in s.members("channels")}
    tools = s.members("tools")
    tools[:] = [tool for tool in tools if tool["id"] in used or tool["kind"] not in ("ads", "social", "email")]
    s.doc.pop("ads", None)
