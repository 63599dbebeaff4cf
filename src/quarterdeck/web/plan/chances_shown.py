"""How likely each objective is, what the forecast takes for granted, and where the figures come from, as ready strings."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.operations.plan.look_at_budget import Budget
from quarterdeck.plan.quarter_plan import ObjectiveOutlook, QuarterPlan
from quarterdeck.report.say_backtest import HEADER, backtest_rows, say_backtest
from quarterdeck.report.words import Words, how_many
from quarterdeck.response.forecasts.backtest import Backtest
from quarterdeck.strategy.document import Strategy


@dataclass(frozen=True)
class Chance:
    """An objective: what is expected of it and how likely it is, with the plan and with last quarter's spending."""

    statement: str
    target: str
    expected: str
    span: str
    chance: str
    share: float | None
    look: str
    beside: str
    """What the chance would be otherwise, or what it rests on."""
    unknown: str


@dataclass(frozen=True)
class Tried:
    """How forecasts of a metric turned out on the company's own past: a sentence, and a table of (what it is, figure) cells where there is one."""

    name: str
    sentence: str
    header: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True)
class Fact:
    """A name and what is said of it."""

    name: str
    text: str


def outlooks_of(budget: Budget) -> tuple[ObjectiveOutlook, ...]:
    """Of today where the plan can be seen from today, else the plan's own."""
    return budget.plan.outlook if budget.standing is None else budget.standing.outlooks


def chances_of(budget: Budget, words: Words) -> str:
    """Of which day the chances are."""
    if budget.standing is not None and budget.is_stale:
        return f"As this plan stands today, with facts up to {words.day(budget.standing.inputs.as_of)}."
    return f"As it was seen when the plan was made, with facts up to {words.day(budget.plan.provenance.as_of)}."


def chance_shown(outlook: ObjectiveOutlook, strategy: Strategy | None, words: Words) -> Chance:
    """One objective."""
    statements = {objective.id: objective.statement for objective in strategy.objectives} if strategy else {}
    chance, expected = outlook.chance, outlook.expected
    return Chance(
        statement=statements.get(outlook.objective, words.name(outlook.objective)),
        target=f"{words.with_unit(outlook.target, outlook.metric)} by {words.day(outlook.due_on)}",
        expected="" if expected is None else words.amount(expected.expected, outlook.metric, about=True),
        span="" if expected is None else words.span(expected, outlook.metric),
        chance=words.chance(chance),
        share=chance,
        look="idle" if chance is None else "good" if chance >= 0.65 else "warn" if chance >= 0.35 else "bad",
        beside=_beside(outlook, words),
        unknown="" if chance is not None else _sentence(outlook.why_unknown or "there is no forecast of it"),
    )


def tried_of(budget: Budget, words: Words) -> tuple[Tried, ...]:
    """What each chance rests on, one a metric; the aim alone where the plan cannot be seen from today."""
    records: dict[str, Backtest | None] = {}
    for outlook in outlooks_of(budget):
        if outlook.chance is not None:
            records.setdefault(outlook.metric, _record_of(budget, outlook))
    return tuple(
        Tried(METRICS[metric].name, say_backtest(record, words), HEADER, tuple(_cells(row) for row in backtest_rows(record, words)) if record else ())
        for metric, record in records.items()
    )


def _cells(row: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(zip(HEADER, row, strict=True))


def _record_of(budget: Budget, outlook: ObjectiveOutlook) -> Backtest | None:
    if budget.standing is not None:
        level = budget.standing.inputs.levels.get(outlook.metric)
        return budget.standing.inputs.backtests.get(outlook.metric) if level is None else level.record
    facts = budget.learned.holdout.get("backtest") if budget.learned is not None and outlook.metric == budget.plan.budget.aim else None
    return None if facts is None else Backtest.from_facts(facts)


def _beside(outlook: ObjectiveOutlook, words: Words) -> str:
    if outlook.by_level is not None:
        return f"from {how_many(outlook.by_level, 'week')} of its own past alone, whatever is spent"
    return f"with last quarter’s spending {words.chance(outlook.chance_unchanged)}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "."


_ORIGINS = {
    "given": "Already on record",
    "year_before": "As in the same weeks a year before",
    "mean": "As on average over the last year",
    "year_before_and_past": "Halfway between a year before and where it is heading",
    "mean_and_past": "Halfway between last year’s average and where it is heading",
}


def assumptions_of(plan: QuarterPlan) -> tuple[Fact, ...]:
    """What is taken for granted, by where it comes from."""
    by_origin: dict[str, list[str]] = {}
    for assumption in plan.assumptions:
        names = by_origin.setdefault(assumption.origin, [])
        name = assumption.name.replace("_", " ").replace("-", " ")
        if name not in names:
            names.append(name)
    return tuple(Fact(_ORIGINS[origin], ", ".join(names)) for origin, names in by_origin.items())


def provenance_of(budget: Budget, words: Words) -> tuple[Fact, ...]:
    """What the plan was made from."""
    came_from, learned = budget.plan.provenance, budget.learned
    facts = [
        Fact("Made", words.day(budget.row.made_at.date())),
        Fact("Facts up to", words.day(came_from.as_of)),
        Fact("Curves", _curves(budget, words) if learned else "none could be trusted"),
        Fact("Strategy", came_from.strategy[:12]),
        Fact("Facts", came_from.facts[:12]),
        Fact("Plan", budget.row.plan_id[:12]),
        Fact("Seed and version", f"{came_from.seed}, Quarterdeck {came_from.version}"),
    ]
    if learned and learned.overruled:
        facts.insert(3, Fact("Used although refused", learned.overruled))
    return tuple(facts)


def _curves(budget: Budget, words: Words) -> str:
    learned = budget.learned
    return "" if learned is None else f"learned from {how_many(learned.weeks, 'week')} to {words.day(learned.last_day)}"
