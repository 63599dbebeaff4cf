"""`quarterdeck strategy check FILE`: exit codes, lines, one step, strictness, and the JSON that the published schema describes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "schemas" / "strategy-check.schema.json"
SERVED = """company:
  name: Bakery
  currency: EUR
  markets: [DE]
vision: Bread for the whole street.
goals:
  - {id: more, statement: Sell more., metric: revenue, target: 90000, due_on: 2027-12-31}
management:
  teams:
    - id: shop
      people:
        - {id: ann, hours_per_week: 12}
"""


@pytest.fixture
def file(call, tmp_path: Path) -> Path:
    """An example, which has no errors and no warnings."""
    path = tmp_path / "strategy.yaml"
    path.write_text(call("strategy", "start", "--example", "shop").out, encoding="utf-8")
    return path


def checked(call, *words) -> dict:
    """The JSON, held against the published schema."""
    found = call("strategy", "check", *words, "--json")
    facts = json.loads(found.out)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(facts)
    return facts


def test_a_sound_file_passes_with_hints_and_fails_with_an_error(call, file, tmp_path):
    assert call("strategy", "check", file).code == 0
    assert checked(call, file)["ok"]

    (tmp_path / "bad.yaml").write_text(SERVED, encoding="utf-8")
    assert call("strategy", "check", tmp_path / "bad.yaml").code == 1
    assert not checked(call, tmp_path / "bad.yaml")["ok"]


def test_a_warning_fails_when_it_is_to_be_strict_and_not_otherwise(call, file):
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?m)^( +)owner: \w+\n", "", re.sub(r", owner: \w+", "", text)), encoding="utf-8")
    found = checked(call, file)
    assert (found["errors"] == 0, found["warnings"] > 0) == (True, True)
    assert call("strategy", "check", file).code == 0
    assert call("strategy", "check", file, "--strict").code == 1
    assert not checked(call, file, "--strict")["ok"]


@pytest.mark.parametrize("text", ["company: [", "company: {name: Bakery}\n", "- a list\n", ""])
def test_what_is_no_strategy_or_is_not_there_cannot_be_read(call, tmp_path, text):
    file = tmp_path / "bad.yaml"
    file.write_text(text, encoding="utf-8")
    for path in (file, tmp_path / "missing.yaml"):
        said = call("strategy", "check", path)
        assert (said.code, said.out) == (2, "")
        told = checked(call, path)["error"]
        assert told["text"]


def test_each_finding_names_the_line_that_it_stands_on(call, tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text(SERVED, encoding="utf-8")
    lines = {problem["where"]: problem["line"] for problem in checked(call, file)["problems"]}
    assert lines["goals[more].baseline"] == 7  # not written: the line of the goal
    assert lines["objectives"] == 1  # not there at all: where the document begins
    said = call("strategy", "check", file).out.splitlines()
    assert said[0].startswith("bad.yaml: ")
    assert any(line.startswith("bad.yaml:7: hint: goals[more].baseline: ") for line in said)


def test_one_step_can_be_asked_for_and_no_ninth(call, tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text(SERVED, encoding="utf-8")
    every, second = checked(call, file), checked(call, file, "--step", "2")
    assert {problem["step"] for problem in second["problems"]} == {2}
    assert len(second["problems"]) < len(every["problems"])
    assert second["steps"] == every["steps"]
    assert call("strategy", "check", file, "--step", "9").code == 2


def test_annotations_are_lines_that_a_pull_request_shows(call, tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text(SERVED, encoding="utf-8")
    said = call("strategy", "check", file, "--format", "github").out.splitlines()
    assert said
    assert all(re.match(r"::(error|warning|notice) file=.+,line=\d+,title=STRATEGY-\d{3}::\S", line) for line in said)
    assert call("strategy", "check", file, "--format", "xml").code == 2


def test_nothing_is_coloured_where_nobody_looks(call, tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text(SERVED, encoding="utf-8")
    assert "\x1b" not in call("strategy", "check", file).out


def test_what_is_overdue_is_told_for_the_day_that_is_named(call, file):
    assert all(problem["code"] != "STRATEGY-801" for problem in checked(call, file)["problems"])
    late = checked(call, file, "--as-of", "2031-01-01")
    assert any(problem["code"] == "STRATEGY-801" for problem in late["problems"])


def test_asking_for_what_no_check_misses_is_refused_and_for_what_one_misses_is_kept(call, shop, tmp_path):
    refused = call("strategy", "ask", "STRATEGY-106", "objectives[nothing].baseline", "--site", shop)
    assert (refused.code, "The checks ask for nothing there." in refused.err) == (1, True)

    text = call("strategy", "show", "--site", shop).out
    (tmp_path / "mine.yaml").write_text(re.sub(r"(?m)^( *)voice: .*\n", "", text), encoding="utf-8")
    call("strategy", "save", tmp_path / "mine.yaml", "--site", shop)
    asked = call("strategy", "ask", "STRATEGY-506", "content.voice", "--by", "2099-01-02", "--site", shop, "--json")
    assert asked.code == 0, asked.out + asked.err
    assert asked.facts["due_on"] == "2099-01-02"
    newest = call("strategy", "history", "--last", "1", "--site", shop, "--json").facts["revisions"]
    assert [row["revision"] for row in newest] == [asked.facts["revision"]]
    assert set(newest[0]["maturity"]) == {"complete", "steps", "checks", "worked_out_later"}
