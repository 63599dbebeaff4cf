"""show_status: where the loop stands, and what waits for somebody."""

from __future__ import annotations

from django.db.models import Count

from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.models import Action, Workspace
from quarterdeck.operations.context import Context
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.operations.told import Told, count
from quarterdeck.strategy.checks.all_checks import check_strategy

MOST_SHOWN = 15
_WHOSE_FIGURES = {
    Workspace.Kind.OWN: "",
    Workspace.Kind.SAMPLE_REAL: ", a sample with real figures, anonymised",
    Workspace.Kind.SAMPLE_SIMULATED: ", an invented sample with simulated figures",
}


def show_status(context: Context) -> Told:
    """One sentence for each step of the loop, and the actions that come next as a table."""
    context.require("see")
    facts = {
        "company": context.workspace.name,
        "kind": context.workspace.kind,
        "strategy": _strategy(context),
        "facts": _facts(context),
        "fits": _fits(context),
        "plan": _plan(context),
        "actions": _actions(context),
        "review": _review(context),
    }
    next_up = list(
        Action.objects.filter(workspace=context.workspace, state__in=("proposed", "approved", "unknown")).order_by("due_on", "key")[:MOST_SHOWN]
    )
    rows = [(action.key, action.due_on.isoformat(), action.state) for action in next_up]
    sentences = [
        f"{context.workspace.name}{_WHOSE_FIGURES[context.workspace.kind]}.",
        *[str(part["sentence"]) for name, part in facts.items() if isinstance(part, dict)],
    ]
    return Told(sentences, facts, (("Next actions", "Due", "State"), rows))


def _strategy(context: Context) -> dict[str, object]:
    revision = latest_revision(context.workspace)
    if revision is None:
        return {"revision": None, "sentence": "Strategy: none yet. Start with `quarterdeck strategy start > strategy.yaml`."}
    problems = check_strategy(strategy_of(revision))
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = sum(problem.severity == "warning" for problem in problems)
    return {
        "revision": revision.number,
        "errors": errors,
        "warnings": warnings,
        "sentence": f"Strategy: revision {revision.number} by {revision.author}; {count(errors, 'error')}, {count(warnings, 'warning')}.",
    }


def _facts(context: Context) -> dict[str, object]:
    snapshot = snapshot_of(context.workspace)
    if not snapshot.loads:
        return {"loads": 0, "sentence": "Facts: none yet. Bring them in with `quarterdeck import spend FILE`."}
    with open_snapshot(context.lake_dir, snapshot.loads) as lake:
        span = {table: lake.query(f"SELECT min(day) AS first, max(day) AS last, count(*) AS rows FROM {table}") for table in ("spend", "outcomes")}
    said = "; ".join(
        f"{table} {values['first'][0]} to {values['last'][0]} ({values['rows'][0]:,} rows)" for table, values in span.items() if values["rows"][0]
    )
    return {
        "loads": len(snapshot.loads),
        "snapshot": snapshot.hash,
        "sentence": f"Facts: {said or 'no spend or outcomes yet'}; {count(len(snapshot.loads), 'load')}.",
    }


def _fits(context: Context) -> dict[str, object]:
    snapshot = snapshot_of(context.workspace)
    fits = list(context.workspace.fits.filter(snapshot=snapshot.hash).order_by("metric"))
    if not fits:
        return {"fits": [], "sentence": "Curves: none for these facts yet. Learn them with `quarterdeck fit`."}
    said = ", ".join(f"{fit.metric} ({'trusted' if fit.is_trusted else 'refused'})" for fit in fits)
    return {"fits": [{"metric": fit.metric, "is_trusted": fit.is_trusted} for fit in fits], "sentence": f"Curves: {said}."}


def _plan(context: Context) -> dict[str, object]:
    plan = context.workspace.plans.order_by("-quarter", "-number").first()
    if plan is None:
        return {"plan": None, "sentence": "Plan: none yet. Make one with `quarterdeck plan`."}
    state = f"approved by {plan.approved_by}" if plan.approved_at else "waits for approval"
    return {
        "plan": plan.plan_id,
        "number": plan.number,
        "quarter": plan.quarter.isoformat(),
        "is_approved": bool(plan.approved_at),
        "sentence": f"Plan: number {plan.number} of the quarter from {plan.quarter.isoformat()}, {state}.",
    }


def _actions(context: Context) -> dict[str, object]:
    rows = Action.objects.filter(workspace=context.workspace).values("state").annotate(n=Count("id")).order_by("state")
    counts = {row["state"]: row["n"] for row in rows}
    said = ", ".join(f"{number} {state.replace('_', ' ')}" for state, number in counts.items()) or "none yet"
    return {**counts, "sentence": f"Actions: {said}."}


def _review(context: Context) -> dict[str, object]:
    review = context.workspace.reviews.order_by("-as_of", "-pk").first()
    if review is None:
        return {"review": None, "sentence": "Review: none yet."}
    waiting = review.corrections.filter(decision__isnull=True).count()
    return {
        "review": review.hash,
        "as_of": review.as_of.isoformat(),
        "open_corrections": list(review.corrections.filter(decision__isnull=True).values_list("key", flat=True)),
        "sentence": f"Review: as of {review.as_of.isoformat()}, {count(waiting, 'correction')} to decide.",
    }
