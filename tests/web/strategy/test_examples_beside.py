"""Examples of one's own kind of business beside every form: guessed at first, chosen once, never in the way of what is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from browser_form import forms_of

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

ROOT = "/w/harbour/strategy/"
OBJECTIVE = f"{ROOT}step/1/objectives/new_customers/"
CLAIM = f"{ROOT}step/3/claims/0/"
Browser = Callable[..., "Client"]


def _page(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def test_the_kind_is_guessed_and_every_page_shows_examples_of_it(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    for address in (OBJECTIVE, CLAIM, f"{ROOT}step/2/", f"{ROOT}step/4/add/channels/"):
        assert "Examples of an online shop" in _page(browser, address), address


@pytest.mark.parametrize("person", ["Petra", "Vera"])
def test_the_kind_is_chosen_once_without_javascript_and_kept_for_all_pages(planned: Site, browser_of: Browser, person: str) -> None:
    browser = browser_of(person)
    form = forms_of(browser.get(CLAIM).content)[f"{ROOT}examples/"]
    answer = browser.post(f"{ROOT}examples/", {**form, "kind": "local_trade"}, headers={"referer": f"http://testserver{CLAIM}"})
    assert (answer.status_code, answer["Location"]) == (302, f"http://testserver{CLAIM}")
    for address in (OBJECTIVE, CLAIM, f"{ROOT}step/2/"):
        assert "Examples of a local trade" in _page(browser, address), address
    assert (
        "You get an hour and not a day." in _page(browser, CLAIM) or "Adverts run at night" in _page(browser, CLAIM) or "zł" in _page(browser, CLAIM)
    )
    assert "Examples of an online shop" in _page(browser_of("Olena"), CLAIM)


def test_looking_chooses_nothing_and_an_unknown_kind_is_not_kept(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    assert browser.get(f"{ROOT}examples/?kind=saas").status_code == 405
    browser.post(f"{ROOT}examples/", {"kind": "bakery"})
    assert "Examples of an online shop" in _page(browser, CLAIM)


def test_examples_stand_beside_the_inputs_and_never_in_them(planned: Site, browser_of: Browser) -> None:
    page = _page(browser_of("Petra"), f"{ROOT}step/3/add/claims/")
    form = forms_of(page.encode())[f"{ROOT}step/3/add/claims/"]
    assert all(not text for name, texts in form.items() if not name.startswith(("_", "csrf")) and not name.endswith(".rows") for text in texts)
    inside = page[page.index('id="form"') : page.index("</form>", page.index('id="form"'))]
    assert "placeholder=" not in inside.replace('placeholder="Add by name"', "")
    assert 'id="examples"' not in inside
