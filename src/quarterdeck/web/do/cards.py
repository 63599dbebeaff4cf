"""Cards: what wants to leave, each with what a person needs to know before a yes: to whom, when, cost, aim, expectation, collisions, preview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from quarterdeck.operations.act.choose_actions import Choice, WaitingAction, hash_of_chosen
from quarterdeck.plan.quarter_plan import Collision
from quarterdeck.web.do.facts import Fact, audience_of, expected_of, needs_of, serves
from quarterdeck.web.do.money import MoneyRow, money_rows
from quarterdeck.web.do.previews import Preview, preview_item
from quarterdeck.web.do.saying import Chip, local_time, short_day, shorten, things
from quarterdeck.web.do.scene import Scene, Trial
from quarterdeck.web.templatetags.pictures import CHANNEL_ICONS


@dataclass(frozen=True)
class Clash:
    """A collision and its cheapest way out."""

    sentence: str
    way_out: str


@dataclass(frozen=True)
class WorkRow:
    """A piece of work in its card."""

    title: str
    href: str
    person: str
    days: str
    hours: str


@dataclass(frozen=True)
class Card:
    """One thing that can be decided, ready to be shown. `fields` go with each decision and name exactly what was looked at."""

    id: str
    icon: str
    heading: str
    short: str
    line: str
    facts: tuple[Fact, ...]
    clashes: tuple[Clash, ...]
    chip: Chip
    yes: str
    fields: tuple[tuple[str, str], ...]
    href: str = ""
    preview: Preview | None = None
    money: tuple[MoneyRow, ...] = ()
    was: str = ""
    work: tuple[WorkRow, ...] = ()
    lines: tuple[tuple[str, str, str], ...] = ()
    """Single lines of the money: name, address, amount."""
    checks: tuple[str, ...] = ()
    trial: Trial | None = None


CHIPS = {
    "collides": Chip("collides", "bad", "triangle-alert"),
    "no words": Chip("no words yet", "warn", "pen-line"),
    "too long": Chip("too long", "warn", "triangle-alert"),
    "ready": Chip("ready", "good", "check"),
}


def item_card(action: WaitingAction, wants: Mapping[str, Any], scene: Scene) -> Card:
    """A piece of content: its preview as it would be seen."""
    words, strategy = scene.words, scene.strategy
    preview = preview_item(action.ref, action.title, wants, strategy, words)
    channel = scene.name(action.channel)
    kind = next((channel.kind for channel in strategy.channels if channel.id == action.channel), "other")
    when = local_time(str(wants.get("local", "")), words) or short_day(action.due_on, words)
    to, size = audience_of(str(wants.get("audience", "")), strategy, words)
    state = "collides" if action.collisions else "no words" if not wants.get("text") else "too long" if preview.warning else "ready"
    facts = [Fact("To", to, size), Fact("When", when), Fact("Costs", words.money(action.cost) if action.cost else "no money of its own")]
    if action.campaign:
        facts.append(Fact("Part of", scene.name(action.campaign)))
    facts += serves(action.serves, scene)
    return Card(
        id=_anchor(action.key),
        icon=CHANNEL_ICONS.get(kind, "circle-dot"),
        heading=f"{channel}: {action.title}",
        short=shorten(action.title, 60),
        line=f"{channel}, {when}",
        facts=tuple(facts),
        clashes=clashes_of(action.collisions),
        chip=CHIPS[state],
        yes="Approve",
        fields=single(action),
        href=address(scene, action.key),
        preview=preview,
        checks=needs_of(action.ref, scene),
        trial=scene.tried(_anchor(action.key)),
    )


def money_card(actions: Sequence[WaitingAction], week: date, scene: Scene) -> Card:
    """A week's money as one thing: was and becomes by channel, its lines below."""
    words = scene.words
    plan = next((plan for plan in scene.plans if plan.period.first_day <= week <= plan.period.last_day), None)
    total = sum((action.cost for action in actions), start=Decimal(0))
    rows, was = money_rows(actions, week, plan, scene)
    channels = {action.channel for action in actions if action.channel}
    whole = len(actions) > 1
    facts = [
        Fact("When", f"{short_day(week, words)} to {short_day(week + timedelta(days=6), words)}"),
        Fact("Costs", words.money(total, exact=total % 1 != 0), "at most"),
        Fact("Goes to", things(len(channels), words, "channel") if whole else scene.name(actions[0].channel)),
    ]
    facts += serves(dict.fromkeys(ref for action in actions for ref in action.serves), scene)
    expected = expected_of(plan, week, channels, words)
    facts += [Fact("Expected", expected, "in that week, carry-over of earlier weeks included")] if expected else []
    choice = Choice("budget_line", scene.asked.channel, scene.asked.campaign, week)
    card = f"money-{week.isoformat()}" if whole else _anchor(actions[0].key)
    label = things(len(actions), words, "line")
    return Card(
        id=card,
        icon="banknote",
        heading=f"Money of the week: {words.money(total)}" if whole else f"Money: {line_name(actions[0], scene)}",
        short=f"Money: {words.money(total)}",
        line=f"{label}, {things(len(channels), words, 'channel')}",
        facts=tuple(facts),
        clashes=clashes_of(collision for action in actions for collision in action.collisions),
        chip=CHIPS["collides" if any(action.collisions for action in actions) else "ready"],
        yes=f"Approve {words.money(total)}" if whole else "Approve",
        fields=chosen(choice, actions) if whole else single(actions[0]),
        href="" if whole else address(scene, actions[0].key),
        money=rows,
        was=was,
        lines=tuple((line_name(action, scene), address(scene, action.key), words.money(action.cost)) for action in actions) if whole else (),
        trial=scene.tried(card),
    )


