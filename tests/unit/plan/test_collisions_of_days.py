"""Collisions with days and hours (104), and of items with the dates of their campaign (108)."""

from __future__ import annotations

from datetime import date

import pytest
from collision_makers import (
    FEBRUARY,
    MARCH,
    MONDAY,
    RULES,
    assert_first_fix_helps,
    clash,
    collisions,
    only,
    without_item,
)
from work_makers import campaign, company, item

from quarterdeck.strategy.changes.patch import apply_changes


@pytest.mark.parametrize(
    ("day", "at", "channel", "reason", "change"),
    [
        pytest.param(date(2027, 3, 26), "10:00", "wall", "a public holiday (Good Friday)", {"on": "2027-03-25"}, id="holiday"),
        pytest.param(MONDAY, "10:00", "site", "a day on which nothing goes out (stocktaking)", {"on": "2027-02-10"}, id="blackout"),
        pytest.param(date(2027, 2, 11), "22:30", "news", "at 22:30 in the quiet hours from 21:00 to 08:00", {"at": "08:00"}, id="quiet_evening"),
        pytest.param(
            date(2027, 2, 11), "21:00", "texts", "at 21:00 in the quiet hours from 21:00 to 08:00", {"at": "08:00"}, id="first_quiet_minute"
        ),
        pytest.param(
            MONDAY,
            "07:59",
            "news",
            "a day on which nothing goes out (stocktaking) and at 07:59 in the quiet hours from 21:00 to 08:00",
            {"on": "2027-02-10", "at": "08:00"},
            id="both",
        ),
    ],
)
def test_nothing_goes_out_on_closed_days_or_in_quiet_hours(day, at, channel, reason, change):
    strategy = company(items=[item("mail", day, at=at, channel=channel)], rules=RULES)
    found = only(strategy, "PLAN-104")
    assert found.sentence.endswith(f", {reason}.")
    assert found.fixes[0].change == {f"content.items[mail].deliver.{field}": value for field, value in change.items()}
    assert collisions(without_item(strategy, "mail")) == ()
    assert_first_fix_helps(strategy)


@pytest.mark.parametrize(("at", "channel"), [("08:00", "news"), ("20:59", "news"), ("23:00", "wall"), ("03:00", "site")])
def test_quiet_hours_end_on_the_minute_and_are_for_what_reaches_a_person(at, channel):
    assert collisions(company(items=[item("mail", date(2027, 2, 11), at=at, channel=channel)], rules=RULES)) == ()


def test_quiet_hours_are_the_readers():
    strategy = company(items=[item("mail", date(2027, 2, 11), at="20:30", zone="America/New_York")], rules=RULES)
    assert collisions(strategy) == ()


@pytest.mark.parametrize(
    ("day", "move", "stretch"),
    [
        pytest.param(date(2027, 1, 29), "2027-02-01", ("starts_on", "2027-01-29"), id="too_early"),
        pytest.param(date(2027, 3, 9), "2027-03-05", ("ends_on", "2027-03-09"), id="too_late"),
    ],
)
def test_an_item_goes_out_while_its_campaign_runs(day, move, stretch):
    strategy = company(items=[item("mail", day, campaign="spring")], campaigns=[campaign("spring", *FEBRUARY)])
    found = only(strategy, "PLAN-108")
    assert found.items == ("mail", "spring")
    assert [fix.change for fix in found.fixes[:2]] == [{"content.items[mail].deliver.on": move}, {f"campaigns[spring].{stretch[0]}": stretch[1]}]
    assert collisions(without_item(strategy, "mail")) == ()
    for fix in found.fixes[:2]:
        assert collisions(apply_changes(strategy, fix.change)) == ()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((date(2026, 2, 1), date(2026, 2, 28)), ("Tuesday 9 March 2027, ", "runs from 1 February to 28 February 2026.")),
        ((date(2026, 12, 1), date(2027, 1, 31)), ("Tuesday 9 March 2027, ", "runs from 1 December 2026 to 31 January 2027.")),
        ((date(2027, 2, 1), date(2027, 2, 28)), ("Tuesday 9 March, ", "runs from 1 February to 28 February.")),
    ],
    ids=["another year", "over the turn of the year", "the same year"],
)
def test_years_are_said_where_the_campaign_is_of_another_one_than_the_day(days, said):
    found = only(company(items=[item("mail", date(2027, 3, 9), campaign="spring")], campaigns=[campaign("spring", *days)]), "PLAN-108")
    assert all(words in found.sentence for words in said)


def test_a_campaign_is_not_stretched_into_another_collision():
    items = [item("mail", date(2027, 3, 9), campaign="spring")]
    strategy = clash((date(2027, 2, 1), date(2027, 2, 28)), MARCH, items=tuple(items))
    assert all("ends_on" not in place for fix in only(strategy, "PLAN-108").fixes for place in fix.change)
