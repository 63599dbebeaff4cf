"""The headline of a draft beside the strategy says what a reader can see in the figures below it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from quarterdeck.plan.quarter_plan import ObjectiveOutlook
from quarterdeck.report.say_draft import say_draft
from quarterdeck.report.words import Words

WORDS = Words("GBP")


def _outlook(metric: str, chance: float | None, target: str = "4500") -> ObjectiveOutlook:
    return ObjectiveOutlook(
        objective=metric,
        metric=metric,
        target=Decimal(target),
        due_on=date(2027, 4, 4),
        so_far=None,
        expected=None,
        chance=chance,
        chance_unchanged=None,
    )


def _said(*pairs: tuple[ObjectiveOutlook | None, ObjectiveOutlook | None]) -> str:
    return " ".join(say_draft("Cheaper", list(pairs), WORDS).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ").split())


def test_chances_that_read_the_same_are_called_the_same() -> None:
    pair = (_outlook("new_customers", 0.404), _outlook("new_customers", 0.396))
    assert _said(pair) == "“Cheaper” leaves the chance of new customers at 40 %."


def test_a_step_across_a_rounded_figure_is_told() -> None:
    pair = (_outlook("new_customers", 0.396), _outlook("new_customers", 0.436))
    assert _said(pair) == "“Cheaper” raises the chance of new customers from 40 % to 44 %."


def test_the_objective_that_differs_most_is_told_after_the_first() -> None:
    first = (_outlook("new_customers", 0.40), _outlook("new_customers", 0.40))
    some = (_outlook("revenue", 0.46), _outlook("revenue", 0.50))
    most = (_outlook("orders", 0.58), _outlook("orders", 0.52))
    assert _said(first, some, most) == "“Cheaper” leaves the chance of new customers at 40 %, and lowers that of orders from 58 % to 52 %."


def test_a_hair_more_elsewhere_is_not_told() -> None:
    first = (_outlook("new_customers", 0.40), _outlook("new_customers", 0.50))
    hair = (_outlook("orders", 0.52), _outlook("orders", 0.54))
    assert _said(first, hair) == "“Cheaper” raises the chance of new customers from 40 % to 50 %."


def test_another_target_is_named_with_the_chance() -> None:
    pair = (_outlook("new_customers", 0.40), _outlook("new_customers", 0.60, "4000"))
    assert _said(pair) == "“Cheaper” raises the chance of new customers from 40 % to 60 %, with a target of 4,000 in place of 4,500."


def test_what_nobody_knows_is_not_compared() -> None:
    assert _said((_outlook("orders", 0.5), None)) == "“Cheaper” has not been planned yet."
    assert _said((_outlook("orders", None), _outlook("orders", 0.5))).startswith("Nobody can say yet")
