"""The plan that waits to be put in force, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.operations.act.look_at_actions import PlanDraft
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.report.say_plan import say_outlook
from quarterdeck.web.do.saying import things


@dataclass(frozen=True)
class DraftShown:
    """What a yes to the plan does. `stale` says why it cannot be put in force; `yes` is the button's label."""

    heading: str
    sentences: tuple[str, ...]
    clashes: str
    stale: str
    yes: str
    plan_id: str
    may_approve: bool
    may_plan: bool


def show_draft(draft: PlanDraft, desk: Desk) -> DraftShown:
    """The card of the newest plan, which is not in force."""
    words = desk.words
    outlook = [say_outlook(outlook, words) for outlook in draft.plan.outlook[:3]]
    instead = (
        f" It takes the place of plan {draft.replaces}; what that one still wants and this one does not is called off." if draft.replaces else ""
    )
    clashes = len(draft.plan.collisions)
    return DraftShown(
        heading=f"Plan {draft.number} of {words.quarter(draft.plan.period)}",
        sentences=(
            f"With it {things(draft.things, words)} want to leave, {words.money(draft.money)} in all. None of them leaves by this yes: "
            f"each waits here for its own.{instead}",
            *outlook,
        ),
        clashes=f"{things(clashes, words, 'collision')} found in it" if clashes else "",
        stale=f"{' and '.join(draft.stale).capitalize()} since it was made, so it does not speak of how things stand now." if draft.stale else "",
        yes=f"Put plan {draft.number} in force",
        plan_id=draft.plan_id,
        may_approve=desk.may("approve_plan"),
        may_plan=desk.may("plan_quarter"),
    )
