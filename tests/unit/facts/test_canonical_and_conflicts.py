"""The same facts have the same name, and a fact that changed is never taken over unasked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from quarterdeck.facts.canonical import canonical_rows, load_id, plain_decimal
from quarterdeck.facts.conflicts import conflict_problems, find_conflicts, rows_to_load
from quarterdeck.facts.fact_table import build_table
from quarterdeck.facts.schemas import OUTCOMES, SPEND, TOUCHES
from quarterdeck.kernel.problems import InvalidInput

MONDAY, TUESDAY = date(2027, 2, 1), date(2027, 2, 2)


def outcomes(*rows):
    day, metric, value = zip(*rows, strict=True)
    return build_table(OUTCOMES, {"day": day, "metric": metric, "value": [Decimal(text) for text in value]})


def test_row_order_trailing_zeros_and_spelling_leave_no_trace():
    one = outcomes((MONDAY, "orders", "12.50"), (TUESDAY, "New customers", "100"))
    other = outcomes((TUESDAY, "new_customers", "1E+2"), (MONDAY, "Orders", "12.5"))

    assert canonical_rows(one) == canonical_rows(other)
    assert load_id(one, "shop") == load_id(other, "shop")
    assert load_id(one, "shop") != load_id(one, "crm")
    assert load_id(one, "shop") != load_id(outcomes((MONDAY, "orders", "12.51"), (TUESDAY, "new_customers", "100")), "shop")


def test_the_canonical_bytes_are_known_and_may_not_change():
    assert canonical_rows(outcomes((MONDAY, "orders", "12.50"))) == b'["outcomes","day","metric","geo","value"]\n["2027-02-01","orders","","12.5"]\n'


def test_not_known_is_not_empty_text_and_not_zero():
    def spend(clicks):
        return build_table(SPEND, {"day": [MONDAY], "channel": ["tv"], "currency": ["GBP"], "cost": [Decimal(1)], "clicks": [clicks]})

    assert canonical_rows(spend(None)) != canonical_rows(spend(0))


def test_the_same_moment_in_another_zone_is_the_same_fact():
    def touch(at):
        return build_table(TOUCHES, {"at": [at], "person": ["p"], "channel": ["email"], "machine": [False]})

    kyiv = timezone(timedelta(hours=2))

    assert load_id(touch(datetime(2027, 2, 1, 9, tzinfo=UTC)), "x") == load_id(touch(datetime(2027, 2, 1, 11, tzinfo=kyiv)), "x")


@pytest.mark.parametrize(("value", "text"), [("12.50", "12.5"), ("1E+2", "100"), ("-0.00", "0"), ("0.000001", "0.000001"), ("-3.10", "-3.1")])
def test_decimals_have_one_spelling(value, text):
    assert plain_decimal(Decimal(value)) == text


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"day": [MONDAY], "metric": ["a"]}, id="missing_column"),
        pytest.param({"day": [MONDAY], "metric": ["a"], "value": [1.5]}, id="float"),
        pytest.param({"day": [MONDAY], "metric": ["a"], "value": [Decimal("NaN")]}, id="not_a_number"),
        pytest.param({"day": [datetime(2027, 2, 1, tzinfo=UTC)], "metric": ["a"], "value": [Decimal(1)]}, id="moment_for_a_day"),
        pytest.param({"day": [MONDAY], "metric": [None], "value": [Decimal(1)]}, id="empty_key"),
        pytest.param({"day": [MONDAY, MONDAY], "metric": ["a"], "value": [Decimal(1)]}, id="unequal_lengths"),
        pytest.param({"day": [MONDAY] * 2, "metric": ["A b", "a_B"], "value": [Decimal(1)] * 2}, id="one_key_in_two_spellings"),
        pytest.param({"day": [MONDAY], "metric": ["a"], "value": [Decimal(1)], "price": [1]}, id="unknown_column"),
    ],
)
def test_values_that_do_not_fit_the_table_are_refused(columns):
    with pytest.raises(InvalidInput) as caught:
        build_table(OUTCOMES, columns)
    assert {problem.code for problem in caught.value.problems} == {"FACTS-029"}


def kept(*rows):
    table = outcomes(*rows)
    return dict(zip(table.keys(), table.values(), strict=True))


def test_new_rows_are_told_from_the_same_again_and_from_changed_ones():
    new = outcomes((MONDAY, "orders", "5"), (TUESDAY, "orders", "7.0"), (TUESDAY, "leads", "3"))

    found = find_conflicts(new, kept((MONDAY, "orders", "4"), (TUESDAY, "orders", "7")))

    assert (found.new, found.same, [fact.row for fact in found.changed]) == ((2,), (1,), [0])
    assert found.sentence == "New rows: 1; already kept with the same values: 1; that would change a kept value: 1."
    (problem,) = conflict_problems(OUTCOMES, found)
    assert str(problem) == (
        "outcomes: day 2027-02-01, metric orders: expected value 4 as it is already kept, found value 5. "
        "Correct the file, or import with --replace: the newer value then counts and the older stays in the history. [FACTS-028]"
    )


def test_changed_facts_are_loaded_only_when_replacing_was_asked_for():
    new = outcomes((MONDAY, "orders", "5"), (TUESDAY, "orders", "7"))
    found = find_conflicts(new, kept((MONDAY, "orders", "4"), (TUESDAY, "orders", "7")))

    with pytest.raises(ValueError, match="would change: 1"):
        rows_to_load(new, found)
    assert list(rows_to_load(new, found, replace=True).rows()) == [(MONDAY, "orders", "", Decimal(5))]


def test_the_same_load_twice_leaves_nothing_to_load():
    new = outcomes((MONDAY, "orders", "5"))

    found = find_conflicts(new, dict(zip(new.keys(), new.values(), strict=True)))

    assert len(rows_to_load(new, found)) == 0


def test_a_timestamp_that_a_database_returns_without_its_zone_is_utc():
    new = build_table(TOUCHES, {"at": [datetime(2027, 2, 1, 9, tzinfo=UTC)], "person": ["p"], "channel": ["email"], "machine": [True]})
    key = next(new.keys())

    found = find_conflicts(new, {(datetime(2027, 2, 1, 9), *key[1:]): (True,)})  # noqa: DTZ001 that is the point

    assert found.same == (0,)
