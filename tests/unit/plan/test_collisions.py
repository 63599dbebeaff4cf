"""Collisions: each is found and said, goes when one of the two goes, and goes when its first fix is applied; a clean strategy has none."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from work_makers import EVE, QUARTER, campaign, company, item, person, started, task

from quarterdeck.plan.calendar import place_content
from quarterdeck.plan.collisions import find_collisions
from quarterdeck.plan.quarter_plan import BudgetLine, Collision, Fix, WorkPlan
from quarterdeck.plan.schedule import schedule_by_rule
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.document import Strategy

HOLIDAYS = {date(2027, 3, 26): "Good Friday", date(2027, 3, 29): "Easter Monday"}
TWO_A_WEEK = {"at_most": [{"channels": ["news", "texts"], "times": 2, "days": 7}]}
MONDAY = date(2027, 2, 8)


def work_of(strategy: Strategy, **asked: Any) -> WorkPlan:
    return schedule_by_rule(strategy, QUARTER, **{"as_of": EVE, "log": [], **asked})


def collisions(strategy: Strategy, work: WorkPlan | None = None, **asked: Any) -> tuple[Collision, ...]:
    work = work or work_of(strategy)
    return find_collisions(strategy, QUARTER, place_content(strategy, QUARTER, work), work, **{"holidays": HOLIDAYS, **asked})


def only(strategy: Strategy, code: str, **asked: Any) -> Collision:
    found = collisions(strategy, **asked)
    assert [each.code for each in found] == [code]
    return found[0]


def keys(found: tuple[Collision, ...]) -> set[tuple[str, tuple[str, ...]]]:
    return {(each.code, each.items) for each in found}


def assert_first_fix_helps(strategy: Strategy, work: WorkPlan | None = None, **asked: Any) -> None:
    """Every collision's first change removes it and brings no other."""
    before = collisions(strategy, work, **asked)
    assert before
    for each in before:
        change = next(fix.change for fix in each.fixes if fix.change)
        after = collisions(apply_changes(strategy, change), work, **asked)
        assert keys(after) < keys(before)
        assert (each.code, each.items) not in keys(after)


def without_item(strategy: Strategy, name: str) -> Strategy:
    return apply_changes(strategy, {f"content.items[{name}]": None})


def without_campaign(strategy: Strategy, name: str) -> Strategy:
    return apply_changes(strategy, {f"campaigns[{name}]": None})


# ---- a clean strategy ----


def test_a_clean_strategy_has_no_collisions():
    strategy = company(
        [person("mira", "copy"), person("tom", "design")],
        [task("text", "8", skills=["copy"], due=date(2027, 1, 15)), task("art", "12", after=["text"])],
        items=[
            item("mail", MONDAY, campaign="spring", needs=["text", "art"]),
            item("note", date(2027, 2, 15), channel="texts", campaign="spring"),
            item("night-post", date(2027, 2, 15), at="23:00", channel="wall"),
        ],
        campaigns=[
            campaign(
                "spring",
                date(2027, 2, 1),
                date(2027, 2, 28),
                channels=["search", "news"],
                keywords=["garden tools"],
                offer="tenth",
                audiences=["gardeners"],
            ),
            campaign(
                "easter", date(2027, 3, 1), date(2027, 3, 31), channels=["search"], keywords=["garden tools"], offer="gift", audiences=["gardeners"]
            ),
        ],
        offers=[{"id": "tenth", "text": "10 % off", "excludes": ["gift"]}, {"id": "gift", "text": "A gift"}],
        rules={
            **TWO_A_WEEK,
            "quiet_hours": {"first": "21:00", "last": "08:00"},
            "blackouts": [{"first_day": date(2027, 2, 20), "last_day": date(2027, 2, 21), "reason": "stocktaking"}],
        },
    )
    assert collisions(strategy) == ()


def test_an_empty_company_has_none():
    assert collisions(company()) == ()


# ---- 101 too often ----


def busy(*days: int, rules: dict[str, Any] = TWO_A_WEEK, channel: str = "news") -> Strategy:
    return company(items=[item(f"m{n}", MONDAY + timedelta(days=day), channel=(channel, "texts")[n % 2]) for n, day in enumerate(days)], rules=rules)


