"""Labels never lie on one another, and axes carry round figures."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.report.charts.labels import place_apart, round_ticks, short_amount, tick_labels
from quarterdeck.report.words import Words

places = st.floats(0.0, 300.0, allow_nan=False)


@given(wanted=st.lists(places, min_size=1, max_size=6))
def test_labels_keep_their_order_and_their_distance(wanted):
    heights = [16.0] * len(wanted)

    placed = place_apart(wanted, heights, 0.0, 300.0)

    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    tidy = [placed[i] for i in order]
    assert all(after - before >= 16.0 - 1e-6 for before, after in pairwise(tidy))
    assert min(placed) >= 8.0 - 1e-6
    assert max(placed) <= 292.0 + 1e-6


def test_labels_that_have_room_stay_where_they_belong():
    assert place_apart([200.0, 50.0], [16.0, 16.0], 0.0, 300.0) == [200.0, 50.0]


def test_labels_that_collide_share_the_way():
    assert place_apart([100.0, 104.0], [16.0, 16.0], 0.0, 300.0) == [94.0, 110.0]


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        pytest.param(0.0, 5200.0, (0.0, 2000.0, 4000.0), id="thousands"),
        pytest.param(0.0, 1.1, (0.0, 0.5, 1.0), id="parts"),
        pytest.param(0.0, 0.0, (0.0,), id="nothing"),
    ],
)
def test_ticks_are_round(low, high, ticks):
    assert round_ticks(low, high) == ticks


def test_tick_labels_never_read_alike():
    assert tick_labels((0.0, 0.5, 1.0), "orders", Words()) == ("0.00", "0.50", "1.00")


def test_long_money_beside_a_bar_is_said_in_three_digits() -> None:
    pounds = Words("GBP", "en_GB")
    assert [short_amount(value, "revenue", pounds) for value in (1_151_518, 115_151, 99_999)] == ["£1.15M", "£115K", "£99,999"]
    assert short_amount(1_151_518, "orders", pounds) == "1,151,518"
