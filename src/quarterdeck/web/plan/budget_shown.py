"""The budget page as ready strings: the finding, the split, the chances, and where it all comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from quarterdeck.operations.look_at_budget import Budget, PlanRow
from quarterdeck.operations.open_desk import Desk
from quarterdeck.operations.try_budget import Standing
from quarterdeck.plan.quarter_plan import ChannelMoney, ObjectiveOutlook, QuarterPlan
from quarterdeck.report.say_budget import (
    Headline,
    headline_of_plan,
    headline_of_replan,
    headline_of_split,
    moves_between,
    next_header,
    say_bound,
    say_change,
    say_gain_span,
    say_hold,
    say_limits,
    say_next,
    without_command,
)
from quarterdeck.report.words import Words, how_many
from quarterdeck.strategy.document import Strategy

NOTHING = Decimal(0)


@dataclass(frozen=True)
class State:
    """Where the plan stands: a word with its look, and what that means in a sentence."""

    word: str
    look: str
    icon: str
    sentence: str


@dataclass(frozen=True)
class Row:
    """One channel: its money now and last quarter, what that should bring, and what holds it."""

    id: str
    name: str
    kind: str
    last_quarter: str
    planned: str
    change: str
    brings: str
    span: str
    next: str
    hold: str
    limits: str
    why: str
    now: float
    before: float


@dataclass(frozen=True)
class Split:
    """The table of all channels, its totals, and where the rest of the budget is."""

    title: str
    next_header: str
    rows: tuple[Row, ...]
    last_quarter: str
    planned: str
    change: str
    rest: tuple[str, ...]
    last_money: str


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
    unchanged: str
    unknown: str


@dataclass(frozen=True)
class Fact:
    """A name and what is said of it."""

    name: str
    text: str


@dataclass(frozen=True)
class EarlierPlan:
    """A plan of the quarter in the list."""

    number: int
    made: str
    as_of: str
    state: str
    is_shown: bool


@dataclass(frozen=True)
class BudgetShown:
    """Everything on the page but the trial."""

    headline: Headline
    more: tuple[str, ...]
    state: State
    stale: str
    plan_id: str
    evidence: str
    strength: int
    split: Split
    chances: tuple[Chance, ...]
    chances_of: str
    assumptions: tuple[Fact, ...]
    remarks: tuple[str, ...]
    provenance: tuple[Fact, ...]
    earlier: tuple[EarlierPlan, ...]
    can_approve: bool
    can_plan: bool
    plan_is_main: bool


def budget_shown(budget: Budget, desk: Desk) -> BudgetShown:
    """The page of a company that has a plan."""
    words, plan = desk.words, budget.plan
    state = _state(budget, words)
    may_approve = desk.may("approve_plan") and not budget.row.is_in_force and not budget.is_stale and not budget.is_over
    return BudgetShown(
        headline=_headline(budget, words),
        more=tuple(sentence for sentence in _more(budget, words) if sentence),
        state=state,
        stale=_stale(budget),
        plan_id=budget.row.plan_id,
        evidence=_evidence(budget),
        strength=1 if budget.learned is None or not budget.learned.is_trusted else 2,
        split=_split(plan, desk.strategy, words),
        chances=tuple(_chance(outlook, desk.strategy, words) for outlook in _outlooks(budget)),
        chances_of=_chances_of(budget, words),
        assumptions=_assumptions(plan),
        remarks=plan.remarks,
        provenance=_provenance(budget, words),
        earlier=tuple(_earlier(row, budget.row.number, words) for row in budget.rows),
        can_approve=may_approve,
        can_plan=desk.may("plan_quarter"),
        plan_is_main=budget.is_stale or budget.is_over or not may_approve,
    )


def totals(standing: Standing, *, anew: bool = False) -> dict[str, Decimal]:
    """By channel: money of the open weeks."""
    return {channel: sum(row, NOTHING) for channel, row in (standing.anew if anew else standing.amounts).items()}


def _headline(budget: Budget, words: Words) -> Headline:
    plan, standing = budget.plan, budget.standing
    if budget.is_over:
        return Headline(f"{plan.period.label} is over. ", "Plan the next quarter", " from what was learned in this one.")
    if standing is not None and budget.is_stale:
        moves = moves_between(totals(standing), totals(standing, anew=True))
        rest = float(standing.draws.mean())
        return headline_of_replan(moves, standing.over_plan, words, open_money=standing.placed(standing.anew), aim=plan.budget.aim, rest=rest)
    if standing is None:
        return headline_of_plan(plan, moves_between({}, {}), None, words)
    return headline_of_plan(plan, moves_between(_last_split(standing), totals(standing)), standing.over_last_split, words)


def _last_split(standing: Standing) -> dict[str, Decimal]:
    """The open money in last quarter's proportions."""
    usual = {channel: standing.inputs.usual_week(channel) for channel in standing.amounts}
    scale = float(standing.placed()) / (sum(usual.values()) or 1.0)
    return {channel: Decimal(str(round(amount * scale, 2))) for channel, amount in usual.items()}


