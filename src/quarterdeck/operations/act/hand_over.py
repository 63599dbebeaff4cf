"""hand_over: the files of a week's approved actions for the people who carry them out, and a receipt for each that a file was handed over."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from quarterdeck.act.actions import draft_actions
from quarterdeck.act.hand_offs import HandOff, render_ads_editor, render_bookings, render_mail_merge, render_posts
from quarterdeck.kernel.periods import Quarter, week_start
from quarterdeck.kernel.problems import Refused
from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.gateway.receipts import record_receipt
from quarterdeck.ledger.gateway.workspaces import lock_workspace
from quarterdeck.ledger.models import Action, Receipt
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.gather_inputs import last_whole_week_end
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.operations.told import Told, count
from quarterdeck.operations.write_file import cannot_write, make_folder
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy

_EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class WeekFiles:
    """The files of one week, and which of its actions were handed over in one before, by whom. No file: nothing approved can be handed over."""

    monday: date
    weeks: tuple[date, ...]
    """Mondays of the plan in force, to choose from."""
    files: tuple[HandOff, ...]
    handed: dict[str, str]
    """Key of the action -> who took it."""

    def name_of(self, file: HandOff) -> str:
        """`2027-02-01-posts.txt`."""
        return f"{self.monday.isoformat()}-{file.file_name}"


def look_at_files(context: Context, *, week: date | None) -> WeekFiles:
    """The files of the week as they would be handed over now; nothing is recorded.

    Raises Refused when no plan is in force for the week, or something of it was changed after its approval.
    """
    context.require("see")
    strategy = current_strategy(context).strategy
    plan, monday = _week_to_hand_over(context, week)
    files = _files(plan, strategy, _approved_as_planned(context, plan, strategy, monday))
    keys = [key for file in files for key in file.keys]
    taken = Receipt.objects.filter(action__workspace=context.workspace, how="handed_over", action__key__in=keys).order_by("-pk")
    return WeekFiles(monday, plan.period.weeks, files, dict(taken.values_list("action__key", "by")))


def hand_over_files(context: Context, *, week: date, names: Sequence[str] = ()) -> tuple[str, bytes]:
    """Name and bytes of the file named (as in `HandOff.file_name`), or of all files of the week in a zip; its actions get their receipts.

    Raises Refused when there is nothing of that name to hand over; no receipt is written then.
    """
    context.require("hand_over")
    with transaction.atomic():
        lock_workspace(context.workspace)  # no approval is taken back between the look and the receipt
        found = look_at_files(context, week=week)
        files = [file for file in found.files if not names or file.file_name in names]
        if not files:
            raise _nothing_to_hand_over(found.monday)
        actions = {action.key: action for action in Action.objects.filter(workspace=context.workspace, key__in=[k for f in files for k in f.keys])}
        for file in files:
            _record(context, file, found.name_of(file), actions)
        context.audit("hand_over", found.monday.isoformat(), files=[found.name_of(file) for file in files])
    if len(names) == 1:
        return found.name_of(files[0]), files[0].content
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(found.name_of(file), _EARLIEST), file.content)
    return f"{found.monday.isoformat()}-{context.workspace.slug}.zip", out.getvalue()


def hand_over(context: Context, folder: Path, *, week: date | None) -> Told:
    """The files of one week's approved actions, each with what to do with it; the actions get a receipt that they were handed over."""
    context.require("hand_over")
    strategy = current_strategy(context).strategy
    plan, monday = _week_to_hand_over(context, week)
    approved = _approved_as_planned(context, plan, strategy, monday)
    files = _files(plan, strategy, approved)
    if not files:
        raise _nothing_to_hand_over(monday)
    make_folder(folder)
    for file in files:
        _hand(context, file, folder / f"{monday.isoformat()}-{file.file_name}", approved)
    sentences = [f"{monday.isoformat()}-{file.file_name}: {count(len(file.keys), 'action')}. {file.what_to_do}" for file in files]
    return Told(
        [f"Files for the week of {monday.isoformat()} are in {folder}.", *sentences],
        {"week": monday.isoformat(), "files": {f"{monday.isoformat()}-{file.file_name}": list(file.keys) for file in files}},
    )


def _files(plan: QuarterPlan, strategy: Strategy, approved: dict[str, Action]) -> tuple[HandOff, ...]:
    lines = [line for line in plan.budget.lines if f"budget/{line.key}" in approved]
    items = [item for item in strategy.content.items if f"item/{item.id}" in approved]
    rendered = (
        render_ads_editor(lines, strategy),
        render_bookings(lines, strategy),
        render_mail_merge(items, strategy),
        render_posts(items, strategy),
    )
    return tuple(file for file in rendered if file is not None)


def _nothing_to_hand_over(monday: date) -> Refused:
    return Refused(
        f"Nothing that is approved for the week of {monday.isoformat()} can be handed over as a file.",
        fix="Approve what waits with `quarterdeck approve`, or name another --week.",
        code="EXPORT-002",
    )


def _week_to_hand_over(context: Context, week: date | None) -> tuple[QuarterPlan, date]:
    """The plan in force (a draft that nobody approved must not reach a file) and the Monday of the week named, or of the first open one.
    Raises Refused when no plan is in force for it."""
    monday = week_start(week) if week else _first_open_week(context)
    in_force = context.workspace.plans.filter(approved_at__isnull=False, superseded_at__isnull=True).order_by("quarter")
    plans = [plan_of(record) for record in in_force if monday <= Quarter(record.quarter).last_day]
    if not plans or (week and monday < plans[0].quarter):
        raise Refused(
            f"No plan is in force for the week of {Words.of(current_strategy(context).strategy).day(monday)}.",
            fix="Make it with `quarterdeck plan`, and approve it.",
            code="EXPORT-002",
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
        raise cannot_write(place, error) from error
    _record(context, file, place.name, approved)


def _record(context: Context, file: HandOff, name: str, approved: dict[str, Action]) -> None:
    for key in file.keys:
        record_receipt(approved[key], key=f"handed-over-{file.file_name}", how="handed_over", by=context.member.person, now=context.now, note=name)
