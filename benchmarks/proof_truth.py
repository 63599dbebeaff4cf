"""Contributions against truth, and the true profit of the plan against last year's split, an equal split and the market's best."""

from __future__ import annotations

import numpy as np
from simulated_company import QUARTER, SimulatedCompany

from quarterdeck.market.best import best_plan
from quarterdeck.market.profit import true_media_profit
from quarterdeck.market.spend import DailySpend, spread_weeks
from quarterdeck.market.truth import true_contribution
from quarterdeck.response.series.series import FloatArray

PRESETS = ("shop", "small_shop", "saas", "b2b", "local_trade")


def truth_tables(seeds: int) -> str:
    """Both tables, one row a preset."""
    contributions = [
        "| preset | channels x seeds | 90 % interval covers | median error | median error of all media | mean width / truth | CRPS / truth |",
        "|---|---|---|---|---|---|---|",
    ]
    profits = [
        "| preset | seeds | plan against last year's split | plan against equal split | plan as share of the market's best | share where better than last year's | median proven gap |",
        "|---|---|---|---|---|---|---|",
    ]
    for preset in PRESETS:
        companies = [SimulatedCompany(preset, seed) for seed in range(1, seeds + 1)]
        contributions.append(_contribution_row(preset, companies))
        profits.append(_profit_row(preset, companies))
        print(contributions[-1], profits[-1], sep="\n", flush=True)
    return "\n".join(
        [
            "# What is learned, against the truth of the market",
            "",
            "What each channel brought in 104 weeks; truth: everything less everything without the channel.",
            "",
            *contributions,
            "",
            "# What the plan earns, against the truth of the market",
            "",
            "Profit that the quarter's money earns beyond spending nothing (13 weeks and 8 weeks of after-effect), budget as in the same weeks a year before. "
            "The plan spends what its limits allow; the others spend all. Medians over seeds.",
            "",
            *profits,
            "",
        ]
    )


def _contribution_row(preset: str, companies: list[SimulatedCompany]) -> str:
    covered, errors, widths, scores, totals = [], [], [], [], []
    for company in companies:
        truth = true_contribution(company.market, company.history).sum(axis=0)
        draws = np.column_stack([effect.contribution for effect in company.fit.channel_effects().values()])
        low, mean, high = np.quantile(draws, 0.05, axis=0), draws.mean(axis=0), np.quantile(draws, 0.95, axis=0)
        covered += list((low <= truth) & (truth <= high))
        errors += list(np.abs(mean - truth) / truth)
        widths += list((high - low) / truth)
        scores += list(_crps(draws, truth) / truth)
        totals.append(abs(mean.sum() - truth.sum()) / truth.sum())
    return f"| {preset} | {len(covered)} | {np.mean(covered):.2f} | {np.median(errors):.0%} | {np.median(totals):.0%} | {np.mean(widths):.2f} | {np.mean(scores):.2f} |"


def _profit_row(preset: str, companies: list[SimulatedCompany]) -> str:
    rows = np.array([_profits(company) for company in companies])
    plan, last, equal, best = rows.T
    gaps = [company.plan.budget.gap_share or 0.0 for company in companies]
    return (
        f"| {preset} | {len(companies)} | {np.median((plan - last) / np.abs(last)):+.1%} | {np.median((plan - equal) / np.abs(equal)):+.1%} | "
        f"{np.median(plan / best):.1%} | {np.mean(plan > last):.0%} | {np.median(gaps):.2%} |"
    )


def _profits(company: SimulatedCompany) -> tuple[float, float, float, float]:
    def earned(table: FloatArray) -> float:
        return true_media_profit(company.market, company.history, _daily(company, table))

    weeks, channels = company.planned.shape
    equal = np.full((weeks, channels), company.budget / weeks / channels)
    best = best_plan(company.market, company.history, weeks=weeks, budget=company.budget)
    return earned(company.planned), earned(company.last_year), earned(equal), earned(best.amounts)


def _daily(company: SimulatedCompany, table: FloatArray) -> DailySpend:
    return spread_weeks(table, QUARTER.first_day, company.market.channels)


def _crps(draws: FloatArray, truth: FloatArray) -> FloatArray:
    """Mean |draw - truth| less half the mean distance of two draws. Source: Gneiting & Raftery 2007, equation 21."""
    half = draws.shape[0] // 2
    spread: FloatArray = np.abs(draws[:half] - draws[half : 2 * half]).mean(axis=0) / 2.0
    return np.abs(draws - truth).mean(axis=0) - spread
