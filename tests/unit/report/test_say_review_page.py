"""The first sentence of a review names the gap and what explains it; each cause says what can be done about it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from quarterdeck.plan.quarter_plan import Range
from quarterdeck.report.say_review_page import say_beside, say_headline, say_verdicts
from quarterdeck.report.say_ways import say_ways
from quarterdeck.report.words import Words
from quarterdeck.review.record import CauseFound, ChannelVerdict, Review, ReviewWeek

WORDS = Words(names=(("print", "Newspaper inserts"), ("search", "Search"), ("press", "Local press"), ("video", "Digital video")))
MONDAY = date(2027, 1, 4)


def review(causes, planned=1000.0, weeks=4, chance=0.0, material=True):
    found = [
        CauseFound(code=code, kind=code.partition(":")[0], subject=code.partition(":")[2] or None, amount=amount, is_material=material)
        for code, amount in causes
    ]
    found.append(CauseFound(code="chance", kind="chance", subject=None, amount=chance))
    counted = planned + sum(cause.amount for cause in found)
    span = Range(low=counted - 50, expected=counted, high=counted + 50)
    rows = [
        ReviewWeek(week=MONDAY + timedelta(weeks=n), planned=planned / weeks, as_spent=span, counted=counted / weeks, recorded=1.0)
        for n in range(weeks)
    ]
    return Review(
        company="Harbour", quarter=MONDAY, as_of=MONDAY + timedelta(weeks=weeks, days=-1), plan="p", metric="new_customers", facts="f", weeks=tuple(rows),
        planned=planned, as_spent=span, counted=counted, causes=tuple(found), as_spent_error=0.1, weeks_covered=4, channels=(), outlook=(), corrections=(),
    )  # fmt: skip


def headline(*causes, **of):
    said = say_headline(review(causes, **of), WORDS)
    return f"{said.before}{said.figure}{said.after}"


@pytest.mark.parametrize(
    ("causes", "said"),
    [
        ((("tracking", -80.0), ("context:cold", -20.0)), "100 new customers behind plan, and orders that were not counted explain most of it."),
        (
            (("effect:print", -60.0), ("demand", -40.0)),
            "100 new customers behind plan, and Newspaper inserts, which worked worse, explain more than half of it.",
        ),
        ((("effect:press", -100.0),), "100 new customers behind plan, and Local press, which worked worse, explains all of it."),
        ((("late:video", -40.0), ("spend:search", -30.0), ("demand", -30.0)), "and late work on Digital video explains the largest part of it."),
        (
            (("effect:search", 150.0), ("demand", -50.0)),
            "100 new customers ahead of plan, and Search, which worked better, explains more than all of it.",
        ),
        ((("context:cold", -60.0), ("context:price", -40.0)), "and season and context explain all of it."),
    ],
)
def test_the_largest_cause_on_the_side_of_the_gap_is_named_with_its_share(causes, said):
    assert headline(*causes).startswith("After four weeks you are ")
    assert said in headline(*causes)


def test_without_a_gap_nothing_is_blamed():
    assert headline(("demand", 2.0)) == "After four weeks you are where the plan said: 1,002 new customers were counted."


def test_a_gap_that_chance_can_explain_says_so():
    assert headline(("demand", -70.0), material=False).endswith("and no single cause is large enough to be more than noise.")


def test_one_week_is_one_week():
    assert headline(("tracking", -80.0), weeks=1).startswith("After one week you are 80 new customers behind plan")


def test_what_worked_against_the_gap_stands_beside_it():
    beside = say_beside(review((("tracking", -80.0), ("effect:search", 30.0))), WORDS)

    assert beside[:2] == ("950 instead of 1,000.", "Search, which worked better, won 30 back.")


def test_ones_own_prices_are_ones_own_to_decide_and_the_weather_is_not():
    own, weather = (say_ways(review(((code, -80.0),)), WORDS)[0].text for code in ("context:own_price_index", "context:temperature"))

    assert own.endswith("It is yours to decide.")
    assert weather.endswith("It is not your doing.")


def test_causes_too_small_to_judge_share_a_line():
    ways = say_ways(review((("effect:search", -30.0), ("demand", 10.0)), material=False, chance=4.0), WORDS)

    assert [way.code for way in ways] == [None, "chance"]
    assert ways[0].text == "come to \N{MINUS SIGN}20 together. No single one is far enough off to judge."


def verdict(channel, word):
    span = Range(low=1.0, expected=2.0, high=3.0)
    return ChannelVerdict(
        channel=channel, planned_spend=1, spent=1, planned_result=1.0, brought=span, rule=None, verdict=word, chance_rule_met=None, sentence=""
    )


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ((), "No channel was judged"),
        ((("search", "too_early"),), "It is too early to judge Search"),
        ((("search", "too_early"), ("print", "too_early")), "It is too early to judge any channel"),
        (
            (("search", "keep"), ("print", "stop"), ("video", "too_early")),
            "Keep Search, stop Newspaper inserts; it is too early to judge the other one",
        ),
        ((("search", "keep"), ("print", "change")), "Keep Search, change Newspaper inserts"),
    ],
)
def test_verdicts_are_said_in_one_sentence(verdicts, said):
    assert say_verdicts(tuple(verdict(*each) for each in verdicts), WORDS) == said
