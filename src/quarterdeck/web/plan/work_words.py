"""What Work says: whether it fits, the state of a task, and what a change of one would do to everybody."""

from __future__ import annotations

from collections.abc import Mapping

from quarterdeck.operations.plan.look_at_work import TaskState, WorkNow, WorkTask
from quarterdeck.operations.plan.move_work import WorkEffect
from quarterdeck.plan.quarter_plan import Assignment, Overload
from quarterdeck.plan.wording import join_names, quote, say_count, say_day, say_weekday, sentence_case
from quarterdeck.report.words import how_many
from quarterdeck.strategy.document import Strategy

STATES: dict[TaskState, tuple[str, str, str]] = {
    "to approve": ("to approve", "circle-dashed", "info"),
    "planned": ("planned", "circle-check", ""),
    "started": ("started", "clock", "info"),
    "late": ("late", "clock-alert", "bad"),
    "done": ("done", "check", "good"),
    "stuck": ("nobody can do it", "ban", "bad"),
    "not planned": ("not in this plan", "circle-pause", ""),
}
"""By state: word, icon, tint."""
MOST_NAMED = 5


def say_work(work: WorkNow) -> tuple[str, str, str]:
    """The finding, in three parts, of which the second stands out."""
    if not work.tasks:
        return ("There is no work in this quarter yet.", "", "")
    late = [task for task in work.open_tasks if task.late_days]
    if work.overloads:
        return _say_overload(work, work.overloads[0])
    if late:
        worst = max(late, key=lambda task: task.late_days)
        return (
            "The hours are enough, but ",
            say_count(len(late), "task is late", "tasks are late"),
            f". The latest is {quote(worst.task.title)}, by {how_many(worst.late_days, 'day')}.",
        )
    if not work.open_tasks:
        return ("All the work of this quarter is done.", "", "")
    return ("Work fits: everybody has the hours, and everything is on time.", "", "")


def _say_overload(work: WorkNow, overload: Overload) -> tuple[str, str, str]:
    weeks = [number for week in overload.weeks if (number := work.now.period.week_number(week))]
    if not weeks:
        return ("Work does not fit: ", say_who_lacks(overload), ".")
    span = f"week {weeks[0]}" if len(weeks) == 1 else f"weeks {weeks[0]} to {weeks[-1]}"
    return (f"Work fits except in {span}: ", say_who_has(work.now.strategy, overload), ".")


def say_who_has(strategy: Strategy, overload: Overload) -> str:
    """`Mira has 31 hours of work for 20`, by name where one person alone is concerned; `design needs 31 hours and has 20`."""
    needed, there = f"{overload.needed_hours:.0f}", f"{overload.available_hours:.0f}"
    people = strategy.management.people
    skilled = [each for each in people if overload.who.casefold() in {skill.replace("_", " ").replace("-", " ") for skill in each.skills}]
    named = [each for each in people if (each.name or each.id.capitalize()) in overload.who]
    if len(skilled) == 1:
        return f"{(skilled[0].name or skilled[0].id.capitalize()).split()[0]} has {needed} hours of work for {there}"
    if named:
        return f"{overload.who} {'has' if len(named) == 1 else 'have'} {needed} hours of work for {there}"
    return (
        f"{overload.who} has {needed} hours of work for {there}"
        if overload.who == "the team"
        else f"{overload.who} needs {needed} hours and has {there}"
    )


def say_who_lacks(overload: Overload) -> str:
    """What is missing where no week can be named."""
    return f"nobody has {overload.who} for {how_many(len(overload.tasks), 'task')}"


def say_counts(work: WorkNow) -> str:
    """How much is open, done and late."""
    done = sum(not task.is_open for task in work.tasks)
    hours = sum((task.task.effort_hours for task in work.open_tasks), 0)
    late = sum(bool(task.late_days) for task in work.open_tasks)
    said = [f"{how_many(len(work.open_tasks), 'task')} of {hours:,.0f} hours open"] if work.open_tasks or not done else []
    said += [f"{how_many(late, 'task')} of them late"] if late else []
    said += [f"{done:,} done" if said else f"{how_many(done, 'task')} done"] if done else []
    waits = sum(task.state == "to approve" for task in work.tasks)
    said += [f"{waits:,} to approve"] if waits else []
    return ", ".join(said) + "."


def say_task(task: WorkTask, names: Mapping[str, str]) -> tuple[str, str, str]:
    """The finding about one task."""
    title, who = quote(task.task.title), names.get(task.planned.person or "", "") if task.planned else ""
    if task.state == "done":
        when = f" on {say_weekday(task.done_on)}" if task.done_on else ""
        late = f", {how_many(task.late_days, 'day')} late" if task.late_days else ""
        return (f"{title} is done{when}{late}.", "", "")
    if task.state == "stuck":
        return (f"{title} cannot be planned: ", "nobody has the skills or the hours", ".")
    if task.planned is None:
        return (f"{title} is in no plan yet.", "", "")
    by = f" by {who}" if who else ""
    if task.late_days:
        ends = f"planned to be done{by} on {say_weekday(task.planned.ends_on)}"
        return (f"{title} is ", f"{how_many(task.late_days, 'day')} late", f": due on {say_weekday(task.due_on)}, {ends}." if task.due_on else ".")
    due = f", due on {say_weekday(task.due_on)}" if task.due_on else ""
    return (f"{title} is planned to be done{by} on {say_weekday(task.planned.ends_on)}{due}.", "", "")


