"""What is not known opens a question, and what is written answers it."""

from __future__ import annotations

from datetime import date
from importlib import resources

import pytest

from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.checks.all_checks import CHECKS, check_strategy
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.questions.asks import ASKS
from quarterdeck.strategy.questions.of_checks import (
    answered_questions,
    draft_question,
    is_asked,
    new_question_id,
    next_friday,
    open_question_about,
    with_questions,
)
from quarterdeck.strategy.yaml.text import parse_strategy, render_strategy

PLACE = "objectives[new_families].baseline"


def shop() -> Strategy:
    text = resources.files("quarterdeck").joinpath("samples", "examples", "shop.yaml").read_text(encoding="utf-8")
    return parse_strategy(text)


@pytest.fixture
def unknown() -> Strategy:
    """The example without one baseline and one proof."""
    first = shop().objectives[0].id
    return apply_changes(shop(), {f"objectives[{first}].baseline": None, "proposition.claims[1].proof": None})


def asked(strategy: Strategy, code: str, *, owner: str | None = None, due_on: str | None = "2027-01-15") -> Strategy:
    """The strategy with the question of its first finding of that code."""
    place = next(problem.where for problem in check_strategy(strategy) if problem.code == code)
    draft = draft_question(strategy, code, place)
    assert draft is not None
    owner = owner or strategy.management.people[0].id
    question = {"step": draft.step, "text": draft.text, "blocks": draft.blocks, "about": draft.about, "owner": owner, "due_on": due_on}
    return apply_changes(strategy, {f"questions[{new_question_id(strategy, draft.about)}]": question})


def found(strategy: Strategy, code: str, *, as_of: date | None = None):
    return [problem for problem in check_strategy(strategy, as_of=as_of) if problem.code == code]


def test_every_finding_that_makes_a_question_is_one_of_the_checks():
    assert set(ASKS) <= {check.code for check in CHECKS}


def test_a_finding_that_somebody_looks_into_is_a_hint_that_says_who_and_by_when(unknown):
    before = found(unknown, "STRATEGY-106")
    person = unknown.management.people[0]
    after = found(asked(unknown, "STRATEGY-106"), "STRATEGY-106")
    assert ([each.severity for each in before], [each.severity for each in after]) == (["warning"], ["hint"])
    assert after[0].fix == f"Asked: {person.name} finds out by 15 January 2027."
    assert is_asked(after[0])


def test_from_its_day_on_the_finding_speaks_as_before_and_the_question_is_overdue(unknown):
    strategy = asked(unknown, "STRATEGY-106")
    early, late = date(2027, 1, 14), date(2027, 1, 15)
    assert [each.severity for each in found(strategy, "STRATEGY-106", as_of=early)] == ["hint"]
    assert not any(each.where.startswith("questions[ask_") for each in found(strategy, "STRATEGY-801", as_of=early))
    assert [each.severity for each in found(strategy, "STRATEGY-106", as_of=late)] == ["warning"]
    assert any(each.where.startswith("questions[ask_") for each in found(strategy, "STRATEGY-801", as_of=late))


def test_a_question_without_a_day_changes_nothing(unknown):
    assert [each.severity for each in found(asked(unknown, "STRATEGY-106", due_on=None), "STRATEGY-106")] == ["warning"]


def test_an_error_stays_one_and_says_who_was_asked():
    strategy = apply_changes(shop(), {"evaluation": []})
    after = found(asked(strategy, "STRATEGY-701"), "STRATEGY-701")
    assert [(each.severity, is_asked(each)) for each in after] == [("error", True)]


def test_a_question_about_one_field_says_nothing_of_another_finding_at_the_same_part(unknown):
    strategy = asked(unknown, "STRATEGY-106")
    place = found(strategy, "STRATEGY-106")[0].where
    assert open_question_about(strategy, "STRATEGY-106", place) is not None
    assert open_question_about(strategy, "STRATEGY-108", place.replace("baseline", "owner")) is None


