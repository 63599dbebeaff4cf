"""The card of an item: when, to whom, what it says, what it serves and needs, what it trips over, and the form that moves it."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.operations.plan.compare_plan import PlanNow
from quarterdeck.operations.plan.look_at_calendar import CalendarItem
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.plan.calendar_words import STATES, say_when
from quarterdeck.web.plan.conflicts_shown import ShownConflict, links_of, shown_conflict

MOST_TEXT = 420


@dataclass(frozen=True)
class Card:
    """Everything that the card shows."""

    id: str
    title: str
    state: str
    state_icon: str
    state_look: str
    collides: bool
    when: str
    to: str
    kind: str
    by: str
    format: str
    serves: str
    serves_href: str
    needs: tuple[tuple[str, str], ...]
    text: str
    conflicts: tuple[ShownConflict, ...]
    on: str
    at: str
    may_move: bool
    why_not: str
    revision: str
    page: str
    edit: str
    done: str


def card_of(desk: Desk, now: PlanNow, item: CalendarItem) -> Card:
    """The card of one item."""
    strategy, content = now.strategy, item.item
    links = links_of(desk, strategy)
    channel = next((each for each in strategy.channels if each.id == content.channel), None)
    word, _, icon, look = STATES[item.state]
    root = f"/w/{desk.slug}"
    return Card(
        id=content.id,
        title=content.title,
        state=word,
        state_icon=icon,
        state_look=look,
        collides=item.collides,
        when=say_when(item.entry, strategy.company.timezone),
        to=next((audience.who for audience in strategy.audiences if audience.id == content.audience), content.audience),
        kind=channel.kind if channel else "other",
        by=(channel.name if channel else None) or content.channel.replace("_", " "),
        format=content.format,
        serves=links.get(content.campaign or "", ("", ""))[0],
        serves_href=links.get(content.campaign or "", ("", ""))[1],
        needs=tuple(links[task] for task in content.needs if task in links),
        text=_shortened(content.text or ""),
        conflicts=tuple(shown_conflict(desk, now, each, links) for each in item.conflicts),
        on=content.deliver.on.isoformat(),
        at=content.deliver.at,
        may_move=desk.may("save_strategy") and item.may_move,
        why_not=_why_not(desk, item),
        revision=now.revision_hash,
        page=f"{root}/plan/calendar/item/{content.id}/",
        edit=f"{root}/strategy/step/5/items/{content.id}/" if desk.may("save_strategy") else "",
        done=f"{root}/do/done/?key=item/{content.id}" if desk.may("record_receipt") and item.state in ("approved", "missed") else "",
    )


def _why_not(desk: Desk, item: CalendarItem) -> str:
    if item.state == "gone":
        return "It has gone out, so it stays where it is."
    if not item.may_move:
        return "It may have gone out. It stays where it is until somebody has looked."
    return "" if desk.may("save_strategy") else "Owners and planners can move it."


def _shortened(text: str) -> str:
    text = text.strip()
    return text if len(text) <= MOST_TEXT else text[:MOST_TEXT].rsplit(" ", 1)[0] + " …"
