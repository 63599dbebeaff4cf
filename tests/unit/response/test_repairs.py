"""Amounts that were recorded wrong are replaced when the outcome does not bear them out, and every replacement is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shops import Shop, simulate_shop

from quarterdeck.response.baseline.block import build_baseline, build_block
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.fitting.likelihood import Likelihood
from quarterdeck.response.series.repairs import Repair, repair_spend
from quarterdeck.response.series.series import ResponseSeries

SHOP = simulate_shop(3, weeks=110, returns=(2.0, 1.5), noise=40.0)


def recorded(shop: Shop, row: int, channel: int, factor: float) -> ResponseSeries:
    """The shop's series with one amount recorded `factor` times as large."""
    spend = shop.series.spend.copy()
    spend[row, channel] *= factor
    return replace(shop.series, spend=spend)


def repaired(series: ResponseSeries) -> tuple[ResponseSeries, tuple[Repair, ...]]:
    standard = (series.outcome - series.outcome.mean()) / series.outcome.std()
    block = build_block(build_baseline(series), series, 0.08)
    return repair_spend(series, Likelihood((block,), standard, np.ones(len(series))))


def heavy_row(channel: int) -> int:
    return int(np.argsort(SHOP.series.spend[:, channel])[-4])


def test_a_slip_of_the_decimal_point_is_taken_back():
    row = heavy_row(0)
    series, repairs = repaired(recorded(SHOP, row, 0, 10.0))
    assert [(each.row, each.channel) for each in repairs] == [(row, 0)]
    assert series.spend[row, 0] == pytest.approx(SHOP.series.spend[row, 0])


def test_amounts_that_are_right_stay_as_they_are():
    series, repairs = repaired(SHOP.series)
    assert repairs == ()
    assert series is SHOP.series


def test_a_large_amount_that_the_outcome_bears_out_stays():
    # given: a burst of ten times the money that truly sold
    spend, outcome = SHOP.series.spend.copy(), SHOP.series.outcome.copy()
    spend[60, 0] = 4.0 * spend[:, 0].max()
    outcome[60] += 500.0
    outcome[61] += 150.0
    assert repaired(replace(SHOP.series, spend=spend, outcome=outcome))[1] == ()


def test_a_fit_says_what_it_replaced_and_is_not_misled():
    row = heavy_row(1)
    plain, slipped = fit_response(SHOP.series, seed=1), fit_response(recorded(SHOP, row, 1, 100.0), seed=1)
    said = [finding for finding in slipped.diagnostics.findings if finding.code == "spend_replaced"]
    assert [finding.channel for finding in said] == ["channel_1"]
    assert SHOP.series.starts[row].isoformat() in said[0].text
    brought = [fit.channel_effects()["channel_1"].brought.mean for fit in (plain, slipped)]
    assert brought[1] == pytest.approx(brought[0], rel=0.15)