def test_a_third_message_in_seven_days_is_one_too_many_across_channels():
    found = only(busy(0, 2, 6), "PLAN-101")
    assert found.items == ("m0", "m1", "m2")
    assert (found.first_day, found.last_day) == (MONDAY, date(2027, 2, 14))
    assert found.sentence == (
        "Gardeners would get three messages from 8 February to 14 February, and at most two are allowed in seven days: "
        "“M0” (Newsletter, Monday 8 February), “M1” (Text messages, Wednesday 10 February) "
        "and “M2” (Newsletter, Sunday 14 February)."
    )


@pytest.mark.parametrize("name", ["m0", "m1", "m2"])
def test_without_any_one_of_the_messages_it_is_not_too_often(name):
    assert collisions(without_item(busy(0, 2, 6), name)) == ()


def test_the_window_rolls_and_the_eighth_day_is_free():
    assert collisions(busy(0, 2, 7)) == ()
    assert collisions(busy(4, 5, 10)) != ()


def test_other_audiences_and_channels_do_not_count():
    items = [item("a", MONDAY), item("b", MONDAY), item("c", MONDAY, audience="families"), item("d", MONDAY, channel="wall")]
    assert collisions(company(items=items, rules=TWO_A_WEEK)) == ()


def test_a_burst_gives_one_collision_for_each_message_too_many():
    assert [each.items for each in collisions(busy(0, 1, 2, 3))] == [("m0", "m1", "m2"), ("m0", "m1", "m3")]


def test_ways_out_of_too_often_are_of_different_kinds_and_cheapest_first():
    move, channel, merge = only(busy(0, 1, 2), "PLAN-101").fixes
    assert (move.text, move.change) == ("Move “M2” to Monday 15 February.", {"content.items[m2].deliver.on": "2027-02-15"})
    assert channel.change == {"content.items[m2].channel": "wall"}
    assert (merge.text, merge.change) == ("Make one message of “M1” and “M2”.", {})
    assert [fix.cost_hours for fix in (move, channel, merge)] == sorted(fix.cost_hours for fix in (move, channel, merge))


def test_a_proposed_day_is_free_of_every_other_collision():
    rules = {**TWO_A_WEEK, "blackouts": [{"first_day": date(2027, 2, 15), "last_day": date(2027, 2, 16), "reason": "stocktaking"}]}
    strategy = busy(0, 1, 2, rules=rules)
    found = only(strategy, "PLAN-101", holidays={date(2027, 2, 17): "a day off", date(2027, 2, 5): "another"})
    # The 15th to the 17th are closed, the 5th is a holiday; the 4th lies six days before the 10th and keeps both windows at two.
    assert found.fixes[0].change == {"content.items[m2].deliver.on": "2027-02-18"}


def test_what_has_gone_out_is_neither_complained_about_nor_moved():
    strategy = busy(0, 1, 2)
    assert collisions(strategy, as_of=MONDAY + timedelta(days=2)) == ()
    half_gone = only(strategy, "PLAN-101", as_of=MONDAY + timedelta(days=1))
    assert all("m2" in place for fix in half_gone.fixes for place in fix.change)


# ---- 102 offers, 103 keywords ----

OFFERS = [{"id": "tenth", "text": "10 % off", "excludes": ["gift"]}, {"id": "gift", "text": "A gift"}]


def clash(
    first: tuple[date, date],
    second: tuple[date, date],
    one: tuple[str, ...] = ("gardeners",),
    other: tuple[str, ...] = ("gardeners",),
    items: tuple[dict[str, Any], ...] = (),
) -> Strategy:
    campaigns = [campaign("spring", *first, offer="tenth", audiences=list(one)), campaign("easter", *second, offer="gift", audiences=list(other))]
    return company(campaigns=campaigns, offers=OFFERS, items=items)


FEBRUARY, MARCH = (date(2027, 2, 1), date(2027, 3, 7)), (date(2027, 3, 1), date(2027, 3, 31))


