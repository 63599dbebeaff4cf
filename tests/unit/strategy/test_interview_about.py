"""What the interview leaves open knows where its answer belongs: the finding waits for it, and what is filled in there answers it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from interview_owners import NAMES, QUARTER, TODAY, Owner, owner, write

from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.interview.interview import Answer
from quarterdeck.strategy.interview.rows import KNOWN, PROOF
from quarterdeck.strategy.parts.value_at import part_at, value_at
from quarterdeck.strategy.questions.of_checks import answered_questions, is_asked

RIDERS = "People who ride to work in Leeds"


def _about(strategy: Strategy) -> dict[str, str]:
    return {each.about: each.text for each in strategy.questions if each.about}


def _waiting(strategy: Strategy) -> set[str]:
    return {problem.where for problem in check_strategy(strategy, as_of=TODAY, quarter=QUARTER) if is_asked(problem)}


def _without(bicycles: Owner, question: str, *fields: str) -> Strategy:
    """The draft of the bicycle shop whose owner left these fields of a question empty; without fields, the whole question."""
    given = bicycles.answers[question]
    left: Answer = None
    if fields:
        assert isinstance(given, dict)
        left = {key: "" if key in fields else value for key, value in given.items()}
    return write({**bicycles.answers, question: left}, bicycles.company)


def test_findings_about_what_was_left_out_wait_for_whoever_was_asked() -> None:
    assert _waiting(owner("taxes").draft) == {
        "conversions[leads_one].margin",
        "proposition.claims[0].proof",
        "channels[website].role",
        "channels[events].role",
        "evaluation",
    }


@pytest.mark.parametrize(
    ("question", "fields", "place"),
    [
        ("wish", (), "vision"),
        ("numbers", ("year_before",), "goals[bookings_year].baseline"),
        ("numbers", ("recent",), "objectives[bookings_quarter].baseline"),
        ("one", ("margin",), "conversions[bookings_one].margin"),
        ("needs", (RIDERS,), "audiences[people_who_ride_to].needs"),
        ("needs", (f"{RIDERS} {KNOWN}",), "audiences[people_who_ride_to].insights"),
        ("why_us", ("why",), "proposition.statement"),
        ("why_us", ("rivals",), "proposition.competitors"),
        ("promises", (f"Have the bike back the same day {PROOF}",), "proposition.claims[0].proof"),
        ("roles", ("website",), "channels[website].role"),
        ("in_the_way", ("website hours",), "channels[website].challenges[0].task"),
        ("voice", (), "content.voice"),
        ("money", ("leaflets",), "channels[leaflets].spend.cap"),
        ("money", ("all",), "management.budget.quarter"),
        ("people", (), "management.teams"),
        ("success", ("success",), "evaluation"),
    ],
)
def test_a_field_that_was_left_empty_is_asked_about_at_its_place_and_the_finding_waits(question: str, fields: tuple[str, ...], place: str) -> None:
    draft = _without(owner("bicycles"), question, *fields)

    assert place in _about(draft)
    assert any(place.startswith(each) for each in _waiting(draft)), _waiting(draft)


@pytest.mark.parametrize("name", NAMES)
def test_no_question_is_about_a_place_that_is_not_there_or_is_filled(name: str) -> None:
    draft = owner(name).draft

    for place in _about(draft):
        assert part_at(draft, place) is not None
        assert place.startswith(("channels[", "evaluation")) or value_at(draft, place) in (None, "", ())
    assert answered_questions(draft, check_strategy(draft, as_of=TODAY, quarter=QUARTER)) == ()


def test_what_is_filled_in_later_is_offered_as_the_answer() -> None:
    draft = apply_changes(owner("taxes").draft, {"conversions[leads_one].margin": Decimal(700)})

    answered = answered_questions(draft, check_strategy(draft, as_of=TODAY, quarter=QUARTER))

    assert [(each.question.id, each.answer) for each in answered] == [("ask_one_margin", "700")]
