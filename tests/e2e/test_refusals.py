"""What cannot be done is refused in a sentence with the way out: exit code 1, or 2 where the input itself is wrong; nothing is changed."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

SPEND = "day,channel,cost\n2027-01-04,search,12.50\n"


def sentences_of(said) -> list[str]:
    """The lines of a refusal; stdout stays empty."""
    assert said.out == ""
    lines = [line for line in said.err.splitlines() if line and not line.startswith("  ")]
    assert lines
    return lines


REFUSALS = [
    pytest.param(("approve", "item/nothing-like-it"), 2, "no such action", id="an_action_that_nobody_proposed"),
    pytest.param(("approve",), 1, "Nothing was named.", id="approve_without_a_name"),
    pytest.param(("done", "task/nothing-like-it"), 1, "There is no action “task/nothing-like-it”", id="done_for_no_action"),
    pytest.param(("status", "-w", "bakery"), 1, "bakery", id="a_workspace_that_is_not_there"),
    pytest.param(("status", "--as", "Nobody"), 1, "Nobody is not a member of The Blue Door; its members: Olena", id="an_unknown_member"),
    pytest.param(("import", "purchases", "{here}/spend.csv"), 1, "There is no table “purchases”. Choose one of spend", id="an_unknown_table"),
    pytest.param(("import", "spend", "{here}/missing.csv"), 1, "missing.csv cannot be read: No such file or directory", id="a_missing_file"),
    pytest.param(("import", "spend", "{here}"), 1, "cannot be read: Is a directory", id="a_folder_for_a_file"),
    pytest.param(("import", "spend", "{here}/empty.csv"), 2, "empty.csv", id="an_empty_file"),
    pytest.param(("import", "spend", "{here}/header.csv"), 2, "header.csv", id="a_header_without_rows"),
    pytest.param(("import", "spend", "{here}/picture.png"), 2, "picture.png", id="a_file_that_is_no_text"),
    pytest.param(("import", "spend", "{here}/spend.csv", "--column", "cost"), 2, "such as cost='Amount spent'", id="a_column_without_its_header"),
    pytest.param(("import", "spend", "{here}/spend.csv", "--date-format", "ymd"), 2, "iso, dmy or mdy", id="an_unknown_date_format"),
    pytest.param(("strategy", "save", "{here}/picture.png"), 1, "is not UTF-8 text", id="a_strategy_that_is_no_text"),
    pytest.param(("strategy", "save", "{here}/spend.csv"), 2, "spend.csv", id="a_strategy_that_is_no_yaml"),
    pytest.param(("strategy", "show", "--revision", "99"), 1, "There is no such revision", id="a_revision_that_is_not_there"),
    pytest.param(("correct", "money"), 1, "There is no review yet", id="a_correction_before_a_review"),
    pytest.param(("review",), 1, "There is nothing to review", id="a_review_before_a_week_passed"),
    pytest.param(("export", "{here}/spend.csv"), 1, "is there already", id="export_over_a_file"),
    pytest.param(
        ("export", "{here}/new.zip", "--what", "everything"), 1, "There is nothing called “everything” to export", id="export_of_nothing_known"
    ),
    pytest.param(("export", "{here}/review.json", "--what", "review"), 1, "There is no review yet", id="export_of_a_review_that_is_not_there"),
    pytest.param(("export", "{here}/spend.csv/new.zip"), 1, "cannot be written", id="export_below_a_file"),
    pytest.param(("export", "{here}/spend.csv", "--what", "hand-offs"), 1, "spend.csv cannot be written", id="hand_offs_into_a_file"),
    pytest.param(("plan", "--quarter", "soon"), 2, "expected a day such as 2027-02-01", id="a_day_that_is_none"),
    pytest.param(("done", "task/brief", "--hours", "two"), 2, "expected hours such as 2.5", id="hours_that_are_none"),
    pytest.param(("next-week", "--weeks", "0"), 2, "--weeks", id="no_week"),
]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with files that a person might name."""
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "spend.csv").write_text(SPEND)
    (folder / "empty.csv").write_bytes(b"")
    (folder / "header.csv").write_text("day,channel,cost\n")
    (folder / "picture.png").write_bytes(bytes(range(256)) * 40)
    return folder


@pytest.mark.parametrize(("words", "code", "sentence"), REFUSALS)
def test_a_refusal_is_a_sentence_on_stderr_and_changes_nothing(call, shop_template, snapshot_of, here, words, code, sentence):
    before, files = snapshot_of(shop_template), sorted(here.iterdir())
    said = call(*[word.format(here=here) for word in words], "--site", shop_template)
    assert said.code == code, said.err
    assert any(sentence in line for line in said.err.splitlines()), said.err
    assert said.out == ""
    assert snapshot_of(shop_template) == before
    assert sorted(here.iterdir()) == files


