"""What the interview writes: drafts of three very different businesses that hold what was said and nothing else."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interview_owners import NAMES, QUARTER, STARTED_BY, TODAY, leaves, owner, write
from interview_trace import untraced

from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.checks.maturity import EXPECTED, missing_from
from quarterdeck.strategy.interview.interview import Answer, Known, Told
from quarterdeck.strategy.interview.questions import QUESTIONS, hold_interview
from quarterdeck.strategy.parts.aims import Claim
from quarterdeck.strategy.parts.shape import to_plain
from quarterdeck.strategy.yaml.text import parse_strategy, render_strategy

NOT_ASKED = {
    "STRATEGY-114": "the chance of the target comes from facts",
    "STRATEGY-304": "which item says a claim",
    "STRATEGY-414": "what happens on a way that sends nothing",
    "STRATEGY-703": "rules for each of the eight steps",
}
"""Hints about what the interview does not ask."""
LEFT_OUT = {
    "bicycles": {"STRATEGY-204", "STRATEGY-205", "STRATEGY-210", "STRATEGY-302", "STRATEGY-310"},
    "taxes": {"STRATEGY-205", "STRATEGY-207", "STRATEGY-302", "STRATEGY-307", "STRATEGY-410", "STRATEGY-501", "STRATEGY-701"},
    "dogs": {"STRATEGY-204", "STRATEGY-205", "STRATEGY-310"},
}
"""What each owner did not know or did not do: the students believed in and not met, a promise without proof, no rule for the whole."""


@pytest.mark.parametrize("name", NAMES)
def test_everything_in_a_draft_was_said(name):
    assert untraced(owner(name).draft, owner(name)) == []


def test_a_claim_that_nobody_made_would_be_noticed():
    bicycles = owner("bicycles")
    draft = bicycles.draft
    invented = draft.model_copy(
        update={"proposition": draft.proposition.model_copy(update={"claims": (Claim(text="Loved by riders"),)}), "vision": "Be number 1"}
    )

    assert [value for _, value in untraced(invented, bicycles)] == ["Be number 1", "Loved by riders"]


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_is_a_whole_strategy_that_can_be_written_and_read(name):
    draft = owner(name).draft

    assert parse_strategy(render_strategy(draft)) == draft


@pytest.mark.parametrize("name", NAMES)
def test_the_checks_find_what_the_owner_left_out_and_nothing_else(name):
    found = {problem.code for problem in check_strategy(owner(name).draft, as_of=TODAY, quarter=QUARTER)}

    assert found - NOT_ASKED.keys() == LEFT_OUT[name]


@pytest.mark.parametrize(("one", "other"), list(combinations(NAMES, 2)))
def test_two_businesses_share_no_goal_no_claim_no_item_and_no_person(one, other):
    def own(name):
        kept = ("vision", "goals[].statement", "claims[].text", "items[].title", "people[].name", "tasks[].title", "who", "evaluation[].question")
        return {value for place, value in leaves(to_plain(owner(name).draft)) if place.endswith(kept)}

    assert own(one) & own(other) == set()
    assert len(own(one)) > 5


def test_what_a_person_does_not_know_is_asked_for_with_an_owner_and_a_day_sooner_for_what_blocks_most():
    questions = {each.id: each for each in owner("taxes").draft.questions}

    assert questions["ask_success_success"].text == "How will you know that it has worked?"
    assert questions["ask_one_margin"].text == "What is left of one, once you have paid for what you sold?"
    assert {each.owner for each in questions.values()} == {"Mag. Leitner"}
    assert TODAY < questions["ask_success_success"].due_on < questions["ask_roles_website"].due_on
    assert questions["ask_welcher_betrieb_kostet"].text == "Welcher Betrieb kostet uns mehr Zeit, als er zahlt?"


def test_the_year_stands_on_the_quarter_and_says_so_until_its_number_is_known():
    draft = owner("taxes").draft

    assert (draft.goals[0].target, draft.goals[0].due_on) == (14, QUARTER.last_day)
    assert "not known yet" in (draft.goals[0].note or "")
    assert "How many do you want in the whole of 2027?" in [each.text for each in draft.questions]


def test_each_trouble_that_was_told_is_a_challenge_with_a_task_that_deals_with_it():
    draft = owner("bicycles").draft
    website = next(each for each in draft.channels if each.id == "website")
    task = next(each for each in draft.management.tasks if each.id == website.challenges[0].task)

    assert website.challenges[0].text in task.title
    assert (task.effort_hours, task.serves) == (8, "website")


def test_a_trial_has_a_cap_a_rule_that_stops_it_a_task_and_a_question():
    draft = owner("dogs").draft
    trial = next(each for each in draft.channels if each.id == "social_adverts")

    assert (trial.use, trial.spend.cap) == ("wanted", 300)
    assert [(rule.threshold, rule.channel) for rule in draft.evaluation if rule.step == 4] == [(900, "social_adverts")]
    assert "try_social_adverts" in [task.id for task in draft.management.tasks]
    assert any("Paid adverts on social networks" in each.text and each.step == 4 for each in draft.questions)


def test_an_interview_that_was_skipped_from_end_to_end_is_valid_and_all_questions():
    company = Known("Nobody & Sons", "GBP", "Europe/London")
    answers: dict[str, Answer] = {}
    while (left := [each for each in hold_interview(Told(answers, company, QUARTER)) if not each.is_answered]) and len(answers) < 99:
        answers[left[0].id] = None
    draft = write(answers, company)

    assert parse_strategy(render_strategy(draft)) == draft
    assert (draft.goals, draft.audiences, draft.channels, draft.management.tasks, draft.content.items) == ((), (), (), (), ())
    assert {each.step for each in draft.questions} == {1, 2, 3, 4, 5, 6, 7, 8}
    assert all(each.owner == STARTED_BY for each in draft.questions)


def test_every_step_that_was_answered_is_filled_as_far_as_the_interview_asks():
    draft = owner("bicycles").draft
    never_asked = {
        "a campaign",
        "items for every campaign",
        "themes",
        "rules for half of the steps",
        "evidence on each",
        "proof of each claim",
        "where each is found",
    }

    assert {words for step in EXPECTED for words in missing_from(draft, step)} <= never_asked


_TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)
_ANSWER = st.one_of(st.none(), _TEXT, st.lists(_TEXT, max_size=3), st.dictionaries(_TEXT, _TEXT, max_size=3))


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from([question.id for question in QUESTIONS]), _ANSWER))
def test_whatever_a_kept_file_holds_a_draft_comes_of_it(answers):
    company = Known("Spoke", "GBP", "Europe/London")
    draft = write(answers, company)

    assert parse_strategy(render_strategy(draft)) == draft
