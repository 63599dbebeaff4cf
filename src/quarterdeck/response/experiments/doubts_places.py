"""find_about_places: places that do not go along with the others, groups of unequal size, and a single place that decides the answer."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from quarterdeck.response.experiments.geo_test import GeoTest
from quarterdeck.response.experiments.spoken import Doubt, whole
from quarterdeck.response.experiments.time_based import TimeBased, regress_on_control

_FEWEST_PLACES = 4
_NOISY, _FENCE = 0.5, 1.5
_UNEQUAL, _LARGE = 3.0, 0.5
_MATTERS = 0.5
_DECIDES = 1.5
_NAMED = 5


def find_about_places(test: GeoTest) -> list[Doubt]:
    """What the places show."""
    return [*_noisy(test), *_unequal(test), *_decisive(test)]


def _noisy(test: GeoTest) -> list[Doubt]:
    """Places that do not move with all the others before the test: below 0.5 and below the lower fence of the correlations.

    Small places are passed over. Source: leave-one-out correlations as in matched_markets (Google); the fence is Tukey's 1977, without its correction for skewness.
    """
    before = test.outcome[test.before]
    if len(test.geos) < _FEWEST_PLACES:
        return []
    others = before.sum(axis=1, keepdims=True) - before
    centred, rest = before - before.mean(axis=0), others - others.mean(axis=0)
    size = np.sqrt((centred**2).sum(axis=0) * (rest**2).sum(axis=0))
    moves = np.where(size > 0, (centred * rest).sum(axis=0) / np.where(size > 0, size, 1.0), -1.0)
    low, high = np.quantile(moves, (0.25, 0.75))
    is_noisy = (moves < min(_NOISY, low - _FENCE * (high - low))) & _matters(test)
    noisy = [geo for geo, is_so in zip(test.geos, is_noisy, strict=True) if is_so]
    if not noisy:
        return []
    named = ", ".join(noisy[:_NAMED]) + (f" and {len(noisy) - _NAMED} more" if len(noisy) > _NAMED else "")
    return [Doubt("noisy_place", f"Going its own way before the test: {named}. Check its rows, or read the test without it.", where=named)]


def _matters(test: GeoTest) -> npt.NDArray[np.bool_]:
    """Places with at least half of an even share of their group [geo]; a noisy place that is small does no harm in a total."""
    before = test.outcome[test.before].sum(axis=0)
    even = np.where(test.is_treated, before[test.is_treated].mean(), before[~test.is_treated].mean())
    return np.asarray(before >= _MATTERS * even)


def _unequal(test: GeoTest) -> list[Doubt]:
    before = test.outcome[test.before].sum(axis=0)
    treated, control = float(before[test.is_treated].sum()), float(before[~test.is_treated].sum())
    if control <= 0 or treated <= 0 or max(treated / control, control / treated) > _UNEQUAL:
        return [
            Doubt(
                "unequal_groups",
                f"The groups differ in size: {whole(treated)} in the treated places before the test, {whole(control)} in the control places. The smaller one's noise "
                "decides how sure the answer is.",
            )
        ]
    largest = max(range(len(test.geos)), key=lambda place: before[place])
    share = float(before[largest]) / (treated if test.is_treated[largest] else control)
    if share <= _LARGE or int((test.is_treated == test.is_treated[largest]).sum()) == 1:
        return []
    return [Doubt("large_place", f"“{test.geos[largest]}” is {share:.0%} of its group: what happens there decides.", where=test.geos[largest])]


def _decisive(test: GeoTest) -> list[Doubt]:
    """Places whose leaving out moves the effect of time-based regression by more than 1.5 of its standard errors (jackknife influence)."""
    everywhere = _by_time(test)
    found = []
    for place, geo in enumerate(test.geos):
        if int((test.is_treated == test.is_treated[place]).sum()) == 1:
            continue
        rest = _by_time(test.without(place))
        moved = rest.effect - everywhere.effect * _share_kept(test, place)
        if abs(moved) > _DECIDES * everywhere.scale:
            found.append((abs(moved), geo, rest.effect))
    if not found:
        return []
    _, geo, effect = max(found)
    text = f"“{geo}” decides the answer: without it the effect is {whole(effect)} instead of {whole(everywhere.effect)}. Look at what happened there."
    return [Doubt("decisive_place", text, where=geo, is_serious=True)]


def _share_kept(test: GeoTest, place: int) -> float:
    """The share of the treated outcome before the test that is left without `place`: what the effect is expected to shrink by."""
    before = test.outcome[test.before].sum(axis=0)
    treated = float(before[test.is_treated].sum())
    return 1.0 - float(before[place]) / treated if test.is_treated[place] and treated > 0 else 1.0


def _by_time(test: GeoTest) -> TimeBased:
    return regress_on_control(test.total(test.outcome, treated=True), test.total(test.outcome, treated=False), test.before, test.counted)
