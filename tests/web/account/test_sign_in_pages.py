"""Signing in and out in a browser: who gets in, where to, and what others can make of it."""

from __future__ import annotations

import re

import pytest

PASSWORD = "Olena-sails-at-dawn"
WHO = {"name": "Olena", "password": PASSWORD}


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def is_in(client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_page_leads_to_the_door_and_from_there_to_where_one_wanted(visitor):
    door = visitor.get("/w/north-bakery/?week=2")
    assert door.status_code == 302
    assert door["Location"] == "/sign-in/?next=%2Fw%2Fnorth-bakery%2F%3Fweek%3D2"

    page = visitor.get(door["Location"])
    assert page.status_code == 200
    assert 'name="next" value="/w/north-bakery/?week=2"' in page.content.decode()

    done = visitor.post("/sign-in/", {**WHO, "next": "/w/north-bakery/?week=2"})
    assert (done.status_code, done["Location"]) == (302, "/w/north-bakery/?week=2")
    assert is_in(visitor)


def test_the_form_tells_password_managers_and_screen_readers_what_is_what(visitor):
    page = visitor.get("/sign-in/").content.decode()

    assert re.search(r'<label for="in-name">.*?<input[^>]*id="in-name"[^>]*autocomplete="username"', page, re.S)
    assert re.search(r'<label for="in-password">.*?<input[^>]*id="in-password"[^>]*type="password"[^>]*autocomplete="current-password"', page, re.S)
    assert page.count("<h1") == 1
    assert "<main" in page
    assert not re.search(r"\son\w+=|\sstyle=|<style|<script(?![^>]*src=)", page)


def test_a_wrong_name_and_a_wrong_password_look_the_same(visitor):
    def said(name, password):
        page = visitor.post("/sign-in/", {"name": name, "password": password})
        assert page.status_code == 422
        assert "do not belong together" in text_of(page)
        assert password not in page.content.decode()
        return re.sub(r"value=\"[^\"]*\"|hx-headers='[^']*'", "", page.content.decode())

    assert said("Olena", "wrong-word") == said("Nobody", "wrong-word")
    assert not is_in(visitor)


def test_the_name_stays_in_the_form_and_what_is_wrong_stands_beside_its_field_and_above(visitor):
    page = visitor.post("/sign-in/", {"name": "<Olena>", "password": ""})
    html = page.content.decode()

    assert 'value="&lt;Olena&gt;"' in html
    assert '<a href="#in-password">Password</a>: Type your password.' in html
    assert 'aria-invalid="true"' in html
    assert 'id="in-password-wrong"' in html
    assert 'role="alert"' in html


def test_after_too_many_tries_the_page_says_how_long_to_wait(visitor, at):
    for _ in range(5):
        visitor.post("/sign-in/", {"name": "Olena", "password": "wrong"})
    at(minutes=3)

    page = visitor.post("/sign-in/", WHO)

    assert page.status_code == 429
    assert "Wait 12 minutes, then try again." in text_of(page)
    at(minutes=15)
    assert visitor.post("/sign-in/", WHO).status_code == 302


def test_a_header_about_the_address_counts_only_behind_a_proxy_that_is_trusted(visitor):
    from django.test import override_settings

    def knock(n):
        return visitor.post("/sign-in/", {"name": f"N{n}", "password": "x"}, headers={"X-Forwarded-For": f"1.2.3.4, 192.0.2.{n}"}).status_code

    assert [knock(n) for n in range(21)] == [422] * 20 + [429]
    with override_settings(QUARTERDECK_PROXIES=1):
        assert [knock(n) for n in range(30, 55)] == [422] * 25
    with override_settings(QUARTERDECK_PROXIES=2):
        assert [knock(n) for n in range(60, 81)] == [422] * 20 + [429]


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "http:evil.example",
        "evil.example",
        " //evil.example",
        "\x01//evil.example",
        "",
    ],
)
def test_nobody_is_led_to_another_site(visitor, target):
    assert f'value="{target}"' not in visitor.get("/sign-in/", {"next": target}).content.decode() or not target
    done = visitor.post("/sign-in/", {**WHO, "next": target})

    assert done["Location"] == "/"
    assert visitor.get("/sign-in/", {"next": target})["Location"] == "/"