def _more(budget: Budget, words: Words) -> list[str]:
    plan, standing = budget.plan, budget.standing
    said = [] if budget.is_over or budget.is_stale else [say_bound(plan)]
    if standing is not None and not budget.is_over:
        gain = standing.over_plan if budget.is_stale else standing.over_last_split
        if gain.low != gain.high:
            than = "than this plan" if budget.is_stale else "than last quarter’s split"
            said.append(f"In 8 cases of 10 it is {say_gain_span(gain, plan.budget.aim, words)} {than}.")
    if plan.budget.method == "as_last_quarter":
        said += list(plan.remarks[:2])
    elif not budget.is_stale:
        said.append(_against_last_quarter(plan, words))
    return said


def _against_last_quarter(plan: QuarterPlan, words: Words) -> str:
    last = sum((channel.last_quarter or NOTHING for channel in plan.budget.channels), NOTHING)
    planned = sum((channel.planned for channel in plan.budget.channels), NOTHING)
    if last == 0 or abs(planned - last) < last / 100:
        return ""
    return f"Last quarter cost {words.money(last)}, {words.money(abs(planned - last))} {'less' if planned > last else 'more'}."


def _state(budget: Budget, words: Words) -> State:
    row, label = budget.row, budget.plan.period.label
    name = f"Plan {row.number} of {label}"
    if budget.is_over:
        return State("over", "", "flag", f"{name} has ended.")
    if row.is_in_force:
        since = f"{name} is in force since {words.day(row.approved_at.date())}" if row.approved_at else f"{name} is in force"
        said = f"{since}, approved by {row.approved_by}."
        return State("in force", "warn" if budget.is_stale else "good", "hourglass" if budget.is_stale else "check", said)
    until = f"; until then plan {budget.in_force.number} is in force" if budget.in_force else ""
    if budget.is_stale:
        return State("stale", "warn", "triangle-alert", f"{name} was never approved{until}.")
    return State("waits for approval", "warn", "hourglass", f"{name} waits for approval{until}.")


def _stale(budget: Budget) -> str:
    """Why a new plan would differ; empty when it would not."""
    if budget.is_over or not budget.is_stale:
        return ""
    why = ["the strategy was changed"] if budget.strategy_changed else []
    if budget.weeks_counted:
        why.append(f"{how_many(budget.weeks_counted, 'week')} {'was' if budget.weeks_counted == 1 else 'were'} counted")
    elif budget.facts_came:
        why.append("facts came in")
    return f"Since it was made, {' and '.join(why)}: a new plan would know that."


def _evidence(budget: Budget) -> str:
    learned = budget.learned
    if learned is None:
        return "No curve could be trusted; last quarter’s split stands"
    error = learned.holdout.get("mape")
    told = f"Curves learned from {how_many(learned.weeks, 'week')} of your own history"
    if learned.overruled:
        return f"{told}, used although they were refused"
    weeks = learned.holdout.get("holdout")
    return told if error is None else f"{told}; they predicted the last {weeks} weeks within {error * 100:.0f}\N{NARROW NO-BREAK SPACE}%"


