"""Lessons are kept, found again, and taken along as a file."""

from __future__ import annotations

import csv
import io

import pytest
from review_steps import text_of

LESSONS = "/w/harbour/review/lessons/"


def test_without_lessons_the_page_says_where_they_come_from(empty, browser_of):
    page = text_of(browser_of("Vera").get("/w/north-bakery/review/lessons/"))

    assert "Nothing has been learned yet" in page
    assert "Lessons come from decisions." in page
    assert "Keep this lesson" not in page


@pytest.mark.parametrize(("person", "status"), [("Olena", 302), ("Petra", 302), ("Carl", 302), ("Anna", 302), ("Vera", 403)])
def test_everybody_but_a_viewer_may_write_one_down(played, browser_of, person, status):
    assert browser_of(person).post(LESSONS, {"text": "Rain sells paint."}).status_code == status
    assert ("Rain sells paint." in text_of(browser_of().get(LESSONS))) == (status == 302)


def test_the_newest_stands_first_and_one_that_is_known_is_not_kept_twice(played, browser_of):
    browser = browser_of()
    for text in ("Rain sells paint.", "Snow sells salt.", "Rain  sells paint."):
        browser.post(LESSONS, {"text": text})

    page = text_of(browser.get(LESSONS))

    assert page.rindex("Snow sells salt.") < page.rindex("Rain sells paint.")
    assert "2 lessons are kept" in page


def test_a_search_finds_lessons_that_hold_every_word(played, browser_of):
    browser = browser_of()
    browser.post(LESSONS, {"text": "Rain sells paint."})
    browser.post(LESSONS, {"text": "Snow sells salt."})

    assert "1 lesson of 2 holds these words." in text_of(browser.get(LESSONS, {"q": "RAIN paint"}))
    assert "No lesson holds these words." in text_of(browser.get(LESSONS, {"q": "rain salt"}))
    part = browser.get(LESSONS, {"q": "snow"}, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="found"')
    assert "Rain" not in part


@pytest.mark.parametrize(("text", "said"), [("   ", "A lesson needs words."), ("a" * 2001, "has at most 2,000 letters")])
def test_what_cannot_be_kept_stays_in_the_form(played, browser_of, text, said):
    answer = browser_of().post(LESSONS, {"text": text})

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert text.strip()[:50] in answer.content.decode()


def test_the_file_holds_what_was_found_and_runs_no_formula(played, browser_of):
    browser = browser_of()
    browser.post(LESSONS, {"text": "=HYPERLINK(1) sells paint"})
    browser.post(LESSONS, {"text": "Snow sells salt."})

    rows = list(csv.reader(io.StringIO(browser_of("Vera").get("/w/harbour/review/lessons.csv?q=paint").content.decode("utf-8-sig"))))

    assert rows[0] == ["day", "by", "lesson", "correction", "decision"]
    assert [row[2] for row in rows[1:]] == ["'=HYPERLINK(1) sells paint"]
