"""Two people change one strategy: what each changed stands, and only where both changed the same value somebody has to choose."""

from __future__ import annotations

from typing import Any

import pytest
from harbour_strategy import harbour
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.strategy.changes.merge import Merge, merge_strategies
from quarterdeck.strategy.changes.patch import apply_changes

TARGET, TASK = "objectives[more-customers].target", "management.tasks[write-letter]"


def merge(mine: dict[str, Any], theirs: dict[str, Any]) -> Merge:
    base = harbour()
    return merge_strategies(base, apply_changes(base, mine), apply_changes(base, theirs))


def test_changes_of_different_values_both_stand() -> None:
    found = merge({TARGET: "5400", f"{TASK}.effort_hours": "9"}, {f"{TASK}.title": "Write it", "vision": "Another year."})

    assert found.crossings == ()
    merged = found.on_top(lambda _: "theirs")
    assert merged == apply_changes(harbour(), {TARGET: "5400", f"{TASK}.effort_hours": "9", f"{TASK}.title": "Write it", "vision": "Another year."})


def test_a_value_that_both_changed_is_told_from_both_sides_and_either_can_stand() -> None:
    found = merge({TARGET: "5400"}, {TARGET: "5000", "vision": "Another year."})

    (crossing,) = found.crossings
    assert [change.sentence for change in crossing.mine] == ["Target of New customers raised from 5,200 to 5,400."]
    assert [change.sentence for change in crossing.theirs] == ["Target of New customers lowered from 5,200 to 5,000."]
    for side, target in (("mine", 5400), ("theirs", 5000)):
        merged = found.on_top(lambda _, side=side: side)
        assert (merged.objectives[0].target, merged.vision) == (target, "Another year.")


def test_what_both_took_out_or_changed_alike_is_no_question() -> None:
    same = {"opportunities[shade-guide]": None, f"{TASK}.title": "Write it"}

    found = merge(same, same)

    assert found.crossings == ()
    assert found.on_top(lambda _: "mine") == found.theirs


def test_a_member_that_one_took_out_and_the_other_changed_stands_as_the_chosen_side_has_it() -> None:
    change, take_out = {"opportunities[shade-guide].text": "A guide in May"}, {"opportunities[shade-guide]": None}

    for mine, theirs in ((change, take_out), (take_out, change)):
        found = merge(mine, theirs)
        assert [crossing.place for crossing in found.crossings] == ["opportunities[shade-guide]"]
        assert found.on_top(lambda _: "mine").opportunities == found.mine.opportunities
        assert found.on_top(lambda _: "theirs").opportunities == found.theirs.opportunities


def test_lists_in_which_each_added_something_hold_both() -> None:
    found = merge({"company.markets": '["GB", "IE"]'}, {"company.markets": '["FR", "GB"]'})

    assert found.crossings == ()
    assert found.on_top(lambda _: "mine").company.markets == ("FR", "GB", "IE")


def test_members_without_ids_are_joined_and_asked_for_only_where_both_changed_the_same_one() -> None:
    rules = [rule.model_dump(mode="json", exclude_none=True) for rule in harbour().evaluation]
    mine = [*rules, {"step": 3, "question": "Do people repeat our claim?"}]
    theirs = [{"step": 5, "question": "Was every item on time?"}, *rules[1:], rules[0] | {"question": "Did we win?"}]

    found = merge({"evaluation": mine}, {"evaluation": theirs})

    assert found.crossings == ()
    said = [rule.question for rule in found.on_top(lambda _: "mine").evaluation]
    assert said == [*(rule["question"] for rule in theirs), "Do people repeat our claim?"]
    again = merge({"evaluation": [rules[0] | {"question": "Did we?"}, *rules[1:]]}, {"evaluation[0].on": "2027-04-09"})
    assert [crossing.place for crossing in again.crossings] == ["evaluation"]


def test_what_cannot_stand_together_is_refused_with_its_place() -> None:
    base = apply_changes(harbour(), {"offers[tea]": {"text": "Free tea"}})
    mine = apply_changes(base, {"campaigns[spring].offer": "tea"})
    theirs = apply_changes(base, {"offers[tea]": None})

    with pytest.raises(InvalidInput) as refused:
        merge_strategies(base, mine, theirs).on_top(lambda _: "mine")

    assert [problem.where for problem in refused.value.problems] == ["campaigns[spring].offer"]


PLACES = {
    TARGET: ["5300", "5400", "5500"],
    "vision": ["One", "Two"],
    f"{TASK}.effort_hours": ["3", "4"],
    f"{TASK}.title": ["Write", "Draft"],
    "company.markets": ['["GB", "IE"]', '["FR"]', '["GB", "DE"]'],
    "channels[search].role": ["Be found", "Be first"],
    "opportunities[new]": ['{"text": "A fair"}', '{"text": "A show"}'],
}
CHANGES = st.dictionaries(st.sampled_from([*PLACES]), st.integers(0, 2)).map(
    lambda chosen: {key: PLACES[key][at % len(PLACES[key])] for key, at in chosen.items()}
)


@settings(deadline=None, max_examples=40)
@given(CHANGES, CHANGES, st.sampled_from(["mine", "theirs"]))
def test_nothing_of_either_side_is_lost_unless_the_other_was_chosen(mine: dict[str, str], theirs: dict[str, str], side: Any) -> None:
    found = merge(mine, theirs)
    merged = found.on_top(lambda _: side)

    asked = {crossing.place for crossing in found.crossings}
    assert asked == {place for place in {*mine} & {*theirs} if mine[place] != theirs[place] and place != "company.markets"}
    wanted = {**mine, **theirs} if side == "theirs" else {**theirs, **mine}
    if mine.get("company.markets", theirs.get("company.markets")) == theirs.get("company.markets", mine.get("company.markets")):
        assert merged == apply_changes(harbour(), wanted)
    else:
        assert {*found.mine.company.markets, *found.theirs.company.markets} >= {*merged.company.markets}
