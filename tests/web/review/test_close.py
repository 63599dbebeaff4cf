"""The close: when it is possible, four screens that remember, and the next plan at its end."""

from __future__ import annotations

import re

import pytest
from review_steps import context_of, correction_of, text_of

CLOSE = "/w/harbour/review/close/"


def test_before_the_quarter_is_over_it_says_when_and_shows_what_there_is(played, browser_of):
    page = text_of(browser_of("Vera").get(CLOSE))

    assert "Q1 2027 can be closed from 5 April 2027: 9 weeks are still to come." in page
    assert "None of four promises was kept so far" in page


@pytest.mark.parametrize("screen", [1, 2, 3, 4])
def test_every_screen_can_be_looked_at_before(played, browser_of, screen):
    answer = browser_of("Vera").get(f"{CLOSE}{screen}/")

    assert answer.status_code == 200
    assert "how it stands so far" in text_of(answer)


@pytest.mark.parametrize("screen", ["", "1/", "2/", "3/", "4/"])
def test_without_a_plan_there_is_nothing_to_close(empty, browser_of, screen):
    assert "There is no quarter to close yet." in text_of(browser_of().get(f"/w/north-bakery/review/close/{screen}"))


def test_nothing_is_recorded_before_the_quarter_is_reviewed_and_no_next_plan_is_made(played, browser_of):
    from quarterdeck.ledger.models import Job

    browser = browser_of()
    browser.post(f"{CLOSE}1/")
    browser.post(f"{CLOSE}plan/")

    said = [notice["sentences"][0] for notice in browser.session["notices"]]
    assert said == ["The quarter cannot be closed yet.", "The next quarter is planned when this one is over."]
    assert not Job.objects.filter(kind="plan").exists()


def test_a_quarter_that_is_over_asks_for_its_review_first(over, browser_of):
    page = text_of(browser_of("Petra").get(CLOSE))

    assert "Q1 2027 is over" in page
    assert "Review the whole quarter" in page
    assert "Review the whole quarter" not in text_of(browser_of("Vera").get(CLOSE))


def test_the_close_goes_from_screen_to_screen_and_is_taken_up_where_it_was_left(judged, browser_of):
    browser = browser_of("Olena")
    assert re.search(r"Q1 2027 brought 4,[0-4]\d\d new customers ; the target of 4,500 was missed\.", text_of(browser.get(CLOSE)))
    assert "Begin" in text_of(browser.get(CLOSE))

    assert browser.post(f"{CLOSE}1/")["Location"] == f"{CLOSE}2/"
    assert browser.post(f"{CLOSE}2/")["Location"] == f"{CLOSE}3/"
    assert "Go on with screen 3" in text_of(browser_of("Anna").get(CLOSE))

    assert browser.post(f"{CLOSE}3/")["Location"] == f"{CLOSE}3/", "a correction still waits"
    correction = correction_of(judged, "tracking")
    decided = browser.post(
        f"/w/harbour/review/corrections/{correction.pk}/decide/", {"decision": "refuse", "reason": "Mended in February.", "back": "3"}
    )
    assert decided["Location"] == f"{CLOSE}3/"
    assert browser.post(f"{CLOSE}3/")["Location"] == f"{CLOSE}4/"
    assert "Go on with screen 4" in text_of(browser.get(CLOSE))


def test_rules_that_a_figure_can_judge_are_judged_and_others_are_asked_and_kept_as_lessons(judged, browser_of):
    browser = browser_of("Carl")
    page = text_of(browser.get(f"{CLOSE}3/"))
    assert re.search(r"3,9\d\d new customers were counted to 28 March 2027; the mark is 4,", page)
    rule = next(n for n, each in enumerate(_rules(judged)) if each.metric == "nps")

    nothing = browser.post(f"{CLOSE}answer/", {"rule": rule, "answer": " "})
    assert nothing.status_code == 422
    assert "An answer needs words." in text_of(nothing)

    kept = browser.post(f"{CLOSE}answer/", {"rule": rule, "answer": "51 in 100, asked by Gareth."})
    assert kept["Location"] == f"{CLOSE}3/"
    assert "51 in 100, asked by Gareth." in text_of(browser.get(f"{CLOSE}3/"))
    assert "51 in 100" in text_of(browser.get("/w/harbour/review/lessons/"))


def test_a_refusal_without_a_reason_stays_on_its_screen_with_what_was_typed(judged, browser_of):
    correction = correction_of(judged, "next-quarter")

    answer = browser_of().post(f"/w/harbour/review/corrections/{correction.pk}/decide/", {"decision": "refuse", "reason": "", "back": "4"})

    assert answer.status_code == 409
    assert "Q2 2027 begins on 5 April 2027" in text_of(answer)
    assert "A no needs a reason" in text_of(answer)


def test_objectives_are_carried_over_and_the_next_plan_ends_the_close(judged, browser_of):
    browser = browser_of("Olena")
    page = text_of(browser.get(f"{CLOSE}4/"))
    assert re.search(r"New customers 4,500 by 4 April 2027 [\d,]+ by 4 July 2027", page)
    browser.post(f"/w/harbour/review/corrections/{correction_of(judged, 'next-quarter').pk}/decide/", {"decision": "accept", "back": "4"})

    started = browser.post(f"{CLOSE}plan/")

    assert started["Location"].startswith("/w/harbour/jobs/")
    quarters = list(context_of(judged).workspace.plans.order_by("quarter").values_list("quarter", flat=True))
    assert [quarter.isoformat() for quarter in quarters] == ["2027-01-04", "2027-04-05"]
    end = text_of(browser.get(f"{CLOSE}4/"))
    assert "The plan for Q2 2027 is made. It waits until somebody puts it in force." in end
    assert "Plan 1 of Q2 2027 is made" in end
    assert "4,500" in text_of(browser.get(f"{CLOSE}1/")), "what was promised for the closed quarter stays as it was"


def test_a_viewer_reads_and_changes_nothing(judged, browser_of):
    browser = browser_of("Vera")

    assert all(browser.get(f"{CLOSE}{screen}/").status_code == 200 for screen in (1, 2, 3, 4))
    posts = ("1/", "answer/", "review/", "plan/")
    assert {browser.post(CLOSE + place).status_code for place in posts} == {403}
    assert browser.get(f"{CLOSE}5/").status_code == 404


def _rules(site):
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    return current_strategy(context_of(site)).strategy.evaluation
