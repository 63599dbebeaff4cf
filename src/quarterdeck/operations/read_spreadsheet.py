"""read_spreadsheet: a spreadsheet that comes back, as the YAML text that saving it would keep; nothing is saved here."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.ledger.gateway.revisions import AnyRevision, newest_of
from quarterdeck.operations.context import Context
from quarterdeck.operations.save_strategy import strategy_of
from quarterdeck.operations.say_meanwhile import MOST_SENTENCES
from quarterdeck.report.workbook.parse import parse_workbook
from quarterdeck.strategy.diff import diff_strategies
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.yaml_text import render_strategy


@dataclass(frozen=True)
class Brought:
    """A spreadsheet that was understood. `remarks` say what in it was left out; `meanwhile` that others saved since it was taken out, and `theirs` what."""

    strategy: Strategy
    text: str
    remarks: tuple[str, ...]
    meanwhile: str
    theirs: tuple[str, ...]


def read_spreadsheet(context: Context, body: bytes, *, name: str) -> Brought:
    """The strategy of the spreadsheet; what it does not hold stays as it is now, and so do the comments of the YAML.

    Raises InvalidInput with every problem and its cell, Refused where spreadsheets cannot be read.
    """
    context.require("save_strategy")
    latest = newest_of(context.holder)
    parsed = parse_workbook(body, current=None if latest is None else strategy_of(latest), name=name)
    text = render_strategy(parsed.strategy, previous_text=None if latest is None else latest.text)
    return Brought(parsed.strategy, text, parsed.remarks, *_meanwhile(context, latest, parsed.made_from))


def _meanwhile(context: Context, latest: AnyRevision | None, made_from: str) -> tuple[str, tuple[str, ...]]:
    """What was saved after the revision that the spreadsheet was taken from: saving the spreadsheet would take it back."""
    if latest is None or not made_from or latest.hash == made_from:
        return "", ()
    base = context.holder.revisions.filter(hash=made_from).order_by("-number").first()
    if base is None:
        return "", ()
    found = [change.sentence for change in diff_strategies(strategy_of(base), strategy_of(latest))]
    theirs = (*found[:MOST_SENTENCES], *([f"And {len(found) - MOST_SENTENCES} more."] if len(found) > MOST_SENTENCES else []))
    sentence = f"This spreadsheet was taken out at revision {base.number}; {latest.author} saved revision {latest.number} since."
    return sentence, theirs
