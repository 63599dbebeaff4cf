"""Checks of step 6: one person for too much, work that comes too late, and work that the law forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from quarterdeck.kernel.periods import WEEKS_PER_QUARTER
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.checks.work.absence import WORKDAYS, days_off
from quarterdeck.strategy.parts.management import Task
from quarterdeck.strategy.wording.wording import quote, say_day, say_hours

_MANY_AIMS, _MANY_OWNED, _SOME_PEOPLE = 3, 8, 3
_SAME_DAYS = 14
_LITTLE_WORDS = frozenset({"a", "an", "the"})
_DENIED = re.compile(r"\b(never|not|no|stop|don't|report|remove|delete|against|find|instead)\b", re.IGNORECASE)
_STAYS = frozenset({"website", "search", "mobile_app"})
"""What goes out here stays: a page may be read again, mended and added to."""
_COMES_FIRST = re.compile(
    r"\b(approv\w+|sign(?:ed)?[ -]?off|releas\w+|legal|publish\w*|launch|write|draft|build|freigabe\w*|freigeben|schreib\w*|baue\w*|recht\w*"
    r"|valider|validation|approuver|rédiger|écrire|zatwierdz\w*|akcept\w*|zgod\w*|napis\w*|zbudowa\w*)\b",
    re.IGNORECASE,
)
_FURTHER = re.compile(r"\b(more|another|again|anew|second|weitere\w*|noch|erneut|neu|encore|autre\w*|jeszcze|kolejn\w*|ponownie)\b", re.IGNORECASE)
_BOUGHT = re.compile(
    r"\b(?:buy|purchase|kaufen|kaufe|acheter|kupić|kup)(?:\s+(?!for\b|to\b|with\b|from\b|that\b|für\b|pour\b|dla\b)[\w,.'’-]+){0,3}?"
    r"\s+(?:addresses|e-?mail lists?|mailing lists?|adressen|adresses|adresy|adresów)\b",
    re.IGNORECASE,
)
_FALSE_REVIEWS = re.compile(
    r"\breviews\b.{0,20}\b(ourselves|invented|fake|made-up|false)\b|\b(fake|invented|made-up|false)\b.{0,12}\breviews\b"
    r"|\b(cousins?|friends|relatives|in-laws|aunts|uncles|mates|buddies|verwandte|freunde|amis|znajomi|rodzina)\b(?! of the house\b).{0,30}?"
    r"\b(write|post|leave|give)\s+(?:(?!(?:about|on|to|for|with|from|after|answers)\b)[\w-]+\s+){0,3}reviews?\b"
    r"|\b(staff|employees|colleagues|the team|mitarbeiter|kollegen)\b.{0,30}\b(five|5)[- ]stars?\b.{0,12}\breviews?\b"
    r"|\b(buy|purchase)\s+(?:(?!(?:about|on|to|for|with|from|after)\b)[\w-]+\s+){0,3}reviews\b"
    r"|\b(pay|give|offer)\b.{0,25}\bfor (?:each |every |a |any )?(?:review\b.{0,8}\b(?:five|5) stars|(?:five|5)[- ]star review)",
    re.IGNORECASE,
)


@rule("STRATEGY-633", 6, "warning", "An owner who is away for most of the quarter")
def absent_owner(situation: Situation) -> Iterator[Finding]:
    """Who answers for an objective is there for more than half of its weeks, or somebody steps in."""
    quarter, people = situation.quarter, {person.id: person for person in situation.strategy.management.people}
    if quarter is None:
        return
    workdays = WEEKS_PER_QUARTER * WORKDAYS
    for objective in situation.strategy.objectives:
        person = people.get(objective.owner or "")
        off = 0 if person is None else days_off(person, quarter.first_day, quarter.last_day)
        if off * 2 > workdays:
            yield Finding(
                f"objectives[{objective.id}].owner",
                f"{objective.owner}, who is away for {off} of {workdays} working days",
                "somebody who is there for most of the quarter",
                "Name who steps in.",
            )


@rule("STRATEGY-634", 6, "warning", "One person for more work than fits into the hours")
def bottleneck(situation: Situation) -> Iterator[Finding]:
    """What only one person can do must fit into that person's hours of the quarter, however many others have time."""
    people = situation.strategy.management.people
    only: dict[str, list[Decimal]] = {}
    for task in situation.strategy.management.tasks:
        able = [person for person in people if set(task.skills) <= set(person.skills)]
        if len(able) == 1 and len(people) > 1:
            only.setdefault(able[0].id, []).append(task.effort_hours)
    for person in people:
        weeks = Decimal(WEEKS_PER_QUARTER)
        if situation.quarter is not None:
            weeks -= Decimal(days_off(person, situation.quarter.first_day, situation.quarter.last_day)) / WORKDAYS
        work, hours = sum(only.get(person.id, ()), Decimal(0)), person.hours_per_week * weeks
        if work > hours > 0:
            yield Finding(
                f"management.people[{person.id}].hours_per_week",
                f"{say_hours(work)} of tasks that nobody else can do, and {say_hours(Decimal(round(hours)))} in the quarter",
                "work that fits into the hours",
                "Give a second person the skill, bring in help, or drop the least important.",
            )


