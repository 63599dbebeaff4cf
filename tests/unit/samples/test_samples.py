"""The sample companies: they validate, hang together, and hold exactly what was planted in them, recounted here without the rooms that find it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from math import ceil
from pathlib import Path
from typing import Any

import holidays
import pytest
from ruamel.yaml import YAML

import quarterdeck
from quarterdeck.kernel.periods import Quarter, days_between
from quarterdeck.market.presets import PRESETS
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.management import Task
from quarterdeck.strategy.means import Campaign

SAMPLES = Path(quarterdeck.__file__).parent / "samples"
QUARTERS = {"harbour": Quarter(date(2027, 1, 4)), "small_shop": Quarter(date(2027, 1, 4)), "retailer": Quarter(date(2026, 5, 4))}
PUBLIC_HOLIDAYS = {"harbour": holidays.country_holidays("GB", subdiv="ENG", years=[2026, 2027]),
                   "small_shop": holidays.country_holidays("GB", subdiv="ENG", years=[2026, 2027]), "retailer": holidays.country_holidays("US", years=2026)}
NAMES = tuple(QUARTERS)


def read_plain(name: str, file: str = "strategy.yaml") -> Any:
    return YAML(typ="safe").load((SAMPLES / name / file).read_text(encoding="utf-8"))


STRATEGIES = {name: Strategy.model_validate(read_plain(name)) for name in NAMES}
PLANTED = read_plain("harbour", "planted.yaml")


# --- every sample ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_id_is_used_once_and_every_reference_leads_somewhere(name: str) -> None:
    strategy = STRATEGIES[name]
    ids = {place: [part.id for part in parts] for place, parts in strategy.named_lists()}
    assert {place: [word for word, times in Counter(found).items() if times > 1] for place, found in ids.items()} == {place: [] for place in ids}

    dangling = [(text, ref) for places, refs in _references(strategy) for text, ref in refs if not any(ref in ids[place] for place in places)]
    assert dangling == []


@pytest.mark.parametrize("name", NAMES)
def test_all_eight_steps_are_written_and_the_overall_rule_is_fixed(name: str) -> None:
    strategy = STRATEGIES[name]
    assert strategy.vision
    assert strategy.goals and strategy.objectives and strategy.audiences and strategy.conversions
    assert strategy.proposition.statement and strategy.proposition.claims
    assert strategy.tools and strategy.channels and strategy.campaigns
    assert strategy.content.items and all((item.text or "").strip() for item in strategy.content.items)
    assert strategy.management.budget and strategy.management.tasks and strategy.management.kpis
    assert {rule.step for rule in strategy.evaluation} >= {"overall"}
    assert strategy.questions
    assert {goal for objective in strategy.objectives for goal in [objective.goal]} <= {goal.id for goal in strategy.goals}


@pytest.mark.parametrize("name", NAMES)
def test_every_part_of_content_is_dated_within_its_campaign_and_away_from_days_on_which_nothing_goes_out(name: str) -> None:
    strategy, quarter = STRATEGIES[name], QUARTERS[name]
    campaigns = {campaign.id: campaign for campaign in strategy.campaigns}
    rules = strategy.management.contact_rules
    closed = {day for blackout in rules.blackouts for day in days_between(blackout.first_day, blackout.last_day)} | set(PUBLIC_HOLIDAYS[name])
    wrong: list[tuple[str, str]] = []
    for item in strategy.content.items:
        day = item.deliver.on
        if quarter.week_number(day) is None:
            wrong.append((item.id, "outside the quarter"))
        if day in closed:
            wrong.append((item.id, "closed day"))
        if rules.quiet_hours and not rules.quiet_hours.last < item.deliver.at < rules.quiet_hours.first:
            wrong.append((item.id, "quiet hours"))
        if item.campaign is not None:
            campaign = campaigns[item.campaign]
            if not (campaign.starts_on <= day <= campaign.ends_on and item.channel in campaign.channels and item.audience in campaign.audiences):
                wrong.append((item.id, f"not of its campaign {campaign.id}"))
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_work_is_due_on_working_days_before_whatever_waits_for_it(name: str) -> None:
    strategy = STRATEGIES[name]
    tasks = {task.id: task for task in strategy.management.tasks}
    off = [task.id for task in tasks.values() if _due(task).weekday() > 4 or _due(task) in PUBLIC_HOLIDAYS[name]]
    late = [(task.id, before) for task in tasks.values() for before in task.after if _due(tasks[before]) >= _due(task)]
    unready = [(item.id, need) for item in strategy.content.items for need in item.needs if _due(tasks[need]) >= item.deliver.on]
    assert (off, late, unready) == ([], [], [])


@pytest.mark.parametrize("name", NAMES)
def test_the_money_lies_between_the_floors_and_the_caps_and_the_tasks_fit_into_the_reserve(name: str) -> None:
    strategy = STRATEGIES[name]
    budget, limits = strategy.management.budget, [channel.spend for channel in strategy.paid_channels]
    assert budget is not None
    assert all(limit is not None and limit.cap is not None for limit in limits)
    floors, caps = sum((limit.floor for limit in limits if limit), Decimal(0)), sum((limit.cap or Decimal(0) for limit in limits if limit), Decimal(0))
    assert floors < budget.quarter - budget.reserve < caps
    assert sum((task.budget for task in strategy.management.tasks), Decimal(0)) <= budget.reserve


@pytest.mark.parametrize("name", NAMES)
def test_posts_and_text_messages_are_short_enough_to_be_sent(name: str) -> None:
    too_long = [(item.id, len(item.text or "")) for item in STRATEGIES[name].content.items
                if len(item.text or "") > {"x": 280, "sms": 160}.get(item.channel, 4000)]
    assert too_long == []


@pytest.mark.parametrize("name", NAMES)
def test_nobody_but_the_planted_designer_has_more_to_do_than_time(name: str) -> None:
    expected = {"design"} if name == "harbour" else set()
    assert {skill for skill, share in _busiest_moment(name).items() if share > 1} == expected
    assert {skill for skill, share in _busiest_moment(name).items() if share > Decimal("0.8")} == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_simple_schedule_by_due_date_is_late_only_where_design_was_overfilled(name: str) -> None:
    expected = set(PLANTED["overloads"][0]["tasks_that_can_wait"]) if name == "harbour" else set()
    late = _late_tasks(name)
    assert late <= expected
    assert bool(late) == bool(expected)


@pytest.mark.parametrize("name", ["small_shop", "retailer"])
def test_nothing_collides_in_the_other_samples(name: str) -> None:
    assert (_too_often(name), _meeting_offers(name), _shared_keywords(name)) == ([], [], [])


# --- Harbour Home & Garden ------------------------------------------------------------------------------------------------------------------


def test_harbour_is_a_middle_sized_shop_with_eight_paid_channels_that_a_market_can_be_simulated_for() -> None:
    strategy = STRATEGIES["harbour"]
    assert [channel.id for channel in strategy.paid_channels] == ["search", "shopping", "social", "display", "video", "radio", "print", "direct_mail"]
    assert tuple(channel.id for channel in strategy.paid_channels) == PRESETS["shop"].channel_ids
    assert {channel.id for channel in strategy.channels if channel.ownership != "paid"} == {"email", "sms", "website", "facebook", "x"}
    assert (len(strategy.management.people), len(strategy.campaigns), len(strategy.offers), len(strategy.objectives)) == (8, 6, 6, 4)
    assert len(strategy.management.tasks) >= 60
    assert len(strategy.content.items) >= 40
    assert strategy.objectives[0].metric == PRESETS["shop"].aim
    assert {rule.step for rule in strategy.evaluation} == {1, 2, 3, 4, 5, 6, 7, 8, "overall"}
    assert {rule.channel for rule in strategy.evaluation if rule.step == 4} == set(PRESETS["shop"].channel_ids)


def test_harbour_holds_one_pair_of_mails_that_breaks_a_contact_rule_and_no_other() -> None:
    (planted,) = [each for each in PLANTED["collisions"] if each["kind"] == "too_often"]
    assert _too_often("harbour") == [(planted["rule"], planted["audience"], frozenset(planted["items"]))]
    assert _too_often("harbour", spare_days=1) == _too_often("harbour")


def test_harbour_holds_one_pair_of_offers_that_must_not_meet_and_no_other() -> None:
    (planted,) = [each for each in PLANTED["collisions"] if each["kind"] == "offers"]
    assert _meeting_offers("harbour") == [(frozenset(planted["campaigns"]), {planted["audience"]}, planted["first_day"], planted["last_day"])]


def test_harbour_holds_one_keyword_that_two_campaigns_bid_on_and_no_other() -> None:
    (planted,) = [each for each in PLANTED["collisions"] if each["kind"] == "keyword"]
    assert _shared_keywords("harbour") == [(frozenset(planted["campaigns"]), planted["keyword"], planted["first_day"], planted["last_day"])]


def test_the_planted_things_are_three_collisions_and_one_overload() -> None:
    assert [each["code"] for each in PLANTED["collisions"]] == ["PLAN-101", "PLAN-102", "PLAN-103"]
    assert [each["skill"] for each in PLANTED["overloads"]] == ["design"]


def test_much_more_design_is_due_by_the_end_of_february_than_there_are_hours_for() -> None:
    planted = PLANTED["overloads"][0]
    needed, available = _needed_and_available("harbour", planted["skill"], planted["last_day"])
    assert needed > available * Decimal("1.3")
    assert _needed_and_available("harbour", planted["skill"], QUARTERS["harbour"].last_day)[0] <= _needed_and_available(
        "harbour", planted["skill"], QUARTERS["harbour"].last_day)[1]


# --- The small shop -------------------------------------------------------------------------------------------------------------------------


def test_the_small_shop_spends_on_the_channels_and_for_the_aim_of_its_simulated_market() -> None:
    strategy, preset = STRATEGIES["small_shop"], PRESETS["small_shop"]
    assert tuple(channel.id for channel in strategy.paid_channels) == preset.channel_ids
    assert preset.aim in {objective.metric for objective in strategy.objectives}
    assert {objective.metric for objective in strategy.objectives} <= {metric.id for metric in preset.metrics}
    assert {person.hours_per_week for person in strategy.management.people if person.id == "nora"} == {Decimal(9)}


# --- recounting -----------------------------------------------------------------------------------------------------------------------------


def _due(task: Task) -> date:
    assert task.due_on is not None, f"{task.id} has no due date"
    return task.due_on


def _references(strategy: Strategy) -> Iterator[tuple[tuple[str, ...], list[tuple[str, str]]]]:
    def named(owner: str, *found: str | None) -> list[tuple[str, str]]:
        return [(owner, ref) for ref in found if ref is not None]

    plan, tasks = strategy.management, ("management.tasks",)
    yield ("goals",), [ref for each in strategy.objectives for ref in named(each.id, each.goal)]
    yield ("audiences",), [ref for each in (*strategy.objectives, *strategy.conversions, *strategy.content.items) for ref in named(each.id, each.audience)]
    yield ("management.people",), [ref for part in (strategy.objectives, strategy.questions) for each in part for ref in named(each.id, each.owner)]
    yield ("management.people",), [ref for each in plan.kpis for ref in named("kpi", each.owner)]
    yield ("channels",), [ref for each in strategy.audiences for ref in named(each.id, *each.found_on)]
    yield ("channels",), [ref for each in (*plan.kpis, *strategy.evaluation) for ref in named("kpi or rule", each.channel)]
    yield ("channels",), [ref for each in plan.contact_rules.at_most for ref in named("contact rule", *each.channels)]
    yield ("channels",), [ref for each in strategy.content.items for ref in named(each.id, each.channel)]
    yield ("campaigns", "content.items"), [ref for each in strategy.proposition.claims for ref in named(each.text, *each.used_in)]
    for channel in strategy.channels:
        yield ("tools",), named(channel.id, channel.tool)
        yield ("goals",), named(channel.id, *channel.goals)
        yield ("objectives",), named(channel.id, *channel.objectives)
        yield tasks, named(channel.id, *(challenge.task for challenge in channel.challenges))
    for campaign in strategy.campaigns:
        yield ("objectives",), named(campaign.id, campaign.objective)
        yield ("audiences",), named(campaign.id, *campaign.audiences)
        yield ("offers",), named(campaign.id, campaign.offer)
        yield ("channels",), named(campaign.id, *campaign.channels)
    yield ("offers",), [ref for each in strategy.offers for ref in named(each.id, *each.excludes)]
    yield ("campaigns",), [ref for each in strategy.content.items for ref in named(each.id, each.campaign)]
    yield tasks, [ref for each in strategy.content.items for ref in named(each.id, *each.needs)]
    yield tasks, [ref for task in plan.tasks for ref in named(task.id, *task.after)]
    yield tasks, [ref for each in plan.kpis for ref in named("kpi", each.task)]
    yield ("management.teams",), [ref for each in plan.kpis for ref in named("kpi", each.team)]
    yield ("objectives", "campaigns", "channels", "content.items"), [(task.id, task.serves) for task in plan.tasks]
    needs = [need for audience in strategy.audiences for need in audience.needs]
    assert [claim.text for claim in strategy.proposition.claims if claim.answers not in needs] == []


def _too_often(name: str, spare_days: int = 0) -> list[tuple[int, str, frozenset[str]]]:
    """(rule, audience, items) of every window of a rule's days, begun on any day, that holds more sends than the rule allows."""
    strategy = STRATEGIES[name]
    found = set()
    for number, rule in enumerate(strategy.management.contact_rules.at_most):
        for audience in strategy.audiences:
            sends = [item for item in strategy.content.items if item.audience == audience.id and item.channel in rule.channels]
            for first in {item.deliver.on for item in sends}:
                window = [item.id for item in sends if 0 <= (item.deliver.on - first).days < rule.days + spare_days]
                if len(window) > rule.times:
                    found.add((number, audience.id, frozenset(window)))
    return sorted(found, key=str)


