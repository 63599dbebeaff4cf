"""What comes from an example says so, until somebody answers that it is so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from harbour_strategy import harbour

from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.management import Question
from quarterdeck.strategy.questions.of_examples import ask_whether_it_is_so, not_yet_yours, still_open

FRIDAY = date(2027, 1, 8)


def _asked(today: date = FRIDAY, *, money_is: str = "GBP") -> tuple[Question, ...]:
    return ask_whether_it_is_so("an online shop", owner="Olena", today=today, written_in="GBP", money_is=money_is)


@pytest.mark.parametrize("ahead", range(7))
def test_each_step_asks_once_on_a_working_day_of_the_next_two_weeks(ahead: int) -> None:
    today = FRIDAY + timedelta(days=ahead)

    asked = _asked(today)

    assert [each.step for each in asked] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert {each.owner for each in asked} == {"Olena"}
    for each in asked:
        assert each.due_on is not None and today < each.due_on <= today + timedelta(days=14) and each.due_on.weekday() < 5
        assert "the example of an online shop" in each.text


def test_amounts_are_asked_about_when_the_money_is_another() -> None:
    assert [each.id for each in _asked() if "amount" in each.text] == []
    assert [each.text for each in _asked(money_is="PLN") if "amount" in each.text] == [
        "Is every amount right in PLN? The example was written in GBP and its figures were kept as they are."
    ]


def test_the_check_of_the_currency_waits_until_somebody_has_said_whether_the_amounts_are_right() -> None:
    asked = _asked(money_is="PLN")
    started = apply_changes(
        harbour(), {"company.currency": "PLN", "offers[ten-off].text": "£5 off.", "questions": [each.model_dump(mode="json") for each in asked]}
    )
    answered = apply_changes(started, {"questions[yours_money].answer": "Yes."})
    due = next(each.due_on for each in asked if each.id == "yours_money")

    assert not _speaks_of_the_currency(started, as_of=None)
    assert not _speaks_of_the_currency(started, as_of=FRIDAY)
    assert _speaks_of_the_currency(started, as_of=due)
    assert _speaks_of_the_currency(answered, as_of=FRIDAY)


def _speaks_of_the_currency(strategy: Strategy, *, as_of: date | None) -> bool:
    return "STRATEGY-139" in {problem.code for problem in check_strategy(strategy, as_of=as_of)}


def test_an_answer_makes_a_step_ones_own() -> None:
    asked = [each.model_dump(mode="json") for each in _asked()]
    started = apply_changes(harbour(), {"questions": asked})
    answered = apply_changes(started, {"questions[yours_3].answer": "Yes, with our own proof."})

    assert [each.step for each in not_yet_yours(started)] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [each.step for each in not_yet_yours(answered)] == [1, 2, 4, 5, 6, 7, 8]
    assert not_yet_yours(harbour()) == ()


def test_a_question_of_the_example_is_never_overdue_on_the_first_day() -> None:
    past, ahead = Question(id="a", step=2, text="Who?", due_on=FRIDAY), Question(id="b", step=2, text="What?", due_on=FRIDAY + timedelta(days=30))

    opened = still_open([past, ahead], today=FRIDAY)

    assert [each.due_on for each in opened] == [FRIDAY + timedelta(days=14), ahead.due_on]
