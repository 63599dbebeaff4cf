"""Steps 4 to 7 of the first draft: channels, money, people, work, calendar and rules, as far as they were told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from quarterdeck.strategy.interview import rows
from quarterdeck.strategy.interview.choices import AT_MOST, WAYS, WEEKDAYS
from quarterdeck.strategy.interview.interview import Row, Told
from quarterdeck.strategy.interview.said import SAID, amount, short_name
from quarterdeck.strategy.parts.aims import Audience, Goal, Objective
from quarterdeck.strategy.parts.management import AtMost, Budget, ContactRules, Evaluation, Kpi, Management, Person, Task, Team
from quarterdeck.strategy.parts.means import AdsRules, Challenge, Channel, ContentItem, Delivery, Guardrails, SpendLimits

_EVERY_WEEKS = {"week": 1, "two_weeks": 2}


@dataclass(frozen=True)
class Aims:
    """The goal and the objective, each as far as there is one."""

    goals: tuple[Goal, ...]
    objectives: tuple[Objective, ...]

    @property
    def goal_ids(self) -> tuple[str, ...]:
        """What channels name as their goals."""
        return tuple(goal.id for goal in self.goals)

    @property
    def objective_ids(self) -> tuple[str, ...]:
        """What channels name as their objectives."""
        return tuple(objective.id for objective in self.objectives)


def channels_of(told: Told, aims: Aims, tasks: tuple[Task, ...]) -> tuple[Channel, ...]:
    """Each way to reach people that is used or wanted."""
    used = tuple(_channel(told, row, aims, tasks, is_used=True) for row in rows.ways_used(told))
    return (*used, *(_channel(told, row, aims, tasks, is_used=False) for row in rows.ways_wanted(told)))


def _channel(told: Told, row: Row, aims: Aims, tasks: tuple[Task, ...], *, is_used: bool) -> Channel:
    way, hard, cap = WAYS[row.key], told.text("in_the_way", row.key) if is_used else "", told.number("money", row.key)
    task = next((each.id for each in tasks if each.id == f"{rows.DEAL}_{row.key}"), None)
    return Channel(
        id=row.key,
        name=way.words,
        kind=way.kind,
        ownership=way.ownership,
        use="in_use" if is_used else "wanted",
        role=told.text("roles", row.key) or None,
        goals=aims.goal_ids,
        objectives=aims.objective_ids,
        challenges=(Challenge(text=hard, task=task),) if hard else (),
        spend=SpendLimits(cap=cap) if way.ownership == "paid" and cap is not None else None,
    )


def ads_of(told: Told) -> AdsRules:
    """The company's own name as the words that bring people who come anyway, and the most that adverts may cost in a day."""
    kinds = {WAYS[row.key].kind for row in (*rows.ways_used(told), *rows.ways_wanted(told))}
    names = (told.company.name.casefold(),) if "search_ads" in kinds else ()
    return AdsRules(brand_terms=names, guardrails=Guardrails(max_daily_spend=told.number("money", rows.ONE_DAY)))


def tasks_of(told: Told, aims: Aims) -> tuple[Task, ...]:
    """What stands in the way and what shall be tried, where its hours are known; all of it within the quarter."""
    made = []
    for row in rows.work_rows(told):
        kind, _, way = row.key.partition(" ")
        hours = told.number("in_the_way", f"{way} {rows.HOURS}")
        if hours is not None:
            made.append(Task(id=f"{kind}_{way}", title=row.label, serves=way, effort_hours=hours, due_on=told.quarter.last_day))
    return tuple(made)


def management_of(told: Told, aims: Aims, tasks: tuple[Task, ...], *, owner: str) -> Management:
    """Money, people, work, how often people are written to, and the one figure that is followed."""
    people = tuple(_people(told))
    kpis = tuple(Kpi(metric=o.metric, baseline=o.baseline, target=o.target, cadence="quarter", owner=owner) for o in aims.objectives)
    return Management(
        budget=_budget(told), teams=(Team(id="us", people=people),) if people else (), tasks=tasks, contact_rules=_contact_rules(told), kpis=kpis
    )


def _budget(told: Told) -> Budget | None:
    """What was said; else 0 where nothing that costs money is used or wanted, and None where nobody knows yet."""
    money = told.number("money", rows.ALL_MONEY)
    if money is not None:
        return Budget(quarter=money)
    return None if told.answers.get("uses") is None or rows.paid_ways(told) else Budget(quarter=Decimal(0), note=SAID["nothing_paid"])


def _people(told: Told) -> Iterator[Person]:
    taken: set[str] = set()
    for found in rows.people(told):
        if found.hours is not None:
            person = short_name(found.name, taken, otherwise="person")
            taken.add(person)
            yield Person(id=person, name=found.name, hours_per_week=found.hours)


def _contact_rules(told: Told) -> ContactRules:
    found = AT_MOST.get(told.text("rhythm", rows.AT_MOST_ROW))
    direct = tuple(way for way in ("letter", "text_messages") if way in told.lines("uses"))
    return ContactRules(at_most=(AtMost(channels=direct, times=found[1], days=found[2]),)) if found is not None and direct else ContactRules()


def items_of(told: Told, audiences: tuple[Audience, ...], *, language: str, day: date) -> tuple[ContentItem, ...]:
    """What is sent at fixed times, from the day after `day`; nothing while its day of the week, its rhythm or its readers are not known."""
    made: list[ContentItem] = []
    weekday = list(WEEKDAYS).index(found) if (found := told.text("rhythm", rows.DAY)) in WEEKDAYS else None
    sent = told.rows("sends")
    for way in (row.key for row in rows.ways_to_send(told) if row.key in sent):
        who = told.text("rhythm", f"{way} for") if len(audiences) > 1 else (audiences[0].who if audiences else "")
        audience = next((each.id for each in audiences if each.who == who), None)
        if weekday is None or audience is None:
            continue
        days = [each for each in _days(told, told.text("rhythm", way), weekday) if each > day]
        for number, on in enumerate(days, start=1):
            title = SAID["numbered"].format(sent[way], number) if len(days) > 1 else sent[way]
            made.append(
                ContentItem(
                    id=f"{way}_{number}",
                    title=title,
                    audience=audience,
                    language=language,
                    channel=way,
                    format=WAYS[way].sends,
                    deliver=Delivery(on=on),
                )
            )
    return tuple(made)


def _days(told: Told, rhythm: str, weekday: int) -> list[date]:
    """The days of the quarter on which it goes out; once a month is the first such day of each month."""
    days = [monday + timedelta(days=weekday) for monday in told.quarter.weeks]
    if rhythm in _EVERY_WEEKS:
        return days[:: _EVERY_WEEKS[rhythm]]
    return [each for each in days if each.day <= 7] if rhythm == "month" else []


def rules_of(told: Told) -> tuple[Evaluation, ...]:
    """The owner's own rule for the whole, and for each paid trial the number below which it stops."""
    last, metric, counted = told.quarter.last_day, told.text("counted") or None, rows.counted_of(told)
    made = []
    for row in rows.paid_ways(told):
        least = told.number("money", f"{row.key} {rows.BRINGS}")
        if counted is not None and least is not None:
            words = SAID["stop"].format(row.label, amount(told, least))
            made.append(Evaluation(step=4, question=words, channel=row.key, metric=metric, threshold=least, on=last))
    if told.text("success", "success"):
        target = told.number("numbers", "quarter")
        made.append(
            Evaluation(
                step="overall", question=told.text("success", "success"), metric=metric if target is not None else None, threshold=target, on=last
            )
        )
    return tuple(made)
