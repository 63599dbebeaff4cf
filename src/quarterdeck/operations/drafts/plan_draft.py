"""plan_draft: a draft and the strategy as it is now, both planned from the same facts on the same day, so that like is held against like."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from quarterdeck.ledger.gateway.drafts import newest_draft_plan, save_draft_plan
from quarterdeck.ledger.gateway.plans import current_plan, latest_plan
from quarterdeck.ledger.models import Draft, DraftPlan
from quarterdeck.operations.context import Context
from quarterdeck.operations.jobs.jobs import JobView, start_job
from quarterdeck.operations.plan.plan_quarter import build_plan, make_plan
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.strategy.save_strategy import current_strategy, require_open
from quarterdeck.operations.told import Tell, Told, tell_nobody
from quarterdeck.plan.quarter_plan import QuarterPlan, parse_plan

_SAME = ("facts", "work_log", "as_of", "seed", "version")
"""What two plans must have in common to be compared. Their curves may differ, because another strategy may count other metrics."""
_DECIDED = (*_SAME, "answers")
"""And of a plan that was not made beside the draft: what people decided until then."""
AS_IT_IS = "The strategy as it is was planned beside it, from the same facts on the same day. That plan is for comparing only."
FRESH = "The plan of the strategy is from the same facts and day, so it is the other side."


@dataclass(frozen=True)
class OtherSide:
    """A plan of the strategy. `is_beside`: it was made to be held beside the draft, and can never be approved."""

    plan: QuarterPlan
    is_beside: bool


def start_planning(context: Context) -> JobView:
    """The planning of the draft, queued; its page is the comparison. Raises Refused for a draft that was closed."""
    require_open(context)
    slug = context.draft_at_work.slug
    return start_job(context, "draft_plan", {"draft": slug, "leads_to": f"strategy/drafts/{slug}/beside/"})


def plan_draft(context: Context, *, quarter: date | None = None, seed: int = 1, tell: Tell = tell_nobody) -> Told:
    """The plan of the draft in sentences. The strategy is planned too, unless it has a plan already that was made from the same facts on the same day.

    Raises Refused as `plan_quarter` does, and for a draft that was closed.
    """
    draft = context.draft_at_work
    require_open(context)
    told = make_plan(context, quarter=quarter, overrule=None, seed=seed, tell=tell)
    saved = newest_draft_plan(draft)
    assert saved is not None
    own = draft_plan_of(saved)
    live = replace(context, draft=None)
    if other_side(live, draft, own) is not None:
        return replace(told, sentences=[*told.sentences, FRESH])
    built = build_plan(live, quarter=own.quarter, seed=seed, tell=lambda doing: tell(f"The strategy as it is: {doing[:1].lower()}{doing[1:]}"))
    save_draft_plan(draft, built.plan, by=context.member.person, now=context.now, is_of_strategy=True)
    return replace(told, sentences=[*told.sentences, AS_IT_IS])


def other_side(live: Context, draft: Draft, own: QuarterPlan) -> OtherSide | None:
    """A plan of the strategy as it is now that may be held against `own`, the draft's: of the same quarter, from the same facts on the same day.

    The plan in force comes first, then the newest that waits, then the one made beside the draft. None where all are older, or of something else.
    """
    strategy = current_strategy(live).revision.hash
    for found in plans_of_strategy(live, draft, own.quarter):
        same, mine = found.plan.provenance, _SAME if found.is_beside else _DECIDED
        if same.strategy == strategy and all(getattr(same, name) == getattr(own.provenance, name) for name in mine):
            return found
    return None


def plans_of_strategy(live: Context, draft: Draft, quarter: date) -> list[OtherSide]:
    """Those that there are of that quarter: the one in force, the newest, and the one made beside the draft."""
    records = (current_plan(live.workspace, quarter), latest_plan(live.workspace, quarter))
    beside = newest_draft_plan(draft, is_of_strategy=True)
    found = [OtherSide(plan_of(record), is_beside=False) for record in records if record is not None]
    return found if beside is None or beside.quarter != quarter else [*found, OtherSide(draft_plan_of(beside), is_beside=True)]


def draft_plan_of(record: DraftPlan) -> QuarterPlan:
    """The plan that was saved with a draft."""
    return parse_plan(str(record.body).encode())
