"""import_strategy: a whole strategy as YAML text: looked at first, with what would change in sentences, then saved."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.ledger.gateway.revisions import newest_of
from quarterdeck.operations.change_strategy import Changed
from quarterdeck.operations.context import Context
from quarterdeck.operations.save_strategy import save_strategy, strategy_of
from quarterdeck.strategy.checks import check_strategy
from quarterdeck.strategy.diff import diff_strategies
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.yaml_text import parse_strategy


@dataclass(frozen=True)
class Draft:
    """A text that was understood. `parent` is the hash of the revision that it would follow, "" for the first."""

    strategy: Strategy
    sentences: tuple[str, ...]
    is_first: bool
    is_same: bool
    parent: str
    errors: int
    warnings: int


def read_draft(context: Context, text: str, *, name: str = "strategy.yaml") -> Draft:
    """What saving `text` would change. Nothing is saved. Raises InvalidInput with every problem, each with its line."""
    context.require("save_strategy")
    strategy = parse_strategy(text, name=name)
    latest = newest_of(context.holder)
    sentences = () if latest is None else tuple(change.sentence for change in diff_strategies(strategy_of(latest), strategy))
    severities = [problem.severity for problem in check_strategy(strategy)]
    return Draft(
        strategy=strategy,
        sentences=sentences,
        is_first=latest is None,
        is_same=latest is not None and strategy_of(latest) == strategy,
        parent="" if latest is None else latest.hash,
        errors=severities.count("error"),
        warnings=severities.count("warning"),
    )


def save_draft(context: Context, draft: Draft, text: str, *, parent: str, note: str = "") -> Changed:
    """The text as the next revision, comments and all. Raises StaleRevision when another one was saved since `parent` was looked at."""
    revision = save_strategy(context, draft.strategy, text=text, note=note, parent=parent or None)
    return Changed(revision.number, draft.sentences or ("First revision.",))
