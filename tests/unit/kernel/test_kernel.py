"""Money adds up to the penny, quarters are thirteen whole weeks, and the same value always has the same bytes."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.kernel.glossary import GLOSSARY
from quarterdeck.kernel.identity import content_hash, render_canonical
from quarterdeck.kernel.money import Money, from_micros, from_minor_units, split_money, to_micros, to_minor_units
from quarterdeck.kernel.periods import Quarter, week_start, weeks_between
from quarterdeck.kernel.problems import InvalidInput, Problem

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(total=st.decimals(0, 10**7, places=2), weights=st.lists(st.floats(0, 1e6), min_size=1, max_size=30), step=st.sampled_from(["0.01", "1", "10"]))
def test_shares_add_up_exactly_and_none_is_negative(total, weights, step):
    shares = split_money(total, weights, step=Decimal(step))

    assert sum(shares) == total
    assert min(shares) >= 0


def test_shares_by_hand():
    assert split_money(Decimal("100"), [1, 1, 1]) == (Decimal("33.34"), Decimal("33.33"), Decimal("33.33"))
    assert split_money(Decimal("7"), [0, 0], step=Decimal(1)) == (Decimal(4), Decimal(3))
    assert split_money(Decimal("7"), []) == ()


def test_a_negative_share_is_refused():
    with pytest.raises(ValueError, match="cannot be negative"):
        split_money(Decimal(1), [1, -1])


@given(st.integers(-(10**12), 10**12), st.sampled_from(["GBP", "JPY", "KWD"]))
def test_minor_units_and_micros_come_back(units, currency):
    assert to_minor_units(from_minor_units(units, currency), currency) == units
    assert to_micros(from_micros(units)) == units


def test_two_thousand_pounds_are_two_thousand_million_micros():
    assert to_micros(Decimal("2000")) == 2_000_000_000
    with pytest.raises(ValueError, match="finer"):
        to_minor_units(Decimal("0.001"), "GBP")


def test_currencies_do_not_mix():
    with pytest.raises(ValueError, match="convert"):
        Money(Decimal(1), "GBP") + Money(Decimal(1), "USD")


@given(day=days, anchor=days)
def test_every_day_lies_in_one_quarter_of_thirteen_weeks(day, anchor):
    quarter = Quarter.holding(day, anchor=anchor)

    assert quarter.first_day <= day <= quarter.last_day
    assert len(quarter.weeks) == 13 and quarter.weeks[-1] + timedelta(days=6) == quarter.last_day
    assert quarter.next().previous() == quarter
    assert quarter.week_number(day) == (day - quarter.first_day).days // 7 + 1


def test_the_first_quarter_of_2027():
    quarter = Quarter(date(2027, 1, 4))

    assert (quarter.last_day, quarter.label) == (date(2027, 4, 4), "Q1 2027")
    with pytest.raises(ValueError, match="2027-01-04"):
        Quarter(date(2027, 1, 6))


@given(days, days)
def test_weeks_between_are_mondays_without_gaps(first, last):
    weeks = weeks_between(first, last)

    assert all(week == week_start(week) for week in weeks)
    assert (not weeks) == (week_start(last) < week_start(first))


def test_the_same_value_has_the_same_bytes_in_another_process():
    value = {"b": Decimal("1.10"), "a": [date(2027, 1, 4), 0.1, None, True], "ü": "é"}
    program = (
        "from quarterdeck.kernel.identity import content_hash; from decimal import Decimal; from datetime import date;"
        "print(content_hash({'ü': 'é', 'a': (date(2027, 1, 4), 0.1, None, True), 'b': Decimal('1.10')}))"
    )

    other = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}
    )

    assert other.stdout.strip() == content_hash(value)


def test_what_has_no_one_form_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        render_canonical(float("nan"))
    with pytest.raises(TypeError, match="set"):
        render_canonical({1, 2})


def test_all_problems_are_said_at_once_with_the_state_of_things():
    problems = [Problem("X-1", f"line {n}", "a", "b", "Do c.") for n in range(3)]

    text = str(InvalidInput(problems, state="No row was imported."))

    assert text.count("[X-1]") == 3 and text.endswith("No row was imported.")


def test_the_glossary_explains_each_word_once():
    assert list(GLOSSARY) == sorted(GLOSSARY)
    assert all(meaning.endswith(".") for meaning in GLOSSARY.values())
