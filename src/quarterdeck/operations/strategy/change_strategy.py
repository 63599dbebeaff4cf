"""change_strategy, take_back_revision: single changes of the document as a revision, and a revision undone by another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.drafts import draft_adopted_as, reopen_draft
from quarterdeck.ledger.gateway.revisions import AnyRevision, append_revision, newest_of
from quarterdeck.ledger.models import Revision
from quarterdeck.operations.context import Context
from quarterdeck.operations.strategy.keep_maturity import maturity_row
from quarterdeck.operations.strategy.save_strategy import current_strategy, require_open, save_strategy, strategy_of, what_was_saved
from quarterdeck.strategy.changes.diff import diff_strategies
from quarterdeck.strategy.changes.patch import apply_changes


@dataclass(frozen=True)
class Changed:
    """What a change made of the strategy: the revision, and its changes in sentences; none when it said so already. `reopened` names the draft that was
    opened again, because its adoption was taken back."""

    revision: int
    sentences: tuple[str, ...]
    reopened: str = ""

    @property
    def is_new(self) -> bool:
        """Whether anything changed."""
        return bool(self.sentences)


def change_strategy(context: Context, changes: Mapping[str, object], *, note: str = "", parent: str | None = None) -> Changed:
    """The strategy with `changes` (place -> new value, see `strategy.changes.patch`) as the next revision.

    `parent` is the hash of the revision that the person looked at. Raises InvalidInput with every problem, StaleRevision when somebody saved
    meanwhile; nothing is changed then.
    """
    context.require("save_strategy")
    current = current_strategy(context)
    changed = apply_changes(current.strategy, changes)
    revision = save_strategy(context, changed, note=note, parent=parent or current.revision.hash)
    return Changed(revision.number, tuple(change.sentence for change in diff_strategies(current.strategy, changed)))


def take_back_revision(context: Context, number: int) -> Changed:
    """The revision before `number` again, as the newest; a draft that became `number` is open again.

    Raises Refused when `number` is not the newest any more, or is the first.
    """
    context.require("save_strategy")
    latest = newest_of(context.holder)
    if latest is None or latest.number != number or latest.parent is None:
        raise Refused(
            "This change cannot be taken back any more: somebody saved after it, or nothing was before it.",
            fix="Open the history of the strategy and restore the revision that you want.",
            code="STRATEGY-902",
            state="Nothing was changed.",
        )
    with transaction.atomic():
        changed = restore_revision(context, latest.parent.number, note=f"Taken back: revision {number}")
        return replace(changed, reopened=_open_again(context, latest))


def restore_revision(context: Context, number: int, *, note: str = "") -> Changed:
    """An earlier revision again, as the newest, its YAML with its comments. Nothing between is lost. Raises Refused when there is none of that number."""
    context.require("save_strategy")
    require_open(context)
    latest = newest_of(context.holder)
    wanted: AnyRevision | None = context.holder.revisions.filter(number=number).first()
    if latest is None or wanted is None:
        raise Refused("There is no such revision.", fix="Choose one from the history of the strategy.", code="STRATEGY-901")
    if wanted.hash == latest.hash:
        return Changed(latest.number, ())
    revision = append_revision(
        context.holder,
        wanted.document,
        wanted.text,
        author=context.member.person,
        note=note or f"Restored from revision {number}",
        parent_hash=latest.hash,
        now=context.now,
        maturity=maturity_row(strategy_of(wanted)),
    )
    context.audit("save_strategy", what_was_saved(context, revision), note=revision.note, hash=revision.hash)
    return Changed(revision.number, tuple(change.sentence for change in diff_strategies(strategy_of(latest), strategy_of(wanted))))


def _open_again(context: Context, taken_back: AnyRevision) -> str:
    """Name of the draft that had become this revision, and is open again; "" where there is none."""
    draft = draft_adopted_as(taken_back) if isinstance(taken_back, Revision) else None
    if draft is None or not reopen_draft(draft, by=context.member.person, now=context.now):
        return ""
    context.audit("reopen_draft", str(draft), taken_back=taken_back.number)
    return str(draft.name)
