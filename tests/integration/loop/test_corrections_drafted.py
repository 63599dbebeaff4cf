"""Corrections answer what the facts say: none when they say what the plan said, money away from a channel that works materially worse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pytest
from loop_steps import newest_plan, the_company

if TYPE_CHECKING:
    from quarterdeck.plan.quarter_plan import QuarterPlan
    from quarterdeck.response.curves.fitted import ResponseFit
    from quarterdeck.response.series.series import FloatArray
    from quarterdeck.review.corrections_money import Ahead
    from quarterdeck.review.record import CauseFound, CorrectionDraft
    from quarterdeck.review.review import ReviewFacts
    from quarterdeck.strategy.document import Strategy

WEEKS = 8


@dataclass(frozen=True)
class Bench:
    """A plan, its fit and its strategy, to construct facts for."""

    plan: QuarterPlan
    fit: ResponseFit
    strategy: Strategy


@pytest.fixture
def bench(site_at) -> Bench:
    from quarterdeck.ledger.gateway.fits import latest_fit
    from quarterdeck.operations.response.fit_response import load_fit
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    company = the_company(site_at("the retailer, reviewed"))
    plan = newest_plan(company)
    assert plan.budget.method == "best_known"
    record = latest_fit(company.workspace, plan.budget.aim, snapshot=plan.provenance.facts)
    assert record is not None
    return Bench(plan, load_fit(company, record).fit, current_strategy(company).strategy)


SWINGS = np.array([[(-1) ** (week & channel).bit_count() for channel in range(1, WEEKS)] for week in range(WEEKS)])
"""Up or down [week, column]: no two of the seven columns move together (Hadamard), and each is up as often as down."""


def facts_with(bench: Bench, effect: dict[str, float], *, swing: float = 0.0) -> ReviewFacts:
    """Facts exactly as the plan expects them, but for channels that bring `effect` times as much, and for spend that goes up and down by a share of
    `swing`, so that channels can be told apart."""
    from quarterdeck.response.forecasts.forecast import expected_baseline, expected_media
    from quarterdeck.review.review import ReviewFacts, assumed_ahead, planned_spend

    weeks = bench.plan.period.weeks[:WEEKS]
    spend = planned_spend(bench.plan, bench.fit, weeks)
    spend *= 1.0 + swing * SWINGS[:, np.arange(spend.shape[1]) % SWINGS.shape[1]]
    context, exposures = assumed_ahead(bench.plan, bench.fit, WEEKS)
    factor = np.array([effect.get(channel, 1.0) for channel in bench.fit.channels])
    counted = expected_baseline(bench.fit, weeks, context, exposures) + expected_media(bench.fit, spend) @ factor
    return ReviewFacts(
        weeks=weeks,
        spend=spend,
        held_up=np.zeros_like(spend),
        context=context,
        exposures=exposures,
        recorded=np.ones(WEEKS),
        counted=counted,
        snapshot="constructed",
    )


def open_weeks(bench: Bench, facts: ReviewFacts) -> Ahead:
    """The five weeks that are left, with the plan's money on them and its curves at today."""
    from quarterdeck.plan.expected import curves_at
    from quarterdeck.plan.limits import ChannelLimit
    from quarterdeck.review.corrections_money import Ahead
    from quarterdeck.review.review import planned_spend

    weeks = bench.plan.period.weeks[WEEKS:]
    standing = planned_spend(bench.plan, bench.fit, weeks)
    limits = tuple(ChannelLimit(channel, Decimal(0), None) for channel in bench.fit.channels)
    return Ahead(
        weeks=weeks,
        budget=Decimal(str(round(float(standing.sum()), 2))),
        limits=limits,
        standing=standing,
        curves=curves_at(bench.fit.curves, weeks[0], facts.spend).thinned(200),
        spent={channel: Decimal(f"{facts.spend[:, i].sum():.2f}") for i, channel in enumerate(bench.fit.channels)},
        value_per_unit=None,
    )


def drafted(
    bench: Bench, facts: ReviewFacts, ahead: Ahead, *, blame: str | None = None
) -> tuple[tuple[CauseFound, ...], tuple[CorrectionDraft, ...], FloatArray]:
    """Causes, drafts and effects; `blame` names a channel whose effect counts as material, as more weeks would make it."""
    from quarterdeck.review.corrections import draft_corrections
    from quarterdeck.review.review import compare_plan_with_facts, found_causes

    comparison = compare_plan_with_facts(bench.plan, bench.fit, facts, seed=1)
    causes = tuple(
        cause.model_copy(update={"is_material": cause.is_material or cause.code == f"effect:{blame}"}) for cause in found_causes(comparison)
    )
    drafts = draft_corrections(
        causes, bench.strategy, ahead, effect=comparison.effects.effect, aim=bench.plan.budget.aim, as_of=facts.weeks[-1], weeks_late={}
    )
    return causes, drafts, comparison.effects.effect


