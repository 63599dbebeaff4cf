"""Money, counts, dates and chances are written as the company's people write them; the answer is always three sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from quarterdeck.plan.quarter_plan import ObjectiveOutlook, Range
from quarterdeck.report.say_answer import Situation, say_answer
from quarterdeck.report.say_plan import say_outlook
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy

POUNDS, DOLLARS, EUROS = Words("GBP", "en_GB"), Words("USD", "en_US"), Words("EUR", "de_DE")


def outlook(chance, low=4510.0, expected=4870.0, high=5240.0, **more):
    return ObjectiveOutlook(
        objective="o",
        metric="new_customers",
        target=Decimal(5200),
        due_on=date(2027, 4, 4),
        so_far=None,
        expected=Range(low=low, expected=expected, high=high),
        chance=chance,
        chance_unchanged=None,
        **more,
    )


@pytest.mark.parametrize(
    ("words", "amount", "said"),
    [
        pytest.param(POUNDS, 1200, "£1,200", id="pounds"),
        pytest.param(POUNDS, Decimal("12.5"), "£12.50", id="pence_below_a_hundred"),
        pytest.param(POUNDS, 0, "£0", id="nothing"),
        pytest.param(POUNDS, -3400, "\N{MINUS SIGN}£3,400", id="a_true_minus"),
        pytest.param(DOLLARS, 72051457.64, "$72.1M", id="millions"),
        pytest.param(DOLLARS, 9_999_999, "$9,999,999", id="just_below_millions"),
    ],
)
def test_money_reads_as_people_write_it(words, amount, said):
    assert words.money(amount) == said


@pytest.mark.parametrize(
    ("value", "metric", "figure", "named"),
    [
        pytest.param(4870, "new_customers", "4,870", "4,870 new customers", id="a_count"),
        pytest.param(72400, "revenue", "£72,400", "£72,400 of revenue", id="money"),
        pytest.param(2, "response_time", "2 hours", "a response time of 2 hours", id="hours"),
        pytest.param(1, "response_time", "1 hour", "a response time of 1 hour", id="one_hour"),
        pytest.param(2.5, "site_speed", "2.5 seconds", "a site speed of 2.5 seconds", id="half_a_second_is_not_lost"),
        pytest.param(14, "cost_per_customer", "£14.00", "a cost per new customer of £14.00", id="money_a_piece"),
        pytest.param(42, "nps", "42", "a net promoter score of 42", id="a_score"),
        pytest.param(42, "average_order_value", "£42.00", "an average order value of £42.00", id="an"),
    ],
)
def test_a_figure_has_its_unit_and_reads_as_a_sentence(value, metric, figure, named):
    assert POUNDS.amount(value, metric) == figure
    assert POUNDS.with_unit(value, metric) == named


def test_names_are_joined_in_the_language_of_the_sentence_around_them():
    assert Words("PLN", "pl_PL").join(["Site", "Search", "Radio"]) == "Site, Search and Radio"


def test_money_and_dates_follow_the_locale():
    assert EUROS.money(1200).replace("\N{NO-BREAK SPACE}", " ") == "1.200 €"
    assert EUROS.day(date(2027, 4, 4)) == "4. April 2027"
    assert POUNDS.day(date(2027, 4, 4)) == "4 April 2027"


def test_the_locale_comes_from_language_and_market():
    german = Strategy.model_validate({"company": {"name": "Laden", "currency": "EUR", "markets": ["DE"], "languages": ["de"]}})
    odd = Strategy.model_validate({"company": {"name": "Odd", "currency": "EUR", "markets": ["ZZ"], "languages": ["xx"]}})

    assert Words.of(german).locale == "de_DE"
    assert Words.of(odd).locale == "en_GB"


@pytest.mark.parametrize(("chance", "said"), [(None, "not known"), (0.0, "under 1 %"), (0.213, "21 %"), (0.999, "over 99 %")])
def test_no_chance_is_said_to_be_certain(chance, said):
    assert POUNDS.chance(chance) == said


def test_gains_and_losses_carry_their_sign():
    assert POUNDS.signed(34, "new_customers") == "+34"
    assert POUNDS.signed(-58.2, "new_customers") == "\N{MINUS SIGN}58"
    assert POUNDS.signed(0.2, "new_customers") == "0"


@pytest.mark.parametrize(
    ("chance", "start"),
    [
        (0.95, "You will very probably reach"),
        (0.7, "You will probably reach"),
        (0.5, "It is open whether you reach"),
        (0.21, "You will probably miss"),
        (0.05, "You will very probably miss"),
    ],
)
def test_an_outlook_says_how_likely_the_target_is(chance, start):
    said = say_outlook(outlook(chance), POUNDS)

    assert said.startswith(start)
    assert "4,510 to 5,240" in said and "5,200 new customers" in said


def test_an_outlook_of_a_quarter_that_is_over_is_no_forecast():
    assert say_outlook(outlook(0.0, 4299.0, 4299.0, 4299.0), POUNDS) == "You missed the target of 5,200 new customers: 4,299 were counted."


def test_an_unknown_chance_says_why():
    unknown = ObjectiveOutlook(
        objective="o",
        metric="nps",
        target=Decimal(40),
        due_on=date(2027, 4, 4),
        so_far=None,
        expected=None,
        chance=None,
        chance_unchanged=None,
        why_unknown="too few weeks of it are known",
    )

    assert "too few weeks of it are known" in say_outlook(unknown, POUNDS)


def test_without_a_strategy_the_answer_is_three_sentences_with_a_way_on():
    nothing = Situation(strategy=None, weeks_of_facts=0, plan=None, is_approved=False, review=None, waiting=0, next_due=None)

    assert len(say_answer(nothing)) == 3
    assert all(sentence.endswith(".") for sentence in say_answer(nothing))
