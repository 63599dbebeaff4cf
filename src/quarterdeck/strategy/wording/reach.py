"""How realistic a target is: a number and a word for it, never an opinion."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from quarterdeck.strategy.checks.checking import Evidence
from quarterdeck.strategy.parts.aims import Objective
from quarterdeck.strategy.wording.wording import say_amount, say_share

Reach = Literal["safe", "likely", "stretch", "out of reach"]
SAFE, LIKELY, STRETCH = 0.8, 0.5, 0.2
"""Lowest chance of each word; below the last a target is out of reach."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The word, the chance it rests on, and the sentence with all numbers."""

    reach: Reach
    chance: float
    sentence: str


def judge_reach(objective: Objective, evidence: Evidence, *, currency: str) -> Judgement | None:
    """How far the target is within reach, by the chance with the plan or, without a plan, with nothing changed. None when neither is known."""
    chance = evidence.chance if evidence.chance is not None else evidence.chance_unchanged
    if chance is None:
        return None
    reach = reach_of(chance)
    with_what = "with the plan" if evidence.chance is not None else "with last quarter's spending"
    also = ""
    if evidence.chance is not None and evidence.chance_unchanged is not None:
        also = f" (with last quarter's spending: {say_share(evidence.chance_unchanged)})"
    low, mean, high = (say_amount(_rounded(figure), objective.metric, currency) for figure in (evidence.low, evidence.mean, evidence.high))
    sentence = f"{reach}: the chance {with_what} is {say_share(chance)}{also}; most likely {mean} ({low} to {high}), from {evidence.source}"
    return Judgement(reach, chance, sentence)


def reach_of(chance: float) -> Reach:
    """The word for a chance from 0 to 1."""
    if chance >= SAFE:
        return "safe"
    if chance >= LIKELY:
        return "likely"
    return "stretch" if chance >= STRETCH else "out of reach"


def _rounded(figure: float) -> Decimal:
    """An estimate is never known more closely than three digits; small ones have two decimals."""
    return Decimal(str(round(figure, 2))) if abs(figure) < 100 else Decimal(f"{figure:.3g}")
