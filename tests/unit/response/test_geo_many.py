"""With more geos than time allows curves are sought in some of them, and found for all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from regions import simulate_geos

from quarterdeck.response.geo import converged
from quarterdeck.response.geo.converged import geos_to_ask
from quarterdeck.response.geo.fit import fit_geo


@pytest.fixture
def few_amounts(monkeypatch):
    """Room for so few amounts that six geos alone are asked."""
    monkeypatch.setattr(converged, "MANY_AMOUNTS", 100)


def test_all_geos_are_asked_where_there_is_room():
    series, _ = simulate_geos(geos=9, weeks=30, seed=1)
    assert geos_to_ask(series) == list(range(9))


def test_large_and_small_geos_are_asked_where_there_is_not(few_amounts):
    series, _ = simulate_geos(geos=20, weeks=30, seed=1)
    asked = geos_to_ask(series)
    assert len(asked) == 6
    assert {int(series.heads.argmax()), int(series.heads.argmin())} <= set(asked)


def test_a_channel_that_one_geo_alone_has_is_sought_there(few_amounts):
    # given
    series, _ = simulate_geos(geos=20, weeks=30, seed=1)
    alone = next(number for number in range(20) if number not in geos_to_ask(series))
    spend = series.spend.copy()
    spend[:, :, 1] *= (np.arange(20) == alone)[:, None]
    # then
    assert alone in geos_to_ask(replace(series, spend=spend))


def test_what_is_found_through_some_geos_is_what_is_found_through_all(monkeypatch):
    # given
    series, _ = simulate_geos(geos=9, weeks=80, seed=6)
    through_all = fit_geo(series, seed=1, forms="one")
    # when
    monkeypatch.setattr(converged, "MANY_AMOUNTS", 100)
    through_some = fit_geo(series, seed=1, forms="one")
    # then
    assert through_some.diagnostics.ok
    for number in range(2):
        middle, wide = through_all.returns[:, number].mean(), through_all.returns[:, number].std()
        assert abs(through_some.returns[:, number].mean() - middle) < 0.5 * wide
        assert through_some.returns[:, number].std() == pytest.approx(wide, rel=0.4)
