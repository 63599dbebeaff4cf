"""What a card tells before a yes: to whom, which objectives it serves, what is expected of it, what it needs first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy
from quarterdeck.web.do.saying import shorten
from quarterdeck.web.do.scene import Scene


@dataclass(frozen=True)
class Fact:
    """A line of what is known: label, value, a dimmer note, links."""

    label: str
    value: str
    note: str = ""
    links: tuple[tuple[str, str], ...] = ()
    """Name and address, shown in place of the value."""


def audience_of(ref: str, strategy: Strategy, words: Words) -> tuple[str, str]:
    """How many people and who they are."""
    audience = next((audience for audience in strategy.audiences if audience.id == ref), None)
    if audience is None:
        return ref.replace("_", " ") or "not said", ""
    size = "" if audience.size is None else f"{words.count(audience.size)} people"
    return (size, shorten(audience.who, 70)) if size else (shorten(audience.who, 70), "how many is not known")


def serves(objectives: Iterable[str], scene: Scene) -> list[Fact]:
    """The objectives behind it, each leading to its place in the strategy."""
    known = {objective.id: objective for objective in scene.strategy.objectives}
    links = tuple(
        (METRICS[known[ref].metric].name if known[ref].metric in METRICS else scene.name(ref), f"/w/{scene.slug}/strategy/step/1/objectives/{ref}/")
        for ref in objectives
        if ref in known
    )
    return [Fact("Serves", "" if links else "no objective", "", links[:3])]


def expected_of(plan: QuarterPlan | None, week: date, channels: Iterable[str], words: Words) -> str:
    """What the plan expects these channels to bring in that week; nothing where it does not know."""
    found = next((entry for entry in plan.forecast if entry.metric == plan.budget.aim and entry.week == week), None) if plan else None
    if plan is None or found is None or not found.by_channel:
        return ""
    return "about " + words.with_unit(sum(found.by_channel.get(channel, 0.0) for channel in channels), plan.budget.aim, about=True)


def needs_of(ref: str, scene: Scene) -> tuple[str, ...]:
    """Work that must be done before it can leave."""
    item = next((item for item in scene.strategy.content.items if item.id == ref), None)
    return tuple(f"Needs first: {scene.name(task)}" for task in (item.needs if item else ())[:3])
