"""look_at_gone: what was done or handed over, by whom and how, newest first; searched, paged, and as a table for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from quarterdeck.act.hand_offs import escape_cell
from quarterdeck.ledger.models import Receipt, WorkLogLine
from quarterdeck.operations.context import Context

PAGE = 50
HOW = {"done_by_person": "done by a person", "handed_over": "handed over in a file", "market": "done in the rehearsal"}
_HEADER = ("On", "What", "Kind", "How", "By", "Link", "Note", "Recorded at", "Key")


@dataclass(frozen=True)
class Gone:
    """One receipt: what went out, when, how and by whom."""

    key: str
    kind: str
    title: str
    on: date
    """The day it was done by what the person said; for money, the Monday of its week."""
    how: str
    by: str
    link: str | None
    note: str
    recorded_at: datetime


@dataclass(frozen=True)
class GonePage:
    """One page of what went out. `number` counts from 1; `found` and `everything` count receipts with and without the search."""

    rows: tuple[Gone, ...]
    number: int
    pages: int
    found: int
    everything: int


def look_at_gone(context: Context, *, text: str = "", how: str | None = None, page: int = 1) -> GonePage:
    """The receipts that match, newest first; a page that is not there gives the nearest one."""
    context.require("see")
    matching = _matching(context, text, how)
    found = matching.count()
    pages = max(1, -(-found // PAGE))
    number = min(max(1, page), pages)
    rows = _gone(context, list(matching[(number - 1) * PAGE : number * PAGE]))
    return GonePage(rows, number, pages, found, _receipts(context).count())


def table_of_gone(context: Context, *, text: str = "", how: str | None = None) -> bytes:
    """The same as CSV, all pages; no cell is taken for a formula by a spreadsheet."""
    context.require("export")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADER)
    writer.writerows(_rows(_gone(context, list(_matching(context, text, how)))))
    return out.getvalue().encode("utf-8-sig")


def _receipts(context: Context) -> QuerySet[Receipt]:
    return Receipt.objects.filter(action__workspace=context.workspace).select_related("action").order_by("-pk")


def _matching(context: Context, text: str, how: str | None) -> QuerySet[Receipt]:
    found = _receipts(context).filter(how=how) if how in HOW else _receipts(context)
    for word in text.split()[:8]:
        found = found.filter(Q(action__title__icontains=word) | Q(action__key__icontains=word) | Q(by__icontains=word) | Q(note__icontains=word))
    return found


def _gone(context: Context, receipts: Sequence[Receipt]) -> tuple[Gone, ...]:
    """With the day that the work log tells."""
    refs = {receipt.action.ref for receipt in receipts if receipt.how != "handed_over"}
    lines = WorkLogLine.objects.filter(workspace=context.workspace, event="done", ref__in=refs) if len(refs) <= PAGE else _all_done(context)
    days = {(line.kind, line.ref): line.on for line in lines.order_by("pk")}
    return tuple(
        Gone(
            key=receipt.action.key,
            kind=receipt.action.kind,
            title=receipt.action.title,
            on=days.get((receipt.action.kind, receipt.action.ref), receipt.action.due_on),
            how=receipt.how,
            by=receipt.by,
            link=receipt.link,
            note=receipt.note,
            recorded_at=receipt.at,
        )
        for receipt in receipts
    )


def _all_done(context: Context) -> QuerySet[WorkLogLine]:
    return WorkLogLine.objects.filter(workspace=context.workspace, event="done")


def _rows(found: Iterable[Gone]) -> Iterable[Sequence[str]]:
    for gone in found:
        cells = (gone.on.isoformat(), gone.title, gone.kind.replace("_", " "), HOW.get(gone.how, gone.how), gone.by, gone.link or "", gone.note)
        yield [escape_cell(cell) for cell in (*cells, gone.recorded_at.isoformat(), gone.key)]
