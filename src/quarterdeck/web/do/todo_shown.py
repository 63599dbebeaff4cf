"""To do, ready to be shown: what needs a look, what is overdue, what is due this week, what comes later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.http import urlencode

from quarterdeck.kernel.periods import week_start
from quarterdeck.operations.act.look_at_todo import MoneyToSet, ToDo, ToDoList
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.do.saying import Chip, Part, chip_of, number, say_title, short_day, shorten, things
from quarterdeck.web.templatetags.pictures import CHANNEL_ICONS

LATER_PER_PAGE = 40
NOBODY = "-"
"""In the address: what nobody is named for."""


@dataclass(frozen=True)
class Row:
    """One thing to do."""

    icon: str
    title: str
    href: str
    line: str
    when: str
    chip: Chip | None
    done: str = ""
    """Address of the form "done by me"; empty where it is not there."""
    files: str = ""
    settle: str = ""
    """Key, where a person must say whether it happened."""
    look: str = ""
    """Address, where something else must be decided about it."""


@dataclass(frozen=True)
class Section:
    """A part of the list."""

    id: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class TodoShown:
    """Everything of the page."""

    finding: tuple[Part, ...]
    more: str
    sections: tuple[Section, ...]
    people: tuple[tuple[str, str, bool], ...]
    """Value, name, whether it is chosen."""
    earlier: str
    later: str
    has_any: bool


def show_todo(found: ToDoList, desk: Desk, *, person: str, page: int) -> TodoShown:
    """The page for everybody (no `person`), one person, or nobody named (NOBODY)."""
    names = dict(desk.words.names)
    owners = _owners(found)
    mine = [thing for thing in found.things if person in {"", owners.get(thing.key) or NOBODY}]
    money = [] if person else list(found.money)
    monday = week_start(desk.day)
    sunday = monday + timedelta(days=6)
    look = [thing for thing in mine if thing.state != "approved"]
    late: list[ToDo | MoneyToSet] = [
        *(week for week in money if week.monday < monday),
        *(thing for thing in mine if thing.state == "approved" and thing.due_on < desk.day),
    ]
    now: list[ToDo | MoneyToSet] = [
        *(week for week in money if week.monday == monday),
        *(thing for thing in mine if thing.state == "approved" and desk.day <= thing.due_on <= sunday),
    ]
    later: list[ToDo | MoneyToSet] = [thing for thing in mine if thing.state == "approved" and thing.due_on > sunday]
    later = sorted([*later, *(week for week in money if week.monday > monday)], key=_due)
    pages = max(1, -(-len(later) // LATER_PER_PAGE))
    page = min(max(1, page), pages)
    sections = [
        _section("look", "Somebody must look", look, owners, desk),
        _section("late", "Overdue", late, owners, desk),
        _section("now", "This week", now, owners, desk),
        _section("later", "Later", later[(page - 1) * LATER_PER_PAGE : page * LATER_PER_PAGE], owners, desk),
    ]
    ids = sorted({owner for owner in owners.values() if owner}, key=lambda ref: names.get(ref, ref))
    people = [("", "Everybody", not person), *((ref, names.get(ref, ref), ref == person) for ref in ids), (NOBODY, "Nobody named", person == NOBODY)]
    return TodoShown(
        finding=_finding(look, late, now, later, desk),
        more=_more(desk) if found.things or found.money else "What is approved and not done stands here.",
        sections=tuple(section for section in sections if section.rows),
        people=tuple(people),
        earlier="?" + urlencode({"person": person, "page": page - 1}) if page > 1 else "",
        later="?" + urlencode({"person": person, "page": page + 1}) if page < pages else "",
        has_any=bool(found.things or found.money),
    )


def _owners(found: ToDoList) -> dict[str, str]:
    """Who does it, by key: the person of the task; of an item, whoever does the last task that it needs."""
    by_task = {thing.ref: str(thing.wants.get("person") or "") for thing in found.things if thing.kind == "task"}
    needs = {item.id: item.needs for item in found.strategy.content.items} if found.strategy else {}
    owners = {}
    for thing in found.things:
        if thing.kind == "task":
            owners[thing.key] = by_task[thing.ref]
        else:
            owners[thing.key] = next((by_task[task] for task in reversed(needs.get(thing.ref, ())) if by_task.get(task)), "")
    return owners


def _section(name: str, heading: str, entries: Sequence[ToDo | MoneyToSet], owners: Mapping[str, str], desk: Desk) -> Section:
    names = dict(desk.words.names)
    rows = [_money_row(entry, desk) if isinstance(entry, MoneyToSet) else _row(entry, owners[entry.key], names, desk) for entry in entries]
    return Section(name, f"{heading}: {len(rows)}" if name != "later" else heading, tuple(rows))


def _row(thing: ToDo, owner: str, names: Mapping[str, str], desk: Desk) -> Row:
    root, key = f"/w/{desk.slug}/do/", urlencode({"key": thing.key})
    channel = str(thing.wants.get("channel") or "")
    kinds = {channel.id: channel.kind for channel in desk.strategy.channels} if desk.strategy else {}
    what = {"task": "Task", "budget_line": "Money"}.get(thing.kind) or names.get(channel, channel)
    who = names.get(owner, owner) if owner else ("nobody named" if thing.kind == "task" else "")
    handed = f"in a file that {thing.handed_to} took" if thing.handed_to else ""
    icon = {"task": "list-checks", "budget_line": "banknote"}.get(thing.kind) or CHANNEL_ICONS.get(kinds.get(channel, ""), "circle-dot")
    return Row(
        icon=icon,
        title=shorten(say_title(thing.title, desk.words), 110),
        href=f"{root}action/?{key}",
        line=", ".join(part for part in (what, who, handed) if part),
        when=short_day(thing.due_on, desk.words),
        chip=_chip(thing, desk),
        done=f"{root}done/?{key}" if thing.state == "approved" and desk.may("record_receipt") else "",
        files=f"{root}files/?week={week_start(thing.due_on).isoformat()}" if thing.kind == "item" and thing.state == "approved" else "",
        look=f"{root}action/?{key}" if thing.state == "failed" else "",
        settle=thing.key if thing.state == "unknown" and desk.may("settle_unknown") else "",
    )


def _money_row(week: MoneyToSet, desk: Desk) -> Row:
    carried = "all of it is in files that were taken" if week.handed >= week.lines else "" if not week.handed else f"{week.handed} of them in a file"
    return Row(
        icon="banknote",
        title=f"Set the week's money: {desk.words.money(week.amount)}",
        href=f"/w/{desk.slug}/do/files/?week={week.monday.isoformat()}",
        line=", ".join(part for part in (things(week.lines, desk.words, "line"), carried) if part),
        when=f"from {short_day(week.monday, desk.words)}",
        chip=Chip("overdue", "bad", "triangle-alert") if week.monday < week_start(desk.day) else None,
        files=f"/w/{desk.slug}/do/files/?week={week.monday.isoformat()}",
    )


def _chip(thing: ToDo, desk: Desk) -> Chip | None:
    if thing.state != "approved":
        return chip_of(thing.state)
    days = (desk.day - thing.due_on).days
    if days > 0:
        return Chip(f"{days} {'day' if days == 1 else 'days'} late", "bad", "triangle-alert")
    return Chip("today", "info", "calendar-days") if days == 0 else None


def _due(entry: ToDo | MoneyToSet) -> date:
    return entry.monday if isinstance(entry, MoneyToSet) else entry.due_on


def _finding(
    look: Sequence[object], late: Sequence[object], now: Sequence[object], later: Sequence[ToDo | MoneyToSet], desk: Desk
) -> tuple[Part, ...]:
    words = desk.words
    parts: list[Part] = []
    if look:
        parts.append(Part(f"{number(len(look), words)} {'thing needs' if len(look) == 1 else 'things need'} somebody to look", "bad"))
    if late:
        parts.append(Part(f"{number(len(late), words)} {'is' if len(late) == 1 else 'are'} overdue", "bad"))
    if now:
        parts.append(Part(f"{number(len(now), words)} {'is' if len(now) == 1 else 'are'} to be done this week"))
    if not parts:
        return (Part(_nothing_due(later, desk)),)
    parts[0] = Part(parts[0].text[0].upper() + parts[0].text[1:], parts[0].look)
    joints = [Part(", ")] * (len(parts) - 1)
    return tuple(part for pair in zip(parts, [*joints, Part(".")], strict=True) for part in pair)


def _nothing_due(later: Sequence[ToDo | MoneyToSet], desk: Desk) -> str:
    if not later:
        return "Nothing is to be done by hand now."
    first = later[0]
    what = "the week's money" if isinstance(first, MoneyToSet) else f"“{shorten(first.title, 60)}”"
    return f"Nothing is to be done this week; next comes {what}, on {short_day(_due(first), desk.words)}."


def _more(desk: Desk) -> str:
    if desk.is_rehearsal:
        return "All of it is approved. In a rehearsal a week does its work as it passes."
    return "All of it is approved. Say what you did; a receipt is written once."