def _campaign_pairs(name: str) -> Iterator[tuple[Campaign, Campaign, date, date]]:
    """Campaigns that run at the same time, and the days on which they do."""
    for one, other in combinations(STRATEGIES[name].campaigns, 2):
        first, last = max(one.starts_on, other.starts_on), min(one.ends_on, other.ends_on)
        if first <= last:
            yield one, other, first, last


def _meeting_offers(name: str) -> list[tuple[frozenset[str], set[str], date, date]]:
    banned = {frozenset((offer.id, other)) for offer in STRATEGIES[name].offers for other in offer.excludes}
    return [(frozenset((one.id, other.id)), shared, first, last) for one, other, first, last in _campaign_pairs(name)
            if frozenset((str(one.offer), str(other.offer))) in banned and (shared := set(one.audiences) & set(other.audiences))]


def _shared_keywords(name: str) -> list[tuple[frozenset[str], str, date, date]]:
    """Keywords of two campaigns at the same time that are the same, or one of which holds all words of the other."""
    return [(frozenset((one.id, other.id)), mine, first, last) for one, other, first, last in _campaign_pairs(name)
            if "search" in one.channels and "search" in other.channels
            for mine in one.keywords for yours in other.keywords
            if set(mine.lower().split()) <= set(yours.lower().split()) or set(yours.lower().split()) <= set(mine.lower().split())]


