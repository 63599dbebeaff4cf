"""The strategy out as a spreadsheet and in again: looked at first, told cell by cell, saved when the person says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from browser_form import forms_of
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

ROOT = "/w/harbour/strategy/"
IMPORT = f"{ROOT}import/"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
Browser = Callable[..., "Client"]


def _newest() -> Any:
    from quarterdeck.ledger.models import Revision

    return Revision.objects.order_by("-number").first()


def _book(browser: Client, address: str = f"{ROOT}strategy.xlsx") -> Any:
    answer = browser.get(address)
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return load_workbook(BytesIO(answer.content))


def _put(book: Any, sheet: str, field: str, value: Any) -> None:
    at = next(cell.column for cell in book[sheet][2] if cell.value == field)
    book[sheet].cell(3, at).value = value


def _bring(browser: Client, book: Any, address: str = IMPORT, name: str = "strategy.xlsx", **more: str) -> Any:
    out = BytesIO()
    book.save(out)
    return browser.post(address, {"file": SimpleUploadedFile(name, out.getvalue()), **more})


def test_a_spreadsheet_is_changed_shown_and_saved_with_the_comments_of_the_yaml(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), _newest()
    book = _book(browser)
    _put(book, "Objectives", "target", 4800)

    preview = _bring(browser, book, _why="After the talk")

    page = preview.content.decode()
    assert preview.status_code == 200
    assert "Target of New customers raised from 4,500 to 4,800." in page
    assert _newest().number == before.number
    form = forms_of(preview.content)[IMPORT]
    assert browser.post(IMPORT, {**form, "_sure": "1"}).status_code == 302
    assert (_newest().number, _newest().note) == (before.number + 1, "After the talk")
    comments = [line for line in before.text.splitlines() if line.lstrip().startswith("#")]
    assert comments
    assert all(line in _newest().text for line in comments)


def test_a_spreadsheet_that_was_not_changed_changes_nothing(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")

    assert "This file says what the strategy says already." in _bring(browser, _book(browser)).content.decode()


def test_what_is_wrong_is_told_cell_by_cell_and_nothing_is_saved(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), _newest().number
    book = _book(browser)
    _put(book, "Tasks", "effort_hours", "six")
    _put(book, "Goals", "due_on", "03/04/2027")

    answer = _bring(browser, book)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Cell by cell" in page
    assert "Tasks, E3 (Hours of work)" in page
    assert "Day and month could be meant either way round." in page
    assert _newest().number == before


def _others_save(site: Site, changes: dict[str, object]) -> None:
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    change_strategy(open_context(site, "harbour", "Olena", now=NOW), changes)


def test_what_was_saved_since_it_was_taken_out_stays(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    book, text, number = _book(browser), browser.get(f"{ROOT}strategy.yaml").content.decode(), _newest().number
    _put(book, "Objectives", "target", 4800)
    _others_save(planned, {"vision": "Another year."})

    preview = _bring(browser, book)
    page, form = preview.content.decode(), forms_of(preview.content)[IMPORT]
    browser.post(IMPORT, {**form, "_sure": "1"})
    from_text = browser.post(IMPORT, {"text": text.replace("name: Harbour Home & Garden", "name: Harbour")})

    assert f"This file was taken out at revision {number}; Olena saved revision {number + 1} since." in page
    assert "Saving this file makes <em>1 change</em>." in page
    assert (_newest().number, _newest().document["vision"]) == (number + 2, "Another year.")
    assert _newest().document["objectives"][0]["target"] in ("4800", 4800)
    assert "Saving this file makes <em>1 change</em>." in from_text.content.decode()
    assert "Taken out at revision" not in _newest().text


def test_where_both_changed_the_same_both_sides_are_shown_and_the_chosen_one_is_saved(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    book, number = _book(browser), _newest().number
    _put(book, "Objectives", "target", 4800)
    _put(book, "Tasks", "title", "Mine")
    task = book["Tasks"]["A3"].value
    _others_save(planned, {"objectives[new_customers].target": "4900", f"management.tasks[{task}].title": "Theirs", "vision": "Another year."})

    both = _bring(browser, book, _why="After the talk")
    page, form = both.content.decode(), forms_of(both.content)[IMPORT]
    half = browser.post(IMPORT, {**form, "side:objectives[new_customers].target": "mine", "_choose": "1"})
    sides = {"side:objectives[new_customers].target": "mine", f"side:management.tasks[{task}].title": "theirs"}
    preview = browser.post(IMPORT, {**form, **sides, "_choose": "1"})
    last = forms_of(preview.content)[IMPORT]

    assert (both.status_code, half.status_code, preview.status_code, _newest().number) == (409, 409, 200, number + 1)
    assert "Your file and others changed <em>2 places</em>" in page
    assert "Target of New customers raised from 4,500 to 4,900." in page and "Target of New customers raised from 4,500 to 4,800." in page
    assert "(Tasks, B3)" in page
    assert "Choose one of the two at every place below." in half.content.decode()
    assert "Target of New customers lowered from 4,900 to 4,800." in preview.content.decode()
    assert browser.post(IMPORT, {**last, "_sure": "1"}).status_code == 302
    now = _newest()
    assert (now.note, now.document["vision"], now.document["management"]["tasks"][0]["title"]) == ("After the talk", "Another year.", "Theirs")
    assert "Nothing was changed" in browser.post(IMPORT, {**form, "_all": "theirs", "_sure": "1"}, follow=True).content.decode()


def test_what_others_save_while_the_person_looks_is_not_taken_back(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    book = _book(browser)
    _put(book, "Objectives", "target", 4800)
    form = forms_of(_bring(browser, book).content)[IMPORT]
    _others_save(planned, {"vision": "Another year."})

    again = browser.post(IMPORT, {**form, "_sure": "1"})
    saved = browser.post(IMPORT, {**forms_of(again.content)[IMPORT], "_sure": "1"})

    assert (again.status_code, saved.status_code) == (409, 302)
    assert "Olena saved revision" in again.content.decode()
    assert (_newest().document["vision"], _newest().document["objectives"][0]["target"]) == ("Another year.", "4800")


def test_what_cannot_stand_together_is_told_with_its_cell(planned: Site, browser_of: Browser) -> None:
    _others_save(planned, {"opportunities[fair]": {"text": "A fair"}, "offers[tea]": {"text": "Free tea"}})
    browser, number = browser_of("Petra"), _newest().number
    book = _book(browser)
    _put(book, "Campaigns", "offer", "tea")
    _others_save(planned, {"offers[tea]": None})

    answer = _bring(browser, book)

    page = answer.content.decode()
    assert (answer.status_code, _newest().number) == (422, number + 1)
    assert "cannot stand together" in page
    assert "<b>Campaigns, " in page


def test_what_is_no_spreadsheet_is_refused_in_a_sentence(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")

    for name, body in (("strategy.xlsx", b"hello"), ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("calc.ods", b"PK\x03\x04")):
        answer = browser.post(IMPORT, {"file": SimpleUploadedFile(name, body)})
        assert answer.status_code == 422
        assert "Traceback" not in answer.content.decode()
        assert "a spreadsheet (.xlsx)" in answer.content.decode()


def test_a_company_without_a_strategy_fills_in_an_empty_spreadsheet(empty: Site, browser_of: Browser) -> None:
    browser = browser_of("Olena")
    root = "/w/north-bakery/strategy/"
    assert f'href="{root}template.xlsx"' in browser.get(f"{root}import/").content.decode()
    book = _book(browser, f"{root}template.xlsx")
    assert book["Goals"]["A3"].value.startswith("EXAMPLE: ")
    for field, value in (("statement", "Sell more bread."), ("metric", "Revenue"), ("target", 90000), ("due_on", datetime(2027, 12, 31))):  # noqa: DTZ001
        _put(book, "Goals", field, value)
    book["Goals"]["A3"].value = None

    preview = _bring(browser, book, f"{root}import/")
    form = forms_of(preview.content)[f"{root}import/"]

    assert "This is a strategy of North Bakery, ready to be saved." in preview.content.decode()
    assert browser.post(f"{root}import/", {**form, "_sure": "1"}).status_code == 302
    assert [goal["id"] for goal in _newest().document["goals"]] == ["sell_more_bread"]


def test_a_viewer_takes_the_spreadsheet_and_cannot_bring_it(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Vera")

    assert _bring(browser, _book(browser)).status_code == 403


def test_without_a_strategy_there_is_no_spreadsheet_of_it(empty: Site, browser_of: Browser) -> None:
    answer = browser_of("Olena").get("/w/north-bakery/strategy/strategy.xlsx")

    assert answer.status_code == 409
    assert "no strategy yet" in answer.content.decode()
