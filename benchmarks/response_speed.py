"""How long a fit takes: python benchmarks/response_speed.py [RUNS]

Simulated shops of 4, 8 and 10 channels over one to four years: median and longest wall seconds and median processor seconds over RUNS (5) different shops
after one warm-up, with the worst R-hat and the smallest effective number of draws among them. `alike`: channels whose spend moves together, which cost the
sampler most. Last, a fit in a process of its own, imports included.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.model.cells import carry_over
from quarterdeck.response.series.series import ResponseSeries

SIZES = ((4, 52, 0.0), (4, 208, 0.0), (8, 104, 0.0), (8, 208, 0.0), (10, 52, 0.0), (10, 208, 0.0), (10, 208, 0.9))
"""Channels, weeks, and how much of each channel's spend is what all channels spend on average."""
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


def moving_together(series: ResponseSeries, share: float) -> ResponseSeries:
    """The same outcome, with `share` of each channel's spend replaced by the average of all channels."""
    return replace(series, spend=(1.0 - share) * series.spend + share * series.spend.mean(axis=1, keepdims=True))


def main(runs: int) -> None:
    """One row a size."""
    fit_response(simulated_shop(0, 2, 52), seed=0)
    print(f"{'channels':>9}{'weeks':>7}{'alike':>7}{'wall s':>9}{'longest':>9}{'cpu s':>8}{'R-hat':>8}{'ESS':>7}{'draws':>7}")
    for channels, weeks, alike in SIZES:
        wall, cpu, fits = [], [], list[ResponseFit]()
        for seed in range(1, runs + 1):
            series = moving_together(simulated_shop(seed, channels, weeks), alike)
            began, worked = time.perf_counter(), time.process_time()
            fits.append(fit_response(series, seed=seed))
            wall.append(time.perf_counter() - began)
            cpu.append(time.process_time() - worked)
        rhat, ess = max(fit.diagnostics.rhat_max for fit in fits), min(fit.diagnostics.ess_min for fit in fits)
        print(
            f"{channels:9}{weeks:7}{alike:7.0%}{np.median(wall):9.2f}{max(wall):9.2f}{np.median(cpu):8.2f}{rhat:8.3f}{ess:7.0f}{fits[0].draws:7}",
            flush=True,
        )
    print(f"a process of its own, 8 channels and 104 weeks, imports included: {np.median([fresh_process() for _ in range(3)]):.2f} s wall")


def fresh_process() -> float:
    """Wall seconds of one fit in a process of its own."""
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); from response_speed import *; fit_response(simulated_shop(1, 8, 104), seed=1)"
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
