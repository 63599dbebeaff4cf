"""A week's money as a diff: what each channel had, what it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from quarterdeck.kernel.periods import WEEKS_PER_QUARTER
from quarterdeck.operations.act.choose_actions import WaitingAction
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.report.words import Words
from quarterdeck.web.do.scene import Scene

Before = dict[str, Decimal | None] | None
"""Money by channel; None where it is not known."""


@dataclass(frozen=True)
class MoneyRow:
    """A channel's week: `kind` is for its icon."""

    name: str
    kind: str
    was: str
    becomes: str


def money_rows(actions: Sequence[WaitingAction], week: date, plan: QuarterPlan | None, scene: Scene) -> tuple[tuple[MoneyRow, ...], str]:
    """One row a channel, largest first, and a sentence that says what "was" is: the week before, or a week of last quarter."""
    words = scene.words
    becomes: dict[str, Decimal] = {}
    for action in actions:
        becomes[action.channel or ""] = becomes.get(action.channel or "", Decimal(0)) + action.cost
    campaigns = {action.campaign for action in actions}
    is_part = len(actions) == 1
    before, said = _before(week, plan, campaigns if is_part else None)
    kinds = {channel.id: channel.kind for channel in scene.strategy.channels}
    rows = [
        MoneyRow(scene.name(channel), kinds.get(channel, "other"), _was(before, channel, words), words.money(amount))
        for channel, amount in sorted(becomes.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    if len(rows) > 1:
        rows.append(MoneyRow("Together", "", _together(becomes, before, words), words.money(sum(becomes.values(), start=Decimal(0)))))
    return tuple(rows), said


def _was(before: Before, channel: str, words: Words) -> str:
    amount = None if before is None else before.get(channel, Decimal(0))
    return "not known" if amount is None else words.money(amount)


def _together(becomes: Iterable[str], before: Before, words: Words) -> str:
    amounts = [None if before is None else before.get(channel, Decimal(0)) for channel in becomes]
    known = [amount for amount in amounts if amount is not None]
    return words.money(sum(known, start=Decimal(0))) if len(known) == len(amounts) else "not known"


def _before(week: date, plan: QuarterPlan | None, campaigns: set[str | None] | None) -> tuple[Before, str]:
    """Money by channel in the week before (of these campaigns, where named), and what that is in words."""
    if plan is None:
        return None, "What these channels had before is not known."
    if week == plan.period.first_day:
        quarter = {channel.channel: channel.last_quarter for channel in plan.budget.channels}
        if campaigns:
            return None, "The quarter begins with this week."
        return {name: None if amount is None else amount / WEEKS_PER_QUARTER for name, amount in quarter.items()}, "“Was” is a week of last quarter."
    found: dict[str, Decimal | None] = {}
    spent = False
    for line in plan.budget.lines:
        if line.week == week - timedelta(days=7) and (campaigns is None or line.campaign in campaigns):
            found[line.channel] = (found.get(line.channel) or Decimal(0)) + line.amount
            spent = spent or line.is_spent
    return found, f"“Was” is the week before, {'as it was spent' if spent else 'as planned'}."
