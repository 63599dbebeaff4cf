"""look_at_revisions: the history of the strategy, page by page, and any two revisions held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.revisions import LARGE, AnyRevision
from quarterdeck.operations.context import Context
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.strategy.changes.diff import diff_strategies
from quarterdeck.strategy.yaml.mark import mark_text

PAGE = 20
_LARGE = (*LARGE, *(f"parent__{name}" for name in LARGE))


@dataclass(frozen=True)
class RevisionLine:
    """One revision, and what it changed against the one before; no sentences for the first."""

    number: int
    author: str
    made_at: datetime
    note: str
    sentences: tuple[str, ...]
    is_first: bool
    is_newest: bool


@dataclass(frozen=True)
class RevisionPage:
    """Some of the revisions, the newest first."""

    lines: tuple[RevisionLine, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class Comparison:
    """What changed from one revision to another."""

    before: RevisionLine
    after: RevisionLine
    sentences: tuple[str, ...]


def look_at_revisions(context: Context, *, page: int = 1) -> RevisionPage:
    """A page of the history; the last one when `page` lies beyond it, an empty one when nothing was saved yet."""
    context.require("see")
    total = context.holder.revisions.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    found = context.holder.revisions.select_related("parent").defer(*_LARGE).order_by("-number")[(page - 1) * PAGE : page * PAGE]
    return RevisionPage(tuple(_line(revision, total) for revision in found), page, pages, total)


def compare_revisions(context: Context, before: int, after: int) -> Comparison:
    """What `after` says that `before` did not, in sentences. Raises Refused when one of them is not there."""
    context.require("see")
    one, other = find_revision(context, before), find_revision(context, after)
    total = context.holder.revisions.count()
    return Comparison(_line(one, total), _line(other, total), _sentences(one, other))


def one_revision(context: Context, number: int | None) -> RevisionLine:
    """One revision of the history, the newest when `number` is None. Raises Refused when it is not there."""
    context.require("see")
    return _line(find_revision(context, number), context.holder.revisions.count())


def text_of_revision(context: Context, number: int | None) -> tuple[int, str]:
    """Number and YAML of a revision; that of the newest (`number` is None) says above it which one it is, so that it can be merged when it comes back."""
    context.require("see")
    revision = find_revision(context, number)
    text = str(revision.text)
    return revision.number, mark_text(text, revision.number, revision.hash) if number is None else text


def find_revision(context: Context, number: int | None) -> AnyRevision:
    """The revision of that number, the newest when it is None. Raises Refused when it is not there."""
    ordered = context.holder.revisions.order_by("-number")
    revision: AnyRevision | None = ordered.first() if number is None else ordered.filter(number=number).first()
    if revision is None:
        raise Refused("There is no such revision.", fix="Choose one from the history of the strategy.", code="STRATEGY-901")
    return revision


def _line(revision: AnyRevision, total: int) -> RevisionLine:
    parent = revision.parent
    return RevisionLine(
        number=revision.number,
        author=revision.author,
        made_at=revision.made_at,
        note=revision.note,
        sentences=() if parent is None else _sentences(parent, revision),
        is_first=parent is None,
        is_newest=revision.number == total,
    )


def _sentences(before: AnyRevision, after: AnyRevision) -> tuple[str, ...]:
    return remembered(
        "sentences",
        (before.hash, after.hash),
        lambda: tuple(change.sentence for change in diff_strategies(strategy_of(before), strategy_of(after))),
        most=500,
    )
