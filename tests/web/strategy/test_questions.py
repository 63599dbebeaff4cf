"""Asking somebody for what is not known, in the browser: asked, waited for, answered, closed, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from browser_form import forms_of

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

ROOT = "/w/harbour/strategy/"
PLACE = "objectives[new_customers].baseline"
OBJECTIVE = f"{ROOT}step/1/objectives/new_customers/"
ASK = f"{ROOT}ask/?code=STRATEGY-106&place=objectives%5Bnew_customers%5D.baseline"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
Browser = Callable[..., "Client"]


def _strategy() -> Any:
    from quarterdeck.ledger.models import Revision
    from quarterdeck.operations.strategy.save_strategy import strategy_of

    return strategy_of(Revision.objects.filter(workspace__slug="harbour").order_by("-number").first())


def _context(site: Site) -> Any:
    from quarterdeck.operations.context import open_context

    return open_context(site, "harbour", "Petra", now=NOW)


def _change(site: Site, changes: dict[str, object]) -> None:
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    change_strategy(_context(site), changes)


@pytest.fixture
def unknown(planned: Site) -> Site:
    """Harbour, where nobody knows how many new customers there were."""
    _change(planned, {PLACE: None})
    return planned


def _ask(browser: Client, **typed: str) -> Any:
    form = forms_of(browser.get(ASK).content)[f"{ROOT}ask/"]
    return browser.post(f"{ROOT}ask/", {**form, **typed})


def _question() -> Any:
    return next(each for each in _strategy().questions if each.about == PLACE)


def test_what_is_not_known_is_asked_by_one_button_and_can_be_taken_back(unknown: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), _strategy()
    assert "ask/?code=STRATEGY-106" in browser.get(f"{ROOT}step/1/").content.decode()
    assert "ask/?code=STRATEGY-106" in browser.get(OBJECTIVE).content.decode()

    answer = _ask(browser)
    assert (answer.status_code, answer["Location"]) == (302, f"{OBJECTIVE}#f-baseline")
    question = _question()
    assert (question.step, question.answer, question.due_on.weekday()) == (1, None, 4)
    assert question.owner in {person.id for person in _strategy().management.people}
    page = browser.get(OBJECTIVE).content.decode()
    assert "Asked: " in page
    assert "somebody was asked" in page

    undo = next(fields for action, fields in forms_of(page.encode()).items() if action == f"{ROOT}undo/")
    browser.post(f"{ROOT}undo/", undo)
    assert _strategy() == before


def test_the_same_thing_is_not_asked_twice(unknown: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    _ask(browser)
    number = len(_strategy().questions)
    again = browser.get(ASK, follow=True)
    assert "was asked already" in again.content.decode()
    browser.post(f"{ROOT}ask/", {"code": "STRATEGY-106", "place": PLACE, "owner": "petra", "due_on": "2027-12-01"})
    assert len(_strategy().questions) == number


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"owner": " "}, "Say who finds out."), ({"due_on": "2020-01-01"}, "Choose a later day."), ({"due_on": "soon"}, "Choose a later day.")],
)
def test_nobody_and_no_day_are_said_beside_their_input(unknown: Site, browser_of: Browser, typed: dict[str, str], said: str) -> None:
    browser = browser_of("Petra")
    answer = _ask(browser, **typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert all(each.about is None for each in _strategy().questions)


def test_what_no_check_asks_for_is_not_asked(planned: Site, browser_of: Browser) -> None:
    before = _strategy()
    for code, place in (("STRATEGY-106", PLACE), ("STRATEGY-122", PLACE), ("STRATEGY-106", "objectives[nothing].baseline"), ("", "")):
        answer = browser_of("Petra").post(f"{ROOT}ask/", {"code": code, "place": place, "owner": "petra", "due_on": "2027-12-01"}, follow=True)
        assert "The checks ask for nothing there." in answer.content.decode()
    assert _strategy() == before


def test_what_is_filled_in_is_offered_as_the_answer_and_closes_the_question(unknown: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    _ask(browser)
    assert "Close the question" not in browser.get(f"{ROOT}step/1/").content.decode()
    _change(unknown, {PLACE: "4060"})
    for address in (f"{ROOT}step/1/", f"{ROOT}step/8/", OBJECTIVE):
        assert "is written now: 4,060." in browser.get(address).content.decode()

    own, other = (f"{ROOT}step/8/questions/{each.id}/" for each in (_question(), _strategy().questions[0]))
    assert ("Close the question" in browser.get(own).content.decode(), "Close the question" in browser.get(other).content.decode()) == (True, False)

    browser.post(f"{ROOT}close-question/", {"question": _question().id})
    assert _question().answer == "4,060"
    assert "Close the question" not in browser.get(f"{ROOT}step/8/").content.decode()
    again = browser.post(f"{ROOT}close-question/", {"question": _question().id}, follow=True)
    assert "cannot be closed by itself" in again.content.decode()


def test_an_answer_in_words_is_offered_where_it_belongs_and_saved_by_nobody_but_the_person(unknown: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    _ask(browser)
    _change(unknown, {f"questions[{_question().id}].answer": "It was 4,060 in the books."})
    page = browser.get(f"{ROOT}step/8/questions/{_question().id}/").content.decode()
    address = f"{OBJECTIVE}?try.baseline=4%2C060#f-baseline"
    assert address in page
    assert forms_of(browser.get(address.partition("#")[0]).content)[OBJECTIVE]["baseline"] == ["4,060"]
    assert _strategy().objectives[0].baseline is None


def test_who_may_only_look_is_offered_no_button(unknown: Site, browser_of: Browser) -> None:
    from world import PEOPLE

    viewer = next(person for person, role in PEOPLE.items() if role == "viewer")
    browser = browser_of(viewer)
    assert "ask/?code=" not in browser.get(f"{ROOT}step/1/").content.decode()
    assert browser.get(ASK).status_code in (403, 404)


def test_asking_from_the_command_line_says_who_finds_out(unknown: Site) -> None:
    from quarterdeck.operations.quarter.answer import answer_question
    from quarterdeck.operations.strategy.ask_question import tell_asked

    told = tell_asked(_context(unknown), "STRATEGY-106", PLACE, owner=None, due_on=None)
    assert told.facts["question"] == _question().id
    assert "finds out by" in told.sentences[0]
    assert answer_question(_context(unknown)).facts["questions"]["open"] == sum(not each.answer for each in _strategy().questions)


def test_somebody_whose_name_nobody_wrote_can_be_asked_by_the_short_name(unknown: Site, browser_of: Browser) -> None:
    person = next(each for team in _strategy().management.teams for each in team.people)
    team = next(each for each in _strategy().management.teams if person in each.people)
    _change(unknown, {f"management.teams[{team.id}].people[{person.id}].name": " "})

    page = browser_of("Petra").get(ASK)

    assert page.status_code == 200
    assert f'<option value="{person.id}">' in page.content.decode()
