"""Overloads: more work than hours is said with numbers, for the people and days where it is, and never where it fits."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from work_makers import EVE, QUARTER, company, person, started, task

from quarterdeck.plan.quarter_plan import WorkPlan
from quarterdeck.plan.schedule import schedule_by_rule
from quarterdeck.strategy.document import Strategy

SUNDAY = date(2027, 2, 7)


def plan(strategy: Strategy, **asked: object) -> WorkPlan:
    return schedule_by_rule(strategy, QUARTER, **{"as_of": EVE, "log": [], **asked})


def sentences(strategy: Strategy, **asked: object) -> list[str]:
    return [each.sentence for each in plan(strategy, **asked).overloads]


def designs(count: int, hours: str = "12", due: date | None = SUNDAY) -> list[dict[str, object]]:
    return [task(f"d{n}", hours, skills=["design"], due=due) for n in range(count)]


def test_a_skill_that_needs_more_hours_than_its_person_has():
    work = plan(company([person("mira", "design", hours="12"), person("tom", "copy")], designs(8)))
    (found,) = work.overloads
    assert found.sentence == "Design needs 96 hours from 4 January to 5 February; Mira has 60. Three tasks end late."
    assert (found.who, found.needed_hours, found.available_hours) == ("design", 96, 60)
    assert found.weeks == tuple(date(2027, 1, 4) + timedelta(weeks=n) for n in range(5))
    assert found.tasks == tuple(f"d{n}" for n in range(8))
    assert sum(each.late_days > 0 for each in work.assignments) == 3


def test_absences_holidays_and_work_under_way_are_not_available():
    people = [person("mira", "design", away=[(date(2027, 1, 11), date(2027, 2, 5))])]
    tasks = [*designs(3), task("page", "16")]
    assert sentences(company(people, tasks), company_holidays=[date(2027, 1, 8)], log=[started("page", date(2027, 1, 1), "mira", "4")]) == [
        "Design needs 36 hours from 4 January to 5 February; Mira has 20. Two tasks end late."
    ]


def test_several_people_with_one_skill_are_counted_together():
    people = [person("mira", "design", hours="10"), person("tom", "design", "copy", hours="8")]
    assert sentences(company(people, designs(10)))[0] == (
        "Design needs 120 hours from 4 January to 5 February; Mira and Tom have 90 together. Three tasks end late."
    )


def test_one_person_with_work_of_several_skills():
    tasks = [task("a", "30", skills=["copy"], due=date(2027, 1, 8)), task("b", "30", skills=["design"], due=date(2027, 1, 8))]
    assert sentences(company([person("mira", "copy", "design")], tasks)) == [
        "Mira has 60 hours of work from 4 January to 8 January and 40 hours free. One task ends late."
    ]


def test_work_without_due_dates_that_the_quarter_cannot_hold():
    assert sentences(company([person("mira", hours="10"), person("tom", hours="10")], [task(f"t{n}", "100") for n in range(3)])) == [
        "The team has 300 hours of work from 4 January to 2 April and 260 hours free. One task ends after the quarter."
    ]


def test_work_before_something_due_is_due_with_it():
    tasks = [
        task("text", "40", skills=["copy"]),
        task("art", "40", skills=["copy"]),
        task("page", "8", skills=["web"], after=["text", "art"], due=SUNDAY),
    ]
    people = [person("mira", "copy", hours="16"), person("tom", "web")]
    assert sentences(company(people, tasks)) == ["Copy needs 80 hours from 4 January to 4 February; Mira has 76.8. One task ends late."]


def test_work_that_may_not_start_earlier_is_crowded_into_the_days_that_are_left():
    thursday, friday = date(2027, 1, 7), date(2027, 1, 8)
    people = [person("mira", "design")]
    held = [{**each, "not_before": thursday} for each in designs(2, due=friday)]
    assert sentences(company(people, designs(2, due=friday))) == []
    assert sentences(company(people, held)) == ["Design needs 24 hours from 7 January to 8 January; Mira has 16. One task ends late."]


def test_work_kept_for_the_next_quarter_is_not_crowded_in_this_one():
    later = QUARTER.last_day + timedelta(days=1)
    tasks = [task(f"t{n}", "8", not_before=later) for n in range(2)]
    waiting = [task(f"w{n}", "8", after=["t0", "t1"]) for n in range(2)]
    assert sentences(company([person("mira")], [*tasks, *waiting])) == []


def test_what_fits_is_not_complained_about():
    assert sentences(company([person("mira", "design", hours="24")], designs(8))) == []


HELD = st.integers(0, 20) | st.just(0) | st.just(100)
"""Days of the quarter before which a task may not start: none, some, and more than it has."""


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 30), st.none() | st.integers(0, 20), st.sampled_from([(), ("copy",), ("design",)]), HELD), min_size=1, max_size=8
    ),
    st.sampled_from(["40", "12", "37.5"]),
)
def test_every_overload_is_proof_that_something_ends_late_or_after_the_quarter(rows, hours):
    tasks = [
        task(
            f"t{n}",
            str(effort),
            skills=skills,
            not_before=QUARTER.first_day + timedelta(days=held if due is None else min(held, due)),
            due=None if due is None else QUARTER.first_day + timedelta(days=due),
        )
        for n, (effort, due, skills, held) in enumerate(rows)
    ]
    work = plan(company([person("mira", "copy", "design", hours=hours), person("tom", "design", hours="20")], tasks))
    by_task = {each.task: each for each in work.assignments}
    for found in work.overloads:
        assert found.needed_hours > found.available_hours
        assert found.needed_hours == sum(Decimal(rows[int(name[1:])][0]) for name in found.tasks)
        assert any(by_task[name].late_days or not by_task[name].in_quarter for name in found.tasks)
        assert "late" in found.sentence or "after the quarter" in found.sentence
