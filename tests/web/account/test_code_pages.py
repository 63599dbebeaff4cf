"""The second step in a browser: set up, asked for, used once, switched off."""

from __future__ import annotations

import re

import pytest

PASSWORD = "Olena-sails-at-dawn"
WHO = {"name": "Olena", "password": PASSWORD}


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def codes_on(response) -> list[str]:
    return re.findall(r"<li><code>([^<]+)</code>", response.content.decode())


def is_in(client) -> bool:
    return client.get("/account/").status_code == 200


def test_setting_up_shows_a_picture_and_the_same_in_letters_and_nothing_is_on_before_the_first_code(olena, app_code):
    assert "Your password alone lets you in." in text_of(olena.get("/account/two-factor/"))
    assert olena.post("/account/two-factor/begin/").status_code == 302

    page = olena.get("/account/two-factor/")
    html = page.content.decode()
    assert re.search(r'<svg[^>]*viewBox="[^"]+"[^>]*>', html.split('class="qr"')[1])
    assert re.search(r'<code class="secret">(?:[A-Z2-7]{4} ?){8}</code>', html)
    assert not re.search(r"\son\w+=|\sstyle=|<style|<script(?![^>]*src=)", html)
    assert olena.get("/account/two-factor/").content.decode().split("secret")[1][:60] == html.split("secret")[1][:60]

    wrong = olena.post("/account/two-factor/confirm/", {"code": "000000"})
    assert wrong.status_code == 422
    assert "That code does not count" in text_of(wrong)
    olena.post("/account/two-factor/cancel/")
    assert "Your password alone lets you in." in text_of(olena.get("/account/two-factor/"))


def test_recovery_codes_are_shown_once_and_kept_nowhere_in_clear(olena, app_code, stored):
    olena.post("/account/two-factor/begin/")
    shown = olena.post("/account/two-factor/confirm/", {"code": app_code()})

    codes = codes_on(shown)
    assert len(codes) == 10
    assert all(code in shown.content.decode() for code in codes)
    assert "no-store" in shown["Cache-Control"]
    later = olena.get("/account/two-factor/").content.decode() + stored()
    assert not any(code in later for code in codes)
    assert "10 recovery codes are left" in text_of(olena.get("/account/"))


def test_after_the_password_the_code_is_asked_for_and_then_one_is_where_one_wanted(visitor, codes, app_code, at, stored):
    at(minutes=2)
    step = visitor.post("/sign-in/", {**WHO, "next": "/account/two-factor/"})
    assert step["Location"] == "/sign-in/code/"
    assert not is_in(visitor)
    assert PASSWORD not in stored()

    page = visitor.get("/sign-in/code/").content.decode()
    assert re.search(r'<input[^>]*autocomplete="one-time-code"[^>]*inputmode="numeric"', page)
    before = visitor.cookies["quarterdeck_session"].value
    done = visitor.post("/sign-in/code/", {"code": app_code(minutes=2)})

    assert done["Location"] == "/account/two-factor/"
    assert is_in(visitor)
    assert visitor.cookies["quarterdeck_session"].value != before
    assert "code_due" not in visitor.session


def test_the_session_gets_a_new_key_at_the_password_step_too(visitor, codes):
    from django.contrib.sessions.backends.db import SessionStore
    from django.test import Client

    planted = SessionStore()
    planted["x"] = 1
    planted.create()
    visitor.cookies["quarterdeck_session"] = planted.session_key
    visitor.post("/sign-in/", WHO)

    thief = Client()
    thief.cookies["quarterdeck_session"] = planted.session_key
    assert visitor.get("/sign-in/code/").status_code == 200
    assert thief.get("/sign-in/code/")["Location"] == "/sign-in/"


def test_a_code_that_was_used_does_not_let_in_a_second_browser(visitor, codes, app_code, at):
    from django.test import Client

    at(minutes=2)
    other = Client()
    for client in (visitor, other):
        client.post("/sign-in/", WHO)
    visitor.post("/sign-in/code/", {"code": app_code(minutes=2)})

    refused = other.post("/sign-in/code/", {"code": app_code(minutes=2)})

    assert refused.status_code == 422
    assert "was used before" in text_of(refused)
    assert is_in(visitor)
    assert not is_in(other)


