"""What to do next: at most three things, the weightiest first, each leading to the act; or what comes when nothing waits."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.operations.quarter.look_at_quarter import QuarterLook
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.report.say_quarter import number_word
from quarterdeck.web.quarter.steps import Step, Ways

MOST_SHOWN = 3


@dataclass(frozen=True)
class Next:
    """The steps shown, how many wait beside them, and what comes when nothing does."""

    steps: tuple[Step, ...]
    rest: tuple[Step, ...]
    """What waits after the ones that are shown, and below how many they are."""
    others: str
    later: str

    @property
    def has_fix(self) -> bool:
        """Whether one of the steps changes what is expected."""
        return any(step.is_fix for step in self.steps)

    @property
    def first_open(self) -> Step | None:
        """The first step that is not done."""
        return next((step for step in self.steps if not step.is_done), None)


def shown_next(desk: Desk, look: QuarterLook) -> Next:
    """What this person sees under "Do next"."""
    ways = Ways(desk, look)
    if look.standing.situation.plan is None:
        return Next(tuple(ways.beginning()), (), "", "")
    steps = tuple(ways.waiting())
    more = len(steps) - MOST_SHOWN
    others = f"{number_word(more).capitalize()} more {'thing waits' if more == 1 else 'things wait'} after these." if more > 0 else ""
    return Next(steps[:MOST_SHOWN], steps[MOST_SHOWN:], others, _later(desk, look))


def _later(desk: Desk, look: QuarterLook) -> str:
    """What comes next and when, for a day on which nothing waits."""
    due = look.standing.situation.next_due
    return f"Next falls due: {due}." if due else "Nothing is planned after this. The next plan is made when the quarter ends."
