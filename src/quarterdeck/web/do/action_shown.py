"""One action with its history, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from quarterdeck.act.states import STATES, State
from quarterdeck.operations.act.choose_actions import Choice
from quarterdeck.operations.act.look_at_actions import ActionLook
from quarterdeck.operations.act.look_at_gone import HOW
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.do.cards import Card, item_card, money_card, work_card
from quarterdeck.web.do.inbox_shown import DONE
from quarterdeck.web.do.saying import Chip, Part, chip_of, moment, say_title
from quarterdeck.web.do.scene import Scene, Trial


@dataclass(frozen=True)
class Event:
    """Something that was said, tried or done."""

    what: str
    who: str
    note: str
    link: str


@dataclass(frozen=True)
class ActionShown:
    """Everything of the page. What the person may do now stands in the `may_` fields."""

    key: str
    title: str
    state: str
    finding: tuple[Part, ...]
    chip: Chip
    card: Card
    events: tuple[Event, ...]
    may_decide: bool
    may_withdraw: tuple[tuple[str, str], ...]
    may_do: bool
    may_settle: bool
    may_again: bool
    may_give_up: bool
    next_step: str


def show_action(look: ActionLook, desk: Desk, trial: Trial | None = None) -> ActionShown:
    """The page of one action."""
    action, state = look.action, look.state
    scene = Scene(desk.slug, look.strategy, look.plans, desk.words, Choice(), trial, dict(desk.words.names))
    if action.kind == "item":
        card = item_card(action, look.wants, scene)
    elif action.kind == "budget_line":
        card = money_card([action], action.week, scene)
    else:
        card = work_card([action], {action.key: look.wants}, action.week, scene)
    if state != "proposed":
        card = replace(card, chip=chip_of(state))
    newest = look.decisions[-1] if look.decisions else None
    left_as = {"approve": "approved", "changes": "changes_requested", "refuse": "refused"}
    decides = desk.may("approve_action")
    withdraw = newest is not None and left_as.get(newest.decision) == state and not look.receipts and decides
    return ActionShown(
        key=action.key,
        title=say_title(action.title, desk.words),
        state=state,
        finding=(Part(f"“{say_title(action.title, desk.words)}” "), Part(STATES[cast(State, state)]), Part(".")),
        chip=chip_of(state),
        card=card,
        events=_events(look, desk),
        may_decide=state == "proposed" and decides,
        may_withdraw=(("first", str(newest.first)), ("last", str(newest.last))) if newest is not None and withdraw else (),
        may_do=state == "approved" and desk.may("record_receipt"),
        may_settle=state == "unknown" and desk.may("settle_unknown"),
        may_again=state == "failed" and decides,
        may_give_up=state == "failed" and desk.may("cancel_action"),
        next_step=NEXT_STEPS.get(state, ""),
    )


NEXT_STEPS = {
    "changes_requested": "Change it in the strategy and plan again; then it waits for approval anew.",
    "claimed": "Wait until it says how it ended.",
    "failed": "It certainly did not happen. Try it again, or give it up.",
    "unknown": "Nobody tries it again by itself, because it might happen twice. Look whether it happened, then say so here.",
    "cancelled": "A plan that wants it again brings it back here.",
}
"""What to do with an action in this state, where it is not plain."""


def _events(look: ActionLook, desk: Desk) -> tuple[Event, ...]:
    told = [
        (decision.made_at, 0, Event(DONE.get(decision.decision, decision.decision).capitalize(), decision.by, decision.reason, ""))
        for decision in look.decisions
    ]
    told += [(row.at, 1, Event(f"Tried: {row.what}", row.by, row.note, "")) for row in look.attempts]
    told += [(row.at, 2, Event(HOW.get(row.what, row.what).capitalize(), row.by, row.note, safe_link(row.link))) for row in look.receipts]
    told.sort(key=lambda entry: entry[:2])
    return tuple(Event(event.what, f"{event.who}, {moment(at, desk)}", event.note, event.link) for at, _, event in told)


def safe_link(link: str | None) -> str:
    """The link when it leads to a page; nothing for anything else that was written in its place."""
    return link if link and link.lower().startswith(("http://", "https://")) else ""