def test_what_is_filled_in_meanwhile_is_the_answer_in_words(unknown):
    strategy = asked(unknown, "STRATEGY-106")
    assert answered_questions(strategy, check_strategy(strategy)) == ()

    place = found(strategy, "STRATEGY-106")[0].where
    filled = apply_changes(strategy, {place: "1234"})
    (answered,) = answered_questions(filled, check_strategy(filled))
    assert (answered.question.about, answered.answer.replace("£", "").replace("€", "")) == (place, "1,234")
    closed = apply_changes(filled, {f"questions[{answered.question.id}].answer": answered.answer})
    assert answered_questions(closed, check_strategy(closed)) == ()


def test_a_word_that_holds_the_place_of_a_proof_answers_nothing(unknown):
    strategy = asked(unknown, "STRATEGY-302")
    held = apply_changes(strategy, {"proposition.claims[1].proof": "TODO"})
    assert answered_questions(held, check_strategy(held)) == ()


def test_a_claim_that_moved_takes_no_question_of_another_with_it(unknown):
    strategy = asked(unknown, "STRATEGY-302")
    assert is_asked(found(strategy, "STRATEGY-302")[0])
    moved = apply_changes(strategy, {"proposition.claims[0]": None, "proposition.claims[1].proof": None})
    assert not any(is_asked(each) for each in found(moved, "STRATEGY-302"))
    assert answered_questions(moved, check_strategy(moved)) == ()


def test_what_is_asked_again_or_answered_gets_a_name_of_its_own(unknown):
    once = asked(unknown, "STRATEGY-106")
    about = once.questions[-1].about
    assert new_question_id(once, about) == f"{once.questions[-1].id}_2"


@pytest.mark.parametrize(
    ("today", "friday"),
    [(date(2026, 11, 22), date(2026, 11, 27)), (date(2026, 11, 24), date(2026, 11, 27)), (date(2026, 11, 25), date(2026, 12, 4))],
)
def test_a_question_is_due_on_a_friday_that_leaves_three_days(today, friday):
    assert next_friday(today) == friday


def test_the_place_of_a_question_goes_out_and_comes_in_and_its_absence_leaves_no_trace(unknown):
    strategy = asked(unknown, "STRATEGY-106")
    assert parse_strategy(render_strategy(strategy)) == strategy
    assert "about: objectives[" in render_strategy(strategy)
    assert all("about" not in each for each in shop().model_dump(mode="json")["questions"])
    assert Strategy.model_validate(strategy.model_dump(mode="json")) == strategy


def test_problems_pass_untouched_where_no_question_is_about_a_place(unknown):
    problems = check_strategy(unknown)
    assert with_questions(unknown, problems, as_of=None) == problems
    assert draft_question(unknown, "STRATEGY-122", "objectives") is None


@pytest.mark.parametrize("name", ["shop", "b2b_service", "saas", "local_trade", "non_profit"])
def test_every_finding_of_an_emptied_example_makes_a_question_that_can_be_saved(name):
    text = resources.files("quarterdeck").joinpath("samples", "examples", f"{name}.yaml").read_text(encoding="utf-8")
    strategy = parse_strategy(text)
    emptied = {f"objectives[{each.id}].{key}": None for each in strategy.objectives for key in ("baseline", "owner", "audience")}
    emptied |= {f"audiences[{each.id}].{key}": None for each in strategy.audiences for key in ("needs", "insights")}
    emptied |= {f"channels[{each.id}].role": None for each in strategy.channels}
    emptied |= {f"proposition.claims[{number}].proof": None for number, _ in enumerate(strategy.proposition.claims)}
    emptied |= {"management.budget": None, "content.voice": None, "company.markets": None}
    strategy = apply_changes(strategy, emptied)
    wanted = [(problem.code, problem.where) for problem in check_strategy(strategy) if problem.code in ASKS]
    assert len({code for code, _ in wanted}) >= 9
    for code, place in wanted:
        draft = draft_question(strategy, code, place)
        assert draft is not None
        assert "{" not in draft.text
        question = {"step": draft.step, "text": draft.text, "about": draft.about, "owner": "somebody", "due_on": "2027-01-15"}
        strategy = apply_changes(strategy, {f"questions[{new_question_id(strategy, draft.about)}]": question})
    left = [problem for problem in check_strategy(strategy) if problem.code in ASKS]
    assert [str(problem) for problem in left if not is_asked(problem)] == []
