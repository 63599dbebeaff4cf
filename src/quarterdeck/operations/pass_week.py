"""pass_weeks: a rehearsal's weeks go by. Approved money is spent, people work, the market answers, and its records become facts."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

import numpy as np

from quarterdeck.kernel.money import split_money
from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.kernel.problems import Refused
from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.gateway.plans import work_log_of
from quarterdeck.ledger.models import Action
from quarterdeck.operations.context import Context
from quarterdeck.operations.load_sample import import_rows
from quarterdeck.operations.read_series import last_fact_day
from quarterdeck.operations.record_done import finish
from quarterdeck.operations.rehearse import Columns, facts_of, run_market, spend_so_far
from quarterdeck.operations.replay import replay_rows
from quarterdeck.operations.save_strategy import current_strategy
from quarterdeck.operations.told import Tell, Told
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy

LEAST_SPENT, MOST_SPENT = 0.97, 1.0
"""What of a week's approved money is really spent: never more than was approved."""
CHANCE_OF_SLIP = 0.08
SLIP_DAYS = 7


@dataclass(frozen=True)
class _Week:
    monday: date
    spent: Decimal
    done: int
    slipped: int


def pass_weeks(context: Context, weeks: int, *, tell: Tell) -> Told:
    """What the weeks brought, in sentences. Raises Refused in a workspace whose weeks pass in the world."""
    context.require("rehearse")
    if context.workspace.rehearsal is None:
        raise Refused(f"{context.workspace.name} does not rehearse: its weeks pass in the world.", fix="Import what happened with `quarterdeck import`.",
                      code="REHEARSE-001")
    passed = []
    for _ in range(weeks):
        tell(f"Week {len(passed) + 1} of {weeks} passes")
        passed.append(_pass_one(context))
    words = Words.of(current_strategy(context).strategy)
    spent = sum((week.spent for week in passed), Decimal(0))
    span = f"the week of {words.day(passed[0].monday)}" if weeks == 1 else f"{weeks} weeks from {words.day(passed[0].monday)}"
    how = "were spent by its own history" if "replay" in context.workspace.rehearsal else "were spent, all of it approved"
    sentences = [f"{span.capitalize()} passed: {words.money(spent)} {how}, {sum(week.done for week in passed)} pieces of work were done."]
    if slipped := sum(week.slipped for week in passed):
        sentences.append(f"{slipped} {'piece' if slipped == 1 else 'pieces'} of work slipped into the week after.")
    context.audit("rehearse", f"{weeks} weeks", first=passed[0].monday.isoformat())
    return Told(sentences, {"weeks": [week.monday.isoformat() for week in passed], "spent": str(spent), "done": sum(week.done for week in passed),
                            "slipped": sum(week.slipped for week in passed)})


def _pass_one(context: Context) -> _Week:
    monday = _next_monday(context)
    sunday = monday + timedelta(days=6)
    if "replay" in (context.workspace.rehearsal or {}):
        return _replay(context, monday, sunday)
    strategy = current_strategy(context).strategy
    rng = np.random.default_rng([zlib.crc32(context.workspace.slug.encode()), monday.toordinal()])
    done, slipped = _work(context, sunday, rng)
    amounts = _spend(context, strategy, monday, rng)
    with open_snapshot(context.lake_dir, snapshot_of(context.workspace).loads) as lake:
        before = spend_so_far(lake, until=monday - timedelta(days=1))
    _keep(context, facts_of(run_market(context.workspace, {**before, **amounts}, sunday), first_day=monday, currency=strategy.company.currency))
    return _Week(monday, sum(amounts.values(), Decimal(0)), done, slipped)


def _next_monday(context: Context) -> date:
    with open_snapshot(context.lake_dir, snapshot_of(context.workspace).loads) as lake:
        last = last_fact_day(lake)
    if last is None:
        raise Refused("This rehearsal has no facts yet.", fix="Start it anew with `quarterdeck init <folder> --sample harbour`.", code="REHEARSE-002")
    return last + timedelta(days=1)


def _replay(context: Context, monday: date, sunday: date) -> _Week:
    rows = replay_rows(first_day=monday, last_day=sunday, known_ahead=timedelta(0), currency=context.workspace.currency)
    if not rows["outcomes"]["day"]:
        raise Refused("The retailer's history has no week after this one.", fix="Review the quarter: `quarterdeck review`.", code="REHEARSE-003")
    _keep(context, rows)
    return _Week(monday, sum(rows["spend"]["cost"], Decimal(0)), 0, 0)


def _keep(context: Context, rows: dict[str, Columns]) -> None:
    for table, columns in rows.items():
        import_rows(context, table, columns, source="rehearsal")


def _work(context: Context, sunday: date, rng: np.random.Generator) -> tuple[int, int]:
    """How many approved tasks and items were finished by the end of the week, and how many slipped: a few do, by chance."""
    actions = Action.objects.filter(workspace=context.workspace, state="approved", kind__in=("task", "item"), due_on__lte=sunday).order_by("due_on", "key")
    done = {entry.ref for entry in work_log_of(context.workspace) if entry.event == "done"}
    needs = {item.id: item.needs for item in current_strategy(context).strategy.content.items}
    finished, slipped = 0, 0
    for action in actions:
        is_fresh = (sunday - action.due_on).days < DAYS_PER_WEEK
        waits = any(task not in done for task in needs.get(action.ref, ()))
        if waits or (is_fresh and action.kind == "task" and rng.random() < CHANCE_OF_SLIP):
            slipped += 1
            continue
        finish(context, action, how="market", on=max(action.due_on, sunday - timedelta(days=6)), by=action.wants.get("person") or "rehearsal")
        done.add(action.ref)
        finished += 1
    return finished, slipped


def _spend(context: Context, strategy: Strategy, monday: date, rng: np.random.Generator) -> dict[tuple[date, str, str | None], Decimal]:
    """Money by day, channel and campaign: what was approved for the week, a little less where bookings fall short, none where work is late."""
    actions = Action.objects.filter(workspace=context.workspace, state="approved", kind="budget_line", due_on=monday).order_by("key")
    late = late_campaigns(context, strategy, monday)
    amounts: dict[tuple[date, str, str | None], Decimal] = {}
    for action in actions:
        share = Decimal(f"{rng.uniform(LEAST_SPENT, MOST_SPENT):.4f}")
        campaign = action.wants["campaign"] or None
        if campaign in late:
            continue
        spent = (Decimal(action.wants["amount"]) * share).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
        for n, part in enumerate(split_money(spent, [1] * DAYS_PER_WEEK)):
            amounts[monday + timedelta(days=n), action.wants["channel"], campaign] = part
        finish(context, action, how="market", on=monday, by="rehearsal", note=f"{spent} spent")
    return amounts


def late_campaigns(context: Context, strategy: Strategy, monday: date) -> set[str]:
    """Campaigns that cannot spend in the week of `monday`: a task done for them was due before it and is not done."""
    done = {entry.ref for entry in work_log_of(context.workspace) if entry.event == "done" and entry.on < monday}
    campaigns = {campaign.id for campaign in strategy.campaigns}
    return {task.serves for task in strategy.management.tasks
            if task.serves in campaigns and task.due_on is not None and task.due_on < monday and task.id not in done}
