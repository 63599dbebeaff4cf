"""A draft beside the strategy, in sentences: what its plan would bring, what it would cost, and whether both plans are of today."""

from __future__ import annotations

from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.plan.quarter_plan import ObjectiveOutlook, QuarterPlan
from quarterdeck.report.say_quarter import tight
from quarterdeck.report.words import Words

_WORTH_SAYING = 0.03
"""By how much the chance of a further objective must differ to be told in the headline."""
Pair = tuple[ObjectiveOutlook | None, ObjectiveOutlook | None]
"""An objective as the strategy's plan sees it, and as the draft's does."""


def say_draft(name: str, pairs: list[Pair], words: Words) -> str:
    """The headline: how the chance of the first objective differs that has one in both plans, and of that other one that differs most."""
    known = [
        (live, draft, draft.chance - live.chance) for live, draft in pairs if live and draft and live.chance is not None and draft.chance is not None
    ]
    if not known:
        if all(draft is None for _, draft in pairs):
            return f"“{name}” has not been planned yet."
        return f"Nobody can say yet whether “{name}” is better: no chance is known of both plans."
    (live, draft, _), *others = known
    said = [f"“{name}” {_move(live, draft, f'the chance of {_what(draft)}', words)}{_target(live, draft, words)}"]
    live, draft, most = max(others, key=lambda each: abs(each[2]), default=known[0])
    if others and abs(most) >= _WORTH_SAYING:
        said.append(_move(live, draft, f"that of {_what(draft)}", words))
    return tight(f"{', and '.join(said)}.")


def _move(live: ObjectiveOutlook, draft: ObjectiveOutlook, what: str, words: Words) -> str:
    """Two chances that read the same are the same: nobody is told of a rise "from 40 % to 40 %"."""
    before, after = words.chance(live.chance), words.chance(draft.chance)
    if before == after:
        return f"leaves {what} at {after}"
    return f"{'raises' if (draft.chance or 0.0) > (live.chance or 0.0) else 'lowers'} {what} from {before} to {after}"


def _what(outlook: ObjectiveOutlook) -> str:
    return METRICS[outlook.metric].name.lower()


def _target(live: ObjectiveOutlook, draft: ObjectiveOutlook, words: Words) -> str:
    if live.target == draft.target:
        return ""
    return f", with a target of {words.amount(draft.target, draft.metric)} in place of {words.amount(live.target, live.metric)}"


def say_money(live: QuarterPlan | None, draft: QuarterPlan | None, words: Words) -> str:
    """What it would cost more or less; empty without both plans."""
    if live is None or draft is None:
        return ""
    costs = [sum((each.planned for each in plan.budget.channels), Decimal(0)) for plan in (live, draft)]
    difference = costs[1] - costs[0]
    if not difference:
        return f"It spends as much as the plan does: {words.money(costs[0])}."
    return f"It spends {words.money(abs(difference))} {'more' if difference > 0 else 'less'}: {words.money(costs[1])} in place of {words.money(costs[0])}."


def say_sides(
    live: QuarterPlan | None, draft: QuarterPlan | None, *, are_alike: bool, is_live_beside: bool, has_newer_facts: bool, words: Words
) -> str:
    """Whether the two plans may be held against each other, and what they rest on; "" before the draft was planned."""
    if draft is None:
        return ""
    if live is None:
        return "The strategy has no plan to hold it against. Plan both."
    if not are_alike:
        return "The plan of the strategy was made on another day, from other facts, or before the strategy was changed. Plan both, so that they can be compared."
    said = [f"Both are planned from the same facts, as of {words.day(draft.provenance.as_of)}."]
    if is_live_beside:
        said.append("The strategy was planned once more for this. The plan that counts stays as it is.")
    if has_newer_facts:
        said.append("The facts have changed since. Plan both again.")
    return tight(" ".join(said))
