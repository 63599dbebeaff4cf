"""Findings about the facts themselves: each fault is named where it is, and clean facts are left alone."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from shops import mondays, simulate_shop

import quarterdeck.response
from quarterdeck.response.findings.findings import FINDING_CODES, MISLEADING, find_about_data
from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.series.series import FloatArray, ResponseSeries

WEEKS = 104


def clean(seed: int = 1) -> ResponseSeries:
    return simulate_shop(seed, returns=(2.0, 1.0, 1.0)).series


def steady(seed: int = 1) -> FloatArray:
    """Spend of a channel that always runs, within some percent."""
    return 200.0 * np.exp(0.06 * np.random.default_rng(seed).standard_normal(WEEKS))


def found(series: ResponseSeries) -> dict[tuple[str, str | None], Finding]:
    return {(finding.code, finding.channel): finding for finding in find_about_data(series)}


def with_spend(number: int, spend: FloatArray, seed: int = 1) -> ResponseSeries:
    series = clean(seed)
    columns = series.spend.copy()
    columns[:, number] = spend
    return replace(series, spend=columns)


@pytest.mark.parametrize("seed", range(1, 11))
def test_clean_facts_are_left_alone(seed: int):
    assert find_about_data(clean(seed)) == ()


@pytest.mark.parametrize(("factor", "said"), [(100.0, "100"), (1000.0, "1,000"), (1e6, "1,000,000")])
def test_a_stretch_in_another_unit_is_named_with_its_dates(factor: float, said: str):
    spend = clean().spend[:, 1].copy() + 20.0
    spend[30:36] *= factor
    finding = found(with_spend(1, spend))["unit_change", "channel_1"]
    assert f"about {said} times above" in finding.text
    assert mondays(31)[30].isoformat() in finding.text
    assert mondays(36)[35].isoformat() in finding.text


def test_a_stretch_in_thousands_is_seen_from_below_too():
    spend = clean().spend[:, 1] + 20.0
    spend[80:] /= 1000.0
    assert "1,000 times below" in found(with_spend(1, spend))["unit_change", "channel_1"].text


def test_a_single_slip_is_a_slip_and_not_another_unit():
    spend = clean().spend[:, 1].copy()
    spend[50] = 10.0 * spend.max()
    said = found(with_spend(1, spend))
    assert ("spend_outlier", "channel_1") in said
    assert ("unit_change", "channel_1") not in said
    assert mondays(51)[50].isoformat() in said["spend_outlier", "channel_1"].text


def test_a_gap_in_a_channel_that_always_runs_is_a_missing_load_and_a_flight_is_not():
    spend = steady()
    spend[[20, 61]] = 0.0
    assert mondays(62)[61].isoformat() in found(with_spend(0, spend))["missing_load", "channel_0"].text
    assert ("missing_load", "channel_1") not in found(clean())


def test_a_week_counted_twice_is_named_in_a_steady_channel():
    spend = steady()
    spend[40] *= 2.0
    assert mondays(41)[40].isoformat() in found(with_spend(0, spend))["double_count", "channel_0"].text


def test_the_same_amounts_in_two_channels_are_named_once():
    series = clean()
    finding = found(replace(series, spend=np.column_stack([series.spend[:, :2], series.spend[:, 0]])))["duplicate", "channel_0"]
    assert finding.other == "channel_2"
    assert "counted twice" in finding.text


def test_a_channel_a_thousand_times_another_is_asked_about():
    series = clean()
    assert "over 1,000 times more spend" in found(replace(series, spend=series.spend * [1.0, 1.0, 1200.0]))["scale_apart", "channel_2"].text


def test_spend_far_above_revenue_is_asked_about():
    series = clean()
    assert ("spend_above_sales", None) in found(replace(series, outcome=series.outcome / 100.0))


def test_gaps_and_flat_stretches_of_the_outcome_are_named():
    series = clean()
    outcome = series.outcome.copy()
    outcome[33] = 0.0
    outcome[60:66] = outcome[60]
    said = found(replace(series, outcome=outcome))
    assert mondays(34)[33].isoformat() in said["outcome_gap", None].text
    assert "6 weeks in a row" in said["outcome_flat", None].text


def test_small_counts_may_repeat_and_be_nothing():
    counts = np.random.default_rng(1).poisson(2.0, WEEKS).astype(float)
    assert not {code for code, _ in found(replace(clean(), outcome=counts))} & {"outcome_gap", "outcome_flat"}


def test_every_code_is_listed_and_kept():
    rooms = Path(quarterdeck.response.__file__).parent
    used = {code for file in rooms.rglob("*.py") for code in re.findall(r'Finding\(\s*"([a-z_]+)"', file.read_text(encoding="utf-8"))}
    assert used <= set(FINDING_CODES)
    assert set(MISLEADING) <= set(FINDING_CODES)
    assert all(text.endswith(".") for text in FINDING_CODES.values())
