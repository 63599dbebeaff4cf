"""Plants for step 5, first half: campaigns, offers and keywords (which the method sets up with the channels)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from planted.soil import Barren, Member, Soil

PAGED = ("search_ads", "shopping_ads", "social_ads", "display_ads", "video_ads", "email")


def campaign_unknown_objective(s: Soil) -> str:
    campaign = s.first("campaigns")
    campaign["objective"] = "no_such_objective"
    return f"campaigns[{campaign['id']}].objective"


def campaign_without_audience(s: Soil) -> str:
    campaign = s.first("campaigns", lambda c: c.get("audiences"))
    campaign["audiences"] = []
    return f"campaigns[{campaign['id']}]"


def campaign_without_channel(s: Soil) -> str:
    campaign = s.first("campaigns", lambda c: c.get("channels"))
    campaign["channels"] = []
    return f"campaigns[{campaign['id']}]"


def campaign_without_content(s: Soil) -> str:
    campaign = s.first("campaigns")
    for item in s.members("content.items"):
        if item.get("campaign") == campaign["id"]:
            del item["campaign"]
    return f"campaigns[{campaign['id']}]"


def campaign_without_task(s: Soil) -> str:
    """Its tasks now work for the campaign's objective, so that no hour is lost and nothing else changes."""
    campaign = s.first("campaigns")
    items = {item["id"]: item for item in s.members("content.items") if item.get("campaign") == campaign["id"]}
    for task in s.members("management.tasks"):
        if task["serves"] == campaign["id"] or task["serves"] in items:
            task["serves"] = campaign["objective"]
    for item in items.values():
        item.pop("needs", None)
    return f"campaigns[{campaign['id']}]"


def campaign_after_quarter(s: Soil) -> str:
    campaign = _moved(s, s.day(100))
    return f"campaigns[{campaign['id']}]"


def campaign_starts_after_objective(s: Soil) -> str:
    """The objective is due early; the campaign stays in the quarter."""
    campaign = s.first("campaigns")
    objective = s.by_id("objectives", campaign["objective"])
    objective["due_on"] = campaign["starts_on"] - timedelta(days=3)
    objective["milestones"] = []
    return f"campaigns[{campaign['id']}]"


def campaign_for_other_people(s: Soil) -> str:
    for campaign in s.members("campaigns"):
        audiences = [s.by_id("audiences", own_id) for own_id in campaign.get("audiences", [])]
        elsewhere = [channel["id"] for channel in s.members("channels") if channel["id"] not in campaign["channels"]]
        if audiences and elsewhere:
            for audience in audiences:
                audience["found_on"] = [each for each in audience.get("found_on", []) if each not in campaign["channels"]] or elsewhere[:1]
            return f"campaigns[{campaign['id']}] " + " ".join(f"audiences[{audience['id']}].found_on" for audience in audiences)
    raise Barren


def campaign_channel_off_objective(s: Soil) -> str:
    for campaign in s.members("campaigns"):
        for own_id in campaign["channels"]:
            channel = s.by_id("channels", own_id)
            others = [objective["id"] for objective in s.members("objectives") if objective["id"] != campaign["objective"]]
            if channel["ownership"] == "paid" and campaign["objective"] in channel.get("objectives", []) and others:
                channel["objectives"] = others[:1]
                return f"campaigns[{campaign['id']}].channels channels[{own_id}]"
    raise Barren


def campaign_without_page(s: Soil) -> str:
    campaign = _paged(s)
    del campaign["landing_page"]
    return f"campaigns[{campaign['id']}].landing_page"


def campaign_page_elsewhere(s: Soil) -> str:
    campaign = _paged(s)
    campaign["landing_page"] = "https://www.somebody-else.example/offer"
    return f"campaigns[{campaign['id']}].landing_page"


def campaign_page_insecure(s: Soil) -> str:
    campaign = _paged(s)
    campaign["landing_page"] = campaign["landing_page"].replace("https://", "http://")
    return f"campaigns[{campaign['id']}].landing_page"


def search_without_keywords(s: Soil) -> str:
    campaign = _searching(s)
    campaign["keywords"] = []
    return f"campaigns[{campaign['id']}].keywords"


def keyword_shared(s: Soil) -> str:
    first, second = _together(s)
    second["keywords"].append(first["keywords"][0])
    return f"campaigns[{first['id']}] campaigns[{second['id']}]"


def keyword_is_own_brand(s: Soil) -> str:
    campaign = _searching(s)
    campaign["keywords"].append(s.members("ads.brand_terms")[0] if s.members("ads.brand_terms") else s.doc["company"]["name"].casefold())
    return f"campaigns[{campaign['id']}].keywords"


