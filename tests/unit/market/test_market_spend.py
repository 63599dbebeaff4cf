"""DailySpend and the way from weeks to days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.market.spend import DailySpend, spread_weeks

MONDAY = date(2026, 1, 5)
LINES = st.lists(st.tuples(st.sampled_from(["search", "social", "print"]), st.sampled_from([None, "brand", "spring"])), unique=True, max_size=5)


@st.composite
def spends(draw: st.DrawFn, first_day: date = MONDAY) -> DailySpend:
    lines, days = tuple(draw(LINES)), draw(st.integers(0, 6))
    cents = draw(st.lists(st.integers(0, 500_00), min_size=days * len(lines), max_size=days * len(lines)))
    return DailySpend(first_day, lines, np.array(cents, dtype=float).reshape(days, len(lines)) / 100)


@given(spends(), spends(), st.integers(0, 3))
def test_one_spend_after_another_keeps_every_penny_on_its_day_and_line(first: DailySpend, second: DailySpend, gap: int) -> None:
    later = DailySpend(first.last_day + timedelta(days=1 + gap), second.lines, second.amount)

    both = first.then(later)

    assert both.days == first.days + gap + later.days
    assert set(both.lines) == set(first.lines) | set(later.lines)
    for part in (first, later):
        cut = both.between(part.first_day, part.last_day)
        for n, line in enumerate(part.lines):
            assert np.array_equal(cut.amount[:, both.lines.index(line)], part.amount[:, n])
    assert both.total == pytest.approx(first.total + later.total)


@given(spends())
def test_channel_totals_add_up_the_campaigns_of_each_channel(spend: DailySpend) -> None:
    totals = spend.channel_totals(("print", "search", "social"))

    assert totals.shape == (spend.days, 3)
    assert totals.sum() == pytest.approx(spend.total)
    assert totals[:, 1].sum() == pytest.approx(sum(spend.amount[:, n].sum() for n, line in enumerate(spend.lines) if line[0] == "search"))


@given(spends())
def test_a_mapping_of_all_entries_gives_the_same_spend_back(spend: DailySpend) -> None:
    entries = {
        (spend.first_day + timedelta(days=day), *line): spend.amount[day, n] for day in range(spend.days) for n, line in enumerate(spend.lines)
    }
    if not entries:
        with pytest.raises(InvalidInput, match="no entry"):
            DailySpend.from_mapping(entries)
        return

    again = DailySpend.from_mapping(entries)

    assert (again.first_day, again.days, set(again.lines)) == (spend.first_day, spend.days, set(spend.lines))
    assert all(np.array_equal(again.amount[:, again.lines.index(line)], spend.amount[:, n]) for n, line in enumerate(spend.lines))


def test_a_mapping_takes_decimals_and_fills_the_days_between_with_nothing() -> None:
    spend = DailySpend.from_mapping({(MONDAY, "search", "brand"): Decimal("12.34"), (MONDAY + timedelta(days=2), "radio", None): 5})

    assert spend.lines == (("radio", None), ("search", "brand"))
    assert spend.amount.tolist() == [[0, 12.34], [0, 0], [5, 0]]


def test_a_spend_that_starts_before_the_other_has_ended_is_refused() -> None:
    spend = DailySpend(MONDAY, (("search", None),), np.ones((3, 1)))

    with pytest.raises(InvalidInput, match="a day after 2026-01-07"):
        spend.then(DailySpend(MONDAY + timedelta(days=2), spend.lines, np.ones((1, 1))))


def test_all_faults_of_a_spend_are_said_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        DailySpend(MONDAY, (("search", None), ("search", None)), np.array([[1.0, -2.0, 3.0]]))

    assert {problem.code for problem in caught.value.problems} == {"MARKET-004", "MARKET-005", "MARKET-007"}


def test_amounts_cannot_be_changed_afterwards() -> None:
    amount = np.ones((2, 1))
    spend = DailySpend(MONDAY, (("search", None),), amount)
    amount[0, 0] = 99.0

    assert spend.amount[0, 0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        spend.amount[0, 0] = 5.0


def test_a_weekly_plan_is_spread_evenly_over_its_seven_days() -> None:
    spend = spread_weeks(np.array([[70.0, 0.0], [140.0, 7.0]]), MONDAY, ("search", "radio"), {"search": "brand"})

    assert spend.lines == (("search", "brand"), ("radio", None))
    assert spend.days == 14
    assert spend.amount[6].tolist() == [10.0, 0.0]
    assert spend.amount[7].tolist() == [20.0, 1.0]


def test_a_weekly_plan_must_start_on_a_monday_with_a_column_per_channel() -> None:
    with pytest.raises(InvalidInput) as caught:
        spread_weeks(np.ones((2, 3)), MONDAY + timedelta(days=1), ("search",))

    assert {problem.code for problem in caught.value.problems} == {"MARKET-003", "MARKET-004"}


def test_scaling_one_channel_leaves_the_others() -> None:
    spend = DailySpend(MONDAY, (("search", "a"), ("radio", None)), np.array([[2.0, 3.0]]))

    assert spend.scaled(1.5, "search").amount.tolist() == [[3.0, 3.0]]
    assert spend.scaled(2.0).amount.tolist() == [[4.0, 6.0]]
