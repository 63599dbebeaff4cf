"""A draft beside the strategy, in sentences: what its plan would bring, what it would cost, and whether both plans are of today."""

from __future__ import annotations

from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.plan.quarter_plan import ObjectiveOutlook, QuarterPlan
from quarterdeck.report.say_quarter import tight
from quarterdeck.report.words import Words

_SAME_CHANCE = 0.005


def say_draft(name: str, pairs: list[tuple[ObjectiveOutlook | None, ObjectiveOutlook | None]], words: Words) -> str:
    """The headline: how the chance of the first objective with a chance in both plans differs."""
    for live, draft in pairs:
        if live is None or draft is None or live.chance is None or draft.chance is None:
            continue
        what = METRICS[draft.metric].name.lower()
        if abs(draft.chance - live.chance) < _SAME_CHANCE:
            return tight(f"“{name}” leaves the chance of {what} at {words.chance(draft.chance)}.")
        way = "raises" if draft.chance > live.chance else "lowers"
        target = (
            ""
            if live.target == draft.target
            else f", with a target of {words.amount(draft.target, draft.metric)} in place of {words.amount(live.target, live.metric)}"
        )
        return tight(f"“{name}” {way} the chance of {what} from {words.chance(live.chance)} to {words.chance(draft.chance)}{target}.")
    if all(draft is None for _, draft in pairs):
        return f"“{name}” has not been planned yet."
    return f"Nobody can say yet whether “{name}” is better: no chance is known of both plans."


def say_money(live: QuarterPlan | None, draft: QuarterPlan | None, words: Words) -> str:
    """What it would cost more or less; empty without both plans."""
    if live is None or draft is None:
        return ""
    costs = [sum((each.planned for each in plan.budget.channels), Decimal(0)) for plan in (live, draft)]
    difference = costs[1] - costs[0]
    if not difference:
        return f"It spends as much as the plan does: {words.money(costs[0])}."
    return f"It spends {words.money(abs(difference))} {'more' if difference > 0 else 'less'}: {words.money(costs[1])} in place of {words.money(costs[0])}."
