"""Verdicts as rows, and what can and cannot be changed as lines with the way on."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.report.say_review_page import say_verdicts
from quarterdeck.report.say_ways import Way, say_ways
from quarterdeck.report.words import Words
from quarterdeck.review.record import ChannelVerdict, Review
from quarterdeck.strategy.document import Strategy
from quarterdeck.web.review.shown_correction import ShownCorrection

PACK = 100
"""What a channel brought is said for so much money, where the aim is money itself."""
_VERDICTS = {"keep": ("keep", "good"), "change": ("change", "warn"), "stop": ("stop", "bad"), "too_early": ("too early", "")}


@dataclass(frozen=True)
class ShownWay:
    """A line of what can and cannot be changed, with the way on."""

    subject: str
    text: str
    href: str
    label: str


@dataclass(frozen=True)
class ShownVerdict:
    """One row of the verdicts."""

    name: str
    kind: str
    href: str
    spent: str
    rule: str
    rule_changed: bool
    fact: str
    doubt: str
    each: str
    chance: float | None
    chance_text: str
    word: str
    look: str


def show_ways(review: Review, desk: Desk, corrections: tuple[ShownCorrection, ...]) -> tuple[ShownWay, ...]:
    """What can and cannot be changed, each with the way on."""
    return tuple(_way(way, desk, corrections) for way in say_ways(review, desk.words))


def show_verdicts(review: Review, strategy: Strategy, desk: Desk, changed: frozenset[str]) -> tuple[str, tuple[ShownVerdict, ...]]:
    """The verdicts in a sentence, and as rows; `changed` are channels whose rule was moved after the plan."""
    return say_verdicts(review.channels, desk.words), tuple(_verdict(each, review, strategy, desk, changed) for each in review.channels)


def _way(way: Way, desk: Desk, corrections: tuple[ShownCorrection, ...]) -> ShownWay:
    root = f"/w/{desk.slug}/review/causes/"
    answer = next((each for each in corrections if way.code and each.because_href == f"{root}{way.code}/"), None)
    if answer is not None:
        return ShownWay(way.subject, way.text, f"#correction-{answer.id}", f"Correction {answer.number}")
    if way.code is None:
        return ShownWay(way.subject, way.text, root, "All causes")
    return ShownWay(way.subject, way.text, f"{root}{way.code}/", "See its rows")


def _each(verdict: ChannelVerdict, metric: str, words: Words) -> str:
    """What one result cost; of a metric in money, what a hundred of money brought."""
    if not verdict.spent:
        return "nothing spent"
    brought = verdict.brought.expected
    if METRICS[metric].unit == "money":
        return f"{words.money(brought / float(verdict.spent) * PACK)} for each {words.money(PACK)}"
    return f"{words.money(float(verdict.spent) / brought)} each" if brought >= 0.5 else ""


def _verdict(verdict: ChannelVerdict, review: Review, strategy: Strategy, desk: Desk, changed: frozenset[str]) -> ShownVerdict:
    words = desk.words
    word, look = _VERDICTS[verdict.verdict]
    kind = next((channel.kind for channel in strategy.channels if channel.id == verdict.channel), "other")
    brought = verdict.brought
    each = _each(verdict, review.metric, words)
    return ShownVerdict(
        name=words.name(verdict.channel),
        kind=str(kind or "other"),
        href=f"/w/{desk.slug}/results/channels/{verdict.channel}/",
        spent=f"{words.money(verdict.spent)} of {words.money(verdict.planned_spend)} planned",
        rule=verdict.rule or "No rule was fixed beforehand, so it is not judged. Add one under step 7.",
        rule_changed=verdict.channel in changed,
        fact=words.with_unit(brought.expected, review.metric, about=True),
        doubt=words.span(brought, review.metric),
        each=each,
        chance=verdict.chance_rule_met,
        chance_text="" if verdict.chance_rule_met is None else words.chance(verdict.chance_rule_met),
        word=word,
        look=look,
    )
