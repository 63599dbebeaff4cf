"""The inbox, ready to be shown: the finding, the queue by week, the cards of the week that is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from quarterdeck.operations.act.choose_actions import Choice, WaitingAction, choose
from quarterdeck.operations.act.look_at_actions import Decision, Inbox
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.do.asked import Asked
from quarterdeck.web.do.cards import Card, chosen, item_card, money_card, work_card
from quarterdeck.web.do.finding import say_finding, say_more
from quarterdeck.web.do.saying import Part, moment, say_title, short_day, shorten, things
from quarterdeck.web.do.scene import Scene, Trial

CARDS_PER_PAGE = 12
KIND_NAMES = {"budget_line": "Money", "item": "Content", "task": "Work"}


@dataclass(frozen=True)
class Bulk:
    """A button that decides many things at once; its label says how many and how much."""

    label: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Week:
    """A week in the queue; the one that is looked at shows its cards."""

    name: str
    line: str
    clashes: str
    href: str
    is_here: bool


@dataclass(frozen=True)
class Option:
    """A way to narrow the queue down."""

    name: str
    value: str
    is_here: bool
    href: str = ""


@dataclass(frozen=True)
class DecisionShown:
    """What was decided lately. `undo` are the fields that take it back; none: it cannot be, or not by this person."""

    sentence: str
    when: str
    reason: str
    look: str
    undo: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class AskedBack:
    """Something that waits for a change that an approver asked for."""

    title: str
    href: str
    sentence: str
    undo: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class InboxShown:
    """Everything of the page."""

    finding: tuple[Part, ...]
    more: str
    is_narrowed: bool
    total: int
    kinds: tuple[Option, ...]
    channels: tuple[Option, ...]
    campaigns: tuple[Option, ...]
    weeks: tuple[Week, ...]
    week: str
    week_line: str
    cards: tuple[Card, ...]
    earlier: str
    later: str
    next_week: Week | None
    bulk: tuple[Bulk, ...]
    week_bulk: Bulk | None
    decided: tuple[DecisionShown, ...]
    asked: tuple[AskedBack, ...]
    may_decide: bool
    back: str


def show_inbox(inbox: Inbox, wants: Mapping[str, Mapping[str, Any]], asked: Asked, desk: Desk, trial: Trial | None = None) -> InboxShown:
    """The page. `wants` holds what the actions of the week that is looked at want."""
    words = desk.words
    matching = choose(inbox.waiting, asked.choice)
    week = week_looked_at(matching, asked)
    of_week = [action for action in matching if action.week == week]
    cards = _cards(of_week, wants, week, _scene(inbox, asked, desk, trial)) if inbox.strategy and week else ()
    pages = max(1, -(-len(cards) // CARDS_PER_PAGE))
    page = min(max(1, asked.page), pages)
    may = desk.may("approve_action")
    narrowed = asked.choice != Choice()
    here = replace(asked, week=week, page=page)
    weeks = _weeks(matching, week, asked, desk)
    return InboxShown(
        finding=say_finding(inbox, desk),
        more=say_more(inbox, desk, may=may),
        is_narrowed=narrowed,
        total=len(inbox.waiting),
        kinds=_kinds(inbox, asked),
        channels=_options(inbox, "channel", asked, desk),
        campaigns=_options(inbox, "campaign", asked, desk),
        weeks=tuple(weeks),
        week=f"Week from {short_day(week, words)}" if week else "",
        week_line=_sum_line(of_week, desk),
        cards=cards[(page - 1) * CARDS_PER_PAGE : page * CARDS_PER_PAGE],
        earlier=here.query(page=page - 1) if page > 1 else "",
        later=here.query(page=page + 1) if page < pages else "",
        next_week=next((after for before, after in pairwise(weeks) if before.is_here), None),
        bulk=_bulk(matching, asked.choice, desk, narrowed=narrowed) if may else (),
        week_bulk=_week_bulk(of_week, asked.choice, week, desk) if may and len(cards) > 1 and week else None,
        decided=tuple(_decided(decision, desk, may=may) for decision in inbox.decided),
        asked=tuple(_asked_back(action, decision, desk, may=may) for action, decision in inbox.asked),
        may_decide=may,
        back=here.query(),
    )


def week_looked_at(matching: Sequence[WaitingAction], asked: Asked) -> date | None:
    """The week asked for, when something of it waits; else the first one; None when nothing waits."""
    weeks = sorted({action.week for action in matching})
    return asked.week if asked.week in weeks else weeks[0] if weeks else None


def _scene(inbox: Inbox, asked: Asked, desk: Desk, trial: Trial | None) -> Scene:
    assert inbox.strategy is not None
    return Scene(desk.slug, inbox.strategy, inbox.plans, desk.words, asked.choice, trial, dict(desk.words.names))


def _cards(actions: Sequence[WaitingAction], wants: Mapping[str, Mapping[str, Any]], week: date, scene: Scene) -> tuple[Card, ...]:
    money = [action for action in actions if action.kind == "budget_line"]
    work = [action for action in actions if action.kind == "task"]
    items = [action for action in actions if action.kind == "item"]
    items.sort(key=lambda action: (str(wants.get(action.key, {}).get("at", "")), action.key))
    return (
        *((money_card(money, week, scene),) if money else ()),
        *(item_card(action, wants.get(action.key, {}), scene) for action in items),
        *((work_card(work, wants, week, scene),) if work else ()),
    )


def _kinds(inbox: Inbox, asked: Asked) -> tuple[Option, ...]:
    counts = {kind: sum(1 for action in inbox.waiting if action.kind == kind) for kind in KIND_NAMES}
    everything = Option("All", "", asked.choice.kind is None, asked.query(kind=None, week=None, page=1))
    return (
        everything,
        *(
            Option(f"{KIND_NAMES[kind]} {count}", kind, asked.choice.kind == kind, asked.query(kind=kind, week=None, page=1))
            for kind, count in counts.items()
            if count
        ),
    )


def _options(inbox: Inbox, field: str, asked: Asked, desk: Desk) -> tuple[Option, ...]:
    names = dict(desk.words.names)
    found = {getattr(action, field) for action in inbox.waiting} - {None}
    now = getattr(asked.choice, field)
    return tuple(Option(names.get(ref, ref), ref, ref == now) for ref in sorted(found, key=lambda ref: names.get(ref, ref)))


def _weeks(matching: Sequence[WaitingAction], week: date | None, asked: Asked, desk: Desk) -> list[Week]:
    found = []
    for monday, group in groupby(sorted(matching, key=lambda action: action.week), key=lambda action: action.week):
        actions = list(group)
        clashes = sum(1 for action in actions if action.collisions)
        found.append(
            Week(
                name=f"From {short_day(monday, desk.words)}",
                line=_sum_line(actions, desk),
                clashes=f"{clashes} {'collides' if clashes == 1 else 'collide'}" if clashes else "",
                href=asked.query(week=monday, page=1),
                is_here=monday == week,
            )
        )
    return found


def _sum_line(actions: Sequence[WaitingAction], desk: Desk) -> str:
    money = sum((action.cost for action in actions), start=Decimal(0))
    return things(len(actions), desk.words) + (f", {desk.words.money(money)}" if money else "")


def _bulk(matching: Sequence[WaitingAction], choice: Choice, desk: Desk, *, narrowed: bool) -> tuple[Bulk, ...]:
    if len(matching) < 2:
        return ()
    clear = [action for action in matching if not action.collisions]
    which = "these " if narrowed else ""
    buttons = [Bulk(f"Approve {which}{_sum_line(matching, desk)}", chosen(choice, matching, "bulk"))]
    if 0 < len(clear) < len(matching):
        buttons.append(Bulk(f"Approve the {_sum_line(clear, desk)}, that collide with nothing", chosen(replace(choice, clear=True), clear, "bulk")))
    return tuple(buttons)


def _week_bulk(of_week: Sequence[WaitingAction], choice: Choice, week: date, desk: Desk) -> Bulk:
    return Bulk(f"Approve the week: {_sum_line(of_week, desk)}", chosen(replace(choice, week=week), of_week, "bulk"))


DONE = {"approve": "approved", "changes": "sent back for changes", "refuse": "refused", "withdraw": "taken back"}
_LOOKS = {"approve": "good", "changes": "warn", "refuse": "bad", "withdraw": ""}


def _decided(decision: Decision, desk: Desk, *, may: bool) -> DecisionShown:
    what = f"“{shorten(say_title(decision.title, desk.words), 60)}”" if decision.count == 1 else things(decision.count, desk.words)
    stands = decision.stands > 0 and may
    return DecisionShown(
        sentence=f"{what} {DONE.get(decision.decision, decision.decision)}",
        when=f"{decision.by}, {moment(decision.made_at, desk)}",
        reason=decision.reason,
        look=_LOOKS.get(decision.decision, ""),
        undo=(("first", str(decision.first)), ("last", str(decision.last))) if stands else (),
    )


def _asked_back(action: WaitingAction, decision: Decision | None, desk: Desk, *, may: bool) -> AskedBack:
    from django.utils.http import urlencode

    said = f"{decision.by}: {decision.reason}" if decision is not None else ""
    undo = (("first", str(decision.first)), ("last", str(decision.last))) if decision is not None and decision.decision == "changes" and may else ()
    return AskedBack(shorten(say_title(action.title, desk.words), 70), f"/w/{desk.slug}/do/action/?{urlencode({'key': action.key})}", said, undo)
