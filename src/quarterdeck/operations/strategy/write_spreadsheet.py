"""write_spreadsheet: the strategy as an .xlsx file to be changed and brought back, or an empty one to be filled in."""

from __future__ import annotations

from pathlib import Path

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.context import Context
from quarterdeck.operations.first_strategy.read_examples import EXAMPLES, TEMPLATE, example_text, see_example
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.operations.told import Told
from quarterdeck.operations.write_file import write_new
from quarterdeck.report.workbook.render import render_workbook
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aims import Company
from quarterdeck.strategy.yaml.text import parse_strategy


def write_spreadsheet(context: Context) -> tuple[int, bytes]:
    """Number of the newest revision, and its spreadsheet. Raises Refused when there is no strategy, or it does not fit into cells."""
    context.require("see")
    current = current_strategy(context)
    return current.revision.number, render_workbook(current.strategy, made_from=current.revision.hash, revision=current.revision.number)


def empty_spreadsheet(context: Context) -> bytes:
    """A spreadsheet for the company named, with one grey row of each kind that shows what may stand there."""
    context.require("see")
    company = context.workspace
    empty = Strategy(company=Company(name=company.name, currency=company.currency, timezone=company.timezone))
    shown = [parse_strategy(example_text(TEMPLATE, today=context.today)), *(see_example(name, today=context.today).strategy for name in EXAMPLES)]
    return render_workbook(empty, examples=shown)


def keep_spreadsheet(context: Context, out: Path, *, is_empty: bool) -> Told:
    """Write the spreadsheet to `out`. Raises Refused for another ending, and as `write_new` does."""
    if out.suffix.lower() != ".xlsx":
        raise Refused(f"A spreadsheet is an .xlsx file, not “{out.name}”.", fix="Name the file so.", code="STRATEGY-959")
    number, body = (None, empty_spreadsheet(context)) if is_empty else write_spreadsheet(context)
    write_new(out, body)
    of_draft = "" if context.draft is None else f" of {context.draft}"
    what = "An empty spreadsheet" if number is None else f"Revision {number}{of_draft} as a spreadsheet"
    save = "strategy save" if context.draft is None else f"draft save {context.draft.slug}"
    back = f"Bring it back with `quarterdeck {save} {out}`."
    return Told([f"{what}: written to {out}.", back], {"file": str(out), "revision": number, "bytes": len(body)})
