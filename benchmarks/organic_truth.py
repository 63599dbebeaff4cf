"""What a newsletter truly brought, and how near a fit comes: carried over as `response/model/organic.py` chooses, and as a plain column of context.

Simulated shops of 130 weeks with two paid channels and a newsletter in a quarter of the weeks; one of the channels is bought in the week after it.
Processor time. Run: python benchmarks/organic_truth.py
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.model.cells import carry_before, carry_over
from quarterdeck.response.series.series import FloatArray, ResponseSeries

WEEKS, SHOPS, MAILS_BRING, NOISE = 130, 20, 150.0, 40.0
KINDS = {"lasts, saturates": (0.75, 1.0), "lasts, straight": (0.75, 0.0), "in its own week": (0.0, 0.0)}


def simulate(seed: int, hold: float, bend: float) -> tuple[ResponseSeries, FloatArray, float]:
    """The series, what each channel brought, and what the newsletter did."""
    rng = np.random.default_rng([seed, 11])
    sent = np.where(rng.random(WEEKS) < 0.25, rng.uniform(2000, 10000, WEEKS), 0.0)
    spend = rng.gamma(2.0, 50.0, (WEEKS, 2))
    spend[:, 1] *= np.where(np.roll(sent, 1) > 0, 2.0, 0.8)
    level = carry_over(sent[:, None], np.zeros(1), np.array([hold]))[0, 0]
    mails = level / (1.0 + bend * level / (2.0 * level.mean()))
    mails *= MAILS_BRING / mails.mean()
    brought = np.stack([_channel(spend[:, [n]], decay, value) for n, (decay, value) in enumerate(((0.3, 2.0), (0.6, 1.0)))], axis=1)
    week = np.arange(WEEKS)
    base = 1000 + 100 * np.sin(2 * np.pi * week / 52.18) + 0.5 * week + rng.normal(0, NOISE, WEEKS)
    starts = tuple(date(2022, 1, 3) + timedelta(weeks=n) for n in range(WEEKS))
    series = ResponseSeries("revenue", starts, ("search", "social"), spend, base + brought.sum(axis=1) + mails, ("mail",), sent[:, None])
    return series, brought.sum(axis=0), float(mails.sum())


def of_mails(fit: ResponseFit) -> FloatArray:
    """What the newsletter brought over all weeks, by the fit [draw]."""
    series, baseline = fit.series, fit.baseline
    silent = replace(baseline, organic=replace(baseline.organic, before=0.0 * baseline.organic.before))
    return np.asarray((fit.baseline_fitted() - silent.at(fit.weeks, fit.weeks[-1], 0.0 * series.context, 0.0 * series.exposures)).sum(axis=1))


def main() -> None:
    """A line a kind of newsletter and way of reading it."""
    print("newsletter            read as          median error  held   channels: error  held   processor s a fit")
    for kind, (hold, bend) in KINDS.items():
        for way in ("plain column", "carried over"):
            rows = [_judge(*simulate(seed, hold, bend), is_plain=way == "plain column") for seed in range(SHOPS)]
            error, held, off, inside, seconds = (np.array(column) for column in zip(*rows, strict=True))
            print(f"{kind:22}{way:18}{np.median(error):10.0%}{held.mean():8.2f}{off.mean():15.0%}{inside.mean():8.2f}{seconds.mean():14.2f}")


def _judge(series: ResponseSeries, brought: FloatArray, mails: float, *, is_plain: bool) -> tuple[float, bool, float, float, float]:
    if is_plain:
        series = replace(series, exposure_names=(), exposures=np.zeros((WEEKS, 0)), context_names=("mail",), context=series.exposures)
    began = time.process_time()
    fit = fit_response(series, seed=1)
    seconds = time.process_time() - began
    found, effects = of_mails(fit), list(fit.channel_effects().values())
    off = float(np.mean([abs(effect.brought.mean / truth - 1.0) for effect, truth in zip(effects, brought, strict=True)]))
    inside = float(np.mean([effect.brought.p05 < truth < effect.brought.p95 for effect, truth in zip(effects, brought, strict=True)]))
    low, high = np.quantile(found, [0.05, 0.95])
    return abs(float(found.mean()) / mails - 1.0), bool(low < mails < high), off, inside, seconds


def _channel(spend: FloatArray, decay: float, value: float) -> FloatArray:
    level = carry_over(spend, carry_before(spend), np.array([decay]))[0, 0]
    shape = level / (level + 120.0)
    return np.asarray(shape * value * spend.sum() / shape.sum())


if __name__ == "__main__":
    main()
