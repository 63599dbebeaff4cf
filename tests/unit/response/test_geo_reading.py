"""A geo test read as a whole: the truth is inside the range as often as promised, and what is wrong with a test is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from geo_makers import FIRST, Made, make_test

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.response.experiments.geo_test import GeoDays, GeoTest, build_geo_test
from quarterdeck.response.experiments.reading import GeoReading, read_geo_test


def codes(reading: GeoReading) -> set[str]:
    return {found.code for found in reading.findings}


def changed(made: Made, outcome: np.ndarray | None = None, spend: np.ndarray | None = None) -> GeoTest:
    """The same test with other outcome or spend."""
    test = made.test
    return replace(test, outcome=test.outcome if outcome is None else outcome, spend=test.spend if spend is None else spend)


@pytest.mark.parametrize("lift", [0.0, 0.05], ids=["placebo", "effect"])
def test_the_range_of_nine_in_ten_holds_the_truth_about_as_often(lift):
    held = []
    for seed in range(40):
        made = make_test(seed, lift=lift, places=12, noise=0.1)
        held.append(0.05 <= read_geo_test(made.test).effect.below(made.effect) <= 0.95)

    assert sum(held) >= 33  # 36 expected of 40; fewer than 33 has a chance of 3 % at 0.9


def test_the_return_is_recovered_with_and_without_spend_before_the_test_and_when_spend_is_taken_away():
    new = make_test(3, noise=0.02, lift=0.06)
    more = make_test(3, noise=0.02, lift=0.06, spend_before=0.05)
    dark = make_test(3, noise=0.02, lift=-0.06, spend_before=0.05, moved=-0.04)

    for made in (new, more, dark):
        found = read_geo_test(made.test)
        assert found.returns is not None
        summary = found.returns.summary()
        assert summary.p05 < made.returns < summary.p95
        assert summary.p50 == pytest.approx(made.returns, rel=0.25)
        assert found.is_agreed
    assert float(read_geo_test(dark.test).cost.location.mean()) < 0


def test_known_money_is_exact_and_estimated_money_widens_the_return():
    new = read_geo_test(make_test(4).test)
    more = read_geo_test(make_test(4, spend_before=0.05).test)

    assert new.cost.sd == pytest.approx(0.0, abs=1e-6)
    assert more.cost.sd > 0
    assert new.spend is None
    assert more.spend is not None
    assert 0 < more.spend.low < more.spend.high
    assert more.spend.low == pytest.approx(more.spend.usual, rel=0.1)


def test_a_test_that_moved_no_money_has_an_effect_and_no_return():
    made = make_test(5, moved=0.0, spend_before=0.05)

    found = read_geo_test(made.test)

    assert found.returns is None
    assert found.evidence(name="a", channel="b", metric="c") is None
    assert "no_cost" in codes(found)
    assert found.effect.summary().p50 != 0


def test_an_effect_that_goes_on_after_the_end_is_said_and_one_that_ends_is_not():
    on = make_test(6, noise=0.02, after=14, late=0.08)
    over = make_test(6, noise=0.02, after=14, late=0.0)

    assert "goes_on" in codes(read_geo_test(on.test))
    assert "goes_on" not in codes(read_geo_test(over.test))
    assert "no_cooldown" in codes(read_geo_test(make_test(6).test))


def test_a_short_time_before_and_groups_that_do_not_go_together_are_said():
    rng = np.random.default_rng(0)
    short = make_test(7, before=10)
    loose = changed(make_test(7), outcome=rng.gamma(4, 25, size=make_test(7).test.outcome.shape))

    assert "too_little_before" in codes(read_geo_test(short.test))
    assert "poor_fit" in codes(read_geo_test(loose))


def test_weeks_in_which_a_test_begins_or_ends_are_said_and_whole_weeks_are_not():
    rng = np.random.default_rng(1)
    starts = [FIRST + timedelta(days=7 * week) for week in range(20)]
    rows = [(f"p{place}", start, 100.0 * (1 + place) * rng.gamma(40, 1 / 40), 0.0) for start in starts for place in range(6)]
    treated = {f"p{place}": place % 2 == 1 for place in range(6)}

    def found(first: int, last: int) -> set[str]:
        days = GeoDays(FIRST, FIRST + timedelta(days=first), FIRST + timedelta(days=last))
        return codes(read_geo_test(build_geo_test(rows, treated, days)))

    assert "within_a_week" not in found(7 * 14, 7 * 18 - 1)
    assert "within_a_week" in found(7 * 14 - 2, 7 * 18 - 1)
    assert "within_a_week" in found(7 * 14, 7 * 18 + 1)


def test_an_outlying_day_a_noisy_place_and_a_place_that_decides_are_named():
    made = make_test(8, noise=0.02)
    day, noisy, burst = (made.test.outcome.copy() for _ in range(3))
    day[20, made.test.is_treated] *= 1.5
    noisy[:, 3] = np.random.default_rng(1).normal(300, 60, len(noisy))
    burst[-10:, 5] *= 4

    assert [found.where for found in read_geo_test(changed(made, day)).findings if found.code == "outlying_day"] == ["2027-01-24"]
    assert [found.where for found in read_geo_test(changed(made, noisy)).findings if found.code == "noisy_place"] == [made.test.geos[3]]
    assert [found.where for found in read_geo_test(changed(made, burst)).findings if found.code == "decisive_place"] == [made.test.geos[5]]


def test_groups_that_drifted_before_and_a_control_group_that_spent_too_are_said():
    made = make_test(9, noise=0.02)
    drift, spend = made.test.outcome.copy(), made.test.spend.copy()
    drift[38:, made.test.is_treated] *= 1.1
    spend[made.test.during] += 3.0

    assert "effect_before" in codes(read_geo_test(changed(made, drift)))
    assert "control_spent" in codes(read_geo_test(changed(made, spend=spend)))


def test_two_ways_that_disagree_are_said_and_the_answer_covers_both():
    # given a treated group like one small place and unlike the others, and a shock to a large one during the test
    made = make_test(10, places=6, noise=0.02)
    outcome = made.test.outcome.copy()
    outcome[made.test.during, 0] *= 3.0

    # when
    found = read_geo_test(changed(made, outcome))

    # then
    one, other = (way.effect.summary().p50 for way in found.ways[:2])
    assert not found.is_agreed
    assert "ways_disagree" in codes(found)
    summary = found.effect.summary()
    assert summary.p05 <= min(one, other) <= max(one, other) <= summary.p95


def test_clean_tests_raise_few_alarms():
    serious = [found.code for seed in range(20) for found in read_geo_test(make_test(100 + seed, places=12).test).findings if found.is_serious]

    assert len(serious) <= 4


def test_a_sparse_table_gives_an_answer_and_its_doubts_and_no_fault():
    # given hardly any event, as in the data set that Google keeps for this case
    rng = np.random.default_rng(2)
    rows = [(f"p{place}", FIRST + timedelta(days=day), float(rng.random() < 0.03), 0.0) for place in range(11) for day in range(37)]
    test = build_geo_test(rows, {f"p{n}": n % 2 == 0 for n in range(11)}, GeoDays(FIRST, FIRST + timedelta(days=34), FIRST + timedelta(days=36)))

    found = read_geo_test(test)

    assert np.isfinite(found.effect.summary().p50)
    assert {"poor_fit", "no_cost"} <= codes(found)


def test_the_same_test_gives_the_same_bytes():
    one, other = (read_geo_test(make_test(11).test) for _ in range(2))

    assert one.synthetic.weights.tobytes() == other.synthetic.weights.tobytes()
    assert one.effect.summary() == other.effect.summary()


def test_everything_wrong_with_rows_and_days_is_said_at_once():
    backwards = GeoDays(date(2027, 3, 1), date(2027, 2, 1), date(2027, 2, 20))
    twice = [("a", date(2027, 3, 2), 1.0, 0.0)] * 2

    with pytest.raises(InvalidInput) as refused:
        build_geo_test(twice, {"a": True}, backwards)
    assert [problem.code for problem in refused.value.problems] == ["RESPONSE-062", "RESPONSE-063", "RESPONSE-064"]
    few = [(geo, FIRST + timedelta(days=n), 1.0, 0.0) for geo in "ab" for n in range(8)]
    with pytest.raises(InvalidInput) as refused:
        build_geo_test(few, {"a": True, "b": False}, GeoDays(FIRST, FIRST + timedelta(days=3), FIRST + timedelta(days=7)))
    assert [problem.code for problem in refused.value.problems] == ["RESPONSE-065"]
    gaps = [(geo, FIRST + timedelta(days=2 * n), 1.0, 0.0) for geo in "ab" for n in range(20)]
    with pytest.raises(InvalidInput) as refused:
        build_geo_test(gaps, {"a": True, "b": False}, GeoDays(FIRST, FIRST + timedelta(days=20), FIRST + timedelta(days=38)))
    assert [problem.code for problem in refused.value.problems] == ["RESPONSE-069"]
