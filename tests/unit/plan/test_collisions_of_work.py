"""Collisions of people (105) and of deadlines with the work they wait for (107)."""

from __future__ import annotations

from datetime import date

import pytest
from collision_makers import (
    MONDAY,
    assert_first_fix_helps,
    collisions,
    only,
    without_item,
    work_of,
)
from work_makers import QUARTER, company, item, person, started, task


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
