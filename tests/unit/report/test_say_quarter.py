"""Headings of the quarter, and sentences split where their figures stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from quarterdeck.plan.quarter_plan import Collision, Fix, ObjectiveOutlook, Range
from quarterdeck.report.say_plan import say_outlook
from quarterdeck.report.say_quarter import Pace, course_word, say_days, say_kept, say_money, say_objectives, say_rests_on, split_headline
from quarterdeck.report.say_waiting import say_chance_change, say_cheapest, say_collision, say_expected
from quarterdeck.report.words import Words

POUNDS = Words("GBP", "en_GB", (("seed", "Seed sale"), ("winter", "Winter clearance")))


def outlook(chance: float | None, **more: object) -> ObjectiveOutlook:
    expected = None if chance is None else Range(low=4510.0, expected=4870.0, high=5240.0)
    return ObjectiveOutlook(
        objective="o",
        metric="new_customers",
        target=Decimal(5200),
        due_on=date(2027, 4, 4),
        so_far=None,
        expected=expected,
        chance=chance,
        chance_unchanged=None,
        **more,
    )


def pace(spent: int | None, to_date: int = 1000, **more: bool) -> Pace:
    known = {"is_approved": True, "is_over": False, "has_begun": True} | more
    return Pace(None if spent is None else Decimal(spent), Decimal(4000), Decimal(to_date), 2, **known)


@pytest.mark.parametrize(
    ("chance", "word"), [(0.6, "on course"), (0.599, "at risk"), (0.35, "at risk"), (0.349, "off course"), (0.0, "off course"), (None, "not known")]
)
def test_a_chance_has_a_word(chance, word):
    assert course_word(chance)[0] == word


@pytest.mark.parametrize("chance", [0.21, 0.001, 0.999, 0.5])
def test_the_pieces_of_the_headline_are_the_sentence(chance):
    sentence = say_outlook(outlook(chance), POUNDS)

    parts = split_headline(sentence, outlook(chance), POUNDS)

    assert "".join(part.text for part in parts).replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ") == sentence
    assert [part.look for part in parts if part.look] == ["accent", "aside", course_word(chance)[1]]


def test_a_headline_without_a_forecast_is_one_piece():
    unknown = outlook(None, why_unknown="too little is known")
    assert len(split_headline(say_outlook(unknown, POUNDS), unknown, POUNDS)) == 1
    assert len(split_headline("Nobody can say yet.", None, POUNDS)) == 1


@pytest.mark.parametrize(
    ("chances", "said"),
    [
        ([0.7, 0.2], "Of two objectives, one is on course"),
        ([0.1, 0.2], "Of two objectives, none is on course"),
        ([0.7, 0.8, None], "Of three objectives, two are on course, and of one nobody can say"),
        ([None, None], "Of two objectives, none has a known chance yet"),
        ([0.4], "The objective is at risk"),
        ([None], "The chance of the objective is not known yet"),
        ([], "The strategy has no objective yet"),
    ],
)
def test_objectives_in_a_heading(chances, said):
    assert say_objectives(chances) == said


def test_objectives_of_a_quarter_that_is_over_were_reached_or_not():
    assert say_objectives([1.0, 0.0], is_over=True) == "Of two objectives, one was reached"
    assert say_objectives([0.0, 0.0], is_over=True) == "Of two objectives, none was reached"
    assert say_objectives([1.0], is_over=True) == "The objective was reached"


@pytest.mark.parametrize(
    ("money", "said"),
    [
        (pace(990), "Money is on pace: £990 of £4,000 spent, £10.00 less than planned to date"),
        (pace(1000), "Money is on pace: £1,000 of £4,000 spent, exactly as planned to date"),
        (pace(700), "Money runs behind the plan: £700 of £4,000 spent, £300 less than planned to date"),
        (pace(1400), "Money runs ahead of the plan: £1,400 of £4,000 spent, £400 more than planned to date"),
        (pace(1400, is_over=True), "The money of the quarter is closed: £1,400 of £4,000 spent, £400 more than planned"),
        (pace(None, is_approved=False), "£4,000 is planned for two channels; none of it moves before the plan is approved"),
        (pace(None), "£4,000 is approved for two channels; how much of it is spent is not known yet"),
        (pace(None, has_begun=False), "£4,000 is approved for two channels, and its first week begins"),
    ],
)
def test_the_pace_of_the_money_in_a_heading(money, said):
    assert say_money(money, POUNDS) == said


def test_money_beside_the_channels_is_said_only_where_there_is_some():
    assert say_kept(Decimal(0), Decimal(0), Decimal(0), Decimal(100), POUNDS) == ""
    assert say_kept(Decimal(6000), Decimal(0), Decimal(0), Decimal(9000), POUNDS) == "Beside the channels: £6,000 in reserve; £9,000 in all."


def test_days_in_a_heading():
    assert say_days(0, 0) == "Next 14 days: nothing goes out"
    assert say_days(1, 0) == "Next 14 days: one thing goes out, and nothing collides"
    assert say_days(14, 2) == "Next 14 days: 14 things go out, two of them collide"


def test_what_an_answer_rests_on_is_said_with_its_strength():
    said = {"whose": "your own", "is_forecast": True, "is_settled": False}
    assert say_rests_on(104, date(2027, 1, 3), POUNDS, **said) == ("Forecast from 104 weeks of your own facts, counted up to 3 January 2027", 2)
    assert say_rests_on(20, date(2027, 1, 3), POUNDS, **said)[1] == 1
    assert say_rests_on(0, None, POUNDS, **said)[1] == 1


def test_a_correction_says_what_it_should_bring():
    gain = Range(low=200, expected=1240, high=2300)
    assert say_expected(gain, "new_customers", POUNDS, is_profit=True).startswith(
        "Should bring £1,240 more profit than leaving things as they are (£200 to"
    )
    assert say_expected(gain, "new_customers", POUNDS, is_profit=False).startswith("Should bring 1,240 more new customers than")
    assert say_expected(None, "new_customers", POUNDS, is_profit=True) == ""


def test_a_plan_that_waits_says_what_it_does_to_the_chance():
    assert say_chance_change(0.21, 0.38, POUNDS, is_first=False) == "Your chance goes from 21 % to 38 %."
    assert say_chance_change(None, None, POUNDS, is_first=True).startswith("Nobody can say its chance yet")


def test_a_collision_says_what_collides_and_its_cheapest_way_out():
    day = date(2027, 2, 11)
    fix = Fix(text="Move “Winter clearance” to Monday 8 February.", change={}, cost_hours=Decimal("0.5"))
    collision = Collision(code="PLAN-101", items=("seed", "winter"), first_day=day, last_day=day, sentence="Two in a day.", fixes=(fix,))

    assert say_collision(collision, POUNDS) == "“Seed sale” and “Winter clearance” collide on 11 February 2027"
    assert say_cheapest(collision, POUNDS) == "Cheapest way out: Move “Winter clearance” to Monday 8 February (30 minutes)."
    assert say_cheapest(collision.model_copy(update={"fixes": ()}), POUNDS) == "Somebody must decide which of them gives way."
