"""Promises with what became of them, and the rules of step 7 with what the facts or a person say of them."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.operations.review.close_quarter import Close, RuleAnswered
from quarterdeck.plan.quarter_plan import Range
from quarterdeck.report.say_review_page import number_word
from quarterdeck.report.words import Words, how_many
from quarterdeck.review.promises import Promise

NUMBERS_IN_WORDS = 12


@dataclass(frozen=True)
class ShownPromise:
    """A promise and what became of it."""

    name: str
    promised: str
    fact: str
    word: str
    look: str
    icon: str
    is_main: bool
    """An objective or a range, not a step on the way."""


@dataclass(frozen=True)
class ShownRule:
    """A rule of step 7 with what the facts say of it, or the answer of a person."""

    number: int
    question: str
    fact: str
    word: str
    look: str
    icon: str
    answer: str
    asks: bool
    typed: str
    error: str


def show_promise(promise: Promise, words: Words) -> ShownPromise:
    word, look, icon = _verdict(promise)
    name, promised, fact = _said(promise, words)
    return ShownPromise(name, promised, fact, word, look, icon, promise.kind != "milestone")


def _verdict(promise: Promise) -> tuple[str, str, str]:
    if promise.kept is None:
        return ("not counted", "", "circle-question-mark") if promise.fact is None else ("still open", "", "hourglass")
    return ("kept", "good", "check") if promise.kept else ("not kept", "bad", "x")


def _said(promise: Promise, words: Words) -> tuple[str, str, str]:
    """Its name, what was promised, what came."""
    if isinstance(promise.promised, Range) and promise.metric:
        span = f"{words.span(promise.promised, promise.metric)} in 8 cases of 10"
        return f"The plan’s range for the quarter’s {_metric(promise.metric)}", span, _amount(promise, words)
    if promise.kind in ("weeks", "as_spent"):
        weeks = int(promise.promised) if not isinstance(promise.promised, Range) else 0
        name = (
            "Weeks inside the range that the plan promised"
            if promise.kind == "weeks"
            else "Weeks inside the range for what was really spent and recorded"
        )
        return name, f"8 of 10: about {round(0.8 * weeks)} of {weeks}", f"{int(promise.fact or 0)} of {weeks}"
    if promise.kind == "work":
        return (
            "Work that the plan gave to somebody",
            how_many(int(float(promise.promised)), "task") if not isinstance(promise.promised, Range) else "",
            f"{int(promise.fact or 0)} done",
        )
    metric = str(promise.metric)
    label = METRICS[metric].name if metric in METRICS else metric
    name = f"On the way, by {words.day(promise.due_on)}" if promise.kind == "milestone" else f"{label} by {words.day(promise.due_on)}"
    return name, words.amount(promise.promised, metric) if not isinstance(promise.promised, Range) else "", _amount(promise, words)


def _amount(promise: Promise, words: Words) -> str:
    return "not counted" if promise.fact is None or promise.metric is None else words.amount(promise.fact, promise.metric)


def _metric(metric: str) -> str:
    return METRICS[metric].name.lower() if metric in METRICS else metric.replace("_", " ")


def say_kept(close: Close) -> str:
    settled = [each for each in close.promises if each.kept is not None and each.whose == "company"]
    if not settled:
        return "No promise has fallen due yet"
    kept = sum(bool(each.kept) for each in settled)
    if kept == len(settled):
        return f"All {number_word(len(settled))} promises that fell due were kept" if len(settled) > 1 else "The one promise that fell due was kept"
    if len(settled) > NUMBERS_IN_WORDS:
        return f"{kept} of {len(settled)} promises {'was' if kept == 1 else 'were'} kept"
    return f"{number_word(kept).capitalize() if kept else 'None'} of {number_word(len(settled))} promises {'was' if kept < 2 else 'were'} kept"


def in_order(rules: tuple[RuleAnswered, ...]) -> list[RuleAnswered]:
    """What only a person can answer first; rules of channels are left out, the verdicts say them."""
    return sorted((each for each in rules if each.judged.how != "verdict"), key=lambda each: not each.is_open)


def say_rules_title(close: Close) -> str:
    if not in_order(close.rules):
        return "No other rule was fixed under step 7"
    if close.open_rules:
        return f"{number_word(close.open_rules).capitalize()} {'question needs' if close.open_rules == 1 else 'questions need'} your answer"
    return "The rules of step 7, answered"


def show_rule(answered: RuleAnswered, words: Words, typed: tuple[str, str] | None) -> ShownRule:
    judged = answered.judged
    rule, asks = judged.rule, judged.how == "words"
    word, look, icon = _rule_word(answered)
    return ShownRule(
        number=judged.number,
        question=rule.question,
        fact=_rule_fact(answered, words),
        word=word,
        look=look,
        icon=icon,
        answer=answered.answer or "",
        asks=asks and answered.answer is None,
        typed=typed[0] if typed else "",
        error=typed[1] if typed else "",
    )


def _rule_word(answered: RuleAnswered) -> tuple[str, str, str]:
    judged = answered.judged
    if judged.verdict is not None:
        return {
            "keep": ("keep", "good", "check"),
            "change": ("change", "warn", "sliders-horizontal"),
            "stop": ("stop", "bad", "ban"),
            "too_early": ("too early", "", "hourglass"),
        }[judged.verdict.verdict]
    if judged.how == "later":
        return "not due yet", "", "hourglass"
    if judged.is_met is not None:
        return ("yes", "good", "check") if judged.is_met else ("no", "bad", "x")
    return ("answered", "good", "check") if answered.answer is not None else ("asks you", "info", "circle-question-mark")


def _rule_fact(answered: RuleAnswered, words: Words) -> str:
    judged = answered.judged
    rule = judged.rule
    if judged.how == "verdict" and judged.verdict is not None:
        return f"Chance that the rule holds: {words.chance(judged.verdict.chance_rule_met)}."
    if judged.how == "later" and judged.until is not None:
        return f"It is judged on {words.day(judged.until)}."
    if judged.how == "cost" and judged.fact is not None:
        return f"{words.money(judged.fact)} for each new customer that paid channels brought, by the review’s estimate."
    if judged.how == "counted" and judged.fact is not None and judged.until is not None:
        return f"{words.with_unit(judged.fact, str(rule.metric))} were counted to {words.day(judged.until)}; the mark is {words.amount(rule.threshold or 0, str(rule.metric))}."
    return "" if answered.answer is not None else "No figure here can say it."
