"""export_part: a company, or a part of it, as a file that other programs can read."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from quarterdeck.act.hand_offs import escape_cell
from quarterdeck.facts.schemas import TABLES
from quarterdeck.kernel.problems import Refused
from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.gateway.plans import plan_body
from quarterdeck.operations.act.hand_over import hand_over
from quarterdeck.operations.company.archive import archive_workspace
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.plan_quarter import latest_plan_of
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.operations.told import Told
from quarterdeck.operations.write_file import write_new

_EARLIEST = (1980, 1, 1, 0, 0, 0)


def export_part(context: Context, what: str, to: Path, *, week: date | None = None) -> Told:
    """What was written, in a sentence. Raises Refused when the file is there already, or there is nothing to write."""
    context.require("export")
    if what == "hand-offs":
        return hand_over(context, to, week=week)
    content = part_of_company(context, what)
    write_new(to, content)
    context.audit("export", what, file=to.name, bytes=len(content))
    return Told(
        [f"{what.capitalize()} of {context.workspace.name} written to {to} ({len(content):,} bytes)."],
        {"what": what, "file": str(to), "bytes": len(content)},
    )


def part_of_company(context: Context, what: str) -> bytes:
    """The company (`workspace`), or its strategy, plan, review or facts, as the bytes of a file. Raises Refused when there is no such part."""
    context.require("export")
    writers: dict[str, Callable[[Context], bytes]] = {
        "workspace": archive_workspace,
        "strategy": _strategy,
        "plan": _plan,
        "review": _review,
        "facts": _facts,
    }
    if what not in writers:
        raise Refused(f"There is nothing called “{what}” to export.", fix=f"Choose one of {', '.join([*writers, 'hand-offs'])}.", code="EXPORT-001")
    return writers[what](context)


def parts_there(context: Context) -> frozenset[str]:
    """What of the company `part_of_company` would not refuse."""
    context.require("see")
    workspace = context.workspace
    asked = {"strategy": workspace.revisions, "plan": workspace.plans, "review": workspace.reviews}
    return frozenset(["workspace", "facts", *(name for name, rows in asked.items() if rows.exists())])


def _strategy(context: Context) -> bytes:
    text: str = current_strategy(context).revision.text
    return text.encode()


def _plan(context: Context) -> bytes:
    return plan_body(latest_plan_of(context, None))


def _review(context: Context) -> bytes:
    review = context.workspace.reviews.order_by("-as_of", "-pk").first()
    if review is None:
        raise Refused("There is no review yet.", fix="Make one with `quarterdeck review`.", code="REVIEW-003")
    return str(review.body).encode()


def _facts(context: Context) -> bytes:
    """A zip with one CSV a table that has rows."""
    out = io.BytesIO()
    with open_snapshot(context.lake_dir, snapshot_of(context.workspace).loads) as lake, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, schema in TABLES.items():
            picked = ", ".join(f'"{column}"' for column in schema.names)
            rows = lake.query(f'SELECT {picked} FROM "{name}" ORDER BY ALL')
            if rows[schema.names[0]]:
                archive.writestr(zipfile.ZipInfo(f"{name}.csv", _EARLIEST), _csv(rows))
    return out.getvalue()


def _csv(rows: dict[str, list[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(rows)
    for row in zip(*rows.values(), strict=True):
        writer.writerow(["" if value is None else escape_cell(value) if isinstance(value, str) else value for value in row])
    return text.getvalue().encode()
