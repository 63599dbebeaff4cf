"""Rules of step 7 are held against what was counted, where that can be done; promises are kept or not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from quarterdeck.kernel.periods import Quarter
from quarterdeck.review.rules import judge_rules
from quarterdeck.strategy.parts.management import Evaluation

QUARTER = Quarter(date(2027, 1, 4))
SUNDAY = date(2027, 1, 31)
A_WEEK = {"new_customers": 100.0, "revenue": 5000.0, "spend": 900.0}


def total_up_to(as_of):
    def total(metric, day):
        weeks = [week for week in QUARTER.weeks if week + timedelta(days=6) <= min(day, as_of)]
        return (A_WEEK[metric] * len(weeks), weeks[-1] + timedelta(days=6)) if weeks and metric in A_WEEK else None

    return total


def judge(as_of=QUARTER.last_day, **rule):
    found = judge_rules([Evaluation(step=1, question="Was it so?", **rule)], QUARTER, as_of=as_of, review=None, total=total_up_to(as_of))
    return found[0]


@pytest.mark.parametrize(("threshold", "is_met"), [("400", True), ("401", False)])
def test_a_total_is_held_against_its_mark_on_the_day(threshold, is_met):
    judged = judge(metric="new_customers", threshold=Decimal(threshold), on=date(2027, 2, 1))

    assert (judged.how, judged.fact, judged.is_met, judged.until) == ("counted", 400.0, is_met, SUNDAY)


def test_less_is_better_where_the_metric_says_so():
    assert judge(metric="spend", threshold=Decimal(12000)).is_met is True
    assert judge(metric="spend", threshold=Decimal(11000)).is_met is False


def test_a_rule_of_a_day_to_come_waits_and_one_of_the_monday_after_does_not():
    assert judge(as_of=SUNDAY, metric="new_customers", threshold=Decimal(1), on=date(2027, 3, 1)).how == "later"
    assert judge(as_of=SUNDAY, metric="new_customers", threshold=Decimal(1), on=date(2027, 2, 1)).how == "counted"


@pytest.mark.parametrize(
    "rule",
    [
        {"metric": "nps", "threshold": Decimal(45)},
        {"metric": "orders", "threshold": Decimal(80)},
        {"metric": "new_customers"},
        {"metric": "new_customers", "threshold": Decimal(80), "channel": "email"},
        {"metric": "cost_per_customer", "threshold": Decimal(80)},
        {"metric": "smiles", "threshold": Decimal(80)},
        {},
    ],
    ids=["score", "not_counted", "no_mark", "of_a_channel", "no_review", "unknown", "words_alone"],
)
def test_what_no_figure_can_say_is_asked(rule):
    judged = judge(**rule)

    assert (judged.how, judged.is_met, judged.fact) == ("words", None, None)
