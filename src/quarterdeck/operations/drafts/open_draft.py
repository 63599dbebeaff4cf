"""begin_draft, lay_aside, adopt, reopen: a draft of the strategy from its beginning to its end; the strategy itself stays as it is until one is adopted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from django.db import transaction

from quarterdeck.kernel.identity import content_hash
from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.ledger.gateway import drafts
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.models import Draft, Revision
from quarterdeck.operations.context import Context
from quarterdeck.operations.strategy.keep_maturity import maturity_row
from quarterdeck.operations.strategy.save_strategy import current_strategy, save_strategy, strategy_of
from quarterdeck.strategy.changes.diff import diff_strategies
from quarterdeck.strategy.changes.merge import merge_strategies

LONGEST_NAME, LONGEST_WHY = 80, 500


@dataclass(frozen=True)
class BothSides:
    """The draft and the strategy changed the same places meanwhile, each in its own way. Nothing was adopted."""

    theirs: tuple[str, ...]
    """What the strategy says there now, against the revision that the draft was begun from."""
    yours: tuple[str, ...]
    """What the draft says there."""


@dataclass(frozen=True)
class Adopted:
    """The revision of the strategy that the draft became, and what it changed."""

    revision: int
    sentences: tuple[str, ...]


def begin_draft(context: Context, name: str, *, why: str = "") -> Draft:
    """A draft that says what the strategy says now. Raises InvalidInput for a name that is none and for a reason that is too long,
    Refused for a name that is taken, and without a strategy."""
    context.require("save_strategy")
    base = latest_revision(context.workspace)
    if base is None:
        raise Refused("There is no strategy to make a draft of.", fix="Write a first strategy.", code="STRATEGY-900")
    name = " ".join(name.split())
    slug = slug_of(name)
    _require_sound(name, slug, why)
    maturity = maturity_row(strategy_of(base))
    draft = drafts.begin_draft(base, slug=slug, name=name, why=why.strip(), by=context.member.person, now=context.now, maturity=maturity)
    context.audit("begin_draft", str(draft), based_on=base.number)
    return draft


def in_draft(context: Context, slug: str) -> Context:
    """The same person at work in the draft. Raises Refused when there is none of that name."""
    found = drafts.find_draft(context.workspace, slug)
    if found is None:
        raise Refused(f"There is no draft “{slug}”.", fix="Choose one of those under Strategy, Drafts.", code="STRATEGY-913")
    return replace(context, draft=found)


def lay_aside(context: Context) -> None:
    """The draft closed; it can still be read. Raises Refused when it was closed before."""
    draft = _open_draft(context)
    with transaction.atomic():
        if not drafts.close_draft(draft, by=context.member.person, adopted_as=None, now=context.now):
            raise _closed(draft)
        context.audit("lay_aside_draft", str(draft))


def reopen(context: Context) -> None:
    """The draft open again, as it was when it was closed; the strategy stays as it is. Raises Refused when it is open."""
    context.require("save_strategy")
    draft = context.draft_at_work
    with transaction.atomic():
        if not drafts.reopen_draft(draft, by=context.member.person, now=context.now):
            raise Refused(f"The draft “{draft.name}” is open.", fix="Go on with it.", code="STRATEGY-916", state="Nothing was changed.")
        context.audit("reopen_draft", str(draft))


def adopt(context: Context, *, where_both: Literal["ask", "draft", "strategy"] = "ask") -> Adopted | BothSides:
    """What the draft changed, as the next revision of the strategy; what the strategy changed elsewhere meanwhile stays.

    Where both changed the same place, both sides come back and nothing is saved, unless `where_both` says whose words stand there.
    Raises InvalidInput when the two cannot stand together.
    """
    draft = _open_draft(context)
    live = replace(context, draft=None)
    mine, base = current_strategy(context).strategy, strategy_of(draft.based_on)
    now = current_strategy(live)
    merge = merge_strategies(base, mine, now.strategy)
    if merge.crossings and where_both == "ask":
        theirs = tuple(change.sentence for crossing in merge.crossings for change in crossing.theirs)
        return BothSides(theirs, tuple(change.sentence for crossing in merge.crossings for change in crossing.mine))
    with transaction.atomic():
        merged = merge.on_top(lambda _: "mine" if where_both == "draft" else "theirs")
        saved = save_strategy(live, merged, note=f"Draft “{draft.name}”" + (f": {draft.why}" if draft.why else ""), parent=now.revision.hash)
        assert isinstance(saved, Revision)
        if not drafts.close_draft(draft, by=context.member.person, adopted_as=saved, now=context.now):
            raise _closed(draft)
        context.audit("adopt_draft", str(draft), revision=saved.number)
    return Adopted(saved.number, tuple(change.sentence for change in diff_strategies(now.strategy, merged)))


def _require_sound(name: str, slug: str, why: str) -> None:
    problems = []
    if not slug or len(name) > LONGEST_NAME or not name.isprintable():
        expected = f"a name of 1 to {LONGEST_NAME} letters"
        problems.append(Problem("STRATEGY-912", "name", f"“{name[:LONGEST_NAME]}”", expected, "Name what you try: “Without radio”."))
    if len(why) > LONGEST_WHY:
        problems.append(Problem("STRATEGY-912", "why", f"{len(why):,} letters", f"{LONGEST_WHY} letters at most", "Say it in a sentence or two."))
    if problems:
        raise InvalidInput(problems, state="No draft was begun.")


def _open_draft(context: Context) -> Draft:
    context.require("save_strategy")
    draft = context.draft_at_work
    if not draft.is_open:
        raise _closed(draft)
    return draft


def _closed(draft: Draft) -> Refused:
    became = draft.now.adopted_as
    what = f"It became revision {became.number}." if became is not None else "It was laid aside."
    return Refused(
        f"The draft “{draft.name}” was closed before. {what}",
        fix="Open it again, or begin a new one.",
        code="STRATEGY-911",
        state="Nothing was changed.",
    )


def slug_of(name: str) -> str:
    """The short name that stands in addresses and commands: `without-radio`; that of a short name is itself. A name without Latin letters or digits gets
    one made of its hash, so that two such names are two drafts."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", letters))[:60].strip("-") or (f"draft-{content_hash(name)[:6]}" if name else "")
