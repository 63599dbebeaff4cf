"""save_part: one change of the strategy made from the revision that a person looked at; when somebody saved meanwhile, both sides and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.ledger.gateway.revisions import AnyRevision, StaleRevision
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.strategy.change_strategy import Changed
from quarterdeck.operations.strategy.save_strategy import Current, current_strategy, save_strategy, strategy_of
from quarterdeck.strategy.changes.diff import Change, diff_strategies
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.checks.maturity import step_of
from quarterdeck.strategy.document import Strategy

Edit = Callable[[Strategy], Strategy]
_TRIES = 3


@dataclass(frozen=True)
class Conflict:
    """Somebody saved the same step meanwhile. Nothing was saved. `merged` is theirs with your changes on top, None when the two cannot stand together."""

    theirs: Strategy
    their_number: int
    their_hash: str
    their_author: str
    their_time: datetime
    their_sentences: tuple[str, ...]
    your_sentences: tuple[str, ...]
    merged: Strategy | None
    before: Strategy
    """What both were made from."""


@dataclass(frozen=True)
class Saved:
    """The change, and who saved other steps while it was made."""

    changed: Changed
    meanwhile: str = ""
    plan: str = ""
    """That a plan was made from what stood before, where there is one."""


def save_part(context: Context, edit: Edit, *, parent: str, step: int, note: str = "") -> Saved | Conflict:
    """The strategy with `edit` made, as the next revision. `parent` is the hash of the revision that the person looked at.

    Changes that others made meanwhile in other steps are kept and both stand; changes in the same step are a Conflict, which saves nothing.
    Raises InvalidInput when the edit cannot stand.
    """
    context.require("save_strategy")
    for _ in range(_TRIES):
        current = current_strategy(context)
        try:
            return _save_on(context, current, edit, parent, step, note)
        except StaleRevision:  # somebody saved between the reading and the writing: look again
            continue
    raise Refused("Others are saving this strategy at this very moment.", fix="Wait a moment and save again.", code="STRATEGY-903")


def strategy_of_hash(context: Context, revision_hash: str) -> Strategy | None:
    """The strategy that a revision of that hash holds; None when there is no such revision."""
    context.require("see")
    found = _revision_of_hash(context, revision_hash)
    return None if found is None else strategy_of(found)


def say_plan_is_older(context: Context) -> str:
    """That the newest plan was made from another strategy than the newest revision; empty when it was not, there is no plan, or a draft is at work."""
    context.require("see")
    newest = None if context.draft else context.workspace.plans.order_by("-made_at", "-pk").first()
    if newest is None or plan_of(newest).provenance.strategy == current_strategy(context).revision.hash:
        return ""
    return "The plan was made from the strategy as it was before. Plan again once you are done, so that money and work follow."


def _save_on(context: Context, current: Current, edit: Edit, parent: str, step: int, note: str) -> Saved | Conflict:
    if parent == current.revision.hash:
        return _saved(context, current, edit(current.strategy), note)
    base = _revision_of_hash(context, parent)
    before = current.strategy if base is None else strategy_of(base)
    mine, theirs = edit(before), diff_strategies(before, current.strategy)
    wanted = diff_strategies(before, mine)
    merged = _on_top(current.strategy, wanted)
    if base is not None and merged is not None and not any(step_of(change.place) == step for change in theirs):
        meanwhile = (
            f"{current.revision.author} saved revision {current.revision.number} meanwhile; it says nothing about this step, and both changes stand."
        )
        return _saved(context, current, merged, note, meanwhile)
    return Conflict(
        theirs=current.strategy,
        their_number=current.revision.number,
        their_hash=current.revision.hash,
        their_author=current.revision.author,
        their_time=current.revision.made_at,
        their_sentences=tuple(change.sentence for change in theirs),
        your_sentences=tuple(change.sentence for change in wanted),
        merged=merged,
        before=before,
    )


def _saved(context: Context, current: Current, changed: Strategy, note: str, meanwhile: str = "") -> Saved:
    sentences = tuple(change.sentence for change in diff_strategies(current.strategy, changed))
    revision = save_strategy(context, changed, note=note, parent=current.revision.hash)
    return Saved(Changed(revision.number, sentences), meanwhile, say_plan_is_older(context) if sentences else "")


def _revision_of_hash(context: Context, revision_hash: str) -> AnyRevision | None:
    found: AnyRevision | None = context.holder.revisions.filter(hash=revision_hash).order_by("-number").first()
    return found


def _on_top(theirs: Strategy, wanted: tuple[Change, ...]) -> Strategy | None:
    try:
        return apply_changes(theirs, {change.place: change.after for change in wanted})
    except InvalidInput:
        return None
