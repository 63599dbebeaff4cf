"""Collisions: each is found and said, goes when one of the two goes, and goes when its first fix is applied; a clean strategy has none. Here: too often."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from collision_makers import (
    MONDAY,
    TWO_A_WEEK,
    busy,
    collisions,
    only,
    without_item,
)
from work_makers import campaign, company, item, person, task


def test_a_clean_strategy_has_no_collisions():
    strategy = company(
        [person("mira", "copy"), person("tom", "design")],
        [task("text", "8", skills=["copy"], due=date(2027, 1, 15)), task("art", "12", after=["text"])],
        items=[
            item("mail", MONDAY, campaign="spring", needs=["text", "art"]),
            item("note", date(2027, 2, 15), channel="texts", campaign="spring"),
            item("night-post", date(2027, 2, 15), at="23:00", channel="wall"),
        ],
        campaigns=[
            campaign(
                "spring",
                date(2027, 2, 1),
                date(2027, 2, 28),
                channels=["search", "news"],
                keywords=["garden tools"],
                offer="tenth",
                audiences=["gardeners"],
            ),
            campaign(
                "easter", date(2027, 3, 1), date(2027, 3, 31), channels=["search"], keywords=["garden tools"], offer="gift", audiences=["gardeners"]
            ),
        ],
        offers=[{"id": "tenth", "text": "10 % off", "excludes": ["gift"]}, {"id": "gift", "text": "A gift"}],
        rules={
            **TWO_A_WEEK,
            "quiet_hours": {"first": "21:00", "last": "08:00"},
            "blackouts": [{"first_day": date(2027, 2, 20), "last_day": date(2027, 2, 21), "reason": "stocktaking"}],
        },
    )
    assert collisions(strategy) == ()


def test_an_empty_company_has_none():
    assert collisions(company()) == ()


def test_a_third_message_in_seven_days_is_one_too_many_across_channels():
    found = only(busy(0, 2, 6), "PLAN-101")
    assert found.items == ("m0", "m1", "m2")
    assert (found.first_day, found.last_day) == (MONDAY, date(2027, 2, 14))
    assert found.sentence == (
        "Gardeners would get three messages from 8 February to 14 February, and at most two are allowed in seven days: "
        "“M0” (Newsletter, Monday 8 February), “M1” (Text messages, Wednesday 10 February) "
        "and “M2” (Newsletter, Sunday 14 February)."
    )


@pytest.mark.parametrize("name", ["m0", "m1", "m2"])
def test_without_any_one_of_the_messages_it_is_not_too_often(name):
    assert collisions(without_item(busy(0, 2, 6), name)) == ()


def test_the_window_rolls_and_the_eighth_day_is_free():
    assert collisions(busy(0, 2, 7)) == ()
    assert collisions(busy(4, 5, 10)) != ()


def test_other_audiences_and_channels_do_not_count():
    items = [item("a", MONDAY), item("b", MONDAY), item("c", MONDAY, audience="families"), item("d", MONDAY, channel="wall")]
    assert collisions(company(items=items, rules=TWO_A_WEEK)) == ()


def test_a_burst_gives_one_collision_for_each_message_too_many():
    assert [each.items for each in collisions(busy(0, 1, 2, 3))] == [("m0", "m1", "m2"), ("m0", "m1", "m3")]


def test_ways_out_of_too_often_are_of_different_kinds_and_cheapest_first():
    move, channel, merge = only(busy(0, 1, 2), "PLAN-101").fixes
    assert (move.text, move.change) == ("Move “M2” to Monday 15 February.", {"content.items[m2].deliver.on": "2027-02-15"})
    assert channel.change == {"content.items[m2].channel": "wall"}
    assert (merge.text, merge.change) == ("Make one message of “M1” and “M2”.", {})
    assert [fix.cost_hours for fix in (move, channel, merge)] == sorted(fix.cost_hours for fix in (move, channel, merge))


def test_a_proposed_day_is_free_of_every_other_collision():
    rules = {**TWO_A_WEEK, "blackouts": [{"first_day": date(2027, 2, 15), "last_day": date(2027, 2, 16), "reason": "stocktaking"}]}
    strategy = busy(0, 1, 2, rules=rules)
    found = only(strategy, "PLAN-101", holidays={date(2027, 2, 17): "a day off", date(2027, 2, 5): "another"})
    # The 15th to the 17th are closed, the 5th is a holiday; the 4th lies six days before the 10th and keeps both windows at two.
    assert found.fixes[0].change == {"content.items[m2].deliver.on": "2027-02-18"}


def test_what_has_gone_out_is_neither_complained_about_nor_moved():
    strategy = busy(0, 1, 2)
    assert collisions(strategy, as_of=MONDAY + timedelta(days=2)) == ()
    half_gone = only(strategy, "PLAN-101", as_of=MONDAY + timedelta(days=1))
    assert all("m2" in place for fix in half_gone.fixes for place in fix.change)
