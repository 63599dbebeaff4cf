"""Changing a task: who would be late or overloaded is shown first; what is kept can be taken back."""

from __future__ import annotations

import re

import pytest
from plan_pages import HARBOUR, change, strategy_of, text_of

MOVE = f"{HARBOUR}/plan/move-work/"


def task_of(revision, task_id):
    return next(task for task in revision.document["management"]["tasks"] if task["id"] == task_id)


def test_a_preview_says_what_comes_back_on_time_and_changes_nothing(played, browser_of):
    before = strategy_of()

    page = text_of(browser_of("Petra").get(MOVE, {"task": "spring_catalogue", "due_on": "2027-04-02", "revision": before.hash}))

    assert "Nothing is changed yet." in page
    assert "on time" in page
    assert strategy_of().number == before.number


def test_a_preview_says_who_becomes_late(played, browser_of):
    page = text_of(browser_of("Petra").get(MOVE, {"task": "brand_book", "due_on": "2027-02-05", "importance": "5"}))

    assert re.search(r"makes \w+ tasks? late", page)
    assert "Keep it all the same" in page


def test_a_preview_says_when_nobody_could_do_it(played, browser_of):
    page = text_of(browser_of("Petra").get(MOVE, {"task": "brand_book", "has_skills": "yes", "skills": ["design", "film"]}))

    assert "Then nobody can do “Put the brand book in order”." in page


def test_skills_without_a_tick_mean_anybody_and_without_boxes_stay(played, browser_of):
    client = browser_of("Petra")

    client.post(MOVE, {"task": "brand_book", "importance": "1", "revision": strategy_of().hash})
    kept = task_of(strategy_of(), "brand_book")["skills"]
    client.post(MOVE, {"task": "brand_book", "has_skills": "yes", "revision": strategy_of().hash})

    assert kept == ["design"]
    assert task_of(strategy_of(), "brand_book")["skills"] == []


def test_a_change_is_kept_as_a_revision_with_undo_and_the_plan_is_offered_again(played, browser_of):
    client, before = browser_of("Petra"), strategy_of()

    answer = client.post(MOVE, {"task": "spring_catalogue", "due_on": "2027-04-02", "not_before": "2027-03-01", "revision": before.hash})
    page = client.get(answer["Location"])

    assert answer["Location"] == f"{HARBOUR}/plan/work/spring_catalogue/"
    assert (task_of(strategy_of(), "spring_catalogue")["due_on"], task_of(strategy_of(), "spring_catalogue")["not_before"]) == (
        "2027-04-02",
        "2027-03-01",
    )
    assert "Plan again" in text_of(page)
    assert 'action="/w/harbour/plan/make/"' in page.content.decode()
    client.post(f"{HARBOUR}/strategy/undo/", {"revision": str(strategy_of().number)})
    assert strategy_of().hash == before.hash


def test_an_empty_date_is_taken_out(played, browser_of):
    browser_of("Petra").post(MOVE, {"task": "spring_catalogue", "due_on": "", "revision": strategy_of().hash})

    assert task_of(strategy_of(), "spring_catalogue")["due_on"] is None


@pytest.mark.parametrize(
    "fields",
    [{"due_on": "soon"}, {"importance": "9"}, {"due_on": "2027-02-10", "not_before": "2027-03-01"}, {"has_skills": "yes", "skills": ["Not An Id"]}],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_cannot_be_is_said_beside_the_form_with_what_was_typed(played, browser_of, fields, method):
    before = strategy_of()

    page = getattr(browser_of("Petra"), method)(MOVE, {"task": "spring_catalogue", "revision": before.hash, **fields})

    assert page.status_code == 422
    assert "That cannot be kept." in text_of(page)
    if "due_on" in fields:
        assert f'value="{fields["due_on"]}"' in page.content.decode()
    assert strategy_of().number == before.number


def test_a_done_task_stays(played, browser_of):
    client, before = browser_of("Petra"), strategy_of()

    answer = client.post(MOVE, {"task": "seed_brief", "due_on": "2027-03-01", "revision": before.hash})

    assert "is done, so there is nothing to move" in text_of(client.get(answer["Location"]))
    assert strategy_of().number == before.number


def test_a_change_of_an_older_revision_shows_both(played, browser_of):
    client, before = browser_of("Olena"), strategy_of()
    change(played, {"management.tasks[brand_book].title": "The brand book"})

    looked = client.get(MOVE, {"task": "spring_catalogue", "due_on": "2027-04-02", "revision": before.hash})
    page = client.post(MOVE, {"task": "spring_catalogue", "due_on": "2027-04-02", "has_skills": "yes", "skills": ["design"], "revision": before.hash})

    assert "Somebody saved the strategy since you opened the page" in text_of(looked)
    assert page.status_code == 409
    assert "The brand book" in text_of(page)
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.content.decode().split("move-work/")[1])
    client.post(MOVE, dict(fields))
    assert task_of(strategy_of(), "spring_catalogue")["due_on"] == "2027-04-02"
    assert task_of(strategy_of(), "brand_book")["title"] == "The brand book"


def test_only_owners_and_planners_keep_a_change(played, browser_of):
    before = strategy_of()

    statuses = {
        browser_of(person).post(MOVE, {"task": "brand_book", "importance": "5", "revision": before.hash}).status_code
        for person in ("Carl", "Anna", "Vera")
    }

    assert statuses == {403}
    assert strategy_of().number == before.number
    assert "move-work" not in browser_of("Vera").get(f"{HARBOUR}/plan/work/brand_book/").content.decode()


def test_dragging_fills_the_form_that_the_page_of_a_task_has(played, browser_of):
    client = browser_of("Petra")
    html, card = client.get(f"{HARBOUR}/plan/work/?view=timeline").content.decode(), client.get(f"{HARBOUR}/plan/work/brand_book/").content.decode()

    drag = set(re.findall(r'name="(\w+)"', re.search(r'<form id="change-by-hand".*?</form>', html, re.S).group()))
    assert drag <= set(re.findall(r'name="(\w+)"', card))
    assert 'data-set="not_before=2027-02-01&amp;due_on=2027-02-05"' in html
    assert 'data-drag="brand_book"' in html
