"""Plants for step 2: audiences and conversion groups."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from decimal import Decimal

from planted.soil import Barren, Member, Soil, objective_for


def no_audience(s: Soil) -> str:
    s.clear("audiences")
    return "audiences"


def no_primary_audience(s: Soil) -> str:
    for audience in s.members("audiences"):
        audience["rank"] = "secondary"
    return "audiences"


def all_primary(s: Soil) -> str:
    if len(s.members("audiences")) < 4:
        raise Barren
    for audience in s.members("audiences"):
        audience["rank"] = "primary"
    return "audiences"


def audience_is_everybody(s: Soil) -> str:
    audience = s.first("audiences")
    audience["who"] = "Everybody."
    return f"audiences[{audience['id']}].who"


def audience_without_need(s: Soil) -> str:
    audience = s.first("audiences")
    for claim in s.members("proposition.claims"):
        if claim.get("answers") in audience["needs"]:
            claim["answers"] = _other_need(s, audience)
    audience["needs"] = []
    return f"audiences[{audience['id']}].needs"


def audience_without_insight(s: Soil) -> str:
    audience = s.first("audiences", lambda a: a.get("insights"))
    audience["insights"] = []
    return f"audiences[{audience['id']}].insights"


def insights_all_guessed(s: Soil) -> str:
    audience = s.first("audiences", lambda a: any(insight.get("evidence") for insight in a.get("insights", [])))
    for insight in audience["insights"]:
        insight["evidence"] = "judgement"
    return f"audiences[{audience['id']}].insights"


def insight_without_source(s: Soil) -> str:
    audience, insight = _insight(s)
    insight.pop("source", None)
    insight["evidence"] = "counted"
    return f"audiences[{audience['id']}].insights"


def insight_stale(s: Soil) -> str:
    audience, insight = _insight(s)
    insight["on"] = s.as_of - timedelta(days=7 * 365)
    return f"audiences[{audience['id']}].insights"


def insight_from_the_future(s: Soil) -> str:
    audience, insight = _insight(s)
    insight["on"] = s.as_of + timedelta(days=60)
    return f"audiences[{audience['id']}].insights"


def audience_found_nowhere(s: Soil) -> str:
    audience = s.first("audiences", lambda a: a.get("found_on"))
    audience["found_on"] = []
    return f"audiences[{audience['id']}].found_on"


def audience_found_on_ghost(s: Soil) -> str:
    audience = s.first("audiences")
    audience.setdefault("found_on", []).append("no_such_channel")
    return f"audiences[{audience['id']}].found_on"


def audience_never_met(s: Soil) -> str:
    new = deepcopy(s.first("audiences")) | {"id": "planted", "rank": "secondary", "who": "Owners of holiday flats who look after them from afar."}
    s.members("audiences").append(new)
    return "audiences[planted]"


def audience_met_elsewhere(s: Soil) -> str:
    """One item of several; the others still meet the audience where it is found."""
    for item in s.members("content.items"):
        audience = s.by_id("audiences", item["audience"])
        others = [each for each in s.members("content.items") if each["audience"] == audience["id"] and each["channel"] != item["channel"]]
        rest = [channel for channel in audience.get("found_on", []) if channel != item["channel"]]
        if item["channel"] in audience.get("found_on", []) and any(each["channel"] in rest for each in others):
            audience["found_on"] = rest
            return f"content.items[{item['id']}] audiences[{audience['id']}].found_on campaigns"
    raise Barren


def audience_language_missing(s: Soil) -> str:
    audience = s.first("audiences")
    items = [item for item in s.members("content.items") if item["audience"] == audience["id"]]
    if not items:
        raise Barren
    audience["languages"] = ["pl"]
    return f"audiences[{audience['id']}] " + " ".join(f"content.items[{item['id']}]" for item in items)


def audience_twice(s: Soil) -> str:
    first = s.first("audiences")
    s.members("audiences").append(deepcopy(first) | {"id": "planted", "rank": "secondary"})
    for campaign in s.members("campaigns"):
        if first["id"] in campaign.get("audiences", []):
            campaign["audiences"].append("planted")
    return "audiences[planted]"


def segment_without_consent(s: Soil) -> str:
    emailed = {item["audience"] for item in s.members("content.items") if s.kind(item["channel"]) in ("email", "sms")}
    audience = s.first("audiences", lambda a: a["id"] in emailed)
    audience["segment"] = "orders >= 1 and distance_km <= 40"
    return f"audiences[{audience['id']}].segment"


def segment_is_sensitive(s: Soil) -> str:
    audience = s.first("audiences")
    audience["segment"] = "consent_email and illness = 'diabetes'"
    return f"audiences[{audience['id']}].segment"


def audience_of_nobody(s: Soil) -> str:
    audience = s.first("audiences", lambda a: a["rank"] == "primary")
    audience["size"] = 0
    return f"audiences[{audience['id']}].size"


def no_conversion(s: Soil) -> str:
    s.clear("conversions")
    return "conversions"


def conversion_without_worth(s: Soil) -> str:
    conversion = s.first("conversions", lambda c: c.get("margin") is not None)
    del conversion["margin"]
    conversion.pop("value", None)
    return f"conversions[{conversion['id']}]"


def margin_above_value(s: Soil) -> str:
    conversion = s.first("conversions", lambda c: c.get("margin"))
    conversion["value"] = conversion["margin"] * Decimal("0.5")
    return f"conversions[{conversion['id']}]"


def conversion_unknown_metric(s: Soil) -> str:
    conversion = s.first("conversions")
    conversion["metric"] = "likes"
    return f"conversions[{conversion['id']}].metric"


def objective_without_conversion(s: Soil) -> str:
    if any(conversion.get("metric") == "leads" for conversion in s.members("conversions")):
        raise Barren
    new = objective_for(s, "leads")
    return f"objectives[{new['id']}] conversions"


def _insight(s: Soil) -> tuple[Member, Member]:
    audience = s.first("audiences", lambda a: any(i.get("evidence") and i.get("source") for i in a.get("insights", [])))
    return audience, next(i for i in audience["insights"] if i.get("evidence") and i.get("source"))


def _other_need(s: Soil, audience: Member) -> str:
    other = s.first("audiences", lambda a: a is not audience and a.get("needs"))
    return str(other["needs"][0])
