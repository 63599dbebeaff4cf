"""The examples from the command line: listed, printed with the dates of the quarter that begins, and sound as they come out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest


def test_the_examples_are_listed_with_their_size(run):
    said = run("strategy", "examples", "--json")

    assert [each["name"] for each in said.facts["examples"]] == ["shop", "b2b_service", "saas", "local_trade", "non_profit"]
    assert all(each["tasks"] >= 12 and each["content_items"] >= 12 for each in said.facts["examples"])


@pytest.mark.parametrize("name", ["shop", "local_trade"])
def test_an_example_that_is_printed_can_be_checked_as_it_is(run, tmp_path, name):
    printed = run("strategy", "start", "--example", name)
    file = tmp_path / "strategy.yaml"
    file.write_text(printed.out, encoding="utf-8")

    checked = run("strategy", "check", file, "--json")

    assert (checked.facts["errors"], checked.facts["warnings"]) == (0, 0)
    assert {problem["code"] for problem in checked.facts["problems"]} == {"STRATEGY-114"}


def test_an_example_that_there_is_not_is_refused_with_the_names_of_those_there_are(run):
    said = run("strategy", "start", "--example", "bakery")

    assert said.code == 1
    assert "shop, b2b_service, saas, local_trade, non_profit" in said.err


def test_the_strategy_of_hints_is_dated_for_the_quarter_that_begins_as_an_example_is(call, monkeypatch):
    from quarterdeck.app import console

    monkeypatch.setattr(console._Root, "now", lambda self: datetime(2028, 6, 26, 9, tzinfo=UTC))

    hints, shop = call("strategy", "start").out, call("strategy", "start", "--example", "shop").out

    assert "2027-" not in hints and "2028-" in hints
    assert "2028-" in shop
