"""The work schedule: who does what when, in cases worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from work_makers import EVE, QUARTER, company, done, faults, item, person, place, started, task, where

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.plan.quarter_plan import WorkPlan
from quarterdeck.plan.schedule import schedule_by_rule, schedule_work
from quarterdeck.strategy.document import Strategy

MONDAY = QUARTER.first_day


def schedule(strategy: Strategy, *, as_of: date = EVE, log=(), holidays=(), previous: WorkPlan | None = None, effort: float = 0.3) -> WorkPlan:
    return schedule_work(strategy, QUARTER, as_of=as_of, log=log, company_holidays=holidays, previous=previous, seed=1, effort=effort)


@pytest.mark.parametrize(
    ("hours_per_week", "effort", "half_days", "ends_on", "end_half"),
    [
        pytest.param("40", "4", 1, date(2027, 1, 4), "morning", id="just_a_half_day"),
        pytest.param("40", "4.5", 2, date(2027, 1, 4), "afternoon", id="a_little_more"),
        pytest.param("20", "20", 10, date(2027, 1, 8), "afternoon", id="half_time_takes_a_week"),
        pytest.param("40", "48", 12, date(2027, 1, 11), "afternoon", id="over_a_weekend"),
        pytest.param("37.5", "37.5", 10, date(2027, 1, 8), "afternoon", id="no_rounding_error"),
    ],
)
def test_a_task_takes_whole_half_days_of_a_tenth_of_the_week(hours_per_week, effort, half_days, ends_on, end_half):
    work = schedule(company([person("mira", hours=hours_per_week)], [task("brief", effort)]))
    found = place(work, "brief")
    assert (found.starts_on, found.start_half, found.half_days, found.ends_on, found.end_half) == (MONDAY, "morning", half_days, ends_on, end_half)


def test_work_pauses_over_absences_and_company_holidays_and_goes_on_after_them():
    strategy = company([person("mira", away=[(date(2027, 1, 6), date(2027, 1, 12))])], [task("film", "24")])
    work = schedule(strategy, holidays=[date(2027, 1, 13)])
    found = place(work, "film")
    assert (found.starts_on, found.ends_on, found.half_days) == (MONDAY, date(2027, 1, 14), 6)
    assert faults(strategy, QUARTER, work, as_of=EVE, holidays=[date(2027, 1, 13)]) == []


def test_nothing_starts_before_the_day_after_as_of():
    work = schedule(company([person("mira")], [task("brief", "4", due=date(2027, 1, 5))]), as_of=date(2027, 1, 8))
    found = place(work, "brief")
    assert (found.starts_on, found.late_days, work.weighted_lateness, work.bound) == (date(2027, 1, 11), 6, 6, 6)


@pytest.mark.parametrize(
    ("not_before", "starts_on"),
    [
        pytest.param(date(2027, 1, 13), date(2027, 1, 13), id="a_working_day"),
        pytest.param(date(2027, 1, 16), date(2027, 1, 18), id="a_saturday_is_the_monday_after"),
        pytest.param(date(2026, 12, 1), MONDAY, id="long_ago_holds_nothing"),
        pytest.param(date(2027, 1, 20), date(2027, 1, 22), id="on_from_the_end_of_an_absence"),
    ],
)
def test_nothing_starts_before_its_earliest_day(not_before, starts_on):
    people = [person("mira", away=[(date(2027, 1, 20), date(2027, 1, 21))])]
    strategy = company(people, [task("count", "4", not_before=not_before, due=date(2027, 1, 29)), task("print", "2", after=["count"])])
    for work in (schedule(strategy), schedule_by_rule(strategy, QUARTER, as_of=EVE, log=[])):
        assert (place(work, "count").starts_on, place(work, "count").start_half, work.weighted_lateness) == (starts_on, "morning", 0)
        assert (place(work, "print").starts_on, place(work, "print").start_half) == (starts_on, "afternoon")


def test_other_work_fills_the_time_until_an_earliest_day():
    """The post fits before the count on Thursday; the page would hold it up and comes after it."""
    tasks = [task("count", "8", not_before=date(2027, 1, 7), due=date(2027, 1, 7)), task("page", "32", due=date(2027, 1, 15)), task("post", "24")]
    work = schedule(company([person("mira")], tasks))
    assert {each.task: (each.starts_on, each.ends_on) for each in work.assignments} == {
        "post": (MONDAY, date(2027, 1, 6)),
        "count": (date(2027, 1, 7), date(2027, 1, 7)),
        "page": (date(2027, 1, 8), date(2027, 1, 13)),
    }
    assert work.weighted_lateness == 0


def test_the_bound_knows_that_two_days_of_work_cannot_lie_in_one():
    tasks = [task("count", "16", not_before=date(2027, 1, 15), due=date(2027, 1, 15), importance=4)]
    work = schedule(company([person("mira"), person("tom")], tasks))
    assert (place(work, "count").ends_on, work.weighted_lateness, work.bound, work.method) == (date(2027, 1, 18), 12, 12, "rule")


def test_the_solver_too_keeps_to_earliest_days():
    """Best is the page until Thursday, the important count on Friday (one day late) and the other on Monday (four days late)."""
    day = date(2027, 1, 7)
    tasks = [task(f"count-{n}", "8", not_before=day, due=day, importance=n) for n in (1, 5)] + [
        task("page", "32", due=date(2027, 1, 8), importance=3)
    ]
    work = schedule(company([person("mira")], tasks))
    assert faults(company([person("mira")], tasks), QUARTER, work, as_of=EVE) == []
    assert (work.method, work.weighted_lateness, work.bound) == ("solver", 9, 9)


def test_a_task_that_has_begun_goes_on_before_its_earliest_day():
    tasks = [task("count", "8", not_before=date(2027, 2, 1)), task("list", "8", not_before=date(2027, 2, 1))]
    work = schedule(company([person("mira")], tasks), as_of=MONDAY, log=[started("count", MONDAY, "mira", hours="4"), started("list", MONDAY)])
    assert place(work, "count").ends_on == date(2027, 1, 5)
    assert (place(work, "list").starts_on, place(work, "list").state) == (date(2027, 1, 5), "started")


def test_a_new_earliest_day_moves_the_task_and_nothing_else():
    tasks = [task("count", "8"), task("page", "16"), task("post", "8")]
    before = schedule(company([person("mira")], tasks))
    held = [{**each, "not_before": date(2027, 1, 20)} if each["id"] == "page" else each for each in tasks]
    after = schedule(company([person("mira")], held), previous=before)
    assert {name for name, spot in where(after).items() if where(before)[name] != spot} == {"page"}
    assert place(after, "page").starts_on == date(2027, 1, 20)


def test_a_task_goes_to_one_person_who_has_all_its_skills():
    people = [person("mira", "copy"), person("tom", "design"), person("ada", "copy", "design")]
    work = schedule(company(people, [task("page", "8", skills=["copy", "design"])]))
    assert place(work, "page").person == "ada"


def test_a_task_without_anybody_is_unassignable_and_so_is_what_waits_for_it():
    tasks = [task("film", "12", skills=["video"], title="Spring film"), task("post", "2", after=["film"]), task("brief", "4")]
    work = schedule(company([person("mira", "copy")], tasks))
    assert work.unassignable == ("film", "post")
    assert [each.task for each in work.assignments] == ["brief"]
    assert work.overloads[0].sentence == (
        "Nobody has video, so “Spring film” (12 hours) cannot be planned. One task waits for that and cannot be planned either."
    )
    assert (work.overloads[0].needed_hours, work.overloads[0].available_hours) == (12, 0)


def test_only_work_that_matters_to_the_quarter_is_planned():
    late = QUARTER.last_day + timedelta(days=1)
    tasks = [
        task("inside", "4", due=QUARTER.last_day),
        task("whenever", "4"),
        task("next-quarter", "4", due=late),
        task("overdue", "4", due=EVE),
        task("groundwork", "4", due=late),
        task("built-on-it", "4", after=["groundwork"], due=QUARTER.last_day),
        task("for-an-item", "4", due=late),
        task("finished", "4"),
        task("after-it", "4", not_before=late),
        task("begun-early", "4", not_before=late),
        task("for-an-item-too", "4", not_before=late),
    ]
    strategy = company([person("mira")], tasks, items=[item("mail", date(2027, 2, 11), needs=["for-an-item", "for-an-item-too"])])
    work = schedule(strategy, log=[done("finished", EVE), started("begun-early", EVE, "mira")])
    assert sorted(where(work)) == ["begun-early", "built-on-it", "for-an-item", "for-an-item-too", "groundwork", "inside", "overdue", "whenever"]


def test_a_task_without_a_due_date_is_due_the_day_before_the_first_item_that_needs_it():
    items = [item("second", date(2027, 2, 18), needs=["banner"]), item("first", date(2027, 2, 11), needs=["banner", "text"])]
    work = schedule(company([person("mira")], [task("banner", "4"), task("text", "4", due=date(2027, 1, 29)), task("other", "4")], items=items))
    assert {each.task: each.due_on for each in work.assignments} == {"banner": date(2027, 2, 10), "text": date(2027, 1, 29), "other": None}


def test_a_task_may_end_after_the_quarter_and_says_so():
    work = schedule(company([person("mira", hours="10")], [task("book", "300")]))
    found = place(work, "book")
    assert (found.in_quarter, found.ends_on) == (False, date(2027, 7, 30))
    assert work.overloads[0].sentence == ("Mira has 300 hours of work from 4 January to 2 April and 130 hours free. One task ends after the quarter.")


def test_the_more_important_of_two_tasks_comes_first():
    due = date(2027, 1, 5)
    tasks = [task("a", "16", due=due, importance=1), task("b", "16", due=due, importance=5)]
    work = schedule(company([person("mira")], tasks))
    assert (place(work, "b").late_days, place(work, "a").late_days, work.weighted_lateness, work.bound) == (0, 2, 2, 2)


def test_late_days_count_weekends():
    work = schedule(company([person("mira")], [task("a", "44", due=date(2027, 1, 8))]))
    assert place(work, "a").late_days == 3


def test_started_tasks_keep_person_and_time_and_others_wait():
    tasks = [task("page", "40", skills=["copy"]), task("post", "8", skills=["copy"], after=["page"])]
    strategy = company([person("mira", "copy"), person("tom", "copy")], tasks)
    before = schedule(strategy)
    log = [started("page", MONDAY, "Mira")]
    work = schedule(strategy, as_of=date(2027, 1, 5), log=log, previous=before)
    page, post = place(work, "page"), place(work, "post")
    assert (page.state, page.person, page.starts_on, page.ends_on) == ("started", "mira", MONDAY, date(2027, 1, 8))
    assert post.starts_on == date(2027, 1, 11)
    assert faults(strategy, QUARTER, work, as_of=date(2027, 1, 5)) == []


@pytest.mark.parametrize(
    ("hours", "ends_on"),
    [
        pytest.param(None, date(2027, 1, 11), id="time_since_the_start_counts_as_work"),
        pytest.param("4", date(2027, 1, 15), id="hours_written_down_count_instead"),
        pytest.param("40", date(2027, 1, 11), id="as_long_as_nobody_says_done_a_half_day_is_left"),
    ],
)
def test_what_is_left_of_a_started_task_is_planned_after_as_of(hours, ends_on):
    work = schedule(company([person("mira")], [task("page", "40")]), as_of=date(2027, 1, 10), log=[started("page", MONDAY, "mira", hours)])
    assert (place(work, "page").starts_on, place(work, "page").ends_on) == (MONDAY, ends_on)


def test_a_task_begun_by_nobody_known_is_planned_as_open_work_but_said_to_be_started():
    log = [started("page", MONDAY, "a stranger")]
    work = schedule(company([person("mira"), person("tom")], [task("page", "8")]), as_of=date(2027, 1, 5), log=log)
    assert (place(work, "page").state, place(work, "page").starts_on) == ("started", date(2027, 1, 6))


def test_lines_of_the_log_after_as_of_are_not_looked_at():
    strategy = company([person("mira")], [task("page", "8")])
    later = [started("page", date(2027, 1, 12), "mira"), done("page", date(2027, 1, 13))]
    assert schedule(strategy, log=later) == schedule(strategy)


def test_a_task_that_is_begun_again_after_it_was_done_is_open_again():
    log = [started("page", MONDAY, "mira"), done("page", date(2027, 1, 5)), started("page", date(2027, 1, 7), "mira")]
    work = schedule(company([person("mira")], [task("page", "8")]), as_of=date(2027, 1, 7), log=log)
    assert (place(work, "page").state, place(work, "page").starts_on) == ("started", date(2027, 1, 7))


def test_broken_tasks_are_refused_all_at_once():
    tasks = [task("a", "4", after=["b"]), task("b", "4", after=["a"]), task("c", "4", after=["ghost"]), task("d", "4"), task("d", "5")]
    with pytest.raises(InvalidInput) as refusal:
        schedule(company([person("mira")], tasks))
    assert sorted(problem.code for problem in refusal.value.problems) == ["PLAN-021", "PLAN-022", "PLAN-023"]
    assert "a waits for b waits for a" in str(refusal.value)


@pytest.mark.parametrize("strategy", [company(), company([person("mira")]), company([], [task("a", "4")])], ids=["nothing", "no_tasks", "nobody"])
def test_empty_companies_have_empty_plans(strategy):
    for work in (schedule(strategy), schedule_by_rule(strategy, QUARTER, as_of=EVE, log=[])):
        assert (work.assignments, work.weighted_lateness, work.bound) == ((), 0, 0)


def test_the_rule_alone_says_so_and_gives_the_bound_of_chains():
    tasks = [task("a", "40", due=MONDAY), task("b", "40", due=MONDAY)]
    work = schedule_by_rule(company([person("mira")], tasks), QUARTER, as_of=EVE, log=[])
    assert (work.method, work.weighted_lateness, work.bound) == ("rule", 4 + 11, 8)


def test_replanning_unchanged_work_moves_nothing():
    people = [person("mira", "copy"), person("tom", "copy", "design", hours="30"), person("ada", "design", hours="20")]
    tasks = [
        task(
            f"t{n}",
            str(6 + 5 * n),
            skills=[("copy", "design")[n % 2]],
            after=[f"t{n - 2}"] if n > 4 else [],
            due=date(2027, 1, 8) + timedelta(days=n),
            importance=1 + n % 5,
        )
        for n in range(10)
    ]
    before = schedule(company(people, tasks), effort=2)
    again = schedule(company(people, tasks), previous=before, effort=2)
    assert where(again) == where(before)


def test_a_new_urgent_task_moves_as_little_as_it_can():
    tasks = [task(f"t{n}", "8") for n in range(8)]
    before = schedule(company([person("mira")], tasks))
    work = schedule(company([person("mira")], [*tasks, task("urgent", "8", due=date(2027, 1, 5), importance=5)]), previous=before)
    moved = [name for name, there in where(before).items() if where(work)[name] != there]
    assert (work.weighted_lateness, len(moved)) == (0, 1)


def test_an_absence_moves_only_what_it_meets():
    tasks = [task(f"t{n}", "8") for n in range(8)]
    before = schedule(company([person("mira")], tasks))
    ill = [person("mira", away=[(date(2027, 1, 6), date(2027, 1, 6))])]
    work = schedule(company(ill, tasks), previous=before)
    moved = [name for name, there in where(before).items() if where(work)[name] != there]
    assert [where(before)[name][1] for name in moved] == [date(2027, 1, 6)]
