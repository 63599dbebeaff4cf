"""pass_weeks: a rehearsal's weeks go by. Approved money is spent, people work, the market answers, and its records become facts."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

import numpy as np
from django.db import transaction

from quarterdeck.kernel.money import split_money
from quarterdeck.kernel.periods import DAYS_PER_WEEK, week_start
from quarterdeck.kernel.problems import Refused
from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.actions import claim_action
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.gateway.plans import work_log_of
from quarterdeck.ledger.models import Action
from quarterdeck.operations.act.record_done import finish
from quarterdeck.operations.context import Context
from quarterdeck.operations.play.load_sample import import_rows
from quarterdeck.operations.play.rehearse import Columns, facts_of, run_market, spend_so_far
from quarterdeck.operations.play.replay import replay_rows
from quarterdeck.operations.response.read_series import last_fact_day
from quarterdeck.operations.strategy.save_strategy import current_strategy
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
        raise Refused(
            f"{context.workspace.name} does not rehearse: its weeks pass in the world.",
            fix="Import what happened with `quarterdeck import`.",
            code="REHEARSE-001",
        )
    with transaction.atomic():  # weeks pass with their work, money and facts, or not at all
        passed = _replay(context, weeks) if "replay" in context.workspace.rehearsal else _live(context, weeks, tell)
    words = Words.of(current_strategy(context).strategy)
    spent = sum((week.spent for week in passed), Decimal(0))
    span = f"the week of {words.day(passed[0].monday)}" if weeks == 1 else f"{weeks} weeks from {words.day(passed[0].monday)}"
    how = "was spent, as the company really spent it," if "replay" in context.workspace.rehearsal else "was spent, all of it approved"
    joint = " and " if "replay" in context.workspace.rehearsal else ", "
    done = sum(week.done for week in passed)
    worked = "1 piece of work was done" if done == 1 else f"{done} pieces of work were done"
    sentences = [f"{span[0].upper()}{span[1:]} passed: {words.money(spent)} {how}{joint}{worked}."]
    if slipped := sum(week.slipped for week in passed):
        sentences.append(f"{slipped} {'piece' if slipped == 1 else 'pieces'} of work slipped into the week after.")
    context.audit("rehearse", f"{weeks} weeks", first=passed[0].monday.isoformat())
    return Told(
        sentences,
        {
            "weeks": [week.monday.isoformat() for week in passed],
            "spent": str(spent),
            "done": done,
            "slipped": sum(week.slipped for week in passed),
        },
    )


def _live(context: Context, weeks: int, tell: Tell) -> list[_Week]:
    """People work and money is spent week by week; then the market answers for all of the weeks at once, as it would have one by one."""
    strategy = current_strategy(context).strategy
    first, amounts = _next_monday(context)
    passed = []
    for n in range(weeks):
        monday = first + timedelta(weeks=n)
        tell(f"Week {n + 1} of {weeks} passes")
        rng = np.random.default_rng([zlib.crc32(context.workspace.slug.encode()), monday.toordinal()])
        done, slipped = _work(context, strategy, monday + timedelta(days=6), rng)
        spent = _spend(context, strategy, monday, rng)
        amounts |= spent
        passed.append(_Week(monday, sum(spent.values(), Decimal(0)), done, slipped))
    last_day = first + timedelta(weeks=weeks, days=-1)
    _keep(context, facts_of(run_market(context.workspace, amounts, last_day), first_day=first, currency=strategy.company.currency))
    return passed


def _next_monday(context: Context) -> tuple[date, dict[tuple[date, str, str | None], Decimal]]:
    """The first day without facts, and every amount on record before it."""
    with open_snapshot(context.lake_dir, snapshot_of(context.workspace).loads) as lake:
        last = last_fact_day(lake)
        if last is None:
            raise Refused(
                "This rehearsal has no facts yet.", fix="Start it anew with `quarterdeck init <folder> --sample harbour`.", code="REHEARSE-002"
            )
        return last + timedelta(days=1), spend_so_far(lake, until=last)


def _replay(context: Context, weeks: int) -> list[_Week]:
    first, _ = _next_monday(context)
    rows = replay_rows(
        first_day=first, last_day=first + timedelta(weeks=weeks, days=-1), known_ahead=timedelta(0), currency=context.workspace.currency
    )
    mondays = sorted({week_start(day) for day in rows["outcomes"]["day"]})
    if len(mondays) < weeks:
        if not mondays:
            raise Refused(
                "The retailer's history ends here: no more weeks can pass.",
                fix="Review the quarter, or begin again with a new site: `quarterdeck demo`.",
                code="REHEARSE-003",
            )
        raise Refused(
            f"The retailer's history holds {len(mondays)} more {'week' if len(mondays) == 1 else 'weeks'}.",
            fix="Let fewer weeks pass, or review the quarter: `quarterdeck review`.",
            code="REHEARSE-003",
        )
    _keep(context, rows)
    _cancel_lines(context, until=mondays[-1])
    strategy = current_strategy(context).strategy
    worked = {monday: _work(context, strategy, monday + timedelta(days=6), None) for monday in mondays}
    spent = dict.fromkeys(mondays, Decimal(0))
    for day, cost in zip(rows["spend"]["day"], rows["spend"]["cost"], strict=True):
        spent[week_start(day)] += cost
    return [_Week(monday, spent[monday], *worked[monday]) for monday in mondays]


def _cancel_lines(context: Context, *, until: date) -> None:
    """Approved money of weeks that history spent in its own way: nobody carries it out any more."""
    for action in Action.objects.filter(workspace=context.workspace, state="approved", kind="budget_line", due_on__lte=until):
        claim_action(action.pk, "approved", "cancelled", action.version, now=context.now)


def _keep(context: Context, rows: dict[str, Columns]) -> None:
    for table, columns in rows.items():
        import_rows(context, table, columns, source="rehearsal")


def _work(context: Context, strategy: Strategy, sunday: date, rng: np.random.Generator | None) -> tuple[int, int]:
    """How many approved tasks and items were finished by the end of the week, and how many slipped: a few do, by chance; none without `rng`."""
    actions = Action.objects.filter(workspace=context.workspace, state="approved", kind__in=("task", "item"), due_on__lte=sunday).order_by(
        "due_on", "key"
    )
    done = {entry.ref for entry in work_log_of(context.workspace) if entry.event == "done"}
    needs = {item.id: item.needs for item in strategy.content.items}
    finished, slipped = 0, 0
    for action in actions:
        is_fresh = (sunday - action.due_on).days < DAYS_PER_WEEK
        waits = any(task not in done for task in needs.get(action.ref, ()))
        if waits or (is_fresh and action.kind == "task" and rng is not None and rng.random() < CHANCE_OF_SLIP):
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
    return {
        task.serves
        for task in strategy.management.tasks
        if task.serves in campaigns and task.due_on is not None and task.due_on < monday and task.id not in done
    }
