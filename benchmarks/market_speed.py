"""How long a simulated market takes: ten years of each preset, its truth, and the best plan of a quarter. Prints medians in seconds.

Run: .venv/bin/python benchmarks/market_speed.py
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import perf_counter

from quarterdeck.market.market import build_market
from quarterdeck.market.presets import PRESETS
from quarterdeck.market.surroundings import look_around
from quarterdeck.market.truth import best_plan, true_contribution

FIRST_DAY = date(2016, 1, 4)
TEN_YEARS = FIRST_DAY + timedelta(days=3651)
REPEATS = 5


def main() -> None:
    """Print one line for each preset."""
    print(f"{'preset':12} {'lines':>5} {'habits':>8} {'run cold':>9} {'run warm':>9} {'truth':>8} {'best plan':>10}")
    for preset_id, preset in PRESETS.items():
        market = build_market(preset_id, seed=1, first_day=FIRST_DAY)
        spend = market.usual_spend(TEN_YEARS)
        market.run(spend)  # imports what scipy needs
        history = market.usual_spend(FIRST_DAY + timedelta(weeks=104, days=-1))
        budget = preset.weekly_spend * 13
        seconds = (
            _timed(lambda market=market: market.usual_spend(TEN_YEARS)),
            _timed(lambda market=market, spend=spend: market.run(spend), fresh=True),
            _timed(lambda market=market, spend=spend: market.run(spend)),
            _timed(lambda market=market, spend=spend: true_contribution(market, spend)),
            _timed(lambda market=market, history=history, budget=budget: best_plan(market, history, weeks=13, budget=budget)),
        )
        habits, cold, warm, truth, best = seconds
        print(f"{preset_id:12} {len(spend.lines):5d} {habits:8.3f} {cold:9.3f} {warm:9.3f} {truth:8.3f} {best:10.2f}")


def _timed(work: Callable[[], object], *, fresh: bool = False) -> float:
    times = []
    for _ in range(REPEATS):
        if fresh:
            look_around.cache_clear()
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


if __name__ == "__main__":
    main()
