"""How long a quarter's money takes to place, and how close to the best possible it is proven to be: medians of 5 runs.

python benchmarks/allocate_speed.py
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from time import perf_counter

import numpy as np

from quarterdeck.plan.allocate import Allocation, allocate_budget
from quarterdeck.plan.limits import ChannelLimit
from quarterdeck.response.curves.curves import ResponseCurves

LAST_WEEK = date(2026, 12, 28)
WEEKS = tuple(LAST_WEEK + timedelta(weeks=n + 1) for n in range(13))
RUNS = 5


def random_curves(channels: int, draws: int, *, spread: float, seed: int) -> ResponseCurves:
    """Channels whose size differs by e ** (2 * spread), carry-over from 5 to 90 %, both forms of saturation, with carry-in."""
    rng = np.random.default_rng(seed)
    half = np.exp(rng.normal(7, spread, channels) + rng.normal(0, 0.4, (draws, channels)))
    ceiling = np.exp(rng.normal(3, spread, channels) + rng.normal(0, 0.4, (draws, channels)))
    decay = np.clip(rng.uniform(0.05, 0.9, channels) + rng.normal(0, 0.08, (draws, channels)), 0, 0.97)
    form = rng.integers(0, 2, (draws, channels)).astype(np.uint8)
    names = tuple(f"channel_{i + 1}" for i in range(channels))
    return ResponseCurves("new_customers", names, LAST_WEEK, decay, half, ceiling, form, rng.uniform(0, 0.6, (draws, channels)) * half)


def allocation_of(curves: ResponseCurves, *, is_limited: bool, is_valued: bool) -> Callable[[], Allocation]:
    """The question to be timed: a budget of a third of what half saturation costs, with or without limits and a unit's value."""
    channels = len(curves.channels)
    budget = Decimal(int(13 * float(np.median(curves.half)) * channels * 0.3))
    share = budget // channels
    limits = [ChannelLimit(name, floor=share // 5, cap=share * 2, weekly_cap=share // 4) for name in curves.channels] if is_limited else []
    value = float(budget) / (float(curves.ceiling.mean(axis=0).sum()) * 13 * 0.4) if is_valued else None
    return lambda: allocate_budget(curves, weeks=WEEKS, budget=budget, limits=limits, value_per_unit=value)


def main() -> None:
    print(f"{'channels':>8} {'weeks':>5} {'draws':>5} {'limits':>6} {'value':>5} {'median ms':>9} {'worst ms':>8} {'steps':>5} {'gap':>8}")
    for channels, draws in ((8, 200), (10, 200), (10, 400), (50, 200), (200, 100)):
        for is_limited, is_valued in ((False, False), (True, False), (True, True)):
            ask = allocation_of(random_curves(channels, draws, spread=1.0, seed=1), is_limited=is_limited, is_valued=is_valued)
            seconds = []
            for _ in range(RUNS):
                start = perf_counter()
                answer = ask()
                seconds.append(perf_counter() - start)
            print(
                f"{channels:>8} {len(WEEKS):>5} {draws:>5} {'yes' if is_limited else 'no':>6} {'yes' if is_valued else 'no':>5} "
                f"{median(seconds) * 1e3:>9.0f} {max(seconds) * 1e3:>8.0f} {answer.iterations:>5} {answer.gap_share:>8.1e}"
            )


if __name__ == "__main__":
    main()
