"""The budget page as ready strings: the finding, the split, the chances, and where it all comes from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.operations.plan.look_at_budget import Budget, PlanRow
from quarterdeck.operations.plan.try_budget import Standing
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.report.say_budget import (
    Headline,
    Moves,
    headline_of_plan,
    headline_of_replan,
    moves_between,
    say_bound,
    say_gain_span,
)
from quarterdeck.report.words import Words, how_many
from quarterdeck.web.plan.chances_shown import Chance, Fact, Tried, assumptions_of, chance_shown, chances_of, outlooks_of, provenance_of, tried_of
from quarterdeck.web.plan.split_shown import Split, split_shown

NOTHING = Decimal(0)
POOR = 0.25
"""Hidden weeks that were missed by more than this share were not predicted."""


@dataclass(frozen=True)
class State:
    """Where the plan stands: a word with its look, and what that means in a sentence."""

    word: str
    look: str
    icon: str
    sentence: str


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
    tried: tuple[Tried, ...]
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
        strength=_strength(budget),
        split=split_shown(plan, desk.strategy, words),
        chances=tuple(chance_shown(outlook, desk.strategy, words) for outlook in outlooks_of(budget)),
        chances_of=chances_of(budget, words),
        tried=tried_of(budget, words),
        assumptions=assumptions_of(plan),
        remarks=plan.remarks,
        provenance=provenance_of(budget, words),
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
        return headline_of_replan(
            moves,
            standing.over_plan,
            words,
            open_money=standing.placed(standing.anew),
            aim=plan.budget.aim,
            rest=rest,
            is_other_strategy=budget.strategy_changed,
        )
    if standing is None:
        placed = sum((channel.planned for channel in plan.budget.channels), NOTHING)
        return headline_of_plan(plan, _moves_by_the_plan(plan), words, gain=None, rest=0.0, open_money=placed)
    moves = moves_between(_last_split(standing), totals(standing))
    rest = float(standing.draws.mean())
    return headline_of_plan(plan, moves, words, gain=standing.over_last_split, rest=rest, open_money=standing.placed())


def _moves_by_the_plan(plan: QuarterPlan) -> Moves:
    """Against last quarter's proportions of the same money, from the plan's own figures."""
    known = {channel.channel: channel for channel in plan.budget.channels if channel.last_quarter is not None}
    planned = sum((channel.planned for channel in known.values()), NOTHING)
    last = sum((channel.last_quarter or NOTHING for channel in known.values()), NOTHING) or Decimal(1)
    before = {name: (channel.last_quarter or NOTHING) * planned / last for name, channel in known.items()}
    return moves_between(before, {name: channel.planned for name, channel in known.items()})


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
            than = " than this plan brings" if budget.is_stale else ""
            said.append(f"In 8 cases of 10 the difference lies {say_gain_span(gain, plan.budget.aim, words)}{than}.")
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
    return f"Last quarter cost {words.money(last)}, {words.money(abs(planned - last))} {'less' if planned > last else 'more'} than this plan."


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
    if learned is None and budget.plan.budget.method == "best_known":
        return "Made from curves that cannot be read now; a new plan learns them again"
    if learned is None:
        return "No curve could be trusted; last quarter’s split stands"
    told = f"Curves learned from {how_many(learned.weeks, 'week')} of your own history"
    if learned.overruled:
        return f"{told}, used although they were refused"
    error, weeks = learned.holdout.get("mape"), learned.holdout.get("holdout")
    if error is None:
        return told
    percent = f"{error * 100:.0f}\N{NARROW NO-BREAK SPACE}%"
    return f"{told}; they {'missed' if error > POOR else 'predicted'} the last {weeks} weeks {'by' if error > POOR else 'within'} {percent}"


def _strength(budget: Budget) -> int:
    learned = budget.learned
    return 1 if learned is None or not learned.is_trusted or (learned.holdout.get("mape") or 0.0) > POOR else 2


def _earlier(row: PlanRow, shown: int, words: Words) -> EarlierPlan:
    if row.is_in_force:
        state = f"in force, approved by {row.approved_by}"
    elif row.approved_at is not None:
        until = f", replaced on {words.day(row.superseded_at.date())}" if row.superseded_at else ""
        state = f"approved by {row.approved_by}{until}"
    else:
        state = "never approved" if row.number != shown else "waits for approval"
    return EarlierPlan(row.number, words.day(row.made_at.date()), words.day(row.as_of), state, row.number == shown)
