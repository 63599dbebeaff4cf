"""The rows behind a cause: week by week, adding up, on the page and as files."""

from __future__ import annotations

import csv
import io
import re

import pytest
from review_steps import latest_record, latest_review, save_review, text_of

ROOT = "/w/harbour/review/causes/"


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_every_cause_has_its_page_and_its_weeks_add_up_to_it(played, browser_of):
    browser, review = browser_of("Vera"), latest_review(played)

    for cause in review.causes:
        page = browser.get(f"{ROOT}{cause.code}/")
        header, *weeks = rows_of(browser.get(f"{ROOT}{cause.code}/weeks.csv"))
        assert page.status_code == 200, cause.code
        assert "changed since this review was made" not in text_of(page), cause.code
        assert header == ["week", "planned", "actual", "effect_on_new_customers"]
        assert sum(float(week[3]) for week in weeks) == pytest.approx(cause.amount, abs=0.01), cause.code


@pytest.mark.parametrize("kind", ["spend", "context"])
def test_causes_of_a_kind_stand_together(played, browser_of, kind):
    members = [cause for cause in latest_review(played).causes if cause.kind == kind]

    page = text_of(browser_of().get(f"{ROOT}{kind}/"))

    assert f"{len(members)} causes of this kind together." in page


def test_the_page_of_all_causes_adds_up(played, browser_of):
    review = latest_review(played)

    page = text_of(browser_of().get(ROOT))

    assert f"{len(review.causes)} causes add up to {-round(review.gap):,} new customers behind plan." in page


def test_days_that_were_not_measured_are_named_and_marked(played, browser_of):
    page = text_of(browser_of().get(f"{ROOT}tracking/"))

    assert "18 January 2027 to 25 January 2027: 5 % of the usual was recorded" in page
    assert page.count("not measured") >= 8


def test_the_rows_are_the_facts(played, browser_of):
    header, *rows = rows_of(browser_of().get(f"{ROOT}effect:search/facts.csv"))

    search = next(verdict for verdict in latest_review(played).channels if verdict.channel == "search")
    assert header == ["day", "name", "cost", "impressions", "clicks"]
    assert sum(float(row[2]) for row in rows) == pytest.approx(float(search.spent), abs=0.5)


def test_a_review_stays_as_it_was_when_weeks_come_after_it(played, browser_of):
    from review_steps import context_of

    from quarterdeck.operations.play.pass_week import pass_weeks
    from quarterdeck.operations.told import tell_nobody

    pass_weeks(context_of(played), 1, tell=tell_nobody)

    page = text_of(browser_of().get(f"{ROOT}tracking/"))

    assert "changed since this review was made" not in page


def test_figures_that_no_longer_agree_with_the_review_are_said_to(played, browser_of):
    review = latest_review(played)
    causes = tuple(cause.model_copy(update={"amount": cause.amount + 5}) if cause.code == "tracking" else cause for cause in review.causes)
    save_review(played, causes=causes)

    assert "changed since this review was made" in text_of(browser_of().get(f"{ROOT}tracking/"))


@pytest.mark.parametrize("code", ["nothing", "effect:nobody", "spend:", "%00", "a" * 300, "..", "effect:search'--"])
def test_a_cause_that_is_not_there_is_not_found(played, browser_of, code):
    browser = browser_of()

    assert browser.get(f"{ROOT}{code}/").status_code == 404
    assert browser.get(f"{ROOT}{code}/weeks.csv").status_code == 404


def test_a_cause_of_an_earlier_review_keeps_its_way_back(played, browser_of):
    first = latest_record(played).hash
    save_review(played, corrections=())

    page = browser_of().get(f"{ROOT}tracking/?review={first}").content.decode()

    assert re.search(rf'href="/w/harbour/review/\?review={first}"', page)
    assert browser_of().get(f"{ROOT}tracking/?review=%22%3E%3Cscript%3E").status_code == 404


def test_without_a_review_there_is_no_cause(empty, browser_of):
    assert browser_of().get("/w/north-bakery/review/causes/").status_code == 404
    assert browser_of().get("/w/north-bakery/review/causes/tracking/").status_code == 404
