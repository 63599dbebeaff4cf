"""export_part: a company, or a part of it, as a file that other programs can read."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from quarterdeck.act.actions import draft_actions
from quarterdeck.act.hand_offs import HandOff, escape_cell, render_ads_editor, render_bookings, render_mail_merge, render_posts
from quarterdeck.facts.schemas import TABLES
from quarterdeck.kernel.periods import Quarter, week_start
from quarterdeck.kernel.problems import Refused
from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.gateway.plans import plan_body
from quarterdeck.ledger.gateway.receipts import record_receipt
from quarterdeck.ledger.models import Action
from quarterdeck.operations.archive import archive_workspace
from quarterdeck.operations.context import Context
from quarterdeck.operations.gather_inputs import last_whole_week_end
from quarterdeck.operations.plan_quarter import latest_plan_of
from quarterdeck.operations.read_plan import plan_of
from quarterdeck.operations.read_strategy import count
from quarterdeck.operations.save_strategy import current_strategy
from quarterdeck.operations.told import Told
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.strategy.document import Strategy

_EARLIEST = (1980, 1, 1, 0, 0, 0)


def export_part(context: Context, what: str, to: Path, *, week: date | None = None) -> Told:
    """What was written, in a sentence. Raises Refused when the file is there already, or there is nothing to write."""
    context.require("export")
    if what == "hand-offs":
        return hand_over(context, to, week=week)
    writers: dict[str, Callable[[Context], bytes]] = {
        "workspace": archive_workspace,
        "strategy": _strategy,
        "plan": _plan,
        "review": _review,
        "facts": _facts,
    }
    if what not in writers:
        raise Refused(f"There is nothing called “{what}” to export.", fix=f"Choose one of {', '.join([*writers, 'hand-offs'])}.", code="EXPORT-001")
    content = writers[what](context)
    _write_new(to, content)
    context.audit("export", what, file=to.name, bytes=len(content))
    return Told(
        [f"{what.capitalize()} of {context.workspace.name} written to {to} ({len(content):,} bytes)."],
        {"what": what, "file": str(to), "bytes": len(content)},
    )


def hand_over(context: Context, folder: Path, *, week: date | None) -> Told:
    """The files of one week's approved actions, each with what to do with it; the actions get a receipt that they were handed over."""
    context.require("hand_over")
    strategy = current_strategy(context).strategy
    plan, monday = _week_to_hand_over(context, week)
    approved = _approved_as_planned(context, plan, strategy, monday)
    lines = [line for line in plan.budget.lines if f"budget/{line.key}" in approved]
    items = [item for item in strategy.content.items if f"item/{item.id}" in approved]
    files = [
        file
        for file in (
            render_ads_editor(lines, strategy),
            render_bookings(lines, strategy),
            render_mail_merge(items, strategy),
            render_posts(items, strategy),
        )
        if file is not None
    ]
    if not files:
        raise Refused(
            f"Nothing that is approved for the week of {monday.isoformat()} can be handed over as a file.",
            fix="Approve what waits with `quarterdeck approve`, or name another --week.",
            code="EXPORT-002",
        )
    _make_folder(folder)
    for file in files:
        _hand(context, file, folder / f"{monday.isoformat()}-{file.file_name}", approved)
    sentences = [f"{monday.isoformat()}-{file.file_name}: {count(len(file.keys), 'action')}. {file.what_to_do}" for file in files]
    return Told(
        [f"Files for the week of {monday.isoformat()} are in {folder}.", *sentences],
        {"week": monday.isoformat(), "files": {f"{monday.isoformat()}-{file.file_name}": list(file.keys) for file in files}},
    )


def _week_to_hand_over(context: Context, week: date | None) -> tuple[QuarterPlan, date]:
    """The plan in force (a draft that nobody approved must not reach a file) and the Monday of the week named, or of the first open one.
    Raises Refused when no plan is in force for it."""
    monday = week_start(week) if week else _first_open_week(context)
    in_force = context.workspace.plans.filter(approved_at__isnull=False, superseded_at__isnull=True).order_by("quarter")
    plans = [plan_of(record) for record in in_force if monday <= Quarter(record.quarter).last_day]
    if not plans or (week and monday < plans[0].quarter):
        raise Refused(
            f"No plan is in force for the week of {monday.isoformat()}.", fix="Make it with `quarterdeck plan`, and approve it.", code="EXPORT-002"
        )
    return plans[0], max(monday, plans[0].quarter)


def _first_open_week(context: Context) -> date:
    """The Monday after the last whole week of facts; in a company whose weeks pass in the world, this week's at the earliest."""
    with open_snapshot(context.lake_dir, snapshot_of(context.workspace).loads) as lake:
        monday = last_whole_week_end(lake, context.today) + timedelta(days=1)
    return monday if context.workspace.rehearsal is not None else max(monday, week_start(context.today))


def _approved_as_planned(context: Context, plan: QuarterPlan, strategy: Strategy, monday: date) -> dict[str, Action]:
    """The week's approved actions by key. Raises Refused when words or money were changed after the approval: the file would carry what nobody
    said yes to."""
    contents = {draft.key: draft.content for draft in draft_actions(plan, strategy)}
    actions = Action.objects.filter(workspace=context.workspace, state="approved", due_on__gte=monday, due_on__lt=monday + timedelta(days=7))
    changed = sorted(action.title for action in actions if action.kind != "task" and contents.get(action.key) != action.content)
    if changed:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        raise Refused(
            f"These were changed after they were approved: {', '.join(changed[:3])}{more}.",
            fix="Make the plan anew with `quarterdeck plan`, approve it, then hand over.",
            code="EXPORT-007",
            state="No file was written.",
        )
    return {action.key: action for action in actions}


def _hand(context: Context, file: HandOff, place: Path, approved: dict[str, Action]) -> None:
    """Written first, then the receipts: a receipt without a file would claim too much."""
    try:
        place.write_bytes(file.content)
    except OSError as error:
        raise _cannot_write(place, error) from error
    for key in file.keys:
        record_receipt(
            approved[key], key=f"handed-over-{file.file_name}", how="handed_over", by=context.member.person, now=context.now, note=place.name
        )


def _write_new(to: Path, content: bytes) -> None:
    _make_folder(to.parent)
    try:
        with to.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise Refused(f"{to} is there already.", fix="Name another file.", code="EXPORT-003") from None
    except OSError as error:
        raise _cannot_write(to, error) from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(folder, error) from error


def _cannot_write(to: Path, error: OSError) -> Refused:
    return Refused(f"{to} cannot be written: {error.strerror}.", fix="Name a place where this user may write.", code="EXPORT-004")


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
