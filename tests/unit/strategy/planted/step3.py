"""Plants for step 3: the proposition, its claims and the competitors."""

from __future__ import annotations

from copy import deepcopy

from planted.soil import Barren, Soil


def no_proposition(s: Soil) -> str:
    return _without(s, "statement")


def proposition_for_nobody(s: Soil) -> str:
    return _without(s, "for")


def proposition_like_everybody(s: Soil) -> str:
    return _without(s, "unlike")


def proposition_without_reason(s: Soil) -> str:
    return _without(s, "because")


def no_claims(s: Soil) -> str:
    s.part("proposition")["claims"] = []
    return "proposition.claims"


def claim_without_proof(s: Soil) -> str:
    del s.first("proposition.claims", lambda c: c.get("proof"))["proof"]
    return "proposition.claims[0]"


def claim_proof_is_a_placeholder(s: Soil) -> str:
    s.first("proposition.claims")["proof"] = "To be found"
    return "proposition.claims[0]"


def claim_answers_nothing(s: Soil) -> str:
    """The need itself stays answered, by another claim of its own."""
    claim = s.first("proposition.claims", lambda c: c.get("answers"))
    s.members("proposition.claims").append(deepcopy(claim) | {"text": "You may bring back whatever you do not like."})
    del claim["answers"]
    return "proposition.claims[0]"


def claim_answers_a_strange_need(s: Soil) -> str:
    claim = s.first("proposition.claims", lambda c: c.get("answers"))
    s.members("proposition.claims").append(deepcopy(claim) | {"text": "You may bring back whatever you do not like."})
    claim["answers"] = "Feel young again"
    return "proposition.claims[0]"


def claim_unused(s: Soil) -> str:
    claim = s.first("proposition.claims", lambda c: c.get("used_in"))
    copy = deepcopy(claim) | {"text": "You may bring back whatever you do not like.", "used_in": []}
    s.members("proposition.claims").append(copy)
    return f"proposition.claims[{len(s.members('proposition.claims')) - 1}]"


def claim_used_in_ghost(s: Soil) -> str:
    s.first("proposition.claims").setdefault("used_in", []).append("no_such_campaign")
    return "proposition.claims[0]"


def claim_twice(s: Soil) -> str:
    s.members("proposition.claims").append(deepcopy(s.first("proposition.claims")))
    return "proposition.claims"


def claim_of_a_competitor(s: Soil) -> str:
    claim = s.first("proposition.claims")
    words = claim["text"].rstrip(".").upper().replace(",", "")
    s.members("proposition.competitors").append({"name": "The other shop", "claims": [f"{words}!"]})
    return "proposition.claims[0] proposition.competitors"


def need_unanswered(s: Soil) -> str:
    audience = s.first("audiences", lambda a: a["rank"] == "primary")
    audience.setdefault("needs", []).append("Have somebody who speaks Welsh")
    return f"audiences[{audience['id']}].needs"


def no_competitors(s: Soil) -> str:
    return _without(s, "competitors")


def campaign_without_claim(s: Soil) -> str:
    used = {own_id for claim in s.members("proposition.claims") for own_id in claim.get("used_in", [])}
    campaign = s.first("campaigns", lambda c: c["id"] in used)
    items = {item["id"] for item in s.members("content.items") if item.get("campaign") == campaign["id"]}
    others = [each["id"] for each in s.members("campaigns") if each is not campaign]
    if not others:
        raise Barren
    for claim in s.members("proposition.claims"):
        kept = [own_id for own_id in claim.get("used_in", []) if own_id not in items | {campaign["id"]}]
        claim["used_in"] = kept or others[:1]
    return f"campaigns[{campaign['id']}] proposition.claims"


def _without(s: Soil, field: str) -> str:
    if field not in s.part("proposition"):
        raise Barren
    del s.doc["proposition"][field]
    return f"proposition.{field}"
