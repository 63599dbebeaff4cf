"""save_strategy: the whole document as the next revision, with what changed said in sentences. Nothing before it is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quarterdeck.kernel.identity import content_hash, render_canonical
from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.revisions import AnyRevision, append_revision, newest_of
from quarterdeck.operations.context import Context
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.strategy.keep_maturity import maturity_row
from quarterdeck.operations.strategy.look_at_maturity import maturity_of
from quarterdeck.operations.told import Told
from quarterdeck.strategy.changes.diff import diff_strategies
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.yaml.mark import mark_text
from quarterdeck.strategy.yaml.text import render_strategy


@dataclass(frozen=True)
class Current:
    """The strategy as it stands now, and the revision that says so."""

    strategy: Strategy
    revision: AnyRevision


def current_strategy(context: Context) -> Current:
    """The latest revision. Raises Refused when there is none yet."""
    revision = newest_of(context.holder)
    if revision is None:
        raise Refused(
            f"{context.workspace.name} has no strategy yet.",
            fix="Start with `quarterdeck strategy start > strategy.yaml`, then `quarterdeck strategy save strategy.yaml`.",
            code="STRATEGY-900",
        )
    return Current(strategy_of(revision), revision)


def strategy_of(revision: AnyRevision) -> Strategy:
    """The document that a revision holds."""
    return remembered("strategy", revision.hash, lambda: Strategy.model_validate(revision.document))


def hash_of(strategy: Strategy) -> str:
    """Content hash of a document: equal documents have the same, whatever their YAML looks like."""
    return content_hash(canonical_of(strategy))


def canonical_of(strategy: Strategy) -> bytes:
    """The document as canonical JSON, as the ledger takes it."""
    return render_canonical(strategy.model_dump(mode="json"), is_json=True)


def save_strategy(context: Context, strategy: Strategy, *, text: str | None = None, note: str = "", parent: str | None = None) -> AnyRevision:
    """The revision that holds `strategy` (the latest one when nothing changed). `text` is the YAML as it was written, comments and all.

    `parent` is the hash of the document that it was made from; when another was saved meanwhile, Refused says so and nothing is saved.
    """
    context.require("save_strategy")
    require_open(context)
    latest = newest_of(context.holder)
    document = canonical_of(strategy)
    if latest is not None and latest.hash == content_hash(document):
        return latest
    before = None if latest is None else latest.text
    revision = append_revision(
        context.holder,
        document,
        text if text is not None else render_strategy(strategy, previous_text=before),
        author=context.member.person,
        note=note,
        parent_hash=parent if parent is not None else latest.hash if latest else None,
        now=context.now,
        maturity=maturity_row(strategy),
    )
    context.audit("save_strategy", what_was_saved(context, revision), note=note, hash=revision.hash)
    return revision


def require_open(context: Context) -> None:
    """Nothing, when what the person works in can be changed. Raises Refused for a draft that was closed."""
    if context.draft is not None and not context.draft.is_open:
        raise Refused(
            f"The draft “{context.draft.name}” was closed and cannot be changed any more.",
            fix="Open it again, begin a new draft, or change the strategy itself.",
            code="STRATEGY-911",
            state="Nothing was changed.",
        )


def what_was_saved(context: Context, revision: AnyRevision) -> str:
    """`revision 7`, or `revision 2 of draft “Cheaper”`."""
    return f"revision {revision.number}" + (f" of {context.draft}" if context.draft else "")


def strategy_text(context: Context, number: int | None) -> tuple[str, Mapping[str, Any]]:
    """The YAML of a revision as it was saved; that of the latest (the default) says above it which one it is, so that it can be merged."""
    context.require("see")
    revision = newest_of(context.holder) if number is None else context.holder.revisions.filter(number=number).first()
    if revision is None:
        raise Refused("There is no such revision.", fix="`quarterdeck strategy history` lists them.", code="STRATEGY-901")
    text = mark_text(revision.text, revision.number, revision.hash) if number is None else revision.text
    return text, {"revision": revision.number, "hash": revision.hash, "document": revision.document}


def list_revisions(context: Context, *, last: int | None = None) -> Told:
    """Every revision, newest first, with what it changed and how complete it was; only the `last` so many, where that is said."""
    context.require("see")
    rows: list[dict[str, Any]] = []
    sentences: list[str] = []
    before: Strategy | None = None
    total = context.holder.revisions.count()
    first = 1 if last is None else max(total - last + 1, 1)
    for revision in context.holder.revisions.filter(number__gte=first - 1).order_by("number"):
        if revision.number < first:
            before = strategy_of(revision)
            continue
        strategy = strategy_of(revision)
        changes = [change.sentence for change in diff_strategies(before, strategy)] if before else ["First revision."]
        rows.insert(
            0,
            {
                "revision": revision.number,
                "author": revision.author,
                "made_at": revision.made_at.isoformat(),
                "note": revision.note,
                "changes": changes,
                "maturity": maturity_of(revision).to_json(),
            },
        )
        head = f"{revision.number}: {context.local(revision.made_at):%Y-%m-%d %H:%M} by {revision.author}{f', “{revision.note}”' if revision.note else ''}. "
        sentences.insert(0, head + " ".join(changes[:5]) + (f" And {len(changes) - 5} more changes." if len(changes) > 5 else ""))
        before = strategy
    return Told(sentences or ["No revision yet. Save the first with `quarterdeck strategy save strategy.yaml`."], {"revisions": rows, "total": total})
