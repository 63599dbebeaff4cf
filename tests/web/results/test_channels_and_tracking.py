"""Channels: spent, planned, brought and how sure; tracking: lost days, gaps, and names that do not meet."""

from __future__ import annotations

from datetime import date

import pytest
from results_rows import desk_of, outcomes, spend

ROOT = "/w/harbour/results/"


def channels(desk, **asked):
    from quarterdeck.operations.results.look_at_channel import look_at_channels

    found = look_at_channels(desk, asked)
    assert found is not None
    return found


def test_spent_and_planned_of_each_channel_are_those_of_the_review(desk):
    from quarterdeck.operations.plan.read_plan import review_of

    review = review_of(desk.context.workspace.reviews.get())
    found = {each.id: each for each in channels(desk, period="quarter").channels}

    for verdict in review.channels:
        figures = found[verdict.channel]
        assert figures.spent.total() == pytest.approx(float(verdict.spent))
        assert figures.planned.total(figures.spent.known) == pytest.approx(float(verdict.planned_spend))


def test_what_channels_brought_adds_up_and_comes_from_the_newest_trusted_fit(desk):
    found = channels(desk, period="quarter")
    newest = desk.context.workspace.fits.filter(metric="new_customers", is_trusted=True).order_by("pk").last()

    assert found.learned.fitted.record.pk == newest.pk
    assert sum(each.brought.brought.expected for each in found.channels if each.brought) == pytest.approx(found.total.brought.expected, rel=1e-6)


def test_weeks_that_the_curves_do_not_know_are_answered_by_the_last_year_that_they_know(planned):
    found = channels(desk_of(planned), period="quarter")

    assert len(found.total.weeks) == 52
    assert found.total.weeks[-1] == date(2026, 12, 28)


def test_paid_channels_come_by_spend_and_the_others_after_them(desk):
    found = channels(desk, period="quarter").channels
    paid = [each for each in found if each.has_money]

    assert [each.id for each in paid][:3] == ["search", "shopping", "social"]
    assert {each.id for each in found if not each.has_money} == {"email", "sms", "website", "facebook", "x"}


def test_content_that_went_out_is_counted_for_its_channel(desk):
    from quarterdeck.ledger.models import Action

    done = Action.objects.filter(workspace=desk.context.workspace, kind="item", state="done").count()

    assert sum(each.gone_out for each in channels(desk, period="quarter").channels) == done > 0


def test_a_refused_fit_is_said_and_nothing_is_shown_of_it(played, browser_of):
    from django.db import connection

    with connection.cursor() as cursor:  # fits are appended; only a test may make them refused
        cursor.execute("""UPDATE ledger_fit SET is_trusted = false, holdout = '{"reasons": ["It missed the last 13 weeks."]}'""")

    page = browser_of().get(f"{ROOT}channels/").content.decode()
    one = browser_of().get(f"{ROOT}channels/search/").content.decode()

    assert "the curves failed their check" in page
    assert "It missed the last 13 weeks." in page
    assert "There is no curve to show" in one
    assert "brought about" not in one


def test_a_channel_that_the_strategy_does_not_know_is_named_with_the_way_out(played, bring_in, browser_of):
    bring_in(desk_of(played), "spend", spend("tik tok/ads", date(2027, 1, 4), [20.0] * 28))

    page = browser_of().get(f"{ROOT}channels/").content.decode()
    one = browser_of().get(f"{ROOT}channels/tik_tok%2Fads/")
    health = browser_of().get(f"{ROOT}tracking/").content.decode()

    assert "not in the strategy" in page
    assert "no such channel is in the strategy" in page
    assert one.status_code == 200
    assert "the strategy does not know it" in one.content.decode()
    assert "Give every channel its place" in health


def test_a_channel_that_nobody_knows_is_not_found(played, browser_of):
    assert browser_of().get(f"{ROOT}channels/nobody/").status_code == 404


def test_a_channel_page_says_its_price_its_doubts_its_verdict_and_its_obstacles(played, browser_of):
    page = browser_of().get(f"{ROOT}channels/search/").content.decode()

    for part in (
        "In these four weeks search brought about",
        "the next one there costs about £",
        "too early",
        "What stands in its way",
        "Open its budget",
    ):
        assert part in page, part


def test_an_owned_channel_says_what_went_out_and_what_is_not_known(played, browser_of):
    page = browser_of().get(f"{ROOT}channels/email/").content.decode()

    assert "Four items went out by e-mail in Q1 2027; whom they reached is not known." in page


def test_lost_days_are_the_first_sentence_and_the_open_one_is_not_called_over(played, browser_of):
    page = browser_of().get(f"{ROOT}tracking/").content.decode()

    assert "Between 18 and 25 January only 5" in page
    assert "The same days are short in revenue, orders and margin." in page
    assert "a fault and a real fall cannot be told apart" in page


def test_days_without_a_row_are_gaps(played, bring_in, browser_of):
    desk = desk_of(played)
    bring_in(desk, "outcomes", outcomes("leads", date(2026, 12, 1), [5.0] * 20))
    bring_in(desk, "outcomes", outcomes("leads", date(2026, 12, 25), [5.0] * 20), file_name="more.csv")

    page = browser_of().get(f"{ROOT}tracking/").content.decode()

    assert "21 to 24 December 2026" in page
    assert "18 days behind" in page


def test_mended_days_are_no_fault_any_more(played, bring_in):
    from quarterdeck.operations.facts.audit_tracking import audit_tracking

    desk = desk_of(played)
    before = audit_tracking(desk.context)["orders"].faults
    bring_in(desk, "outcomes", outcomes("orders", date(2027, 1, 18), [102.0, 99.0, 101.0, 98.0, 95.0, 110.0, 100.0, 97.0]))

    assert len(before) == 1
    assert audit_tracking(desk.context)["orders"].faults == ()


def test_weekly_figures_shared_over_days_cannot_show_lost_days(empty, bring_in, browser_of):
    desk = desk_of(empty, "north-bakery")
    bring_in(desk, "outcomes", outcomes("revenue", date(2026, 7, 6), [float(10 * (1 + n // 7)) for n in range(140)]))

    assert "Your figures come by week" in browser_of().get("/w/north-bakery/results/tracking/").content.decode()


def test_few_days_are_too_few_to_tell(empty, bring_in, browser_of):
    desk = desk_of(empty, "north-bakery")
    bring_in(desk, "outcomes", outcomes("orders", date(2026, 11, 2), [9.0, 12.0, 7.0, 15.0, 11.0, 20.0, 3.0] * 3))

    page = browser_of().get("/w/north-bakery/results/tracking/").content.decode()

    assert "It is too early to tell whether everything is counted." in page
    assert "Figures of 21 to 22 November still move" in page
