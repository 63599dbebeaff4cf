"""Conflicts: each with its ways out; taken, left with a reason, or settled by a later change."""

from __future__ import annotations

import re

import pytest
from plan_pages import HARBOUR, change, item_of, strategy_of, text_of

PAGE = f"{HARBOUR}/plan/conflicts/"


def forms_of(html: str) -> list[dict[str, str]]:
    """The fields of each form that takes a way out, in the order shown."""
    found = re.findall(r'<form method="post" action="/w/harbour/plan/conflicts/fix/">(.*?)</form>', html, re.S)
    return [dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) for form in found]


def test_every_collision_is_a_card_by_date_with_priced_ways_out(played, browser_of):
    page = browser_of("Olena").get(PAGE)

    html = page.content.decode()
    assert "Q1 2027 has three collisions" in text_of(page).replace(" .", ".")
    assert html.index("Thursday 11 February") < html.index("1 March to 14 March") < html.index("8 March to 14 March")
    assert "half an hour" in html
    assert "by hand" in html
    assert "Conflicts <span" in html


def test_a_way_out_is_one_press_and_can_be_taken_back(played, browser_of):
    client, before = browser_of("Petra"), strategy_of()
    fields = forms_of(client.get(PAGE).content.decode())[0]

    answer = client.post(f"{PAGE}fix/", fields)
    page = client.get(answer["Location"])

    assert item_of(strategy_of(), "clearance_mail")["deliver"]["on"] == "2027-02-08"
    assert "two collisions" in text_of(page)
    assert "settled" in text_of(page)
    assert "Plan again" in text_of(page)
    client.post(f"{HARBOUR}/strategy/undo/", {"revision": str(strategy_of().number)})
    assert strategy_of().hash == before.hash
    assert "three collisions" in text_of(client.get(PAGE))


def test_the_same_way_out_twice_changes_nothing_more(played, browser_of):
    client = browser_of("Petra")
    fields = forms_of(client.get(PAGE).content.decode())[0]
    client.post(f"{PAGE}fix/", fields)
    number = strategy_of().number

    client.post(f"{PAGE}fix/", fields)

    assert "not there any more" in text_of(client.get(PAGE))
    assert strategy_of().number == number


def test_a_way_out_chosen_on_an_older_revision_shows_both(played, browser_of):
    client = browser_of("Olena")
    fields = forms_of(client.get(PAGE).content.decode())[0]
    change(played, {"content.items[paint_tips].title": "Paint tips, better"})

    page = client.post(f"{PAGE}fix/", fields)

    assert page.status_code == 409
    assert "Paint tips, better" in text_of(page)
    assert f'name="revision" value="{strategy_of().hash}"' in page.content.decode()
    assert strategy_of().number == 2


def test_a_collision_left_with_a_reason_no_longer_counts_and_can_be_taken_up(played, browser_of):
    client, before = browser_of("Petra"), strategy_of()
    key = forms_of(client.get(PAGE).content.decode())[0]["key"]

    client.post(f"{PAGE}leave/", {"key": key, "reason": "Members asked for both."})
    page = client.get(PAGE)

    assert "two collisions" in text_of(page)
    assert "Left by Petra" in text_of(page)
    assert "Members asked for both." in text_of(page)
    assert 'class="it hit"' not in client.get(f"{HARBOUR}/plan/calendar/?month=2027-02").content.decode()
    assert strategy_of().hash == before.hash
    client.post(f"{PAGE}take-up/", {"key": key})
    assert "three collisions" in text_of(client.get(PAGE))


def test_a_reason_no_longer_holds_once_the_days_change(played, browser_of):
    client = browser_of("Petra")
    key = forms_of(client.get(PAGE).content.decode())[0]["key"]
    client.post(f"{PAGE}leave/", {"key": key, "reason": "Members asked for both."})

    change(played, {"content.items[clearance_mail].deliver.on": "2027-02-12"})

    assert "three collisions" in text_of(client.get(PAGE))


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_leaving_needs_a_reason_of_a_sentence(played, browser_of, reason):
    client = browser_of("Petra")
    key = forms_of(client.get(PAGE).content.decode())[0]["key"]

    client.post(f"{PAGE}leave/", {"key": key, "reason": reason})

    assert "three collisions" in text_of(client.get(PAGE))


def test_what_nobody_knows_is_said_and_changes_nothing(played, browser_of):
    client, before = browser_of("Petra"), strategy_of()

    for address, fields in (
        ("fix/", {"key": "x", "fix": "y", "revision": before.hash}),
        ("leave/", {"key": "x", "reason": "why"}),
        ("take-up/", {"key": "x"}),
    ):
        assert client.post(f"{PAGE}{address}", fields).status_code == 302
    assert strategy_of().number == before.number


def test_only_owners_and_planners_decide(played, browser_of):
    key = forms_of(browser_of("Petra").get(PAGE).content.decode())[0]["key"]

    for person in ("Carl", "Anna", "Vera"):
        client = browser_of(person)
        assert "conflicts/fix/" not in client.get(PAGE).content.decode()
        for address in ("fix/", "leave/", "take-up/"):
            assert client.post(f"{PAGE}{address}", {"key": key, "reason": "why"}).status_code == 403


def test_a_quarter_without_collisions_says_so(played, browser_of):
    change(
        played,
        {
            "content.items[clearance_mail].deliver.on": "2027-02-08",
            "campaigns[room_for_spring].ends_on": "2027-03-07",
            "campaigns[small_garden].keywords": '["window boxes"]',
        },
    )

    page = text_of(browser_of("Vera").get(PAGE))

    assert "Nothing trips over anything else in Q1 2027" in page
    assert "settled by later changes" in page
