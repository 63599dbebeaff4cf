"""follow_tour: how far a newcomer is on the way through a first quarter, seen from what the company's records say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from quarterdeck.ledger.gateway.reviews import newest_review
from quarterdeck.ledger.models import Account, Action
from quarterdeck.operations.context import Context
from quarterdeck.operations.quarter.open_desk import Desk


@dataclass(frozen=True)
class TourStep:
    """One stop: what to do and why, in a sentence each, and where. `is_read` stops are done by saying so, the others by doing them."""

    key: str
    title: str
    why: str
    path: str
    is_read: bool
    is_done: bool


@dataclass(frozen=True)
class Tour:
    """All stops in order."""

    steps: tuple[TourStep, ...]

    @property
    def current(self) -> TourStep | None:
        """The first stop that is not done; None at the end."""
        return next((step for step in self.steps if not step.is_done), None)

    @property
    def number(self) -> int:
        """The place of the current stop, counted from 1."""
        return next((n for n, step in enumerate(self.steps, 1) if not step.is_done), len(self.steps))


_STEPS = (
    (
        "answer",
        "Read the answer",
        "This page always answers one question: how is your digital marketing going? Three sentences, then why, then what to do.",
        "",
        True,
    ),
    (
        "strategy",
        "See what the company wants",
        "Eight steps, from goals to how success is judged. Everything else follows from them.",
        "strategy/",
        True,
    ),
    ("plan", "Try the money", "Move the slider: the expected result and the chance answer at once. Nothing is kept until you say so.", "plan/", True),
    ("approve-plan", "Put the plan in force", "A plan does nothing until somebody says yes.", "plan/", False),
    ("approve-actions", "Say yes to what wants to leave", "Nothing leaves without approval, and nothing leaves twice.", "do/", False),
    ("first-week", "Let the first week pass", "Press “Next week”. The simulated market lives through seven days with your money.", "play/", False),
    ("month", "Let three more weeks pass", "One week says little; four begin to tell.", "play/", False),
    ("review", "Ask why it went otherwise", "The review splits the gap between plan and fact into causes that add up exactly.", "review/", False),
    (
        "correction",
        "Decide the corrections",
        "Each is a change of the strategy with its expected effect. Accept it, or refuse it with a reason: both are kept.",
        "review/",
        False,
    ),
    (
        "again",
        "Plan the rest of the quarter again",
        "The plan follows the strategy and the facts as they are now. Put it in force, too.",
        "plan/",
        False,
    ),
    ("rest", "Play to the end of the quarter", "Approve what waits and let the weeks pass, all thirteen.", "play/", False),
    ("close", "Close the quarter and plan the next", "What was learned is kept, and the next plan starts from there.", "review/close/", False),
)
_REPLAYED = {
    "first-week": "Press “Next week”. The company's next seven days are read in as they really were.",
    "rest": "Let the weeks pass, as far as the real figures reach.",
}
"""What is said instead where weeks are real figures read in, not a simulated market."""


def follow_tour(desk: Desk, *, read: Collection[str]) -> Tour:
    """The tour as it stands; `read` holds the keys of the stops that the person said to have read."""
    done, is_replay = _done(desk.context), "replay" in (desk.context.workspace.rehearsal or {})
    return Tour(
        tuple(
            TourStep(key, title, _REPLAYED.get(key, why) if is_replay else why, path, is_read, key in read if is_read else key in done)
            for key, title, why, path, is_read in _STEPS
        )
    )


def is_tour_on(person: str) -> bool:
    """Whether the person still wants to be shown around."""
    return Account.objects.filter(person=person, tour_ended_at__isnull=True).exists()


def turn_tour(person: str, *, on: bool, now: datetime) -> None:
    """The tour is shown to the person, or not any more."""
    Account.objects.filter(person=person).update(tour_ended_at=None if on else now)


def _done(context: Context) -> set[str]:
    """Stops whose deed stands in the records. Something done later counts for what must come before it."""
    workspace = context.workspace
    plans = list(workspace.plans.order_by("made_at", "pk").values_list("quarter", "as_of", "approved_at"))
    approved = [plan for plan in plans if plan[2] is not None]
    review = newest_review(workspace)
    weeks = _weeks_passed(context, approved)
    done = {
        "approve-plan": bool(approved),
        "approve-actions": Action.objects.filter(workspace=workspace, state__in=("approved", "done")).exists(),
        "first-week": weeks >= 1,
        "month": weeks >= 4,
        "review": review is not None,
        "correction": review is not None and not review.corrections.filter(decision__isnull=True).exists(),
        "again": review is not None and any(as_of >= review.as_of for _, as_of, _ in approved),
        "rest": weeks >= 13,
        "close": len({quarter for quarter, _, _ in plans}) > 1,
    }
    last = max((n for n, (key, *_) in enumerate(_STEPS) if done.get(key)), default=-1)
    strict = {"correction", "again"}  # decided or planned anew more than once: they open again, unless the quarter is over
    return {key for n, (key, *_) in enumerate(_STEPS) if done.get(key) or (n < last and (key not in strict or done["rest"]))}


def _weeks_passed(context: Context, approved: list[tuple[object, object, object]]) -> int:
    """Whole weeks with facts since the first approved plan's quarter began, at most thirteen."""
    from quarterdeck.operations.quarter.open_desk import last_day_of_facts

    last = last_day_of_facts(context.workspace) if approved else None
    if last is None:
        return 0
    first = approved[0][0]
    return max(0, min(13, ((last - first).days + 1) // 7))  # type: ignore[operator]  # dates of the ledger