def test_offers_that_exclude_each_other_may_not_meet_before_the_same_people():
    found = only(clash(FEBRUARY, MARCH), "PLAN-102")
    assert found.sentence == (
        "“Spring” offers “10 % off” and “Easter” offers “A gift” to gardeners from 1 March to 7 March; these offers must not meet."
    )
    assert found.fixes[0].change == {"campaigns[spring].ends_on": "2027-02-28"}
    assert len(found.fixes) >= 2


@pytest.mark.parametrize(
    "strategy",
    [
        pytest.param(clash(FEBRUARY, (date(2027, 3, 8), date(2027, 3, 31))), id="one_after_the_other"),
        pytest.param(clash(FEBRUARY, MARCH, ("gardeners",), ("families",)), id="different_people"),
        pytest.param(without_campaign(clash(FEBRUARY, MARCH), "easter"), id="only_one"),
        pytest.param(without_campaign(clash(FEBRUARY, MARCH), "spring"), id="only_the_other"),
        pytest.param(clash((date(2026, 11, 1), date(2026, 12, 31)), (date(2026, 12, 1), date(2027, 1, 3))), id="before_the_quarter"),
    ],
)
def test_offers_that_do_not_meet_are_left_alone(strategy):
    assert collisions(strategy) == ()


def test_a_campaign_without_audiences_speaks_to_everybody():
    assert only(clash(FEBRUARY, MARCH, (), ("families",)), "PLAN-102").items == ("spring", "easter")


def test_a_campaign_that_cannot_be_cut_is_moved_with_its_items():
    items = (
        item("early", date(2027, 2, 2), campaign="easter"),
        item("end", date(2027, 2, 26), campaign="spring"),
        item("on", date(2027, 2, 5), campaign="spring"),
    )
    strategy = clash((date(2027, 2, 1), date(2027, 2, 28)), (date(2027, 2, 1), date(2027, 2, 10)), items=items)
    found = only(strategy, "PLAN-102")
    assert found.items == ("easter", "spring")
    assert found.fixes[0].change == {
        "campaigns[spring].starts_on": "2027-02-15",
        "campaigns[spring].ends_on": "2027-03-14",
        "content.items[on].deliver.on": "2027-02-19",
        "content.items[end].deliver.on": "2027-03-12",
    }
    assert_first_fix_helps(strategy)


def bidders(first: list[str], second: list[str], channels: tuple[str, str] = ("search", "search")) -> Strategy:
    return company(
        campaigns=[
            campaign("spring", *FEBRUARY, channels=[channels[0]], keywords=first),
            campaign("easter", *MARCH, channels=[channels[1]], keywords=second),
        ]
    )


def test_two_campaigns_may_not_bid_on_one_keyword_whatever_its_case_and_spaces():
    found = only(bidders(["Garden  Tools", "rake"], ["spade", " garden tools"]), "PLAN-103")
    assert found.sentence == ("“Spring” and “Easter” both bid on “Garden  Tools” in Google Ads from 1 March to 7 March and raise each other's price.")
    assert found.fixes[0].change == {"campaigns[easter].keywords": '["spade"]'}


@pytest.mark.parametrize(
    "strategy",
    [
        pytest.param(bidders(["rake"], ["spade"]), id="different_words"),
        pytest.param(bidders(["rake"], ["rake"], ("search", "posters")), id="not_the_same_channel"),
        pytest.param(bidders(["rake"], ["rake"], ("posters", "posters")), id="no_bidding_there"),
        pytest.param(without_campaign(bidders(["rake"], ["rake"]), "easter"), id="only_one"),
    ],
)
def test_keywords_that_do_not_meet_are_left_alone(strategy):
    assert collisions(strategy) == ()


def test_the_campaign_that_keeps_other_words_gives_way():
    assert only(bidders(["rake", "hoe"], ["rake"]), "PLAN-103").fixes[0].change == {"campaigns[spring].keywords": '["hoe"]'}