def _split(plan: QuarterPlan, strategy: Strategy | None, words: Words) -> Split:
    budget = plan.budget
    kinds = {channel.id: channel.kind for channel in strategy.channels} if strategy else {}
    largest = max([float(amount) for c in budget.channels for amount in (c.planned, c.last_quarter or NOTHING)], default=0.0) or 1.0
    last = sum((channel.last_quarter or NOTHING for channel in budget.channels), NOTHING)
    planned = sum((channel.planned for channel in budget.channels), NOTHING)
    is_known = any(channel.last_quarter is not None for channel in budget.channels)
    return Split(
        title=headline_of_split(plan, words),
        next_header=next_header(budget.aim, words),
        rows=tuple(_row(channel, budget.aim, kinds.get(channel.channel, "other"), largest, words) for channel in budget.channels),
        last_quarter=words.money(last) if is_known else "not known",
        planned=words.money(planned),
        change=say_change(last, planned) if is_known else "",
        rest=_rest(plan, planned, words),
        last_money=without_command(budget.last_money),
    )


def _row(channel: ChannelMoney, aim: str, kind: str, largest: float, words: Words) -> Row:
    brings = channel.brings
    return Row(
        id=channel.channel,
        name=words.name(channel.channel),
        kind=kind,
        last_quarter="not known" if channel.last_quarter is None else words.money(channel.last_quarter),
        planned=words.money(channel.planned),
        change=say_change(channel.last_quarter, channel.planned),
        brings="not known" if brings is None else words.amount(brings.expected, aim, about=True),
        span="" if brings is None else words.span(brings, aim),
        next=say_next(channel.next_unit, aim, words),
        hold=say_hold(channel, words),
        limits=say_limits(channel, words),
        why=channel.why,
        now=float(channel.planned) / largest,
        before=float(channel.last_quarter or 0) / largest,
    )


def _rest(plan: QuarterPlan, planned: Decimal, words: Words) -> tuple[str, ...]:
    """What of the budget the channels do not get."""
    budget = plan.budget
    parts = [f"Of the budget of {words.money(budget.budget)}, {words.money(planned)} {'is' if planned == 1 else 'are'} for channels."]
    if budget.for_tasks:
        parts.append(f"{words.money(budget.for_tasks)} pay for what tasks cost by themselves.")
    if budget.reserve:
        parts.append(f"{words.money(budget.reserve)} stay in reserve: no plan spends them.")
    if budget.held_back >= 1:
        parts.append(f"{words.money(budget.held_back)} are held back: on any channel they would bring less than they cost, or break a limit.")
    return tuple(parts)


def _outlooks(budget: Budget) -> tuple[ObjectiveOutlook, ...]:
    return budget.plan.outlook if budget.standing is None else budget.standing.outlooks


def _chances_of(budget: Budget, words: Words) -> str:
    if budget.standing is not None and budget.is_stale:
        return f"As this plan stands today, with facts up to {words.day(budget.standing.inputs.as_of)}."
    return f"As it was seen when the plan was made, with facts up to {words.day(budget.plan.provenance.as_of)}."


def _chance(outlook: ObjectiveOutlook, strategy: Strategy | None, words: Words) -> Chance:
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
        unchanged=words.chance(outlook.chance_unchanged),
        unknown="" if chance is not None else _sentence(outlook.why_unknown or "there is no forecast of it"),
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "."


_ORIGINS = {
    "given": "Already on record",
    "year_before": "As in the same weeks a year before",
    "mean": "As on average over the last year",
}


def _assumptions(plan: QuarterPlan) -> tuple[Fact, ...]:
    by_origin: dict[str, list[str]] = {}
    for assumption in plan.assumptions:
        names = by_origin.setdefault(assumption.origin, [])
        name = assumption.name.replace("_", " ").replace("-", " ")
        if name not in names:
            names.append(name)
    return tuple(Fact(_ORIGINS[origin], ", ".join(names)) for origin, names in by_origin.items())


def _provenance(budget: Budget, words: Words) -> tuple[Fact, ...]:
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


def _earlier(row: PlanRow, shown: int, words: Words) -> EarlierPlan:
    if row.is_in_force:
        state = f"in force, approved by {row.approved_by}"
    elif row.approved_at is not None:
        until = f", replaced on {words.day(row.superseded_at.date())}" if row.superseded_at else ""
        state = f"approved by {row.approved_by}{until}"
    else:
        state = "never approved" if row.number != shown else "waits for approval"
    return EarlierPlan(row.number, words.day(row.made_at.date()), words.day(row.as_of), state, row.number == shown)


def day_of(value: date, words: Words) -> str:
    """`4 April 2027`."""
    return words.day(value)
