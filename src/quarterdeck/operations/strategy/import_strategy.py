"""import_strategy: a whole strategy as a file: looked at first, put together with what others saved since it was taken out, then saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.ledger.gateway.revisions import AnyRevision, StaleRevision, newest_of
from quarterdeck.operations.context import Context
from quarterdeck.operations.strategy.change_strategy import Changed
from quarterdeck.operations.strategy.find_base import UNKNOWN, find_base
from quarterdeck.operations.strategy.save_strategy import save_strategy, strategy_of
from quarterdeck.operations.strategy.say_meanwhile import MOST_SENTENCES
from quarterdeck.strategy.changes.diff import Change, diff_strategies
from quarterdeck.strategy.changes.merge import Crossing, Merge, Side, merge_strategies
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.yaml.mark import comments_of, unmark_text
from quarterdeck.strategy.yaml.text import parse_strategy, render_strategy

ORDER = "Nothing is said otherwise; some things stand in another order."


@dataclass(frozen=True)
class Draft:
    """A file that was understood. `parent` is the hash of the revision that it would follow, "" for the first.

    `text` is what would be saved: the file, on top of what others saved since it was taken out. `meanwhile` says that they did,
    `theirs` what, and both stand. `remarks` say what of the file is not kept.
    """

    strategy: Strategy
    text: str
    sentences: tuple[str, ...]
    is_first: bool
    is_same: bool
    parent: str
    problems: tuple[Problem, ...]
    meanwhile: str = ""
    theirs: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        """How many the checks find."""
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many the checks find."""
        return sum(problem.severity == "warning" for problem in self.problems)


@dataclass(frozen=True)
class BothChanged:
    """The file and others changed the same places, each in its own way; somebody has to choose. Nothing was saved.

    `made_from` is the hash of the revision that both were made from, `mine` and `theirs` what else each changed: these both stand.
    """

    sentence: str
    crossings: tuple[Crossing, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    text: str
    made_from: str
    strategy: Strategy


def read_draft(
    context: Context,
    text: str,
    *,
    name: str = "strategy.yaml",
    made_from: str = "",
    sides: Mapping[str, Side] | None = None,
    otherwise: Side | None = None,
) -> Draft | BothChanged:
    """What saving `text` would change, and nothing is saved. `made_from` is the hash of the revision that it was made from, where its own mark does not say.

    `sides` says whose words stand at places that both changed, `otherwise` at all others. Raises InvalidInput with every problem, each with its line,
    and where the two cannot stand together.
    """
    context.require("save_strategy")
    mine = parse_strategy(text, name=name)
    bare, marked = unmark_text(text)
    latest = newest_of(context.holder)
    base = None if latest is None else find_base(context, marked or made_from)
    if latest is None or base is None or base.hash == latest.hash:
        remarks = (UNKNOWN,) if latest is not None and base is None and (marked or made_from) else ()
        return _draft(latest, mine, bare, remarks=remarks)
    merge = merge_strategies(strategy_of(base), mine, strategy_of(latest))
    chosen = {crossing.place: (sides or {}).get(crossing.place, otherwise) for crossing in merge.crossings}
    sentence = f"This file was taken out at revision {base.number}; {latest.author} saved revision {latest.number} since."
    if any(side is None for side in chosen.values()):
        return _both(merge, sentence, bare, base)
    return _merged(latest, base, merge, bare, chosen, sentence)


def save_draft(context: Context, draft: Draft, *, note: str = "") -> Changed | None:
    """The text as the next revision, comments and all. None when another one was saved since the draft was read: nothing was saved."""
    try:
        revision = save_strategy(context, draft.strategy, text=draft.text, note=note, parent=draft.parent or None)
    except StaleRevision:
        return None
    return Changed(revision.number, draft.sentences or ("First revision.",))


def _merged(latest: AnyRevision, base: AnyRevision, merge: Merge, mine: str, chosen: Mapping[str, Side | None], sentence: str) -> Draft:
    try:
        strategy = merge.on_top(lambda crossing: chosen[crossing.place] or "theirs")
    except InvalidInput as error:
        state = f"{sentence} What you changed and what others changed cannot stand together. Nothing was saved."
        raise InvalidInput(error.problems, state=state) from error
    text, remarks = _text_of(strategy, mine, str(base.text), str(latest.text))
    return _draft(latest, strategy, text, sentence, _sentences(merge.meanwhile), remarks)


def _draft(
    latest: AnyRevision | None, strategy: Strategy, text: str, meanwhile: str = "", theirs: tuple[str, ...] = (), remarks: tuple[str, ...] = ()
) -> Draft:
    before = None if latest is None else strategy_of(latest)
    sentences = () if before is None else tuple(change.sentence for change in diff_strategies(before, strategy))
    return Draft(
        strategy=strategy,
        text=text,
        sentences=(ORDER,) if before is not None and before != strategy and not sentences else sentences,
        is_first=latest is None,
        is_same=before == strategy,
        parent="" if latest is None else latest.hash,
        problems=tuple(check_strategy(strategy)),
        meanwhile=meanwhile,
        theirs=theirs,
        remarks=remarks,
    )


def _both(merge: Merge, sentence: str, text: str, base: AnyRevision) -> BothChanged:
    crossing = {id(change) for each in merge.crossings for change in (*each.mine, *each.theirs)}
    mine, theirs = (_sentences([each for each in changes if id(each) not in crossing]) for changes in (merge.wanted, merge.meanwhile))
    return BothChanged(sentence, merge.crossings, mine, theirs, text, str(base.hash), merge.theirs)


def _text_of(strategy: Strategy, mine: str, base: str, theirs: str) -> tuple[str, tuple[str, ...]]:
    """The YAML of both together, with the comments of the side that changed them; comments that both changed are the file's, and it is said which went."""
    own = comments_of(mine)
    if own == comments_of(base):
        return render_strategy(strategy, previous_text=theirs), ()
    text = render_strategy(strategy, previous_text=mine)
    left = [comment for comment in comments_of(theirs) if comment not in own and comment not in comments_of(base)]
    return text, tuple(f"A comment that was added meanwhile is not kept: {comment}" for comment in left)


def _sentences(changes: tuple[Change, ...] | list[Change]) -> tuple[str, ...]:
    found = [change.sentence for change in changes]
    return (*found[:MOST_SENTENCES], *([f"And {len(found) - MOST_SENTENCES} more."] if len(found) > MOST_SENTENCES else []))
