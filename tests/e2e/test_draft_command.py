"""Drafts from the command line: begun, changed by a file, planned, compared, and made the strategy or dropped."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def company(call, tmp_path: Path) -> tuple[str, ...]:
    """A site whose company has a strategy; the words that name it."""
    site = tmp_path / "site"
    assert call("init", site, "--name", "Pebblewick").code == 0
    where = ("--site", site)
    file = tmp_path / "strategy.yaml"
    file.write_text(call("strategy", "start", "--example", "shop").out, encoding="utf-8")
    assert call("strategy", "save", file, *where).code == 0
    return where


def _changed(call, company, tmp_path: Path, old: str, new: str, *command: str) -> Path:
    text = call(*command, *company).out
    assert old in text
    file = tmp_path / "changed.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_a_draft_goes_from_its_beginning_to_the_strategy(call, company, tmp_path):
    begun = call("draft", "begin", "Two thirds come back", "--why", "Is it too bold?", *company, "--json")
    assert begun.facts["draft"] == "two-thirds-come-back"

    file = _changed(call, company, tmp_path, "half of the families", "two thirds of the families", "draft", "show", "Two thirds come back")
    assert call("draft", "save", "two-thirds-come-back", file, *company).code == 0
    assert "half of the families" in call("strategy", "show", *company).out
    beside = call("draft", "compare", "Two thirds come back", *company, "--json")
    assert len(beside.facts["changes"]) == 1 and "two thirds" in beside.facts["changes"][0]

    adopted = call("draft", "adopt", "Two thirds come back", *company, "--json")
    assert adopted.facts["revision"] == 2
    assert "two thirds of the families" in call("strategy", "show", *company).out
    assert [each["adopted_as"] for each in call("draft", "list", *company, "--json").facts["drafts"]] == [2]


def test_where_both_were_changed_nothing_is_adopted_until_it_is_said(call, company, tmp_path):
    call("draft", "begin", "Bold", *company)
    call("draft", "save", "Bold", _changed(call, company, tmp_path, "half of the families", "all families", "draft", "show", "Bold"), *company)
    call("strategy", "save", _changed(call, company, tmp_path, "half of the families", "a third of the families", "strategy", "show"), *company)

    refused = call("draft", "adopt", "Bold", *company)
    assert refused.code == 1 and "a third of the families" in refused.err and "all families" in refused.err and "STRATEGY-914" in refused.err
    assert "a third of the families" in call("strategy", "show", *company).out

    assert call("draft", "adopt", "Bold", "--where-both", "draft", *company).code == 0
    assert "all families" in call("strategy", "show", *company).out


def test_a_draft_that_is_dropped_can_be_read_and_not_changed(call, company, tmp_path):
    call("draft", "begin", "Bold", *company)
    file = _changed(call, company, tmp_path, "half of the families", "all families", "draft", "show", "Bold")
    assert call("draft", "lay-aside", "Bold", *company).code == 0

    assert call("draft", "show", "Bold", *company).code == 0
    assert call("draft", "save", "Bold", file, *company).code == 1
    assert call("draft", "lay-aside", "Bold", *company).code == 1


def test_a_draft_that_there_is_not_is_refused(call, company):
    said = call("draft", "compare", "Moon", *company)
    assert said.code == 1 and "no draft" in said.err


def test_a_paper_and_a_spreadsheet_are_of_a_draft_where_one_is_named(call, company, tmp_path):
    call("draft", "begin", "Bold move", *company)
    call(
        "draft",
        "save",
        "Bold move",
        _changed(call, company, tmp_path, "half of the families", "all families", "draft", "show", "Bold move"),
        *company,
    )
    own, drafted, sheet = (tmp_path / name for name in ("own.md", "draft.md", "draft.xlsx"))
    assert call("strategy", "paper", "report", "--out", own, *company).code == 0
    assert call("strategy", "paper", "report", "--draft", "Bold move", "--out", drafted, *company).code == 0
    said = call("strategy", "sheet", "--draft", "bold-move", "--out", sheet, *company)

    assert "all families" in drafted.read_text() and "draft “Bold move”" in drafted.read_text() and "Revision 2 of the draft" in drafted.read_text()
    assert "all families" not in own.read_text() and "draft “" not in own.read_text()
    assert "quarterdeck draft save bold-move" in said.out
    assert call("draft", "save", "bold-move", sheet, *company, "--json").facts["changes"] == []
    refused = call("strategy", "paper", "report", "--draft", "Moon", "--out", tmp_path / "moon.md", *company)
    assert refused.code == 1 and "no draft" in refused.err


def test_a_draft_is_opened_again_and_said_to_be_open_when_it_is(call, company):
    call("draft", "begin", "Bold", *company)
    call("draft", "lay-aside", "Bold", *company)
    assert call("draft", "reopen", "Bold", *company).code == 0
    assert [each["is_open"] for each in call("draft", "list", *company, "--json").facts["drafts"]] == [True]
    refused = call("draft", "reopen", "Bold", *company)
    assert refused.code == 1 and "STRATEGY-916" in refused.err
