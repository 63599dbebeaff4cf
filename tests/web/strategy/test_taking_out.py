"""Taking something out of the strategy: what refers to it is said, and it can be undone."""

from __future__ import annotations

from browser_form import forms_of
from saved_forms import ROOT, Browser, change_as, newest_revision, newest_strategy

from quarterdeck.operations.site import Site


def test_taking_out_says_what_refers_to_it_and_waits_until_nothing_does(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), newest_revision()
    page = browser.get(f"{ROOT}step/4/channels/print/").content.decode()

    refused = browser.post(f"{ROOT}step/4/channels/print/take-out/", {"_parent": before.hash})

    assert "It cannot go while" in page
    assert "take-out/" not in str(list(forms_of(page.encode())))
    assert (refused.status_code, newest_revision().number) == (422, before.number)
    assert "Saturday insert" in refused.content.decode()


def test_taking_out_works_where_nothing_refers_to_it_and_can_be_undone(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), newest_revision()
    idea = newest_strategy().opportunities[0].id
    address = f"{ROOT}step/8/opportunities/{idea}/"
    forms = forms_of(browser.get(address).content)

    answer = browser.post(f"{address}take-out/", forms[f"{address}take-out/"])

    assert (answer.status_code, answer["Location"]) == (302, f"{ROOT}step/8/")
    assert idea not in {each.id for each in newest_strategy().opportunities}
    page = browser.get(f"{ROOT}step/8/").content
    browser.post(f"{ROOT}undo/", forms_of(page)[f"{ROOT}undo/"])
    assert newest_revision().document == before.document


def test_taking_out_what_somebody_changed_meanwhile_asks_first(planned: Site, browser_of: Browser) -> None:
    browser, idea = browser_of("Olena"), newest_strategy().opportunities[0].id
    address = f"{ROOT}step/8/opportunities/{idea}/"
    form = forms_of(browser.get(address).content)[f"{address}take-out/"]
    change_as(planned, {f"opportunities[{idea}].effort": "A week"})

    answer = browser.post(f"{address}take-out/", form)

    assert answer.status_code == 409
    assert idea in {each.id for each in newest_strategy().opportunities}
    again = forms_of(answer.content)[f"{address}take-out/"]
    assert browser.post(f"{address}take-out/", again).status_code == 302
    assert idea not in {each.id for each in newest_strategy().opportunities}
