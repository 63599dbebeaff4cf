"""What the money is placed for, what a unit of it is worth, how far each step is, and the published schema."""

from __future__ import annotations

import json
from decimal import Decimal

import jsonschema
import pytest
from generated_strategies import strategies
from harbour_strategy import AS_OF, QUARTER, harbour
from hypothesis import HealthCheck, Phase, given, settings

from quarterdeck.kernel.problems import Problem
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.checks.maturity import EXPECTED, missing_from, step_maturity
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aim import aim_of, value_of_unit
from quarterdeck.strategy.parts.json_schema import json_schema
from quarterdeck.strategy.parts.shape import to_json

EMPTY = Strategy.model_validate({"company": {"name": "Harbour", "currency": "GBP"}})
TRADE = {"group": "Firms", "event": "purchase", "metric": "new_customers", "value": 100, "margin": 20}


def test_money_is_placed_for_the_first_objective():
    assert (aim_of(harbour()), aim_of(EMPTY)) == ("new_customers", None)


@pytest.mark.parametrize(
    ("changes", "metric", "worth"),
    [
        ({}, "new_customers", Decimal(21)),
        ({}, "margin", Decimal(1)),
        ({}, "revenue", Decimal(21) / Decimal("62.5")),
        ({}, "leads", None),
        ({}, "donations", None),
        ({"conversions[first-order].margin": None}, "new_customers", None),
        ({"conversions[first-order].value": "0"}, "revenue", None),
        ({"conversions[trade]": TRADE}, "new_customers", Decimal(20)),
        ({"conversions[trade]": TRADE}, "revenue", Decimal("0.2")),
        ({"conversions[sale]": {**TRADE, "metric": "revenue", "margin": 90}}, "revenue", Decimal("0.9")),
        ({"conversions[gift]": {**TRADE, "metric": "donations", "margin": 95}}, "donations", Decimal("0.95")),
        ({"conversions[first-order].margin": "0"}, "new_customers", Decimal(0)),
    ],
)
def test_a_unit_is_worth_its_margin_or_not_known(changes: dict[str, object], metric: str, worth: Decimal | None):
    assert value_of_unit(apply_changes(harbour(), changes), metric) == worth


def test_a_full_strategy_is_complete_in_every_step_and_an_empty_one_in_none():
    full = step_maturity(harbour(), check_strategy(harbour(), as_of=AS_OF, quarter=QUARTER))
    assert full == dict.fromkeys(range(1, 9), 1.0)
    assert step_maturity(EMPTY, check_strategy(EMPTY)) == dict.fromkeys(range(1, 9), 0.0)


def test_each_thing_that_is_missing_lowers_its_own_step_alone():
    less = apply_changes(harbour(), {"vision": None, "content.voice": None})
    shares = step_maturity(less, check_strategy(less))
    assert (shares.pop(1), shares.pop(5)) == (pytest.approx(4 / 5), pytest.approx(3 / 4))
    assert set(shares.values()) == {1.0}
    assert missing_from(less, 1) == ("a vision",)


def test_errors_lower_a_step_and_warnings_do_not():
    error = Problem("STRATEGY-604", "management.tasks[x].skills", "", "", "")
    warning = Problem("STRATEGY-610", "management.contact_rules", "", "", "", "warning")
    broken = Problem("STRATEGY-021", "campaigns[spring].offer", "", "", "")
    shares = step_maturity(harbour(), [error, error, warning, broken])
    assert shares[6] == pytest.approx(9 / 10)
    assert shares[4] < 1
    assert {step for step, share in shares.items() if share == 1} == {1, 2, 3, 5, 7, 8}


def test_every_step_expects_something():
    assert list(EXPECTED) == list(range(1, 9))


@settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(strategies())
def test_shares_lie_between_none_and_all_for_any_strategy(strategy: Strategy):
    problems = check_strategy(strategy, as_of=AS_OF, quarter=QUARTER)
    assert all(0 <= share <= 1 for share in step_maturity(strategy, problems).values())
    assert problems == check_strategy(strategy, as_of=AS_OF, quarter=QUARTER)


def test_the_published_schema_accepts_what_the_reader_accepts():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(to_json(harbour()), schema)
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize(
    "wrong",
    [
        {"company": {"name": "x", "currency": "pounds"}},
        {"company": {"name": "x", "currency": "GBP"}, "gols": []},
        {},
        {
            "company": {"name": "x", "currency": "GBP"},
            "goals": [{"id": "g", "statement": "s", "metric": "happiness", "target": 1, "due_on": "2027-01-01"}],
        },
    ],
)
def test_the_published_schema_refuses_what_the_reader_refuses(wrong: dict[str, object]):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, json_schema())


def test_the_schema_explains_fields_and_uses_the_words_of_the_document():
    definitions = json_schema()["$defs"]
    assert "for" in definitions["Proposition"]["properties"]
    assert "from" in definitions["Opportunity"]["properties"]
    assert definitions["Objective"]["properties"]["baseline"]["description"].startswith("What it is now")
