"""The card of a task: what it serves, who and when, what it waits for, and the form that changes it; and what such a change would do."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.operations.plan.look_at_work import WorkNow, WorkTask
from quarterdeck.operations.plan.move_work import WorkEffect
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.plan.wording import quote, say_weekday
from quarterdeck.report.words import how_many
from quarterdeck.web.plan.conflicts_shown import links_of
from quarterdeck.web.plan.plan_bar import PlanBar, plan_bar
from quarterdeck.web.plan.work_shown import names_of
from quarterdeck.web.plan.work_words import STATES, effect_lines, say_days, say_effect, say_task

IMPORTANCE = ((5, "5, most"), (4, "4, important"), (3, "3, ordinary"), (2, "2, less"), (1, "1, least"))


@dataclass(frozen=True)
class TaskCard:
    """Everything that the page of a task shows."""

    id: str
    title: str
    before: str
    standout: str
    after: str
    state: str
    icon: str
    look: str
    bar: PlanBar | None
    facts: tuple[tuple[str, str], ...]
    serves: tuple[str, str]
    waits_for: tuple[tuple[str, str], ...]
    holds_up: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, str], ...]
    overloads: tuple[str, ...]
    due_on: str
    not_before: str
    importance: tuple[tuple[int, str, bool], ...]
    skills: tuple[tuple[str, str, bool], ...]
    may_move: bool
    revision: str
    edit: str
    done: str


@dataclass(frozen=True)
class ShownEffect:
    """What a change would do, and the form that keeps it."""

    id: str
    title: str
    say: str
    look: str
    lines: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    revision: str
    saved_meanwhile: bool
    is_change: bool
    button: str


def card_of(desk: Desk, work: WorkNow, task: WorkTask) -> TaskCard:
    """The page of one task."""
    strategy, own = work.now.strategy, task.task
    links = links_of(desk, strategy)
    links |= {each.id: (each.statement, f"/w/{desk.slug}/strategy/step/1/") for each in strategy.objectives if each.id not in links}
    before, standout, after = say_task(task, names_of(work))
    word, icon, look = STATES[task.state]
    every = sorted({skill for person in strategy.management.people for skill in person.skills} | set(own.skills))
    may = desk.may("save_strategy")
    return TaskCard(
        id=own.id,
        title=own.title,
        before=before,
        standout=standout,
        after=after,
        state=word,
        icon=icon,
        look=look,
        bar=plan_bar(desk, work.now),
        facts=tuple(_facts(desk, work, task)),
        serves=links.get(own.serves, (own.serves, "")),
        waits_for=tuple(links[each] for each in own.after if each in links),
        holds_up=tuple(links[each.id] for each in strategy.management.tasks if own.id in each.after),
        items=tuple(links[each.id] for each in strategy.content.items if own.id in each.needs),
        overloads=tuple(each.sentence for each in work.overloads if own.id in each.tasks) if task.is_open else (),
        due_on=own.due_on.isoformat() if own.due_on else "",
        not_before=own.not_before.isoformat() if own.not_before else "",
        importance=tuple((n, text, n == own.importance) for n, text in IMPORTANCE),
        skills=tuple((skill, skill.replace("_", " "), skill in own.skills) for skill in every),
        may_move=may and task.is_open,
        revision=work.now.revision_hash,
        edit=f"/w/{desk.slug}/strategy/step/6/tasks/{own.id}/" if may else "",
        done=f"/w/{desk.slug}/do/done/?key=task/{own.id}" if desk.may("record_receipt") and task.state in ("planned", "started", "late") else "",
    )


def shown_effect(effect: WorkEffect, work_names: dict[str, str], fields: tuple[tuple[str, str], ...], seen: str) -> ShownEffect:
    """The preview; `fields` are those of the form, `seen` the hash of the revision that was looked at."""
    titles = {task.id: task.title for task in effect.now.strategy.management.tasks}
    say, look = say_effect(effect, work_names)
    return ShownEffect(
        id=effect.task.task.id,
        title=quote(effect.task.task.title),
        say=say,
        look=look,
        lines=tuple(effect_lines(effect, work_names, titles)),
        fields=fields,
        revision=effect.now.revision_hash,
        saved_meanwhile=bool(seen) and seen != effect.now.revision_hash,
        is_change=effect.changed != effect.now.strategy,
        button="Keep it all the same" if look in ("warn", "bad") else "Keep this",
    )


def _facts(desk: Desk, work: WorkNow, task: WorkTask) -> list[tuple[str, str]]:
    own = task.task
    facts = []
    if task.planned:
        facts += [("Who", names_of(work).get(task.planned.person or "", "nobody")), ("When", say_days(task.planned))]
        today = next((each for each in work.today.assignments if each.task == own.id), None)
        if task.is_open and today is not None and today.ends_on != task.planned.ends_on:
            late = f", {how_many(today.late_days, 'day')} late" if today.late_days else ""
            facts.append(("As things stand", f"done on {say_weekday(today.ends_on)}{late}, if nothing else changes"))
    if own.due_on:
        facts.append(("Due", say_weekday(own.due_on)))
    elif task.due_on:
        facts.append(("Due", f"{say_weekday(task.due_on)}, the day before the first item that needs it goes out"))
    if own.not_before:
        facts.append(("Not before", say_weekday(own.not_before)))
    facts += [("Takes", how_many(int(own.effort_hours), "hour") if own.effort_hours == int(own.effort_hours) else f"{own.effort_hours:f} hours")]
    facts += [("Costs", desk.words.money(own.budget))] if own.budget else []
    facts += [("Importance", f"{own.importance} of 5"), ("Skills", ", ".join(skill.replace("_", " ") for skill in own.skills) or "anybody can do it")]
    return facts
