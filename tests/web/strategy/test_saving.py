"""Saving a form: kept, refused, added to, moved, and the same without JavaScript."""

from __future__ import annotations

from browser_form import forms_of, tags_of
from saved_forms import OBJECTIVE, ROOT, Browser, form_at, links_in, newest_revision, newest_strategy

from quarterdeck.operations.site import Site
from quarterdeck.report.strategy.outline import SHEETS


def test_opening_and_saving_every_form_changes_nothing(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), newest_revision().number
    addresses = [
        tag[1]["href"]
        for number in range(1, 9)
        for slug, (step, sheet) in SHEETS.items()
        if step.number == number
        for tag in ([("a", {"href": f"{ROOT}step/{number}/{slug}/"})] if sheet.kind == "single" else links_in(browser, number, slug))
    ]
    assert len(addresses) > 60

    for address in addresses:
        form = form_at(browser, str(address))
        answer = browser.post(str(address), form)
        assert answer.status_code == 302, (address, answer.content.decode()[:2000])

    assert newest_revision().number == before


def test_a_change_is_saved_said_and_can_be_undone(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), newest_revision()
    form = form_at(browser, OBJECTIVE)

    answer = browser.post(OBJECTIVE, {**form, "target": "4,800", "_why": "More money came"})

    assert (answer.status_code, answer["Location"]) == (302, OBJECTIVE)
    assert (newest_revision().author, newest_revision().note) == ("Petra", "More money came")
    assert str(newest_strategy().objectives[0].target) == "4800"
    page = browser.get(OBJECTIVE).content.decode()
    assert "Target of New customers raised from 4,500 to 4,800." in page
    assert "Plan again" in page
    undo = forms_of(page.encode())[f"{ROOT}undo/"]
    assert browser.post(f"{ROOT}undo/", undo).status_code == 302
    assert newest_revision().document == before.document


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
    browser, before = browser_of("Petra"), newest_revision().number

    for label, path, step, typed, name, said in WRONG:
        address = f"{ROOT}step/{step}/{path}/"
        sent = {
            **form_at(browser, address),
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
    assert newest_revision().number == before


def test_another_row_comes_without_javascript_and_keeps_what_was_typed(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), newest_revision().number
    form = form_at(browser, OBJECTIVE)

    answer = browser.post(OBJECTIVE, {**form, "statement": ["Half written"], "_more": ["milestones"]})

    assert answer.status_code == 200
    again = forms_of(answer.content)[OBJECTIVE]
    assert again["statement"] == ["Half written"]
    assert again["milestones.rows"] == ["4"]
    assert newest_revision().number == before
    saved = browser.post(OBJECTIVE, {**again, "milestones.3.on": ["2027-04-02"], "milestones.3.value": ["4,400"]})
    assert saved.status_code == 302
    assert len(newest_strategy().objectives[0].milestones) == 4


def test_a_member_is_added_under_a_name_made_of_its_words(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    address = f"{ROOT}step/6/add/tasks/"
    form = form_at(browser, address)

    refused = browser.post(address, form)
    answer = browser.post(address, {**form, "title": ["Call the printer"], "serves": ["spring_terrace"], "effort_hours": ["1.5"]})

    assert refused.status_code == 422
    assert "This is needed" in refused.content.decode()
    assert answer.status_code == 302
    task = newest_strategy().management.tasks[-1]
    assert (task.id, task.title, str(task.effort_hours)) == ("call_the_printer", "Call the printer", "1.5")


def test_every_empty_form_opens_and_refuses_to_be_saved_empty(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), newest_revision().number

    for slug, (step, sheet) in SHEETS.items():
        if sheet.kind != "single":
            address = f"{ROOT}step/{step.number}/add/{slug}/"
            assert browser.post(address, form_at(browser, address)).status_code == 422, slug

    assert newest_revision().number == before


def test_a_person_moves_to_another_team(planned: Site, browser_of: Browser) -> None:
    browser, strategy = browser_of("Petra"), newest_strategy()
    home, other = strategy.management.teams[0], strategy.management.teams[1]
    person = home.people[0].id
    address = f"{ROOT}step/6/people/{person}/"

    answer = browser.post(address, {**form_at(browser, address), "_team": [other.id]})

    assert answer.status_code == 302
    assert person in {each.id for each in newest_strategy().management.teams[1].people}
    assert len(newest_strategy().management.people) == len(strategy.management.people)


def test_a_team_keeps_its_people_when_its_own_form_is_saved(planned: Site, browser_of: Browser) -> None:
    browser, team = browser_of("Petra"), newest_strategy().management.teams[0]
    address = f"{ROOT}step/6/teams/{team.id}/"

    browser.post(address, {**form_at(browser, address), "name": ["Another name"]})

    changed = newest_strategy().management.teams[0]
    assert (changed.name, changed.people) == ("Another name", team.people)
