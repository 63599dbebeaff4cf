"""Moving an item: the effect is shown first, nothing is kept by looking, and what is kept can be taken back."""

from __future__ import annotations

import pytest
from plan_pages import HARBOUR, change, item_of, strategy_of, text_of

MOVE = f"{HARBOUR}/plan/calendar/move/"


def form(revision, **more):
    return {"item": "clearance_mail", "on": "2027-02-08", "at": "17:00", "revision": revision.hash, **more}


def test_a_preview_says_what_a_move_solves_and_changes_nothing(played, browser_of):
    before = strategy_of()

    page = browser_of("Petra").get(MOVE, form(before))

    assert "solves one collision and causes none" in text_of(page)
    assert "It was approved for its old day" in text_of(page)
    assert strategy_of().number == before.number


def test_a_preview_says_what_a_move_would_cause(played, browser_of):
    page = browser_of("Petra").get(MOVE, {"item": "colour_card", "on": "2027-03-26", "at": "09:00"})

    assert "causes" in text_of(page)
    assert "a public holiday (Good Friday)" in text_of(page)
    assert "Move it all the same" in text_of(page)


def test_a_preview_for_htmx_is_the_part_alone(played, browser_of):
    part = browser_of("Petra").get(MOVE, form(strategy_of()), headers={"HX-Request": "true"}).content.decode()

    assert part.lstrip().startswith("<section")
    assert 'name="on" value="2027-02-08"' in part


def test_a_move_is_kept_as_a_revision_with_undo(played, browser_of):
    client, before = browser_of("Petra"), strategy_of()

    answer = client.post(MOVE, form(before, back=f"{HARBOUR}/plan/calendar/?month=2027-02"))
    page = client.get(answer["Location"])

    assert answer.status_code == 302
    assert answer["Location"] == f"{HARBOUR}/plan/calendar/?month=2027-02"
    assert item_of(strategy_of(), "clearance_mail")["deliver"]["on"] == "2027-02-08"
    assert "February is clear: nothing trips over anything else." in text_of(page)
    assert f'name="revision" value="{strategy_of().number}"' in page.content.decode()
    client.post(f"{HARBOUR}/strategy/undo/", {"revision": str(strategy_of().number)})
    assert strategy_of().hash == before.hash


def test_the_form_that_dragging_fills_asks_the_same_as_the_card(played, browser_of):
    import re

    html = browser_of("Petra").get(f"{HARBOUR}/plan/calendar/?month=2027-02&item=clearance_mail").content.decode()

    drag = re.search(r'<form id="move-by-hand".*?</form>', html, re.S).group()
    card = re.search(r'<form method="get" action="[^"]+/move/" class="move-form".*?</form>', html, re.S).group()
    names = {name: set(re.findall(r'name="(\w+)"', text)) for name, text in (("drag", drag), ("card", card))}
    assert names["drag"] | {"at"} == names["card"]
    assert 'action="/w/harbour/plan/calendar/move/"' in drag
    assert 'data-drag="clearance_mail"' in html


def test_a_move_without_a_time_keeps_the_time(played, browser_of):
    browser_of("Petra").post(MOVE, {"item": "clearance_mail", "on": "2027-02-08", "revision": strategy_of().hash})

    assert item_of(strategy_of(), "clearance_mail")["deliver"]["at"] == "17:00"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"on": "2027-01-05"}, "a day from today", id="passed"),
        pytest.param({"on": "soon"}, "a day such as 2027-02-09", id="no_day"),
        pytest.param({"on": "2027-02-09", "at": "25:99"}, "Expected", id="no_time"),
    ],
)
def test_a_wrong_day_is_said_beside_the_form_with_what_was_typed(played, browser_of, fields, said):
    before = strategy_of()

    page = browser_of("Petra").post(MOVE, {**form(before), **fields})

    assert page.status_code == 422
    assert said in text_of(page)
    assert f'value="{fields["on"]}"' in page.content.decode()
    assert strategy_of().number == before.number


def test_what_has_gone_out_stays(played, browser_of):
    client, before = browser_of("Petra"), strategy_of()

    answer = client.post(MOVE, {"item": "garden_letter_jan", "on": "2027-02-09", "at": "09:00", "revision": before.hash})

    assert "has gone out, so it cannot be moved" in text_of(client.get(answer["Location"]))
    assert strategy_of().number == before.number


def test_a_move_from_an_older_revision_shows_both_and_can_be_kept_on_top(played, browser_of):
    client, before = browser_of("Olena"), strategy_of()
    change(played, {"content.items[paint_tips].title": "Paint tips, better"})

    page = client.post(MOVE, form(before))

    assert page.status_code == 409
    assert "Petra saved revision 2 while you were deciding" in text_of(page)
    assert "Paint tips, better" in text_of(page)
    assert "8 February 2027" in text_of(page)
    assert item_of(strategy_of(), "clearance_mail")["deliver"]["on"] == "2027-02-11"
    client.post(MOVE, form(strategy_of()))
    assert item_of(strategy_of(), "clearance_mail")["deliver"]["on"] == "2027-02-08"
    assert item_of(strategy_of(), "paint_tips")["title"] == "Paint tips, better"


def test_only_owners_and_planners_keep_a_move(played, browser_of):
    before = strategy_of()

    statuses = {person: browser_of(person).post(MOVE, form(before)).status_code for person in ("Carl", "Anna", "Vera")}

    assert set(statuses.values()) == {403}
    assert strategy_of().number == before.number


def test_nobody_is_led_to_another_server(played, browser_of):
    for back in ("https://evil.example/", "//evil.example/", "/w/other-shop/plan/", "/w/harbour/\\evil"):
        answer = browser_of("Petra").post(MOVE, form(strategy_of(), back=back))
        assert answer["Location"].startswith("/w/harbour/"), back
        assert "evil" not in answer["Location"] or answer["Location"].startswith("/w/harbour/"), back


def test_an_item_moves_into_the_next_quarter_and_back(played, browser_of):
    client = browser_of("Petra")

    page = client.get(MOVE, {"item": "light_evening", "on": "2027-04-12", "at": "10:00"})

    assert page.status_code == 200
    assert "quarter without a plan" in text_of(page)
