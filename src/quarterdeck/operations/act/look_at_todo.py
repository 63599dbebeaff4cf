"""look_at_todo: what was approved and is still to be done, and what was tried and needs somebody to look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from quarterdeck.kernel.periods import week_start
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.models import Action, Receipt
from quarterdeck.operations.context import Context
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.strategy.document import Strategy

OPEN = ("approved", "claimed", "unknown", "failed")
"""States of what was allowed and is not done."""


@dataclass(frozen=True)
class ToDo:
    """A task or an item that was approved, or anything that was tried and is not known to be done."""

    key: str
    kind: str
    ref: str
    title: str
    due_on: date
    state: str
    wants: Mapping[str, Any]
    handed_to: str | None
    """Who took the file that carries it."""


@dataclass(frozen=True)
class MoneyToSet:
    """The approved money of one week, to be set or booked by hand or by file."""

    monday: date
    lines: int
    amount: Decimal
    handed: int
    """How many of the lines a file carries already."""


@dataclass(frozen=True)
class ToDoList:
    """Everything that is allowed and not done, in the order it falls due."""

    strategy: Strategy | None
    things: tuple[ToDo, ...]
    money: tuple[MoneyToSet, ...]


def look_at_todo(context: Context) -> ToDoList:
    """What is to be done. Money is one entry a week: its lines are set together."""
    context.require("see")
    revision = latest_revision(context.workspace)
    mine = Action.objects.filter(workspace=context.workspace)
    handed = Receipt.objects.filter(action__workspace=context.workspace, action__state="approved", how="handed_over")
    taken = dict(handed.order_by("pk").values_list("action__key", "by"))
    rows = mine.filter(state__in=OPEN).exclude(kind="budget_line", state="approved").order_by("due_on", "key")
    return ToDoList(
        strategy=strategy_of(revision) if revision else None,
        things=tuple(ToDo(row.key, row.kind, row.ref, row.title, row.due_on, row.state, row.wants, taken.get(row.key)) for row in rows),
        money=_money(context, taken),
    )


def count_of_todo(context: Context, *, until: date) -> int:
    """How many tasks, items and weeks' money fall due up to that day, and how many things need somebody to look."""
    mine = Action.objects.filter(workspace=context.workspace)
    due = mine.filter(state="approved", due_on__lte=until)
    weeks = due.filter(kind="budget_line").values("due_on").distinct().count()
    count: int = due.exclude(kind="budget_line").count() + weeks + mine.filter(state__in=("claimed", "unknown", "failed")).count()
    return count


def count_of_waiting(context: Context) -> int:
    """How many actions wait for a decision."""
    count: int = Action.objects.filter(workspace=context.workspace, state="proposed").count()
    return count


def _money(context: Context, taken: Mapping[str, str]) -> tuple[MoneyToSet, ...]:
    lines = Action.objects.filter(workspace=context.workspace, kind="budget_line", state="approved")
    rows = lines.values("due_on").annotate(lines=Count("pk"), amount=Sum("cost")).order_by("due_on")
    handed: dict[date, int] = {}
    for due_on in lines.filter(key__in=[key for key in taken if key.startswith("budget/")]).values_list("due_on", flat=True):
        handed[due_on] = handed.get(due_on, 0) + 1
    return tuple(MoneyToSet(week_start(row["due_on"]), row["lines"], row["amount"], handed.get(row["due_on"], 0)) for row in rows)