def test_facts_that_are_the_forecast_need_no_correction(bench):
    facts = facts_with(bench, {})
    causes, drafts, _ = drafted(bench, facts, open_weeks(bench, facts))
    assert drafts == ()
    assert not any(cause.is_material for cause in causes)
    assert all(abs(cause.amount) < 1e-6 * facts.counted.sum() for cause in causes)


def test_a_channel_that_brings_nothing_is_found_to_work_worst_and_most_of_what_is_missing_there(bench):
    # given: search brings nothing any more, every other channel what was planned, and spend that tells them apart
    facts = facts_with(bench, {"search": 0.0}, swing=0.9)
    lost = facts.counted.sum() - facts_with(bench, {}, swing=0.9).counted.sum()
    causes, _, effect = drafted(bench, facts, open_weeks(bench, facts))
    # then: it is named, by far, and nobody else is blamed for more than a small part
    worked = {cause.subject: cause.amount for cause in causes if cause.kind == "effect"}
    others = [amount for channel, amount in worked.items() if channel != "search"]
    assert bench.fit.channels[int(effect.argmin())] == "search"
    assert worked["search"] < 0.4 * lost < 0
    assert min(others) > 0.15 * lost
    assert max(np.abs(np.delete(effect, effect.argmin()) - 1.0)) < 0.2


def test_a_channel_that_brings_half_as_much_again_is_found_to_work_best(bench):
    facts = facts_with(bench, {"search": 1.5}, swing=0.9)
    _, _, effect = drafted(bench, facts, open_weeks(bench, facts))
    assert bench.fit.channels[int(effect.argmax())] == "search"
    assert effect.max() > 1.15


def test_a_channel_known_to_bring_a_tenth_loses_money_in_the_draft_and_in_the_next_allocation(bench):
    from quarterdeck.plan.allocate import allocate_budget
    from quarterdeck.review.corrections import draft_corrections
    from quarterdeck.review.corrections_money import curves_as_found
    from quarterdeck.strategy.changes.patch import apply_changes

    # given: what was found is that search brings a tenth of what the plan counted on, which is certain, and every other channel all of it
    facts = facts_with(bench, {"search": 0.1})
    ahead = open_weeks(bench, facts)
    effect = np.array([0.1 if channel == "search" else 1.0 for channel in bench.fit.channels])
    found, _, _ = drafted(bench, facts, ahead)
    missing = facts.counted.sum() - facts_with(bench, {}).counted.sum()
    causes = tuple(cause.model_copy(update={"is_material": True, "amount": float(missing)}) for cause in found if cause.code == "effect:search")
    # when
    drafts = draft_corrections(causes, bench.strategy, ahead, effect=effect, aim=bench.plan.budget.aim, as_of=facts.weeks[-1], weeks_late={})
    # then

    draft = next(draft for draft in drafts if draft.kind == "money")
    moved = {move.channel: (move.was, move.becomes) for move in draft.money}
    was, becomes = moved["search"]
    assert becomes < was
    assert draft.expected is not None
    assert draft.expected.expected > 0
    assert draft.because == "effect:search"

    corrected = apply_changes(bench.strategy, draft.changes)
    cap = next(channel.spend.cap for channel in corrected.paid_channels if channel.id == "search")
    assert cap is not None
    assert cap - ahead.spent["search"] - 1 <= becomes <= cap - ahead.spent["search"]
    assert draft.before["channels[search].spend.cap"] != draft.changes["channels[search].spend.cap"]

    # What the next plan may place on it, and what it would, under the curves as they were and as they were found.
    capped = tuple(replace(limit, cap=cap - ahead.spent["search"]) if limit.channel == "search" else limit for limit in ahead.limits)
    for curves in (ahead.curves, curves_as_found(ahead.curves, causes, effect)):
        placed = allocate_budget(curves, weeks=ahead.weeks, budget=ahead.budget, limits=capped, value_per_unit=None, step=ahead.step)
        assert placed.by_channel["search"] <= becomes + ahead.step < was


def test_more_of_a_channel_that_works_better_is_proposed_only_where_its_cap_stands_in_the_way(bench):
    facts = facts_with(bench, {"search": 1.6})
    ahead = open_weeks(bench, facts)
    _, drafts, effect = drafted(bench, facts, ahead, blame="search")
    assert effect[bench.fit.channels.index("search")] > 1
    for draft in drafts:
        assert not any(place == "channels[search].spend.floor" for place in draft.changes)
        for move in draft.money:
            if move.channel == "search":
                assert move.becomes >= move.was


def test_no_limit_is_proposed_for_a_channel_that_the_strategy_has_no_longer(bench):
    facts = facts_with(bench, {"search": 0.0})
    without = bench.strategy.model_copy(update={"channels": tuple(each for each in bench.strategy.channels if each.id != "search")})
    _, drafts, _ = drafted(replace(bench, strategy=without), facts, open_weeks(bench, facts), blame="search")
    assert not any("channels[search]" in place for draft in drafts for place in draft.changes)
