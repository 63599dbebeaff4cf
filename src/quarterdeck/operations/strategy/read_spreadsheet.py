"""read_spreadsheet: a spreadsheet that comes back, as the YAML text that saving it would keep; nothing is saved here."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.ledger.gateway.revisions import newest_of
from quarterdeck.operations.context import Context
from quarterdeck.operations.strategy.find_base import UNKNOWN, find_base
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.report.workbook.cells import Cells
from quarterdeck.report.workbook.parse import open_workbook
from quarterdeck.strategy.yaml.text import render_strategy


@dataclass(frozen=True)
class Brought:
    """A spreadsheet that was understood, as text. `made_from` is the hash of the revision that it was taken out of, `remarks` what was left out."""

    text: str
    made_from: str
    remarks: tuple[str, ...]
    cells: Cells


def read_spreadsheet(context: Context, body: bytes, *, name: str) -> Brought:
    """The strategy of the spreadsheet; what it does not hold stays as it was when it was taken out, and so do the comments of the YAML.

    Raises InvalidInput with every problem and its cell, Refused where spreadsheets cannot be read.
    """
    context.require("save_strategy")
    book = open_workbook(body, name=name)
    latest = newest_of(context.holder)
    base = find_base(context, book.made_from) or latest
    parsed = book.read(None if base is None else strategy_of(base))
    text = render_strategy(parsed.strategy, previous_text=None if base is None else str(base.text))
    silent = (UNKNOWN,) if latest is not None and not parsed.made_from else ()
    return Brought(text, parsed.made_from, (*silent, *parsed.remarks), parsed.cells)
