"""The sample companies: they validate, hang together, and hold exactly what was planted in them, recounted without the rooms that find it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from sample_files import NAMES, PLANTED, PUBLIC_HOLIDAYS, QUARTERS, STRATEGIES
from sample_recount import (
    busiest_moment,
    due_day,
    late_tasks,
    meeting_offers,
    needed_and_available,
    references_of,
    sends_too_often,
    shared_keywords,
)

from quarterdeck.kernel.periods import days_between
from quarterdeck.market.presets import PRESETS


@pytest.mark.parametrize("name", NAMES)
def test_every_id_is_used_once_and_every_reference_leads_somewhere(name: str) -> None:
    strategy = STRATEGIES[name]
    ids = {place: [part.id for part in parts] for place, parts in strategy.named_lists()}
    assert {place: [word for word, times in Counter(found).items() if times > 1] for place, found in ids.items()} == {place: [] for place in ids}

    dangling = [(text, ref) for places, refs in references_of(strategy) for text, ref in refs if not any(ref in ids[place] for place in places)]
    assert dangling == []


@pytest.mark.parametrize("name", NAMES)
def test_every_claim_answers_a_need_of_an_audience_in_its_own_words(name: str) -> None:
    strategy = STRATEGIES[name]
    needs = [need for audience in strategy.audiences for need in audience.needs]
    assert [claim.text for claim in strategy.proposition.claims if claim.answers not in needs] == []


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
    off = [task.id for task in tasks.values() if due_day(task).weekday() > 4 or due_day(task) in PUBLIC_HOLIDAYS[name]]
    late = [(task.id, before) for task in tasks.values() for before in task.after if due_day(tasks[before]) >= due_day(task)]
    unready = [(item.id, need) for item in strategy.content.items for need in item.needs if due_day(tasks[need]) >= item.deliver.on]
    assert (off, late, unready) == ([], [], [])


@pytest.mark.parametrize("name", NAMES)
def test_the_money_left_after_reserve_and_tasks_lies_between_the_floors_and_the_caps(name: str) -> None:
    strategy = STRATEGIES[name]
    budget, limits = strategy.management.budget, [channel.spend for channel in strategy.paid_channels]
    assert budget is not None
    left = budget.quarter - budget.reserve - sum((task.budget for task in strategy.management.tasks), Decimal(0))
    floors, caps = sum((limit.floor for limit in limits if limit), Decimal(0)), [limit.cap for limit in limits if limit and limit.cap]
    assert len(caps) == len(limits)
    assert floors < left < sum(caps, Decimal(0))


@pytest.mark.parametrize("name", NAMES)
def test_posts_and_text_messages_are_short_enough_to_be_sent(name: str) -> None:
    too_long = [
        (item.id, len(item.text or ""))
        for item in STRATEGIES[name].content.items
        if len(item.text or "") > {"x": 280, "sms": 160}.get(item.channel, 4000)
    ]
    assert too_long == []


@pytest.mark.parametrize("name", NAMES)
def test_nobody_but_the_planted_designer_has_more_to_do_than_time(name: str) -> None:
    expected = {"design"} if name == "harbour" else set()
    assert {skill for skill, share in busiest_moment(name).items() if share > 1} == expected
    assert {skill for skill, share in busiest_moment(name).items() if share > Decimal("0.8")} == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_simple_schedule_by_due_date_is_late_only_where_design_was_overfilled(name: str) -> None:
    expected = set(PLANTED["overloads"][0]["tasks_that_can_wait"]) if name == "harbour" else set()
    late = late_tasks(name)
    assert late <= expected
    assert bool(late) == bool(expected)


@pytest.mark.parametrize("name", NAMES)
def test_nobody_closes_a_quarter_or_looks_back_before_there_is_something_to_look_at(name: str) -> None:
    strategy, last_day = STRATEGIES[name], QUARTERS[name].last_day
    earliest = {task.id: task.not_before for task in strategy.management.tasks if task.not_before}
    assert (last_day - earliest["close_quarter"]).days <= 14
    if name == "small_shop":
        assert earliest["look_back"] > next(campaign.ends_on for campaign in strategy.campaigns if campaign.id == "valentine")
    if name == "harbour":
        inserts = {item.deliver.on for item in strategy.content.items if item.id in ("insert_paint", "insert_terrace")}
        assert earliest["insert_towns"] > min(inserts)
    if name == "retailer":
        assert earliest["weekly_check"] >= QUARTERS[name].first_day + timedelta(weeks=6)


@pytest.mark.parametrize("name", NAMES)
def test_every_paid_channel_has_exactly_one_rule_with_a_metric_a_threshold_and_a_day(name: str) -> None:
    strategy = STRATEGIES[name]
    rules = [rule for rule in strategy.evaluation if rule.step == 4 and rule.channel]
    assert Counter(rule.channel for rule in rules) == Counter(channel.id for channel in strategy.paid_channels)
    assert all(rule.metric and rule.threshold and rule.on for rule in rules)


@pytest.mark.parametrize("name", ["small_shop", "retailer"])
def test_nothing_collides_in_the_other_samples(name: str) -> None:
    assert (sends_too_often(name), meeting_offers(name), shared_keywords(name)) == ([], [], [])


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


def test_harbour_holds_one_pair_of_mails_that_breaks_a_contact_rule_and_no_other() -> None:
    (planted,) = [each for each in PLANTED["collisions"] if each["kind"] == "too_often"]
    assert sends_too_often("harbour") == [(planted["rule"], planted["audience"], frozenset(planted["items"]))]
    assert sends_too_often("harbour", spare_days=1) == sends_too_often("harbour")


def test_harbour_holds_one_pair_of_offers_that_must_not_meet_and_no_other() -> None:
    (planted,) = [each for each in PLANTED["collisions"] if each["kind"] == "offers"]
    assert meeting_offers("harbour") == [(frozenset(planted["campaigns"]), {planted["audience"]}, planted["first_day"], planted["last_day"])]


def test_harbour_holds_one_keyword_that_two_campaigns_bid_on_and_no_other() -> None:
    (planted,) = [each for each in PLANTED["collisions"] if each["kind"] == "keyword"]
    assert shared_keywords("harbour") == [(frozenset(planted["campaigns"]), planted["keyword"], planted["first_day"], planted["last_day"])]


def test_the_planted_things_are_three_collisions_and_one_overload() -> None:
    assert [each["code"] for each in PLANTED["collisions"]] == ["PLAN-101", "PLAN-102", "PLAN-103"]
    assert [each["skill"] for each in PLANTED["overloads"]] == ["design"]


def test_much_more_design_is_due_by_the_end_of_february_than_there_are_hours_for() -> None:
    planted = PLANTED["overloads"][0]
    needed, available = needed_and_available("harbour", planted["skill"], planted["last_day"])
    assert needed > available * Decimal("1.3")
    assert (
        needed_and_available("harbour", planted["skill"], QUARTERS["harbour"].last_day)[0]
        <= needed_and_available("harbour", planted["skill"], QUARTERS["harbour"].last_day)[1]
    )


# --- The small shop -------------------------------------------------------------------------------------------------------------------------


def test_the_small_shop_spends_on_the_channels_and_for_the_aim_of_its_simulated_market() -> None:
    strategy, preset = STRATEGIES["small_shop"], PRESETS["small_shop"]
    assert tuple(channel.id for channel in strategy.paid_channels) == preset.channel_ids
    assert preset.aim in {objective.metric for objective in strategy.objectives}
    assert {objective.metric for objective in strategy.objectives} <= {metric.id for metric in preset.metrics}
    assert {person.hours_per_week for person in strategy.management.people if person.id == "nora"} == {Decimal(9)}