@rule("STRATEGY-635", 6, "hint", "One owner for everything")
def one_owner(situation: Situation) -> Iterator[Finding]:
    """Where several people work, they share what is answered for. With one owner of every objective, figure and question, a week of illness stops all."""
    strategy = situation.strategy
    inside = [person for team in strategy.management.teams if not team.external for person in team.people]
    owned = [objective.owner for objective in strategy.objectives]
    owned += [kpi.owner for kpi in strategy.management.kpis] + [question.owner for question in strategy.questions]
    names = {owner for owner in owned if owner}
    if len(strategy.objectives) >= _MANY_AIMS and len(inside) >= _SOME_PEOPLE and len(names) == 1 and sum(map(bool, owned)) >= _MANY_OWNED:
        yield Finding(
            "objectives",
            f"{names.pop()} for all of them, and for every KPI and question",
            "owners among several people",
            "Give each objective to the one who does most for it.",
        )


@rule("STRATEGY-636", 6, "hint", "Work for what is over")
def late_work(situation: Situation) -> Iterator[Finding]:
    """Work for an item or a campaign is done before the item goes out or the campaign ends. Work that looks back has a first day (`not_before`) or
    waits for other work. A page stays when it is out and may be worked on; only what makes or releases it comes before. What an item needs and is
    late is told by another check.
    """
    strategy = situation.strategy
    stays = {channel.id for channel in strategy.channels if channel.kind in _STAYS}
    pages = {item.id for item in strategy.content.items if item.channel in stays}
    told = {task for item in strategy.content.items for task in item.needs}
    over = {item.id: item.deliver.on for item in strategy.content.items} | {campaign.id: campaign.ends_on for campaign in strategy.campaigns}
    for task in strategy.management.tasks:
        day = over.get(task.serves)
        if task.serves in pages and (_FURTHER.search(task.title) or not _COMES_FIRST.search(task.title)):
            continue
        if day is not None and task.due_on is not None and task.due_on > day and task.not_before is None and not task.after and task.id not in told:
            yield Finding(
                f"management.tasks[{task.id}].due_on",
                f"{say_day(task.due_on)}, and {task.serves} is over on {say_day(day)}",
                "a day before what it is for is over",
                "Move the day; if it looks back, give it a first day in `not_before`.",
            )


@rule("STRATEGY-637", 6, "hint", "Two tasks in nearly the same words")
def nearly_same_task(situation: Situation) -> Iterator[Finding]:
    """The same words but for an article, for the same thing, within two weeks: this is one task."""
    first: dict[tuple[object, ...], Task] = {}
    for task in situation.strategy.management.tasks:
        words = tuple(word for word in re.findall(r"\w+", task.title.casefold()) if word not in _LITTLE_WORDS)
        same = first.setdefault((words, task.serves), task)
        if same is task or task.due_on is None or same.due_on is None or abs((task.due_on - same.due_on).days) > _SAME_DAYS:
            continue
        if (task.title.casefold(), task.due_on) != (same.title.casefold(), same.due_on):
            yield Finding(f"management.tasks[{task.id}]", f"the words of management.tasks[{same.id}]", "a task of its own", "Keep one of the two.")


@rule("STRATEGY-638", 6, "warning", "Addresses that are bought")
def bought_addresses(situation: Situation) -> Iterator[Finding]:
    """People on a bought list never agreed to hear from you. In most countries mail to them is forbidden, and it ruins the name you send under."""
    yield from _told(
        situation, _BOUGHT, "addresses of people who agreed", "Let people ask for your letter; for post, use a house that may lend addresses."
    )


@rule("STRATEGY-639", 6, "warning", "Reviews that are not honest")
def false_reviews(situation: Situation) -> Iterator[Finding]:
    """Reviews that you or your friends write, buy, or pay for by the star, are forbidden in most countries, and they come out."""
    yield from _told(
        situation, _FALSE_REVIEWS, "reviews that customers write of their own will", "Ask every customer, and thank them whatever they write."
    )


def _told(situation: Situation, words: re.Pattern[str], expected: str, fix: str) -> Iterator[Finding]:
    """Tasks whose title says so; one that says it will not, or fights it, is left alone."""
    for task in situation.strategy.management.tasks:
        if words.search(task.title) and not _DENIED.search(task.title):
            yield Finding(f"management.tasks[{task.id}].title", quote(task.title), expected, fix)


LOAD_CHECKS: tuple[Check, ...] = (
    absent_owner, bottleneck, one_owner, late_work, nearly_same_task, bought_addresses, false_reviews,
)  # fmt: skip