def keyword_is_protected(s: Soil) -> str:
    campaign = _searching(s)
    s.part("ads").setdefault("protected", []).append("rival house")
    campaign["keywords"].append("rival house")
    return f"campaigns[{campaign['id']}].keywords"


def work_late_for_campaign(s: Soil) -> str:
    campaign = s.first("campaigns", lambda c: c["ends_on"] > c["starts_on"] + timedelta(days=10))
    skills = s.first("management.tasks").get("skills", [])
    task = {
        "id": "planted",
        "title": "Build the page for it",
        "serves": campaign["id"],
        "importance": 5,
        "effort_hours": Decimal(1),
        "skills": skills,
    }
    s.members("management.tasks").append(task | {"due_on": campaign["starts_on"] + timedelta(days=9)})
    return f"management.tasks[planted] campaigns[{campaign['id']}]"


def offer_ghost(s: Soil) -> str:
    campaign = s.first("campaigns")
    campaign["offer"] = "no_such_offer"
    return f"campaigns[{campaign['id']}].offer"


def offer_unused(s: Soil) -> str:
    s.members("offers").append({"id": "planted", "text": "A free cup of tea.", "value": Decimal(1)})
    return "offers[planted]"


def offers_meet(s: Soil) -> str:
    """Two campaigns with offers, for the same people in the same days; the offers exclude each other."""
    campaigns = [campaign for campaign in s.members("campaigns") if campaign.get("offer")]
    for first in campaigns:
        for second in campaigns:
            if first["offer"] == second["offer"] or not set(first["audiences"]) & set(second["audiences"]):
                continue
            offer = s.by_id("offers", first["offer"])
            offer["excludes"] = sorted({*offer.get("excludes", []), second["offer"]})
            later, earlier = sorted((first, second), key=lambda campaign: campaign["starts_on"], reverse=True)
            earlier["ends_on"] = max(earlier["ends_on"], later["starts_on"] + timedelta(days=6))
            return f"campaigns[{first['id']}] campaigns[{second['id']}]"
    raise Barren


def offer_eats_margin(s: Soil) -> str:
    margins = {c.get("metric"): c["margin"] for c in s.members("conversions") if c.get("margin")}
    for campaign in s.members("campaigns"):
        metric = s.by_id("objectives", campaign["objective"])["metric"]
        if campaign.get("offer") and metric in margins:
            s.by_id("offers", campaign["offer"])["value"] = margins[metric] * 2
            return f"offers[{campaign['offer']}] campaigns[{campaign['id']}]"
    raise Barren


def _paged(s: Soil) -> Member:
    return s.first("campaigns", lambda c: c.get("landing_page") and any(s.kind(channel) in PAGED for channel in c["channels"]))


def _searching(s: Soil) -> Member:
    return s.first("campaigns", lambda c: c.get("keywords") and any(s.kind(channel) == "search_ads" for channel in c["channels"]))


def _together(s: Soil) -> tuple[Member, Member]:
    """Two campaigns that search at the same time; the second is brought forward to the first if need be."""
    searching = [c for c in s.members("campaigns") if c.get("keywords") and any(s.kind(channel) == "search_ads" for channel in c["channels"])]
    for first in searching:
        for second in searching:
            if first is not second and first["starts_on"] <= second["starts_on"] and not set(first["keywords"]) & set(second["keywords"]):
                first["ends_on"] = max(first["ends_on"], second["starts_on"] + timedelta(days=6))
                return first, second
    raise Barren


def _moved(s: Soil, start: object) -> Member:
    """A campaign of its own at another time, with an item and a task, so that it lacks nothing else."""
    model = s.first("campaigns")
    new = model | {"id": "planted", "name": "Late summer", "starts_on": start, "ends_on": start + timedelta(days=13), "keywords": []}  # type: ignore[operator]
    new.pop("offer", None)
    new["channels"] = [own_id for own_id in model["channels"] if s.kind(own_id) not in ("search_ads", "shopping_ads")] or model["channels"]
    s.members("campaigns").append(new)
    s.members("proposition.claims")[0].setdefault("used_in", []).append("planted")
    owner = s.first("management.tasks")
    item = s.first("content.items", lambda i: i.get("campaign") == model["id"] and i["channel"] in new["channels"])
    s.members("content.items").append(
        item | {"id": "planted_item", "title": "Late summer", "campaign": "planted", "deliver": {"on": start}, "needs": [], "text": "Summer stays."}
    )
    task = {"id": "planted_task", "title": "Write for late summer", "serves": "planted", "effort_hours": Decimal(1), "due_on": s.day(80)}
    s.members("management.tasks").append(task | {"skills": owner.get("skills", [])})
    return new
