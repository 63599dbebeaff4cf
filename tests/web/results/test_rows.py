"""The rows behind a figure: they add up to it, say where they come from, and no question can break them."""

from __future__ import annotations

import csv
import html
import io
import os
import re
from datetime import date

import pytest
from results_rows import desk_of, outcomes, spend

ROOT = "/w/harbour/results/"
IS_PROOF = bool(os.environ.get("QUARTERDECK_PROOF"))
"""In the long version each question goes to the page and to the file, else to one of them in turn."""
ATTACKS = (
    "' OR 1=1 --",
    '"; DROP TABLE spend; --',
    "spend; SELECT 1",
    "../../etc/passwd",
    "\x00",
    "%00",
    "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "x" * 5000,
    "$1",
    "?",
    "-1",
    "1e9",
    "9" * 40,
    "NaN",
    "<script>alert(1)</script>",
)


def test_every_figure_of_the_overview_opens_rows_that_add_up_to_it(played, browser_of):
    client = browser_of()
    page = client.get(ROOT).content.decode()
    figures = re.findall(r'<a class="figure" href="([^"]+)">([^<]+)</a>', page)

    assert len(figures) == 6
    for link, figure in figures:
        rows = client.get(html.unescape(link)).content.decode()
        assert f"up to {figure}" in rows, (link, figure)


def test_every_amount_of_the_channels_opens_rows_that_add_up_to_it(played, browser_of):
    client = browser_of()
    figures = re.findall(r'<a class="figure" href="([^"]+)">(£[^<]+)</a>', client.get(f"{ROOT}channels/").content.decode())

    assert len(figures) == 8
    for link, figure in figures:
        assert f"add up to {figure}" in client.get(html.unescape(link)).content.decode(), link


@pytest.mark.parametrize("name", ["table", "channel", "campaign", "geo", "metric", "name", "from", "to", "page", "order", "load_id"])
def test_no_question_breaks_the_rows(played, browser_of, name):
    client, places = browser_of(), ("rows/", "rows.csv")
    for number, attack in enumerate(ATTACKS):
        for path in places if IS_PROOF else places[number % 2 :][:1]:
            answer = client.get(f"{ROOT}{path}", {"table": "orders" if name == "order" else "spend", "from": "2027-01-25", name: attack})
            assert answer.status_code == 200, (path, name, attack)


@pytest.mark.parametrize("path", ["", "channels/", "channels/search/", "tracking/", "results.csv"])
def test_no_question_breaks_the_other_pages(played, browser_of, path):
    client = browser_of()
    for attack in ATTACKS:
        for name in ("period", "metric", "from", "to"):
            asked = {"period": "own", name: attack} if name in ("from", "to") else {name: attack}
            assert client.get(f"{ROOT}{path}", asked).status_code == 200, (path, name, attack)


def test_a_table_that_is_not_one_is_said_and_people_are_never_shown(played, browser_of):
    for table in ("people", "ledger_account", "information_schema.tables"):
        page = browser_of().get(f"{ROOT}rows/?table={table}").content.decode()
        assert "There is no table" in page
        assert 'value="people"' not in page


def test_a_value_is_compared_and_never_run(desk):
    from quarterdeck.operations.results.look_at_rows import look_at_rows, read_asked

    found = look_at_rows(desk.context, read_asked({"table": "spend", "channel": "x' OR '1'='1"}))

    assert (found.found, found.rows) == (0, ())


def test_rows_come_a_hundred_at_a_time_and_a_page_too_far_is_the_last(desk):
    from quarterdeck.operations.results.look_at_rows import PAGE, look_at_rows, read_asked

    whole = look_at_rows(desk.context, read_asked({"table": "spend", "channel": "search"}))
    last = look_at_rows(desk.context, read_asked({"table": "spend", "channel": "search", "page": "9999"}))

    assert len(whole.rows) == PAGE
    assert whole.pages == -(-whole.found // PAGE)
    assert len(last.rows) == whole.found - PAGE * (whole.pages - 1)
    assert whole.rows[0][0] < last.rows[0][0]


def test_a_load_says_what_later_loads_replaced_of_it(played, bring_in, browser_of):
    bring_in(desk_of(played), "outcomes", outcomes("orders", date(2027, 1, 18), [100.0] * 8), file_name="orders mended.csv")

    page = browser_of().get(f"{ROOT}rows/?table=outcomes&metric=orders&from=2027-01-18&to=2027-01-31").content.decode()

    assert "orders mended.csv" in page
    assert "8 rows of it replaced by import 7" in page
    assert "Brought in by Carl" in page


def test_the_file_of_rows_is_whole_and_no_cell_of_it_is_a_formula(played, bring_in, browser_of):
    desk = desk_of(played)
    rows = spend("search", date(2027, 2, 1), [10.0])
    bring_in(desk, "spend", {**rows, "campaign": ["=cmd|' /c calc'!a0"]})

    answer = browser_of("Vera").get(f"{ROOT}rows.csv?table=spend&channel=search&from=2027-01-04")
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert len(found) == 57
    assert sum(float(row["cost"]) for row in found) == pytest.approx(17854.30 + 10.0)
    assert all(not value.startswith(("=", "+", "@")) for row in found for value in row.values())
    assert any(row["campaign"].startswith("'=cmd") for row in found)


def test_not_known_is_an_empty_cell_in_the_file_and_words_on_the_page(played, browser_of):
    answer = browser_of().get(f"{ROOT}rows.csv?table=spend&channel=search&from=2027-01-04&to=2027-01-04").content.decode("utf-8-sig")
    page = browser_of().get(f"{ROOT}rows/?table=spend&channel=search&from=2027-01-04&to=2027-01-04").content.decode()

    assert next(csv.DictReader(io.StringIO(answer)))["reach"] == ""
    assert "not known" in page


def test_every_role_may_look_and_a_stranger_may_not(played, browser_of):
    for person in ("Olena", "Petra", "Carl", "Anna", "Vera"):
        for path in ("", "channels/", "channels/email/", "tracking/", "rows/", "rows.csv", "results.csv"):
            assert browser_of(person).get(f"{ROOT}{path}").status_code == 200, (person, path)
    assert browser_of("Stranger").get(f"{ROOT}rows/").status_code == 404
    assert browser_of("Vera").post(f"{ROOT}learn/").status_code == 403
