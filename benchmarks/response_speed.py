"""How long a fit takes: python benchmarks/response_speed.py [RUNS]

Simulated shops of 4, 8 and 10 channels; median wall and processor seconds over RUNS (5) different shops after one warm-up, with the worst R-hat and
the smallest effective number of draws among them.
"""

from __future__ import annotations

import sys
import time
from datetime import date, timedelta

import numpy as np

from quarterdeck.response.cells import carry_over
from quarterdeck.response.fit import fit_response
from quarterdeck.response.fitted import ResponseFit
from quarterdeck.response.series import ResponseSeries

SIZES = ((4, 52), (8, 104), (10, 196))
_START = date(2021, 1, 4)


def simulated_shop(seed: int, channels: int, weeks: int) -> ResponseSeries:
    """A shop whose channels bring some 30 % of sales, with season, price and noise."""
    rng = np.random.default_rng(seed)
    spend = rng.gamma(2.0, 50.0, size=(weeks, channels)) * (rng.random((weeks, channels)) < 0.85)
    spend[0] = 100.0
    level = carry_over(spend, spend[0], np.array([0.5]))[0].T
    price = rng.standard_normal((weeks, 2))
    base = 1000.0 + 150.0 * np.sin(2.0 * np.pi * np.arange(weeks) / 52.18) + price @ [40.0, -25.0]
    media = (level / (level + 150.0)) @ rng.uniform(20.0, 160.0, channels)
    mondays, names = tuple(_START + timedelta(weeks=number) for number in range(weeks)), tuple(f"channel_{number}" for number in range(channels))
    return ResponseSeries(
        "revenue", mondays, names, spend, base + media + 60.0 * rng.standard_normal(weeks), context_names=("price", "rival"), context=price
    )


def main(runs: int) -> None:
    """One row a size."""
    fit_response(simulated_shop(0, 2, 52), seed=0)
    print(f"{'channels':>9}{'weeks':>7}{'wall s':>9}{'cpu s':>8}{'R-hat':>8}{'ESS':>7}{'draws':>7}")
    for channels, weeks in SIZES:
        wall, cpu, fits = [], [], list[ResponseFit]()
        for seed in range(1, runs + 1):
            series = simulated_shop(seed, channels, weeks)
            began, worked = time.perf_counter(), time.process_time()
            fits.append(fit_response(series, seed=seed))
            wall.append(time.perf_counter() - began)
            cpu.append(time.process_time() - worked)
        rhat, ess = max(fit.diagnostics.rhat_max for fit in fits), min(fit.diagnostics.ess_min for fit in fits)
        print(f"{channels:9}{weeks:7}{np.median(wall):9.2f}{np.median(cpu):8.2f}{rhat:8.3f}{ess:7.0f}{fits[0].draws:7}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
