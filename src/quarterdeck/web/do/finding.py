"""The headline of the inbox, true for every state of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from quarterdeck.operations.act.choose_actions import WaitingAction
from quarterdeck.operations.act.look_at_actions import Inbox
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.strategy.document import Strategy
from quarterdeck.web.do.saying import Part, day_of_month, number, shorten, things


def say_finding(inbox: Inbox, desk: Desk) -> tuple[Part, ...]:
    """How many things want to leave, with how much money, and how they stand; or what comes first."""
    words, waiting = desk.words, inbox.waiting
    if not waiting and inbox.draft is not None:
        name = f"Plan {inbox.draft.number}"
        if inbox.draft.stale:
            return (Part(f"{name} waits for your yes, but it is "), Part("stale", "warn"), Part(": plan again first."))
        wanted, cost = things(inbox.draft.things, words), words.money(inbox.draft.money)
        return (Part(f"{name} waits for your yes: with it {wanted} want to leave, {cost} in all."),)
    if not waiting:
        return (Part(_nothing_waits(inbox, desk)),)
    money = sum((action.cost for action in waiting), start=Decimal(0))
    count = len(waiting)
    verb = "thing wants" if count == 1 else "things want"
    head = f"{number(count, words).capitalize()} {verb} to leave" + (f", {words.money(money)} with {'it' if count == 1 else 'them'}" if money else "")
    return (Part(f"{head}: "), *_states(waiting, inbox.strategy, desk))


def _states(waiting: Sequence[WaitingAction], strategy: Strategy | None, desk: Desk) -> tuple[Part, ...]:
    """`329 are ready, four lack words, three collide.`"""
    words = desk.words
    mute = {item.id for item in strategy.content.items if not item.text} if strategy else set()
    clash = sum(1 for action in waiting if action.collisions)
    silent = sum(1 for action in waiting if action.kind == "item" and not action.collisions and action.ref in mute)
    ready = len(waiting) - clash - silent
    if ready == len(waiting):
        return (Part("it is ready." if ready == 1 else "all of them are ready."),)
    said = []
    if ready:
        said.append(Part(f"{number(ready, words)} {'is' if ready == 1 else 'are'} ready"))
    if silent:
        said.append(Part(f"{number(silent, words)} {'lacks' if silent == 1 else 'lack'} words", "warn"))
    if clash:
        said.append(Part(f"{number(clash, words)} {'collides' if clash == 1 else 'collide'}", "bad"))
    joints = [Part(", ")] * (len(said) - 1)
    return tuple(part for pair in zip(said, [*joints, Part(".")], strict=True) for part in pair)


def _nothing_waits(inbox: Inbox, desk: Desk) -> str:
    if not inbox.plans:
        return "Nothing waits for you: there is no plan yet." if inbox.strategy else "Nothing waits for you: there is no strategy yet."
    if inbox.next_due is None:
        return "Nothing waits for you."
    title, day = inbox.next_due
    return f"Nothing waits for you; the next thing to do is “{shorten(title, 60)}”, planned for {day_of_month(day, desk.words)}."


def say_more(inbox: Inbox, desk: Desk, *, may: bool) -> str:
    """The line below it; for those who may not decide, who may."""
    said = "Nothing leaves without you, and nothing leaves twice."
    if may or not inbox.waiting:
        return said
    who = desk.words.join(list(inbox.deciders[:3])) or "Nobody"
    return f"You may look at all of it; {who} may decide."
