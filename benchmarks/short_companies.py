"""What a company with 8 to 30 weeks is told, against the truth of the market: python benchmarks/short_companies.py

The last weeks of five simulated companies a seed. "Judged": the owner states each return, right within a factor of two in 8 cases of 10.
Prints a table: coverage and width of the 90 % intervals of what each channel brought, median error, share of belief, and how often a test is named.
"""

from __future__ import annotations

import numpy as np
from simulated_company import SimulatedCompany

from quarterdeck.market.truth import true_contribution
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.learning.next_test import propose_test
from quarterdeck.response.priors.beliefs import JUDGEMENT_SD, Judgement, combine_beliefs
from quarterdeck.response.priors.priors import ReturnPrior
from quarterdeck.response.series.series import FloatArray, ResponseSeries

PRESETS = ("shop", "small_shop", "saas", "b2b", "local_trade")
SEEDS, WEEKS = (201, 202), (8, 13, 20, 30)


def main() -> None:
    """One row for each number of weeks, without and with judgements."""
    companies = [_series_and_truth(SimulatedCompany(preset, seed)) for preset in PRESETS for seed in SEEDS]
    rng = np.random.default_rng(5)
    print("| weeks | beliefs | channels | 90 % interval covers | median width / truth | median error | belief | companies with a test |")
    print("|---|---|---|---|---|---|---|---|")
    for weeks in WEEKS:
        for is_judged in (False, True):
            rows = [_measured(series, truth, weeks, rng if is_judged else None) for series, truth in companies]
            covers, width, error, belief = (np.concatenate([row[part] for row in rows]) for part in range(4))
            tests = sum(bool(row[4]) for row in rows)
            print(
                f"| {weeks} | {'judged' if is_judged else 'common level'} | {len(covers)} | {covers.mean():.2f} | {np.median(width):.2f} | "
                f"{np.median(error):.0%} | {belief.mean():.0%} | {tests} of {len(rows)} |",
                flush=True,
            )


def _series_and_truth(company: SimulatedCompany) -> tuple[ResponseSeries, FloatArray]:
    """The series and what each channel truly brought in each week [week, channel]."""
    daily = true_contribution(company.market, company.history)
    weeks = len(company.series)
    return company.series, daily[: weeks * 7].reshape(weeks, 7, -1).sum(axis=1)


def _measured(series: ResponseSeries, truth: FloatArray, weeks: int, rng: np.random.Generator | None) -> tuple[FloatArray, ...]:
    """For channels with money: covered or not, width and error as shares of the truth, share of belief; and whether a test is named."""
    last, brought = series.rows(len(series) - weeks, len(series)), truth[-weeks:].sum(axis=0)
    spent = last.spend.sum(axis=0)
    there = spent > 0
    fit = fit_response(last, seed=1, priors=_judged(last, brought, rng) if rng else None)
    draws = fit.returns * spent
    low, high = np.quantile(draws, (0.05, 0.95), axis=0)
    belief = np.array([effect.prior_share for effect in fit.channel_effects().values()])
    covered = ((low <= brought) & (brought <= high)).astype(float)
    error = np.abs(draws.mean(axis=0) - brought) / np.where(there, brought, 1.0)
    width = (high - low) / np.where(there, brought, 1.0)
    return covered[there], width[there], error[there], belief[there], np.array(propose_test(fit) is not None)


def _judged(series: ResponseSeries, brought: FloatArray, rng: np.random.Generator) -> dict[str, ReturnPrior]:
    spent = series.spend.sum(axis=0)
    off = np.exp(JUDGEMENT_SD * rng.standard_normal(len(spent)))
    told = {name: Judgement(float(brought[i] * off[i]), float(spent[i])) for i, name in enumerate(series.channels) if spent[i] > 0}
    return combine_beliefs(series, experiments={}, history={}, judgements=told, published={})


if __name__ == "__main__":
    main()
