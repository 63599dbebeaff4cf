"""The loop of a company in steps, as operations, and what must be true after each of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from quarterdeck.operations.site import Site
from quarterdeck.operations.told import Told, tell_nobody

if TYPE_CHECKING:
    from quarterdeck.operations.context import Context
    from quarterdeck.plan.quarter_plan import QuarterPlan

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
OWNER = "Olena"
FIRST_QUARTER, NEXT_QUARTER = date(2027, 1, 4), date(2027, 4, 5)
OVERRULE = "Twenty weeks are all there is"
"""Twenty weeks of a small shop are too few for a trusted fit; its owner plans with it all the same and says why."""


def new_sample(site: Site, name: str = "small_shop") -> Context:
    """The sample company, fresh."""
    from quarterdeck.operations.play.load_sample import make_sample

    return make_sample(site, name, owner=OWNER, now=NOW, tell=tell_nobody)[0]


def the_company(site: Site, person: str | None = None) -> Context:
    """The only company of the site, with its owner or the person named."""
    from quarterdeck.operations.context import open_context

    return open_context(site, None, person, now=NOW)


def make_plan(context: Context, overrule: str | None = None) -> Told:
    from quarterdeck.operations.plan import plan_quarter

    return plan_quarter.make_plan(context, quarter=None, overrule=overrule, seed=1)


def approve_all(context: Context) -> Told:
    from quarterdeck.operations.act.approve import approve_actions

    return approve_actions(context, everything=True)


def let_pass(context: Context, weeks: int) -> Told:
    from quarterdeck.operations.play.pass_week import pass_weeks

    return pass_weeks(context, weeks, tell=tell_nobody)


def make_review(context: Context) -> Told:
    from quarterdeck.operations.review import review_quarter

    return review_quarter.make_review(context, quarter=None)


def decide(context: Context, key: str, *, accept: bool, reason: str = "") -> Told:
    from quarterdeck.operations.review.decide_correction import decide_correction

    return decide_correction(context, key, accept=accept, reason=reason)


def copy_site(template: Path, folder: Path) -> Site:
    """A site of its own on SQLite, the same as the template. Nobody has the template open."""
    from django.db import connections

    from quarterdeck.app.site import open_site

    connections.close_all()
    shutil.copytree(template, folder)
    return open_site(folder)


def newest_plan(context: Context) -> QuarterPlan:
    from quarterdeck.ledger.gateway.plans import plan_body
    from quarterdeck.operations.plan.plan_quarter import latest_plan_of
    from quarterdeck.plan.quarter_plan import parse_plan

    return parse_plan(plan_body(latest_plan_of(context, None)))


def require_three_sentences(context: Context) -> tuple[str, ...]:
    """The answer, which is three whole sentences in any state."""
    from quarterdeck.operations.quarter.answer import answer_question

    said = tuple(answer_question(context).sentences)
    assert len(said) == 3
    for sentence in said:
        assert sentence == sentence.strip()
        assert sentence.endswith((".", "?")), sentence
        assert not any(ugly in sentence for ugly in ("..", "None", "nan", "  ", "1 objectives", "Decimal")), sentence
    return said


def require_money_adds_up(plan: QuarterPlan) -> None:
    """Lines, money for tasks, money held back and the reserve are the budget, to the cent."""
    budget = plan.budget
    lines = sum((line.amount for line in budget.lines), Decimal(0))
    assert lines + budget.for_tasks + budget.held_back + budget.reserve == budget.budget
    assert len({line.key for line in budget.lines}) == len(budget.lines)
    for channel in budget.channels:
        assert sum((line.amount for line in budget.lines if line.channel == channel.channel), Decimal(0)) == channel.planned


def require_nothing_beyond_approval(context: Context, *, since: date) -> Decimal:
    """Every amount on record was approved, as much or more of it; what was spent in all comes back."""
    from quarterdeck.ledger.models import Action

    spent = spent_by_line(context, since=since)
    for (channel, campaign, week), cost in spent.items():
        action = Action.objects.get(workspace=context.workspace, key=f"budget/{channel}/{campaign or 'always-on'}/{week.isoformat()}")
        assert action.state == "done"
        assert cost <= Decimal(action.wants["amount"]) == action.cost, action.key
        assert action.approvals.filter(decision="approve", content=action.content).count() == 1, action.key
    return sum(spent.values(), Decimal(0))


def spent_by_line(context: Context, *, since: date) -> dict[tuple[str, str, date], Decimal]:
    """Channel, campaign and week -> money on record."""
    from quarterdeck.lake.snapshot import open_snapshot
    from quarterdeck.ledger.gateway.loads import snapshot_of

    with open_snapshot(context.lake_dir, snapshot_of(context.workspace).loads) as lake:
        rows = lake.query(
            "SELECT channel, campaign, date_trunc('week', day)::DATE AS week, sum(cost) AS cost FROM spend WHERE day >= $since "
            "GROUP BY ALL HAVING sum(cost) > 0 ORDER BY ALL",
            {"since": since},
        )
    return {
        (channel, campaign or "", week): cost
        for channel, campaign, week, cost in zip(rows["channel"], rows["campaign"], rows["week"], rows["cost"], strict=True)
    }


def require_done_once(context: Context) -> int:
    """What is done has one receipt and, where it is work, one line in the work log; nothing else has any. How many lines there are."""
    from quarterdeck.ledger.gateway.plans import work_log_of
    from quarterdeck.ledger.models import Action

    log = [(entry.kind, entry.ref) for entry in work_log_of(context.workspace) if entry.event == "done"]
    assert len(set(log)) == len(log)
    wanted = set()
    for action in Action.objects.filter(workspace=context.workspace):
        receipts = list(action.receipts.filter(key="done"))
        assert len(receipts) == (1 if action.state == "done" else 0), f"{action.key} is {action.state}"
        if action.state == "done" and action.kind in ("task", "item"):
            wanted.add((action.kind, action.ref))
    assert set(log) == wanted
    return len(log)


def require_causes_add_up(told: Told) -> None:
    """The causes of a review are its gap, to eight digits of what was planned."""
    from quarterdeck.review.record import Review

    review = Review.model_validate(told.facts["review"])
    assert review.causes
    assert abs(sum(cause.amount for cause in review.causes) - review.gap) < 1e-8 * abs(review.planned)
    assert abs(sum(week.planned for week in review.weeks) - review.planned) < 1e-8 * abs(review.planned)
    assert abs(sum(week.counted or 0 for week in review.weeks) - review.counted) < 1e-8 * abs(review.counted)


def weeks_of(first: date, count: int) -> Iterator[date]:
    return (first + timedelta(weeks=n) for n in range(count))
