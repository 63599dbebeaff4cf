"""Plants for step 5, second half: the content calendar."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta

from planted.soil import Barren, Member, Soil

BLACK_DAY = 38
"""A Thursday in the middle of the quarter."""


def list_late_for_email(s: Soil) -> str:
    item = s.first("content.items", lambda i: s.kind(i["channel"]) == "email")
    model = s.first("management.tasks")
    task = {"id": "planted", "title": "Build the list of readers", "serves": item["channel"], "importance": 5, "effort_hours": 2}
    s.members("management.tasks").append(task | {"skills": model.get("skills", []), "due_on": item["deliver"]["on"] + timedelta(days=6)})
    item.setdefault("needs", []).append("planted")
    return f"content.items[{item['id']}] management.tasks[planted]"


def content_before_campaign(s: Soil) -> str:
    item, campaign = _of_campaign(s)
    item["deliver"]["on"] = campaign["starts_on"] - timedelta(days=4)
    item.pop("needs", None)
    return f"content.items[{item['id']}].deliver"


def content_after_campaign(s: Soil) -> str:
    item, campaign = _of_campaign(s)
    item["deliver"]["on"] = campaign["ends_on"] + timedelta(days=4)
    return f"content.items[{item['id']}].deliver"


def content_after_quarter(s: Soil) -> str:
    item = s.first("content.items", lambda i: not i.get("campaign"))
    item["deliver"]["on"] = s.day(150)
    return f"content.items[{item['id']}].deliver"


def content_off_campaign_channel(s: Soil) -> str:
    for item in s.members("content.items"):
        if item.get("campaign"):
            campaign = s.by_id("campaigns", item["campaign"])
            found_on = s.by_id("audiences", item["audience"]).get("found_on", [])
            others = [own_id for own_id in found_on if own_id not in campaign["channels"]]
            if others:
                item["channel"] = others[0]
                return f"content.items[{item['id']}].channel campaigns[{campaign['id']}].channels"
    raise Barren


def content_off_campaign_audience(s: Soil) -> str:
    for item in s.members("content.items"):
        if item.get("campaign"):
            campaign = s.by_id("campaigns", item["campaign"])
            others = [a["id"] for a in s.members("audiences") if a["id"] not in campaign["audiences"] and item["channel"] in a.get("found_on", [])]
            if others:
                item["audience"] = others[0]
                return f"content.items[{item['id']}].audience campaigns[{campaign['id']}].audiences"
    raise Barren


def content_in_foreign_language(s: Soil) -> str:
    item = s.first("content.items", lambda i: i.get("language", "en").startswith("en"))
    item["language"] = "pl"
    return f"content.items[{item['id']}].language"


def content_in_quiet_hours(s: Soil) -> str:
    if not s.part("management.contact_rules").get("quiet_hours"):
        raise Barren
    item = s.first("content.items", lambda i: s.kind(i["channel"]) in ("sms", "email"))
    item["deliver"]["at"] = "03:00"
    return f"content.items[{item['id']}].deliver"


def content_on_blackout(s: Soil) -> str:
    item = s.first("content.items", lambda i: s.kind(i["channel"]) == "email")
    day = item["deliver"]["on"]
    s.part("management.contact_rules").setdefault("blackouts", []).append({"first_day": day, "last_day": day, "reason": "A day of mourning."})
    return f"content.items[{item['id']}].deliver"


def content_too_often(s: Soil) -> str:
    item = _lone_letter(s)
    second = deepcopy(item) | {"id": "planted", "title": "One more thing", "text": "There is one more thing to tell you today."}
    second["deliver"]["at"] = "16:00"
    s.members("content.items").append(second)
    return f"content.items[planted] content.items[{item['id']}]"


def content_is_filler(s: Soil) -> str:
    item = s.first("content.items", lambda i: i.get("text"))
    item["text"] = "Lorem ipsum dolor sit amet, consectetur adipiscing elit."
    return f"content.items[{item['id']}].text"


def content_twice(s: Soil) -> str:
    """A post, so that it is not a matter of how many messages a person gets."""
    item = s.first("content.items", lambda i: s.kind(i["channel"]) not in ("email", "sms", "direct_mail"))
    s.members("content.items").append(deepcopy(item) | {"id": "planted"})
    return "content.items[planted]"


def content_none(s: Soil) -> str:
    """Tasks for single items now work for the campaign or the channel of the item."""
    items = {item["id"]: item for item in s.members("content.items")}
    for task in s.members("management.tasks"):
        if task["serves"] in items:
            task["serves"] = items[task["serves"]].get("campaign") or items[task["serves"]]["channel"]
    for claim in s.members("proposition.claims"):
        claim["used_in"] = [items.get(own_id, {}).get("campaign", own_id) for own_id in claim.get("used_in", [])]
    s.clear("content.items")
    return "content.items"


def content_without_voice(s: Soil) -> str:
    if not s.part("content").get("voice"):
        raise Barren
    del s.doc["content"]["voice"]
    return "content.voice"


def _of_campaign(s: Soil) -> tuple[Member, Member]:
    item = s.first("content.items", lambda i: i.get("campaign") and s.kind(i["channel"]) not in ("email", "sms"))
    return item, s.by_id("campaigns", item["campaign"])


def _lone_letter(s: Soil) -> Member:
    """An e-mail that goes out under a rule."""
    ruled = {own_id for limit in s.members("management.contact_rules.at_most") for own_id in limit["channels"] if limit["times"] == 1}
    return s.first("content.items", lambda i: i["channel"] in ruled)
