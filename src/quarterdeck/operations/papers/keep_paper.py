"""keep_paper: a paper of the strategy as a file."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.context import Context
from quarterdeck.operations.papers.print_paper import print_pdf
from quarterdeck.operations.papers.write_paper import Kind, write_paper
from quarterdeck.operations.plan.gather_inputs import quarter_at_hand
from quarterdeck.operations.quarter.open_desk import day_of_company
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.operations.told import Told
from quarterdeck.operations.write_file import write_over
from quarterdeck.report.papers.agency_brief import Scope
from quarterdeck.report.papers.markdown import to_markdown


def keep_paper(context: Context, kind: str, out: Path, *, scope: Scope) -> Told:
    """Write the paper to `out`, as its ending says. Raises Refused for another kind or ending, and where the file cannot be written."""
    if kind not in get_args(Kind):
        raise Refused(f"There is no paper “{kind}”.", fix="Choose one-page, report or brief.", code="PAPER-903")
    if out.suffix.lower() not in (".pdf", ".md"):
        raise Refused(f"A paper is a .pdf or .md file, not “{out.name}”.", fix="Name the file so.", code="PAPER-904")
    day = day_of_company(context)
    quarter = quarter_at_hand(context.workspace, current_strategy(context).strategy, day)
    paper = write_paper(context, kind, quarter=quarter, day=day, scope=scope)  # type: ignore[arg-type]  # one of the kinds
    body = print_pdf(paper) if out.suffix.lower() == ".pdf" else to_markdown(paper).encode()
    write_over(out, body)
    return Told([f"{paper.title}: written to {out}."], {"file": str(out), "kind": kind, "bytes": len(body)})
