"""Examples of one's own kind of business beside every form: guessed at first, chosen once, never in the way of what is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from browser_form import forms_of
from world import NOW

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


def _choose(browser: Client, kind: str, before: str = CLAIM) -> Any:
    form = forms_of(browser.get(before).content)[f"{ROOT}examples/"]
    return browser.post(f"{ROOT}examples/", {**form, "kind": kind}, headers={"referer": f"http://testserver{before}"})


def test_an_owner_chooses_the_kind_without_javascript_and_everybody_sees_examples_of_it(planned: Site, browser_of: Browser) -> None:
    answer = _choose(browser_of("Olena"), "local_trade")
    assert (answer.status_code, answer["Location"]) == (302, f"http://testserver{CLAIM}")
    for person in ("Olena", "Petra", "Vera"):
        for address in (OBJECTIVE, CLAIM, f"{ROOT}step/2/"):
            assert "Examples of a local trade" in _page(browser_of(person), address), (person, address)


def test_the_choice_is_on_record_and_choosing_again_takes_it_back(planned: Site, browser_of: Browser) -> None:
    from quarterdeck.ledger.models import AuditEntry

    browser = browser_of("Olena")
    _choose(browser, "saas")
    assert "sees examples of software paid by the month now" in _page(browser, CLAIM)
    _choose(browser, "shop")
    assert "Examples of an online shop" in _page(browser_of("Petra"), CLAIM)
    lines = AuditEntry.objects.filter(verb="choose_business").order_by("pk")
    assert [(line.who, line.what, line.details["before"]) for line in lines] == [
        ("Olena", "software paid by the month", ""),
        ("Olena", "an online shop", "saas"),
    ]


@pytest.mark.parametrize("person", ["Petra", "Carl", "Vera"])
def test_who_may_not_change_the_company_reads_other_examples_and_chooses_none(planned: Site, browser_of: Browser, person: str) -> None:
    browser = browser_of(person)
    page = _page(browser, f"{ROOT}step/2/")
    assert f"{ROOT}examples/" not in page
    assert f'href="{ROOT}start/saas/"' in page and browser.get(f"{ROOT}start/saas/").status_code == 200
    assert browser.post(f"{ROOT}examples/", {"kind": "saas"}).status_code == 403
    assert "Examples of an online shop" in _page(browser, f"{ROOT}step/2/")


def test_looking_chooses_nothing_and_an_unknown_kind_is_not_kept(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Olena")
    assert browser.get(f"{ROOT}examples/?kind=saas").status_code == 405
    browser.post(f"{ROOT}examples/", {"kind": "bakery"})
    assert "Examples of an online shop" in _page(browser, CLAIM)


def test_the_example_that_a_strategy_began_with_says_the_kind_for_everybody(empty: Site, browser_of: Browser) -> None:
    from quarterdeck.ledger.models import Workspace

    company = Workspace.objects.get()
    assert company.business == ""
    browser_of("Olena").post(f"/w/{company.slug}/strategy/start/", {"from": "local_trade"})
    assert Workspace.objects.get().business == "local_trade"


def test_the_interview_says_the_kind_where_nobody_chose_one_and_a_planner_changes_no_owners_choice(planned: Site) -> None:
    from quarterdeck.ledger.models import Workspace
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.first_strategy.choose_business import choose_business
    from quarterdeck.operations.first_strategy.hold_interview import show_examples_of

    def at_work(person: str) -> Any:
        return open_context(planned, "harbour", person, now=NOW)

    show_examples_of(at_work("Petra"), "charity")
    assert Workspace.objects.get(slug="harbour").business == "non_profit"
    choose_business(at_work("Olena"), "saas")
    show_examples_of(at_work("Petra"), "trade")
    assert Workspace.objects.get(slug="harbour").business == "saas"


def test_examples_stand_beside_the_inputs_and_never_in_them(planned: Site, browser_of: Browser) -> None:
    page = _page(browser_of("Petra"), f"{ROOT}step/3/add/claims/")
    form = forms_of(page.encode())[f"{ROOT}step/3/add/claims/"]
    assert all(not text for name, texts in form.items() if not name.startswith(("_", "csrf")) and not name.endswith(".rows") for text in texts)
    inside = page[page.index('id="form"') : page.index("</form>", page.index('id="form"'))]
    assert "placeholder=" not in inside.replace('placeholder="Add by name"', "")
    assert 'id="examples"' not in inside
