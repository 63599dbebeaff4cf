"""How many questions the interview asks: about twenty for every kind of business, whichever way its answers lead."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import product

import pytest
from interview_owners import QUARTER

from quarterdeck.strategy.interview.choices import COUNTED, WAYS
from quarterdeck.strategy.interview.interview import Answer, Asked, Known, Told
from quarterdeck.strategy.interview.questions import QUESTIONS, hold_interview

FEWEST, MOST = 19, 22
FEWEST_WHEN_NOTHING_IS_KNOWN = 12
PLACES = (Known("Spoke", "GBP", "Europe/London"), Known("Spoke", "GBP", "Europe/London", ("GB",), ("en",)))
GROUPS: tuple[Answer, ...] = (["Riders", "Students"],)
USED: tuple[Answer, ...] = (["window"], ["letter"], ["radio_adverts"], ["posts", "website", "search_adverts"], list(WAYS))
WANTED: tuple[Answer, ...] = ([], ["leaflets"])
"""What decides which questions are asked: everything else changes their fields alone."""


def _asked(company: Known, chosen: Mapping[str, Answer], *, sends: bool = True) -> tuple[str, ...]:
    """The questions that are put to somebody who answers each; what is chosen is said, all else is filled in its own way."""
    said: dict[str, Answer] = {}
    while left := [each for each in hold_interview(Told(said, company, QUARTER)) if not each.is_answered]:
        for asked in left:
            if all(each in said for each in asked.question.after if each in {every.id for every in left}):
                said[asked.id] = chosen.get(asked.id, _filled(asked, is_empty=asked.id == "sends" and not sends))
    return tuple(each.id for each in hold_interview(Told(said, company, QUARTER)))


def _filled(asked: Asked, *, is_empty: bool) -> Answer:
    return {row.key: "" if is_empty else ["Speed"] if asked.kind_of(row) == "list" else "3" for row in asked.rows} if asked.has_rows else "3"


@cache
def _paths() -> Mapping[bool, list[tuple[str, ...]]]:
    """Every path: under True of those who answer everything, under False of those who say "I don't know" to what other questions hang on."""
    found: dict[bool, list[tuple[str, ...]]] = {True: [], False: []}
    for company, counted, who, uses, wants, sends in product(
        PLACES, (None, "leads", "donations"), (None, *GROUPS), (None, *USED), (None, *WANTED), (True, False)
    ):
        path = _asked(company, {"counted": counted, "who": who, "uses": uses, "wants": wants}, sends=sends)
        found[None not in (counted, who, uses, wants)].append(path)
    return found


def test_every_path_of_those_who_answer_has_nineteen_to_twenty_two_questions() -> None:
    lengths = [len(path) for path in _paths()[True]]

    assert (min(lengths), max(lengths)) == (FEWEST, MOST)


def test_no_path_is_longer_for_those_who_do_not_know_and_each_thing_is_asked_once() -> None:
    paths = _paths()[False]

    assert min(map(len, paths)) >= FEWEST_WHEN_NOTHING_IS_KNOWN and max(map(len, paths)) <= MOST
    assert all(len(set(path)) == len(path) for path in paths)


@pytest.mark.parametrize("way", WAYS)
def test_whatever_way_is_used_the_way_is_no_longer(way: str) -> None:
    assert FEWEST <= len(_asked(PLACES[0], {"counted": "leads", "who": ["Riders"], "uses": [way], "wants": []})) <= MOST


@pytest.mark.parametrize("counted", COUNTED)
def test_whatever_is_counted_the_way_is_as_long(counted: str) -> None:
    chosen: dict[str, Answer] = {"counted": counted, "who": ["Riders"], "uses": ["letter"], "wants": []}

    assert len(_asked(PLACES[0], chosen)) == MOST


def test_no_question_is_there_that_nobody_is_asked() -> None:
    assert {each for path in _paths()[True] for each in path} == {question.id for question in QUESTIONS}
