"""What the strategy says of a channel: what it is for, what stands in its way, and what went out by it."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.results.look_at_channel import ChannelLook
from quarterdeck.report.say_results import day_and_month
from quarterdeck.report.words import how_many
from quarterdeck.strategy.parts.means import ContentItem

_STATES = {
    "": ("not drafted", "", "pencil-line"),
    "proposed": ("waits for approval", "warn", "hourglass"),
    "approved": ("approved", "info", "thumbs-up"),
    "done": ("went out", "good", "check"),
    "refused": ("refused", "", "ban"),
    "cancelled": ("cancelled", "", "ban"),
    "unknown": ("not known", "warn", "circle-question-mark"),
}


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way, and the task that deals with it."""

    text: str
    task: str


@dataclass(frozen=True)
class Gone:
    """A content item with when and its state."""

    title: str
    on: str
    state: str
    look: str
    icon: str


@dataclass(frozen=True)
class FromStrategy:
    """Everything in plain strings."""

    role: str
    objectives: tuple[str, ...]
    obstacles: tuple[Obstacle, ...]
    items: tuple[Gone, ...]
    items_title: str


def from_strategy(desk: Desk, look: ChannelLook) -> FromStrategy | None:
    """None for a channel that the strategy does not know."""
    channel, strategy = look.figures.channel, desk.strategy
    if channel is None or strategy is None:
        return None
    objectives = {objective.id: objective.statement for objective in strategy.objectives}
    return FromStrategy(
        role=channel.role or "",
        objectives=tuple(objectives[ref] for ref in channel.objectives if ref in objectives),
        obstacles=tuple(Obstacle(each.text, desk.words.name(each.task) if each.task else "") for each in channel.challenges),
        items=tuple(_item(desk, item, state) for item, state in look.items),
        items_title=_title(look),
    )


def _item(desk: Desk, item: ContentItem, state: str) -> Gone:
    word, tint, icon = _STATES.get(state, (state.replace("_", " "), "", "circle"))
    return Gone(item.title, day_and_month(item.deliver.on, desk.words, today=desk.day), word, tint, icon)


def _title(look: ChannelLook) -> str:
    gone = sum(state == "done" for _, state in look.items)
    if not look.items:
        return ""
    return f"{how_many(gone, 'item')} of {len(look.items)} went out" if gone else f"{how_many(len(look.items), 'item')} planned, none went out yet"