def work_card(actions: Sequence[WaitingAction], wants: Mapping[str, Mapping[str, Any]], week: date, scene: Scene) -> Card:
    """The work that is to be finished in a week as one thing: who, on which days, how long."""
    words = scene.words
    efforts = {task.id: task.effort_hours for task in scene.strategy.management.tasks}
    hours = sum((efforts.get(action.ref, Decimal(0)) for action in actions), start=Decimal(0))
    rows = tuple(_work_row(action, wants.get(action.key, {}), efforts, scene) for action in actions)
    people = dict.fromkeys(row.person for row in rows)
    cost = sum((action.cost for action in actions), start=Decimal(0))
    whole = len(actions) > 1
    facts = [
        Fact("Who", shorten(words.join(list(people)), 80)),
        Fact("Done by", short_day(max(action.due_on for action in actions), words)),
        Fact("Takes", f"{words.count(float(hours), digits=0 if hours % 1 == 0 else 1)} hours"),
        Fact("Costs", words.money(cost) if cost else "no money of its own"),
        *serves(dict.fromkeys(ref for action in actions for ref in action.serves), scene),
    ]
    card = f"work-{week.isoformat()}" if whole else _anchor(actions[0].key)
    return Card(
        id=card,
        icon="list-checks",
        heading=f"Work of the week: {things(len(actions), words, 'task')}" if whole else f"Task: {actions[0].title}",
        short=f"Work: {things(len(actions), words, 'task')}" if whole else shorten(actions[0].title, 60),
        line=f"{words.count(float(hours))} hours, {things(len(people), words, 'person', 'people')}",
        facts=tuple(facts),
        clashes=clashes_of(collision for action in actions for collision in action.collisions),
        chip=CHIPS["collides" if any(action.collisions for action in actions) else "ready"],
        yes=f"Approve {things(len(actions), words, 'task')}" if whole else "Approve",
        fields=chosen(Choice("task", scene.asked.channel, scene.asked.campaign, week), actions) if whole else single(actions[0]),
        href="" if whole else address(scene, actions[0].key),
        work=rows,
        trial=scene.tried(card),
    )


def single(action: WaitingAction) -> tuple[tuple[str, str], ...]:
    """The fields that name one action and what it wants."""
    return (("card", _anchor(action.key)), ("key", action.key), ("content", action.content))


def chosen(choice: Choice, actions: Sequence[WaitingAction], card: str = "") -> tuple[tuple[str, str], ...]:
    """The fields that name a choice and everything that was in it."""
    named = {
        "kind": choice.kind,
        "channel": choice.channel,
        "campaign": choice.campaign,
        "week": choice.week.isoformat() if choice.week else None,
        "clear": "yes" if choice.clear else None,
    }
    short = {"budget_line": "money", "task": "work"}.get(choice.kind or "", "")
    name = card or f"{short}-{choice.week.isoformat() if choice.week else 'all'}"
    return (("card", name), ("seen", hash_of_chosen(actions)), *((key, value) for key, value in named.items() if value))


def clashes_of(collisions: Iterable[Collision]) -> tuple[Clash, ...]:
    """Each collision once."""
    return tuple(
        Clash(collision.sentence, collision.fixes[0].text if collision.fixes else "") for collision in {c.sentence: c for c in collisions}.values()
    )


def line_name(action: WaitingAction, scene: Scene) -> str:
    """`Search, Seed sale`; `Search, always on`."""
    return f"{scene.name(action.channel)}, {scene.name(action.campaign) if action.campaign else 'always on'}"


def address(scene: Scene, key: str) -> str:
    """The page of one action."""
    from django.utils.http import urlencode

    return f"/w/{scene.slug}/do/action/?{urlencode({'key': key})}"


def _work_row(action: WaitingAction, wants: Mapping[str, Any], efforts: Mapping[str, Decimal], scene: Scene) -> WorkRow:
    words = scene.words
    first, last = (short_day(date.fromisoformat(str(wants[name])), words) if wants.get(name) else "" for name in ("starts_on", "ends_on"))
    hours = efforts.get(action.ref)
    return WorkRow(
        title=action.title,
        href=address(scene, action.key),
        person=scene.name(str(wants.get("person") or "")) or "nobody yet",
        days=first if first == last else f"{first} to {last}",
        hours="not known" if hours is None else f"{words.count(float(hours), digits=0 if hours % 1 == 0 else 1)} h",
    )


def _anchor(key: str) -> str:
    """An id for the page's own links."""
    return "a-" + "".join(sign if sign.isalnum() else "-" for sign in key)
