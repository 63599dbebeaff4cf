"""What can be done in the background: which right each kind needs, and the operation that it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from quarterdeck.operations.context import Context
from quarterdeck.operations.site import Site
from quarterdeck.operations.told import Tell, Told

Asks = Mapping[str, Any]
FIT_SEED = PLAN_SEED = 1


@dataclass(frozen=True)
class Kind:
    """`permission` is asked before it is queued (the operation asks again). `whole`: the work and the note that it is done are one transaction,
    because doing it twice would not be the same as doing it once; the others keep what they finish and find it again."""

    permission: str
    run: Callable[[Context, Asks, Tell], Told]
    whole: bool = False


def _plan(context: Context, asks: Asks, tell: Tell) -> Told:
    from quarterdeck.operations.plan.plan_quarter import make_plan

    return make_plan(
        context, quarter=_day(asks.get("quarter")), overrule=asks.get("overrule") or None, seed=int(asks.get("seed", PLAN_SEED)), tell=tell
    )


def _plan_draft(context: Context, asks: Asks, tell: Tell) -> Told:
    from quarterdeck.operations.drafts.open_draft import in_draft
    from quarterdeck.operations.drafts.plan_draft import plan_draft

    return plan_draft(in_draft(context, str(asks["draft"])), seed=int(asks.get("seed", PLAN_SEED)), tell=tell)


def _fit(context: Context, asks: Asks, tell: Tell) -> Told:
    from quarterdeck.operations.plan.plan_quarter import HOLDOUT_WEEKS
    from quarterdeck.operations.response.fit_response import fit_metrics

    return fit_metrics(context, metric=asks.get("metric") or None, holdout=HOLDOUT_WEEKS, seed=int(asks.get("seed", FIT_SEED)), tell=tell)


def _review(context: Context, asks: Asks, tell: Tell) -> Told:
    from quarterdeck.operations.review.review_quarter import make_review

    return make_review(context, quarter=_day(asks.get("quarter")), tell=tell)


def _next_week(context: Context, asks: Asks, tell: Tell) -> Told:
    from quarterdeck.operations.play.pass_week import pass_weeks

    return pass_weeks(context, int(asks.get("weeks", 1)), tell=tell)


KINDS: dict[str, Kind] = {
    "plan": Kind("plan_quarter", _plan),
    "draft_plan": Kind("plan_quarter", _plan_draft),
    "fit": Kind("fit_response", _fit),
    "review": Kind("review_quarter", _review),
    "next_week": Kind("rehearse", _next_week, whole=True),
}
SAMPLE = "sample"
"""The one kind that belongs to no company: it makes one."""


def make_sample_company(site: Site, person: str, asks: Asks, tell: Tell, *, now: datetime) -> Told:
    """The sample company that was asked for, owned by the person who asked."""
    from quarterdeck.operations.play.load_sample import load_sample

    return load_sample(site, str(asks["name"]), owner=person, now=now, tell=tell)


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
