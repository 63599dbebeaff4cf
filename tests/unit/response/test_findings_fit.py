"""Findings after a fit: groups that cannot be told apart, harm, breaks of level, one's own name, chains that did not settle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shops import mondays, simulate_shop

from quarterdeck.response.exchange.tables import from_tables, to_tables
from quarterdeck.response.findings.channels import cannot_tell_apart, may_harm, own_name
from quarterdeck.response.findings.findings import find_about_chains, find_about_fit
from quarterdeck.response.findings.outcome import broken_level
from quarterdeck.response.series.series import ResponseSeries


def five_channels() -> ResponseSeries:
    """Three that move together, two that do not."""
    series, rng = simulate_shop(1, returns=(1.0,) * 3).series, np.random.default_rng(2)
    group = series.spend[:, [0]] * rng.uniform(0.97, 1.03, (104, 3))
    return replace(series, channels=("tv", "radio", "print", "search", "mail"), spend=np.column_stack([group, series.spend[:, 1:]]))


def returns(series: ResponseSeries, mean: float = 1.0) -> np.ndarray:
    return mean + 0.2 * np.random.default_rng(3).standard_normal((300, len(series.channels)))


def test_more_than_two_look_alikes_are_one_group():
    (group,) = cannot_tell_apart(five_channels(), returns(five_channels()))
    assert group.channels == ("tv", "radio", "print")
    assert "tv, radio and print cannot be told apart" in group.text


def test_one_slip_in_the_same_week_makes_no_look_alikes():
    series = simulate_shop(1, returns=(1.0,) * 3).series
    spend = series.spend.copy()
    spend[40] *= 40.0
    assert cannot_tell_apart(replace(series, spend=spend), returns(series)) == []


def test_a_group_is_kept_in_the_file_of_a_fit():
    from quarterdeck.response.fitting.fit import fit_response

    fitted = fit_response(five_channels(), seed=1)
    again = from_tables(*to_tables(fitted))
    assert again.diagnostics == fitted.diagnostics
    assert ("tv", "radio", "print") in {finding.channels for finding in fitted.diagnostics.findings}


def test_a_channel_that_takes_away_is_named_and_others_are_not():
    series = simulate_shop(3, weeks=156, returns=(2.0, 1.0, -2.5), noise=40.0).series
    assert [finding.channel for finding in may_harm(series, returns(series))] == ["channel_2"]
    assert may_harm(simulate_shop(3, weeks=156, returns=(2.0, 1.0, 1.0)).series, returns(series)) == []


def test_a_fit_that_finds_harm_likely_is_believed():
    series = simulate_shop(4, returns=(1.0, 1.0)).series
    assert [finding.channel for finding in may_harm(series, returns(series) * [1.0, -1.0])] == ["channel_1"]


@pytest.mark.parametrize("size", [-400.0, 400.0])
def test_a_step_of_the_level_is_dated_and_a_wandering_level_is_none(size: float):
    rng = np.random.default_rng(1)
    level = 2000.0 + 50.0 * rng.standard_normal(104)
    series = simulate_shop(1).series
    stepped = np.where(np.arange(104) >= 60, level + size, level)
    (finding,) = broken_level(series, stepped)
    assert mondays(61)[60].isoformat() in finding.text
    assert ("higher" if size > 0 else "lower") in finding.text
    assert broken_level(series, level) == []
    assert broken_level(series, level + np.cumsum(15.0 * rng.standard_normal(104))) == []


def test_adverts_on_ones_own_name_are_doubted_when_they_bring_far_more():
    series = replace(simulate_shop(1, returns=(1.0,) * 3).series, channels=("search_brand", "search", "brand_video"))
    dear = returns(series) * [4.0, 1.0, 4.0]
    assert [finding.channel for finding in own_name(series, dear)] == ["search_brand"]
    assert own_name(series, returns(series)) == []


def test_chains_that_did_not_agree_are_named():
    assert find_about_chains(1.001, 900.0) == ()
    assert [finding.code for finding in find_about_chains(1.2, 900.0)] == ["not_settled"]
    assert [finding.code for finding in find_about_chains(1.001, 50.0)] == ["not_settled"]


def test_a_week_that_nothing_explains_is_named():
    series = simulate_shop(1).series
    noise = np.random.default_rng(1).standard_normal((20, 104)) * 0.01 + np.random.default_rng(2).standard_normal(104)
    noise[:, 70] += 12.0
    said = {finding.code: finding.text for finding in find_about_fit(series, returns(series), noise)}
    assert mondays(71)[70].isoformat() in said["outlier"]
