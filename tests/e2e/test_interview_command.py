"""The interview from the command line: a file of answers, and questions in the terminal that can be left and gone on with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("quarterdeck")
ANSWERS = Path(__file__).parents[1] / "unit" / "strategy" / "interviews"


@pytest.mark.parametrize("name", ["bicycles", "taxes", "dogs"])
def test_a_file_of_answers_becomes_a_strategy_that_can_be_checked(run, tmp_path, name):
    out = tmp_path / "strategy.yaml"

    said = run("strategy", "interview", "--answers", ANSWERS / f"{name}.yaml", "--out", out, "--json")
    checked = run("strategy", "check", out, "--json")

    assert said.code == 0
    assert len(said.facts["questions"]) >= 3
    assert said.facts["errors"] == checked.facts["errors"] == (1 if name == "taxes" else 0)  # she did not say how she will judge it


def test_a_file_that_is_there_is_never_written_over(run, tmp_path):
    out = tmp_path / "strategy.yaml"
    out.write_text("mine", encoding="utf-8")

    said = run("strategy", "interview", "--answers", ANSWERS / "dogs.yaml", "--out", out)

    assert (said.code, out.read_text(encoding="utf-8")) == (1, "mine")
    assert "EXPORT-003" in said.err


def test_the_template_is_a_file_of_answers_to_which_nothing_was_said(run, tmp_path):
    file = tmp_path / "answers.yaml"
    file.write_text(run("strategy", "interview", "--template").out, encoding="utf-8")

    said = run("strategy", "interview", "--answers", file, "--json")

    assert said.code == 0
    assert "What should be better a year from now?" in said.facts["questions"]


def test_wrong_answers_are_all_named_at_once(run, tmp_path):
    file = tmp_path / "answers.yaml"
    file.write_text("company: {name: Spoke, currency: GBP}\ncounted: joy\nwho: [a, b, c, d]\none: {left: 12}\nmoat: 3\n", encoding="utf-8")

    said = run("strategy", "interview", "--answers", file, "--json")

    assert said.code == 2
    assert [problem["where"] for problem in said.facts["error"]["problems"]] == ["counted", "who", "moat"]


def test_questions_in_the_terminal_are_kept_when_one_stops(run, tmp_path):
    site = tmp_path / "site"
    run("init", site, "--name", "Spoke & Chain", "--currency", "GBP", "--timezone", "Europe/London")

    first = _typed(site, "England\nEnglish\nA full workshop\n6\n310\nloads\n\n\n\n280\n\n\n\n")
    again = _typed(site, "")

    assert "This says “loads”. Expected a number in digits" in first
    assert first.count("You want, from") == 1  # what was typed well is not asked again
    assert "= Booked visits or appointments" in first
    assert "Kept: 5 of 22" in first
    assert "Who are the people you want to reach?" in again
    assert "A full workshop" not in again


def test_where_there_is_a_strategy_the_answers_become_a_draft_beside_it(call, tmp_path):
    site, file = tmp_path / "site", tmp_path / "strategy.yaml"
    call("init", site, "--name", "Spoke & Chain", "--currency", "GBP", "--timezone", "Europe/London")
    file.write_text(call("strategy", "start", "--example", "local_trade").out, encoding="utf-8")
    call("strategy", "save", file, "--site", site)

    said = _typed(site, "12\n" + "\n" * 200)

    assert "Spoke & Chain has a strategy. Keep this one as a draft beside it?" in said
    assert "Kept as the draft from-the-interview." in said
    assert [each["slug"] for each in call("draft", "list", "--site", site, "--json").facts["drafts"]] == ["from-the-interview"]


def _typed(site: Path, text: str) -> str:
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [PROGRAM, "strategy", "interview", "--site", site], env=environment, input=text, capture_output=True, text=True, check=False, timeout=120
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout
