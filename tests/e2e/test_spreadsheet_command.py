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


def test_faults_are_told_with_their_cells_and_nothing_is_saved(call, company, tmp_path):
    file = tmp_path / "strategy.xlsx"
    call("strategy", "sheet", "--out", file, *company)
    book = load_workbook(file)
    book["Tasks"]["E3"].value = "six"
    book.save(file)

    for refused in (call("strategy", "check", file), call("strategy", "save", file, *company)):
        assert refused.code == 2
        assert "Tasks!E3 (Hours of work): expected a number" in refused.err
    assert call("strategy", "sheet", "--out", tmp_path / "strategy.ods", *company).code == 1
