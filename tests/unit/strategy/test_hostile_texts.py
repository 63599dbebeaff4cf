"""Whatever a person writes into a strategy, every check answers, and soon."""

from __future__ import annotations

from datetime import date
from time import process_time
from typing import Any

import pytest
from generated_strategies import strategies
from harbour_strategy import AS_OF, QUARTER, harbour
from hypothesis import HealthCheck, given, settings
from pydantic import BaseModel

from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.checks.all_checks import CHECKS, check_strategy
from quarterdeck.strategy.checks.checking import Situation
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.value_at import value_at
from quarterdeck.strategy.questions.of_checks import answered_questions
from quarterdeck.strategy.yaml.lines import Lines

_LONGEST = 4000
_SECONDS = 0.5
"""Of processor time for one check, far more than it needs: what grows with the square of a text is over it."""
_FREE = ("statement", "who", "group", "event", "title", "text", "question", "reason", "landing_page", "website", "proof", "answers", "segment", "source",
         "unlike", "because", "for_whom", "role", "voice", "format", "blocks", "vision", "owner", "answer", "expected", "effort", "note")  # fmt: skip
"""Fields that take any words."""
_FREE_LISTS = ("needs", "claims", "keywords", "brand_terms", "protected", "themes")

HOSTILE = {
    "half an address": "https://[x",
    "an address of look-alikes": "https://exa\N{ACCOUNT OF}mple.com/",
    "letters that match others": "3 vi\N{LATIN SMALL LETTER LONG S}its until 4 Augu\N{LATIN SMALL LETTER LONG S}t, by the end of APR\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}L",
    "weekdays in other letters": "\N{LATIN SMALL LETTER LONG S}unday 4 Apr\N{LATIN SMALL LETTER DOTLESS I}l, monday 4 APR\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}L",
    "digits of other scripts": "\N{SUPERSCRIPT TWO}\N{ARABIC-INDIC DIGIT THREE} visits until \N{ARABIC-INDIC DIGIT THREE} May, by \N{ARABIC-INDIC DIGIT FOUR} %",
    "one endless number": "9" * _LONGEST,
    "dots and commas": "1.1," * 1000,
    "signs of patterns": "([{$^*+?|\\" * 400,
    "spaces": "until 1" + " " * 3900 + "x",
    "it was until": "was " * 400 + ". " + "until 1 May " * 190,
    "parts of wholes": "Of 55 aa, " * 400,
    "buy and pay": "buy aa pay for each reviews " * 140,
    "money and one endless number": "£5 " + "9" * 3900,
    "money everywhere": "€1.200.200,00 £5 " * 220,
    "weekdays": "Monday, " * 490,
    "no letter": "\N{GRINNING FACE}" * _LONGEST,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_every_check_answers_soon_whatever_the_texts_say(name: str) -> None:
    strategy = _with_texts(harbour(), HOSTILE[name])
    situation = Situation(strategy, AS_OF, QUARTER)

    slow = {check.code: seconds for check in CHECKS if (seconds := _seconds(check.problems, situation)) > _SECONDS}

    assert slow == {}
    assert HOSTILE[name].strip() in {objective.statement for objective in strategy.objectives}


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies())
def test_every_check_answers_for_any_strategy_on_any_day(strategy: Strategy) -> None:
    for as_of in (None, date(2027, 12, 31), AS_OF):
        assert all(problem.where is not None and problem.fix for problem in check_strategy(strategy, as_of=as_of, quarter=QUARTER if as_of else None))


def test_long_content_in_two_languages_with_one_endless_number_is_compared() -> None:
    twin = {"title": "Post", "audience": "regulars", "channel": "newsletter", "format": "post", "deliver": {"on": "2027-02-01"}, "text": "9" * 15_000}
    strategy = apply_changes(harbour(), {"content.items[a]": twin, "content.items[b]": {**twin, "language": "de", "text": "8" * 15_000}})

    assert "STRATEGY-518" in {problem.code for problem in check_strategy(strategy)}


def test_a_company_that_names_no_language_is_asked_nothing_about_them() -> None:
    found = check_strategy(apply_changes(harbour(), {"company.languages": [], "content.languages": []}))

    assert "STRATEGY-502" not in {problem.code for problem in found}


@pytest.mark.parametrize("member", ["\N{SUPERSCRIPT TWO}", "9" * 5000, "-1"])
def test_a_place_that_is_not_there_holds_nothing(member: str) -> None:
    place = f"proposition.claims[{member}].text"
    asked = {"step": 3, "text": "Is it so?", "about": place}

    assert value_at(harbour(), place) is None
    assert answered_questions(apply_changes(harbour(), {"questions[q]": asked}), ()) == ()
    assert Lines("proposition:\n  claims:\n    - text: Warm\n").of(place) is not None


def _seconds(find: Any, situation: Situation) -> float:
    begun = process_time()
    find(situation)
    return process_time() - begun


def _with_texts(strategy: Strategy, words: str) -> Strategy:
    """The strategy with these words in the place of all of a person's own."""
    return Strategy.model_validate(_replaced(strategy.model_dump(by_alias=False), words))


def _replaced(value: Any, words: str) -> Any:
    if isinstance(value, dict):
        return {key: _of_field(key, member, words) for key, member in value.items()}
    if isinstance(value, tuple | list):
        return [_replaced(member, words) for member in value]
    return value.model_dump() if isinstance(value, BaseModel) else value


def _of_field(key: str, value: Any, words: str) -> Any:
    if key in _FREE and isinstance(value, str):
        return words
    if key in _FREE_LISTS and value and all(isinstance(member, str) for member in value):
        return [words for _ in value] if key != "needs" or " " in "".join(value) else list(value)
    return _replaced(value, words)