@pytest.mark.parametrize(("week", "found"), [(date(2027, 2, 8), 0), (date(2027, 3, 1), 1)])
def test_a_campaign_without_money_in_those_weeks_does_not_bid(week, found):
    lines = [
        BudgetLine(channel="search", campaign="spring", week=week, amount="100"),
        BudgetLine(channel="search", campaign="easter", week=MARCH[0], amount="50"),
    ]
    assert len(collisions(bidders(["rake"], ["rake"]), budget_lines=lines)) == found


# ---- 104 days and hours, 108 campaign dates ----

RULES = {
    "quiet_hours": {"first": "21:00", "last": "08:00"},
    "blackouts": [{"first_day": MONDAY, "last_day": date(2027, 2, 9), "reason": "stocktaking"}],
}


@pytest.mark.parametrize(
    ("day", "at", "channel", "reason", "change"),
    [
        pytest.param(date(2027, 3, 26), "10:00", "wall", "a public holiday (Good Friday)", {"on": "2027-03-25"}, id="holiday"),
        pytest.param(MONDAY, "10:00", "site", "a day on which nothing goes out (stocktaking)", {"on": "2027-02-10"}, id="blackout"),
        pytest.param(date(2027, 2, 11), "22:30", "news", "at 22:30 in the quiet hours from 21:00 to 08:00", {"at": "08:00"}, id="quiet_evening"),
        pytest.param(
            date(2027, 2, 11), "21:00", "texts", "at 21:00 in the quiet hours from 21:00 to 08:00", {"at": "08:00"}, id="first_quiet_minute"
        ),
        pytest.param(
            MONDAY,
            "07:59",
            "news",
            "a day on which nothing goes out (stocktaking) and at 07:59 in the quiet hours from 21:00 to 08:00",
            {"on": "2027-02-10", "at": "08:00"},
            id="both",
        ),
    ],
)
def test_nothing_goes_out_on_closed_days_or_in_quiet_hours(day, at, channel, reason, change):
    strategy = company(items=[item("mail", day, at=at, channel=channel)], rules=RULES)
    found = only(strategy, "PLAN-104")
    assert found.sentence.endswith(f", {reason}.")
    assert found.fixes[0].change == {f"content.items[mail].deliver.{field}": value for field, value in change.items()}
    assert collisions(without_item(strategy, "mail")) == ()
    assert_first_fix_helps(strategy)


@pytest.mark.parametrize(("at", "channel"), [("08:00", "news"), ("20:59", "news"), ("23:00", "wall"), ("03:00", "site")])
def test_quiet_hours_end_on_the_minute_and_are_for_what_reaches_a_person(at, channel):
    assert collisions(company(items=[item("mail", date(2027, 2, 11), at=at, channel=channel)], rules=RULES)) == ()


def test_quiet_hours_are_the_readers():
    strategy = company(items=[item("mail", date(2027, 2, 11), at="20:30", zone="America/New_York")], rules=RULES)
    assert collisions(strategy) == ()


@pytest.mark.parametrize(
    ("day", "move", "stretch"),
    [
        pytest.param(date(2027, 1, 29), "2027-02-01", ("starts_on", "2027-01-29"), id="too_early"),
        pytest.param(date(2027, 3, 9), "2027-03-05", ("ends_on", "2027-03-09"), id="too_late"),
    ],
)
def test_an_item_goes_out_while_its_campaign_runs(day, move, stretch):
    strategy = company(items=[item("mail", day, campaign="spring")], campaigns=[campaign("spring", *FEBRUARY)])
    found = only(strategy, "PLAN-108")
    assert found.items == ("mail", "spring")
    assert [fix.change for fix in found.fixes[:2]] == [{"content.items[mail].deliver.on": move}, {f"campaigns[spring].{stretch[0]}": stretch[1]}]
    assert collisions(without_item(strategy, "mail")) == ()
    for fix in found.fixes[:2]:
        assert collisions(apply_changes(strategy, fix.change)) == ()


def test_a_campaign_is_not_stretched_into_another_collision():
    items = [item("mail", date(2027, 3, 9), campaign="spring")]
    strategy = clash((date(2027, 2, 1), date(2027, 2, 28)), MARCH, items=tuple(items))
    assert all("ends_on" not in place for fix in only(strategy, "PLAN-108").fixes for place in fix.change)


