"""Checks of sentences against the fields beside them: figures, days, metrics; and sentences that say too little or too much."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.parts.aims import Goal, Objective
from quarterdeck.strategy.wording.sentence_figures import as_listed, days_in, has_figure, other_figure, says_figure
from quarterdeck.strategy.wording.wording import quote, say_amount, say_day, say_number

_VISION_WORDS = 60
_NOUNS = {
    "visits": ("visits", "direct_visits", "shop_visits", "bookings"),
    "leads": ("leads", "qualified_leads"),
    "orders": ("orders", "repeat_orders"),
    "bookings": ("bookings",),
    "customers": ("new_customers", "returning_customers", "paying_accounts"),
    "subscribers": ("email_subscribers",),
    "sign-ups": ("signups",),
    "signups": ("signups",),
    "donations": ("donations",),
    "searches": ("brand_searches",),
}
_COUNTED_NOUN = re.compile(rf"(?<![\d.,])\d[\d.,]*\s+(?:\w+\s+)?({'|'.join(_NOUNS)})\b", re.IGNORECASE)
_NUMBER_WORD = re.compile(
    r"\b(half|third|quarter|fifth|tenth|twice|double|triple|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand"
    r"|eleven|twelve|thirty|twenty|forty|fifty|sixty)\b"
    r"|hundert|tausend|doppel|zwanzig|dreißig|vierzig|fünfzig|hälfte|drittel|viertel|zehntel"
    r"|\b(halb\w*|zwei\w*|drei\w*|vier\w*|fünf\w*|sechs\w*|sieben\w*|acht|neun|zehn|elf|zwölf)\b"
    r"|\b(moitié|tiers|quart|doubl\w*|tripl\w*|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|\w*vingt|trente|cent|mille)\b"
    r"|\b(poł\w+|podw\w+|dwa|dwie|trzy|cztery|pięć|sześć|siedem|osiem|dziewięć|dziesięć|\w+naście|\w+dzieści\w*|\w*sto|\w*set|tysi\w+|co drugi\w*)\b",
    re.IGNORECASE,
)
_KNOWN_LANGUAGES = frozenset({"en", "de", "fr", "pl"})
"""Languages whose words for numbers are known here."""


@rule("STRATEGY-118", 1, "hint", "A vision too long to remember")
def long_vision(situation: Situation) -> Iterator[Finding]:
    """A vision is one sentence that everybody can say by heart; what is longer belongs into goals or a note."""
    words = len((situation.strategy.vision or "").split())
    if words > _VISION_WORDS:
        yield Finding(
            "vision", f"{words} words", f"one sentence, at most {_VISION_WORDS} words", "Keep its first sentence, and move the rest to a note."
        )


@rule("STRATEGY-122", 1, "warning", "A sentence that says another number than its target")
def other_number(situation: Situation) -> Iterator[Finding]:
    """People read the sentence and the plan reads the field. A sentence with a number near the target, and never the target itself, leaves one
    of the two wrong. Last year's number, the difference, percentages, years and days may stand in it.
    """
    currency = situation.strategy.company.currency
    aims: list[tuple[str, Goal | Objective]] = [(f"goals[{goal.id}]", goal) for goal in situation.strategy.goals]
    aims += [(f"objectives[{objective.id}]", objective) for objective in situation.strategy.objectives]
    for place, aim in aims:
        beside = () if aim.baseline is None else (aim.baseline, abs(aim.target - aim.baseline))
        said = other_figure(aim.statement, aim.target, beside=beside)
        if said is not None:
            target = say_amount(aim.target, aim.metric, currency)
            yield Finding(
                f"{place}.statement",
                f"{say_number(said.normalize() + 0)} in the sentence",
                f"the target, {target}",
                "Mend the sentence or the target.",
            )


@rule("STRATEGY-123", 1, "warning", "A sentence that names another day than its due date")
def other_day(situation: Situation) -> Iterator[Finding]:
    """The last day that an objective's sentence names is the day it is due."""
    for objective in situation.strategy.objectives:
        named = days_in(objective.statement)
        quarter = situation.quarter
        if quarter is not None and not quarter.first_day <= objective.due_on <= quarter.last_day:
            continue  # told already: the day itself is wrong
        if named and (objective.due_on.day, objective.due_on.month) not in named:
            yield Finding(
                f"objectives[{objective.id}].statement",
                f"other days in the sentence than {say_day(objective.due_on)}",
                "the day on which it is due",
                "Mend the sentence or `due_on`.",
            )


@rule("STRATEGY-124", 1, "warning", "A sentence about something else than its metric counts")
def other_metric(situation: Situation) -> Iterator[Finding]:
    """What stands behind the number in the sentence is what the metric counts; visits are not revenue. Where the target itself stands elsewhere in
    the sentence, other things may be counted beside it.
    """
    for objective in situation.strategy.objectives:
        nouns = [as_listed(noun) for noun in _COUNTED_NOUN.findall(objective.statement)]
        if nouns and says_figure(_COUNTED_NOUN.sub(" ", objective.statement), objective.target):
            continue
        if nouns and not any(objective.metric in _NOUNS[noun] for noun in nouns):
            yield Finding(
                f"objectives[{objective.id}].metric",
                f"{METRICS[objective.metric].name.lower()}, while the sentence counts {nouns[0]}",
                "one thing, in the sentence and in the metric",
                f"Choose the metric that counts {nouns[0]}, or mend the sentence.",
            )


@rule("STRATEGY-125", 1, "hint", "S: a sentence without a number")
def vague(situation: Situation) -> Iterator[Finding]:
    """An objective's sentence says what changes and how far, so that nobody has to look the target up."""
    if not _KNOWN_LANGUAGES & {language.split("-")[0] for language in situation.strategy.company.languages}:
        return
    for objective in situation.strategy.objectives:
        if not has_figure(objective.statement) and not _NUMBER_WORD.search(objective.statement):
            target = say_amount(objective.target, objective.metric, situation.strategy.company.currency)
            yield Finding(
                f"objectives[{objective.id}].statement",
                quote(objective.statement),
                "what changes, how far, by when (S, specific)",
                f"Write it with its number: {target} {METRICS[objective.metric].name.lower()} by {say_day(objective.due_on)}.",
            )


@rule("STRATEGY-710", 7, "warning", "A question that says another number than its threshold")
def other_threshold(situation: Situation) -> Iterator[Finding]:
    """The question is what people remember and the threshold is what counts; they must not differ."""
    for number, evaluation in enumerate(situation.strategy.evaluation):
        said = None if evaluation.threshold is None else other_figure(evaluation.question, evaluation.threshold, slips=True)
        if said is not None and evaluation.threshold is not None:
            threshold = say_amount(evaluation.threshold, evaluation.metric, situation.strategy.company.currency)
            yield Finding(
                f"evaluation[{number}].question",
                f"{say_number(said.normalize() + 0)} in the question",
                f"the threshold, {threshold}",
                "Mend one of the two.",
            )


STATEMENT_CHECKS: tuple[Check, ...] = (long_vision, other_number, other_day, other_metric, vague, other_threshold)
