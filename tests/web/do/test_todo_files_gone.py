"""To do, files and gone out: receipts once, looking records nothing, odd input is answered in words."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any

import pytest

HOME = "/w/harbour/do/"
WEEK = "2027-02-01"
ODD = ("", "\x00", "../../etc", "budget/" * 60, "item/'; DROP TABLE", "=1+1", "💥" * 90)


def text_of(response: Any) -> str:
    return response.content.decode()


def approved(kind: str = "task") -> Any:
    from quarterdeck.ledger.models import Action

    return Action.objects.filter(kind=kind, state="approved").order_by("due_on", "key").first()


def receipts() -> int:
    from quarterdeck.ledger.models import Receipt

    return Receipt.objects.count()


def done(key: str, **more: str) -> dict[str, str]:
    return {"key": key, "on": WEEK, "hours": "", "link": "", "note": "", **more}


def test_to_do_says_what_is_due_and_names_who(played, browser_of):
    page = text_of(browser_of("Carl").get(f"{HOME}todo/"))
    assert re.search(r"<h1[^>]*>\w+ are to be done this week\.", page)
    assert "Done by me" in page
    assert "Set the week&#x27;s money" in page
    assert "Done by me" not in text_of(browser_of("Vera").get(f"{HOME}todo/"))
    mine = text_of(browser_of("Carl").get(f"{HOME}todo/?person=hanna"))
    assert "Hanna" in mine
    assert "Set the week" not in mine


def test_done_by_me_is_recorded_once_with_its_link_and_hours(played, browser_of):
    from quarterdeck.ledger.models import WorkLogLine

    browser, task = browser_of("Carl"), approved()
    before, lines = receipts(), WorkLogLine.objects.count()
    fields = done(task.key, hours="2,5", link="https://shop.example/terrace", note="Went well.")
    first = text_of(browser.post(f"{HOME}done/", fields, follow=True))
    second = text_of(browser.post(f"{HOME}done/", fields, follow=True))
    assert "its receipt is kept" in first
    assert "was done before, by Carl" in second
    assert receipts() == before + 1
    assert WorkLogLine.objects.count() == lines + 1
    assert str(WorkLogLine.objects.order_by("-pk").first().hours) == "2.50"
    page = text_of(browser.get(f"{HOME}gone/?q={task.ref}"))
    assert "https://shop.example/terrace" in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("hours", "1e9999", "no number of hours"),
        ("hours", "99999999", "0 to 2000 hours"),
        ("hours", "NaN", "no number of hours"),
        ("hours", "٣", "no number of hours"),
        ("hours", "-3", "0 to 2000 hours"),
        ("on", "yesterday", "This is no day"),
        ("on", "0001-01-01", "a day of the last 730 days"),
        ("on", "9999-12-31", "a day up to the end of the rehearsal"),
        ("link", "javascript:alert(1)", "A link begins with https://"),
        ("link", "https://x.example/" + "a" * 3000, "2,000 signs at most"),
        ("note", "n" * 2001, "2,000 signs at most"),
    ],
)
def test_what_cannot_be_meant_is_said_beside_its_field_and_everything_stays_typed(played, browser_of, field, typed, said):
    task, before = approved(), receipts()
    response = browser_of("Carl").post(f"{HOME}done/", {**done(task.key, note="Kept as it was."), field: typed})
    page = text_of(response)
    assert response.status_code == 422
    assert said in page
    assert field == "note" or "Kept as it was." in page
    assert receipts() == before


@pytest.mark.parametrize("path", ["done/", "settle/", "again/", "give-up/", "decide/", "undo/", "files/take/"])
@pytest.mark.parametrize("odd", ODD)
def test_odd_values_are_never_a_fault_of_ours(played, browser_of, path, odd):
    browser = browser_of("Olena")
    for fields in (
        {"key": odd, "on": odd, "hours": odd, "link": odd, "note": odd, "content": odd, "decision": odd, "back": odd, "week": odd, "file": odd},
        {"key": odd, "on": WEEK, "decision": "approve", "first": odd, "last": "9" * 30, "seen": odd, "happened": "no", "week": "9999-12-31"},
        {"decision": "refuse", "reason": odd, "kind": odd, "channel": odd, "week": "0001-01-01", "first": "-1", "last": "1", "page_of": "action"},
    ):
        assert browser.post(HOME + path, fields).status_code < 500


@pytest.mark.parametrize("odd", ODD)
def test_odd_addresses_are_never_a_fault_of_ours(played, browser_of, odd):
    browser = browser_of("Olena")
    for path in ("", "todo/", "files/", "gone/", "gone/gone-out.csv", "action/", "done/"):
        for fields in (
            {"key": odd, "week": odd, "kind": odd, "person": odd, "q": odd, "how": odd, "page": odd},
            {"week": "0001-01-01", "page": "9" * 40},
        ):
            assert browser.get(HOME + path, fields).status_code < 500


def test_looking_at_files_records_nothing_and_taking_them_does_once(played, browser_of):
    browser = browser_of("Carl")
    before = receipts()
    page = text_of(browser.get(f"{HOME}files/?week={WEEK}"))
    assert receipts() == before
    assert "nobody has taken one yet" in page
    response = browser.post(f"{HOME}files/take/", {"week": WEEK, "file": "bookings.csv"})
    assert response["Content-Disposition"] == f'attachment; filename="{WEEK}-bookings.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert receipts() == before + len(rows)
    browser.post(f"{HOME}files/take/", {"week": WEEK, "file": "bookings.csv"})
    assert receipts() == before + len(rows)
    assert "handed over to Carl" in text_of(browser.get(f"{HOME}files/?week={WEEK}"))


def test_all_files_of_a_week_come_in_one_zip(played, browser_of):
    response = browser_of("Petra").post(f"{HOME}files/take/", {"week": WEEK})
    names = zipfile.ZipFile(io.BytesIO(response.content)).namelist()
    assert names == [f"{WEEK}-{name}" for name in ("google-ads-editor.csv", "bookings.csv", "mail-merge.csv", "posts.txt")]


def test_a_file_whose_things_were_changed_after_the_approval_is_refused_with_the_reason(played, browser_of):
    from quarterdeck.ledger.models import Action

    item = approved("item")
    Action.objects.filter(pk=item.pk).update(content="d" * 64)
    before = receipts()
    page = text_of(browser_of("Olena").get(f"{HOME}files/?week={item.due_on.isoformat()}"))
    assert "something was changed after it was approved" in page
    assert "Plan again" in page
    browser_of("Olena").post(f"{HOME}files/take/", {"week": item.due_on.isoformat()})
    assert receipts() == before


def test_those_who_only_look_or_approve_take_no_file_and_record_nothing(played, browser_of):
    before, task = receipts(), approved()
    for person in ("Vera", "Anna"):
        browser = browser_of(person)
        assert browser.post(f"{HOME}files/take/", {"week": WEEK}).status_code == 403
        assert browser.post(f"{HOME}done/", done(task.key)).status_code == 403
        assert browser.get(f"{HOME}files/").status_code == 200
    assert receipts() == before


def test_the_table_of_what_went_out_holds_no_formula(played, browser_of):
    task = approved()
    browser_of("Carl").post(f"{HOME}done/", done(task.key, note='=HYPERLINK("http://x","y")'))
    response = browser_of("Vera").get(f"{HOME}gone/gone-out.csv?q=HYPERLINK")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][6].startswith("'=HYPERLINK")


def test_what_went_out_is_searched_and_paged(played, browser_of):
    browser = browser_of("Vera")
    page = text_of(browser.get(f"{HOME}gone/"))
    assert "things have gone out, each with its receipt" in page
    assert "page 1 of" in page
    assert "page 2 of" in text_of(browser.get(f"{HOME}gone/?page=2"))
    assert "No receipt matches." in text_of(browser.get(f"{HOME}gone/?q=zzzz"))
    part = text_of(browser.get(f"{HOME}gone/?q=seed", HTTP_HX_REQUEST="true"))
    assert "<html" not in part
    assert "seed" in part.lower()


def test_what_is_unknown_is_settled_by_somebody_who_looked(played, browser_of):
    from quarterdeck.ledger.models import Action

    first, second = Action.objects.filter(kind="item", state="approved").order_by("due_on", "key")[:2]
    Action.objects.filter(pk__in=(first.pk, second.pk)).update(state="unknown")
    olena, carl = browser_of("Olena"), browser_of("Carl")
    assert "need somebody to look" in text_of(olena.get(f"{HOME}todo/"))
    assert carl.post(f"{HOME}settle/", {"key": first.key, "happened": "no"}).status_code == 403
    assert carl.post(f"{HOME}done/", done(first.key)).status_code == 409
    olena.post(f"{HOME}settle/", {"key": first.key, "happened": "no"})
    olena.post(f"{HOME}done/", done(second.key))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("failed", "done")
    olena.post(f"{HOME}again/", {"key": first.key})
    first.refresh_from_db()
    assert first.state == "approved"
    Action.objects.filter(pk=first.pk).update(state="failed")
    olena.post(f"{HOME}give-up/", {"key": first.key})
    first.refresh_from_db()
    assert first.state == "cancelled"


def test_pages_answer_in_a_blink(played, browser_of):
    import time

    browser = browser_of("Olena")
    for path in ("", "todo/", f"files/?week={WEEK}", "gone/"):
        browser.get(HOME + path)
        started = time.perf_counter()
        browser.get(HOME + path)
        assert time.perf_counter() - started < 1
