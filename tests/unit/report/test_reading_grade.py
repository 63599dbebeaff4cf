"""What people read stays easy to read: the mean of every group is below a grade that is known, and no sentence is far above it."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))

import reading_grade
from reading.from_code import from_code
from reading.grade import Sentence, Text, plain_of, sentences_of, words_of
from reading.hard import HARD
from reading.syllables import syllables
from reading.texts import all_texts

HARDEST = 16.0


@cache
def sentences() -> list[Sentence]:
    """Everything but the pages; faults are planted in one company only."""
    return reading_grade.told_apart(all_texts(bases=("shop",)))


def graded(text: str) -> list[Sentence]:
    return list(sentences_of(Text("any", "here", text)))


def test_every_group_is_read_with_eight_years_of_school():
    means = {group: reading_grade.mean(found) for group, found in reading_grade.by_group(sentences()).items()}
    assert len(means) >= 10
    assert {group: round(grade, 1) for group, grade in means.items() if grade > reading_grade.LIMIT} == {}


def test_no_sentence_is_far_above_but_for_those_with_a_reason():
    hard = {sentence.text for sentence in reading_grade.graded(sentences()) if sentence.grade > HARDEST}
    assert hard - set(HARD) == set()


def test_every_exception_has_a_reason_and_is_still_one():
    assert all(len(reason.split()) > 3 for reason in HARD.values())
    assert {text for text in HARD if all(sentence.grade <= HARDEST for sentence in graded(text))} == set()


def test_a_hard_sentence_is_seen():
    hard = graded("Notwithstanding organisational considerations, the reconciliation of anticipated expenditure necessitates authorisation.")
    assert reading_grade.mean(hard) > 20
    easy = graded("Say who does it, and by which day it is done.")
    assert reading_grade.mean(easy) < 4


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("cat", 1),
        ("planned", 1),
        ("needed", 2),
        ("value", 2),
        ("campaign", 2),
        ("strategy", 3),
        ("audience", 3),
        ("evaluation", 5),
        ("e-mail", 2),
        ("KPI", 3),
        ("somebody's", 3),
        ("times", 1),
        ("changes", 2),
        ("area", 3),
        ("statement", 2),
        ("everything", 3),
        ("being", 2),
        ("due", 1),
    ],
)
def test_syllables_are_those_of_a_dictionary(word: str, expected: int):
    assert syllables(word) == expected


def test_codes_quotes_commands_dates_and_figures_are_one_syllable_each():
    plain = plain_of("“Big Bikes: low prices” costs £1,200.50 by 4 April 2027, 12 % more; see `quarterdeck fit --json` [STRATEGY-105]")
    assert plain == "it costs ten by then , ten percent more; see it"
    assert all(syllables(word) == 1 for word in words_of(plain) if word != "percent")


def test_a_line_and_a_full_stop_end_a_sentence_and_a_colon_does_not():
    assert [s.text for s in graded("One thing: another.\nA third. `fit` is a fourth")] == ["One thing: another.", "A third.", "`fit` is a fourth"]


def test_a_sentence_of_the_code_is_found_with_what_is_filled_in(tmp_path):
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "says.py").write_text(
        '"""A docstring that nobody reads here."""\n'
        'SAID = f"{count} file{plural(count)} were read and {left} were not."\n'
        'raise Refused("It is not there.", fix=f"Look at {place} again.", code="PLAN-001")\n'
        'Problem("FACTS-001", place, "no day", "a day such as 2027-01-04", "Give the day.")\n'
    )
    said = {text.text for text in from_code(tmp_path)}
    assert said == {
        "it file were read and it were not.",
        "It is not there.\nLook at it again.",
        "Expected a day such as 2027-01-04, found no day.\nGive the day.",
    }
