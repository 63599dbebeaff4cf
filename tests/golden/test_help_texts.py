"""The help of every command, word by word. `make golden` writes the texts anew; read the difference before you commit it."""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path

import pytest
import typer

from quarterdeck.cli.main import app

FOLDER = Path(__file__).parent / "help"
WRITE = bool(os.environ.get("QUARTERDECK_WRITE_GOLDEN"))


def commands() -> list[tuple[str, ...]]:
    """Every command and group, the program itself first."""
    found: list[tuple[str, ...]] = [()]

    def walk(group: object, words: tuple[str, ...]) -> None:
        members = getattr(group, "commands", None) or {}
        for name in sorted(members):
            found.append((*words, name))
            walk(members[name], (*words, name))

    walk(typer.main.get_command(app), ())
    return found


def help_of(words: tuple[str, ...]) -> str:
    """What `quarterdeck WORDS --help` prints on a screen of 100 columns."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
        app([*words, "--help"], prog_name="quarterdeck", terminal_width=100, max_content_width=100)
    return out.getvalue()


def file_of(words: tuple[str, ...]) -> Path:
    return FOLDER / f"{'-'.join(('quarterdeck', *words))}.txt"


@pytest.mark.parametrize("words", commands(), ids=lambda words: " ".join(words) or "quarterdeck")
def test_help_reads_as_it_was_read_before(words):
    said, file = help_of(words), file_of(words)
    if WRITE:
        FOLDER.mkdir(exist_ok=True)
        file.write_text(said, encoding="utf-8")
    assert file.exists(), "a new command: run `make golden` and read what it says"
    assert said == file.read_text(encoding="utf-8")


def test_no_text_is_kept_of_a_command_that_is_gone():
    assert {path.name for path in FOLDER.iterdir()} == {file_of(words).name for words in commands()}


@pytest.mark.parametrize(
    "words",
    [words for words in commands() if words and words not in {("strategy",), ("draft",), ("account",), ("experiment",), ("curves",)}],
    ids=" ".join,
)
def test_every_command_says_what_it_does_and_shows_an_example_of_itself(words):
    said = help_of(words)
    sentence = said.split("\n\n")[1].strip()
    assert sentence.endswith((".", "?"))
    assert sentence[0].isupper()
    assert f"Example: quarterdeck {' '.join(words)}" in said or f"\n    quarterdeck {' '.join(words)}" in said
    assert "--json" in said
