"""What every page of the strategy shows around its own content: the tabs, and the rail of the eight steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.look_at_strategy import Look
from quarterdeck.report.say_strategy import StepState, say_step
from quarterdeck.report.strategy.outline import STEPS, Step
from quarterdeck.strategy.checks.checking import Step as StepNumber
from quarterdeck.web.shell import Tab

ICONS = {
    "done": "circle-check",
    "settle": "triangle-alert",
    "missing": "circle-dot-dashed",
    "example": "circle-question-mark",
    "empty": "circle-dashed",
}
LOOKS = {"done": "good", "settle": "warn", "missing": "info", "example": "info", "empty": ""}
CHIPS = {"done": "done", "settle": "something to settle", "missing": "not complete", "example": "from the example", "empty": "empty"}


@dataclass(frozen=True)
class RailItem:
    """One step: where it is, its name, its state as icon and words."""

    href: str
    step: Step
    icon: str
    look: str
    chip: str
    words: str
    is_here: bool
    state: StepState


def root_of(desk: Desk) -> str:
    """The address of the strategy, or of the draft that the person is in."""
    live = f"/w/{desk.slug}/strategy/"
    return live if desk.context.draft is None else f"{live}drafts/{desk.context.draft.slug}/"


def word_for_here(desk: Desk) -> str:
    """What the person reads and changes: `strategy`, or `draft` when they are in one."""
    return "strategy" if desk.context.draft is None else "draft"


def file_name(desk: Desk, rest: str) -> str:
    """What a file that is taken away is called: `harbour-one-page.pdf`, and of a draft `harbour-without-radio-one-page.pdf`."""
    draft = desk.context.draft
    return f"{desk.slug}-{rest}" if draft is None else f"{desk.slug}-{draft.slug}-{rest}"


def strategy_tabs(desk: Desk, here: str) -> tuple[Tab, ...]:
    """The pages of Strategy, or of the draft that the person is in; `here` is whole, steps, history, papers, drafts or import."""
    root = root_of(desk)
    pages = [("whole", "", "The whole"), ("steps", "step/1/", "Step by step"), ("history", "history/", "History"), ("papers", "papers/", "Papers")]
    if desk.context.draft is not None:
        pages.append(("drafts", "beside/", "Compare"))
    else:
        pages.append(("drafts", "drafts/", "Drafts"))
    if desk.may_change:
        pages.append(("import", "import/", "Import and export"))
    return tuple(Tab(root + path, name, key == here) for key, path, name in pages)


def rail_of(desk: Desk, look: Look, here: int | None) -> tuple[RailItem, ...]:
    """The eight steps with their states."""
    items = []
    for step in STEPS:
        number = cast(StepNumber, step.number)
        state = say_step(look.strategy, number, look.maturity[number], look.missing[number], look.problems)
        items.append(
            RailItem(
                href=f"{root_of(desk)}step/{step.number}/",
                step=step,
                icon=ICONS[state.state],
                look=LOOKS[state.state],
                chip=CHIPS[state.state],
                words=state.words,
                is_here=step.number == here,
                state=state,
            )
        )
    return tuple(items)
