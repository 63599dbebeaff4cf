"""GeoTest: outcome and spend by place and time, which places were treated, and when: what a geo test is read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.series.series import FloatArray

FEWEST_BEFORE, FEWEST_IN_ALL = 6, 10
_STATE = "Nothing was read."


@dataclass(frozen=True)
class GeoDays:
    """First and last day of the time before, of the test and, where it was waited for late effects, of the time after (`cooldown_to`)."""

    before_from: date
    test_from: date
    test_to: date
    cooldown_to: date | None = None

    @property
    def last_day(self) -> date:
        """The last day that effects are counted on."""
        return self.cooldown_to or self.test_to


@dataclass(frozen=True, eq=False)
class GeoTest:
    """A geo test.

    Shapes: `outcome [row, geo]` (units of the metric), `spend [row, geo]` (money), `is_treated [geo]`. `starts`: first day of each row, all rows from
    `days.before_from` on, one step (`step_days`, 1 or 7) after the other. `filled`: how many cells had no row and count as 0.
    """

    geos: tuple[str, ...]
    starts: tuple[date, ...]
    outcome: FloatArray
    spend: FloatArray
    is_treated: npt.NDArray[np.bool_]
    days: GeoDays
    step_days: int = 1
    filled: int = 0

    @property
    def before(self) -> npt.NDArray[np.bool_]:
        """Rows of the time before the test [row]."""
        return np.array([start < self.days.test_from for start in self.starts])

    @property
    def during(self) -> npt.NDArray[np.bool_]:
        """Rows of the test [row]."""
        return np.array([self.days.test_from <= start <= self.days.test_to for start in self.starts])

    @property
    def cooldown(self) -> npt.NDArray[np.bool_]:
        """Rows after the test that count towards its effect [row]."""
        return np.array([self.days.test_to < start <= self.days.last_day for start in self.starts])

    @property
    def counted(self) -> npt.NDArray[np.bool_]:
        """Rows whose effect counts: test and cooldown [row]."""
        return self.during | self.cooldown

    def total(self, values: FloatArray, *, treated: bool) -> FloatArray:
        """`values` [row, geo] summed over the treated or the control places [row]."""
        return np.asarray(values[:, self.is_treated == treated].sum(axis=1))

    def without(self, geo: int) -> Self:
        """The test without one place."""
        keep = np.arange(len(self.geos)) != geo
        geos = tuple(name for name, kept in zip(self.geos, keep, strict=True) if kept)
        return replace(self, geos=geos, outcome=self.outcome[:, keep], spend=self.spend[:, keep], is_treated=self.is_treated[keep])


def build_geo_test(rows: Sequence[tuple[str, date, float, float]], treated: dict[str, bool], days: GeoDays) -> GeoTest:
    """The test from `rows` (geo, day, outcome, spend) in any order; places that `treated` does not name are left out, as are days before the test's own.

    A place without a row on a day counts as 0 there. Raises InvalidInput: RESPONSE-062 (days), 063 (groups), 064 (a place has two rows on a day),
    065 (too few rows before the test or in all, or control places that never change), 069 (days that are not one step apart).
    """
    problems = [*_day_problems(days), *_group_problems(treated)]
    used = [row for row in rows if row[0] in treated and row[1] >= days.before_from]
    repeated = len(used) - len({(geo, day) for geo, day, *_ in used})
    if repeated:
        problems.append(
            Problem("RESPONSE-064", "rows", f"{repeated} rows for a place and day that had one", "one row for each place and day", "Add them up.")
        )
    starts = sorted({day for _, day, *_ in used})
    steps = {(later - earlier).days for earlier, later in pairwise(starts)}
    if not problems:
        problems += _time_problems(starts, steps, days)
    if problems:
        raise InvalidInput(problems, state=_STATE)
    geos = sorted({geo for geo, *_ in used})
    outcome, spend = np.zeros((2, len(starts), len(geos)))
    place, row = {geo: n for n, geo in enumerate(geos)}, {day: n for n, day in enumerate(starts)}
    for geo, day, brought, cost in used:
        outcome[row[day], place[geo]], spend[row[day], place[geo]] = brought, cost
    is_treated = np.array([treated[geo] for geo in geos], dtype=bool)
    if is_treated.all() or not is_treated.any():
        raise InvalidInput([_group_problem(f"rows of {'treated' if is_treated.all() else 'control'} places only")], state=_STATE)
    test = GeoTest(tuple(geos), tuple(starts), outcome, spend, is_treated, days, steps.pop(), len(starts) * len(geos) - len(used))
    if np.ptp(test.total(outcome, treated=False)[test.before]) == 0:
        found = "the same outcome of all control places in every row before the test"
        raise InvalidInput([Problem("RESPONSE-065", "rows", found, "an outcome that changes", "Check the column of what was counted.")], state=_STATE)
    return test


def _day_problems(days: GeoDays) -> list[Problem]:
    order = [days.before_from, days.test_from, days.test_to + timedelta(days=1), days.last_day + timedelta(days=1)]
    if order[0] < order[1] < order[2] <= order[3]:
        return []
    found = f"before from {days.before_from}, test from {days.test_from} to {days.test_to}, cooldown to {days.cooldown_to}"
    return [Problem("RESPONSE-062", "days of the test", found, "each after the one before it", "Correct the days.")]


def _group_problems(treated: dict[str, bool]) -> list[Problem]:
    return [] if len(set(treated.values())) == 2 else [_group_problem("one group of places only")]


def _group_problem(found: str) -> Problem:
    return Problem("RESPONSE-063", "groups", found, "treated and control places", "Say which places were treated and which were not.")


def _time_problems(starts: Sequence[date], steps: set[int], days: GeoDays) -> list[Problem]:
    before, counted = (sum(first <= day <= last for day in starts) for first, last in ((days.before_from, days.test_from - timedelta(days=1)),
                                                                                      (days.test_from, days.last_day)))  # fmt: skip
    if before < FEWEST_BEFORE or counted == 0 or before + counted < FEWEST_IN_ALL:
        return [
            Problem(
                "RESPONSE-065",
                "rows",
                f"{before} before the test and {counted} from then on",
                f"at least {FEWEST_BEFORE} before the test, 1 in it and {FEWEST_IN_ALL} in all",
                "Add earlier rows, or give days instead of weeks.",
            )
        ]
    if len(steps) != 1 or not steps <= {1, 7}:
        return [Problem("RESPONSE-069", "time", f"rows {sorted(steps)} days apart", "every day, or every week", "Add the missing days with 0.")]
    return []
