"""The budget page of a company without a plan: what is there, what is missing, and the next thing to do."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.operations.plan.look_at_budget import Missing, NoBudget
from quarterdeck.operations.quarter.open_desk import Desk


@dataclass(frozen=True)
class Step:
    """One thing that a plan needs: whether it is there, and where to add it."""

    text: str
    is_there: bool
    href: str
    button: str


@dataclass(frozen=True)
class NoBudgetShown:
    """The steps to a plan; `job` is the address of the plan that is being made."""

    sentence: str
    more: str
    steps: tuple[Step, ...]
    can_make: bool
    job: str | None


_STEPS: tuple[tuple[tuple[Missing, ...], str, str, str, str], ...] = (
    (("strategy",), "A strategy: what you want, for whom, by when", "strategy/", "Write the strategy", "strategy"),
    (("objective",), "An objective: what the money is for", "strategy/step/1/", "Add an objective", "objective"),
    (("spend",), "What was spent, by day and channel", "settings/imports/", "Import spend", "spend"),
    (("outcomes",), "What came of it, by day", "settings/imports/", "Import outcomes", "outcomes"),
)


def no_budget_shown(found: NoBudget, desk: Desk) -> NoBudgetShown:
    """What to do before there is a budget to look at."""
    missing = set(found.missing)
    root = f"/w/{desk.slug}/"
    steps = tuple(
        Step(text, not (missing & set(needs)) and not (key == "objective" and "strategy" in missing), root + path, button)
        for needs, text, path, button, key in _STEPS
    )
    needs_strategy = bool(missing & {"strategy", "objective"})
    can_make = not needs_strategy and desk.may("plan_quarter") and found.job is None
    if found.job is not None:
        sentence, more = "The first plan is being made.", "It takes a minute or two. You can leave this page."
    elif needs_strategy:
        sentence = "There is no plan yet, because nobody has said what the money is for."
        more = "A plan shares your budget out over channels and weeks so that it brings as much as it can. It needs an objective to work for."
    elif missing & {"spend", "outcomes"}:
        sentence = "There is no plan yet, and little to make it from."
        more = "Without facts a plan keeps last quarter’s split. With a year of spend and outcomes it learns what each channel brings."
    else:
        sentence = "There is no plan yet. Everything that it needs is there."
        more = "It learns what each channel brings, places the money, shares out the work and finds what collides. It takes a minute or two."
    return NoBudgetShown(sentence, more, steps, can_make, None if found.job is None else f"{root}jobs/{found.job}/")
