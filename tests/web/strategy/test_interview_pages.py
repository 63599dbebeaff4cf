"""The interview in the browser: one question a page, nothing lost, and a last page from which it becomes the strategy."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from quarterdeck.operations.site import Site

Browser = Callable[..., Client]
ROOT = "/w/north-bakery/strategy/interview/"


def _words(answer: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.replace("&#x27;", "'").replace("&amp;", "&").split())


def _rows(*pairs: tuple[str, Any]) -> dict[str, Any]:
    sent: dict[str, Any] = {"do": "next"}
    for number, (key, value) in enumerate(pairs):
        sent |= {f"key-{number}": key, f"row-{number}": value}
    return sent


def _say(browser: Client, question: str, value: Any) -> Any:
    return browser.post(f"{ROOT}{question}/", value if isinstance(value, dict) else {"answer": value, "do": "next"})


def test_it_is_offered_where_there_is_no_strategy(empty: Site, browser_of: Browser) -> None:
    assert f'href="{ROOT}"' in browser_of("Petra").get("/w/north-bakery/strategy/").content.decode()
    assert f'href="{ROOT}"' not in browser_of("Vera").get("/w/north-bakery/strategy/").content.decode()


def test_an_answer_leads_to_the_next_question_and_is_there_when_one_goes_back(empty: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    browser.post(f"{ROOT}place/", _rows(("country", "England"), ("language", "English")))

    answered = _say(browser, "wish", "Sell out by noon <b>every</b> day")

    assert answered["Location"] == f"{ROOT}counted/"
    assert "Sell out by noon &lt;b&gt;every&lt;/b&gt; day</textarea>" in browser.get(f"{ROOT}wish/").content.decode()
    assert "Question 3 of" in _words(browser.get(f"{ROOT}counted/"))


def test_one_may_leave_and_another_browser_goes_on_from_there(empty: Site, browser_of: Browser) -> None:
    _say(browser_of("Petra"), "wish", {"answer": "Sell out by noon", "do": "stop"})

    page = _words(browser_of("Petra").get(ROOT))

    assert "Go on where you left off." in page
    assert "What should be better a year from now? Sell out by noon" in page
    assert "Sell out by noon" not in _words(browser_of("Olena").get(ROOT))


def test_what_is_wrong_stands_beside_its_field_and_all_that_was_typed_stays(empty: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    _say(browser, "counted", "orders")

    page = browser.post(f"{ROOT}numbers/", _rows(("quarter", "1,400"), ("before", "a few hundred"), ("year", "many")))
    text = page.content.decode()

    assert page.status_code == 422
    assert text.count('aria-invalid="true"') == 2
    assert 'value="1,400"' in text
    assert "This says “a few hundred”. Expected a number in digits, such as 40 or 12.50." in _words(page)


def test_an_empty_answer_is_asked_for_and_not_known_is_an_answer(empty: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")

    assert "There is no answer yet." in _words(_say(browser, "wish", ""))
    assert _say(browser, "wish", {"answer": "", "do": "skip"})["Location"].startswith(ROOT)
    assert "What should be better a year from now? not known yet" in _words(browser.get(ROOT))


def test_going_back_keeps_what_stands_in_the_field(empty: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    _say(browser, "counted", "orders")

    back = _say(browser, "wish", {"answer": "Sell out by noon", "do": "back"})

    assert back["Location"] == f"{ROOT}place/"
    assert "Sell out by noon" in browser.get(f"{ROOT}wish/").content.decode()
    assert _say(browser, "who", {"answer": "", "do": "back"})["Location"] == f"{ROOT}one/"


def test_not_known_speaks_of_the_fields_that_are_empty_and_keeps_the_others(empty: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    _say(browser, "counted", "orders")

    browser.post(f"{ROOT}numbers/", {**_rows(("before", ""), ("quarter", "1400"), ("year", "")), "do": "skip"})

    assert "Reach 1,400 sales from" in _words(browser.get(f"{ROOT}draft/"))


def test_a_question_that_is_not_asked_any_more_leads_on(empty: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    _say(browser, "uses", {"answer": ["window"], "do": "next"})

    page = browser.get(f"{ROOT}sends/")

    assert page.status_code == 404
    assert "Go on with the next one" in _words(page)
    assert browser.get(f"{ROOT}moat/").status_code == 404


def test_the_draft_says_what_is_open_and_becomes_the_strategy(empty: Site, browser_of: Browser) -> None:
    from quarterdeck.ledger.models import Revision

    browser = browser_of("Petra")
    _say(browser, "wish", "Sell out by noon")
    _say(browser, "who", "Neighbours\nThe school")
    page = _words(browser.get(f"{ROOT}draft/"))

    assert "Sell out by noon" in page
    assert "What should there be more of? Petra, by" in page
    assert Revision.objects.count() == 0

    made = browser.post(f"{ROOT}draft/", {"do": "strategy"})

    assert made["Location"] == "/w/north-bakery/strategy/"
    assert Revision.objects.get().document["audiences"][1]["who"] == "The school"
    assert "your answers are revision 1" in _words(browser.get("/w/north-bakery/strategy/"))


def test_beside_a_strategy_it_is_kept_as_a_draft_of_its_own_name(planned: Site, browser_of: Browser) -> None:
    from quarterdeck.ledger.models import DraftRevision

    browser, root = browser_of("Petra"), "/w/harbour/strategy/interview/"
    browser.post(f"{root}wish/", {"answer": "A calmer spring", "do": "next"})

    assert "Keep it as a draft" in _words(browser.get(f"{root}draft/"))
    assert browser.post(f"{root}draft/", {"do": "strategy"}).status_code == 409
    assert browser.post(f"{root}draft/", {"do": "draft", "name": " "}).status_code == 422

    kept = browser.post(f"{root}draft/", {"do": "draft", "name": "Calmer"})

    assert kept["Location"] == "/w/harbour/strategy/drafts/calmer/beside/"
    assert DraftRevision.objects.order_by("number").last().document["vision"] == "A calmer spring"
    assert browser.get(kept["Location"]).status_code == 200


def test_starting_over_forgets_every_answer(empty: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    _say(browser, "wish", "Sell out by noon")

    browser.post(ROOT, {"do": "forget"})

    assert "Sell out by noon" not in _words(browser.get(ROOT))
    assert browser.get(f"{ROOT}draft/")["Location"] == ROOT


def test_the_examples_are_those_of_the_kind_of_business_that_was_chosen(empty: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")

    browser.post(ROOT, {"do": "go", "business": "charity"})

    assert "A charity might say: No dog waits longer than a month for a home." in _words(browser.get(f"{ROOT}wish/"))


def test_nobody_is_taken_for_a_shop_and_what_the_company_is_known_as_is_ticked(empty: Site, browser_of: Browser) -> None:
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.first_strategy.choose_business import choose_business

    owner = browser_of("Olena")
    assert " checked" not in owner.get(ROOT).content.decode()

    choose_business(open_context(empty, "north-bakery", "Olena", now=datetime(2026, 11, 23, 9, tzinfo=UTC)), "non_profit")
    assert 'value="charity" required checked' in owner.get(ROOT).content.decode()

    owner.post(ROOT, {"business": "software", "do": "go"})
    assert 'value="software" required checked' in owner.get(ROOT).content.decode()
