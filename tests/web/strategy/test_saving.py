"""Saving a form: kept, refused, in conflict, taken out; and the same form without JavaScript and without the right to save."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from browser_form import forms_of, tags_of

from quarterdeck.operations.site import Site
from quarterdeck.report.strategy.outline import SHEETS

if TYPE_CHECKING:
    from django.test import Client

ROOT = "/w/harbour/strategy/"
OBJECTIVE = f"{ROOT}step/1/objectives/new_customers/"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
Browser = Callable[..., "Client"]


def _newest() -> Any:
    from quarterdeck.ledger.models import Revision

    return Revision.objects.order_by("-number").first()


def _strategy() -> Any:
    from quarterdeck.operations.strategy.save_strategy import strategy_of

    return strategy_of(_newest())


def _form(browser: Client, address: str) -> dict[str, list[str]]:
    return forms_of(browser.get(address).content)[address]


def _change(site: Site, changes: dict[str, object], person: str = "Petra") -> None:
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    change_strategy(open_context(site, "harbour", person, now=NOW), changes)


def _notices(browser: Client) -> str:
    return " ".join(sentence for each in browser.session.get("notices", []) for sentence in each["sentences"])


def test_opening_and_saving_every_form_changes_nothing(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), _newest().number
    addresses = [
        tag[1]["href"]
        for number in range(1, 9)
        for slug, (step, sheet) in SHEETS.items()
        if step.number == number
        for tag in ([("a", {"href": f"{ROOT}step/{number}/{slug}/"})] if sheet.kind == "single" else _links(browser, number, slug))
    ]
    assert len(addresses) > 60

    for address in addresses:
        form = _form(browser, str(address))
        answer = browser.post(str(address), form)
        assert answer.status_code == 302, (address, answer.content.decode()[:2000])

    assert _newest().number == before


def _links(browser: Client, number: int, slug: str) -> list[tuple[str, dict[str, str | None]]]:
    """The first members of a list; that all of them survive their form is proven without a browser."""
    root = f"{ROOT}step/{number}/{slug}/"
    found = {tag[1].get("href") or "": tag for tag in tags_of(browser.get(root).content) if tag[0] == "a"}
    return [tag for href, tag in found.items() if href.startswith(root) and href != root][:5]


def test_a_change_is_saved_said_and_can_be_undone(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), _newest()
    form = _form(browser, OBJECTIVE)

    answer = browser.post(OBJECTIVE, {**form, "target": "4,800", "_why": "More money came"})

    assert (answer.status_code, answer["Location"]) == (302, OBJECTIVE)
    assert (_newest().author, _newest().note) == ("Petra", "More money came")
    assert str(_strategy().objectives[0].target) == "4800"
    page = browser.get(OBJECTIVE).content.decode()
    assert "Target of New customers raised from 4,500 to 4,800." in page
    assert "Plan again" in page
    undo = forms_of(page.encode())[f"{ROOT}undo/"]
    assert browser.post(f"{ROOT}undo/", undo).status_code == 302
    assert _newest().document == before.document


WRONG = [
    ("number", "objectives/new_customers", 1, {"target": "many"}, "target", "Expected a number"),
    ("nothing", "objectives/new_customers", 1, {"target": ""}, "target", "This is needed"),
    ("badly grouped", "objectives/new_customers", 1, {"target": "12,34"}, "target", "12,34"),
    ("huge number", "objectives/new_customers", 1, {"target": "9" * 30}, "target", "20 digits"),
    ("date", "objectives/new_customers", 1, {"due_on": "4 April"}, "due_on", "a date"),
    ("blank text", "objectives/new_customers", 1, {"statement": " "}, "statement", "This is needed"),
    ("choice", "objectives/new_customers", 1, {"metric": "fame"}, "metric", "fame"),
    ("reference", "objectives/new_customers", 1, {"goal": "nope"}, "goal", "no &quot;nope&quot;"),
    ("row", "objectives/new_customers", 1, {"milestones.1.value": "x"}, "milestones.1.value", "Expected a number"),
    ("money", "channels/print", 4, {"spend.cap": "-1"}, "spend.cap", "at least 0"),
    ("money that contradicts", "channels/print", 4, {"spend.cap": "1"}, "spend", "above a cap"),
    ("tick", "channels/print", 4, {"objectives": ["", "gone"]}, "objectives", "gone"),
    ("kind", "channels/print", 4, {"kind": "pigeons"}, "kind", "pigeons"),
    ("time", "items/seed_early", 5, {"deliver.at": "25:00"}, "deliver.at", "00:00 to 23:59"),
    ("code", "items/seed_early", 5, {"language": "english"}, "language", "language code"),
    ("invisible sign", "items/seed_early", 5, {"title": "a\x07b"}, "title", "invisible"),
    ("whole number", "tasks/search_test", 6, {"importance": "9"}, "importance", "at most 5"),
    ("circle", "tasks/search_test", 6, {"after": ["", "search_test"]}, "after", "waits for"),
    ("hours", "people/olena", 6, {"hours_per_week": "200"}, "hours_per_week", "at most 80"),
    ("word", "people/olena", 6, {"skills": "a!b"}, "skills", "short name"),
    ("half a person", "audiences/members", 2, {"size": "1.5"}, "size", "whole number"),
    ("no choice", "evaluation/0", 7, {"step": ""}, "step", "This is needed"),
    ("long line", "audiences/members", 2, {"needs": "x" * 5000}, "needs", "4,000 characters"),
]


def test_what_cannot_stand_is_refused_beside_its_field_and_nothing_is_lost(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), _newest().number

    for label, path, step, typed, name, said in WRONG:
        address = f"{ROOT}step/{step}/{path}/"
        sent = {
            **_form(browser, address),
            "note": ["<i>kept</i> & more"],
            **{key: [value] if isinstance(value, str) else value for key, value in typed.items()},
        }
        answer = browser.post(address, sent)

        html, anchor = answer.content.decode(), f"f-{name.replace('.', '-')}"
        assert answer.status_code == 422, label
        assert f'<a href="#{anchor}"' in html and said in html, label
        field = next(attrs for _, attrs in tags_of(answer.content) if attrs.get("id") == anchor)
        if field.get("name"):
            assert field.get("aria-invalid") == "true", label
            assert f"{anchor}-wrong" in (field.get("aria-describedby") or ""), label
        again = forms_of(answer.content)[address]
        assert all([text for text in again[key] if text] == [text for text in sent[key] if text] for key in ("note", *typed)), label
    assert _newest().number == before


def test_another_row_comes_without_javascript_and_keeps_what_was_typed(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), _newest().number
    form = _form(browser, OBJECTIVE)

    answer = browser.post(OBJECTIVE, {**form, "statement": ["Half written"], "_more": ["milestones"]})

    assert answer.status_code == 200
    again = forms_of(answer.content)[OBJECTIVE]
    assert again["statement"] == ["Half written"]
    assert again["milestones.rows"] == ["4"]
    assert _newest().number == before
    saved = browser.post(OBJECTIVE, {**again, "milestones.3.on": ["2027-04-02"], "milestones.3.value": ["4,400"]})
    assert saved.status_code == 302
    assert len(_strategy().objectives[0].milestones) == 4


def test_a_member_is_added_under_a_name_made_of_its_words(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    address = f"{ROOT}step/6/add/tasks/"
    form = _form(browser, address)

    refused = browser.post(address, form)
    answer = browser.post(address, {**form, "title": ["Call the printer"], "serves": ["spring_terrace"], "effort_hours": ["1.5"]})

    assert refused.status_code == 422
    assert "This is needed" in refused.content.decode()
    assert answer.status_code == 302
    task = _strategy().management.tasks[-1]
    assert (task.id, task.title, str(task.effort_hours)) == ("call_the_printer", "Call the printer", "1.5")


def test_every_empty_form_opens_and_refuses_to_be_saved_empty(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), _newest().number

    for slug, (step, sheet) in SHEETS.items():
        if sheet.kind != "single":
            address = f"{ROOT}step/{step.number}/add/{slug}/"
            assert browser.post(address, _form(browser, address)).status_code == 422, slug

    assert _newest().number == before


def test_a_person_moves_to_another_team(planned: Site, browser_of: Browser) -> None:
    browser, strategy = browser_of("Petra"), _strategy()
    home, other = strategy.management.teams[0], strategy.management.teams[1]
    person = home.people[0].id
    address = f"{ROOT}step/6/people/{person}/"

    answer = browser.post(address, {**_form(browser, address), "_team": [other.id]})

    assert answer.status_code == 302
    assert person in {each.id for each in _strategy().management.teams[1].people}
    assert len(_strategy().management.people) == len(strategy.management.people)


def test_a_team_keeps_its_people_when_its_own_form_is_saved(planned: Site, browser_of: Browser) -> None:
    browser, team = browser_of("Petra"), _strategy().management.teams[0]
    address = f"{ROOT}step/6/teams/{team.id}/"

    browser.post(address, {**_form(browser, address), "name": ["Another name"]})

    changed = _strategy().management.teams[0]
    assert (changed.name, changed.people) == ("Another name", team.people)


@pytest.mark.parametrize("mine_first", [True, False], ids=["Olena first", "Petra first"])
def test_two_people_in_one_step_both_are_shown_and_nothing_is_lost(planned: Site, browser_of: Browser, mine_first: bool) -> None:
    first, second = browser_of("Olena" if mine_first else "Petra"), browser_of("Petra" if mine_first else "Olena")
    one, other = _form(first, OBJECTIVE), _form(second, OBJECTIVE)
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
    objective = _strategy().objectives[0]
    assert (str(objective.target), objective.statement, objective.owner) == ("4700", "Win many", "priya")


def test_the_same_field_changed_by_both_is_asked_about_and_the_last_word_is_the_persons(planned: Site, browser_of: Browser) -> None:
    first, second = browser_of("Olena"), browser_of("Petra")
    one, other = _form(first, OBJECTIVE), _form(second, OBJECTIVE)
    first.post(OBJECTIVE, {**one, "target": ["4,700"]})

    answer = second.post(OBJECTIVE, {**other, "target": ["4,900"]})

    assert (answer.status_code, str(_strategy().objectives[0].target)) == (409, "4700")
    second.post(OBJECTIVE, forms_of(answer.content)[OBJECTIVE])
    assert str(_strategy().objectives[0].target) == "4900"


def test_a_change_of_another_step_meanwhile_is_kept_and_both_stand(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Olena")
    form = _form(browser, OBJECTIVE)
    _change(planned, {"management.budget.quarter": "190000"})

    answer = browser.post(OBJECTIVE, {**form, "target": ["4,700"]})

    assert answer.status_code == 302
    assert (str(_strategy().objectives[0].target), str(_strategy().management.budget.quarter)) == ("4700", "190000")
    assert "Petra saved revision 2 meanwhile" in _notices(browser)


def test_what_somebody_took_out_meanwhile_can_be_put_back(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Olena")
    address = f"{ROOT}step/8/opportunities/{_strategy().opportunities[0].id}/"
    form = _form(browser, address)
    _change(planned, {f"opportunities[{_strategy().opportunities[0].id}]": None})

    answer = browser.post(address, {**form, "text": ["A better idea"]})

    assert answer.status_code == 409
    assert "took this idea out" in answer.content.decode()
    (action, again), *_ = [(a, f) for a, f in forms_of(answer.content).items() if "_parent" in f]
    assert browser.post(action, again).status_code == 302
    assert _strategy().opportunities[-1].text == "A better idea"


def test_a_row_without_an_id_is_never_taken_for_another_one(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Olena")
    address = f"{ROOT}step/3/claims/1/"
    form, claims = _form(browser, address), _strategy().proposition.claims
    _change(planned, {"proposition.claims[0]": None})

    answer = browser.post(address, {**form, "text": ["Said better"]})

    assert answer.status_code == 409
    (action, again), *_ = [(a, f) for a, f in forms_of(answer.content).items() if "_parent" in f]
    assert action == f"{ROOT}step/3/claims/0/"
    assert browser.post(action, again).status_code == 302
    assert [claim.text for claim in _strategy().proposition.claims] == ["Said better", *(claim.text for claim in claims[2:])]


def test_a_form_made_from_nothing_known_is_a_conflict_too(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Olena")
    form = _form(browser, OBJECTIVE)

    answer = browser.post(OBJECTIVE, {**form, "_parent": ["forged"], "target": ["4,700"]})

    assert answer.status_code == 409
    assert _newest().number == 1


def test_taking_out_says_what_refers_to_it_and_waits_until_nothing_does(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), _newest()
    page = browser.get(f"{ROOT}step/4/channels/print/").content.decode()

    refused = browser.post(f"{ROOT}step/4/channels/print/take-out/", {"_parent": before.hash})

    assert "It cannot go while" in page
    assert "take-out/" not in str(list(forms_of(page.encode())))
    assert (refused.status_code, _newest().number) == (422, before.number)
    assert "Saturday insert" in refused.content.decode()


def test_taking_out_works_where_nothing_refers_to_it_and_can_be_undone(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), _newest()
    idea = _strategy().opportunities[0].id
    address = f"{ROOT}step/8/opportunities/{idea}/"
    forms = forms_of(browser.get(address).content)

    answer = browser.post(f"{address}take-out/", forms[f"{address}take-out/"])

    assert (answer.status_code, answer["Location"]) == (302, f"{ROOT}step/8/")
    assert idea not in {each.id for each in _strategy().opportunities}
    page = browser.get(f"{ROOT}step/8/").content
    browser.post(f"{ROOT}undo/", forms_of(page)[f"{ROOT}undo/"])
    assert _newest().document == before.document


def test_taking_out_what_somebody_changed_meanwhile_asks_first(planned: Site, browser_of: Browser) -> None:
    browser, idea = browser_of("Olena"), _strategy().opportunities[0].id
    address = f"{ROOT}step/8/opportunities/{idea}/"
    form = forms_of(browser.get(address).content)[f"{address}take-out/"]
    _change(planned, {f"opportunities[{idea}].effort": "A week"})

    answer = browser.post(f"{address}take-out/", form)

    assert answer.status_code == 409
    assert idea in {each.id for each in _strategy().opportunities}
    again = forms_of(answer.content)[f"{address}take-out/"]
    assert browser.post(f"{address}take-out/", again).status_code == 302
    assert idea not in {each.id for each in _strategy().opportunities}


def test_the_checks_answer_while_it_is_written_and_save_nothing(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), _newest().number
    form = _form(browser, OBJECTIVE)

    part = browser.post(f"{OBJECTIVE}check/", {**form, "target": ["4,700"], "owner": [""]}, headers={"hx-request": "true"})
    wrong = browser.post(f"{OBJECTIVE}check/", {**form, "target": ["x"]}, headers={"hx-request": "true"})
    whole = browser.post(f"{OBJECTIVE}check/", {**form, "target": ["4,700"]})

    html = part.content.decode()
    assert part.status_code == 200 and "<html" not in html
    assert "4,700 is 9\u202f% more than the 4,300 it was." in html
    assert "chance of 4,700" in html and "not yet" in html
    assert "Not ready to save yet" in wrong.content.decode()
    assert "<html" in whole.content.decode() and 'value="4,700"' in whole.content.decode()
    assert _newest().number == before


def test_what_a_way_out_proposes_can_be_tried_and_is_not_saved(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), _newest().number

    page = browser.get(OBJECTIVE, {"try.target": "4400", "try._parent": "x", "try.nothing": "y"})

    assert 'value="4400"' in page.content.decode()
    assert "nothing is saved yet" in page.content.decode()
    assert _newest().number == before


def test_a_viewer_reads_everything_and_sees_no_button(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Vera"), _newest().number

    for address in (ROOT, f"{ROOT}step/1/", OBJECTIVE, f"{ROOT}step/6/tasks/", f"{ROOT}step/6/budget/", f"{ROOT}history/", f"{ROOT}revisions/1/"):
        page = browser.get(address)
        assert page.status_code == 200, address
        words = page.content.decode()
        for forbidden in ("Save objective", "/add/", "Restore", "Take this", "import/", "Make it the strategy"):
            assert forbidden not in words, (address, forbidden)
    form = _form(browser, OBJECTIVE)
    for address in (
        OBJECTIVE,
        f"{OBJECTIVE}check/",
        f"{OBJECTIVE}take-out/",
        f"{ROOT}import/",
        f"{ROOT}history/",
        f"{ROOT}start/",
        f"{ROOT}step/6/add/tasks/",
    ):
        assert browser.post(address, form).status_code == 403, address
    assert browser.get(f"{ROOT}step/6/add/tasks/").status_code == 403
    assert _newest().number == before


def test_what_people_write_is_shown_as_they_wrote_it(planned: Site, browser_of: Browser) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    browser = browser_of("Petra")
    document = _newest().document
    _change(
        planned,
        {
            "vision": evil,
            "objectives[new_customers].statement": evil,
            "objectives[new_customers].note": evil,
            "audiences[members].who": evil,
            "channels[print].name": evil,
            "channels[print].role": evil,
            "proposition.statement": evil,
            "company.name": evil,
            "questions": [*document["questions"], {"id": "evil", "step": 1, "text": evil, "owner": evil}],
        },
    )
    for address in (ROOT, f"{ROOT}?all=1", *(f"{ROOT}step/{n}/" for n in range(1, 9)), OBJECTIVE, f"{ROOT}step/4/channels/print/", f"{ROOT}history/",
                    f"{ROOT}compare/?from=1&to=2", f"{ROOT}step/8/questions/evil/", f"{ROOT}step/6/tasks/?q={evil}", f"{OBJECTIVE}?try.statement={evil}"):  # fmt: skip
        html = browser.get(address).content.decode()
        assert "<script>alert" not in html and "<img src=x" not in html, address


def test_addresses_of_nothing_are_not_found(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    for address in (
        "step/0/",
        "step/9/",
        "step/1/tasks/",
        "step/1/nothing/",
        "step/1/objectives/gone/",
        "step/7/evaluation/99/",
        "step/6/budget/x/",
        "step/1/add/vision/",
    ):
        assert browser.get(ROOT + address).status_code == 404, address
    assert browser.post(f"{ROOT}step/6/tasks/", {}).status_code == 404


@pytest.mark.slow
def test_long_lists_stay_quick(planned: Site, browser_of: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    strategy = _strategy()
    tasks, items = strategy.management.tasks, strategy.content.items
    many = {f"management.tasks[t{n}]": {**_plain(tasks[n % len(tasks)]), "id": f"t{n}", "after": []} for n in range(420)}
    many |= {f"content.items[i{n}]": {**_plain(items[n % len(items)]), "id": f"i{n}"} for n in range(950)}
    _change(planned, many)
    browser = browser_of("Petra")

    for address in (ROOT, f"{ROOT}step/5/", f"{ROOT}step/6/", f"{ROOT}step/6/tasks/", f"{ROOT}step/6/tasks/?q=film&page=2", f"{ROOT}step/6/tasks/t400/",
                    f"{ROOT}step/5/items/i900/", f"{ROOT}step/6/add/tasks/", OBJECTIVE):  # fmt: skip
        times = []
        for _ in range(4):
            start = time.perf_counter()
            assert browser.get(address).status_code == 200
            times.append((time.perf_counter() - start) * 1000)
        with capsys.disabled():
            print(f"\n{address}: first {times[0]:.0f} ms, then {sorted(times[1:])[1]:.0f} ms", end="")
    form = _form(browser, OBJECTIVE)
    for address in (f"{OBJECTIVE}check/", OBJECTIVE):
        start = time.perf_counter()
        browser.post(address, {**form, "target": ["4,700"]}, headers={"hx-request": "true"} if "check" in address else {})
        with capsys.disabled():
            print(f"\nPOST {address}: {(time.perf_counter() - start) * 1000:.0f} ms")


def _plain(part: Any) -> dict[str, Any]:
    from quarterdeck.strategy.parts.shape import to_json

    return dict(to_json(part))
