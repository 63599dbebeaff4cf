"""What is said of facts in sentences: how much they tell, how likely a target is, and what they leave open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quarterdeck.operations.first_strategy.draft_from_facts import TargetChance
from quarterdeck.report.strategy.outline import STEPS
from quarterdeck.report.words import Words, how_many
from quarterdeck.strategy.from_facts.findings import Findings
from quarterdeck.strategy.parts.management import Question
from quarterdeck.strategy.wording.reach import reach_of

LOOKS = {"safe": "good", "likely": "good", "stretch": "warn", "out of reach": "bad"}


@dataclass(frozen=True)
class Chance:
    """What is said of a target beside its field."""

    sentence: str
    chance: float | None = None
    look: str = ""
    word: str = ""


def say_chance(seen: TargetChance, words: Words, metric: str) -> Chance:
    """`Likely: 64 % with nothing changed.`, and what a target says that does not go beyond what was."""
    short = "" if seen.short_of is None else (
        f" It does not go beyond {words.amount(seen.short_of, metric)}, which it was. A slip? Correct it here. If you mean it, it stands as a target without a figure beside it."
    )  # fmt: skip
    if seen.chance is None:
        return Chance(f"No forecast can be made yet, so nobody knows how likely it is.{short}")
    word = reach_of(seen.chance)
    said = f"{word.capitalize()}: the chance is {words.chance(seen.chance)} when nothing changes.{short}"
    return Chance(said, seen.chance, "warn" if short else LOOKS[word], word)


def questions_by_step(questions: Iterable[Question]) -> list[tuple[str, list[str]]]:
    """The name of each step with its open questions."""
    names = {step.number: step.name for step in STEPS}
    found: dict[int, list[str]] = {}
    for each in questions:
        found.setdefault(each.step, []).append(each.text)
    return [(f"{number} {names[number]}", texts) for number, texts in sorted(found.items())]


def say_headline(found: Findings, questions: int) -> str:
    """What there is, in one sentence."""
    parts = [
        (len(found.metrics), "figure"),
        (sum(each.proposal.why_off is None for each in found.channels), "channel"),
        (len(found.conversions), "conversion"),
        (len(found.audiences), "group"),
    ]
    said = [how_many(number, one) for number, one in parts if number]
    listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"Your facts tell of {listed}; {how_many(questions, 'question')} {'is' if questions == 1 else 'are'} left to you."
