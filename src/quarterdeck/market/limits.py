"""Which weekly splits are allowed: the whole budget, floors and caps of a channel over the plan, most in a week; and the nearest allowed one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.market.streams import FloatArray

_ROUNDS = 64


@dataclass(frozen=True, eq=False)
class SplitLimits:
    """Limits in money: `budget` for all, `floor` and `cap` `[channel]` for the whole plan, `week_cap [channel]` for one week (inf is no limit)."""

    weeks: int
    budget: float
    floor: FloatArray
    cap: FloatArray
    week_cap: FloatArray

    @classmethod
    def of(
        cls,
        channels: tuple[str, ...],
        *,
        weeks: int,
        budget: float,
        floors: Mapping[str, float],
        caps: Mapping[str, float],
        week_caps: Mapping[str, float],
    ) -> SplitLimits:
        """The limits by channel. Raises InvalidInput when no split can keep all of them."""
        floor = np.array([float(floors.get(channel, 0.0)) for channel in channels])
        week_cap = np.array([float(week_caps.get(channel, np.inf)) for channel in channels])
        cap = np.minimum([float(caps.get(channel, np.inf)) for channel in channels], week_cap * weeks)
        named = {**floors, **caps, **week_caps}
        limits = cls(weeks, budget, floor, cap, week_cap)
        problems = list(_problems(channels, limits, named))
        if problems:
            raise InvalidInput(problems)
        return limits

    def nearest(self, amounts: FloatArray) -> FloatArray:
        """The allowed split whose proportions are nearest to those of `amounts [week, channel]`: channels scaled as one, then weeks within each."""
        wanted = np.maximum(amounts, 1e-12 * self.budget / amounts.size)
        totals = _scaled_into(wanted.sum(axis=0), self.floor, self.cap, self.budget)
        split: FloatArray = wanted / wanted.sum(axis=0) * totals
        for n in np.flatnonzero((split > self.week_cap).any(axis=0)):
            most = np.full(self.weeks, self.week_cap[n])
            split[:, n] = _scaled_into(wanted[:, n], np.zeros(self.weeks), most, totals[n])
        return split


def _scaled_into(values: FloatArray, floor: FloatArray, cap: FloatArray, total: float) -> FloatArray:
    """`values` times one factor, kept between `floor` and `cap`, such that they add up to `total`."""
    even: FloatArray = values * (total / values.sum())
    if (even >= floor).all() and (even <= cap).all():
        return even
    low, high = -60.0, 60.0
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        if np.clip(values * np.exp(middle), floor, cap).sum() < total:
            low = middle
        else:
            high = middle
    found = np.clip(values * np.exp((low + high) / 2), floor, cap)
    free = (found > floor) & (found < cap)
    if free.any():
        found[free] += (total - found.sum()) * found[free] / found[free].sum()
    return np.asarray(np.clip(found, floor, cap), dtype=np.float64)


def _problems(channels: tuple[str, ...], limits: SplitLimits, named: Mapping[str, float]) -> list[Problem]:
    weeks, budget, floor, cap = limits.weeks, limits.budget, limits.floor, limits.cap
    problems = [
        Problem("MARKET-022", "limits", name, f"one of {', '.join(channels)}", "Name a channel of this market.")
        for name in sorted(set(named) - set(channels))
    ]
    if weeks < 1 or not budget > 0:
        problems.append(Problem("MARKET-030", "plan", f"{weeks} weeks, budget {budget:.2f}", "at least one week and some money", "Give both."))
    for channel, least, most in zip(channels, floor, cap, strict=True):
        if least < 0 or least > most:
            problems.append(
                Problem(
                    "MARKET-031", f"limits.{channel}", f"floor {least:.2f}, cap {most:.2f}", "0 or more, floor not above cap", "Change one of them."
                )
            )
    if floor.sum() > budget * (1 + 1e-9) or cap.sum() < budget * (1 - 1e-9):
        problems.append(
            Problem(
                "MARKET-032",
                "budget",
                f"{budget:.2f}",
                f"between all floors ({floor.sum():.2f}) and all caps ({cap.sum():.2f})",
                "Change the budget or a limit.",
            )
        )
    return problems
