"""The steps from plan to fact: the review's causes in groups that a reader can hold in mind, in whole units that add up exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from quarterdeck.report.words import Words, how_many
from quarterdeck.review.record import CauseFound, Review

_TOGETHER = {"spend": "Money spent otherwise", "context": "Season and context", "exposure": "Unpaid messages"}
"""Causes of these kinds are one step, however many there are."""


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: `amount` in whole units of the metric, `exact` before rounding; `subject` names it within a sentence."""

    label: str
    subject: str
    amount: int
    exact: float
    is_material: bool
    is_named: bool
    """False for chance and for what is too small to be shown alone."""
    link: str | None


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From `planned` to `counted`, both in whole units: planned + the sum of the steps is counted."""

    planned: int
    counted: int
    steps: tuple[Step, ...]


def waterfall_of(review: Review, words: Words, *, links: Mapping[str, str] | None = None, most: int = 7) -> Waterfall:
    """The review's causes as at most `most` steps, small ones joined and chance. `links`: code or kind of a cause, `rest` for small ones -> where its
    rows are shown.

    The side that decided the gap comes first, the largest step leading; joined causes and chance close the way.
    """
    groups = sorted(_grouped(review), key=lambda group: (-abs(_sum(group)), group[0].code))
    shown, rest = groups[:most], groups[most:]
    if len(rest) == 1:
        shown, rest = groups[: most + 1], []
    small = [group for group in shown if abs(_sum(group)) < 0.5]
    shown, rest = [group for group in shown if group not in small], [*small, *rest]
    down_first = review.gap < 0
    shown.sort(key=lambda group: ((_sum(group) < 0) != down_first, -abs(_sum(group))))
    chance = [cause for cause in review.causes if cause.kind == "chance"]
    steps = [_step(group, words, links or {}) for group in shown]
    if rest:
        joined = [cause for group in rest for cause in group]
        steps.append(Step(how_many(len(rest), "smaller cause"), "", 0, _sum(joined), False, False, (links or {}).get("rest")))
    if chance:
        steps.append(Step("Chance", "chance", 0, _sum(chance), False, False, (links or {}).get("chance")))
    planned, counted = round(review.planned), round(review.counted)
    amounts = add_up([step.exact for step in steps], counted - planned)
    kept = [_with_amount(step, amount) for step, amount in zip(steps, amounts, strict=True)]
    return Waterfall(planned, counted, tuple(step for step in kept if step.amount or step.label == "Chance"))


def add_up(parts: Sequence[float], total: int) -> list[int]:
    """The parts as whole numbers whose sum is `total`: those with the largest remainders are rounded up. What is left over goes to the last part."""
    whole = [floor(part) for part in parts]
    missing = total - sum(whole)
    order = sorted(range(len(parts)), key=lambda i: (whole[i] - parts[i], i))
    for i in order[: max(0, min(missing, len(parts)))]:
        whole[i] += 1
    if whole:
        whole[-1] += total - sum(whole)
    return whole


def _with_amount(step: Step, amount: int) -> Step:
    return Step(step.label, step.subject, amount, step.exact, step.is_material, step.is_named, step.link)


def _grouped(review: Review) -> list[list[CauseFound]]:
    groups: dict[str, list[CauseFound]] = {}
    for cause in review.causes:
        if cause.kind != "chance":
            groups.setdefault(cause.kind if cause.kind in _TOGETHER else cause.code, []).append(cause)
    return list(groups.values())


def _sum(causes: Sequence[CauseFound]) -> float:
    return float(sum(cause.amount for cause in causes))


def _step(group: Sequence[CauseFound], words: Words, links: Mapping[str, str]) -> Step:
    first, amount = group[0], _sum(group)
    link = (links.get(first.code) if len(group) == 1 else None) or links.get(first.kind)
    label, subject = (_TOGETHER[first.kind], _TOGETHER[first.kind].lower()) if len(group) > 1 else _names(first, words)
    return Step(label, subject, 0, amount, any(cause.is_material for cause in group), True, link)


def _names(cause: CauseFound, words: Words) -> tuple[str, str]:
    """The label of a bar and the words for it within a sentence."""
    name, better = words.name(cause.subject), cause.amount > 0
    more = "more" if better else "less"
    return {
        "spend": (f"{more.capitalize()} money on {name}", f"{more} money on {name}"),
        "late": (f"Late work on {name}", f"late work on {name}"),
        "effect": (f"{name} worked {'better' if better else 'worse'}", name),
        "context": (f"{name.capitalize()} {'kinder' if better else 'less kind'} than assumed", name),
        "exposure": (f"{more.capitalize()} went out by {name}", f"{more} sent by {name}"),
        "demand": (f"People bought {more}", f"{'higher' if better else 'lower'} demand"),
        "tracking": ("Orders not counted", "orders not counted"),
    }.get(cause.kind, (name.capitalize(), name))