def say_days(assignment: Assignment) -> str:
    """`5 to 8 February, 4 half-days`."""
    first, last = assignment.starts_on, assignment.ends_on
    span = (
        say_day(first)
        if first == last
        else f"{first.day} to {say_day(last)}"
        if first.month == last.month
        else f"{say_day(first)} to {say_day(last)}"
    )
    return f"{span}, {how_many(assignment.half_days, 'half-day')}"


def say_effect(effect: WorkEffect, names: Mapping[str, str]) -> tuple[str, str]:
    """The finding of a change and its look."""
    if effect.changed == effect.now.strategy:
        return "That is how it stands already.", "info"
    later, sooner = late_changes(effect)
    more, fewer = overload_changes(effect)
    title = quote(effect.task.task.title)
    if effect.task.task.id in effect.after.unassignable and effect.task.task.id not in effect.before.unassignable:
        return f"Then nobody can do {title}.", "bad"
    said = []
    if later:
        said.append(f"makes {say_count(len(later), 'task', 'tasks')} late")
    if more:
        said.append("overloads " + join_names(sorted({overload.who for overload in more})[:3]))
    if effect.caused:
        said.append(f"causes {say_count(len(effect.caused), 'collision', 'collisions')}")
    if said:
        return f"The change of {title} {join_names(said)}.", "warn"
    on_time = sum(not now for _, now, _ in sooner)
    less = len(sooner) - on_time
    good = [f"brings {say_count(on_time, 'task', 'tasks')} back on time"] if on_time else []
    good += [f"leaves {say_count(less, 'task', 'tasks')} less late"] if less else []
    good += ["ends an overload"] if fewer else []
    good += [f"solves {say_count(len(effect.solved), 'collision', 'collisions')}"] if effect.solved else []
    if good:
        return f"The change of {title} {join_names(good)} and makes nothing later.", "good"
    return f"The change of {title} makes nothing later and overloads nobody.", "good"


def effect_lines(effect: WorkEffect, names: Mapping[str, str], titles: Mapping[str, str]) -> list[str]:
    """What happens to the task, to other tasks, to people and to what goes out."""
    own = effect.task.task.id
    before, after = ({each.task: each for each in plan.assignments} for plan in (effect.before, effect.after))
    lines = []
    if own in after:
        who = names.get(after[own].person or "", "somebody")
        was = before.get(own)
        moved = was is None or (was.person, was.starts_on, was.ends_on) != (after[own].person, after[own].starts_on, after[own].ends_on)
        word = "It would fall to" if moved else "It stays with"
        late = f", {how_many(after[own].late_days, 'day')} late" if after[own].late_days else ""
        lines.append(f"{word} {who}, {say_days(after[own])}{late}.")
    later, sooner = late_changes(effect)
    lines += [
        f"{_named(titles, ref)} would be {how_many(now, 'day')} late" + (f" instead of {now - more:,}." if now > more else ".")
        for ref, now, more in later[:MOST_NAMED]
    ]
    lines += [f"And {len(later) - MOST_NAMED} more would be later."] if len(later) > MOST_NAMED else []
    lines += [
        f"{_named(titles, ref)} would be " + ("on time." if not now else f"{how_many(now, 'day')} late instead of {now + less:,}.")
        for ref, now, less in sooner[:MOST_NAMED]
    ]
    moved_too = [
        ref
        for ref in after
        if ref in before and ref != own and (before[ref].starts_on, before[ref].person) != (after[ref].starts_on, after[ref].person)
    ]
    if moved_too:
        lines.append(sentence_case(say_count(len(moved_too), "other task moves.", "other tasks move.")))
    more, fewer = overload_changes(effect)
    lines += [overload.sentence for overload in more[:3]]
    lines += [f"No longer so: {overload.sentence}" for overload in fewer[:3]]
    lines += [sentence_case(finding.sentence) for finding in effect.caused[:3]]
    return lines + [f"Solved: {finding.sentence}" for finding in effect.solved[:3]]


def late_changes(effect: WorkEffect) -> tuple[list[tuple[str, int, int]], list[tuple[str, int, int]]]:
    """Tasks that get later and sooner: id, late days after the change, by how many days that differs."""
    before = {each.task: each.late_days for each in effect.before.assignments}
    gaps = [(each.task, each.late_days, each.late_days - before.get(each.task, 0)) for each in effect.after.assignments]
    later = sorted((gap for gap in gaps if gap[2] > 0), key=lambda gap: (-gap[2], gap[0]))
    sooner = [(ref, now, -gap) for ref, now, gap in gaps if gap < 0]
    return later, sooner


def overload_changes(effect: WorkEffect) -> tuple[list[Overload], list[Overload]]:
    """Overloads that come up or grow, and those that go away."""
    before, after = ({each.who: each for each in reversed(plan.overloads)} for plan in (effect.before, effect.after))
    more = [each for who, each in after.items() if who not in before or _excess(each) > _excess(before[who])]
    return more, [each for who, each in before.items() if who not in after]


def _excess(overload: Overload) -> float:
    return float(overload.needed_hours - overload.available_hours)


def _named(titles: Mapping[str, str], ref: str) -> str:
    return quote(titles.get(ref, ref))
