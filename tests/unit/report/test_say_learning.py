"""Beliefs, tests and trials in sentences: what was believed and by whom, what a test costs and teaches, when a trial stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quarterdeck.report.say_beliefs import price, say_belief, say_belief_shortly, say_score
from quarterdeck.report.say_next_test import say_what_it_costs, say_what_it_teaches, say_what_to_do
from quarterdeck.report.say_try_channel import say_stop_rule, say_trial, say_why_trial
from quarterdeck.report.words import Words
from quarterdeck.response.curves.summary import Summary
from quarterdeck.response.learning.designs import Design
from quarterdeck.response.learning.next_test import NextTest
from quarterdeck.response.learning.trial import Trial
from quarterdeck.response.priors.judged import Score
from quarterdeck.response.priors.priors import ReturnPrior

WORDS = Words(names=(("print", "Newspaper inserts"),))
TODAY = date(2027, 1, 4)
TEST = NextTest(Design("off", "print", 4), date(2027, 1, 11), 0.92, 0.45, 0.91, 0.3, 12.0, 4000.0, 700.0, 300.0)
TRIAL = Trial("social", 100.0, 6, 12.0, True, 0.62, 0.18, 0.8, 0.3, 123.0, -32.0)
SCORE = Score("print", 0.05, Summary(0.02, 0.01, 0.012, 0.02, 0.03, 0.04), 0.97, is_early=False)


def plain(text: str) -> str:
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_what_was_believed_names_its_sources_and_what_each_counted():
    prior = ReturnPrior(1.0, 0.5, "judgement", (("judgement", 0.64), ("published", 0.2), ("default", 0.16)))
    assert plain(say_belief("print", prior)) == (
        "What was believed of print beforehand comes from your judgement (64 %), published figures (20 %) and what your channels have in common (16 %)."
    )
    assert say_belief("print", replace(prior, widened=1.8)).endswith("These contradict each other, so less is taken for known.")
    assert plain(say_belief_shortly(prior)) == "judgement 64 %, published 20 %, common level 16 %"
    assert say_belief("print", ReturnPrior(1.0, 0.5, "default")) == ""
    assert say_belief("print", ReturnPrior(1.0, 0.5, "experiment")).endswith("comes from your own tests.")


@pytest.mark.parametrize(
    ("score", "end"),
    [
        pytest.param(SCORE, "£50 for one lead (in 8 cases of 10 £33 to £83), so you expected too much of it.", id="high"),
        pytest.param(replace(SCORE, rank=0.5), "so your judgement holds.", id="near"),
        pytest.param(replace(SCORE, rank=0.02), "so it does better than you expected.", id="low"),
        pytest.param(replace(SCORE, is_early=True), "too early to hold that against the figures.", id="early"),
    ],
)
def test_a_judgement_is_held_against_the_figures(score: Score, end: str):
    told = say_score(score, "leads", WORDS)
    assert told.startswith("You judged £20 for one lead")
    assert told.endswith(end)


def test_a_return_is_said_as_people_say_it():
    assert price(0.05, "leads", WORDS) == "£20 for one lead"
    assert price(3.1, "revenue", WORDS) == "£310 for £100"
    assert price(0.0, "leads", WORDS) == "more than £10,000 for one lead"


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("off", "Switch newspaper inserts off for four weeks, 11 January to 7 February"),
        ("half", "Halve the money of newspaper inserts for four weeks, 11 January to 7 February"),
        ("double", "Double the money of newspaper inserts for four weeks, 11 January to 7 February"),
        ("on_off", "Switch newspaper inserts off every other week for four weeks, 11 January to 7 February"),
        ("apart", "Give the money of newspaper inserts to search for four weeks, 11 January to 7 February"),
    ],
)
def test_the_test_says_what_to_do_and_when(kind, told: str):
    test = replace(TEST, design=Design(kind, "print", 4, "search" if kind == "apart" else None))
    assert say_what_to_do(test, "newspaper inserts", "search", WORDS, today=TODAY) == told


def test_the_test_says_what_it_teaches_and_what_waiting_would():
    assert plain(say_what_it_teaches(TEST, "print")) == (
        "It halves the doubt about print: 92 % of the answer is belief now, about 45 % would be after it. As many weeks as usual would teach next to nothing."
    )
    assert "takes away 30 % of the doubt" in plain(say_what_it_teaches(replace(TEST, doubt_before=1.0, doubt_after=0.7, doubt_anyway=0.8), "print"))


def test_the_test_says_its_price_and_whether_it_is_worth_it():
    assert say_what_it_costs(TEST, "leads", 60.0, WORDS) == (
        "Expected: about 12 leads fewer, and £4,000 less spent. On balance it costs about £300; what it teaches is worth about £700 in the quarter after it."
    )
    assert "do it for the years after, or not at all" in say_what_it_costs(replace(TEST, worth=10.0), "leads", 60.0, WORDS)
    assert "On balance it even saves about £300" in say_what_it_costs(replace(TEST, costs=-300.0), "leads", 60.0, WORDS)
    assert say_what_it_costs(TEST, "leads", None, WORDS) == "Expected: about 12 leads fewer, and £4,000 less spent."
    assert say_what_it_costs(replace(TEST, loses=0.0, saves=0.0), "leads", 60.0, WORDS) == "It costs next to nothing."


def test_a_trial_says_its_money_its_rule_and_its_chances():
    assert say_trial(TRIAL, "social", WORDS) == "Try social for six weeks with £100 a week, £600 in all"
    assert say_stop_rule(TRIAL, "signups", WORDS) == (
        "Stop after six weeks or £600 if fewer than 12 sign-ups came through it (ask people, or use a code or a link of its own): "
        "the chance that it pays is then 18 %. With as many or more it is 80 %; go on."
    )
    assert "62 %" in say_why_trial(TRIAL, WORDS) and "worth about £155 more than deciding blindly" in say_why_trial(TRIAL, WORDS)


def test_a_trial_without_a_rule_or_without_worth_says_so():
    assert say_stop_rule(replace(TRIAL, chance_to_stop=0.0), "signups", WORDS).startswith("So little money cannot change the answer")
    hopeless = replace(TRIAL, worth=0.0, costs=50.0, pays_before=0.04)
    assert "leave it" in say_why_trial(hopeless, WORDS)
    assert "A trial would change little" in say_why_trial(replace(hopeless, pays_before=0.9), WORDS)
