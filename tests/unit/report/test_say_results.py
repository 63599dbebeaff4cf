"""Results in sentences."""

from __future__ import annotations

from datetime import date

import pytest

from quarterdeck.facts.tracking_audit import TrackingFault
from quarterdeck.plan.quarter_plan import Range
from quarterdeck.report.say_channels import Bringing, how_sure, in_sentence, price_of_one, return_of_hundred, say_channels
from quarterdeck.report.say_results import days_in_words, say_counted, say_lost_days, say_missing
from quarterdeck.report.weekly import Against, Weekly, against
from quarterdeck.report.words import Words

TODAY = date(2027, 2, 1)
WORDS = Words()
THIN = "\N{NARROW NO-BREAK SPACE}%"


def test_the_finding_says_what_was_counted_beside_the_plan_and_the_year_before():
    said = say_counted("new_customers", 891, 4, WORDS, plan=Against(891, 1314, 4), year=Against(891, 1087, 4))

    assert said == f"New customers are 891 in four weeks: 423 fewer than planned, 18{THIN} fewer than a year ago."


def test_money_is_less_and_a_price_is_lower():
    assert "£2,000 less than planned" in say_counted("revenue", 8000, 2, WORDS, plan=Against(8000, 10_000, 2), year=None)
    assert f"10{THIN} lower than a year ago" in say_counted("average_order_value", 90, 2, WORDS, plan=None, year=Against(90, 100, 2))


def test_a_comparison_over_fewer_weeks_says_so():
    said = say_counted("orders", 100, 4, WORDS, plan=Against(40, 60, 2), year=None)

    assert said == "Orders are 100 in four weeks: 20 fewer than planned over the two weeks that have a plan."


def test_without_anything_to_compare_with_only_the_count_is_said():
    assert say_counted("orders", 7, 1, WORDS, plan=None, year=None, past="Q4 2026") == "Orders were 7 in Q4 2026."


def test_what_was_lost_is_added_and_held_against_the_plan():
    said = say_missing("new_customers", 891, 388, Against(891, 1314, 4), WORDS)

    assert said == "About 388 more happened and were not counted; with them it would be about 1,280, 35 fewer than planned."


@pytest.mark.parametrize(
    ("kind", "known_until", "expected"),
    [
        pytest.param(
            "partly_recorded", TODAY, f"Between 18 and 25 January only 9{THIN} of the usual orders were counted; since then it works.", id="over"
        ),
        pytest.param("nothing_recorded", TODAY, "Between 18 and 25 January no orders were counted; since then it works.", id="nothing"),
        pytest.param(
            "not_over", date(2027, 1, 25), f"Since 18 January only 9{THIN} of the usual orders were counted, and it has not come back.", id="open"
        ),
        pytest.param(
            "not_over",
            date(2027, 1, 26),
            f"Between 18 and 25 January only 9{THIN} of the usual orders were counted; whether that was a fault cannot be told yet.",
            id="too_early",
        ),
    ],
)
def test_lost_days_are_said_with_what_came_after(kind, known_until, expected):
    fault = TrackingFault(date(2027, 1, 18), date(2027, 1, 25), kind, 0.09, 850.0, 1e-9)

    assert say_lost_days(["Orders"], fault, WORDS, today=TODAY, known_until=known_until) == expected


def test_days_name_their_year_only_where_it_is_another():
    assert days_in_words(date(2027, 1, 4), date(2027, 1, 31), WORDS, today=TODAY) == "4 to 31 January"
    assert days_in_words(date(2026, 12, 28), date(2027, 1, 3), WORDS, today=TODAY) == "28 December 2026 to 3 January"
    assert days_in_words(date(2027, 1, 4), date(2027, 1, 31), Words("USD", "en_US"), today=TODAY) == "January 4 to January 31"


def test_a_week_that_is_not_known_is_never_nothing():
    assert Weekly((None, None)).total() is None
    assert Weekly((0.0, None)).total() == 0.0
    assert against(Weekly((1.0, None)), Weekly((None, 2.0))) is None


def test_a_ratio_over_weeks_is_total_by_total():
    ratio = Weekly((100.0, 300.0, None)).per(Weekly((10.0, 10.0, 5.0)))

    assert ratio.values == (10.0, 30.0, None)
    assert ratio.total() == pytest.approx(20.0)
    assert Weekly((5.0,)).per(Weekly((0.0,))).total() is None


def test_the_channel_that_brings_most_is_named_and_so_is_what_cannot_be_told():
    search = Bringing("search", Range(low=200, expected=250, high=300), 0.97)
    print_ = Bringing("newspaper inserts", Range(low=10, expected=30, high=60), 0.4)

    assert say_channels([print_, search]) == "Search brings the most; whether newspaper inserts pay cannot be told yet."


def test_where_ranges_overlap_it_is_said_to_be_probable():
    one = Bringing("search", Range(low=20, expected=250, high=300), None)
    other = Bringing("radio", Range(low=10, expected=30, high=60), None)

    assert say_channels([one, other]) == "Search probably brings the most."


def test_names_of_kinds_are_small_within_a_sentence_and_brands_are_not():
    assert in_sentence("Newspaper inserts", "print") == "newspaper inserts"
    assert [in_sentence(name, kind) for name, kind in (("TV", "tv"), ("Facebook", "social"), ("Google Ads", "search_ads"), ("X", "social"))] == [
        "TV",
        "Facebook",
        "Google Ads",
        "X",
    ]


def test_prices_are_none_where_nothing_was_spent_and_open_where_nothing_may_have_come():
    assert price_of_one(0.0, Range(low=1, expected=2, high=3), WORDS) is None
    assert price_of_one(100.0, Range(low=0, expected=2, high=4), WORDS) == ("£50", "£25 to any amount")
    assert return_of_hundred(50.0, Range(low=10, expected=100, high=200), WORDS) == ("£200", "£20 to £400")


def test_strength_follows_tests_first_and_then_the_companys_own_weeks():
    assert [how_sure(share, is_tested=tested)[1] for share, tested in ((0.9, True), (0.3, False), (0.8, False), (None, False))] == [3, 2, 1, 1]