def _working_days(name: str, person: Any, last: date) -> int:
    away = {day for span in person.away for day in days_between(span.first_day, span.last_day)}
    return sum(day.weekday() < 5 and day not in PUBLIC_HOLIDAYS[name] and day not in away for day in days_between(QUARTERS[name].first_day, last))


def _needed_and_available(name: str, skill: str, last: date) -> tuple[Decimal, Decimal]:
    """Hours of work of `skill` due by `last`, and the hours that people with it have until then."""
    plan = STRATEGIES[name].management
    needed = sum((task.effort_hours for task in plan.tasks if skill in task.skills and _due(task) <= last), Decimal(0))
    return needed, sum((_working_days(name, person, last) * person.hours_per_week / 5 for person in plan.people if skill in person.skills), Decimal(0))


def _busiest_moment(name: str) -> dict[str, Decimal]:
    """For each skill the highest share of its hours that is needed by any one due date."""
    tasks = STRATEGIES[name].management.tasks
    skills = sorted({skill for task in tasks for skill in task.skills})
    return {skill: max(needed / available for task in tasks if skill in task.skills for needed, available in [_needed_and_available(name, skill, _due(task))])
            for skill in skills}


def _late_tasks(name: str) -> set[str]:
    """Tasks that end late when everybody takes the work that is due first, in whole half-days, one task at a time."""
    plan = STRATEGIES[name].management
    tasks = {task.id: task for task in plan.tasks}
    ends: dict[str, int] = {}
    calendars = {person.id: [2 * (day - QUARTERS[name].first_day).days + half for day in days_between(QUARTERS[name].first_day, date(2027, 12, 31))
                             if day.weekday() < 5 and day not in PUBLIC_HOLIDAYS[name]
                             and not any(span.first_day <= day <= span.last_day for span in person.away) for half in (0, 1)] for person in plan.people}
    while len(ends) < len(tasks):
        open_tasks = [task for task in tasks.values() if task.id not in ends and all(before in ends for before in task.after)]
        task = min(open_tasks, key=lambda task: (_due(task), task.id))
        ready = max((ends[before] + 1 for before in task.after), default=0)
        choices = []
        for person in plan.people:
            if set(task.skills) <= set(person.skills):
                count = ceil(task.effort_hours * 10 / person.hours_per_week)
                free = [slot for slot in calendars[person.id] if slot >= ready][:count]
                choices.append((free[-1], person.id, free))
        end, who, taken = min(choices)
        calendars[who] = [slot for slot in calendars[who] if slot not in taken]
        ends[task.id] = end
    return {task_id for task_id, end in ends.items() if QUARTERS[name].first_day + timedelta(days=end // 2) > _due(tasks[task_id])}
