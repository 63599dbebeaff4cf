"""Checks of how realistic a target is: a chance from the company's own figures, never an opinion."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from quarterdeck.kernel.problems import Severity
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.wording.reach import SAFE, Reach, judge_reach
from quarterdeck.strategy.wording.wording import say_amount, say_share


@rule("STRATEGY-114", 1, "hint", "How realistic the target is")
def realism(situation: Situation) -> Iterator[Finding]:
    """The chance of reaching the target, from the company's own figures. It is safe from 80 %, likely from 50 %, a stretch from 20 %, and below
    that out of reach (a warning). Without figures it says so.
    """
    for objective in situation.strategy.objectives:
        evidence = situation.evidence.get(objective.id)
        currency = situation.strategy.company.currency
        judged = None if evidence is None else judge_reach(objective, evidence, currency=currency)
        place = f"objectives[{objective.id}].target"
        if evidence is None or judged is None:
            yield Finding(
                place,
                "no evidence yet",
                "a chance from the company's own figures (realistic is a number, not an opinion)",
                "Import facts and plan the quarter; until then treat the target as judgement.",
            )
        else:
            severity, fix = _way_out(judged.reach, say_amount(Decimal(round(evidence.mean)), objective.metric, currency))
            yield Finding(place, judged.sentence, "a target that is neither given nor hopeless", fix, severity)


def _way_out(reach: Reach, most_likely: str) -> tuple[Severity, str]:
    if reach == "out of reach":
        return "warning", f"Lower the target towards {most_likely}, add money, or move the date."
    if reach == "stretch":
        return "hint", f"Keep it if all know that it is a stretch; {most_likely} is most likely."
    return "hint", "Nothing to do." if reach == "likely" else "Nothing to do; a higher target would ask for more."


@rule("STRATEGY-115", 1, "hint", "A target that is reached anyway")
def happens_anyway(situation: Situation) -> Iterator[Finding]:
    """Where the chance is 80 % or more with nothing changed, reaching the target says nothing about the marketing."""
    for objective in situation.strategy.objectives:
        evidence = situation.evidence.get(objective.id)
        if evidence is not None and evidence.chance_unchanged is not None and evidence.chance_unchanged >= SAFE:
            yield Finding(
                f"objectives[{objective.id}].target",
                f"a chance of {say_share(evidence.chance_unchanged)} with last quarter's spending",
                "a target that needs the plan, or its success proves nothing",
                "Raise the target, or use the money elsewhere.",
            )


REALISM_CHECKS: tuple[Check, ...] = (realism, happens_anyway)
