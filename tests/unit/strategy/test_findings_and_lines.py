"""`strategy.check()` shows what it found in a terminal and in a notebook; every place is found again in its text."""

from __future__ import annotations

from importlib import resources

import pytest

from quarterdeck.strategy.changes.diff import diff_strategies
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.yaml.lines import Lines
from quarterdeck.strategy.yaml.text import parse_strategy

SMALL = """company:
  name: Bakery & <b>sons</b>
  currency: EUR
goals:
  - {id: more, statement: Sell more, metric: revenue, target: 90000, due_on: 2027-12-31}
management:
  teams:
    - id: shop
      people:
        - {id: ann, hours_per_week: 12}
    - id: yard
      people:
        - id: bob
          hours_per_week: 3
proposition:
  claims:
    - text: Fresh <i>bread</i>
    - text: Warm
      proof: Touch it
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("company.name", 2),
        ("goals[more]", 5),
        ("goals[more].baseline", 5),
        ("management.people[bob].hours_per_week", 14),
        ("management.teams[yard].people[bob].skills", 13),
        ("proposition.claims[1].proof", 19),
        ("proposition.claims[0].proof", 17),
        ("proposition.statement", 15),
        ("objectives", 1),
        ("goals[other].target", 4),
        ("", 1),
    ],
)
def test_a_place_stands_on_its_line_or_on_that_of_the_part_around_it(place, line):
    assert Lines(SMALL).of(place) == line


def test_a_text_that_is_no_yaml_has_no_lines():
    assert Lines("company: [").of("company.name") is None


@pytest.mark.parametrize("name", ["shop", "b2b_service", "saas", "local_trade", "non_profit"])
def test_each_changed_place_of_an_example_is_found_where_its_value_is_written(name):
    text = resources.files("quarterdeck").joinpath("samples", "examples", f"{name}.yaml").read_text(encoding="utf-8")
    strategy, lines, rows = parse_strategy(text), Lines(text), text.splitlines()
    for objective in strategy.objectives:
        further = 1 if objective.baseline is None or objective.target > objective.baseline else -1
        changed = apply_changes(strategy, {f"objectives[{objective.id}].target": objective.target + further})
        (change,) = diff_strategies(strategy, changed)
        around = rows[lines.of(change.place) - 1]
        assert f"target: {objective.target}" in around


def test_checking_from_a_notebook_finds_what_the_checks_find_the_worst_first():
    strategy = parse_strategy(SMALL)
    found = strategy.check()
    assert sorted(map(str, found)) == sorted(map(str, check_strategy(strategy)))
    assert [each.severity for each in found] == [
        *("error" for _ in found.errors),
        *("warning" for _ in found.warnings),
        *("hint" for _ in found.hints),
    ]
    assert (len(found.errors) > 0, len(found.warnings) > 0) == (True, True)


def test_what_was_found_reads_as_lines_and_as_a_table_in_which_nothing_can_act():
    found = parse_strategy(SMALL).check()
    lines = repr(found).splitlines()
    assert lines[0] == found.headline
    assert len(lines) == len(found) + 1
    table = found._repr_html_()
    assert table.count("<tr>") == len(found) + 1
    assert "<i>bread" not in table
    assert "<b>sons" not in table
    assert "&lt;i&gt;bread" in table


def test_a_strategy_with_nothing_wrong_says_so_and_shows_no_table():
    empty = type(parse_strategy(SMALL).check())()
    assert repr(empty) == "no errors, no warnings, no hints."
    assert "<table" not in empty._repr_html_()
