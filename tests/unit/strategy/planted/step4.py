"""Plants for step 4: tools and channels."""

from __future__ import annotations

from decimal import Decimal

from planted.soil import Barren, Member, Soil


def no_channels(s: Soil) -> str:
    s.clear("channels")
    return "channels"


def tool_paid_and_idle(s: Soil) -> str:
    s.members("tools").append({"id": "planted", "name": "Chat window", "kind": "other", "where": "external", "use": "in_use", "cost": Decimal(90)})
    return "tools[planted]"


def tool_owned_and_unused(s: Soil) -> str:
    s.members("tools").append({"id": "planted", "name": "Chat window", "kind": "other", "where": "external", "use": "available", "cost": Decimal(0)})
    return "tools[planted]"


def tool_twice(s: Soil) -> str:
    tool = s.first("tools", lambda t: t["kind"] == "email" and t.get("cost"))
    s.members("tools").append({"id": "planted", "name": "Second letter tool", "kind": "email", "where": tool.get("where", "external"), "cost": 40})
    return "tools[planted]"


def channel_tool_ghost(s: Soil) -> str:
    channel = s.first("channels")
    channel["tool"] = "no_such_tool"
    return f"channels[{channel['id']}].tool"


def channel_tool_wanted(s: Soil) -> str:
    channel = s.first("channels", lambda c: c["ownership"] == "owned")
    s.members("tools").append({"id": "planted", "name": "Chat window", "kind": "other", "use": "wanted"})
    question = {"id": "q_planted", "step": 4, "text": "Does the Chat window pay?", "blocks": "planted", "owner": _anybody(s), "due_on": s.day(20)}
    s.members("questions").append(question)
    channel["tool"] = "planted"
    return f"channels[{channel['id']}].tool"


def channel_tool_of_wrong_kind(s: Soil) -> str:
    tool = s.first("tools", lambda t: t["kind"] == "analytics")
    tool["use"] = "in_use"
    channel = s.first("channels", lambda c: c["kind"] == "email")
    channel["tool"] = tool["id"]
    return f"channels[{channel['id']}].tool"


def no_analytics(s: Soil) -> str:
    """Conversions stay as they are: they name what should be counted, not what counts it."""
    counting = [tool for tool in s.members("tools") if tool["kind"] in ("analytics", "crm", "erp") and tool.get("use", "in_use") == "in_use"]
    if not counting:
        raise Barren
    for tool in counting:
        tool["use"] = "available"
    return "tools objectives"


def channel_without_role(s: Soil) -> str:
    channel = s.first("channels", lambda c: c.get("role"))
    del channel["role"]
    return f"channels[{channel['id']}].role"


def channel_serves_nothing(s: Soil) -> str:
    channel = s.first("channels", lambda c: c.get("objectives") or c.get("goals"))
    channel["objectives"], channel["goals"] = [], []
    return f"channels[{channel['id']}]"


def channel_idle(s: Soil) -> str:
    new = {"id": "planted", "name": "Talks in the library", "kind": "events", "ownership": "owned", "role": "Meet people in person."}
    new["objectives"] = [s.first("objectives")["id"]]
    s.members("channels").append(new)
    return "channels[planted]"


def challenge_without_task(s: Soil) -> str:
    channel = s.first("channels")
    channel.setdefault("challenges", []).append({"text": "Nobody has time for it on Fridays."})
    return f"channels[{channel['id']}].challenges"


def paid_without_limits(s: Soil) -> str:
    channel = s.first("channels", lambda c: c["ownership"] == "paid" and c.get("spend"))
    del channel["spend"]
    return f"channels[{channel['id']}].spend"


def owned_channel_with_money(s: Soil) -> str:
    channel = s.first("channels", lambda c: c["ownership"] == "owned")
    channel["spend"] = {"floor": Decimal(500), "cap": Decimal(1000)}
    return f"channels[{channel['id']}]"


def wanted_channel_with_money(s: Soil) -> str:
    _wanted(s, spend={"floor": Decimal(200), "cap": Decimal(300)})
    return "channels[planted]"


def wanted_channel_in_campaign(s: Soil) -> str:
    """Asked about, as it should be, and used before it is there."""
    new = {"id": "planted", "name": "Talks in the library", "kind": "events", "ownership": "owned", "use": "wanted", "role": "Meet people in person."}
    s.members("channels").append(new | {"objectives": [s.first("objectives")["id"]]})
    asked = {"id": "q_planted", "step": 4, "text": "Would Talks in the library pay?", "blocks": "planted", "owner": _anybody(s), "due_on": s.day(20)}
    s.members("questions").append(asked)
    campaign = s.first("campaigns")
    campaign["channels"].append("planted")
    return f"campaigns[{campaign['id']}].channels channels[planted]"


def expectation_loses_money(s: Soil) -> str:
    conversion = s.first("conversions", lambda c: c.get("metric") and c.get("margin") and c["metric"] in _metrics(s))
    objective = s.first("objectives", lambda o: o["metric"] == conversion["metric"])
    channel = s.first("channels", lambda c: c["ownership"] == "paid" and objective["id"] in c.get("objectives", []))
    channel["expects"] = {"metric": objective["metric"], "brings": Decimal(1), "spend": conversion["margin"] * 3}
    return f"channels[{channel['id']}].expects"


def expectation_off_topic(s: Soil) -> str:
    channel = s.first("channels", lambda c: c["ownership"] == "paid" and c.get("objectives"))
    if "brand_searches" in _metrics(s):
        raise Barren
    channel["expects"] = {"metric": "brand_searches", "brings": Decimal(1), "spend": Decimal(3)}
    return f"channels[{channel['id']}].expects"


def _wanted(s: Soil, *, spend: Member) -> None:
    new = {"id": "planted", "name": "Cinema films", "kind": "video_ads", "ownership": "paid", "use": "wanted", "role": "Be seen on a big screen."}
    s.members("channels").append(new | {"objectives": [s.first("objectives")["id"]], "spend": spend})


def _metrics(s: Soil) -> set[str]:
    return {objective["metric"] for objective in s.members("objectives")}


def _anybody(s: Soil) -> str:
    return str(s.first("management.people")["id"])
