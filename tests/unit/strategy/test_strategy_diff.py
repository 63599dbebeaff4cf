"""Differences as sentences, and changes by place: each undoes the other."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from generated_strategies import strategies
from harbour_strategy import harbour
from hypothesis import HealthCheck, Phase, given, settings

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.strategy.changes.diff import Change, diff_strategies
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.document import Strategy

PROPERTY = settings(
    max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def as_changes(changes: tuple[Change, ...]) -> dict[str, Any]:
    return {change.place: change.after for change in changes}


def sentences(changes: dict[str, Any]) -> list[str]:
    return [change.sentence for change in diff_strategies(harbour(), apply_changes(harbour(), changes))]


@PROPERTY
@given(strategies(), strategies())
def test_applying_a_difference_gives_the_other_strategy(old: Strategy, new: Strategy):
    changes = diff_strategies(old, new)
    assert diff_strategies(apply_changes(old, as_changes(changes)), new) == ()
    assert json.loads(json.dumps([change.after for change in changes])) == [change.after for change in changes]
    assert all(change.sentence.endswith(".") and "Decimal" not in change.sentence and "None" not in change.sentence for change in changes)


@PROPERTY
@given(strategies(), strategies())
def test_a_difference_can_be_taken_back(old: Strategy, new: Strategy):
    changes = diff_strategies(old, new)
    assert diff_strategies(apply_changes(new, {change.place: change.before for change in changes}), old) == ()


@given(strategies())
@settings(PROPERTY, max_examples=5)
def test_equal_strategies_do_not_differ(strategy: Strategy):
    assert diff_strategies(strategy, strategy.model_copy(deep=True)) == ()
    assert apply_changes(strategy, {}) == strategy


def test_members_are_matched_by_id_wherever_they_stand():
    turned = harbour().model_copy(update={"tools": harbour().tools[::-1]})
    assert diff_strategies(harbour(), turned) == ()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"objectives[more-customers].target": "5600"}, "Target of New customers raised from 5,200 to 5,600."),
        ({"goals[grow].target": "1500000"}, "Target of goal Revenue lowered from £1,600,000 to £1,500,000."),
        ({"objectives[more-customers].baseline": None}, "Baseline of New customers taken out (it was 4,300)."),
        ({"objectives[more-customers].milestones[0].value": "1700"}, "Value of milestone 31 January 2027 raised from 1,600 to 1,700."),
        ({"campaigns[spring].ends_on": "2027-03-21"}, "Campaign Spring sale: ends on 21 March 2027 instead of 28 March 2027."),
        (
            {"management.tasks[brief]": {"title": "Brief the film", "serves": "spring", "effort_hours": 2, "due_on": "2027-01-12"}},
            "Task 'Brief the film' added, due 12 January 2027.",
        ),
        ({"management.tasks[mend-tracking].due_on": None}, "Task 'Count every order once': no longer due on 15 January 2027."),
        (
            {"management.tasks[mend-tracking].not_before": "2027-01-11"},
            "Earliest day of task 'Count every order once' is now 11 January 2027; nothing was said before.",
        ),
        ({"questions[phone-orders]": None}, "Question 'How many orders come by phone?' taken out."),
        ({"channels[search].spend.cap": "25000.5"}, "Most spend of channel Search ads raised from £20,000 to £25,000.50."),
        ({"channels[newsletter].spend": {"cap": 500}}, "Spend of channel newsletter is now floor £0, cap £500; nothing was said before."),
        ({"channels[search].use": "wanted"}, "Use of channel Search ads is now wanted instead of in use."),
        ({"management.budget.quarter": "35000"}, "Budget of the quarter raised from £30,000 to £35,000."),
        ({"vision": "More gardens"}, "Vision is now 'More gardens' instead of 'Every small garden in the country has heard of us.'."),
        ({"campaigns[spring].keywords": '["garden plants", "roses"]'}, "Campaign Spring sale: keywords: roses added; 'plants for shade' taken out."),
        ({"campaigns[spring].channels": '["newsletter", "search"]'}, "Campaign Spring sale: channels: in another order."),
        ({"evaluation[0].threshold": "5000"}, "Threshold of evaluation 'Did we win the customers that we wanted?' lowered from 5,200 to 5,000."),
        ({"evaluation[9]": {"step": 1, "question": "Again?"}}, "Evaluation: 'Again?' added."),
        (
            {"content.items[spring-letter].deliver.at": "18:30"},
            "Time of delivery of content item 'What to plant in March' is now 18:30 instead of 09:00.",
        ),
        ({"management.teams[shop].people[olena].hours_per_week": "25"}, "Hours per week of person olena raised from 20 to 25."),
        ({"management.teams[shop].external": "true"}, "External of team shop is now yes instead of no."),
        (
            {"objectives[loyal]": {"goal": "grow", "statement": "s", "metric": "new_customers", "target": 7, "due_on": "2027-03-01"}},
            "Objective New customers (loyal) added, target 7 by 1 March 2027.",
        ),
        ({"management.kpis[0].target": "450"}, "Target of KPI New customers search raised from 400 to 450."),
    ],
)
def test_a_change_is_said_in_a_sentence(changes: dict[str, Any], sentence: str):
    assert sentences(changes) == [sentence]


def test_a_change_carries_its_place_and_both_values():
    (change,) = diff_strategies(harbour(), apply_changes(harbour(), {"channels[search].spend.cap": Decimal("25000.50")}))
    assert (change.place, change.before, change.after) == ("channels[search].spend.cap", "20000", "25000.5")


# --- changes by place


def test_a_new_member_gets_the_id_of_its_place_and_stands_last():
    changed = apply_changes(harbour(), {"tools[chat]": {"name": "Chat", "kind": "other"}, "tools[chat].cost": "12"})
    assert (changed.tools[-1].id, changed.tools[-1].cost) == ("chat", Decimal(12))


def test_a_known_member_is_replaced_as_a_whole_where_it_stands():
    changed = apply_changes(harbour(), {"tools[analytics]": '{"name": "Other counter", "kind": "analytics"}'})
    assert [tool.name for tool in changed.tools] == ["Other counter", "Mail tool", "Google Ads"]


def test_taking_out_what_is_not_there_changes_nothing():
    assert apply_changes(harbour(), {"channels[newsletter].spend.cap": None, "management.tasks[mend-tracking].budget": ""}) == harbour()


def test_words_of_python_and_of_the_document_name_the_same_field():
    assert apply_changes(harbour(), {"proposition.for_whom": "all"}) == apply_changes(harbour(), {"proposition.for": "all"})


def test_text_that_looks_like_json_stays_text_in_a_text_field():
    assert apply_changes(harbour(), {"vision": '["one"]'}).vision == '["one"]'


@pytest.mark.parametrize(
    ("place", "value", "code", "fix"),
    [
        ("channels[serch].spend.cap", "1", "STRATEGY-030", 'Did you mean "search"?'),
        ("chanels[search]", None, "STRATEGY-030", 'Did you mean "channels"?'),
        ("channels.spend", "1", "STRATEGY-030", "Put one in brackets: search, newsletter."),
        ("vision.text", "x", "STRATEGY-030", "End the place at `vision`."),
        ("vision[1]", "x", "STRATEGY-030", "Give the whole list or value."),
        ("", "x", "STRATEGY-030", "Join field names with dots; put the id of a member in brackets."),
        ("channels[search]..cap", "1", "STRATEGY-030", "Join field names with dots; put the id of a member in brackets."),
        ("evaluation[99].threshold", "1", "STRATEGY-030", "Add it first, or choose one of: 0, 1, 2, 3, 4, 5, 6, 7, 8."),
        ("tools[chat]", "Chat", "STRATEGY-031", 'Write it like this: ["one", "two"] or {"name": "value"}.'),
        ("tools[chat]", 3, "STRATEGY-031", 'Give its fields: {"title": "...", ...}.'),
        ("tools[chat]", {"id": "talk", "name": "Chat", "kind": "other"}, "STRATEGY-031", "Make the two ids the same."),
        ("audiences[regulars].needs", "a, b", "STRATEGY-031", 'Write it like this: ["one", "two"] or {"name": "value"}.'),
        ("objectives[more-customers].target", "many", "STRATEGY-012", "Write digits alone, with a point before decimals: 1200 or 12.5."),
        ("objectives[more-customers].target", None, "STRATEGY-011", "Add `target:` with its value."),
        ("offers[ten-off]", None, "STRATEGY-021", "Add it to offers, or take the reference out."),
        ("management.budget", {"reserve": 5}, "STRATEGY-011", "Add `quarter:` with its value."),
        ("management.tasks[mend-tracking].not_before", "2027-01-16", "STRATEGY-016", "Let it start earlier, or make it due later."),
        ("company", None, "STRATEGY-011", "Add `company:` with its value."),
    ],
)
def test_a_change_that_cannot_be_made_says_why(place: str, value: object, code: str, fix: str):
    with pytest.raises(InvalidInput) as refused:
        apply_changes(harbour(), {place: value})
    assert (code, fix) in [(problem.code, problem.fix) for problem in refused.value.problems]


def test_all_changes_that_cannot_be_made_are_told_together_and_none_is_made():
    strategy = harbour()
    with pytest.raises(InvalidInput) as refused:
        apply_changes(strategy, {"vision": "New", "x": 1, "offers[ten-off]": None, "review.every_weeks": "0"})
    assert [problem.code for problem in refused.value.problems] == ["STRATEGY-030", "STRATEGY-013", "STRATEGY-021"]
    assert strategy == harbour()
