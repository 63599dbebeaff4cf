"""Two people save the same form: both are shown, and nothing is lost."""

from __future__ import annotations

import pytest
from browser_form import forms_of
from saved_forms import OBJECTIVE, ROOT, Browser, change_as, form_at, newest_revision, newest_strategy, notices_in

from quarterdeck.operations.site import Site


@pytest.mark.parametrize("mine_first", [True, False], ids=["Olena first", "Petra first"])
def test_two_people_in_one_step_both_are_shown_and_nothing_is_lost(planned: Site, browser_of: Browser, mine_first: bool) -> None:
    first, second = browser_of("Olena" if mine_first else "Petra"), browser_of("Petra" if mine_first else "Olena")
    one, other = form_at(first, OBJECTIVE), form_at(second, OBJECTIVE)
    assert first.post(OBJECTIVE, {**one, "target": ["4,700"]}).status_code == 302

    answer = second.post(OBJECTIVE, {**other, "statement": ["Win many"], "owner": ["Priya Shah"]})

    assert answer.status_code == 409
    html = answer.content.decode()
    assert f"{'Olena' if mine_first else 'Petra'} saved this step while you were writing." in html
    assert "Target of New customers raised from 4,500 to 4,700." in html
    assert "Statement of New customers is now" in html
    form = forms_of(answer.content)[OBJECTIVE]
    assert (form["target"], form["statement"], form["owner"]) == (["4,700"], ["Win many"], ["Priya Shah"])
    assert second.post(OBJECTIVE, form).status_code == 302
    objective = newest_strategy().objectives[0]
    assert (str(objective.target), objective.statement, objective.owner) == ("4700", "Win many", "priya")


def test_the_same_field_changed_by_both_is_asked_about_and_the_last_word_is_the_persons(planned: Site, browser_of: Browser) -> None:
    first, second = browser_of("Olena"), browser_of("Petra")
    one, other = form_at(first, OBJECTIVE), form_at(second, OBJECTIVE)
    first.post(OBJECTIVE, {**one, "target": ["4,700"]})

    answer = second.post(OBJECTIVE, {**other, "target": ["4,900"]})

    assert (answer.status_code, str(newest_strategy().objectives[0].target)) == (409, "4700")
    second.post(OBJECTIVE, forms_of(answer.content)[OBJECTIVE])
    assert str(newest_strategy().objectives[0].target) == "4900"


def test_a_change_of_another_step_meanwhile_is_kept_and_both_stand(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Olena")
    form = form_at(browser, OBJECTIVE)
    change_as(planned, {"management.budget.quarter": "190000"})

    answer = browser.post(OBJECTIVE, {**form, "target": ["4,700"]})

    assert answer.status_code == 302
    assert (str(newest_strategy().objectives[0].target), str(newest_strategy().management.budget.quarter)) == ("4700", "190000")
    assert "Petra saved revision 2 meanwhile" in notices_in(browser)


def test_what_somebody_took_out_meanwhile_can_be_put_back(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Olena")
    address = f"{ROOT}step/8/opportunities/{newest_strategy().opportunities[0].id}/"
    form = form_at(browser, address)
    change_as(planned, {f"opportunities[{newest_strategy().opportunities[0].id}]": None})

    answer = browser.post(address, {**form, "text": ["A better idea"]})

    assert answer.status_code == 409
    assert "took this idea out" in answer.content.decode()
    (action, again), *_ = [(a, f) for a, f in forms_of(answer.content).items() if "_parent" in f]
    assert browser.post(action, again).status_code == 302
    assert newest_strategy().opportunities[-1].text == "A better idea"


def test_a_row_without_an_id_is_never_taken_for_another_one(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Olena")
    address = f"{ROOT}step/3/claims/1/"
    form, claims = form_at(browser, address), newest_strategy().proposition.claims
    change_as(planned, {"proposition.claims[0]": None})

    answer = browser.post(address, {**form, "text": ["Said better"]})

    assert answer.status_code == 409
    (action, again), *_ = [(a, f) for a, f in forms_of(answer.content).items() if "_parent" in f]
    assert action == f"{ROOT}step/3/claims/0/"
    assert browser.post(action, again).status_code == 302
    assert [claim.text for claim in newest_strategy().proposition.claims] == ["Said better", *(claim.text for claim in claims[2:])]


def test_a_form_made_from_nothing_known_is_a_conflict_too(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Olena")
    form = form_at(browser, OBJECTIVE)

    answer = browser.post(OBJECTIVE, {**form, "_parent": ["forged"], "target": ["4,700"]})

    assert answer.status_code == 409
    assert newest_revision().number == 1
