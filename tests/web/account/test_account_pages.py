"""The page of one's own account: colours and password."""

from __future__ import annotations

import re

import pytest

PASSWORD = "Olena-sails-at-dawn"
NEW = "a quiet harbour in winter"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def is_in(client) -> bool:
    return client.get("/account/").status_code == 200


def change(client, **typed):
    return client.post("/account/password/", {"password": PASSWORD, "new_password": NEW, "again": NEW, **typed})


@pytest.mark.parametrize("address", ["/account/", "/account/two-factor/"])
def test_a_stranger_is_led_to_the_door(visitor, address):
    assert visitor.get(address)["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("address", ["/account/theme/", "/account/password/", "/account/two-factor/begin/", "/account/two-factor/off/"])
def test_what_changes_something_answers_to_forms_alone(olena, address):
    assert olena.get(address).status_code == 405


def test_the_page_says_who_one_is_and_where_one_works(olena):
    page = olena.get("/account/")
    html = page.content.decode()

    assert "You are signed in as Olena ." in text_of(page)
    assert "You work in North Bakery." in text_of(page)
    assert html.count("<h1") == 1
    assert re.search(r'autocomplete="username"', html)
    assert len(re.findall(r'autocomplete="new-password"', html)) == 2
    assert not re.search(r"\son\w+=|\sstyle=|<style|<script(?![^>]*src=)", html)
    assert len(set(ids := re.findall(r'\sid="([^"]+)"', html))) == len(ids)


def test_colours_are_chosen_and_taken_back(olena):
    page = olena.post("/account/theme/", {"theme": "dark"}, follow=True)
    html = page.content.decode()

    assert 'data-bs-theme="dark"' in html
    assert "The cockpit is dark now." in text_of(page)
    assert re.search(r'<form method="post" action="/account/theme/">.*?name="theme" value="system".*?Undo', html, re.S)
    back = olena.post("/account/theme/", {"theme": "system"}, follow=True)
    assert "data-bs-theme" not in back.content.decode()
    assert olena.post("/account/theme/", {"theme": "pink"}).status_code == 409


def test_a_new_password_keeps_this_browser_and_ends_the_others(olena, at):
    from django.test import Client

    other = Client()
    other.post("/sign-in/", {"name": "Olena", "password": PASSWORD})
    before = olena.cookies["quarterdeck_session"].value

    done = change(olena)

    assert done.status_code == 302
    assert "Your password is changed." in text_of(olena.get("/account/"))
    assert olena.cookies["quarterdeck_session"].value != before
    assert not is_in(other)
    assert other.post("/sign-in/", {"name": "Olena", "password": PASSWORD}).status_code == 422
    assert other.post("/sign-in/", {"name": "Olena", "password": NEW}).status_code == 302


def test_everything_wrong_with_a_new_password_is_said_at_once_beside_its_field(olena):
    page = change(olena, password="wrong-word", new_password="olena", again="aneloo")
    html = page.content.decode()

    assert page.status_code == 422
    for sentence in (
        "That is not your password.",
        "It has 5 characters and needs at least 12 characters.",
        "It is too much like your name.",
        "The two are not the same.",
    ):
        assert text_of(page).count(sentence) == 2, sentence
    assert [name for name in ("password", "new_password", "again") if f'id="{name}-wrong"' in html] == ["password", "new_password", "again"]
    assert not any(word in html for word in ("wrong-word", "aneloo"))
    assert is_in(olena)


def test_guessing_the_current_password_has_a_limit(olena):
    for _ in range(5):
        assert change(olena, password="wrong").status_code == 422

    refused = change(olena)

    assert refused.status_code == 429
    assert "Wait 15 minutes" in text_of(refused)
