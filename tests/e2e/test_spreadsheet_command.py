"""The strategy as a spreadsheet from the command line: taken out, changed, checked, saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook


@pytest.fixture
def company(call, tmp_path: Path) -> tuple[Any, ...]:
    """The words that name a company which has a strategy."""
    where = ("--site", tmp_path / "site")
    assert call("init", tmp_path / "site", "--name", "Pebblewick").code == 0
    text = tmp_path / "strategy.yaml"
    text.write_text(call("strategy", "start").out, encoding="utf-8")
    assert call("strategy", "save", text, *where).code == 0
    return where


def test_a_spreadsheet_is_taken_out_changed_checked_and_saved(call, company, tmp_path):
    file = tmp_path / "strategy.xlsx"
    assert call("strategy", "sheet", "--out", file, *company, "--json").facts["revision"] == 1
    assert call("strategy", "save", file, *company).out.startswith("Nothing changed")

    book = load_workbook(file)
    book["Tasks"]["B3"].value = "Write the mail of the summer"
    book.save(file)
    checked = call("strategy", "check", file, "--json")
    saved = call("strategy", "save", file, "--note", "Summer", *company, "--json")

    assert checked.facts["ok"]
    assert {problem["line"] for problem in checked.facts["problems"]} <= {None}
    assert saved.facts["revision"] == 2
    assert "Write the mail of the summer" in saved.facts["changes"][0]
    assert "# 1. Goals of the whole company" in call("strategy", "show", *company).out


def test_an_empty_spreadsheet_holds_examples_alone(call, company, tmp_path):
    file = tmp_path / "empty.xlsx"

    assert call("strategy", "sheet", "--empty", "--out", file, *company).code == 0

    assert load_workbook(file)["Tasks"]["A3"].value == "EXAMPLE: write_welcome"


def test_a_spreadsheet_that_somebody_may_have_filled_in_is_never_written_over(call, company, tmp_path):
    file = tmp_path / "mine.xlsx"
    file.write_bytes(b"mine")

    for words in (("--empty",), ()):
        refused = call("strategy", "sheet", *words, "--out", file, *company)
        assert (refused.code, file.read_bytes()) == (1, b"mine")
        assert "EXPORT-003" in refused.err


def test_faults_are_told_with_their_cells_and_nothing_is_saved(call, company, tmp_path):
    file = tmp_path / "strategy.xlsx"
    call("strategy", "sheet", "--out", file, *company)
    book = load_workbook(file)
    book["Tasks"]["E3"].value = "six"
    book.save(file)

    for refused in (call("strategy", "check", file), call("strategy", "save", file, *company)):
        assert refused.code == 2
        assert "Tasks, E3 (Hours of work): expected a number" in refused.err
    assert call("strategy", "sheet", "--out", tmp_path / "strategy.ods", *company).code == 1


def test_each_finding_names_its_sheet_and_cell(call, company, tmp_path):
    file = tmp_path / "strategy.xlsx"
    call("strategy", "sheet", "--out", file, *company)
    book = load_workbook(file)
    owner = next(cell.column_letter for cell in book["Objectives"][2] if cell.value == "owner")
    book["Objectives"][f"{owner}3"].value = None
    book.save(file)

    told, known, annotated = (call("strategy", "check", file, *more) for more in ((), ("--json",), ("--format", "github")))

    (found,) = [problem for problem in known.facts["problems"] if problem["where"].endswith(".owner")]
    assert (found["sheet"], found["cell"], found["line"]) == ("Objectives", f"{owner}3", None)
    assert f"strategy.xlsx: Objectives, {owner}3: " in told.out
    assert f",title={found['code']} at Objectives%2C {owner}3::" in annotated.out
    assert "line=" not in annotated.out
    assert all(problem["sheet"] for problem in known.facts["problems"])


def _with_task(call, company, file: Path, title: str, hours: float) -> None:
    book = load_workbook(file)
    book["Tasks"]["B3"].value, book["Tasks"]["E3"].value = title, hours
    book.save(file)


def test_what_others_saved_since_the_file_was_taken_out_stays(call, company, tmp_path):
    sheet, text = tmp_path / "strategy.xlsx", tmp_path / "mine.yaml"
    call("strategy", "sheet", "--out", sheet, *company)
    text.write_text(call("strategy", "show", *company).out.replace("currency: GBP", "currency: EUR"), encoding="utf-8")
    other = tmp_path / "other.xlsx"
    call("strategy", "sheet", "--out", other, *company)
    _with_task(call, company, other, "Write the mail of the summer", 9)
    call("strategy", "save", other, *company)

    book = load_workbook(sheet)
    who = next(cell.column_letter for cell in book["Audiences"][2] if cell.value == "who")
    book["Audiences"][f"{who}3"].value = "People with a small garden"
    book.save(sheet)
    merged = call("strategy", "save", sheet, *company, "--json")
    from_text = call("strategy", "save", text, *company, "--json")

    assert (merged.code, merged.facts["revision"], from_text.facts["revision"]) == (0, 3, 4)
    assert len(merged.facts["changes"]) == 1 and "small garden" in merged.facts["changes"][0]
    now = call("strategy", "show", *company).out
    assert "Write the mail of the summer" in now and "People with a small garden" in now and "currency: EUR" in now
    assert now.startswith("# Taken out at revision 4 (") and now.count("Taken out at revision") == 1


def test_where_both_changed_the_same_both_are_told_and_nothing_is_saved_until_it_is_said(call, company, tmp_path):
    file, other = tmp_path / "strategy.xlsx", tmp_path / "other.xlsx"
    for each, title, hours in ((file, "Mine", 7), (other, "Theirs", 9)):
        call("strategy", "sheet", "--out", each, *company)
        _with_task(call, company, each, title, hours)
    call("strategy", "save", other, *company)

    asked, known = call("strategy", "save", file, *company), call("strategy", "save", file, *company, "--json")
    task = load_workbook(file)["Tasks"]["A3"].value
    places = [f"management.tasks[{task}].title", f"management.tasks[{task}].effort_hours"]
    unknown = call("strategy", "save", file, "--mine", "vision", *company)
    chosen = call("strategy", "save", file, "--mine", places[0], "--theirs", places[1], *company, "--json")

    assert (asked.code, known.code, unknown.code) == (1, 1, 2)
    assert f"Tasks, B3: {places[0]}" in asked.out and "STRATEGY-980" in asked.out
    assert [each["place"] for each in known.facts["both"]] == places
    assert "Mine" in known.facts["both"][0]["mine"][0] and "Theirs" in known.facts["both"][0]["theirs"][0]
    assert (chosen.code, chosen.facts["revision"]) == (0, 3)
    now = load_workbook(_sheet(call, company, tmp_path))["Tasks"]
    assert (now["B3"].value, now["E3"].value) == ("Mine", 9)
    assert call("strategy", "save", file, "--where-both", "strategy", *company).out.startswith("Nothing changed")


def test_what_cannot_stand_together_is_refused_at_its_cell(call, company, tmp_path):
    file, other, newer = (tmp_path / f"{name}.xlsx" for name in ("strategy", "other", "newer"))
    call("strategy", "sheet", "--out", file, *company)
    offers = load_workbook(file)
    offers["Offers"]["A3"].value, offers["Offers"]["B3"].value = "tea", "Free tea"
    offers.save(other)
    call("strategy", "save", other, *company)
    call("strategy", "sheet", "--out", newer, *company)
    taken, used = load_workbook(newer), load_workbook(newer)
    taken["Offers"].delete_rows(3)
    taken.save(file)
    offer = next(cell.column_letter for cell in used["Campaigns"][2] if cell.value == "offer")
    used["Campaigns"][f"{offer}3"].value = "tea"
    used.save(other)
    call("strategy", "save", file, *company)

    refused = call("strategy", "save", other, *company)

    assert refused.code == 2
    assert refused.err.startswith(f"Campaigns, {offer}3: ") and "cannot stand together" in refused.err


def test_comments_of_both_are_kept_or_it_is_said_which_are_not(call, company, tmp_path):
    text = call("strategy", "show", *company).out
    mine, theirs = tmp_path / "mine.yaml", tmp_path / "theirs.yaml"
    mine.write_text(text.replace("  currency: GBP", "  # agreed with the bank\n  currency: EUR"), encoding="utf-8")
    theirs.write_text(f"{text}\n# looked at in May\nnote: Looked at.\n", encoding="utf-8")
    call("strategy", "save", theirs, *company)

    saved = call("strategy", "save", mine, *company, "--json")

    now = call("strategy", "show", *company).out
    assert (saved.code, len(saved.facts["changes"])) == (0, 1)
    assert "# agreed with the bank" in now and "note: Looked at." in now
    assert saved.facts["remarks"] == ["A comment that was added meanwhile is not kept: # looked at in May"]


def test_a_file_of_the_strategy_comes_back_into_a_draft_and_both_changes_stand(call, company, tmp_path):
    file, own = tmp_path / "strategy.xlsx", tmp_path / "draft.yaml"
    call("draft", "begin", "Try", *company)
    own.write_text(call("draft", "show", "Try", *company).out.replace("currency: GBP", "currency: EUR"), encoding="utf-8")
    call("draft", "save", "Try", own, *company)
    call("strategy", "sheet", "--out", file, *company)
    _with_task(call, company, file, "Write the mail of the summer", 9)

    saved = call("draft", "save", "Try", file, *company, "--json")

    now = call("draft", "show", "Try", *company).out
    assert (saved.code, len(saved.facts["changes"])) == (0, 2)
    assert "currency: EUR" in now and "Write the mail of the summer" in now
    assert "Write the mail of the summer" not in call("strategy", "show", *company).out


def _sheet(call, company, tmp_path: Path) -> Path:
    call("strategy", "sheet", "--out", tmp_path / "now.xlsx", *company)
    return tmp_path / "now.xlsx"
