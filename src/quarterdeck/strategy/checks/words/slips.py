"""Checks of a person's own sentences: gaps never filled in, growth that the figures do not show, work in place of a result, years that are over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.wording.sentence_figures import MONTH_NUMBER, as_listed, other_figure
from quarterdeck.strategy.wording.wording import quote, say_day

_GAP = re.compile(
    r"\bTODO\b(?=\s*:)|\b(?:TBD|TBC|TBA|XXX+)\b|^[Tt]o be (?:confirmed|agreed|decided|defined|announced)\b"
    r"|[Ll]orem ipsum|\bXX(?=\s+(?!w\b|wiek|lec|siècle|century|Jahrh)[a-z])|\[(?:insert|your|add) [^\]]{1,40}\]"
)
_PERCENT = re.compile(
    r"(?:\bby\s+(\d+(?:\.\d+)?)\s?(?:%|percent|per cent)|(?<![\d.])(\d+(?:\.\d+)?)\s?(?:%|percent|per cent)\s+(?:more|fewer|less)\b)", re.IGNORECASE
)
_DOUBLE = re.compile(r"^(?:double\b|twice as (?:many|much)\b)", re.IGNORECASE)
_POINTS, _DOUBLED = Decimal("0.05"), Decimal("1.8")
_ACTIVITY = re.compile(
    r"^(?:publish|post|send|write|produce|create|record|film|shoot|tweet)\s+(?:at least\s+)?[\d,]+\s+(?:\w+\s+)?"
    r"(?:posts?|letters?|articles?|newsletters?|videos?|films?|blogs?|tweets?|e-?mails?|pages?|stories)\b",
    re.IGNORECASE,
)
_FOR_SOMETHING = re.compile(r"\b(and have|so that|to (?:win|get|bring|have|earn))\b", re.IGNORECASE)
_BY_YEAR = re.compile(
    r"\b(?:by|until|before|bis|d'ici)\s+(?:the end of\s+|ende\s+|fin\s+|january |february |march |april |may |june |july |august |september |october "
    r"|november |december |dezember )?(20\d\d)\b",
    re.IGNORECASE,
)
_END_OF = re.compile(
    rf"\b(?:by|until|bis|d'ici)\s+(?:the end of|end of|ende|(?:la )?fin(?: de)?)\s+({'|'.join(sorted(MONTH_NUMBER, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_NEAR_THE_END = 7


@rule("STRATEGY-134", 1, "warning", "A gap that was never filled in")
def gap(situation: Situation) -> Iterator[Finding]:
    """TODO, TBD, XX: whoever reads the strategy stops here. What is not known yet is an open question."""
    for place, words in _sentences(situation):
        found = _GAP.search(words)
        if found is not None:
            yield Finding(place, quote(found.group()), "the words or the number themselves", "Write them, or open a question for what is not known.")


def _sentences(situation: Situation) -> Iterator[tuple[str, str]]:
    """The sentences that say what is wanted, for whom and why, each with its place; texts of content are told by another check."""
    strategy = situation.strategy
    yield "vision", strategy.vision or ""
    for listed, aims in (("goals", strategy.goals), ("objectives", strategy.objectives)):
        for aim in aims:
            yield f"{listed}[{aim.id}].statement", aim.statement
    for audience in strategy.audiences:
        yield f"audiences[{audience.id}].who", audience.who
        for number, need in enumerate(audience.needs):
            yield f"audiences[{audience.id}].needs[{number}]", need
    proposition = strategy.proposition
    for part in ("statement", "unlike", "because"):
        yield f"proposition.{part}", getattr(proposition, part) or ""
    yield "content.voice", strategy.content.voice or ""
    for channel in strategy.channels:
        yield f"channels[{channel.id}].role", channel.role or ""
    for task in strategy.management.tasks:
        yield f"management.tasks[{task.id}].title", task.title
    for number, claim in enumerate(strategy.proposition.claims):
        yield f"proposition.claims[{number}].text", claim.text
    for offer in strategy.offers:
        yield f"offers[{offer.id}].text", offer.text
    for item in strategy.content.items:
        yield f"content.items[{item.id}].title", item.title
    for number, evaluation in enumerate(strategy.evaluation):
        yield f"evaluation[{number}].question", evaluation.question


@rule("STRATEGY-135", 1, "warning", "Growth that the figures do not show")
def other_growth(situation: Situation) -> Iterator[Finding]:
    """Where a sentence promises so many percent more, or twice as much, the way from the baseline to the target is that long."""
    for objective in situation.strategy.objectives:
        base, sentence = objective.baseline, objective.statement
        if base is None or base <= 0 or other_figure(sentence, objective.target, beside=(base, abs(objective.target - base))) is not None:
            continue  # another number in the sentence is told already, and its growth with it
        growth = abs(objective.target - base) / base
        said = [Decimal(one or other) / 100 for one, other in _PERCENT.findall(sentence)]
        is_other = len(said) == 1 and abs(said[0] - growth) > _POINTS
        is_not_double = _DOUBLE.search(sentence) is not None and METRICS[objective.metric].direction == "increase" and growth + 1 < _DOUBLED
        if is_other or is_not_double:
            yield Finding(
                f"objectives[{objective.id}].statement",
                f"{quote(sentence)}, and from baseline to target it is {growth * 100:.0f} %",
                "the growth that the figures show",
                "Mend the sentence, the baseline or the target.",
            )


@rule("STRATEGY-136", 1, "hint", "Work in the place of a result")
def work_not_result(situation: Situation) -> Iterator[Finding]:
    """So many posts or letters are work, and are tasks and items. An objective says what shall come of them."""
    for objective in situation.strategy.objectives:
        if _ACTIVITY.search(objective.statement) and not _FOR_SOMETHING.search(objective.statement):
            yield Finding(
                f"objectives[{objective.id}].statement",
                quote(objective.statement),
                "what changes for the company",
                f"Say how many {METRICS[objective.metric].name.lower()} shall come of it; plan the work as tasks.",
            )


@rule("STRATEGY-137", 1, "warning", "A sentence for a year that is over")
def year_over(situation: Situation) -> Iterator[Finding]:
    """A vision, goal or objective that is to be reached by a year that has passed is left over from an older plan."""
    first, strategy = situation.first_day, situation.strategy
    if first is None:
        return
    said = [("vision", strategy.vision or ""), ("proposition.statement", strategy.proposition.statement or "")]
    for listed, aims in (("goals", strategy.goals), ("objectives", strategy.objectives)):
        said += [(f"{listed}[{aim.id}].statement", aim.statement) for aim in aims if aim.due_on >= first]  # a day that is over is told already
    for place, words in said:
        over = [year for year in _BY_YEAR.findall(words) if int(year) < first.year]
        if over:
            yield Finding(place, quote(words), "a year to come", f"{over[0]} is over; read the whole sentence again.")


@rule("STRATEGY-138", 1, "warning", "A month that is not that of its due date")
def other_month(situation: Situation) -> Iterator[Finding]:
    """An objective whose sentence says "by the end of June" is due in the last days of June."""
    quarter = situation.quarter
    for objective in situation.strategy.objectives:
        day, months = objective.due_on, _END_OF.findall(objective.statement)
        if quarter is not None and not quarter.first_day <= day <= quarter.last_day:
            continue  # told already: the day itself is wrong
        ends = [_end_of(MONTH_NUMBER[as_listed(months[-1])], year) for year in (day.year - 1, day.year)] if months else [day]
        if min(abs((end - day).days) for end in ends) > _NEAR_THE_END:
            yield Finding(
                f"objectives[{objective.id}].statement",
                f"the end of {months[-1]}, and it is due on {say_day(objective.due_on)}",
                "the day on which it is due",
                "Mend the sentence or `due_on`.",
            )


def _end_of(month: int, year: int) -> date:
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


WORD_CHECKS: tuple[Check, ...] = (gap, other_growth, work_not_result, year_over, other_month)