def test_a_session_that_somebody_planted_is_worth_nothing(visitor):
    from django.contrib.sessions.backends.db import SessionStore
    from django.test import Client

    planted = SessionStore()
    planted["x"] = 1
    planted.create()
    visitor.cookies["quarterdeck_session"] = planted.session_key

    visitor.post("/sign-in/", WHO)

    assert is_in(visitor)
    assert visitor.cookies["quarterdeck_session"].value != planted.session_key
    thief = Client()
    thief.cookies["quarterdeck_session"] = planted.session_key
    assert not is_in(thief)


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(visitor):
    cookie = visitor.post("/sign-in/", WHO).cookies["quarterdeck_session"]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 14 * 24 * 3600)


def test_by_https_the_cookies_are_for_https_alone():
    from quarterdeck.app.web_settings import build_web_settings

    for is_https in (True, False):
        settings = build_web_settings(is_https=is_https)
        assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is is_https


@pytest.mark.parametrize(
    "address",
    [
        "/sign-in/",
        "/sign-in/code/",
        "/sign-out/",
        "/account/theme/",
        "/account/password/",
        "/account/two-factor/begin/",
        "/account/two-factor/cancel/",
        "/account/two-factor/confirm/",
        "/account/two-factor/codes/",
        "/account/two-factor/off/",
    ],
)
def test_a_form_from_another_site_does_nothing(shop, at, browser_of, address):
    client = browser_of("Olena", enforce_csrf_checks=True)

    refused = client.post(address, {**WHO, "theme": "dark", "code": "123456"})

    assert refused.status_code == 403
    assert "This form was too old" in text_of(refused)
    assert is_in(client)


def test_with_the_token_of_the_page_the_form_works(at):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get("/sign-in/").content.decode()).group(1)

    assert client.post("/sign-in/", {**WHO, "csrfmiddlewaretoken": token}).status_code == 302
    assert is_in(client)


def test_signing_out_needs_a_form_and_ends_the_session(olena, stored):
    from django.test import Client

    copy = Client()
    copy.cookies["quarterdeck_session"] = olena.cookies["quarterdeck_session"].value
    assert olena.get("/sign-out/").status_code == 405
    assert is_in(copy)

    out = olena.post("/sign-out/", follow=True)

    assert "You are signed out." in text_of(out)
    assert not is_in(olena)
    assert not is_in(copy)
    assert stored() == "[]"


def test_somebody_who_is_in_does_not_see_the_door(olena):
    assert olena.get("/sign-in/", {"next": "/account/"})["Location"] == "/account/"


def test_another_person_in_the_same_browser_gets_nothing_of_the_first(olena):
    first = olena.cookies["quarterdeck_session"].value
    session = olena.session
    session["secret"] = "of Olena"
    session.save()

    olena.post("/sign-in/", {"name": "Vera", "password": "Vera-sails-at-dawn"})

    assert "Vera" in text_of(olena.get("/account/"))
    assert olena.cookies["quarterdeck_session"].value != first
    assert "secret" not in olena.session


def test_a_session_that_is_used_is_written_once_a_day_and_not_at_every_page(olena, at):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def writes():
        with CaptureQueriesContext(connection) as queries:
            assert is_in(olena)
        return sum(query["sql"].startswith(("UPDATE", "INSERT")) for query in queries)

    assert writes() == 0
    at(days=1)
    assert writes() == 1
    assert writes() == 0


def test_a_new_password_by_the_command_line_ends_the_session(olena, shop, at):
    from quarterdeck.operations.accounts.manage_accounts import renew_password

    renew_password(shop, "Olena", by="root", now=at())

    assert not is_in(olena)


def test_a_closed_account_is_out_at_once(olena):
    from quarterdeck.ledger.models import Account

    Account.objects.filter(person="Olena").update(is_active=False)

    assert not is_in(olena)
