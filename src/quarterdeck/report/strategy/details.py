"""What a row of a table has no room for, in sentences: needs, insights, challenges, milestones, words of an item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from quarterdeck.report.strategy.cells import Cells
from quarterdeck.report.strategy.choices import choice_word

Detail = Callable[[Cells, Any], list[str]]


def _objective(cells: Cells, objective: Any) -> list[str]:
    steps = [f"{cells.figure(each.value, objective.metric)} by {cells.day(each.on)}" for each in objective.milestones]
    said = [objective.statement, _ended(f"For whom: {cells.name(objective.audience)}") if objective.audience else ""]
    said += [f"{cells.person(objective.owner)} answers for it." if objective.owner else "", f"On the way: {'; '.join(steps)}." if steps else ""]
    return _kept(said, objective)


def _audience(cells: Cells, audience: Any) -> list[str]:
    found = cells.words.join([cells.name(channel) for channel in audience.found_on]) if audience.found_on else ""
    known = [
        f"{each.text.rstrip('.')} ({choice_word('Insight.evidence', each.evidence).lower()}{_source(cells, each)})." for each in audience.insights
    ]
    needs = "; ".join(need.rstrip(".") for need in audience.needs)
    return _kept([f"Needs: {needs}." if needs else "", f"Found on {found}." if found else "", *known], audience)


def _source(cells: Cells, insight: Any) -> str:
    parts = [insight.source or "", cells.day(insight.on) if insight.on else ""]
    return "".join(f", {part}" for part in parts if part)


def _channel(cells: Cells, channel: Any) -> list[str]:
    serves = [cells.name(each) for each in channel.objectives]
    against = [f"Challenge: {each.text.rstrip('.')}{f' (task: {cells.name(each.task)})' if each.task else ''}." for each in channel.challenges]
    return _kept([f"Works for {cells.words.join(serves)}." if serves else "", *against], channel)


def _campaign(cells: Cells, campaign: Any) -> list[str]:
    parts = [
        ("To", [cells.name(each).rstrip(".") for each in campaign.audiences]),
        ("By", [cells.name(each) for each in campaign.channels]),
        ("Search words:", list(campaign.keywords)),
    ]
    said = [_ended(f"{lead} {cells.words.join(names)}") for lead, names in parts if names]
    offer = [_ended(f"Offer: {cells.name(campaign.offer)}")] if campaign.offer else []
    return _kept([*said, *offer, f"Leads to {campaign.landing_page}." if campaign.landing_page else ""], campaign)


def _item(cells: Cells, item: Any) -> list[str]:
    needs = f"Needs first: {cells.words.join([cells.name(each) for each in item.needs])}." if item.needs else ""
    return _kept([f"{item.format}, {item.language}.", needs, item.text or ""], item)


def _note_alone(_: Cells, part: Any) -> list[str]:
    return _kept([], part)


def _question(cells: Cells, question: Any) -> list[str]:
    held_up = _ended(f"Holds up: {cells.name(question.blocks)}") if question.blocks and not question.answer else ""
    return _kept([question.answer or "", held_up], question)


def _ended(text: str) -> str:
    """As a sentence: with a full stop, unless it ends already."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _kept(said: list[str], part: Any) -> list[str]:
    return [sentence for sentence in (*said, part.note or "") if sentence]


DETAILS: dict[str, Detail] = {
    "objectives": _objective,
    "audiences": _audience,
    "channels": _channel,
    "campaigns": _campaign,
    "items": _item,
    "questions": _question,
    **dict.fromkeys(
        ("goals", "conversions", "claims", "competitors", "tools", "offers", "teams", "people", "tasks", "kpis", "evaluation", "opportunities"),
        _note_alone,
    ),
}
