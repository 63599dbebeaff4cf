"""The figures of the first page are those of the operations, they add up, and what is not known is not a nought."""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import unquote

import pytest
from test_quarter_states import HARBOUR, approve, let_pass, read
from world import NOW, OWNER


def look_of(site, slug="harbour"):
    from quarterdeck.operations.quarter.look_at_quarter import look_at_quarter
    from quarterdeck.operations.quarter.open_desk import open_desk

    desk = open_desk(site, slug, OWNER, now=NOW)
    return desk, look_at_quarter(desk)


def test_the_headline_is_the_first_of_the_three_sentences(played, browser_of):
    from quarterdeck.operations.quarter.answer import answer_question

    desk, _ = look_of(played)
    said = read(browser_of())

    for sentence in answer_question(desk.context).sentences:
        assert sentence in said


def test_the_course_ends_where_the_headline_says(played):
    from quarterdeck.report.say_answer import main_outlook

    _, look = look_of(played)
    end, said = look.course.forecast_totals[-1], main_outlook(look.standing.situation).expected

    assert (end.low, end.expected, end.high) == pytest.approx((said.low, said.expected, said.high), rel=1e-12)
    assert look.course.counted_totals[-1] == look.objectives[0].so_far


def test_the_gap_of_the_chart_is_the_gap_of_the_review(played):
    _, look = look_of(played)
    course, review = look.course, look.standing.situation.review

    gap = course.counted_totals[3] - course.planned_totals[3].expected
    assert abs(gap - review.gap) < 0.02 * abs(course.planned_totals[3].expected)


def test_money_adds_up(played):
    from quarterdeck.ledger.models import Action

    _, look = look_of(played)
    money, plan = look.money, look.standing.situation.plan

    assert sum(row.spent for row in money.rows) == money.total.spent
    assert sum(row.booked for row in money.rows) == money.total.booked
    assert money.total.budget == sum(channel.planned for channel in plan.budget.channels)
    assert money.total.budget + money.reserve + money.for_tasks + money.held_back == money.whole
    assert money.total.booked == sum(action.cost for action in Action.objects.filter(kind="budget_line", state="approved"))
    assert all(row.spent + row.booked <= row.budget for row in money.rows)
    assert all(row.spent + row.booked + row.free == row.budget for row in money.rows)


def test_the_pace_is_held_against_the_weeks_of_the_plan_and_not_an_even_share(played):
    _, look = look_of(played)
    plan = look.standing.situation.plan
    weeks = plan.period.weeks[:4]

    for row in look.money.rows:
        planned = sum((line.amount for line in plan.budget.lines if line.channel == row.channel and line.week in weeks), Decimal(0))
        assert row.planned_to_date == planned
        assert row.pace == float(row.spent / planned)


def test_before_the_first_week_nothing_is_a_nought(planned, browser_of):
    _, look = look_of(planned)
    client = browser_of()
    money = re.search(r'(?s)<table class="t num q-money">.*?</table>', client.get(HARBOUR).content.decode()).group(0)

    assert look.money.total.spent is None
    assert look.money.total.pace is None
    assert all(objective.so_far is None for objective in look.objectives)
    assert "£0" not in money
    assert "0.00" not in money
    assert "not yet" in money


def test_what_is_booked_falls_and_what_is_spent_grows_as_weeks_pass(planned):
    context = approve(planned)
    _, before = look_of(planned)
    let_pass(context, 2)
    _, after = look_of(planned)

    assert before.money.total.booked == before.money.total.budget
    assert after.money.total.booked < before.money.total.booked
    assert after.money.total.spent > 0


def test_what_is_remembered_does_not_outlive_a_change(planned, browser_of):
    client = browser_of()
    assert "Approve plan 1 of Q1 2027" in read(client)
    context = approve(planned)
    assert "Approve plan" not in read(client)
    let_pass(context, 1)
    assert "In 1 week to 10 January 2027, " in read(client)


def test_the_share_is_plain_text_with_the_same_sentences(played, browser_of):
    from quarterdeck.operations.quarter.answer import answer_question

    desk, _ = look_of(played)
    page = browser_of().get(HARBOUR).content.decode()
    mail = unquote(re.search(r'href="mailto:\?([^"]*)"', page).group(1).replace("&amp;", "&"))

    for sentence in answer_question(desk.context).sentences:
        assert sentence in mail
    assert "http" not in mail
    assert "<" not in mail


def test_a_title_is_never_taken_for_markup(planned, browser_of):
    from quarterdeck.operations.act.approve import approve_actions
    from quarterdeck.operations.plan.plan_quarter import make_plan
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    desk, _ = look_of(planned)
    item = desk.strategy.content.items[0].id
    change_strategy(desk.context, {f"content.items[{item}].title": "<script>alert(1)</script>"}, note="odd")
    make_plan(desk.context, quarter=None, overrule=None, seed=1)
    approve_actions(desk.context, everything=True)
    page = browser_of().get(HARBOUR).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_page_has_one_first_heading_and_no_style_or_script_of_its_own(played, browser_of):
    page = browser_of().get(HARBOUR).content.decode()

    assert page.count("<h1") == 1
    assert " style=" not in page
    assert "<style" not in page
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []
    assert re.findall(r'href="#"', page) == []


def test_the_second_look_is_quick(played, browser_of):
    from time import perf_counter

    client = browser_of()
    client.get(HARBOUR)
    took = []
    for _ in range(5):
        start = perf_counter()
        client.get(HARBOUR)
        took.append(perf_counter() - start)

    assert min(took) < 0.15