def test_a_refusal_as_json_is_one_object_with_its_code(run, shop_template):
    said = run("approve", "item/nothing-like-it", "item/nor-this", "--site", shop_template, "--json")
    assert said.code == 2
    assert [problem["code"] for problem in said.facts["error"]["problems"]] == ["ACT-011", "ACT-011"]
    assert said.err == ""
    said = run("review", "--site", shop_template, "--json")
    assert said.code == 1
    assert said.facts["error"]["code"] == "REVIEW-001"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(("status", "--site", "{here}"), "is not a Quarterdeck site", id="a_folder_that_is_no_site"),
        pytest.param(("status",), "No Quarterdeck site was found", id="no_site_from_here_upwards"),
        pytest.param(("demo", "--site", "{here}"), "holds something that is not a demo", id="demo_over_something_else"),
        pytest.param(("demo", "--site", "{here}/spend.csv"), "spend.csv", id="demo_into_a_file"),
        pytest.param(("demo", "--site", "{here}/new", "--only", "bakery"), "There is no demo of “bakery”", id="a_demo_that_is_not_there"),
        pytest.param(
            ("init", "{here}/new", "--sample", "bakery"), "There is no sample company “bakery”. Choose one of harbour", id="an_unknown_sample"
        ),
        pytest.param(
            ("init", "{here}/new", "--from", "{here}/spend.csv"), "is not a company that Quarterdeck exported", id="an_archive_that_is_none"
        ),
        pytest.param(("init", "{here}/new", "--from", "{here}/missing.zip"), "missing.zip", id="an_archive_that_is_missing"),
        pytest.param(("init", "{here}/spend.csv", "--name", "Bakery"), "No site can be made at", id="a_site_in_place_of_a_file"),
        pytest.param(("init", "{here}", "--name", "Bakery"), "No site can be made at", id="a_site_over_other_files"),
    ],
)
def test_places_that_are_not_what_they_should_be_are_refused(call, here, monkeypatch, words, sentence):
    monkeypatch.chdir(here)
    before = {path: path.read_bytes() for path in here.iterdir()}
    said = call(*[word.format(here=here) for word in words])
    assert said.code == 1, said.err
    assert sentence in " ".join(sentences_of(said))
    assert not ((here / "new").exists() and "Nothing was changed" in said.err)  # a new site is a change
    assert {path: path.read_bytes() for path in here.iterdir() if path.is_file()} == before


def test_every_wrong_value_of_a_new_company_is_said_at_once(run, tmp_path):
    said = run("init", tmp_path / "new", "--name", "!!!", "--currency", "pounds", "--timezone", "Atlantis")
    assert said.code == 2
    assert all(word in said.err for word in ("currency", "timezone", "'!!!'"))


def test_a_viewer_may_look_and_may_not_approve_refuse_plan_or_import(call, shop, here, snapshot_of):
    with sqlite3.connect(shop / "ledger.sqlite3") as ledger:
        ledger.execute(
            "INSERT INTO ledger_member (person, role, workspace_id, made_at) SELECT 'Vera', 'viewer', workspace_id, made_at FROM ledger_member"
        )
    ledger.close()
    before = snapshot_of(shop)
    for words in (
        ("approve", "--all"),
        ("refuse", "item/any", "--reason", "No"),
        ("plan",),
        ("import", "spend", here / "spend.csv"),
        ("done", "task/any"),
        ("next-week",),
        ("review",),
    ):
        said = call(*words, "--site", shop, "--as", "Vera")
        assert said.code == 1, words
        assert "Vera is a member as viewer of The Blue Door and may not do this" in said.err
        assert "Ask somebody who may: " in said.err
    assert call("answer", "--site", shop, "--as", "Vera").code == 0
    assert snapshot_of(shop) == before


def test_done_twice_is_done_once(run, shop):
    key = next(row["Next actions"] for row in next_actions(run, shop) if row["Next actions"].startswith("task/"))
    first = run("done", key, "--site", shop, "--link", "https://example.org/1", "--hours", "2.5")
    assert first.code == 0
    assert "is done, on " in first.out
    again = run("done", key, "--site", shop, "--link", "https://example.org/2", "--json")
    assert again.code == 0
    assert again.facts["is_new"] is False
    assert again.facts["sentences"] == [again.facts["sentences"][0]]
    assert "was done before, by Olena; nothing was changed." in again.facts["sentences"][0]
    with sqlite3.connect(shop / "ledger.sqlite3") as ledger:
        assert ledger.execute("SELECT link FROM ledger_receipt").fetchall() == [("https://example.org/1",)]
        assert ledger.execute("SELECT count(*) FROM ledger_worklogline WHERE event = 'done'").fetchone() == (1,)
    ledger.close()


def next_actions(run, shop: Path) -> list[dict[str, str]]:
    with sqlite3.connect(shop / "ledger.sqlite3") as ledger:
        rows = ledger.execute("SELECT key FROM ledger_action WHERE state = 'approved' ORDER BY due_on, key").fetchall()
    ledger.close()
    return [{"Next actions": key} for (key,) in rows]


def test_something_unforeseen_is_said_without_a_trace_and_with_its_own_exit_code(run, shop):
    ledger = sqlite3.connect(shop / "ledger.sqlite3")
    ledger.execute("UPDATE ledger_plan SET body = '{}'")
    ledger.commit()
    ledger.close()
    said = run("plan", "--show", "--site", shop)
    assert said.code == 70
    assert said.err.startswith("Quarterdeck met something that it did not expect: ")
    assert said.out == ""


def test_a_cut_off_archive_is_refused(run, shop_template, tmp_path):
    file = tmp_path / "shop.zip"
    assert run("export", file, "--site", shop_template).code == 0
    (tmp_path / "cut.zip").write_bytes(file.read_bytes()[:-300])
    said = run("init", tmp_path / "new", "--from", tmp_path / "cut.zip")
    assert said.code == 1
    assert "is not a company that Quarterdeck exported" in said.err
    assert json.loads(run("init", tmp_path / "new", "--from", file, "--json").out)["workspace"] == "small-shop"
