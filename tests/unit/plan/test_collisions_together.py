"""Collisions in any mess: every change that is proposed removes one and brings no other."""

from __future__ import annotations

from datetime import timedelta

from collision_makers import (
    OFFERS,
    RULES,
    TWO_A_WEEK,
    collisions,
    keys,
    work_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from work_makers import QUARTER, campaign, company, item, person, task

from quarterdeck.plan.quarter_plan import Fix
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.document import Strategy


@st.composite
def messy(draw: st.DrawFn) -> Strategy:
    days = st.integers(0, 90).map(lambda day: QUARTER.first_day + timedelta(days=day))
    campaigns = []
    for name in ("spring", "easter", "sale"):
        first = draw(days)
        campaigns.append(
            campaign(
                name,
                first,
                first + timedelta(days=draw(st.integers(0, 40))),
                audiences=draw(st.sampled_from([[], ["gardeners"], ["families"]])),
                offer=draw(st.sampled_from(["tenth", "gift"])),
                channels=draw(st.sampled_from([[], ["search"]])),
                keywords=draw(st.lists(st.sampled_from(["rake", "Rake ", "hoe"]), unique=True)),
            )
        )
    items = [
        item(
            f"i{n}",
            draw(days),
            at=draw(st.sampled_from(["10:00", "07:00", "22:00"])),
            channel=draw(st.sampled_from(["news", "texts", "wall"])),
            audience=draw(st.sampled_from(["gardeners", "families"])),
            campaign=draw(st.sampled_from([None, "spring", "easter"])),
            needs=draw(st.sampled_from([[], ["text"], ["banner"]])),
        )
        for n in range(draw(st.integers(0, 8)))
    ]
    return company(
        [person("mira"), person("tom", hours="8")],
        [task("text", "30"), task("banner", "60", after=["text"])],
        items=items,
        campaigns=campaigns,
        offers=OFFERS,
        rules={**TWO_A_WEEK, **RULES},
    )


@settings(max_examples=30, deadline=None)
@given(messy())
def test_in_any_mess_every_change_removes_its_collision_and_brings_no_other(strategy):
    work = work_of(strategy)
    before = collisions(strategy, work)
    assert list(before) == sorted(before, key=lambda each: (each.first_day, each.code, each.items))
    for each in before:
        assert 2 <= len(each.fixes) <= 3
        prices = [(fix.cost_money, fix.cost_hours) for fix in each.fixes]
        assert prices == sorted(prices)
        for fix in each.fixes:
            if fix.change:
                after = keys(collisions(apply_changes(strategy, fix.change), work))
                assert (each.code, each.items) not in after
                assert brings_no_other(fix, after, keys(before))


def brings_no_other(fix: Fix, after: set[tuple[str, tuple[str, ...]]], before: set[tuple[str, tuple[str, ...]]]) -> bool:
    """A burst names others when one of its messages leaves; what was moved must collide with nothing."""
    moved = {place.split("[")[1].split("]")[0] for place in fix.change if place.startswith("content.items")}
    new = after - before
    return all(code == "PLAN-101" for code, _ in new) and not any(moved & set(items) for _, items in new)
