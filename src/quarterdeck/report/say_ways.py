"""say_ways: what you can and cannot change about each cause of a gap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quarterdeck.report.charts.waterfall import Step, waterfall_of
from quarterdeck.report.say_review_page import step_codes
from quarterdeck.report.words import Words, how_many
from quarterdeck.review.record import CauseFound, Review


@dataclass(frozen=True, slots=True)
class Way:
    """One line of what can and cannot be changed: `code` names the cause, or its kind, or nothing."""

    subject: str
    text: str
    code: str | None


def say_ways(review: Review, words: Words) -> tuple[Way, ...]:
    """Each step of the waterfall that matters with what can be done about it, in the waterfall's order; the small ones together; chance last."""
    fall = waterfall_of(review, words, links=step_codes(review))
    plain = [step for step in fall.steps if step.link != "chance" and not step.is_material]
    ways = [_way(step, review, words) for step in fall.steps if step.is_material and step.link != "chance"]
    return (*ways, *_small(plain, review, words), *[_chance(step, review, words) for step in fall.steps if step.link == "chance"])


def is_own_doing(name: str) -> bool:
    """Whether a context figure is one that a company sets itself, judged by its name."""
    return name.startswith(("own_", "promotion", "price_", "discount")) or name in ("price", "promo")


def _small(steps: list[Step], review: Review, words: Words) -> list[Way]:
    """Steps that chance can explain, in one line: no single one is far enough off to judge."""
    if not steps:
        return []
    named = [step.subject for step in steps if step.is_named]
    rest = sum(int(step.label.split(" ")[0]) for step in steps if not step.is_named)
    subjects = [*named, *([how_many(rest, "smaller cause")] if rest else [])]
    listed = words.join(subjects)
    total = words.signed(sum(step.amount for step in steps), review.metric)
    if len(subjects) == 1 and not rest:
        return [Way(f"{listed[0].upper()}{listed[1:]}", f"({total}) is within what chance can do, so nothing follows from it.", steps[0].link)]
    return [Way(f"{listed[0].upper()}{listed[1:]}", f"come to {total} together. No single one is far enough off to judge.", None)]


def _way(step: Step, review: Review, words: Words) -> Way:
    kind, _, ref = (step.link or "").partition(":")
    subject, text = _SAID[kind](step, review, words, words.name(ref) if ref else "")
    return Way(subject, text, step.link)


def _did(step: Step, review: Review, words: Words) -> str:
    return f"{'cost' if step.amount < 0 else 'brought'} {words.amount(abs(step.amount), review.metric)}"


def _tracking(step: Step, review: Review, words: Words, name: str) -> tuple[str, str]:
    del name
    return (
        "Orders that were not counted",
        f"took {words.amount(abs(step.amount), review.metric)} off the count. They happened, and no figure shows them.",
    )


def _effect(step: Step, review: Review, words: Words, name: str) -> tuple[str, str]:
    figure = f"{words.amount(abs(step.amount), review.metric)} {'less' if step.amount < 0 else 'more'}"
    return name, f"brought {figure} than its curve says for the money that was spent ({_doubt(step, review, words)})."


def _late(step: Step, review: Review, words: Words, name: str) -> tuple[str, str]:
    return f"Late work on {name}", f"{_did(step, review, words)}: the money waits for it and can still be spent while weeks are open."


def _spend(step: Step, review: Review, words: Words, name: str) -> tuple[str, str]:
    more = "Less" if step.amount < 0 else "More"
    return (
        f"{more} money on {name}" if name else "Money spent otherwise than planned",
        f"{_did(step, review, words)}. It is yours to change, week by week.",
    )


def _exposure(step: Step, review: Review, words: Words, name: str) -> tuple[str, str]:
    more = "fewer" if step.amount < 0 else "more"
    return (
        f"Messages by {name}" if name else "Unpaid messages",
        f"{more} than assumed, {_did(step, review, words)}. How many go out is yours to decide.",
    )


def _demand(step: Step, review: Review, words: Words, name: str) -> tuple[str, str]:
    del name
    figure = f"{words.amount(abs(step.amount), review.metric)} {'less' if step.amount < 0 else 'more'}"
    return "Demand", f"was not as usual: people bought {figure} than season and context explain ({_doubt(step, review, words)})."


def _context(step: Step, review: Review, words: Words, name: str) -> tuple[str, str]:
    """Prices and promotions of one's own are context to the curves and yet one's own doing."""
    members = [cause for cause in review.causes if cause.kind == "context" and step.link in ("context", cause.code)]
    own = [words.name(cause.subject) for cause in members if cause.subject and is_own_doing(cause.subject) and cause.is_material]
    if name:
        whose = "It is yours to decide." if own else "It is not your doing."
        return f"{name[0].upper()}{name[1:]}", f"came otherwise than assumed and {_did(step, review, words)}. {whose}"
    largest = max(members, key=lambda cause: abs(cause.amount) if cause.amount * step.amount > 0 else -1.0)
    most = f"most of it {words.name(largest.subject)} ({words.signed(largest.amount, review.metric)})"
    whose = (
        f"Of these, {words.join(own)} {'is' if len(own) == 1 else 'are'} yours to decide; the rest is not your doing."
        if own
        else "It is not your doing."
    )
    return "Season and context", f"came otherwise than assumed and {_did(step, review, words)}, {most}. {whose}"


def _chance(step: Step, review: Review, words: Words) -> Way:
    did = "took" if step.amount < 0 else "gave"
    return Way("Chance", f"{did} {words.amount(abs(step.amount), review.metric)}: nothing that you could have done otherwise explains it.", step.link)


def _doubt(step: Step, review: Review, words: Words) -> str:
    cause: CauseFound | None = next((cause for cause in review.causes if cause.code == step.link), None)
    if cause is None or cause.low is None or cause.high is None:
        return "counted"
    return f"in 8 cases of 10 {words.signed(cause.low, review.metric)} to {words.signed(cause.high, review.metric)}"


_SAID: dict[str, Callable[[Step, Review, Words, str], tuple[str, str]]] = {
    "tracking": _tracking,
    "effect": _effect,
    "late": _late,
    "spend": _spend,
    "exposure": _exposure,
    "demand": _demand,
    "context": _context,
}
