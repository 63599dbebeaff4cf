"""`--json` gives one object on stdout and nothing else, whatever the command; programs can rely on it."""

from __future__ import annotations

import pytest

LOOKS = [("status",), ("answer",), ("plan", "--show"), ("strategy", "show"), ("strategy", "history")]


@pytest.mark.parametrize("words", LOOKS, ids=" ".join)
def test_looking_gives_one_object_and_the_same_sentences_as_for_people(call, shop_template, snapshot_of, words):
    before = snapshot_of(shop_template)
    said = call(*words, "--site", shop_template, "--json")
    assert (said.code, said.err) == (0, "")
    plain = call(*words, "--site", shop_template)
    for sentence in said.facts["sentences"]:
        assert sentence in plain.out
    assert snapshot_of(shop_template) == before


def test_the_whole_loop_speaks_json(call, shop, tmp_path):
    steps = [
        ("next-week", "--weeks", "2"),
        ("review",),
        ("correct", "all"),
        ("plan",),
        ("approve", "--all"),
        ("answer",),
        ("export", tmp_path / "week", "--what", "hand-offs"),
        ("export", tmp_path / "plan.json", "--what", "plan"),
        ("export", tmp_path / "review.json", "--what", "review"),
        ("export", tmp_path / "facts.zip", "--what", "facts"),
        ("export", tmp_path / "strategy.yaml", "--what", "strategy"),
        ("strategy", "save", tmp_path / "strategy.yaml"),
        ("refuse", "task/none", "--reason", "No"),
    ]
    for words in steps:
        said = call(*words, "--site", shop, "--json")
        assert said.err == "", words
        assert said.code == (2 if words[0] == "refuse" else 0), said.out
        assert said.facts.get("sentences") or said.facts["error"], words
    assert len(call("answer", "--site", shop, "--json").facts["sentences"]) == 3
    checked = call("strategy", "check", tmp_path / "strategy.yaml", "--json")
    assert checked.code == (1 if checked.facts["errors"] else 0)


def test_the_members_name_and_the_site_can_come_from_the_environment(run, shop_template, tmp_path):
    said = run("status", "--json", cwd=tmp_path, QUARTERDECK_SITE=str(shop_template), QUARTERDECK_WORKSPACE="small-shop", QUARTERDECK_MEMBER="Olena")
    assert said.code == 0
    assert said.facts["company"] == "The Blue Door"
    assert run("answer", cwd=shop_template / "lake").code == 0  # the site is found upwards from a folder within it


def test_closing_the_pipe_early_is_no_error(shop_template):
    import subprocess
    import sys
    from pathlib import Path

    program = Path(sys.executable).with_name("quarterdeck")
    with subprocess.Popen([program, "strategy", "show", "--site", shop_template], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.readline()
        started.stdout.close()
        errors = started.stderr.read().decode()
    assert "Traceback" not in errors
    assert started.returncode in (0, 1)
