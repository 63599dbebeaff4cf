"""record_done: a person did it; one receipt, one line in the work log, once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from quarterdeck.act.states import State, require_move
from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.ledger.gateway.actions import claim_action
from quarterdeck.ledger.gateway.plans import log_work
from quarterdeck.ledger.gateway.receipts import record_receipt
from quarterdeck.ledger.models import Action
from quarterdeck.operations.context import Context
from quarterdeck.operations.quarter.open_desk import day_of_company
from quarterdeck.operations.told import Told
from quarterdeck.plan.work_log import WorkLogEntry

LOGGED = ("task", "item")
MOST_HOURS = 2000
"""A year of one person's work: more in one action is a slip of the pen."""
MOST_DAYS_BACK = 730
"""What was done longer ago is a slip of the pen too."""


def record_done(context: Context, key: str, *, link: str | None, on: date | None, hours: Decimal | None, note: str = "") -> Told:
    """The receipt in a sentence; a second call for the same action says that it was done before and changes nothing."""
    context.require("record_receipt")
    action = Action.objects.filter(workspace=context.workspace, key=key).first()
    if action is None:
        raise Refused(f"There is no action “{key}”.", fix="`quarterdeck status` lists what waits and what falls due.", code="ACT-012")
    if action.state == "done":
        return _done_before(action)
    if action.state == "unknown":
        context.require("settle_unknown")
    day = on or context.today
    _require_possible(context, day, hours)
    if not finish(context, action, how="done_by_person", on=day, by=context.member.person, link=link, hours=hours, note=note):
        action.refresh_from_db()
        if action.state == "done":
            return _done_before(action)
        raise Refused(f"Somebody changed “{action.title}” meanwhile.", fix="Look at it with `quarterdeck status`.", code="ACT-016")
    return Told(
        [f"“{action.title}” is done, on {day.isoformat()} by {context.member.person}."], {"key": key, "state": "done", "is_new": True, "link": link}
    )


def _done_before(action: Action) -> Told:
    receipt = action.receipts.filter(key="done").first()
    return Told(
        [f"“{action.title}” was done before, by {receipt.by if receipt else 'somebody'}; nothing was changed."],
        {"key": action.key, "state": "done", "is_new": False},
    )


def _require_possible(context: Context, day: date, hours: Decimal | None) -> None:
    """Raises InvalidInput for hours that nobody works, for a day that has not come (a rehearsal lives in the week after its last facts) and for one
    that is too long ago to be meant."""
    problems = []
    if hours is not None and not (hours.is_finite() and 0 <= hours <= MOST_HOURS):
        problems.append(Problem("ACT-013", "hours", str(hours), f"0 to {MOST_HOURS} hours", "Write the hours that it took, such as 2.5."))
    is_rehearsal = context.workspace.rehearsal is not None
    last = day_of_company(context) + timedelta(days=6) if is_rehearsal else context.today
    name = "the end of the rehearsal's week" if is_rehearsal else "today"
    if day > last:
        problems.append(Problem("ACT-014", "on", day.isoformat(), f"a day up to {name}, {last.isoformat()}", "Record it once it is done."))
    if day < last - timedelta(days=MOST_DAYS_BACK):
        problems.append(Problem("ACT-014", "on", day.isoformat(), f"a day of the last {MOST_DAYS_BACK} days", "Look at the year."))
    if problems:
        raise InvalidInput(problems)


def finish(
    context: Context, action: Action, *, how: str, on: date, by: str, link: str | None = None, hours: Decimal | None = None, note: str = ""
) -> bool:
    """Whether this call finished an approved action: state, receipt and work log in one transaction. Raises Refused when it was not approved."""
    state: State = action.state
    require_move(state, "done", title=action.title)
    with transaction.atomic():
        if not claim_action(action.pk, state, "done", action.version, now=context.now):
            return False
        record_receipt(action, key="done", how=how, by=by, now=context.now, link=link, note=note)
        if action.kind in LOGGED:
            log_work(
                context.workspace,
                WorkLogEntry(action.ref, action.kind, "done", on, by, hours, link),
                recorded_by=context.member.person,
                now=context.now,
            )
    return True
