"""fit_metrics: curves for every metric that has an objective and facts, each checked on weeks that were hidden from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from itertools import product
from typing import TYPE_CHECKING, Any

from quarterdeck.kernel.identity import content_hash
from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.problems import Refused
from quarterdeck.lake.fit_file import FitFileDamaged, save_fit
from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.fits import record_fit
from quarterdeck.ledger.gateway.loads import Snapshot, snapshot_of
from quarterdeck.ledger.models import Fit
from quarterdeck.operations.context import Context
from quarterdeck.operations.response.fit_all import Asked, fit_all
from quarterdeck.operations.response.load_fit import FittedMetric, load_fit
from quarterdeck.operations.response.read_beliefs import read_beliefs
from quarterdeck.operations.response.read_series import find_faults, last_fact_day, read_series, say_unknown_channels, unknown_channels
from quarterdeck.operations.response.tell_learning import tell_learning
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.operations.told import Tell, Told, tell_nobody
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.report.say_fit import fit_rows, say_filled, say_fit, say_fit_shortly
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aim import aim_of

if TYPE_CHECKING:
    from quarterdeck.response.curves.fitted import ResponseFit
    from quarterdeck.response.forecasts.backtest import Backtest
    from quarterdeck.response.forecasts.holdout import HoldoutCheck
    from quarterdeck.response.series.series import ResponseSeries


def fit_metrics(context: Context, *, metric: str | None, holdout: int, seed: int, tell: Tell = tell_nobody, all_notes: bool = False) -> Told:
    """Every fit in sentences, with what each channel brings as a table; `all_notes`, or those that matter most. Raises Refused when there is nothing to learn from."""
    context.require("fit_response")
    strategy = current_strategy(context).strategy
    if metric is not None and metric not in METRICS:
        near = get_close_matches(metric, METRICS, n=3)
        raise Refused(
            f"There is no metric “{metric}”.",
            fix=f"Did you mean {' or '.join(near)}?" if near else f"Choose one of {', '.join(METRICS)}.",
            code="FIT-002",
            state="Nothing was fitted.",
        )
    wanted = [metric] if metric else metrics_to_fit(strategy)
    fitted = fit_missing(context, strategy, wanted, holdout=holdout, seed=seed, tell=tell)
    if not fitted:
        raise Refused(
            f"There are no facts yet for {', '.join(wanted) or 'any objective'}.",
            fix="Import spend and outcomes first: `quarterdeck import spend FILE`, `quarterdeck import outcomes FILE`.",
            code="FIT-001",
            state="Nothing was fitted.",
        )
    words = Words.of(strategy)
    with open_snapshot(context.lake_dir, snapshot_of(context.workspace).loads) as lake:
        left_out = unknown_channels(lake, strategy)
        filled = [say_filled(find_faults(lake, metric, found.fit.weeks), metric, words) for metric, found in fitted.items()]
    first, *others = fitted.values()
    sentences = [
        *say_unknown_channels(left_out),
        *[sentence for sentence in filled if sentence],
        *say_fit(first.fit, first.holdout, words, all_notes=all_notes),
        *tell_learning(strategy, first, words, today=context.today),
        *[sentence for found in others for sentence in say_fit_shortly(found.fit, found.holdout, words)],
    ]
    facts = {
        "unknown_channels": list(left_out),
        "fits": [
            {"metric": found.record.metric, "hash": found.record.hash, "is_trusted": found.is_trusted, "holdout": dict(found.holdout)}
            for found in fitted.values()
        ],
    }
    header = ("Channel", "Spent", "Brought", f"Each {words.money(100)} brought", "Rests on belief")
    return Told(sentences, facts, (header, fit_rows(first.fit, words)))


def metrics_to_fit(strategy: Strategy) -> list[str]:
    """The metrics of the objectives, the aim first."""
    metrics = [objective.metric for objective in strategy.objectives]
    aim = aim_of(strategy)
    return list(dict.fromkeys([*([aim] if aim else []), *metrics]))


def fit_missing(
    context: Context, strategy: Strategy, metrics: list[str], *, holdout: int, seed: int, tell: Tell = tell_nobody, can_go_without: bool = False
) -> dict[str, FittedMetric]:
    """Fits from the snapshot that counts now, made where there is none yet; metrics without facts are left out.

    One with too few facts to learn from is left out too; when it is the first, only if one `can_go_without`. Raises InvalidInput otherwise.
    """
    snapshot = snapshot_of(context.workspace)
    asked = [each for metric in metrics if (each := _asked(context, strategy, snapshot, metric, holdout=holdout)) is not None]
    known = {each.series.metric: found for each in asked if (found := _kept_fit(context, each, snapshot, seed=seed)) is not None}
    wanted = [each for each in asked if each.series.metric not in known]
    needed = [] if can_go_without else metrics[:1]
    fitted = {
        each.series.metric: _record(context, each.series, snapshot, *done, seed=seed)
        for each, done in zip(wanted, fit_all(wanted, first=needed, holdout=holdout, seed=seed, tell=tell), strict=True)
        if done is not None
    }
    return {metric: known[metric] if metric in known else fitted[metric] for metric in metrics if metric in known or metric in fitted}


def _asked(context: Context, strategy: Strategy, snapshot: Snapshot, metric: str, *, holdout: int) -> Asked | None:
    """None when there are no facts of the metric."""
    from quarterdeck.response.forecasts.holdout import weeks_to_hold

    with open_snapshot(context.lake_dir, snapshot.loads) as lake:
        last = last_fact_day(lake)
        series = None if last is None else read_series(lake, strategy, metric, as_of=last)
        if series is None:
            return None
        known = series.rows(0, max(0, len(series) - weeks_to_hold(len(series), holdout)))
        return Asked(series, *(read_beliefs(context, lake, strategy, each) for each in (series, known)))


def _kept_fit(context: Context, asked: Asked, snapshot: Snapshot, *, seed: int) -> FittedMetric | None:
    """The newest fit of these facts that learned from the same channels and began with the same beliefs (the strategy may have changed since), if its
    file can be read."""
    from quarterdeck.response.priors.priors import build_beliefs

    series = asked.series
    if series.spend.sum() <= 0:
        return None
    believed, shown = build_beliefs(series, asked.priors).stated, (series.exposure_names, series.context_names)
    for record in context.workspace.fits.filter(metric=series.metric, snapshot=snapshot.hash, seed=seed).order_by("-made_at", "-pk"):
        try:
            found = load_fit(context, record)
        except FitFileDamaged:
            continue  # it is learned anew, and its file stands again
        same = found.fit.channels == series.channels and (found.fit.series.exposure_names, found.fit.series.context_names) == shown
        if same and found.fit.priors == believed:
            return found
    return None


def fit_of_plan(context: Context, plan: QuarterPlan) -> FittedMetric | None:
    """The fit of the aim that the plan was made with; None when it was made without curves. Raises FitFileDamaged when its file is gone."""
    record = fit_records_of_plan(context, plan).get(plan.budget.aim)
    return None if record is None else load_fit(context, record)


def fit_records_of_plan(context: Context, plan: QuarterPlan) -> dict[str, Fit]:
    """By metric, the fits that the plan was made with; empty when it was made without curves."""
    metrics = {plan.budget.aim, *(outlook.metric for outlook in plan.outlook)}
    kept = context.workspace.fits.filter(snapshot=plan.provenance.facts, seed=plan.provenance.seed, metric__in=metrics).order_by("-made_at", "-pk")
    by_metric: dict[str, list[Fit]] = {}
    for record in kept:
        by_metric.setdefault(record.metric, []).append(record)
    for chosen in product(*by_metric.values()) if plan.budget.aim in by_metric and plan.provenance.curves else ():
        found = {record.metric: record for record in chosen}
        if hash_of_fits(found) == plan.provenance.curves:
            return found
    return {}


def hash_of_fits(records: Mapping[str, Fit]) -> str | None:
    """What a plan says of the fits that it was made with; None when there were none."""
    return content_hash({metric: record.hash for metric, record in records.items()}) if records else None


def series_of(context: Context, strategy: Strategy, snapshot: Snapshot, metric: str, *, as_of: date | None = None) -> ResponseSeries | None:
    """The weekly facts of a metric up to `as_of` (default: the last day there is), or None when there are none."""
    with open_snapshot(context.lake_dir, snapshot.loads) as lake:
        last = as_of or last_fact_day(lake)
        return None if last is None else read_series(lake, strategy, metric, as_of=last)


def _record(
    context: Context, series: ResponseSeries, snapshot: Snapshot, check: HoldoutCheck, record: Backtest | None, fit: ResponseFit, *, seed: int
) -> FittedMetric:
    """The fit in the lake, then its row in the ledger."""
    from quarterdeck.response.exchange.tables import to_tables

    meta, tables = to_tables(fit)
    path, fit_hash = save_fit(context.lake_dir, meta, tables)
    kept = record_fit(
        context.workspace,
        metric=series.metric,
        fit_hash=fit_hash,
        file=path.name,
        snapshot=snapshot.hash,
        seed=seed,
        holdout=holdout_facts(check) | ({} if record is None else {"backtest": record.facts()}),
        is_trusted=check.is_trusted,
        now=context.now,
    )
    context.audit("fit_response", series.metric, hash=fit_hash, is_trusted=check.is_trusted)
    return FittedMetric(kept, fit, kept.holdout)


def holdout_facts(check: HoldoutCheck) -> dict[str, Any]:
    """The check as plain values; floats to six digits."""
    from dataclasses import asdict

    return {
        name: round(value, 6) if isinstance(value, float) else list(value) if isinstance(value, tuple) else value
        for name, value in asdict(check).items()
    }
