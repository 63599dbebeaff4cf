"""say_meanwhile: what somebody saved while another change was being made, beside that change; both in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.revisions import StaleRevision
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.strategy.changes.diff import diff_strategies
from quarterdeck.strategy.document import Strategy

MOST_SENTENCES = 12


@dataclass(frozen=True)
class SaidMeanwhile:
    """`theirs` is saved, `yours` is not; `latest` is the hash of the revision that a second try starts from."""

    sentence: str
    theirs: tuple[str, ...]
    yours: tuple[str, ...]
    latest: str


def say_meanwhile(error: Refused) -> SaidMeanwhile:
    """Both changes of a StaleRevision. Raises `error` again when it is no such, or when there is no revision at all."""
    if not isinstance(error, StaleRevision) or error.latest is None:
        raise error
    latest, yours = strategy_of(error.latest), Strategy.model_validate(error.yours)
    theirs = _sentences(strategy_of(error.parent), latest) if error.parent is not None else ("It is not known what stood here before.",)
    sentence = f"{error.latest.author} saved revision {error.latest.number} while you were deciding. Your change was not kept yet."
    return SaidMeanwhile(sentence, theirs, _sentences(latest, yours), error.latest.hash)


def _sentences(before: Strategy, after: Strategy) -> tuple[str, ...]:
    found = [change.sentence for change in diff_strategies(before, after)]
    more = len(found) - MOST_SENTENCES
    return (*found[:MOST_SENTENCES], f"And {more} more.") if more > 0 else tuple(found)