# ---- 105 people, 107 deadlines ----


def test_two_started_tasks_of_one_person_collide():
    strategy = company([person("mira", "copy"), person("tom", "copy")], [task("page", "16", skills=["copy"]), task("post", "16", skills=["copy"])])
    log = [started("page", QUARTER.first_day, "mira"), started("post", QUARTER.first_day, "mira")]
    work = work_of(strategy, as_of=QUARTER.first_day, log=log)
    (found,) = collisions(strategy, work)
    assert (found.code, found.items) == ("PLAN-105", ("page", "post"))
    assert found.sentence == "Mira is on “Page” and “Post” at once from 4 January to 5 January."
    assert found.fixes[1].text == "Hand “Post” over to Tom."
    assert collisions(strategy, work_of(strategy, as_of=QUARTER.first_day, log=log[:1])) == ()


def test_a_started_task_that_holds_somebody_who_is_away_collides():
    tasks = [task("page", "40")]
    before = work_of(company([person("mira")], tasks))
    ill = company([person("mira", away=[(date(2027, 1, 6), date(2027, 1, 7))])], tasks)
    work = work_of(ill, as_of=QUARTER.first_day, log=[started("page", QUARTER.first_day, "mira")], previous=before)
    (found,) = collisions(ill, work)
    assert found.sentence == "Mira is planned for “Page” from 4 January to 8 January but is away from 6 January to 7 January."
    assert found.code == "PLAN-105"


def test_planned_work_never_holds_anybody_twice_or_away():
    strategy = company([person("mira", away=[(date(2027, 1, 6), date(2027, 1, 7))])], [task("a", "30"), task("b", "30"), task("c", "9")])
    assert collisions(strategy) == ()


def test_a_deadline_that_its_chain_of_work_cannot_meet_is_impossible():
    tasks = [task("brief", "16"), task("page", "24", after=["brief"], due=date(2027, 1, 6))]
    found = only(company([person("mira"), person("tom")], tasks), "PLAN-107")
    assert found.items == ("page", "brief")
    assert found.sentence == "“Page” is due on Wednesday 6 January, but after “Brief” it cannot be done before Friday 8 January, whoever does it."
    assert found.fixes[0].change == {"management.tasks[page].due_on": "2027-01-08"}
    assert len(found.fixes) == 3


def test_a_deadline_too_soon_after_the_earliest_day_is_impossible():
    """The Saturday is no day of work: two days from Monday 18 on end on Tuesday."""
    tasks = [task("brief", "4"), task("count", "16", after=["brief"], not_before=date(2027, 1, 16), due=date(2027, 1, 18))]
    found = only(company([person("mira"), person("tom")], tasks), "PLAN-107")
    assert found.items == ("count",)
    assert found.sentence == (
        "“Count” is due on Monday 18 January, but it may not start before Saturday 16 January and cannot be done before Tuesday 19 January, "
        "whoever does it."
    )
    assert [fix.text for fix in found.fixes if "start" in fix.text] == ["Let “Count” start before Saturday 16 January."]
    assert {"management.tasks[count].due_on": "2027-01-19"} in [fix.change for fix in found.fixes]


def test_an_earliest_day_that_passes_before_the_work_it_waits_for_is_not_to_blame():
    tasks = [task("brief", "16"), task("page", "24", after=["brief"], not_before=date(2027, 1, 5), due=date(2027, 1, 6))]
    found = only(company([person("mira"), person("tom")], tasks), "PLAN-107")
    assert found.items == ("page", "brief")
    assert "after “Brief” it cannot be done before Friday 8 January" in found.sentence


def test_a_task_that_is_late_only_because_people_are_busy_is_no_impossible_deadline():
    tasks = [task("a", "24", due=date(2027, 1, 6)), task("b", "24", due=date(2027, 1, 6))]
    work = work_of(company([person("mira")], tasks))
    assert work.weighted_lateness > 0
    assert collisions(company([person("mira")], tasks), work) == ()


