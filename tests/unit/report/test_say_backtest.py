"""What a chance rests on is said in plain words, with the forecasts of the past beside it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from quarterdeck.report.say_backtest import HEADER, backtest_rows, say_backtest
from quarterdeck.report.words import Words
from quarterdeck.response.forecasts.backtest import Backtest, Origin

POUNDS = Words("GBP", "en_GB")


def record(outcomes: list[float]) -> Backtest:
    """Forecasts of 1,000 orders (870 to 1,130 in 8 cases of 10), a quarter apart."""
    origins = tuple(
        Origin(date(2026, 1, 5) - timedelta(weeks=13 * n), 91 - 13 * n, 13, 1000.0, 100.0, (835.0, 870.0, 930.0, 1000.0, 1070.0, 1130.0, 1165.0), came, 0.5, 20.0, None)
        for n, came in enumerate(outcomes)
    )  # fmt: skip
    return Backtest("orders", "curves", origins)


def test_it_counts_how_many_fell_inside_and_how_far_they_were_off():
    said = say_backtest(record([1000.0, 1050.0, 1200.0, 950.0]), POUNDS)
    assert said.startswith("Of 4 forecasts like this one on your own past, 3 fell inside the range of 8 cases in 10; they were 6.7 % off on average.")


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        pytest.param([1300.0, 700.0, 1350.0, 650.0, 1300.0, 700.0], "times as wide as the model alone would", id="too_sure"),
        pytest.param([1000.0, 1000.0, 1001.0, 999.0, 1000.0, 1000.0, 1000.0, 1000.0], "drawn in", id="too_wide"),
    ],
)
def test_it_says_what_follows_for_the_ranges(outcomes: list[float], words: str):
    assert words in say_backtest(record(outcomes), POUNDS)


def test_without_a_record_it_says_so():
    assert say_backtest(None, POUNDS).startswith("Nothing like this forecast could be tried on your own past yet")


def test_the_table_has_a_row_for_every_forecast_of_the_past():
    rows = backtest_rows(record([1000.0, 1200.0]), POUNDS)
    assert [len(row) for row in rows] == [len(HEADER)] * 2
    assert [row[-1] for row in rows] == ["yes", "no"]
    assert "5 January" in rows[0][0]
    assert "5 April" in rows[0][0]
