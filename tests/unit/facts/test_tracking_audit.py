"""Lost days are found, and clean years are left in peace."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from quarterdeck.facts.tracking_audit import TrackingFault, find_lost_days
from quarterdeck.kernel.problems import NotEnoughData

FIRST = date(2026, 1, 5)
WEEKDAYS = np.array([1.0, 1.05, 1.1, 1.0, 0.95, 0.8, 0.9])


def days(n):
    return [FIRST + timedelta(days=k) for k in range(n)]


def clean_year(seed, *, mean=60.0, n=364, dispersion=20.0, season=0.3):
    """Over-dispersed counts (gamma-Poisson) with a week, a season and autocorrelated noise."""
    rng = np.random.default_rng(seed)
    t = np.arange(n)
    noise = np.zeros(n)
    for k in range(1, n):
        noise[k] = 0.5 * noise[k - 1] + rng.normal() * 0.07
    usual = mean * WEEKDAYS[t % 7] * (1 + season * np.sin(2 * np.pi * (t / 364 + rng.random()))) * np.exp(noise)
    return rng.poisson(usual * rng.gamma(dispersion, 1 / dispersion, n)).astype(float)


def lost(values, first, last, share):
    faulty = values.copy()
    faulty[first : last + 1] = np.floor(faulty[first : last + 1] * share)
    return faulty


def test_clean_years_raise_hardly_any_alarm():
    alarms = sum(len(find_lost_days(days(364), clean_year(seed, mean=mean))) for mean in (3, 60, 400) for seed in range(50))

    assert alarms <= 6, "of 150 clean years at most 1 in 25 may raise an alarm"


@pytest.mark.parametrize(
    ("length", "share"),
    [pytest.param(2, 0.0, id="two_days_of_nothing"), pytest.param(7, 0.3, id="a_week_at_a_third"), pytest.param(14, 0.5, id="a_fortnight_at_half")],
)
def test_lost_days_are_found_with_their_dates_and_size(length, share):
    found = 0
    for seed in range(12):
        values = clean_year(seed)
        first, last = 150, 150 + length - 1
        faults = find_lost_days(days(364), lost(values, first, last, share))
        true_loss = values[first : last + 1].sum() * (1 - share)
        for fault in faults:
            near = abs((fault.first_day - days(364)[first]).days) <= 1 and abs((fault.last_day - days(364)[last]).days) <= 1
            found += near and abs(fault.missing_estimate - true_loss) < 0.35 * values[first : last + 1].sum()

    assert found >= 10


def test_a_single_day_of_nothing_is_a_fault_where_nothing_is_usual_never():
    faults = find_lost_days(days(364), lost(clean_year(1), 200, 200, 0))

    assert [(fault.first_day, fault.kind, fault.recorded_share) for fault in faults] == [(days(364)[200], "nothing_recorded", 0.0)]
    assert faults[0].score < 0.03
    assert faults[0].sentence.startswith("Nothing was recorded on 24 July 2026, and afterwards it was as before")


def test_days_of_nothing_are_ordinary_where_little_is_recorded():
    values = clean_year(3, mean=0.7)
    assert (values == 0).sum() > 100

    assert find_lost_days(days(364), values) == ()


def test_a_fall_that_stays_is_no_fault():
    values = clean_year(4, season=0.0)
    values[180:] = np.floor(values[180:] * 0.4)

    assert find_lost_days(days(364), values) == ()


def test_a_fall_at_the_end_cannot_be_told_from_a_fault_and_says_so():
    (fault,) = find_lost_days(days(364), lost(clean_year(5), 356, 363, 0.1))

    assert (fault.kind, fault.last_day) == ("not_over", days(364)[-1])
    assert "Check the tags before judging" in fault.sentence


def test_the_end_of_a_peak_is_no_fault():
    values = clean_year(6, season=0.0)
    values[200:220] = np.round(values[200:220] * 2.5)

    assert find_lost_days(days(364), values) == ()


def test_a_dip_that_returns_every_year_is_a_season():
    values = np.concatenate([clean_year(7, season=0.0), clean_year(8, season=0.0)])
    dipped = values.copy()
    for start in (150, 150 + 364):
        dipped[start : start + 8] = np.floor(dipped[start : start + 8] * 0.3)
    once = lost(values, 150, 157, 0.3)

    assert find_lost_days(days(728), dipped) == ()
    assert len(find_lost_days(days(728), once)) == 1


def test_known_low_days_are_no_fault_unless_nothing_at_all_was_recorded():
    holidays = set(days(364)[150:156])

    assert find_lost_days(days(364), lost(clean_year(9), 150, 155, 0.2), known_low=holidays) == ()
    assert len(find_lost_days(days(364), lost(clean_year(9), 150, 155, 0.0), known_low=holidays)) == 1


def test_what_a_model_expected_to_be_low_is_no_fault():
    expected = np.ones(364)
    expected[150:156] = 0.2
    values = lost(clean_year(10), 150, 155, 0.2)

    assert len(find_lost_days(days(364), values)) == 1
    assert find_lost_days(days(364), values, expected=expected) == ()


def test_days_without_a_record_are_neither_faults_nor_evidence():
    values = lost(clean_year(11), 150, 153, 0)
    values[250:260] = np.nan

    faults = find_lost_days(days(364), values)

    assert [(fault.first_day, fault.last_day) for fault in faults] == [(days(364)[150], days(364)[153])]


def test_several_faults_come_in_the_order_of_days():
    values = lost(lost(clean_year(12), 300, 304, 0), 100, 103, 0)

    assert [fault.first_day for fault in find_lost_days(days(364), values)] == [days(364)[100], days(364)[300]]


def test_money_is_audited_like_counts():
    rng = np.random.default_rng(13)
    values = np.array([rng.lognormal(3.5, 0.6, int(count)).sum() for count in clean_year(13)])

    assert find_lost_days(days(364), values) == ()
    assert [fault.days for fault in find_lost_days(days(364), lost(values, 150, 153, 0))] == [4]


def test_too_little_history_is_said():
    assert isinstance(find_lost_days(days(40), np.ones(40)), NotEnoughData)


def test_arrays_that_cannot_be_meant_are_refused():
    with pytest.raises(ValueError, match="do not match"):
        find_lost_days(days(60), np.ones(59))
    with pytest.raises(ValueError, match="consecutive"):
        find_lost_days([*days(59), FIRST + timedelta(days=70)], np.ones(60))
    with pytest.raises(ValueError, match="below zero"):
        find_lost_days(days(60), -np.ones(60))


def test_a_fault_counts_its_days():
    assert TrackingFault(FIRST, FIRST + timedelta(days=2), "partly_recorded", 0.2, 10.0, 0.001).days == 3


@pytest.mark.parametrize(("days_since", "kind"), [pytest.param(2, "not_over", id="two_days"), pytest.param(5, "partly_recorded", id="five_days")])
def test_a_few_days_as_before_say_that_the_dip_is_over(days_since, kind):
    hits = 0
    for seed in range(8):
        values = clean_year(seed)
        last = len(values) - 1 - days_since
        faults = find_lost_days(days(364), lost(values, last - 7, last, 0.06))
        hits += bool(faults) and faults[-1].kind == kind

    assert hits >= 7
