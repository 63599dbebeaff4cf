"""propose_budget: a trial of the plan's money written into the strategy as a revision, so that the next plan follows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.ledger.models import Plan
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.try_budget import Tried, try_budget
from quarterdeck.operations.strategy.change_strategy import Changed, change_strategy
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.plan.trial import Ask
from quarterdeck.strategy.changes.diff import diff_strategies
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.management import Budget
from quarterdeck.strategy.parts.means import SpendLimits
from quarterdeck.strategy.parts.values import Part


@dataclass(frozen=True)
class Preview:
    """What would be written, in sentences, or why it cannot be."""

    sentences: tuple[str, ...]
    problem: str = ""


def preview_of(context: Context, changes: Mapping[str, str]) -> Preview:
    """What the changes of a trial would do to the strategy; nothing is written.

    A slider asks for this many times a second: limits and budget are copied in, and only what they cannot be is read in full.
    """
    context.require("see")
    strategy = current_strategy(context).strategy
    try:
        changed = _with_limits(strategy, changes)
    except ValidationError:
        try:
            changed = apply_changes(strategy, changes)
        except InvalidInput as error:
            return Preview((), " ".join(f"Expected {problem.expected}, found {problem.found}. {problem.fix}" for problem in error.problems[:3]))
    return Preview(tuple(change.sentence for change in diff_strategies(strategy, changed)))


def propose_budget(context: Context, record: Plan, ask: Ask, *, parent: str | None) -> tuple[Tried, Changed]:
    """The trial and the revision that says it. `parent` is the hash of the strategy that the person looked at.

    Raises Refused when there is nothing to propose or nothing to try it on, InvalidInput when the strategy would contradict itself, StaleRevision when
    somebody saved meanwhile; nothing is changed then.
    """
    context.require("save_strategy")
    tried = try_budget(context, record, ask)
    if tried is None or not tried.changes:
        raise Refused("There is nothing to propose: this is the plan as it stands.", fix="Move a slider first.", code="PLAN-906")
    return tried, change_strategy(context, tried.changes, note="Proposed on the budget page", parent=parent)


def _with_limits(strategy: Strategy, changes: Mapping[str, str]) -> Strategy:
    """The strategy with other limits of channels and another budget. Raises ValidationError where they contradict each other."""
    limits: dict[str, dict[str, str]] = {}
    for place, value in changes.items():
        if place.startswith("channels["):
            channel, field = place.removeprefix("channels[").split("].spend.")
            limits.setdefault(channel, {})[field] = value
    channels = tuple(
        channel.model_copy(update={"spend": SpendLimits.model_validate({**_fields(channel.spend), **limits[channel.id]})})
        if channel.id in limits
        else channel
        for channel in strategy.channels
    )
    management = strategy.management
    if "management.budget.quarter" in changes:
        budget = Budget.model_validate({**_fields(management.budget), "quarter": changes["management.budget.quarter"]})
        management = management.model_copy(update={"budget": budget})
    return strategy.model_copy(update={"channels": channels, "management": management})


def _fields(part: Part | None) -> dict[str, object]:
    return {} if part is None else part.model_dump()
