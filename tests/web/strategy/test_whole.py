"""Reading the strategy, its history, and bringing one in from a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from browser_form import forms_of, tags_of

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

ROOT = "/w/harbour/strategy/"
BAKERY = "/w/north-bakery/strategy/"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
Browser = Callable[..., "Client"]


def _revisions() -> Any:
    from quarterdeck.ledger.models import Revision

    return Revision.objects.order_by("number")


def _change(site: Site, changes: dict[str, object], note: str = "") -> None:
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    change_strategy(open_context(site, "harbour", "Petra", now=NOW), changes, note=note)


def _headline(html: bytes) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html.decode(), re.S)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", "", found.group(1)).split())


def test_the_page_of_the_strategy_says_how_complete_it_is_and_what_needs_somebody(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Vera")

    page = browser.get(ROOT)

    assert page.status_code == 200
    assert re.match(r"Your strategy is (complete|\d+.% complete)", _headline(page.content))
    for words in ("In 2027 we become the shop", "Social adverts", "What makes us different", "and 8 more", "Easter Sunday"):
        assert words in page.content.decode(), words
    everything = browser.get(f"{ROOT}?all=1").content.decode()
    assert "and 8 more" not in everything
    assert everything.count("<tr>") > page.content.decode().count("<tr>") + 50


def test_a_lack_lowers_the_share_and_is_named(planned: Site, browser_of: Browser) -> None:
    _change(planned, {"content.voice": None, "content.themes": None, "vision": None})

    page = browser_of().get(ROOT)
    step = browser_of().get(f"{ROOT}step/5/").content.decode()

    assert re.search(r"9\d.% complete", _headline(page.content))
    assert "Still missing: themes; a voice." in page.content.decode()
    assert "still missing" in _headline(step.encode())


def test_every_link_of_a_step_leads_somewhere(planned: Site, browser_of: Browser) -> None:
    browser, links = browser_of(), set()

    for number in range(1, 9):
        page = browser.get(f"{ROOT}step/{number}/")
        links |= {attrs["href"] for tag, attrs in tags_of(page.content) if tag == "a" and (attrs.get("href") or "").startswith(ROOT)}

    assert len(links) > 100
    for link in links:
        assert browser.get(str(link)).status_code == 200, link


def test_links_of_problems_lead_to_inputs_that_are_there(played: Site, browser_of: Browser) -> None:
    _change(
        played,
        {
            "objectives[new_customers].owner": None,
            "channels[print].spend.cap": "6000",
            "management.tasks[search_test].not_before": None,
            "management.tasks[search_test].due_on": "2026-01-01",
            "content.items[seed_early].deliver.on": "2030-01-01",
            "proposition.claims[0].proof": None,
            "evaluation[0].threshold": None,
            "company.markets": [],
        },
    )
    browser, seen = browser_of(), 0
    for number in range(1, 9):
        for tag, attrs in tags_of(browser.get(f"{ROOT}step/{number}/").content):
            href = attrs.get("href") or ""
            if tag == "a" and href.startswith(ROOT) and "#f-" in href:
                address, anchor = href.split("#")
                ids = {each.get("id") for _, each in tags_of(browser.get(address).content)}
                assert anchor in ids, href
                seen += 1
    assert seen >= 5


def test_long_lists_are_searched_and_paged(planned: Site, browser_of: Browser) -> None:
    browser = browser_of()

    first, last = browser.get(f"{ROOT}step/6/tasks/").content.decode(), browser.get(f"{ROOT}step/6/tasks/?page=99").content.decode()
    found = browser.get(f"{ROOT}step/6/tasks/?q=CLEARANCE+texts").content.decode()
    part = browser.get(f"{ROOT}step/6/tasks/?q=nothing+like+this", headers={"hx-request": "true"}).content.decode()

    assert "Page 1 of 4" in first and "Page 4 of 4" in last
    assert found.count("<tr>") == 2 and "Write the clearance texts" in found
    assert "Nothing holds these words." in part and "<html" not in part


def test_the_history_says_who_changed_what_and_any_two_are_compared(planned: Site, browser_of: Browser) -> None:
    _change(planned, {"objectives[new_customers].target": "4700"}, note="More money")
    _change(planned, {"management.budget.quarter": "190000"})
    browser = browser_of("Vera")

    page = browser.get(f"{ROOT}history/").content.decode()
    one = browser.get(f"{ROOT}compare/?from=3&to=1").content.decode()
    same = browser.get(f"{ROOT}compare/?from=2&to=2").content.decode()

    assert _headline(page.encode()) == "The strategy was saved 3 times; every version is kept."
    assert "Petra, 23 November 2026, 09:00: “More money”" in page
    assert "Target of New customers raised from 4,500 to 4,700." in page
    assert "From revision 1 to 3: 2 changes." in _headline(one.encode())
    assert "say the same" in _headline(same.encode())
    for wrong in ("?from=1&to=99", "?from=x", "", "?from=1&to=9999999999999999999"):
        assert browser.get(f"{ROOT}compare/{wrong}").status_code == 409, wrong


def test_a_long_history_is_paged(planned: Site, browser_of: Browser) -> None:
    from quarterdeck.ledger.gateway.revisions import append_revision

    for number in range(45):
        last = _revisions().last()
        append_revision(last.workspace, {**last.document, "vision": str(number)}, last.text, author="Petra", note="", parent_hash=last.hash, now=NOW)
    browser = browser_of()

    pages = [browser.get(f"{ROOT}history/?page={page}").content.decode() for page in ("1", "3", "99", "x")]

    assert "Page 1 of 3" in pages[0] and "Revision 46" in pages[0] and "Revision 1<" not in pages[0]
    assert "Revision 1<" in pages[1] and "Page 3 of 3" in pages[2] and "Page 1 of 3" in pages[3]


def test_an_earlier_revision_is_read_and_restored_and_that_can_be_undone(planned: Site, browser_of: Browser) -> None:
    first = _revisions().last()
    _change(planned, {"vision": "Something else entirely"})
    browser = browser_of("Petra")

    page = browser.get(f"{ROOT}revisions/1/").content.decode()
    answer = browser.post(f"{ROOT}history/", {"revision": "1"})

    assert "Revision 1, as Olena saved it" in _headline(page.encode())
    assert "Something else entirely" not in page
    assert (answer.status_code, _revisions().last().document) == (302, first.document)
    assert _revisions().last().text == first.text
    undo = forms_of(browser.get(f"{ROOT}history/").content)[f"{ROOT}undo/"]
    browser.post(f"{ROOT}undo/", undo)
    assert _revisions().last().document["vision"] == "Something else entirely"
    assert browser.post(f"{ROOT}history/", {"revision": "99"}).status_code == 409
    assert browser.get(f"{ROOT}revisions/99/").status_code == 409


def test_the_yaml_of_a_revision_is_a_file_with_its_comments(planned: Site, browser_of: Browser) -> None:
    _change(planned, {"vision": "Something else entirely"})
    browser = browser_of("Vera")

    newest, first = browser.get(f"{ROOT}strategy.yaml"), browser.get(f"{ROOT}revisions/1.yaml")

    assert newest["Content-Disposition"] == 'attachment; filename="harbour-strategy-2.yaml"'
    assert "Something else entirely" in newest.content.decode() and "# Step 1." in newest.content.decode()
    assert first.content.decode() == _revisions().first().text


def test_a_file_with_problems_names_their_lines_and_keeps_the_text(planned: Site, browser_of: Browser) -> None:
    text = "company:\n  name: X & <b>Y</b>\n  curency: GBP\nobjectives:\n  - {id: a b, goal: nope}\n"
    browser = browser_of("Petra")

    answer = browser.post(f"{ROOT}import/", {"text": text.replace("\n", "\r\n"), "_why": "From the office"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "strategy.yaml line 3, company.curency" in html and "Did you mean" in html
    form = forms_of(answer.content)[f"{ROOT}import/"]
    assert form["text"] == [text.replace("\n", "\r\n")]
    assert form["_why"] == ["From the office"]
    assert _revisions().count() == 1


def test_a_file_shows_what_it_would_change_before_it_is_saved(planned: Site, browser_of: Browser) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = browser_of("Petra")
    text = _revisions().last().text.replace("target: 4500", "target: 4600")
    assert "target: 4600" in text

    preview = browser.post(f"{ROOT}import/", {"file": SimpleUploadedFile("ours.yaml", text.encode("utf-8-sig")), "_why": "Agreed"})

    assert preview.status_code == 200
    assert _headline(preview.content) == "Saving this file makes 1 change."
    assert "Target of New customers raised from 4,500 to 4,600." in preview.content.decode()
    assert _revisions().count() == 1
    form = forms_of(preview.content)[f"{ROOT}import/"]
    assert browser.post(f"{ROOT}import/", {**form, "_sure": "1"}).status_code == 302
    saved = _revisions().last()
    assert (saved.number, saved.note, saved.text) == (2, "Agreed", text)
    page = browser.get(ROOT).content
    assert "Saved as revision 2." in page.decode()
    assert browser.post(f"{ROOT}undo/", forms_of(page)[f"{ROOT}undo/"]).status_code == 302
    assert _revisions().last().hash == _revisions().first().hash


def test_a_file_of_what_stands_already_saves_nothing(planned: Site, browser_of: Browser) -> None:
    browser, text = browser_of("Petra"), _revisions().last().text

    preview = browser.post(f"{ROOT}import/", {"text": text})
    saved = browser.post(f"{ROOT}import/", {"text": text, "_sure": "1"})

    assert "says what the strategy says already" in _headline(preview.content)
    assert (saved.status_code, _revisions().count()) == (302, 1)


def test_a_file_looked_at_before_somebody_saved_is_shown_again_against_theirs(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Olena")
    text = _revisions().last().text.replace("target: 4500", "target: 4600")
    form = forms_of(browser.post(f"{ROOT}import/", {"text": text}).content)[f"{ROOT}import/"]
    _change(planned, {"vision": "Something else entirely"})

    answer = browser.post(f"{ROOT}import/", {**form, "_sure": "1"})

    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Petra saved revision 2" in html and "Something else entirely" in html
    assert _revisions().count() == 2
    again = forms_of(answer.content)[f"{ROOT}import/"]
    assert browser.post(f"{ROOT}import/", {**again, "_sure": "1"}).status_code == 302
    assert _revisions().count() == 3


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": "  "}, "Nothing was given"),
        ({"text": "- a list"}, "which begins with its company"),
        ({"text": "a: &x [*x, *x]"}, "not a strategy yet"),
        ({"text": "x" * 1_100_000}, "not a strategy yet"),
        ({"file": b"\xff\xfe\x00"}, "not UTF-8"),
    ],
    ids=["nothing", "a list", "itself", "too long", "not text"],
)
def test_what_is_no_strategy_is_refused_in_words(planned: Site, browser_of: Browser, sent: dict[str, Any], said: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    given = {name: SimpleUploadedFile("x.yaml", value) if isinstance(value, bytes) else value for name, value in sent.items()}

    answer = browser_of("Petra").post(f"{ROOT}import/", given)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert _revisions().count() == 1


@pytest.mark.parametrize("name", ["first", "shop", "non_profit"])
def test_a_company_without_a_strategy_may_begin_with_an_example_under_its_own_name(empty: Site, browser_of: Browser, name: str) -> None:
    browser = browser_of("Petra")
    page = browser.get(BAKERY)
    assert _headline(page.content) == "There is no strategy yet. Eight steps make one."

    answer = browser.post(f"{BAKERY}start/", {"from": name})

    assert (answer.status_code, answer["Location"]) == (302, f"{BAKERY}step/1/")
    revision = _revisions().get()
    assert (revision.document["company"]["name"], revision.document["company"]["currency"]) == ("North Bakery", "GBP")
    for address in ("", "step/1/", "step/6/", "history/", "step/1/company/"):
        assert browser.get(BAKERY + address).status_code == 200, address
    assert browser.post(f"{BAKERY}start/", {"from": name}).status_code == 409


def test_a_company_without_a_strategy_has_no_dead_ends(empty: Site, browser_of: Browser) -> None:
    for person in ("Petra", "Vera"):
        browser = browser_of(person)
        for address in ("", "step/1/", "step/6/", "step/6/tasks/", "step/6/budget/", "history/"):
            assert browser.get(BAKERY + address).status_code == 200, address
        assert browser.get(f"{BAKERY}strategy.yaml").status_code == 409
        assert browser.get(f"{BAKERY}step/1/objectives/x/").status_code in (404, 409)
    assert browser_of("Vera").post(f"{BAKERY}start/", {"from": "first"}).status_code == 403
    assert browser_of("Petra").post(f"{BAKERY}start/", {"from": "nothing"}).status_code == 409


def test_a_company_without_a_strategy_may_import_one(empty: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    text = "company: {name: North Bakery, currency: GBP}\nvision: Bread for all.\n"

    preview = browser.post(f"{BAKERY}import/", {"text": text})
    form = forms_of(preview.content)[f"{BAKERY}import/"]
    answer = browser.post(f"{BAKERY}import/", {**form, "_sure": "1"})

    assert "This is a strategy of North Bakery" in _headline(preview.content)
    assert (answer.status_code, _revisions().get().text) == (302, text)
    for number in range(1, 9):
        assert browser.get(f"{BAKERY}step/{number}/").status_code == 200
    words = browser.get(BAKERY).content.decode()
    assert "empty" in words and "Bread for all." in words


def test_strangers_find_nothing(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Stranger")
    for address in ("", "step/1/", "step/1/objectives/new_customers/", "history/", "strategy.yaml", "revisions/1.yaml", "import/"):
        assert browser.get(ROOT + address).status_code == 404, address
