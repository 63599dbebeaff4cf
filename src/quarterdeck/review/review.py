"""review_quarter: plan against fact for the weeks that have passed, from what was promised to what should change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from quarterdeck.kernel.periods import Quarter
from quarterdeck.plan.quarter_plan import ObjectiveOutlook, QuarterPlan, Range
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.forecasts.forecast import Forecast, expected_baseline, expected_media, predict_outcome
from quarterdeck.response.series.series import FloatArray
from quarterdeck.review.causes import Cause, list_swaps, split_gap
from quarterdeck.review.effects import EffectEstimate, estimate_effects, forecast_uncertainty
from quarterdeck.review.record import CauseFound, ChannelVerdict, CorrectionDraft, Review, ReviewWeek
from quarterdeck.review.situation import Forecaster, Situation
from quarterdeck.review.verdicts import ChannelResult, judge_channels
from quarterdeck.strategy.document import Strategy

_Z80 = 1.2815515655446004
SURE = 1.645
"""An estimated cause counts as material when it lies this many standard deviations from nothing."""
MATERIAL_SHARE = 0.005
"""A cause smaller than this share of the plan is not worth a correction."""


@dataclass(frozen=True, eq=False)
class ReviewFacts:
    """What happened in the reviewed weeks, one row a week.

    `spend [week, channel]`, `held_up [week, channel]` (planned money that late work kept from being spent), `context [week, name]`,
    `exposures [week, exposure]`, `recorded [week]` in (0, 1], `counted [week]`. `weeks` start after the fit's last; the first `skip` of them
    lie before the plan's first open week.
    """

    weeks: tuple[date, ...]
    spend: FloatArray
    held_up: FloatArray
    context: FloatArray
    exposures: FloatArray
    recorded: FloatArray
    counted: FloatArray
    snapshot: str
    skip: int = 0


@dataclass(frozen=True, eq=False)
class Comparison:
    """Plan and fact brought to one footing: two situations, the forecast that joins them, and what the facts say changed."""

    planned: Situation
    held_up: Situation
    actual: Situation
    forecaster: Forecaster
    as_spent: Forecast
    effects: EffectEstimate
    causes: tuple[Cause, ...]


class _Expectation:
    def __init__(self, fit: ResponseFit, weeks: tuple[date, ...]) -> None:
        self._fit, self._weeks = fit, weeks

    def expected_baseline(self, context: FloatArray, exposures: FloatArray) -> FloatArray:
        return expected_baseline(self._fit, self._weeks, context, exposures)

    def expected_media(self, spend: FloatArray) -> FloatArray:
        return expected_media(self._fit, spend)


def compare_plan_with_facts(plan: QuarterPlan, fit: ResponseFit, facts: ReviewFacts, *, seed: int) -> Comparison:
    """The gap split into causes. `fit` is the one that the plan was made with."""
    planned = _as_planned(plan, fit, facts)
    held_up = replace(planned, spend=planned.spend - facts.held_up)
    forecaster = Forecaster(_Expectation(fit, facts.weeks), facts.weeks, skip=facts.skip)
    as_spent = predict_outcome(fit, spend_ahead=facts.spend, context_ahead=facts.context, exposures_ahead=facts.exposures, seed=seed)
    effects = _effects(forecaster, as_spent, facts)
    actual = Situation(facts.spend, facts.context, facts.exposures, effects.effect, effects.demand, facts.recorded)
    swaps = list_swaps(
        planned, actual, held_up, channels=fit.channels, context_names=fit.series.context_names, exposure_names=fit.series.exposure_names
    )
    return Comparison(planned, held_up, actual, forecaster, as_spent, effects, split_gap(forecaster, planned, swaps, facts.counted))


def _effects(forecaster: Forecaster, as_spent: Forecast, facts: ReviewFacts) -> EffectEstimate:
    """What the counted weeks say of channels and demand; weeks before the plan say nothing."""
    expected = forecaster.weekly(Situation.as_planned(facts.spend, facts.context, facts.exposures))
    residual = facts.counted / facts.recorded - expected
    residual[: facts.skip] = np.nan
    return estimate_effects(
        residual,
        forecaster.media(facts.spend),
        as_spent.baseline.mean(axis=0),
        uncertainty=forecast_uncertainty(as_spent.media, as_spent.baseline),
        noise_sd=float(as_spent.noise.std()),
    )


def _as_planned(plan: QuarterPlan, fit: ResponseFit, facts: ReviewFacts) -> Situation:
    """What the plan assumed of the weeks; before its first open week, what really was."""
    spend, (context, exposures) = planned_spend(plan, fit, facts.weeks), assumed_ahead(plan, fit, len(facts.weeks))
    for planned, actual in ((spend, facts.spend), (context, facts.context), (exposures, facts.exposures)):
        planned[: facts.skip] = actual[: facts.skip]
    return Situation.as_planned(spend, context, exposures)


def review_quarter(
    plan: QuarterPlan,
    strategy: Strategy,
    fit: ResponseFit,
    facts: ReviewFacts,
    comparison: Comparison,
    *,
    as_of: date,
    outlook: tuple[ObjectiveOutlook, ...],
    corrections: tuple[CorrectionDraft, ...],
) -> Review:
    """The whole review as one value; `outlook` and `corrections` were made from the same comparison."""
    promised = slice(facts.skip, None)
    as_spent_weeks = (comparison.as_spent.outcome * facts.recorded)[:, promised]
    planned_weeks = comparison.forecaster.weekly(comparison.planned)[promised]
    counted, recorded = facts.counted[promised], facts.recorded[promised]
    low, high = np.quantile(as_spent_weeks, [0.1, 0.9], axis=0)
    rows = tuple(
        ReviewWeek(
            week=week,
            planned=_digits(planned_weeks[i]),
            recorded=_digits(recorded[i]),
            counted=_digits(counted[i]),
            as_spent=Range(low=_digits(low[i]), expected=_digits(as_spent_weeks[:, i].mean()), high=_digits(high[i])),
        )
        for i, week in enumerate(facts.weeks[promised])
    )
    return Review(
        company=plan.company,
        quarter=plan.quarter,
        as_of=as_of,
        plan=plan.id,
        metric=plan.budget.aim,
        facts=facts.snapshot,
        weeks=rows,
        planned=_digits(planned_weeks.sum()),
        counted=_digits(counted.sum()),
        as_spent=_range(as_spent_weeks.sum(axis=1)),
        causes=found_causes(comparison),
        as_spent_error=_mean_error(as_spent_weeks.mean(axis=0), counted),
        weeks_covered=int(((counted >= low) & (counted <= high)).sum()),
        channels=_verdicts(plan, strategy, fit, facts, comparison),
        outlook=outlook,
        corrections=corrections,
    )


def found_causes(comparison: Comparison) -> tuple[CauseFound, ...]:
    """The causes with their doubt, largest first, chance last."""
    total = comparison.forecaster.total(comparison.planned)
    doubt = _doubt_by_code(comparison)
    found = []
    for cause in comparison.causes:
        sd = doubt.get(cause.code)
        large = abs(cause.amount) >= MATERIAL_SHARE * abs(total)
        found.append(
            CauseFound(
                code=cause.code,
                kind=cause.kind,
                subject=cause.subject,
                amount=_digits(cause.amount),
                low=None if sd is None else _digits(cause.amount - _Z80 * sd),
                high=None if sd is None else _digits(cause.amount + _Z80 * sd),
                is_material=large and cause.kind != "chance" and (sd is None or abs(cause.amount) > SURE * sd),
            )
        )
    return tuple(sorted(found, key=lambda cause: (cause.kind == "chance", -abs(cause.amount), cause.code)))


def reviewed_weeks(quarter: Quarter, as_of: date) -> tuple[date, ...]:
    """The whole weeks of the quarter that have passed by the end of `as_of`."""
    return tuple(week for week in quarter.weeks if (as_of - week).days >= 6)


def _doubt_by_code(comparison: Comparison) -> dict[str, float]:
    """Standard deviation of the causes that are estimated and not counted, units of the metric."""
    skip = comparison.forecaster.skip
    media = comparison.forecaster.media(comparison.actual.spend)[skip:].sum(axis=0)
    doubt = {
        f"effect:{name}": float(sd * amount)
        for name, sd, amount in zip(comparison.as_spent.channels, comparison.effects.effect_sd, media, strict=True)
    }
    doubt["demand"] = float(np.sqrt(np.sum(comparison.effects.demand_sd[skip:] ** 2)))
    return doubt


def _verdicts(plan: QuarterPlan, strategy: Strategy, fit: ResponseFit, facts: ReviewFacts, comparison: Comparison) -> tuple[ChannelVerdict, ...]:
    planned_media = comparison.forecaster.media(comparison.planned.spend)[facts.skip :].sum(axis=0)
    media = comparison.forecaster.media(facts.spend)[facts.skip :].sum(axis=0)
    results = [
        ChannelResult(
            channel=name,
            planned_spend=_money(comparison.planned.spend[facts.skip :, i].sum()),
            spent=_money(facts.spend[facts.skip :, i].sum()),
            planned_result=_digits(planned_media[i]),
            brought_mean=_digits(media[i] * comparison.effects.effect[i]),
            brought_sd=_digits(media[i] * comparison.effects.effect_sd[i]),
        )
        for i, name in enumerate(fit.channels)
    ]
    return judge_channels(results, strategy, aim=plan.budget.aim, weeks=len(facts.weeks) - facts.skip)


def planned_spend(plan: QuarterPlan, fit: ResponseFit, weeks: tuple[date, ...]) -> FloatArray:
    """The plan's money [week, channel] in the order of the fit's channels; 0 in weeks that it does not speak of."""
    row, column = {week: i for i, week in enumerate(weeks)}, {name: i for i, name in enumerate(fit.channels)}
    spend = np.zeros((len(weeks), len(fit.channels)))
    for line in plan.budget.lines:
        if line.week in row and line.channel in column:
            spend[row[line.week], column[line.channel]] += float(line.amount)
    return spend


def assumed_ahead(plan: QuarterPlan, fit: ResponseFit, weeks: int) -> tuple[FloatArray, FloatArray]:
    """The context and exposures that the plan took for granted, [week, name] each, for its first `weeks` weeks."""
    values = {(assumption.kind, assumption.name): assumption.values[:weeks] for assumption in plan.assumptions}
    context = np.array([values["context", name] for name in fit.series.context_names]).reshape(len(fit.series.context_names), weeks).T
    exposures = np.array([values["exposure", name] for name in fit.series.exposure_names]).reshape(len(fit.series.exposure_names), weeks).T
    return context, exposures


def _mean_error(expected: FloatArray, counted: FloatArray) -> float | None:
    """Mean absolute error as a share of what was counted; weeks without a count do not speak, None when no week does."""
    known = counted != 0
    return _digits(np.abs(expected[known] / counted[known] - 1.0).mean()) if known.any() else None


def _range(draws: FloatArray) -> Range:
    low, high = np.quantile(draws, [0.1, 0.9])
    return Range(low=_digits(low), expected=_digits(draws.mean()), high=_digits(high))


def _digits(value: float | np.floating) -> float:
    """Ten significant digits: what differs beyond them is the machine, not the company."""
    return float(f"{float(value):.10g}")


def _money(value: float | np.floating) -> Decimal:
    return Decimal(f"{float(value):.2f}")