def test_a_recovery_code_lets_in_once(visitor, codes):
    visitor.post("/sign-in/", WHO)
    page = visitor.get("/sign-in/code/?recovery").content.decode()
    assert 'name="recovery"' in page
    assert 'inputmode="text"' in page

    assert visitor.post("/sign-in/code/", {"code": codes[0].upper(), "recovery": "1"}).status_code == 302
    assert "9 recovery codes are left" in text_of(visitor.get("/account/"))

    visitor.post("/sign-out/")
    visitor.post("/sign-in/", WHO)
    refused = visitor.post("/sign-in/code/", {"code": codes[0], "recovery": "1"})
    assert refused.status_code == 422
    assert "Now a recovery code." in text_of(refused)


def test_without_the_password_there_is_no_code_step(visitor, codes, app_code, at):
    at(minutes=2)
    assert visitor.get("/sign-in/code/")["Location"] == "/sign-in/"
    assert visitor.post("/sign-in/code/", {"code": app_code(minutes=2)})["Location"] == "/sign-in/"
    assert not is_in(visitor)


def test_the_password_step_is_forgotten_after_ten_minutes(visitor, codes, app_code, at):
    visitor.post("/sign-in/", WHO)
    at(minutes=10)

    late = visitor.post("/sign-in/code/", {"code": app_code(minutes=10)})

    assert "The password was entered too long ago" in text_of(late)
    assert 'name="password"' in late.content.decode()
    assert visitor.get("/sign-in/code/")["Location"] == "/sign-in/"


def test_wrong_codes_make_one_wait(visitor, codes, app_code, at):
    at(minutes=2)
    for _ in range(5):
        visitor.post("/sign-in/", WHO)
        visitor.post("/sign-in/code/", {"code": "000000"})

    assert visitor.post("/sign-in/code/", {"code": app_code(minutes=2)}).status_code == 429
    assert not is_in(visitor)


@pytest.fixture
def inside(visitor, codes, app_code, at):
    """Olena, signed in with both steps at two minutes."""
    at(minutes=2)
    visitor.post("/sign-in/", WHO)
    visitor.post("/sign-in/code/", {"code": app_code(minutes=2)})
    return visitor


def test_it_is_switched_off_with_password_and_code(inside, app_code, at):
    assert "After your password, a code of your app lets you in." in text_of(inside.get("/account/two-factor/"))
    at(minutes=4)

    wrong = inside.post("/account/two-factor/off/", {"password": "wrong", "code": app_code(minutes=4)})
    assert wrong.status_code == 422
    assert "That is not your password" in text_of(wrong)
    done = inside.post("/account/two-factor/off/", {"password": PASSWORD, "code": app_code(minutes=4)}, follow=True)

    assert "Two-factor sign-in is off." in text_of(done)
    inside.post("/sign-out/")
    assert inside.post("/sign-in/", WHO)["Location"] == "/"


def test_new_recovery_codes_need_a_code(inside, codes, app_code, at):
    at(minutes=4)
    assert inside.post("/account/two-factor/codes/", {"code": "000000"}).status_code == 422

    new = codes_on(inside.post("/account/two-factor/codes/", {"code": app_code(minutes=4)}))

    assert len(new) == 10
    assert not set(new) & set(codes)


def test_setting_up_twice_is_refused_in_a_sentence(inside):
    refused = inside.post("/account/two-factor/begin/")

    assert refused.status_code == 409
    assert "set up already" in text_of(refused)


def test_a_code_is_asked_for_by_the_ledger_not_by_the_page(shop, visitor, codes):
    """Whoever skips the page of the code with the cookie of the password step is still outside."""
    visitor.post("/sign-in/", WHO)

    for address in ("/", "/account/", "/w/north-bakery/", "/account/two-factor/"):
        assert visitor.get(address)["Location"].startswith("/sign-in/?next=")
