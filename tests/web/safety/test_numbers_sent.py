"""Numbers that a browser sends: whatever stands there, it is a number that there is or the one that is meant without it."""

from __future__ import annotations

import pytest

from quarterdeck.web.whole_number import whole_number


@pytest.mark.parametrize("text", ["", " ", "-1", "1.0", "²", "９", "1_000", "1e3", "9" * 10, "9" * 5_000, "x"])
def test_what_is_no_number_counts_as_what_is_meant_without_one(text):
    assert whole_number(text, 7) == 7


@pytest.mark.parametrize("text", ["0", "12", "007", "999999999"])
def test_digits_are_the_number(text):
    assert whole_number(text) == int(text)


def test_a_row_that_says_it_was_at_an_endless_place_is_a_new_one(empty, browser_of):
    browser = browser_of()
    root = "/w/north-bakery/strategy/"
    browser.post(f"{root}start/", {"from": "shop"})
    from quarterdeck.ledger.models import Revision
    from quarterdeck.operations.strategy.save_strategy import strategy_of

    strategy = strategy_of(Revision.objects.get())
    objective = next(each for each in strategy.objectives if each.milestones)
    sent = {"milestones.rows": "1", "milestones.0.was": "9" * 5_000, "milestones.0.value": "7", "milestones.0.by": "2027-02-01"}

    answer = browser.post(f"{root}step/1/objectives/{objective.id}/check/", sent)

    assert answer.status_code == 200
