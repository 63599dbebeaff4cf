"""Collisions of campaigns: offers that exclude each other (102) and keywords that both bid on (103)."""

from __future__ import annotations

from datetime import date

import pytest
from collision_makers import (
    FEBRUARY,
    MARCH,
    assert_first_fix_helps,
    clash,
    collisions,
    only,
    without_campaign,
)
from work_makers import campaign, company, item

from quarterdeck.plan.quarter_plan import BudgetLine
from quarterdeck.strategy.document import Strategy


def test_offers_that_exclude_each_other_may_not_meet_before_the_same_people():
    found = only(clash(FEBRUARY, MARCH), "PLAN-102")
    assert found.sentence == (
        "“Spring” offers “10 % off” and “Easter” offers “A gift” to gardeners from 1 March to 7 March; these offers must not meet."
    )
    assert found.fixes[0].change == {"campaigns[spring].ends_on": "2027-02-28"}
    assert len(found.fixes) >= 2


@pytest.mark.parametrize(
    "strategy",
    [
        pytest.param(clash(FEBRUARY, (date(2027, 3, 8), date(2027, 3, 31))), id="one_after_the_other"),
        pytest.param(clash(FEBRUARY, MARCH, ("gardeners",), ("families",)), id="different_people"),
        pytest.param(without_campaign(clash(FEBRUARY, MARCH), "easter"), id="only_one"),
        pytest.param(without_campaign(clash(FEBRUARY, MARCH), "spring"), id="only_the_other"),
        pytest.param(clash((date(2026, 11, 1), date(2026, 12, 31)), (date(2026, 12, 1), date(2027, 1, 3))), id="before_the_quarter"),
    ],
)
def test_offers_that_do_not_meet_are_left_alone(strategy):
    assert collisions(strategy) == ()


def test_a_campaign_without_audiences_speaks_to_everybody():
    assert only(clash(FEBRUARY, MARCH, (), ("families",)), "PLAN-102").items == ("spring", "easter")


def test_a_campaign_that_cannot_be_cut_is_moved_with_its_items():
    items = (
        item("early", date(2027, 2, 2), campaign="easter"),
        item("end", date(2027, 2, 26), campaign="spring"),
        item("on", date(2027, 2, 5), campaign="spring"),
    )
    strategy = clash((date(2027, 2, 1), date(2027, 2, 28)), (date(2027, 2, 1), date(2027, 2, 10)), items=items)
    found = only(strategy, "PLAN-102")
    assert found.items == ("easter", "spring")
    assert found.fixes[0].change == {
        "campaigns[spring].starts_on": "2027-02-15",
        "campaigns[spring].ends_on": "2027-03-14",
        "content.items[on].deliver.on": "2027-02-19",
        "content.items[end].deliver.on": "2027-03-12",
    }
    assert_first_fix_helps(strategy)


def bidders(first: list[str], second: list[str], channels: tuple[str, str] = ("search", "search")) -> Strategy:
    return company(
        campaigns=[
            campaign("spring", *FEBRUARY, channels=[channels[0]], keywords=first),
            campaign("easter", *MARCH, channels=[channels[1]], keywords=second),
        ]
    )


def test_two_campaigns_may_not_bid_on_one_keyword_whatever_its_case_and_spaces():
    found = only(bidders(["Garden  Tools", "rake"], ["spade", " garden tools"]), "PLAN-103")
    assert found.sentence == ("“Spring” and “Easter” both bid on “Garden  Tools” in Google Ads from 1 March to 7 March and raise each other's price.")
    assert found.fixes[0].change == {"campaigns[easter].keywords": '["spade"]'}


@pytest.mark.parametrize(
    "strategy",
    [
        pytest.param(bidders(["rake"], ["spade"]), id="different_words"),
        pytest.param(bidders(["rake"], ["rake"], ("search", "posters")), id="not_the_same_channel"),
        pytest.param(bidders(["rake"], ["rake"], ("posters", "posters")), id="no_bidding_there"),
        pytest.param(without_campaign(bidders(["rake"], ["rake"]), "easter"), id="only_one"),
    ],
)
def test_keywords_that_do_not_meet_are_left_alone(strategy):
    assert collisions(strategy) == ()


def test_the_campaign_that_keeps_other_words_gives_way():
    assert only(bidders(["rake", "hoe"], ["rake"]), "PLAN-103").fixes[0].change == {"campaigns[spring].keywords": '["hoe"]'}


@pytest.mark.parametrize(("week", "found"), [(date(2027, 2, 8), 0), (date(2027, 3, 1), 1)])
def test_a_campaign_without_money_in_those_weeks_does_not_bid(week, found):
    lines = [
        BudgetLine(channel="search", campaign="spring", week=week, amount="100"),
        BudgetLine(channel="search", campaign="easter", week=MARCH[0], amount="50"),
    ]
    assert len(collisions(bidders(["rake"], ["rake"]), budget_lines=lines)) == found