@pytest.mark.parametrize(("at", "is_late"), [("12:59", True), ("13:00", False)])
def test_work_that_ends_with_the_morning_is_ready_at_one(at, is_late):
    strategy = company([person("mira")], [task("text", "4")], items=[item("mail", QUARTER.first_day, at=at, needs=["text"])])
    assert bool(collisions(strategy)) is is_late


def test_an_item_waits_for_the_work_it_needs():
    tasks = [task("text", "4", skills=["copy"]), task("banner", "32", skills=["design"])]
    strategy = company([person("mira", "copy"), person("tom", "design")], tasks, items=[item("mail", date(2027, 1, 6), needs=["text", "banner"])])
    found = only(strategy, "PLAN-107")
    assert found.items == ("mail", "banner")
    assert found.sentence == ("“Mail” goes out on Wednesday 6 January at 10:00, but “Banner” is planned to be done by Tom on Thursday 7 January.")
    assert found.fixes[0].change == {"content.items[mail].deliver.on": "2027-01-08"}
    assert_first_fix_helps(strategy, work_of(strategy))
    assert collisions(without_item(strategy, "mail")) == ()


def test_an_item_whose_work_nobody_can_do_says_so():
    strategy = company([person("mira")], [task("film", "8", skills=["video"])], items=[item("clip", MONDAY, needs=["film"])])
    found = only(strategy, "PLAN-107")
    assert found.sentence == "“Clip” goes out on Monday 8 February and needs “Film”, which nobody here can do."
    assert len(found.fixes) == 2


# ---- all together ----


@st.composite
def messy(draw: st.DrawFn) -> Strategy:
    days = st.integers(0, 90).map(lambda day: QUARTER.first_day + timedelta(days=day))
    campaigns = []
    for name in ("spring", "easter", "sale"):
        first = draw(days)
        campaigns.append(
            campaign(
                name,
                first,
                first + timedelta(days=draw(st.integers(0, 40))),
                audiences=draw(st.sampled_from([[], ["gardeners"], ["families"]])),
                offer=draw(st.sampled_from(["tenth", "gift"])),
                channels=draw(st.sampled_from([[], ["search"]])),
                keywords=draw(st.lists(st.sampled_from(["rake", "Rake ", "hoe"]), unique=True)),
            )
        )
    items = [
        item(
            f"i{n}",
            draw(days),
            at=draw(st.sampled_from(["10:00", "07:00", "22:00"])),
            channel=draw(st.sampled_from(["news", "texts", "wall"])),
            audience=draw(st.sampled_from(["gardeners", "families"])),
            campaign=draw(st.sampled_from([None, "spring", "easter"])),
            needs=draw(st.sampled_from([[], ["text"], ["banner"]])),
        )
        for n in range(draw(st.integers(0, 8)))
    ]
    return company(
        [person("mira"), person("tom", hours="8")],
        [task("text", "30"), task("banner", "60", after=["text"])],
        items=items,
        campaigns=campaigns,
        offers=OFFERS,
        rules={**TWO_A_WEEK, **RULES},
    )


@settings(max_examples=30, deadline=None)
@given(messy())
def test_in_any_mess_every_change_removes_its_collision_and_brings_no_other(strategy):
    work = work_of(strategy)
    before = collisions(strategy, work)
    assert list(before) == sorted(before, key=lambda each: (each.first_day, each.code, each.items))
    for each in before:
        assert 2 <= len(each.fixes) <= 3
        prices = [(fix.cost_money, fix.cost_hours) for fix in each.fixes]
        assert prices == sorted(prices)
        for fix in each.fixes:
            if fix.change:
                after = keys(collisions(apply_changes(strategy, fix.change), work))
                assert (each.code, each.items) not in after
                assert brings_no_other(fix, after, keys(before))


def brings_no_other(fix: Fix, after: set[tuple[str, tuple[str, ...]]], before: set[tuple[str, tuple[str, ...]]]) -> bool:
    """A burst names others when one of its messages leaves; what was moved must collide with nothing."""
    moved = {place.split("[")[1].split("]")[0] for place in fix.change if place.startswith("content.items")}
    new = after - before
    return all(code == "PLAN-101" for code, _ in new) and not any(moved & set(items) for _, items in new)
